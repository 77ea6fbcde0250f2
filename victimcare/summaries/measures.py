"""Measures: what is counted, by which date, out of which records; and whether the unit is a person supported.

A measure never reads a sealed part: an analyst's keys open none. `counting` has the queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from victimcare.activity.activities import Activity, ActivityCountry
from victimcare.activity.visits import Visit
from victimcare.casework.barriers import Barrier
from victimcare.casework.cases import Case
from victimcare.casework.contacts import Contact
from victimcare.casework.deadlines import Deadline, DeadlineOutcome, reasons_for
from victimcare.casework.merging import leads, of_person
from victimcare.justice.arrests import Arrest
from victimcare.justice.investigations import Investigation
from victimcare.justice.nrm import NrmEvent
from victimcare.justice.prosecutions import Prosecution, completed_outcomes
from victimcare.reference.codelists import codelist, readable
from victimcare.referrals.partners import Partner
from victimcare.referrals.referrals import Referral
from victimcare.store.clock import LONDON
from victimcare.store.withdrawn import standing

_LATER = aliased(Contact)
_OPEN, _NOT_LATE = "OPEN", "NOT_LATE"
CODE_RULES = {value.code: value.label for value in codelist("deadline_rule").values if value.code.startswith(("VC_", "WCU_"))}
"""The rules by which the Victims' Code has police, CPS and witness care tell the person something. The groups of `code_events` are all of them."""


@dataclass(frozen=True, slots=True)
class Variable:
    """What a measure may be split by. `codes`: a code list's name, or the codes with their labels. `joins`: tables needed for it."""

    title: str
    column: ColumnElement[Any]
    codes: str | dict[str, str]
    joins: tuple[tuple[Any, ColumnElement[bool]], ...] = ()
    multi_valued: bool = False

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(self.codes) if isinstance(self.codes, dict) else codelist(self.codes).codes

    def label(self, code: str) -> str:
        if isinstance(self.codes, dict):
            return self.codes.get(code, readable(code))
        return codelist(self.codes).label(code)


@dataclass(frozen=True, slots=True)
class Measure:
    """`date_variable`: what the date is called in a table; `dated` and `counted`: the definition in words; `missing`: what is not in it."""

    unit: str
    units: str
    population: str
    protected: bool
    id: Any
    day: Any
    date_variable: str
    counted: str
    dated: str
    missing: str = ""
    where: ColumnElement[bool] | None = None
    joins: tuple[tuple[Any, ColumnElement[bool]], ...] = ()
    variables: dict[str, Variable] | None = None
    is_instant: bool = False
    may_be_undated: bool = False
    recorded_with: str = ""
    """The measure whose records this one's are among: where those go, these do."""

    def variable(self, name: str) -> Variable:
        return (self.variables or {})[name]

    def units_with(self, *columns: Any) -> Select[Any]:
        """A query of `columns` over what is counted, of whatever day."""
        query = select(*columns)
        return query if self.where is None else query.where(self.where)

    def dated_within(self, first: date, last: date) -> ColumnElement[bool]:
        """The condition that a unit is of these days, both counted."""
        return and_(self.day >= self._start(first), self.day < self._start(last + timedelta(days=1)))

    def _start(self, day: date) -> date | datetime:
        return datetime.combine(day, time(), LONDON) if self.is_instant else day

    def definition(self, days: str, undated: int) -> str:
        """The line under a table. `days`: the period in words; `undated`: how many could not be placed for want of a date."""
        known = f" {undated} without a date are not counted." if undated else ""
        return f"{self.counted} Unit: {self.unit}. Dated by {self.dated}. Period: {days}.{f' {self.missing}' if self.missing else ''}{known}"


def _outcome(column: Any) -> Any:
    """What came of a deadline, null while it is open."""
    return select(column).where(DeadlineOutcome.deadline_id == Deadline.id).correlate(Deadline).scalar_subquery()


