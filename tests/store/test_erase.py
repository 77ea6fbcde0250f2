"""Erasing: nothing of the person stays in the file, everything else does, and the audit says what was done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.conftest import make_case
from tests.store.raw import raw
from tests.store.test_backup import notes
from tests.store.test_people import CASEWORKER, joined
from victimcare.casework.case_links import CaseLink
from victimcare.casework.merging import Merged
from victimcare.casework.notes import Note
from victimcare.store import people
from victimcare.store.erase import NoSuchCase, erase_case
from victimcare.store.errors import NotAllowed, OpenElsewhere
from victimcare.store.header import read_header
from victimcare.store.record import Table
from victimcare.store.vault import Vault
from victimcare.store.verify import verify


def test_nothing_of_an_erased_case_stays(vault: Vault, case_id: UUID) -> None:
    kept = make_case(vault, "Kept")
    with raw(vault) as connection:
        (key,) = connection.execute("SELECT id FROM data_key WHERE case_id = ?", (case_id.bytes,)).fetchone()
    erase_case(vault, case_id, reason="REQUESTED")
    with raw(vault) as connection:
        for table in Table.metadata.sorted_tables:
            for column in table.columns:
                if table.name not in ("erased", "audit", "audit_row"):
                    found = connection.execute(f'SELECT count(*) FROM "{table.name}" WHERE "{column.name}" IN (?, ?)', (case_id.bytes, key))
                    assert found.fetchone()[0] == 0, (table.name, column.name)
        assert connection.execute("SELECT reason FROM erased").fetchall() == [("REQUESTED",)]
    assert not (vault.folder / f"{vault.subject().path.name}-wal").stat().st_size
    found = verify(vault)
    assert found.holds
    assert found.counts.erased_rows >= 8
    assert notes(vault, kept) == ["she asked for the same worker"]
    assert read_header(vault.folder).erased == (case_id,)
    with pytest.raises(NoSuchCase):
        erase_case(vault, case_id, reason="REQUESTED")


def test_what_other_cases_say_of_it_goes_with_it(vault: Vault, case_id: UUID) -> None:
    kept = make_case(vault, "Kept")
    with vault.transaction() as session:
        for one, other in ((kept, case_id), (case_id, kept)):
            linked = CaseLink(case_id=one, other_case_id=other, kind="FAMILY", must_not_know=True)
            linked.words = "sisters"
            merged = Merged(case_id=one, into_case_id=other, from_on=date(2026, 11, 24))
            merged.why = "the same person"
            session.add_all((linked, merged))
    erase_case(vault, case_id, reason="REQUESTED")
    with raw(vault) as connection:
        assert connection.execute("SELECT (SELECT count(*) FROM case_link), (SELECT count(*) FROM merged)").fetchall() == [(0, 0)]
        assert connection.execute("SELECT count(*) FROM sealed WHERE owner IN ('case_link', 'merged')").fetchone()[0] == 0
    assert verify(vault).holds
    assert notes(vault, kept) == ["she asked for the same worker"]


def test_only_a_supervisor_alone_in_the_vault_may_erase(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    other = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, other.member.id)
    other.refresh_membership()
    with pytest.raises(NotAllowed):
        erase_case(other, case_id, reason="REQUESTED")
    with pytest.raises(OpenElsewhere):
        erase_case(vault, case_id, reason="REQUESTED")
    other.close()
    assert notes(vault, case_id) == ["she asked for the same worker"]


def test_a_stop_before_the_header_was_written_is_mended_at_the_next_opening(
    vault: Vault, case_id: UUID, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("victimcare.store.erase.write_header", stop)
    with pytest.raises(KeyboardInterrupt):
        erase_case(vault, case_id, reason="REQUESTED")
    monkeypatch.undo()
    vault.close()
    assert read_header(vault.folder).erased == ()
    from victimcare.store import kdf

    monkeypatch.setattr(kdf, "FLOOR", kdf.KdfCost(1, 1, 64))
    Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock).close()
    assert read_header(vault.folder).erased == (case_id,)


def test_an_erasure_that_fails_leaves_the_case_whole(vault: Vault, case_id: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("victimcare.store.session.VaultSession.commit", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            erase_case(vault, case_id, reason="REQUESTED")
    assert notes(vault, case_id) == ["she asked for the same worker"]
    with vault.reading() as session:
        assert session.query(Note).count() == 1
    assert verify(vault).holds
