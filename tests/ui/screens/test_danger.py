"""Danger now: one key from anywhere, public steps at once, the office's own when it has some, noted, and never an address."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.conftest import PASSPHRASE
from tests.ui.screens.given import NUMBER, Hands, person, settle, texts_of
from victimcare.casework.danger_steps import Step, danger_page, usual_steps, write_danger_steps
from victimcare.casework.drafts import draft_of
from victimcare.store.reading import Reading
from victimcare.store.tables import AuditEntry
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.admin_danger import FORM, DangerSteps
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.danger import DangerScreen
from victimcare.ui.settings import Settings
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

OWN = (Step("Ring the duty inspector", "101 ext. 4411"), Step("Do not text her"))


@pytest.fixture
def frame(desk: MainWindow) -> MainWindow:
    desk.add_screen("danger", DangerScreen)
    return desk


def noted(vault: Vault) -> list[UUID | None]:
    with vault.reading() as session:
        return list(session.scalars(select(AuditEntry.case_id).where(AuditEntry.kind == "danger page opened").order_by(AuditEntry.id)))


def shown(window: MainWindow) -> DangerScreen:
    screen = window.screen_shown
    assert isinstance(screen, DangerScreen)
    return screen


def test_one_key_from_a_case_shows_what_to_do_and_leads_back(
    vault: Vault, frame: MainWindow, show: Callable[[Place], CaseScreen], hands: Hands, qtbot: QtBot, work: Work
) -> None:
    with vault.transaction() as session:
        ana = person(session)
    case = show(Place("case", ana))
    hands.press("L")
    hands.type("half a sentence")
    hands.press("F9")
    told = texts_of(shown(frame))
    assert "999" in told
    assert usual_steps()[0].what in told
    assert "Back to VC-2026-0001" in told
    assert not any(secret in texts_of(frame.screen_shown) for secret in (NUMBER, "Ana", "her brother"))  # type: ignore[arg-type]
    assert noted(vault) == [ana]
    shown(frame).case_button.click()
    settle(qtbot, work)
    assert frame.screen_shown is case
    assert case.box is not None
    assert case.box.fields()["said"] == "half a sentence"


def test_it_is_a_button_with_words_and_in_what_ctrl_k_finds(frame: MainWindow, vault: Vault, qtbot: QtBot, work: Work) -> None:
    assert frame.top.danger_button.text().strip() == "Danger now"
    assert [one.keys for one in frame.commands.find("danger")] == ["F9"]
    frame.top.danger_button.click()
    settle(qtbot, work)
    assert shown(frame).case_button.isHidden()
    assert noted(vault) == [None]


def test_the_offices_own_steps_take_the_place_of_the_public_ones(frame: MainWindow, vault: Vault, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        write_danger_steps(session, OWN)
    frame.danger_now()
    settle(qtbot, work)
    told = texts_of(shown(frame))
    assert "101 ext. 4411" in told
    assert "999" not in told
    assert "your office's own steps" in shown(frame).noted.accessibleName()
    frame.lock()
    assert "4411" not in texts_of(frame)


def test_a_read_only_vault_shows_the_public_steps_and_says_that_nothing_was_noted(vault: Vault, settings: Settings, qtbot: QtBot) -> None:
    folder, clock = vault.folder, vault.clock
    with vault.transaction() as session:
        write_danger_steps(session, OWN)
    vault.close()
    opened = Vault.open(folder, "VLO 17", PASSPHRASE, clock=clock, read_only=True)
    work = Work(opened)
    window = MainWindow(work, settings, vault_name="MSKU casework", vault_id="v1", user="VLO 17")
    qtbot.addWidget(window)
    window.add_screen("danger", DangerScreen)
    window.show()
    window.danger_now()
    settle(qtbot, work)
    assert "999" in texts_of(shown(window))
    assert "could not be noted" in shown(window).noted.accessibleName()
    work.stop()
    opened.close()


def admin(window: MainWindow, work: Work, qtbot: QtBot) -> DangerSteps:
    part = DangerSteps(work, window)
    qtbot.addWidget(part)
    part.show()
    part.open()
    settle(qtbot, work)
    return part


def test_a_supervisor_writes_the_steps_in_their_order(frame: MainWindow, vault: Vault, qtbot: QtBot, work: Work) -> None:
    part = admin(frame, work, qtbot)
    assert part.rows[0].number.text() == "999"
    while len(part.rows) > 1:
        part.rows[-1].gone.click()
    part.rows[0].what.set_text("Do not text her")
    part.rows[0].number.setText("")
    part.add_button.click()
    part.rows[1].number.setText("101 ext. 4411")
    part.save()
    assert "Say what to do" in part.message.text()
    part.rows[1].what.set_text("Ring the duty inspector")
    part.rows[1].up.click()
    part.save()
    settle(qtbot, work)
    with vault.reading(Reading.danger(None)) as session:
        assert danger_page(session).steps == OWN
    part.usual_button.click()
    settle(qtbot, work)
    assert "thrown away for good" in part.message.text()
    with vault.reading(Reading.danger(None)) as session:
        assert danger_page(session).steps == OWN
    part.usual_button.click()
    settle(qtbot, work)
    with vault.reading(Reading.danger(None)) as session:
        assert not danger_page(session).is_own


def test_steps_written_meanwhile_are_not_overwritten_unseen(frame: MainWindow, vault: Vault, qtbot: QtBot, work: Work) -> None:
    part = admin(frame, work, qtbot)
    with vault.transaction() as session:
        write_danger_steps(session, OWN)
    part.rows[0].what.set_text("Mine")
    part.save()
    settle(qtbot, work)
    assert "Somebody else wrote these steps meanwhile" in part.message.text()
    with vault.reading(Reading.danger(None)) as session:
        assert danger_page(session).steps == OWN
    with vault.reading(Reading.office("drafts")) as session:
        assert "Mine" in draft_of(session, FORM).body
    part.save()
    settle(qtbot, work)
    with vault.reading(Reading.danger(None)) as session:
        assert danger_page(session).steps[0].what == "Mine"


def test_what_was_typed_and_not_saved_comes_back(frame: MainWindow, vault: Vault, qtbot: QtBot, work: Work) -> None:
    part = admin(frame, work, qtbot)
    part.rows[0].number.setText("")
    qtbot.keyClicks(part.rows[0].number, "112")
    part.forget()
    settle(qtbot, work)
    with vault.reading(Reading.office("drafts")) as session:
        assert draft_of(session, FORM) is not None
    again = admin(frame, work, qtbot)
    assert again.rows[0].number.text() == "112"
    again.save()
    settle(qtbot, work)
    with vault.reading(Reading.office("drafts")) as session:
        assert draft_of(session, FORM) is None
