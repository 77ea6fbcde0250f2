"""Shares typed from paper, and a vault opened with them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.conftest import StandingClock
from victimcare.store.errors import NoVault
from victimcare.store.recovering import recover, recovery_drill
from victimcare.store.recovery import SharesRefused, new_shares
from victimcare.store.rights import Role
from victimcare.store.vault import Vault
from victimcare.ui.recovering import RecoverWindow
from victimcare.ui.widgets.share_boxes import ShareBoxes

OWN = "nine kind owls at dawn"


@pytest.fixture
def shares(vault: Vault) -> list[str]:
    found: list[str] = vault.test_shares  # type: ignore[attr-defined]
    vault.close()  # nobody is left who has it open
    return found


@pytest.fixture
def window(qtbot: QtBot, shares: list[str], vault_dir: Path, clock: StandingClock) -> RecoverWindow:
    def use(folder: str, typed: list[str], user: str, passphrase: str) -> tuple[Vault, list[str]]:
        return recover(Path(folder), typed, user=user, passphrase=passphrase, clock=clock)

    made = RecoverWindow(str(vault_dir), use, lambda words, file: Path(file).write_text("\n".join(words), encoding="utf-8"))
    qtbot.addWidget(made)
    made.show()
    return made


def fill(window: RecoverWindow, typed: list[str], user: str = "PC 77") -> None:
    for box, share in zip(window.shares.boxes, typed, strict=True):
        box.field.set_text(share)
    window.user.setText(user)
    window.passphrase.first.setText(OWN)
    window.passphrase.again.setText(OWN)


def test_two_of_three_shares_open_the_vault_for_a_new_user(qtbot: QtBot, window: RecoverWindow, shares: list[str], vault_dir: Path) -> None:
    fill(window, [shares[2], shares[0].upper()])
    window.recover_button.click()
    qtbot.waitUntil(lambda: window.pages.currentIndex() == 1)
    new = [part.split("\n")[1] for part in window.new.words.toPlainText().split("\n\n")]
    assert len(new) == 3
    assert not set(new) & set(shares)
    assert "2 of these 3" in window.new.how.text()
    assert window.shares.shares() == []
    window.finish.click()
    assert window.new.words.toPlainText()  # not before the box is ticked
    window.new.written.click()
    with qtbot.waitSignal(window.opened) as signal:
        window.finish.click()
    vault, folder, user = signal.args
    assert (Path(folder), user) == (vault_dir, "PC 77")
    assert vault.member.roles == frozenset(Role)
    assert window.new.words.toPlainText() == ""
    recovery_drill(vault, new[:2])
    with pytest.raises(SharesRefused):
        recovery_drill(vault, shares[:2])
    vault.close()


def test_the_new_shares_can_be_printed(qtbot: QtBot, window: RecoverWindow, shares: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(window, shares[:2])
    window.recover_button.click()
    qtbot.waitUntil(lambda: window.pages.currentIndex() == 1)
    file = tmp_path / "shares.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    window.new.save.click()
    qtbot.waitUntil(lambda: "not encrypted" in window.message.text())
    assert file.read_text(encoding="utf-8").splitlines()[0] in window.new.words.toPlainText()


def test_a_name_that_is_taken_is_refused_and_what_was_typed_stays(qtbot: QtBot, window: RecoverWindow, shares: list[str]) -> None:
    fill(window, shares[:2], user="VLO 17")
    window.recover_button.click()
    qtbot.waitUntil(lambda: "of that name" in window.message.text())
    assert window.recover_button.isEnabled()
    assert window.shares.shares() == shares[:2]


def test_what_is_missing_is_asked_for(window: RecoverWindow, shares: list[str]) -> None:
    window.recover_button.click()
    assert "Type the shares" in window.message.text()
    window.shares.boxes[0].field.set_text(shares[0])
    window.recover_button.click()
    assert "1 more of the 2 shares needed is missing" in window.message.text()
    fill(window, shares[:2], user="")
    window.recover_button.click()
    assert "user name" in window.message.text()
    window.folder.clear()
    window.recover_button.click()
    assert "folder" in window.message.text()


def test_closing_before_the_end_leaves_no_vault_open(qtbot: QtBot, window: RecoverWindow, shares: list[str], vault_dir: Path) -> None:
    fill(window, shares[:2])
    window.recover_button.click()
    qtbot.waitUntil(lambda: window.pages.currentIndex() == 1)
    vault = window._made[0]  # type: ignore[index]
    window.close()
    assert vault.presence._mine is None
    assert window.new.words.toPlainText() == ""


@pytest.fixture
def boxes(qtbot: QtBot) -> ShareBoxes:
    made = ShareBoxes()
    qtbot.addWidget(made)
    made.show()
    return made


def state(boxes: ShareBoxes, place: int) -> str:
    return boxes.boxes[place].state.accessibleName()


def test_a_share_is_checked_as_it_is_typed(qtbot: QtBot, boxes: ShareBoxes) -> None:
    words = new_shares(2, 3)[1][0].split()
    field = boxes.boxes[0].field
    qtbot.keyClicks(field, " ".join(words[:3]) + " zzz")
    assert state(boxes, 0) == "Not in the list. zzz"
    field.set_text(" ".join(words[:12]) + " ")
    assert state(boxes, 0).startswith("12 of 33 words")
    field.set_text(" ".join([*words[:12], words[12][:2]]))
    assert state(boxes, 0).startswith("13 of 33 words")  # the last word is on its way
    field.set_text(" ".join(words))
    assert state(boxes, 0) == "Whole. 2 of its set are needed"


def test_a_wrong_word_of_the_list_is_told_by_the_checksum(boxes: ShareBoxes) -> None:
    words = new_shares(2, 3)[1][0].split()
    words[20] = "academic" if words[20] != "academic" else "acid"
    boxes.boxes[0].field.set_text(" ".join(words))
    assert state(boxes, 0).startswith("Look again")
    assert "Share 1 is not whole" in boxes.missing()


def test_shares_that_do_not_belong_together_are_told(boxes: ShareBoxes) -> None:
    first, second = new_shares(2, 3)[1], new_shares(2, 3)[1]
    boxes.boxes[0].field.set_text(first[0])
    boxes.boxes[1].field.set_text(second[1])
    assert state(boxes, 1) == "Look again. it is of another set than share 1"
    boxes.boxes[1].field.set_text(first[0])
    assert state(boxes, 1) == "Look again. it is the same as share 1"
    boxes.boxes[1].field.set_text(first[2])
    assert boxes.missing() == ""
    assert boxes.shares() == [first[0], first[2]]


def test_as_many_fields_come_as_shares_are_needed(boxes: ShareBoxes) -> None:
    boxes.boxes[0].field.set_text(new_shares(4, 5)[1][0])
    assert len(boxes.boxes) == 4
    assert "3 more of the 4 shares needed are missing" in boxes.missing()


def test_a_folder_without_a_vault_is_said(qtbot: QtBot, tmp_path: Path, shares: list[str]) -> None:
    def use(folder: str, *_: object) -> tuple[Vault, list[str]]:
        raise NoVault

    window = RecoverWindow(str(tmp_path), partial(use), lambda *_: None)
    qtbot.addWidget(window)
    fill(window, shares[:2])
    window.recover_button.click()
    qtbot.waitUntil(lambda: "no vault in that folder" in window.message.text())
