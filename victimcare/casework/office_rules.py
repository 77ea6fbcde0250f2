"""Numbers an office may set for itself: after how many days something must be looked at again. The code list says what holds otherwise."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.reference.codelists import codelist, known
from victimcare.refused import Refused
from victimcare.store.record import Record
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

PLAN_CHECK = "SAFE_CONTACT_REVIEW"
"""After how many days a safe-contact plan must be gone through with the person again."""

SETTABLE = {PLAN_CHECK: (1, 90)}
"""Rule of `deadline_rule` -> the fewest and most days an office may set."""


class OfficeRuleRefused(Refused):
    """Days an office cannot set."""


class OfficeRule(Record):
    """How many `days` a rule has in this office from now on; the newest of a rule counts."""

    __tablename__ = "office_rule"
    __write_right__ = Right.ADMINISTER
    __append_only__ = True

    rule: Mapped[str]
    days: Mapped[int]


def set_days(session: VaultSession, *, rule: str, days: int) -> None:
    """Set the days of a rule. Raises UnknownCode, OfficeRuleRefused; NotAllowed without the right to administer."""
    known("deadline_rule", rule)
    if rule not in SETTABLE:
        raise OfficeRuleRefused("That number is not one an office sets.", "It stands in the law or in a code of practice.")
    fewest, most = SETTABLE[rule]
    if not fewest <= days <= most:
        raise OfficeRuleRefused(f"{days} days cannot be set.", f"Give {fewest} to {most} days.")
    session.add(OfficeRule(rule=rule, days=days))


def days_of(session: VaultSession, rule: str) -> int:
    """The days of a rule in this office: what was set last, else what the code list says."""
    found = session.scalar(select(OfficeRule.days).where(OfficeRule.rule == rule).order_by(OfficeRule.id.desc()).limit(1))
    return usual_days(rule) if found is None else found


def usual_days(rule: str) -> int:
    """The days of a rule where no office has set any."""
    return int(codelist("deadline_rule").value(rule).fields["days"])
