from datetime import timedelta
from uuid import UUID

import pytest

from tests.casework.test_restricted import colleague
from tests.conftest import StandingClock
from victimcare.casework.office_rules import PLAN_CHECK, OfficeRuleRefused, days_of, set_days
from victimcare.casework.safe_contact import record_plan
from victimcare.casework.safe_hours import SafeHours
from victimcare.overview.case_page import case_page
from victimcare.overview.lines import Scope
from victimcare.overview.today import today_lines
from victimcare.reference.codelists import UnknownCode
from victimcare.store.errors import NotAllowed
from victimcare.store.reading import Reading
from victimcare.store.rights import Role
from victimcare.store.vault import Vault


def test_an_office_sets_after_how_many_days_a_plan_is_stale(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_plan(session, case_id=case_id, hours=[SafeHours("TEXT", "YES")], checked_on=session.today - timedelta(days=14))

    def stale() -> tuple[bool, list[str]]:
        with vault.reading(Reading.case(case_id)) as session:
            lines = [line.why for line in today_lines(session, scope=Scope.ALL) if line.kind == "PLAN"]
            return case_page(session, case_id).safe_contact.is_stale, lines

    assert stale() == (False, [])
    with vault.transaction() as session:
        set_days(session, rule=PLAN_CHECK, days=42)
        set_days(session, rule=PLAN_CHECK, days=14)
        assert days_of(session, PLAN_CHECK) == 14
    assert stale() == (True, ["not checked for 14 days, last on 10 Nov 2026"])


def test_without_an_office_rule_the_code_list_says(vault: Vault) -> None:
    with vault.reading() as session:
        assert days_of(session, PLAN_CHECK) == 28


def test_only_what_is_the_offices_own_and_possible_may_be_set(vault: Vault) -> None:
    with vault.transaction() as session:
        for rule, days in ((PLAN_CHECK, 0), (PLAN_CHECK, 91), ("RG_DECISION", 10)):
            with pytest.raises((OfficeRuleRefused, UnknownCode)):
                set_days(session, rule=rule, days=days)
        assert days_of(session, PLAN_CHECK) == 28


def test_only_an_administrator_sets_it(vault: Vault, clock: StandingClock) -> None:
    caseworker = colleague(vault, clock, Role.CASEWORKER)
    with pytest.raises(NotAllowed), caseworker.transaction() as session:
        set_days(session, rule=PLAN_CHECK, days=7)
    caseworker.close()
