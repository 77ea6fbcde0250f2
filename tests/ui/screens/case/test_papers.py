"""Papers of a case from its window: what goes is chosen, each is written down as a disclosure, a paper not saved is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pypdf
import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import Hands, person, settle, texts_of
from victimcare.casework.disclosures import disclosures_of
from victimcare.casework.notes import record_note
from victimcare.casework.stance import record_stance
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]
TODAY = date(2026, 11, 24)


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        case_id = person(session)
        record_note(session, case_id=case_id, on=TODAY, text="asked for a solicitor")
        record_stance(session, case_id=case_id, on=TODAY, code="UNDECIDED", words="perhaps")
    return case_id


def box(screen: CaseScreen) -> Any:
    assert screen.box is not None
    return screen.box


def saved(qtbot: QtBot, work: Work, screen: CaseScreen, path: Path) -> bytes:
    """Save the paper of the open box as the file `path`."""
    one = box(screen)
    one.how.set_value("FILE")
    one.save()
    qtbot.waitUntil(lambda: one.dialog is not None)
    one.dialog.fileSelected.emit(str(path))
    one.dialog.close()
    settle(qtbot, work)
    qtbot.waitUntil(lambda: path.exists() and screen.box is None)
    settle(qtbot, work)
    return path.read_bytes()


def words(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made)).pages).split())


def logged(vault: Vault, case_id: UUID) -> list[tuple[str, str, tuple[str, ...], str]]:
    with vault.reading(Reading.case(case_id)) as session:
        return [(row.kind, row.recipient, row.fields, row.why) for row in disclosures_of(session, case_id)]


def test_a_section_is_withheld_with_its_ground_and_that_is_written_down(
    vault: Vault, ana: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work, tmp_path: Path
) -> None:
    screen = show(Place("case", ana))
    hands.press("H")
    hands.press("F")
    box(screen).choices["NOTES"].set_value("CRIME")
    box(screen).recipient.setText("Ana's solicitor")
    said = words(saved(qtbot, work, screen, tmp_path / "file.pdf"))
    assert "[section withheld" in said
    assert "asked for a solicitor" not in said
    [(kind, recipient, fields, why)] = logged(vault, ana)
    assert (kind, recipient) == ("CASE_FILE", "Ana's solicitor")
    assert "Notes, withheld" in fields
    assert why == "Notes: would prejudice the prevention or detection of crime"
    assert "Case file: for Ana's solicitor" in [entry.headline for entry in screen.stream.entries_model.entries]


def test_the_sheet_never_ticks_the_stance_and_says_who_gets_it(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work, tmp_path: Path) -> None:
    screen = show(Place("case", ana))
    screen.open_box("sheet")
    assert {code for code, tick in box(screen).ticks.items() if tick.isChecked()} <= {"NAME", "LANGUAGE", "SAFE_CONTACT"}
    box(screen).save()
    assert "Say who gets it" in texts_of(box(screen))
    assert logged(vault, ana) == []
    box(screen).recipient.setText("night team")
    said = words(saved(qtbot, work, screen, tmp_path / "sheet.pdf"))
    assert "Text only, before 16:00" in said
    assert "ndecided" not in said
    assert [(kind, recipient) for kind, recipient, _, _ in logged(vault, ana)] == [("HAND_OVER_SHEET", "night team")]


def test_what_we_hold_is_written_down_too(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work, tmp_path: Path) -> None:
    screen = show(Place("case", ana))
    screen.open_box("what_we_hold")
    assert "What we hold about you" in words(saved(qtbot, work, screen, tmp_path / "hold.pdf"))
    assert [kind for kind, *_ in logged(vault, ana)] == ["WHAT_WE_HOLD"]


def test_the_schedule_goes_as_a_workbook_of_the_days_chosen(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work, tmp_path: Path) -> None:
    screen = show(Place("case", ana))
    screen.open_box("schedule")
    box(screen).first.set_value(date(2026, 11, 25))
    box(screen).save()
    assert "The last day is before the first." in texts_of(box(screen))
    box(screen).first.set_value(TODAY)
    box(screen).shape.set_value("XLSX")
    book = openpyxl.load_workbook(BytesIO(saved(qtbot, work, screen, tmp_path / "schedule.xlsx")))
    rows = [row for row in book.active.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert {row[2] for row in rows} >= {"Note", "Stance"}
    assert "asked for a solicitor" not in str(rows)
    assert [(kind, fields) for kind, _, fields, _ in logged(vault, ana)] == [("SCHEDULE", ("24 Nov 2026 to 24 Nov 2026",))]


def test_a_paper_that_was_not_saved_is_no_disclosure(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    screen.open_box("what_we_hold")
    box(screen).how.set_value("FILE")
    box(screen).save()
    qtbot.waitUntil(lambda: box(screen).dialog is not None)
    box(screen).dialog.reject()
    settle(qtbot, work)
    assert logged(vault, ana) == []
    assert screen.box is not None


def test_a_paper_nobody_has_put_anywhere_yet_goes_at_lock(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work, tmp_path: Path) -> None:
    screen = show(Place("case", ana))
    screen.open_box("case_file")
    one = box(screen)
    one.how.set_value("FILE")
    one.save()
    qtbot.waitUntil(lambda: one.dialog is not None)
    gone: list[object] = []
    one.dialog.destroyed.connect(lambda: gone.append(True))
    screen.forget()
    qtbot.waitUntil(lambda: bool(gone))
    assert list(tmp_path.glob("*.pdf")) == []