MEASURES: dict[str, Measure] = {
    "people_received": Measure(
        unit="person",
        units="People",
        population="people received",
        protected=True,
        id=Case.id,
        day=Case.received_on,
        date_variable="received",
        counted="People referred to the office by any route, NRM and others together, each counted once. Two files of one person, read as one, are one.",
        dated="the day the referral was received",
        where=leads(Case.id),
        variables={
            "barrier": Variable(
                "Barrier", Barrier.code.expression, "barrier", ((Barrier, and_(of_person(Barrier.case_id, Case.id), standing(Barrier))),), True
            ),
            "nrm_stage": Variable(
                "NRM stage", NrmEvent.stage.expression, "nrm_stage", ((NrmEvent, and_(of_person(NrmEvent.case_id, Case.id), standing(NrmEvent))),), True
            ),
        },
    ),
    "contacts": Measure(
        unit="contact with or about a person supported",
        units="Contacts",
        population="contacts",
        protected=True,
        id=Contact.id,
        day=Contact.at,
        is_instant=True,
        date_variable="contacted",
        counted="Contacts and tries of any agency; reached: the person was spoken to. An entry put right by a newer one is counted as the newer one.",
        dated="the day of the contact",
        where=and_(standing(Contact), ~select(_LATER.id).where(_LATER.corrects_id == Contact.id, standing(_LATER)).exists()),
        variables={
            "reached": Variable(
                "Result", case((Contact.is_achieved, "REACHED"), else_="NOT_REACHED"), {"REACHED": "Person reached", "NOT_REACHED": "Not reached"}
            )
        },
    ),
    "partner_referrals": Measure(
        unit="referral of a person to a partner",
        units="Referrals",
        population="referrals to partners",
        protected=True,
        id=Referral.id,
        day=Referral.sent_on,
        date_variable="sent",
        counted="Referrals of people supported to a partner, each counted once, as they stand on the day of extraction.",
        dated="the day the referral was sent",
        missing="Drafts and referrals never sent are not counted.",
        joins=((Partner, Partner.id == Referral.partner_id),),
        variables={
            "partner": Variable("Partner", Partner.code.expression, "referral_partner"),
            "answer": Variable("Answer", Referral.status.expression, "referral_status"),
        },
    ),
    "deadlines": Measure(
        unit="deadline of the Victims' Code towards a person supported",
        units="Deadlines",
        population="deadlines of the Victims' Code",
        protected=True,
        id=Deadline.id,
        day=Deadline.event_on,
        date_variable="event",
        counted="Deadlines the Victims' Code sets to police, CPS and witness care, each counted once; a person may be owed several.",
        dated="the day of the event that started the deadline",
        missing="Events known only from a register start no deadline and are not counted; neither are reviews, updates and the person's own rights.",
        where=Deadline.rule.in_(sorted(CODE_RULES)),
        variables={
            "rule": Variable("Event", Deadline.rule.expression, CODE_RULES),
            "result": Variable(
                "Result",
                func.coalesce(_outcome(DeadlineOutcome.result), _OPEN),
                {"MET": "In time", "LATE": "Late", "NOT_APPLICABLE": "Did not apply", _OPEN: "Open"},
            ),
            "late_reason": Variable("Why late", func.coalesce(_outcome(DeadlineOutcome.reason), _NOT_LATE), dict(reasons_for("LATE"))),
        },
    ),
    "arrests": Measure(
        unit="arrest of one person",
        units="Arrests",
        population="arrests",
        protected=False,
        id=Arrest.id,
        day=Arrest.on,
        date_variable="arrested",
        counted="Arrests for an offence flagged as modern slavery.",
        dated="the day of arrest",
        missing="Arrests without the flag are not counted.",
        where=Arrest.is_flagged.expression,
    ),
    "prosecutions": Measure(
        unit="charge against one defendant",
        units="Prosecutions",
        population="completed prosecutions",
        protected=False,
        id=Prosecution.id,
        day=Prosecution.outcome_on,
        date_variable="outcome",
        counted="Completed: convicted, acquitted, discontinued or stayed. Successful: convicted of a Modern Slavery Act offence.",
        dated="the day of the outcome",
        missing="Pending charges are not counted.",
        where=Prosecution.outcome.in_(sorted(completed_outcomes())),
        joins=((Investigation, Investigation.id == Prosecution.investigation_id),),
        variables={
            "result": Variable("Result", Prosecution.outcome.expression, "case_outcome"),
            "source": Variable("Source of the case", Investigation.source.expression, "case_source"),
        },
        may_be_undated=True,
    ),
    "investigations": Measure(
        unit="investigation with an outcome",
        units="Investigations",
        population="investigations with an outcome",
        protected=False,
        id=Investigation.id,
        day=Investigation.received_on,
        date_variable="alleged",
        counted="Police investigations whose Home Office outcome type is assigned.",
        dated="the day the allegation was received",
        missing="Investigations without an outcome yet are not counted.",
        where=and_(Investigation.outcome_code.is_not(None), Investigation.outcome_code != "0"),
        variables={"outcome_code": Variable("Outcome", Investigation.outcome_code.expression, "crime_outcome_code")},
        may_be_undated=True,
    ),
    "activities": Measure(
        unit="activity",
        units="Activities",
        population="activities",
        protected=False,
        id=Activity.id,
        day=Activity.on,
        date_variable="held",
        counted="Activities by kind; a visit on its own, outside an activity day, counts as a premises visit.",
        dated="the day of the activity",
        variables={"kind": Variable("Kind", Activity.kind.expression, "activity_type")},
    ),
    "conferences": Measure(
        unit="conference",
        recorded_with="activities",
        units="Conferences",
        population="conferences",
        protected=False,
        id=Activity.id,
        day=Activity.on,
        date_variable="held",
        counted="Conferences in which the country took part; one conference counts for each of its countries.",
        dated="the day of the conference",
        where=Activity.kind == "CONFERENCE",
        variables={
            "country": Variable(
                "Country", ActivityCountry.country.expression, "nationality", ((ActivityCountry, ActivityCountry.activity_id == Activity.id),), True
            )
        },
    ),
    "visits": Measure(
        unit="visit to one premises",
        recorded_with="activities",
        units="Visits",
        population="visits",
        protected=False,
        id=Visit.id,
        day=Visit.on,
        date_variable="visited",
        counted="Visits to premises by what was found. Workers exploited with no allegation of slavery are kept apart from indicators of slavery.",
        dated="the day of the visit",
        missing="Where a register gave only a total of visits, each is counted with the finding of that total.",
        variables={
            "premises": Variable("Premises", Visit.premises.expression, "activity_type.premises_type"),
            "finding": Variable("Finding", Visit.finding.expression, "activity_type.finding"),
        },
    ),
}
