"""A risk to look at again is on Today from its day on, and goes when somebody looked or withdrew it."""

from __future__ import annotations

from datetime import date

from tests.overview.test_today import lines, person
from victimcare.casework.risk import review_risk
from victimcare.overview.lines import Group
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw

TODAY = date(2026, 11, 24)


def test_a_review_that_is_late_or_due_shows_its_last_level_and_goes_when_reviewed(vault: Vault) -> None:
    with vault.transaction() as session:
        late, due = person(session), person(session)
        review_risk(session, case_id=late, on=date(2026, 11, 13), level="HIGH", review_on=date(2026, 11, 20))
        review_risk(session, case_id=due, on=date(2026, 10, 27), level="LOW", review_on=TODAY)
    found = {line.case_id: (line.group, line.why) for line in lines(vault, "RISK_REVIEW")}
    assert found == {late: (Group.LATE, "due Fri 20 Nov, 4 days late; last level: high"), due: (Group.TODAY, "due today; last level: low")}
    with vault.transaction() as session:
        for case_id in (late, due):
            review_risk(session, case_id=case_id, on=TODAY, level="LOW", review_on=date(2026, 12, 22))
    assert lines(vault, "RISK_REVIEW") == []


def test_a_withdrawn_review_neither_shows_nor_replaces(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        review_risk(session, case_id=case_id, on=date(2026, 11, 13), level="HIGH", review_on=date(2026, 11, 20))
        newer = review_risk(session, case_id=case_id, on=TODAY, level="LOW")
    assert lines(vault, "RISK_REVIEW") == []
    with vault.transaction() as session:
        withdraw(session, row_id=newer, reason="TAKEN_BACK")
    assert [line.when for line in lines(vault, "RISK_REVIEW")] == [date(2026, 11, 20)]
