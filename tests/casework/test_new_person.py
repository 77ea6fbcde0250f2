from datetime import date

import pytest

from victimcare.casework.case_list import case_head, case_list
from victimcare.casework.contact_points import contact_points
from victimcare.casework.identity import identity_of
from victimcare.casework.new_person import new_case
from victimcare.casework.opening import TextRefused
from victimcare.casework.safe_contact import plan_of
from victimcare.casework.safe_hours import HoursRefused, SafeHours
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

TEXT = SafeHours("TEXT", "YES", to_minute=16 * 60)


def test_somebody_new_can_be_reached_safely_from_the_first_minute(vault: Vault) -> None:
    with vault.transaction() as session:
        case = new_case(
            session,
            received_on=date(2026, 11, 20),
            source="NGO",
            name_used="Ana",
            language="ro",
            hours=[TEXT],
            summary="Text only, before 16:00.",
            must_not_know="Her brother.",
            phone="07700 900982",
            born_on=date(2008, 11, 21),
        )
    with vault.reading(Reading.case(case)) as session:
        head, plan = case_head(session, case), plan_of(session, case)
        assert (head.reference, head.worker, head.age_band, head.plan_checked_on) == ("VC-2026-0001", "VLO 17", "16_17", date(2026, 11, 24))
        assert (plan.summary, plan.must_not_know, plan.hours) == ("Text only, before 16:00.", "Her brother.", (TEXT,))
        assert identity_of(session, case).shown_name == "Ana"
        assert [row.kind for row in contact_points(session, case)] == ["PHONE"]


@pytest.mark.parametrize(("change", "error"), [({"name_used": " "}, TextRefused), ({"hours": []}, HoursRefused)])
def test_nothing_is_opened_without_a_name_and_a_way_to_reach_the_person(vault: Vault, change: dict[str, object], error: type[Exception]) -> None:
    entry = {"received_on": date(2026, 11, 20), "source": "NGO", "name_used": "Ana", "language": None, "hours": [TEXT]}
    with pytest.raises(error), vault.transaction() as session:
        new_case(session, **(entry | change))
    with vault.reading() as session:
        assert case_list(session) == ()
