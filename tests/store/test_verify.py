"""What `verify` names: every way a vault can be other than its members signed for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.conftest import make_case
from tests.store.raw import flip_byte, raw, without_triggers
from tests.store.test_people import ANALYST, CASEWORKER, joined
from victimcare.casework.case_now import case_now_differences
from victimcare.casework.cases import Case
from victimcare.casework.drafts import Draft
from victimcare.casework.notes import Note
from victimcare.store import people
from victimcare.store.header import read_header, write_header
from victimcare.store.vault import Vault
from victimcare.store.verify import verify


def kinds(vault: Vault) -> set[tuple[str, str]]:
    return {(one.table, one.kind) for one in verify(vault).findings}


def test_a_sound_vault_has_nothing_wrong_and_everything_counted(vault: Vault, case_id: UUID) -> None:
    steps: list[str] = []
    found = verify(vault, lambda step, done, of: steps.append(step), derived=case_now_differences)
    assert found.findings == []
    assert found.holds
    assert found.counts.seals_opened >= 5
    assert found.counts.seals_without_key == 0
    assert found.counts.signatures >= 2
    assert found.counts.pages > 10
    assert steps[0] == "pages"
    assert steps[-1] == "done"
    assert found.as_json()["counts"]["rows"] == found.counts.rows


def test_changed_rows_of_every_kind_still_match_what_was_signed(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        case = session.get(Case, case_id)
        assert case is not None
        case.closed_on, case.unit = date(2026, 11, 20), "Łódź ’24 \x00 \u202e"
        session.add(draft := Draft(form="contact", case_id=case_id, member_id=vault.member.id))
        draft.body = "half a sentence"
    with vault.transaction() as session:
        row = session.get(Draft, draft.id)
        assert row is not None
        row.body = "another"
    with vault.transaction() as session:
        session.delete(session.get(Draft, draft.id))
    assert verify(vault).findings == []


def test_an_altered_fact_is_named_with_its_row(vault: Vault, case_id: UUID) -> None:
    with raw(vault) as connection:
        connection.execute('UPDATE "case" SET risk = ?', ("LOW",))
    (finding,) = verify(vault).findings
    assert (finding.table, finding.row, finding.kind) == ("case", case_id, "altered")
    assert finding.remedy


def test_two_peoples_sealed_parts_swapped_are_noticed(vault: Vault) -> None:
    make_case(vault, "Ana")
    make_case(vault, "Bea")
    with raw(vault) as connection:
        (one, first), (two, second) = connection.execute("SELECT id, payload FROM sealed WHERE owner = 'identity' LIMIT 2").fetchall()
        connection.execute("UPDATE sealed SET payload = ? WHERE id = ?", (second, one))
        connection.execute("UPDATE sealed SET payload = ? WHERE id = ?", (first, two))
    found = verify(vault).findings
    assert {(one.row.bytes, one.kind) for one in found if one.row} == {(row, kind) for row in (one, two) for kind in ("altered", "seal")}


def test_an_older_state_put_back_is_noticed(vault: Vault, case_id: UUID) -> None:
    with raw(vault) as connection:
        before = connection.execute('SELECT unit, version FROM "case"').fetchone()
    with vault.transaction() as session:
        case = session.get(Case, case_id)
        assert case is not None
        case.unit = "MSKU"
    assert verify(vault).holds
    with raw(vault) as connection:
        connection.execute('UPDATE "case" SET unit = ?, version = ?', before)
    assert kinds(vault) == {("case", "altered")}


def test_a_row_put_in_or_taken_out_past_the_program_is_named(vault: Vault, case_id: UUID) -> None:
    with without_triggers(vault, "note") as connection:
        connection.execute("CREATE TEMP TABLE n AS SELECT * FROM note")
        connection.execute("UPDATE n SET id = ?", (b"\x01" * 16,))
        connection.execute("INSERT INTO note SELECT * FROM n")
        connection.execute("DELETE FROM barrier")
    assert kinds(vault) >= {("note", "unsigned"), ("barrier", "gone")}


def test_a_seal_without_a_row_and_a_broken_link_are_named(vault: Vault, case_id: UUID) -> None:
    with raw(vault) as connection:
        connection.execute("INSERT INTO sealed SELECT ?, owner, key_id, payload FROM sealed LIMIT 1", (b"\x02" * 16,))
        connection.execute('UPDATE "case" SET worker_id = ?', (b"\x03" * 16,))
    assert kinds(vault) == {("sealed", "link"), ("case", "link"), ("case", "altered")}


def test_a_cut_or_forged_chain_is_named(vault: Vault, case_id: UUID) -> None:
    with without_triggers(vault, "audit") as connection:
        connection.execute("UPDATE audit SET kind = 'printed' WHERE seq = 1")
    assert {("audit", "chain")} <= kinds(vault)


def test_a_signature_by_another_is_named(vault: Vault, case_id: UUID) -> None:
    with without_triggers(vault, "audit") as connection:
        connection.execute("UPDATE audit SET signature = ? WHERE seq = 2", (b"\x00" * 64,))
    assert kinds(vault) == {("audit", "signature")}


def test_the_end_of_a_colleagues_chain_cannot_be_cut_unseen(vault: Vault, clock: StandingClock) -> None:
    other = joined(vault, "Analyst 2", ANALYST, clock)
    other.sign_for("something")
    vault.witness()
    assert verify(vault).holds
    with without_triggers(vault, "audit") as connection:
        connection.execute("DELETE FROM audit WHERE author = ?", (other.member.id.bytes,))
    assert ("audit_witness", "witness") in kinds(vault)
    other.close()


def test_who_wrote_without_the_right_is_named(vault: Vault, clock: StandingClock, case_id: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    other = joined(vault, "Analyst 2", ANALYST, clock)
    # A client of his own that does not ask for rights.
    monkeypatch.setattr("victimcare.store.session.VaultSession.check_right", lambda *_: None)
    with other.transaction() as session:
        case = session.get(Case, case_id)
        assert case is not None
        case.unit = "MSKU"
    other.close()
    (finding,) = verify(vault).findings
    assert finding.kind == "right"
    assert "CASEWORK" in finding.what


def test_an_analyst_can_check_all_digests_and_no_seal(vault: Vault, clock: StandingClock, case_id: UUID) -> None:
    other = joined(vault, "Analyst 2", ANALYST, clock)
    found = verify(other)
    assert found.holds
    assert found.counts.seals_opened == 0
    assert found.counts.seals_without_key >= 5
    other.close()


def test_a_removed_member_let_in_again_by_the_header_is_named(vault: Vault, clock: StandingClock) -> None:
    other = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, other.member.id)
    before = read_header(vault.folder)
    other.close()
    people.remove(vault, other.member.id)
    assert verify(vault).holds
    write_header(vault.folder, before)
    assert kinds(vault) == {("header", "header")}


def test_a_missing_trigger_and_a_wrong_case_now_are_named(vault: Vault, case_id: UUID) -> None:
    with raw(vault) as connection:
        connection.execute("DROP TRIGGER note_no_delete")
        connection.execute("UPDATE case_now SET open_barriers = 7")
    found = verify(vault, derived=case_now_differences).findings
    assert {(one.table, one.kind) for one in found} == {("note", "trigger"), ("case_now", "derived")}


def test_a_damaged_page_is_named_and_the_rest_still_checked(new_vault: Callable[..., Vault], clock: StandingClock) -> None:
    vault = new_vault()
    make_case(vault)
    folder, path = vault.folder, vault.subject().path
    with raw(vault) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'note'").fetchone()[0]
        connection.execute("UPDATE case_now SET attempts_since = 0")
    vault.close()
    flip_byte(path, page)
    again = Vault.open(folder, "VLO 17", PASSPHRASE, clock=clock)
    found = verify(again)
    assert any(one.kind == "page" and f"Page {page} " in one.what for one in found.findings)
    assert found.counts.entries >= 2
    again.close()


def test_findings_hold_no_text_of_a_person(vault: Vault) -> None:
    case = make_case(vault, "Zofia-Unmistakable", "a note that must not leak")
    with raw(vault) as connection:
        connection.execute("UPDATE sealed SET payload = x'00'")
    with vault.reading() as session:
        assert session.scalars(select(Note.id).where(Note.case_id == case)).all()
    told = str(verify(vault).as_json())
    assert "Zofia" not in told
    assert "must not leak" not in told
