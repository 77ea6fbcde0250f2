"""Deadline rules: how many days after which event, by whom, on what authority. The days are data, each version with its dates and its source.

The rules are the code list `deadline_rule`; an office adds a later version of one in `resources/rules/deadlines.json` under
`versions` (its note says how). The version valid on the day of the event counts. Periods run from the day after the event;
`calendar_inclusive` counts the event's day as day 1.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from victimcare.reference.codelists import CodeValue, UnknownCode, codelist, readable
from victimcare.reference.working_days import add_working_days, calendar_warning
from victimcare.refused import Refused
from victimcare.resources import resource_json

WORKING, CALENDAR, INCLUSIVE, MONTHS, YEARS, HOURS = "working", "calendar", "calendar_inclusive", "months", "years", "hours"
_NO_UNIT = ""
UNIT_WORDS = {WORKING: "working day", CALENDAR: "day", INCLUSIVE: "day", MONTHS: "month", YEARS: "year", HOURS: "hour"}


class NoRuleThen(Refused):
    """No version of the rule was in force on the day of the event."""

    def __init__(self) -> None:
        super().__init__("This rule was not in force on that day.", "Check the day. What was owed before then is not in the list of rules.")


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One version of a rule. `days`, `enhanced_days`: how many of `unit`. `right`: a code of `victims_code_right`, None outside the Code.

    `is_milestone`: a day to know of that nobody owes anything by, such as the earliest end of a recovery period.
    """

    code: str
    label: str
    trigger: str
    days: int
    enhanced_days: int
    unit: str
    duty_holder: str
    right: str | None
    source: tuple[str, ...]
    verification: str
    valid_from: date | None
    valid_to: date | None
    is_milestone: bool

    def is_valid(self, on: date) -> bool:
        """Whether this version was in force on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def due_on(self, event_on: date, *, enhanced: bool) -> date:
        """The last day it can be done in time.

        Months and years end on the same day of the month, or on its last day where it has none such: three months from 30 Nov
        end on 28 or 29 Feb. Hours are counted from the end of the event's day, since its hour is not recorded.
        """
        n = self._count(enhanced)
        if self.unit == WORKING:
            return add_working_days(event_on, n)
        if self.unit in (MONTHS, YEARS):
            return _months_later(event_on, n if self.unit == MONTHS else 12 * n)
        if self.unit == HOURS:
            return event_on + timedelta(days=-(-n // 24))
        return event_on + timedelta(days=n - 1 if self.unit == INCLUSIVE else n)

    def is_late(self, due: date, on: date) -> bool:
        """Whether something due on `due` and done, or still open, on `on` is late; what only has to be known of never is."""
        return on > due and not self.is_milestone

    def period(self, *, enhanced: bool) -> str:
        """ "1 working day", "3 months", "30 days, the first counted", "the same day"."""
        n = self._count(enhanced)
        if self.unit == _NO_UNIT:
            return "by a rule no longer in the list"
        if not n:
            return "the same day"
        words = f"{n} {UNIT_WORDS[self.unit]}" + ("" if n == 1 else "s")
        return f"{words}, the first counted" if self.unit == INCLUSIVE else words

    def warning(self, due: date) -> str:
        """What to say beside `due` where it rests on bank holidays that are not announced yet; else empty."""
        return calendar_warning(due) if self.unit == WORKING else ""

    def verification_words(self) -> str:
        """Whether somebody checked the days against their source, in plain words: "General knowledge, not verified"."""
        words = self.verification.replace("unverified here", "not verified")
        return words[:1].upper() + words[1:]

    def _count(self, enhanced: bool) -> int:
        return self.enhanced_days if enhanced else self.days


def rule_on(code: str, on: date) -> DeadlineRule:
    """The version of a rule that counts for an event on that day. Raises UnknownCode, NoRuleThen."""
    return version_valid(versions_of(code), on)


def rule_shown(code: str, on: date) -> DeadlineRule:
    """The rule of a deadline that was recorded, also where the list no longer has it: then its code in plain words, and no period."""
    try:
        return rule_on(code, on)
    except NoRuleThen:
        return versions_of(code)[-1]
    except UnknownCode:
        words = readable(code)
        return DeadlineRule(code, words, words, 0, 0, _NO_UNIT, "not known", None, (), "no longer in the list", None, None, False)


def version_valid(versions: tuple[DeadlineRule, ...], on: date) -> DeadlineRule:
    """The newest of `versions` in force on that day. Raises NoRuleThen."""
    valid = [rule for rule in versions if rule.is_valid(on)]
    if not valid:
        raise NoRuleThen
    return max(valid, key=lambda rule: rule.valid_from or date.min)


def due_on(code: str, event_on: date, *, enhanced: bool) -> date:
    """When what the rule asks is due. Raises UnknownCode, NoRuleThen.

    >>> due_on("VC_ARREST", date(2027, 12, 24), enhanced=True), due_on("VC_ARREST", date(2027, 12, 24), enhanced=False)
    (datetime.date(2027, 12, 29), datetime.date(2028, 1, 5))
    """
    return rule_on(code, event_on).due_on(event_on, enhanced=enhanced)


@cache
def versions_of(code: str) -> tuple[DeadlineRule, ...]:
    """Every version of a rule: that of the code list, then the office's later ones. Raises UnknownCode."""
    first = _first(codelist("deadline_rule").value(code))
    return (first, *(_later(first, entry) for entry in _data()["versions"] if entry["code"] == code))


