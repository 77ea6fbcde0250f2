"""The guide of the first start, with a real vault at its end."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE
from victimcare.exchange.register_import import ImportCancelled
from victimcare.refused import Refused
from victimcare.store.vault import Vault
from victimcare.ui.first_run import Deeds, FirstRun
from victimcare.ui.new_vault import NewVault, advice
from victimcare.ui.settings import Settings
from victimcare.ui.words import number


def create(new: NewVault) -> tuple[Vault, list[str]]:
    import victimcare.records

    return victimcare.records.make_vault(Path(new.folder), name=new.name, user=new.user, passphrase=new.passphrase)


def print_shares(shares: list[str], file: str) -> None:
    Path(file).write_text("\n".join(shares), encoding="utf-8")


@pytest.fixture
def guide(qtbot: QtBot, settings: Settings, tmp_path: Path) -> FirstRun:
    made = FirstRun(settings, Deeds(create, lambda told, cancelled: "example", print_shares), tmp_path)
    qtbot.addWidget(made)
    made.show()
    return made


def fill(qtbot: QtBot, guide: FirstRun, passphrase: str = PASSPHRASE, again: str = PASSPHRASE) -> None:
    guide.start.click()
    for field, text in ((guide.name, "MSKU casework"), (guide.user, "VLO 17"), (guide.passphrase, passphrase), (guide.again, again)):
        field.clear()
        qtbot.keyClicks(field, text)


def test_three_steps_lead_to_an_open_vault(qtbot: QtBot, guide: FirstRun, settings: Settings, tmp_path: Path) -> None:
    fill(qtbot, guide)
    assert guide.folder.text() == str(tmp_path / "MSKU casework")
    guide.make_button.click()
    qtbot.waitUntil(lambda: guide.step.text() == "Step 3 of 3")
    shown = guide.words.toPlainText()
    assert [f"Share {at}" in shown for at in (1, 2, 3)] == [True] * 3
    assert not guide.finish.isEnabled()
    guide.written.click()
    with qtbot.waitSignal(guide.made) as signal:
        guide.finish.click()
    vault, folder, user = signal.args
    assert (Path(folder), user) == (tmp_path / "MSKU casework", "VLO 17")
    assert guide.words.toPlainText() == ""
    assert settings.recent_vaults() == [("MSKU casework", folder)]
    vault.close()


def test_shares_can_be_saved_to_print(qtbot: QtBot, guide: FirstRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(qtbot, guide)
    guide.make_button.click()
    qtbot.waitUntil(lambda: guide.step.text() == "Step 3 of 3")
    file = tmp_path / "shares.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    guide.save.click()
    qtbot.waitUntil(lambda: "not encrypted" in guide.message.text())
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first in guide.words.toPlainText()
    guide._made[0].close()  # type: ignore[index]


@pytest.mark.parametrize(
    ("passphrase", "again", "said"),
    [("short", "short", "at least 12"), (PASSPHRASE, PASSPHRASE + "x", "differ"), ("", "", "at least 12")],
)
def test_what_is_wrong_is_said_and_nothing_is_made(qtbot: QtBot, guide: FirstRun, tmp_path: Path, passphrase: str, again: str, said: str) -> None:
    fill(qtbot, guide, passphrase, again)
    guide.make_button.click()
    assert said in guide.message.text()
    assert not (tmp_path / "MSKU casework").exists()


def test_a_refusal_of_the_store_is_said_and_one_can_try_again(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    def refuse(new: NewVault) -> tuple[Vault, list[str]]:
        raise Refused("The disk is full.", "Make room.")

    guide = FirstRun(settings, Deeds(refuse, lambda told, cancelled: None, print_shares), tmp_path)
    qtbot.addWidget(guide)
    guide.show()
    fill(qtbot, guide)
    guide.make_button.click()
    qtbot.waitUntil(lambda: "Make room" in guide.message.text())
    assert guide.make_button.isEnabled()
    assert guide.passphrase.text() == PASSPHRASE


def test_a_folder_one_typed_oneself_is_not_replaced(qtbot: QtBot, guide: FirstRun) -> None:
    guide.start.click()
    qtbot.keyClicks(guide.folder, "/mine")
    qtbot.keyClicks(guide.name, "Office: A/B")
    assert guide.folder.text() == "/mine"


def test_the_example_opens_in_one_step(qtbot: QtBot, guide: FirstRun) -> None:
    with qtbot.waitSignal(guide.example_opened) as signal:
        guide.example.click()
    assert signal.args == ["example"]


def test_only_length_counts_for_a_passphrase() -> None:
    assert advice("Xy7!")[1] == "Note"
    assert advice("aaaaaaaaaaaa")[1] == "Long enough"
    assert advice("four grey boats at dusk")[1] == "Good length"


def test_what_was_typed_shows_nowhere_else() -> None:
    assert "secret" not in repr(NewVault("/f", "n", "u", "a secret passphrase"))


def test_everything_that_takes_the_keyboard_has_a_name(guide: FirstRun) -> None:
    for widget in guide.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.objectName().startswith("qt_"):
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_making_the_example_tells_how_far_it_is_and_can_be_stopped(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    def make(told, cancelled):  # type: ignore[no-untyped-def]
        told("contacts", 300, 1200)
        while not cancelled():
            pass
        raise ImportCancelled

    guide = FirstRun(settings, Deeds(create, make, print_shares), tmp_path)
    qtbot.addWidget(guide)
    guide.show()
    guide.example.click()
    qtbot.waitUntil(lambda: guide.progress.text() == f"Making the example, 300 of {number(1200)}")
    qtbot.mouseClick(next(one for one in guide.progress.findChildren(QAbstractButton) if one.text() == "Cancel"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Stopped. No example was made." in guide.message.text())
    assert not guide.progress.isVisible()
    assert guide.example.isEnabled()
