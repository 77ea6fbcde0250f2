"""Deadlines on Today: due and late from records alone, gone once something came of them, late in working days."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import StandingClock
from tests.overview.test_today import lines, person
from victimcare.casework.case_list import case_head
from victimcare.casework.cases import close_case
from victimcare.casework.deadlines import Deadline, deadlines_of, meet_deadline, record_deadline, set_not_applicable
from victimcare.justice.arrests import record_arrest
from victimcare.justice.investigations import link_case, open_investigation
from victimcare.overview.coming import coming
from victimcare.overview.lines import Group
from victimcare.overview.owed import late_words
from victimcare.overview.timeline import timeline
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.screens.cases_columns import due_mark, due_words
from victimcare.ui.widgets.table import Mark

TODAY = date(2026, 11, 24)


def told(vault: Vault) -> list[tuple[str, str, str]]:
    return [(line.group.value, line.what, line.why) for line in lines(vault, "DEADLINE")]


def test_an_arrest_entered_for_the_matter_is_on_today_and_goes_once_the_person_was_told(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        case = person(session)
        matter = open_investigation(session, source="DIRECT_REPORT", unit="MSKU")
        link_case(session, investigation_id=matter, case_id=case)
        record_arrest(session, investigation_id=matter, on=TODAY, offence="MSA_S2", is_flagged=True)
    assert told(vault) == []
    with vault.reading() as session:
        assert [(one.on, one.what) for one in coming(session)] == [(date(2026, 11, 25), "A deadline")]
    clock.forward(days=1)
    assert told(vault) == [("TODAY", "Tell the victim of an arrest", "due today, 1 working day")]
    clock.forward(days=5)
    assert told(vault) == [("LATE", "Tell the victim of an arrest", "due Wed 25 Nov, 1 working day; 3 working days late")]
    with vault.reading(Reading.case(case)) as session:
        [row] = deadlines_of(session, case)
    with vault.transaction() as session:
        meet_deadline(session, deadline_id=row.id, on=session.today, reason="NOT_REACHED")
    assert told(vault) == []


def test_what_does_not_apply_and_what_is_of_a_closed_case_waits_for_nobody(vault: Vault) -> None:
    with vault.transaction() as session:
        case, closed = person(session), person(session)
        for one in (case, closed):
            deadline = record_deadline(session, case_id=one, rule="VC_BAIL", event_on=date(2026, 11, 19))
        close_case(session, case_id=closed, version=1, on=TODAY)
    assert len(told(vault)) == 1
    with vault.reading(Reading.case(case)) as session:
        deadline = deadlines_of(session, case)[0].id
    with vault.transaction() as session:
        set_not_applicable(session, deadline_id=deadline, reason="IN_ERROR")
    assert told(vault) == []


def test_a_rule_no_longer_in_the_list_is_still_read_and_met(vault: Vault) -> None:
    with vault.transaction() as session:
        case = person(session)
        deadline = Deadline(case_id=case, rule="VC_OLD_NEWS", event_on=date(2026, 11, 19), is_enhanced=True, due_on=date(2026, 11, 20))
        session.add(deadline)
    assert told(vault) == [("LATE", "Vc old news", "due Fri 20 Nov, by a rule no longer in the list; 2 working days late")]
    with vault.reading(Reading.case(case)) as session:
        assert [entry.headline for entry in timeline(session, case) if entry.kind == "DEADLINE"] == ["Vc old news"]
    with vault.transaction() as session:
        meet_deadline(session, deadline_id=deadline.id, on=session.today, reason="OVERLOOKED")
    assert told(vault) == []


def test_a_day_only_to_be_known_of_is_never_late_and_needs_no_reason(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        case = person(session)
        deadline = record_deadline(session, case_id=case, rule="NRM_RECOVERY_MIN", event_on=date(2026, 10, 26))
    assert told(vault) == [("TODAY", "Recovery period cannot end before", "due today, 30 days, the first counted")]
    clock.forward(days=2)
    with vault.reading() as session:
        row = case_head(session, case)
    assert row is not None
    assert (due_words(row, date(2026, 11, 26)), due_mark(row, date(2026, 11, 26))) == ("A day to know of, 24 Nov", Mark("calendar"))
    assert [(group, why) for group, _, why in told(vault)] == [(Group.TODAY.value, "Tue 24 Nov, 30 days, the first counted")]
    with vault.transaction() as session:
        meet_deadline(session, deadline_id=deadline, on=session.today)
    assert told(vault) == []


@pytest.mark.parametrize(
    ("due", "today", "words"),
    [
        (date(2026, 11, 20), date(2026, 11, 21), "late, no working day since"),
        (date(2026, 11, 20), date(2026, 11, 23), "1 working day late"),
        (date(2026, 12, 24), date(2026, 12, 30), "2 working days late"),
    ],
)
def test_late_is_counted_in_working_days(due: date, today: date, words: str) -> None:
    assert late_words(due, today) == words
