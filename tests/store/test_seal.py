"""Sealed parts: bound to their row, padded, and closed to who lacks the key or the reason."""

from __future__ import annotations

import os
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.conftest import StandingClock
from tests.store.conftest import make_case
from tests.store.test_people import ANALYST, joined
from victimcare.casework.contact_points import ContactPoint
from victimcare.casework.identity import Identity
from victimcare.casework.notes import Note
from victimcare.store.errors import NoKey, ReadNotNoted, StoreDamaged
from victimcare.store.ids import new_id
from victimcare.store.reading import Reading
from victimcare.store.seal import PAD, closed, opened
from victimcare.store.vault import Vault

KEY, ROW, KEY_ID = os.urandom(32), new_id(), new_id()


@given(st.dictionaries(st.sampled_from(["text", "words", "said"]), st.text(max_size=300)))
def test_any_text_comes_back_and_its_length_is_blurred(texts: dict[str, str]) -> None:
    payload = closed(KEY, "note", ROW, KEY_ID, texts)
    assert opened(KEY, "note", ROW, KEY_ID, payload) == {name: text for name, text in texts.items() if text}
    assert (len(payload) - 1 - 12 - 16) % PAD == 0


def test_it_opens_only_as_the_part_of_its_own_row() -> None:
    payload = closed(KEY, "note", ROW, KEY_ID, {"text": "hers"})
    other = new_id()
    for key, owner, row, key_id in (
        (os.urandom(32), "note", ROW, KEY_ID),
        (KEY, "identity", ROW, KEY_ID),
        (KEY, "note", other, KEY_ID),
        (KEY, "note", ROW, other),
    ):
        with pytest.raises(StoreDamaged):
            opened(key, owner, row, key_id, payload)
    for bad in (b"", payload[:-1], b"\x02" + payload[1:], payload[:20] + bytes([payload[20] ^ 1]) + payload[21:]):
        with pytest.raises(StoreDamaged):
            opened(KEY, "note", ROW, KEY_ID, bad)


def test_no_text_opens_without_a_reason_that_is_on_record(vault: Vault, case_id: UUID) -> None:
    other = make_case(vault, "Other")
    with vault.reading() as session:
        note = session.scalars(select(Note).where(Note.case_id == case_id)).one()
        with pytest.raises(ReadNotNoted):
            assert note.text
        with pytest.raises(ReadNotNoted):
            session.sealed([note.id])
        assert session.sealed_of_case(case_id) == {}
    with vault.reading(Reading.case(other)) as session:
        note = session.scalars(select(Note).where(Note.case_id == case_id)).one()
        with pytest.raises(ReadNotNoted):
            assert note.text
        assert session.scalars(select(Note).where(Note.case_id == other)).one().text


def test_a_number_opens_only_when_it_is_asked_for(vault: Vault, case_id: UUID) -> None:
    with vault.reading(Reading.case(case_id)) as session:
        point = session.scalars(select(ContactPoint).where(ContactPoint.case_id == case_id)).one()
        assert point.id not in session.sealed_of_case(case_id)
        with pytest.raises(ReadNotNoted):
            assert point.value
    with vault.reading(Reading.numbers(case_id)) as session:
        point = session.scalars(select(ContactPoint).where(ContactPoint.case_id == case_id)).one()
        assert point.value == "07700 900123"


def test_who_lacks_the_key_sees_rows_and_no_text(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    analyst = joined(vault, "Analyst 2", ANALYST, clock)
    with analyst.reading(Reading.names()) as session:
        assert session.sealed_where(select(Identity.id)) == {}
        for kind in (Identity, Note):
            record = session.scalars(select(kind)).first()
            assert record is not None
            with pytest.raises(NoKey):
                session.open_part(record)
        assert not session.can_open(case_id)
    analyst.close()
