"""The report on the Victims' Code: what was met, late and open, by event and reason, and nothing that tells of a few people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.summaries.test_statement import statement_of
from victimcare.casework.deadlines import Deadline, meet_deadline, reasons_for, record_deadline, set_not_applicable
from victimcare.store.vault import Vault
from victimcare.summaries.measures import CODE_RULES
from victimcare.summaries.reports import report

DAY = date(2026, 8, 12)
Receive = Callable[[int, date], list[UUID]]


def owed(vault: Vault, cases: list[UUID], rule: str, *, on: date | None = None, reason: str | None = None, off: bool = False) -> None:
    """A deadline by `rule` for each case; done on a day, late with a reason, or not applicable."""
    with vault.transaction() as session:
        for case in cases:
            deadline = record_deadline(session, case_id=case, rule=rule, event_on=DAY)
            if on is not None:
                meet_deadline(session, deadline_id=deadline, on=on, reason=reason)
            elif off:
                set_not_applicable(session, deadline_id=deadline, reason="NOT_WANTED")


@pytest.fixture
def kept(vault: Vault, receive: Receive) -> Vault:
    """12 arrests told in time, 11 charges told late, 10 results that did not apply, 13 hearings open, and rights of the person's own."""
    people = receive(13, date(2026, 7, 1))
    owed(vault, people[:12], "VC_ARREST", on=date(2026, 8, 13))
    owed(vault, people[:11], "VC_CHARGE", on=date(2026, 8, 20), reason="HEARD_LATE")
    owed(vault, people[:10], "WCU_RESULT", off=True)
    owed(vault, people, "WCU_HEARING")
    owed(vault, people, "ULS")
    owed(vault, people, "NRM_RECON")
    return vault


def tables(vault: Vault, period: str = "2026-Q3", threshold: int = 10) -> dict[str, object]:
    return {one.table.name: one for one in statement_of(vault, "victims-code", period, threshold=threshold).tables}


def test_results_are_counted_once_each_and_the_persons_own_rights_are_not(kept: Vault) -> None:
    found = tables(kept)["Deadlines of the Victims' Code, by result"]
    assert found.cleared.withheld == ""  # type: ignore[attr-defined]
    cells = {key[-1]: value for key, value in found.table.cells.items()}  # type: ignore[attr-defined]
    assert cells == {"MET": 12, "LATE": 11, "NOT_APPLICABLE": 10, "OPEN": 13, "Total": 46}


def test_a_register_of_years_makes_no_deadline(example: Vault) -> None:
    with example.reading() as session:
        assert session.scalar(select(func.count()).select_from(Deadline)) == 0


def test_a_count_of_a_few_withholds_the_table_as_a_nought_does(kept: Vault) -> None:
    found = tables(kept)
    by_event, late = found["Deadlines of the Victims' Code, by event"], found["Deadlines met late, by reason"]
    assert "Withheld" in by_event.cleared.withheld  # type: ignore[attr-defined]
    assert "Withheld" in late.cleared.withheld  # type: ignore[attr-defined]
    for one in (by_event, late):
        assert not any(isinstance(value, int) for value in one.cleared.table.cells.values())  # type: ignore[attr-defined]


def test_by_event_where_every_group_is_large(kept: Vault, receive: Receive) -> None:
    more = receive(20, date(2026, 7, 2))
    owed(kept, more, "VC_BAIL")
    owed(kept, more, "VC_NO_CHARGE")
    found = tables(kept)["Deadlines of the Victims' Code, by event"]
    cells = {key[-1]: value for key, value in found.table.cells.items()}  # type: ignore[attr-defined]
    assert cells == {"Arrest": 12, "Report, interview, bail or release": 20, "Charge": 11, "Decision not to go on": 20, "Court": 23}


def test_the_groups_leave_nothing_over_that_could_be_worked_out() -> None:
    specs = {spec.code: spec for spec in report("victims-code").tables}
    grouped = [code for codes in specs["code_events"].by[0].groups.values() for code in codes]
    assert sorted(grouped) == sorted(CODE_RULES)
    assert not set(CODE_RULES) & {"ULS", "CICA", "VRR_POLICE_WINDOW", "NRM_RG", "RISK_REVIEW"}
    reasons = [code for codes in specs["code_late"].by[0].groups.values() for code in codes]
    assert sorted(reasons) == sorted(code for code, _ in reasons_for("LATE"))
