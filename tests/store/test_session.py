"""Rights, seals and audit in the flush, and a guard so that nothing goes round it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, text, update

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.raw import raw
from tests.store.test_backup import notes
from tests.store.test_people import ANALYST, joined
from victimcare.casework.barriers import Barrier, record_barrier
from victimcare.casework.cases import Case, case_facts, change_facts
from victimcare.casework.notes import Note, record_note
from victimcare.store.engine.sqlcipher import NotThroughADoor
from victimcare.store.errors import AppendOnly, Conflict, DiskFull, LinkBroken, NoKey, NotAllowed, StoreDamaged, VaultBusy
from victimcare.store.ids import new_id
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.verify import verify


def barrier_of(vault: Vault, case_id: UUID) -> tuple[int, str]:
    with vault.reading(Reading.case(case_id)) as session:
        row = session.scalars(select(Barrier).where(Barrier.case_id == case_id)).one()
        return row.version, row.words


def test_who_lacks_the_right_changes_nothing(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    analyst = joined(vault, "Analyst 2", ANALYST, clock)
    with pytest.raises(NotAllowed) as caught, analyst.transaction() as session:
        change_facts(session, case_id=case_id, version=1, gender="FEMALE")
    assert caught.value.right == "CASEWORK"
    with pytest.raises((NotAllowed, NoKey)), analyst.transaction() as session:
        record_note(session, case_id=case_id, on=date(2026, 11, 20), text="from outside")
    analyst.close()
    assert notes(vault, case_id) == ["she asked for the same worker"]


def test_a_change_of_sealed_text_alone_is_saved_and_counts_as_a_version(vault: Vault, case_id: UUID) -> None:
    seen, _ = barrier_of(vault, case_id)
    for number, words in enumerate(("he knows where her mother lives", "he no longer does", ""), start=1):
        with vault.transaction() as session:
            row = session.scalars(select(Barrier).where(Barrier.case_id == case_id)).one()
            row.words = words
        assert barrier_of(vault, case_id) == (seen + number, words)
    assert verify(vault).holds


def test_one_text_changed_leaves_the_others_of_the_row(vault: Vault, case_id: UUID) -> None:
    from victimcare.casework.drafts import Draft

    with vault.transaction() as session:
        draft = Draft(form="contact", case_id=case_id, member_id=vault.member.id)
        draft.body = "one"
        session.add(draft)
        session.flush()
        draft.form = "note"
    with vault.reading(Reading.case(case_id)) as session:
        assert session.get_one(Draft, draft.id).body == "one"
    assert verify(vault).holds


def test_what_is_append_only_is_refused_in_the_flush_and_by_the_engine(vault: Vault, case_id: UUID) -> None:
    with pytest.raises(AppendOnly), vault.transaction() as session:
        session.scalars(select(Note)).one().text = "never said"
    with pytest.raises(AppendOnly), vault.transaction() as session:
        session.delete(session.scalars(select(Note)).one())
    with pytest.raises(AppendOnly), vault.transaction() as session:
        session.delete(session.scalars(select(Barrier)).one())
    with raw(vault) as connection:
        for table in ("note", "contact_point", "audit", "audit_row", "member_entry", "identity"):
            for statement in (f"UPDATE {table} SET rowid = rowid + 1000", f"DELETE FROM {table}", f"REPLACE INTO {table} SELECT * FROM {table}"):
                with pytest.raises(Exception, match="append-only"):
                    connection.execute(statement)
    assert notes(vault, case_id) == ["she asked for the same worker"]


def test_no_statement_goes_past_the_doors(vault: Vault, case_id: UUID) -> None:
    for statement in (
        update(Case).values(unit="X"),
        delete(Note),
        insert(Note).values(id=new_id()),
        text('UPDATE "case" SET unit = 1'),
        text("-- select\nDELETE FROM note"),
        text("WITH x AS (SELECT 1) DELETE FROM note"),
        text("DROP TABLE note"),
        text("REPLACE INTO vault_info VALUES ('name', 'x')"),
    ):
        with pytest.raises(NotThroughADoor), vault.transaction() as session:
            session.execute(statement)
    with vault.transaction() as session:
        newest = select(Note.id).cte("newest")
        assert len(session.scalars(select(newest.c.id)).all()) == 1


def test_a_reader_can_change_nothing(vault: Vault, case_id: UUID) -> None:
    for statement in (update(Case).values(unit="X"), text("DELETE FROM barrier")):
        with pytest.raises(Exception) as caught, vault.reading() as session:
            session.execute(statement)
        assert type(caught.value).__name__ in ("ReadOnlyVault", "NotThroughADoor")
    with pytest.raises(RuntimeError), vault.reading() as session:
        session.commit()


def test_a_failed_transaction_leaves_nothing_and_the_next_one_works(vault: Vault, case_id: UUID) -> None:
    def stopped() -> None:
        with vault.transaction() as session:
            record_note(session, case_id=case_id, on=date(2026, 11, 20), text="half")
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stopped()
    assert notes(vault, case_id) == ["she asked for the same worker"]
    with vault.transaction() as session:
        record_note(session, case_id=case_id, on=date(2026, 11, 20), text="whole")
    assert len(notes(vault, case_id)) == 2
    assert verify(vault).holds


def test_a_conflict_names_both_versions_and_loses_neither(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    other = Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    with other.transaction() as session:
        change_facts(session, case_id=case_id, version=1, gender="FEMALE")
    with pytest.raises(Conflict) as caught, vault.transaction() as session:
        change_facts(session, case_id=case_id, version=1, gender="MALE")
    assert (caught.value.table, caught.value.seen, caught.value.now) == ("case", 1, 2)
    with vault.reading() as session:
        facts = case_facts(session, case_id)
        assert facts is not None
        assert facts.gender == "FEMALE"
    other.close()


def test_a_link_to_nothing_is_caught_at_the_end_and_named(vault: Vault, case_id: UUID) -> None:
    with pytest.raises(LinkBroken) as caught, vault.transaction() as session:
        session.get_one(Case, case_id).worker_id = new_id()
    assert caught.value.tables == ["case"]
    assert verify(vault).holds


def test_another_window_that_writes_is_waited_for_and_then_told(vault: Vault, case_id: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    with raw(vault) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with vault.store.writer.connect() as mine:
            mine.connection.driver_connection.execute("PRAGMA busy_timeout=1")  # type: ignore[union-attr]
        with pytest.raises(VaultBusy), vault.transaction() as session:
            record_note(session, case_id=case_id, on=date(2026, 11, 20), text="later")
        connection.execute("ROLLBACK")
    assert notes(vault, case_id) == ["she asked for the same worker"]


def many_barriers(vault: Vault, case_id: UUID, words: str) -> None:
    with vault.transaction() as session:
        for _ in range(20):
            record_barrier(session, case_id=case_id, code="SELF_REPRISAL", since=date(2026, 11, 20), words=words)


@pytest.fixture
def nearly_full(vault: Vault) -> Callable[[int], None]:
    """The disk has room for so many more pages, for the writer."""

    def limit(pages: int) -> None:
        with vault.store.writer.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            count = driver.execute("PRAGMA page_count").fetchone()[0]
            driver.execute(f"PRAGMA max_page_count={count + pages}")

    return limit


def test_a_full_disk_loses_nothing_that_was_saved(vault: Vault, case_id: UUID, nearly_full: Callable[[int], None]) -> None:
    nearly_full(2)
    with pytest.raises(DiskFull):
        many_barriers(vault, case_id, "x" * 4000)
    assert notes(vault, case_id) == ["she asked for the same worker"]
    nearly_full(10_000)
    with vault.transaction() as session:
        record_note(session, case_id=case_id, on=date(2026, 11, 20), text="after making room")
    assert verify(vault).holds


def test_a_part_altered_in_the_file_is_damage_and_not_a_text(vault: Vault, case_id: UUID) -> None:
    with raw(vault) as connection:
        connection.execute("UPDATE sealed SET payload = zeroblob(100) WHERE owner = 'note'")
    with pytest.raises(StoreDamaged), vault.reading(Reading.case(case_id)) as session:
        assert session.scalars(select(Note)).one().text


def test_no_error_carries_what_was_being_written(vault: Vault, case_id: UUID, nearly_full: Callable[[int], None]) -> None:
    nearly_full(1)
    with pytest.raises(DiskFull) as caught:
        many_barriers(vault, case_id, "Zofia-Unmistakable " * 300)
    chain: BaseException | None = caught.value
    while chain is not None:
        assert "Zofia" not in f"{chain!r} {chain}"
        chain = chain.__cause__
