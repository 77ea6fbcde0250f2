from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.dates import DateRefused
from victimcare.casework.notes import Note, notes_of, record_note
from victimcare.casework.opening import LONGEST_TEXT, TextRefused
from victimcare.store.errors import AppendOnly
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault


def test_notes_come_newest_day_first_with_their_text(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_note(session, case_id=case_id, on=date(2026, 5, 1), text="Brother visits on Sundays.\0")
        record_note(session, case_id=case_id, on=date(2026, 3, 3), text="eve only", kind="UNREAD")
    with vault.reading(Reading.case(case_id)) as session:
        assert [(row.kind, row.text) for row in notes_of(session, case_id)] == [("WORKER", "Brother visits on Sundays."), ("UNREAD", "eve only")]


def test_a_note_is_never_changed(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        note_id = record_note(session, case_id=case_id, on=date(2026, 5, 1), text="First.")
    with pytest.raises(AppendOnly), vault.transaction() as session:
        session.get(Note, note_id).text = "Second."
    with vault.reading(Reading.case(case_id)) as session:
        assert notes_of(session, case_id)[0].text == "First."


def test_a_day_before_the_birth_on_file_is_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session, pytest.raises(DateRefused):
        record_note(session, case_id=case_id, on=date(1998, 5, 1), text="Wrong year.")


@pytest.mark.parametrize("words", ["", "  ", "x" * (LONGEST_TEXT + 1)], ids=["none", "blank", "too long"])
def test_a_note_has_text_that_can_be_kept(vault: Vault, case_id: UUID, words: str) -> None:
    with vault.transaction() as session, pytest.raises(TextRefused):
        record_note(session, case_id=case_id, on=date(2026, 5, 1), text=words)
