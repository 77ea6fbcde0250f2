"""Whatever happens to a barrier and what is done about it: the audit is whole, what is so now is right, and nothing vanishes."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from victimcare.casework.barriers import Barrier, BarrierRefused, barrier_changes_of, barriers_of, change_barrier, record_barrier
from victimcare.casework.case_list import case_head
from victimcare.casework.case_now import STANDING, case_now_differences
from victimcare.casework.cases import open_case
from victimcare.casework.dates import DateRefused
from victimcare.casework.mitigation_changes import change_mitigation, mitigation_changes_of
from victimcare.casework.mitigations import Mitigation, MitigationRefused, mitigations_of, record_mitigation
from victimcare.reference.codelists import codelist
from victimcare.store.vault import Vault
from victimcare.store.verify import verify
from victimcare.store.withdrawn import withdraw

START = date(2026, 1, 1)
STATES = codelist("barrier.status").codes
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(("DEBT", "OATH", "COURT_FEAR", "NONE")), st.integers(0, 300)),
        st.tuples(st.just("change"), st.sampled_from(STATES), st.integers(0, 300)),
        st.tuples(st.just("help"), st.sampled_from(codelist("mitigation_status").codes), st.integers(0, 300)),
        st.tuples(st.just("step"), st.sampled_from(codelist("mitigation_status").codes), st.integers(0, 300)),
        st.tuples(st.just("withdraw"), st.sampled_from(("TAKEN_BACK", "WRONG_CASE")), st.just(0)),
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, pick=st.randoms(use_true_random=False))
def test_any_life_of_barriers_stays_whole(vault: Vault, steps: list[tuple[str, str, int]], pick: object) -> None:
    choose = pick.choice  # type: ignore[attr-defined]
    with vault.transaction() as session:
        case = open_case(session, received_on=START, source="NGO")
    barriers: dict[UUID, list[str]] = {}  # every state each was in, by our own account
    helps: dict[UUID, list[str]] = {}
    for kind, code, days in steps:
        on = START + timedelta(days=days)
        _take(vault, case, kind, code, on, barriers, helps, choose)
    with vault.reading() as session:
        rows = barriers_of(session, case, {})
        assert {row.id: row.status for row in rows} == {id: states[-1] for id, states in barriers.items()}
        changes = barrier_changes_of(session, case, {})
        assert len(changes) == sum(len(states) - 1 for states in barriers.values())
        assert all((row.reason is not None) == (row.status == "RESOLVED") for row in changes)
        assert {row.id: row.status for row in mitigations_of(session, case, {})} == {id: states[-1] for id, states in helps.items()}
        assert len(mitigation_changes_of(session, case, {})) == sum(len(states) - 1 for states in helps.values())
        head = case_head(session, case)
        assert head is not None
        assert head.open_barriers == sum(1 for row in rows if row.status in STANDING and row.code != "NONE")
        assert case_now_differences(session) == ()


def _take(vault: Vault, case: UUID, kind: str, code: str, on: date, barriers: dict[UUID, list[str]], helps: dict[UUID, list[str]], choose: object) -> None:
    """One step, taken or refused whole."""
    if kind == "add":
        with vault.transaction() as session:
            barriers[record_barrier(session, case_id=case, code=code, since=on)] = ["OPEN"]
    elif kind == "help":
        with vault.transaction() as session:
            answered = list(barriers)[:2]
            helps[record_mitigation(session, case_id=case, code="SAFETY_PLAN", on=on, status=code, barrier_ids=answered)] = [code]
    elif kind == "change" and barriers:
        id = choose(list(barriers))  # type: ignore[operator]
        reason = "CHANGED" if code == "RESOLVED" else None
        before = barriers[id][-1]
        try:
            with vault.transaction() as session:
                change_barrier(session, barrier_id=id, version=session.get(Barrier, id).version, on=on, status=code, reason=reason)
        except (BarrierRefused, DateRefused):
            return
        barriers[id].append("RETURNED" if code == "OPEN" and before in ("RESOLVED", "RETURNED") else code)
    elif kind == "step" and helps:
        id = choose(list(helps))  # type: ignore[operator]
        try:
            with vault.transaction() as session:
                change_mitigation(session, mitigation_id=id, version=session.get(Mitigation, id).version, on=on, status=code)
        except (MitigationRefused, DateRefused):
            return
        helps[id].append(code)
    elif kind == "withdraw":
        _withdraw_the_newest_step(vault, case, code, barriers, helps)


def _withdraw_the_newest_step(vault: Vault, case: UUID, reason: str, barriers: dict[UUID, list[str]], helps: dict[UUID, list[str]]) -> None:
    with vault.reading() as session:
        of_barriers, of_helps = barrier_changes_of(session, case, {}), mitigation_changes_of(session, case, {})
    if of_barriers:
        step, states = of_barriers[0].id, barriers[of_barriers[0].barrier_id]
    elif of_helps:
        step, states = of_helps[0].id, helps[of_helps[0].mitigation_id]
    else:
        return
    with vault.transaction() as session:
        withdraw(session, row_id=step, reason=reason)
    states.pop()


def test_the_audit_is_whole_after_a_life(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        barrier = record_barrier(session, case_id=case_id, code="DEBT", since=START + timedelta(days=100), words="She owes them.")
        help = record_mitigation(session, case_id=case_id, code="LEGAL_ADVICE", on=START + timedelta(days=101), barrier_ids=[barrier], detail="A solicitor.")
    for version, status in enumerate(("MITIGATING", "RESOLVED", "RETURNED", "ACCEPTED"), 1):
        with vault.transaction() as session:
            reason = "MITIGATED" if status == "RESOLVED" else None
            change_barrier(session, barrier_id=barrier, version=version, on=date(2026, 11, version), status=status, reason=reason)
            step = ("AGREED", "IN_PLACE", "REFUSED", "ENDED")[version - 1]
            change_mitigation(session, mitigation_id=help, version=version, on=date(2026, 11, version), status=step)
    assert verify(vault, derived=case_now_differences).findings == []
