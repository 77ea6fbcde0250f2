from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import event

from victimcare.casework.barriers import record_barrier
from victimcare.casework.case_list import CaseFilter, case_head, case_list
from victimcare.casework.cases import close_case, open_case
from victimcare.casework.contacts import log_contact
from victimcare.casework.exploitation import record_exploitation
from victimcare.casework.workers import record_worker
from victimcare.store.vault import Vault


def three(vault: Vault) -> tuple[UUID, UUID, UUID]:
    """Reached on 1 Oct, never reached, reached on 2 Nov."""
    with vault.transaction() as session:
        worker = record_worker(session, name="PC 1182")
        cases = tuple(open_case(session, received_on=date(2026, 1, day), source="NGO", reference=f"VC-2026-000{day}", worker_id=worker) for day in (1, 2, 3))
        for case, at in ((cases[0], datetime(2026, 10, 1, 9, tzinfo=UTC)), (cases[2], datetime(2026, 11, 2, 9, tzinfo=UTC))):
            log_contact(session, case_id=case, at=at, channel="PHONE", outcome="SPOKEN", next_on=date(2026, 12, at.day))
    return cases


def test_the_longest_unreached_come_first_and_those_never_reached_before_them(vault: Vault) -> None:
    first, second, third = three(vault)
    with vault.reading() as session:
        assert [row.id for row in case_list(session, order="last_achieved_on")] == [second, first, third]
        assert [row.id for row in case_list(session, order="last_achieved_on", descending=True)] == [third, first, second]
        assert [row.reference for row in case_list(session, limit=2)] == ["VC-2026-0001", "VC-2026-0002"]


def test_each_filter_narrows_to_its_own(vault: Vault) -> None:
    first, second, third = three(vault)
    with vault.transaction() as session:
        close_case(session, case_id=third, version=1, on=date(2026, 11, 20))
        record_barrier(session, case_id=first, code="DEBT", since=date(2026, 10, 1))
        for kind in ("SEXUAL", "LABOUR"):
            record_exploitation(session, case_id=second, type=kind)
    for wanted, expected in (
        (CaseFilter(status="OPEN"), {first, second}),
        (CaseFilter(barrier="DEBT"), {first}),
        (CaseFilter(exploitation="LABOUR"), {second}),
        (CaseFilter(not_reached_since=date(2026, 11, 1)), {first, second}),
        (CaseFilter(due_by=date(2026, 12, 31)), {first}),
        (CaseFilter(source="NRM"), set()),
        (CaseFilter(status="OPEN", barrier="DEBT", nationality="ZZ"), {first}),
    ):
        with vault.reading() as session:
            assert {row.id for row in case_list(session, wanted)} == expected, wanted
    with vault.reading() as session:
        head = case_head(session, second)
    assert (head.exploitation, head.worker) == ("LABOUR;SEXUAL", "PC 1182")


def test_the_whole_list_is_one_query(vault: Vault) -> None:
    three(vault)
    with vault.reading() as session:
        seen: list[str] = []
        event.listen(session.connection(), "before_cursor_execute", lambda *of: seen.append(of[2]))
        case_list(session, CaseFilter(status="OPEN"), order="worker")
    assert len(seen) == 1


def test_a_case_that_is_not_here_has_no_head(vault: Vault, case_id: UUID) -> None:
    with vault.reading() as session:
        assert case_head(session, UUID(int=1)) is None
        assert case_head(session, case_id).reference == "VC-2026-0001"
