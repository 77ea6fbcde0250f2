from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from victimcare.casework.case_list import case_head
from victimcare.casework.contacts import (
    Contact,
    ContactRefused,
    contacts_of,
    correct_contact,
    is_achieved,
    log_contact,
    needs_safety_review,
)
from victimcare.casework.dates import DateRefused
from victimcare.reference.codelists import UnknownCode, codelist
from victimcare.store.engine.sqlcipher import NotThroughADoor
from victimcare.store.errors import AppendOnly
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_facts_own_words_and_view_are_kept_apart(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        log_contact(
            session,
            case_id=case_id,
            at=NOON,
            channel="TEXT",
            outcome="SPOKEN",
            said="Is Thursday all right?",
            own_words="Yes.",
            view="Calm.",
            next_step="Ring the house.",
        )
    with vault.reading(Reading.case(case_id)) as session:
        entry = contacts_of(session, case_id)[0]
    assert (entry.said, entry.own_words, entry.view, entry.next_step) == ("Is Thursday all right?", "Yes.", "Calm.", "Ring the house.")
    assert entry.is_achieved


def test_only_being_spoken_to_oneself_counts_as_reached() -> None:
    achieved = {value.code for value in codelist("contact_outcome").values if is_achieved(value.code, "VICTIM")}
    assert achieved == {"SPOKEN"}
    assert not is_achieved("SPOKEN", "WORKER")
    assert {value.code for value in codelist("contact_outcome").values if needs_safety_review(value.code)} == {"WRONG_PERSON", "UNSAFE_ENDED"}


def test_missed_calls_count_until_the_person_is_reached(vault: Vault, case_id: UUID) -> None:
    def now() -> tuple[date | None, date | None, int]:
        with vault.reading() as session:
            head = case_head(session, case_id)
        return head.last_achieved_on, head.last_attempt_on, head.attempts_since

    for days in (0, 1):
        with vault.transaction() as session:
            log_contact(session, case_id=case_id, at=NOON + timedelta(days=days), channel="PHONE", outcome="NO_ANSWER")
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=NOON + timedelta(days=2), channel="PHONE", outcome="CANCELLED_US")
        log_contact(session, case_id=case_id, at=NOON + timedelta(days=2), channel="PHONE", outcome="SPOKEN", person_contacted="WORKER", agency="NGO")
    assert now() == (None, date(2026, 11, 21), 2)
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=NOON + timedelta(days=3), channel="PHONE", outcome="SPOKEN", agency="CARITAS", direction="INBOUND")
    assert now() == (date(2026, 11, 23), None, 0)


def test_a_correction_counts_in_place_of_the_entry_and_both_stay(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        wrong = log_contact(session, case_id=case_id, at=NOON, channel="PHONE", outcome="SPOKEN", next_on=date(2026, 12, 1))
    with vault.transaction() as session:
        right = correct_contact(session, contact_id=wrong, at=NOON, channel="PHONE", outcome="NO_ANSWER")
    with vault.reading() as session:
        head = case_head(session, case_id)
        entries = {row.id: row for row in contacts_of(session, case_id, {})}
    assert (head.last_achieved_on, head.attempts_since, head.next_due_on) == (None, 1, None)
    assert entries[wrong].corrected_by == right
    assert entries[right].corrects_id == wrong
    with vault.transaction() as session, pytest.raises(ContactRefused):
        correct_contact(session, contact_id=wrong, at=NOON, channel="PHONE", outcome="SPOKEN")


def test_what_cannot_have_been_is_refused(vault: Vault, case_id: UUID) -> None:
    def log(**entry: object) -> None:
        log_contact(session, **{"case_id": case_id, "at": NOON, "channel": "PHONE", "outcome": "SPOKEN", **entry})

    with vault.transaction() as session:
        for entry, error in (
            ({"at": session.now + timedelta(minutes=1)}, DateRefused),
            ({"at": datetime(1998, 5, 1, 12, tzinfo=UTC)}, DateRefused),
            ({"next_on": date(2026, 11, 19)}, DateRefused),
            ({"minutes": -1}, ContactRefused),
            ({"channel": "PIGEON"}, UnknownCode),
            ({"agency": "MI6"}, UnknownCode),
            ({"interpreter": "PERHAPS"}, UnknownCode),
        ):
            with pytest.raises(error):
                log(**entry)
    with vault.reading() as session:
        assert contacts_of(session, case_id, {}) == ()


def test_the_log_itself_refuses_to_be_changed(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        entry = log_contact(session, case_id=case_id, at=NOON, channel="PHONE", outcome="NO_ANSWER")
    with pytest.raises(AppendOnly), vault.transaction() as session:
        session.get(Contact, entry).outcome = "SPOKEN"
    with pytest.raises(NotThroughADoor), vault.transaction() as session:
        session.execute(update(Contact).values(outcome="SPOKEN"))
    with vault.reading() as session:
        assert contacts_of(session, case_id, {})[0].outcome == "NO_ANSWER"
