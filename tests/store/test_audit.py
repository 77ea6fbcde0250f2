"""The audit: what was read and written, by whom, in a chain nobody can cut or alter unseen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.conftest import StandingClock
from tests.store.raw import raw
from victimcare.casework.notes import Note, record_note
from victimcare.store.audit import canonical, digest
from victimcare.store.errors import ReadOnlyVault
from victimcare.store.ids import new_id
from victimcare.store.reading import Reading
from victimcare.store.tables import AuditEntry
from victimcare.store.vault import Vault
from victimcare.store.verify import verify


def kinds(vault: Vault) -> list[str]:
    with vault.reading() as session:
        return list(session.scalars(select(AuditEntry.kind).order_by(AuditEntry.seq)))


def test_a_reading_is_on_record_before_the_text_is_shown(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    with vault.reading(Reading.case(case_id)) as session:
        with raw(vault) as connection:
            assert connection.execute("SELECT kind, case_id, signature FROM audit ORDER BY rowid DESC LIMIT 1").fetchone() == (
                "case opened",
                case_id.bytes,
                None,
            )
        assert session.scalars(select(Note)).one().text
    with vault.reading(Reading.case(case_id)):
        pass
    assert kinds(vault).count("case opened") == 1
    clock.forward(minutes=6)
    with vault.reading(Reading.case(case_id)):
        pass
    assert kinds(vault).count("case opened") == 2


def test_every_number_asked_for_is_on_record(vault: Vault, case_id: UUID) -> None:
    for _ in range(3):
        with vault.reading(Reading.numbers(case_id)):
            pass
    assert kinds(vault).count("number shown") == 3


def test_readings_are_covered_by_the_next_signature(vault: Vault, case_id: UUID) -> None:
    with vault.reading(Reading.case(case_id)), vault.reading(Reading.names()):
        pass
    assert verify(vault).counts.readings_unsigned == 2
    with vault.transaction() as session:
        record_note(session, case_id=case_id, on=date(2026, 11, 20), text="x")
    found = verify(vault)
    assert found.counts.readings_unsigned == 0
    assert found.holds
    with raw(vault) as connection:
        connection.execute("DROP TRIGGER audit_no_delete")
        connection.execute("DELETE FROM audit WHERE kind = 'case opened'")
    assert {one.kind for one in verify(vault).findings} == {"chain", "trigger"}


def test_where_a_reading_cannot_be_recorded_no_text_opens_but_facts_do(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    from tests.conftest import PASSPHRASE

    again = Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock, read_only=True)
    with again.reading() as session:
        assert session.scalars(select(Note.case_id)).one() == case_id
    with pytest.raises(ReadOnlyVault), again.reading(Reading.case(case_id)):
        pass
    with pytest.raises(ReadOnlyVault), again.transaction():
        pass
    assert verify(again).holds
    again.close()


def test_unlocking_signs_for_every_other_chain(vault: Vault, case_id: UUID) -> None:
    seq, head = vault.witness()
    with raw(vault) as connection:
        assert connection.execute("SELECT seq, hash FROM audit ORDER BY rowid DESC LIMIT 1").fetchone() == (seq, head)
    assert verify(vault).holds


_VALUE = st.one_of(st.none(), st.text(max_size=20), st.integers(), st.booleans(), st.uuids(), st.dates(), st.binary(max_size=20))


@given(st.dictionaries(st.sampled_from("abcdef"), _VALUE), st.dictionaries(st.sampled_from("abcdef"), _VALUE))
def test_two_rows_have_the_same_bytes_only_if_they_say_the_same(one: dict[str, object], two: dict[str, object]) -> None:
    def said(row: dict[str, object]) -> dict[str, tuple[type, object]]:
        return {name: (type(value), value) for name, value in row.items() if value is not None}

    if said(one) == said(two):
        assert canonical("t", one) == canonical("t", two)
    elif {type(value) for value in [*one.values(), *two.values()]} <= {str, type(None)}:
        assert canonical("t", one) != canonical("t", two)
    assert canonical("t", one) != canonical("u", one)


def test_a_digest_covers_row_table_and_sealed_part() -> None:
    at = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
    row = {"id": new_id(), "at": at, "said": "x"}
    plain = digest("note", row, b"sealed")
    assert digest("note", {**row, "at": at.astimezone(timezone(timedelta(hours=5)))}, b"sealed") == plain
    for other in (digest("note", row, b"other"), digest("note", row, None), digest("case", row, b"sealed"), digest("note", {**row, "said": "y"}, b"sealed")):
        assert other != plain
