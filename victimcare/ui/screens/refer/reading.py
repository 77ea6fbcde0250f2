"""What the Refer page reads for what is chosen so far: everything at once, in a thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from victimcare.casework.approvals import RECIPIENT, is_approved
from victimcare.casework.cases import case_facts
from victimcare.casework.safe_contact import plan_of
from victimcare.casework.suspensions import standing_suspensions
from victimcare.overview.refer_page import ReferPage, refer_page
from victimcare.referrals.begun import Begun, begun
from victimcare.referrals.referrals import preview
from victimcare.referrals.sharing import Asked, Package
from victimcare.store.rights import Right
from victimcare.ui.screens.case.hours_text import agreed_words
from victimcare.ui.screens.refer.what_goes import ticks

NOBODY = UUID(int=0)
"""Stands for the partner while none is chosen."""


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What one reading of the page gave. `package` None while no partner is chosen. `suspended`: which ways to reach
    the person are suspended now, "" for none. `may_decide`: on exceptional recipients."""

    page: ReferPage
    asked: Asked
    package: Package | None
    begun: Begun | None
    name: str
    safe: str
    suspended: str
    language: str | None
    interpreter: str
    today: date
    may_decide: bool


def read_page(
    session: Any, asked: Asked, referral_id: UUID | None, chosen: Mapping[str, bool], reasons: Mapping[str, str], takes_draft: bool, also_exceptional: bool
) -> Answer:
    """The page, the ticks worked out with its fields, and the very text. `takes_draft`: take up what was begun, where there is something."""
    kept = begun(session, asked.case_id) if takes_draft else None
    if kept is not None:
        asked, referral_id = kept.asked, kept.referral_id
    page = refer_page(session, asked, also_exceptional=also_exceptional)
    if kept is None:
        going = ticks(page.fields, chosen, reasons)
    else:
        going = {one.code: (asked.ticked or {})[one.code] for one in page.fields if one.value and one.code in (asked.ticked or {})}
    asked = replace(page.asked, ticked=going)
    package = preview(session, asked, referral_id=referral_id) if asked.partner_id != NOBODY else None
    facts, plan = case_facts(session, asked.case_id), plan_of(session, asked.case_id)
    name = next((one.value for one in page.fields if one.code == "NAME_USED"), "")
    stopped = standing_suspensions(session, [asked.case_id]).get(asked.case_id, ())
    hours = [row for row in plan.hours if row.channel not in {one.channel for one in stopped}] if plan else []
    safe = " ".join(filter(None, (plan.summary, agreed_words(hours)))) if plan else ""
    suspended = "; ".join(one.words(session.today) for one in stopped)
    tongue, interpreter = (facts.language, facts.interpreter) if facts else (None, "UNKNOWN")
    approved = is_approved(session, case_id=asked.case_id, kind=RECIPIENT, about_id=asked.partner_id)
    may_decide = session.may(Right.SUPERVISE) or approved
    return Answer(page, asked, package, kept, name, safe, suspended, tongue, interpreter, session.today, may_decide)
