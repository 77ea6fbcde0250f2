"""The hand-over sheet: one page for who takes over for a while, its fields ticked one by one. Nothing is ticked that need not go.

What somebody said of a prosecution is never ticked beforehand, and an address is never on it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from victimcare.overview.case_page import CasePage, case_page
from victimcare.overview.case_paper import as_pairs, paper
from victimcare.paper.pdf import pages, pdf
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text
from victimcare.reference.languages import language_label
from victimcare.store.session import VaultSession

TITLE = "Hand-over sheet"
NEEDED = frozenset({"NAME", "LANGUAGE", "SAFE_CONTACT"})
"""What the next worker cannot do without: ticked beforehand."""


@dataclass(frozen=True, slots=True, repr=False)
class SheetField:
    """One thing that could go. `words`: exactly what would stand on the paper."""

    code: str
    label: str
    words: str

    @property
    def is_needed(self) -> bool:
        """Whether it is ticked beforehand."""
        return self.code in NEEDED


def sheet_fields(page: CasePage) -> tuple[SheetField, ...]:
    """What of the case could go on the sheet: fields that hold anything, in its order."""
    facts, plan = page.facts, page.safe_contact.plan
    interpreter = {"YES": ", with an interpreter", "NO": ", no interpreter needed"}.get(facts.interpreter, "")
    language = f"{language_label(facts.language)}{interpreter}" if facts.language else ""
    standing = [label("barrier", card.barrier.code) for card in page.barriers if card.barrier.status in ("OPEN", "MITIGATING", "RETURNED")]
    owed = [f"{row.version().label}, due {day_text(row.due_on)}" for row in page.file.deadlines if row.is_open]
    under_way = [f"{card.referral.partner}: {label('referral_status', card.referral.status).lower()}" for card in page.referrals]
    fields = (
        ("NAME", "Name used", page.person.shown_name if page.person else ""),
        ("LANGUAGE", "Language", language),
        ("SAFE_CONTACT", "How to reach them", _safe(page)),
        ("CODE_WORD", "Code word", plan.code_word if plan else ""),
        ("RISK", "Risk", label("risk_level", facts.risk) if facts.risk else ""),
        ("NEXT", "Next due", day_text(page.head.next_due_on) if page.head.next_due_on else ""),
        ("BARRIERS", "In the way", "; ".join(standing)),
        ("DEADLINES", "Owed", "; ".join(owed)),
        ("REFERRALS", "Referrals", "; ".join(under_way)),
        ("NRM", "NRM", label("nrm_stage", page.nrm[0].stage) if page.nrm else ""),
        ("STANCE", "Stance", label("stance", page.stances[0].code) if page.stances else ""),
    )
    return tuple(SheetField(*field) for field in fields if field[2])


def sheet_pdf(session: VaultSession, case_id: UUID, codes: Collection[str]) -> bytes:
    """The sheet with the fields `codes`, as a tagged PDF of one page. Needs `Reading.printed`. Raises as `case_page` does, PaperRefused."""
    return pdf("case_paper", _data(case_page(session, case_id), codes, session), title=TITLE, made_at=session.now)


def sheet_pages(session: VaultSession, case_id: UUID, codes: Collection[str]) -> tuple[bytes, ...]:
    """The same for a printer, as PNG."""
    return pages("case_paper", _data(case_page(session, case_id), codes, session), title=TITLE, made_at=session.now)


def _data(page: CasePage, codes: Collection[str], session: VaultSession) -> dict[str, Any]:
    ticked = [(one.label, one.words) for one in sheet_fields(page) if one.code in codes]
    told = ["Check the safe-contact plan with the person before anything else. What is not here was not ticked, or is not recorded."]
    sections = [{"title": "What you need to know", "pairs": as_pairs(ticked)}]
    return paper(page, sections=sections, told=told, on=session.today, by=session.member.name, what=TITLE)


def _safe(page: CasePage) -> str:
    plan = page.safe_contact.plan
    if plan is None:
        return ""
    checked = f"checked {day_text(plan.checked_on)}" if plan.checked_on else "never checked"
    stopped = [f"{one.channel.lower()} suspended: do not use" for one in page.safe_contact.suspended]
    agreed = sorted({label("contact_channel", row.channel).lower() for row in page.safe_contact.hours if row.is_safe == "YES"})
    parts = (
        plan.summary.rstrip("."),
        f"agreed: {', '.join(agreed)}" if agreed else "",
        *stopped,
        f"must not know: {plan.must_not_know}" if plan.must_not_know else "",
        checked,
    )
    return "; ".join(filter(None, parts))