def recordable() -> tuple[str, ...]:
    """The rules a deadline may be recorded by, in the list's order: not those that are reminded of elsewhere."""
    return tuple(code for code in codelist("deadline_rule").codes if code not in _data()["own_lines"])


@cache
def milestones() -> frozenset[str]:
    """The rules that give only a day to know of."""
    return frozenset(_data()["milestones"])


def started_by(event: str) -> tuple[str, ...]:
    """The rules an event starts: "ARREST", "CHARGE", "OUTCOME.<case_outcome>" or "NRM.<nrm_stage>"."""
    return tuple(_data()["events"].get(event, ()))


def ended_by(event: str) -> tuple[str, ...]:
    """The rules whose deadline an event meets, such as a decision that was waited for."""
    return tuple(_data()["ended_by"].get(event, ()))


def voided_by(event: str) -> tuple[str, ...]:
    """The rules whose deadline falls away with an event."""
    return tuple(_data()["voided_by"].get(event, ()))


def followed_by(code: str) -> tuple[str, ...]:
    """The rules that run from the day a deadline of this rule was met, such as the right to review once a decision was told."""
    return tuple(_data()["followed_by"].get(code, ()))


def words_if_under_18(code: str) -> str:
    """Where the rule is another for somebody who may be under 18: how. The days are the same."""
    return str(_data()["may_be_under_18"].get(code, ""))


def _data() -> Any:
    return resource_json("rules/deadlines.json")


def _first(value: CodeValue) -> DeadlineRule:
    fields = value.fields
    return DeadlineRule(
        code=value.code,
        label=value.label,
        trigger=fields["trigger"],
        days=fields["days"],
        enhanced_days=fields["enhanced_days"],
        unit=fields["unit"],
        duty_holder=fields["duty_holder"],
        right=fields["right"],
        source=tuple(fields["source"]),
        verification=fields["verification"],
        valid_from=value.valid_from,
        valid_to=value.valid_to,
        is_milestone=value.code in milestones(),
    )


def _later(first: DeadlineRule, entry: dict[str, Any]) -> DeadlineRule:
    changed: dict[str, Any] = {name: entry[name] for name in ("days", "enhanced_days", "unit", "verification") if name in entry}
    if "source" in entry:
        changed["source"] = tuple(entry["source"])
    first_day, last_day = (date.fromisoformat(entry[name]) if entry.get(name) else None for name in ("valid_from", "valid_to"))
    return replace(first, **changed, valid_from=first_day, valid_to=last_day)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
