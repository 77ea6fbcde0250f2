"""Activities and visits: acts of organisations that can be counted by premises and finding."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from victimcare.activity.activities import CountRefused, activity_list, activity_titles, record_activity
from victimcare.activity.visits import Visit, VisitRefused, record_visit, record_visits, visits_of
from victimcare.casework.dates import DateRefused
from victimcare.reference.codelists import UnknownCode
from victimcare.store.vault import Reading, Vault

DAY = date(2017, 10, 12)


def test_a_day_of_car_wash_visits_is_countable_by_finding(vault: Vault) -> None:
    with vault.transaction() as session:
        day = record_activity(session, kind="ACTIVITY_DAY", on=DAY, title="Car washes, October", agencies=("MPS", "HMRC", "MPS"), people_spoken_to=7)
        session.flush()
        for finding in ("LABOUR_ABUSE", "LABOUR_ABUSE", "NOTHING"):
            record_visit(session, activity_id=day, on=DAY, premises="CAR_WASH", finding=finding)
    with vault.reading(Reading.office("activities")) as session:
        [row] = activity_list(session, titles=activity_titles(session))
        assert (row.visits, row.agencies, row.people_spoken_to, row.title) == (3, ("MPS", "HMRC"), 7, "Car washes, October")
        assert Counter(visit.finding for visit in visits_of(session, day)) == {"LABOUR_ABUSE": 2, "NOTHING": 1}


def test_a_total_becomes_that_many_visits_marked_as_coming_from_one(vault: Vault) -> None:
    with vault.transaction() as session:
        day = record_activity(session, kind="ACTIVITY_DAY", on=DAY)
        session.flush()
        assert len(record_visits(session, activity_id=day, on=DAY, premises="BROTHEL", finding="PV_IDENTIFIED", total=4, imported=True)) == 4
        record_visit(session, activity_id=day, on=DAY, premises="BROTHEL", finding="NOTHING")
    with vault.reading() as session:
        assert [visit.from_total for visit in visits_of(session, day)] == [True, True, True, True, False]
        assert session.scalar(select(func.count()).select_from(Visit).where(Visit.premises == "BROTHEL")) == 5


def test_a_conference_with_its_countries_and_without_its_title_unless_opened(vault: Vault) -> None:
    with vault.transaction() as session:
        record_activity(session, kind="CONFERENCE", on=date(2017, 3, 8), title="International conference", countries=("PL", "LT"))
        record_activity(session, kind="AWARENESS", on=date(2017, 9, 18))
    with vault.reading() as session:
        newest, oldest = activity_list(session)
    assert (newest.kind, newest.countries) == ("AWARENESS", ())
    assert (oldest.countries, oldest.title, oldest.visits) == (("PL", "LT"), "", 0)


def test_what_cannot_be_is_refused(vault: Vault) -> None:
    with vault.transaction() as session:
        day = record_activity(session, kind="ACTIVITY_DAY", on=DAY)
        session.flush()
        with pytest.raises(UnknownCode):
            record_activity(session, kind="PARTY", on=DAY)
        with pytest.raises(UnknownCode):
            record_activity(session, kind="CONFERENCE", on=DAY, countries=("QQ",))
        with pytest.raises(DateRefused):
            record_activity(session, kind="BOARD", on=date(2026, 11, 25))
        with pytest.raises(CountRefused):
            record_activity(session, kind="BOARD", on=DAY, people_spoken_to=-1)
        with pytest.raises(UnknownCode):
            record_visit(session, activity_id=day, on=DAY, premises="CASTLE", finding="NOTHING")
        with pytest.raises(UnknownCode):
            record_visit(session, activity_id=day, on=DAY, premises="FARM", finding="TREASURE")
        with pytest.raises(VisitRefused):
            record_visits(session, activity_id=day, on=DAY, premises="FARM", finding="NOTHING", total=0)
