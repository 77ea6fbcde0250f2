"""What we hold and would send, printed for the person: in plain words, with what they agreed to and what has gone already."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from victimcare.overview.case_page import CasePage, case_page
from victimcare.overview.case_paper import as_pairs, paper
from victimcare.paper.pdf import pages, pdf
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text
from victimcare.referrals.facts import told_of
from victimcare.referrals.sharing import field_labels
from victimcare.store.session import VaultSession

TITLE = "What we hold about you"
TOLD = (
    "Support does not depend on what you say to the police, or on whether you say anything.",
    "You may ask for a copy of all of it, ask us to put right what is wrong, and take back what you agreed to. Ask your worker, or any worker here.",
)


def what_we_hold_pdf(session: VaultSession, case_id: UUID) -> bytes:
    """The paper as a tagged PDF. Needs `Reading.printed`. Raises as `case_page` does, PaperRefused."""
    return pdf("case_paper", _data(case_page(session, case_id), session), title=TITLE, made_at=session.now)


def what_we_hold_pages(session: VaultSession, case_id: UUID) -> tuple[bytes, ...]:
    """The same for a printer, as PNG."""
    return pages("case_paper", _data(case_page(session, case_id), session), title=TITLE, made_at=session.now)


def held(page: CasePage) -> tuple[tuple[str, str], ...]:
    """(what, how much of it) that the case holds, in plain words; no content but the name."""
    file = page.file
    counted = (
        ("Notes of calls, messages and meetings", len(file.contacts)),
        ("Plans how we may reach you safely", len(file.plans)),
        ("What makes things hard for you, and what is done about it", len(file.barriers) + len(file.mitigations)),
        ("What you said about a court case", len(file.stances)),
        ("Organisations we asked to help you", len(file.referrals)),
        ("Documents", len(file.documents)),
        ("Other notes", len(file.notes)),
    )
    name = page.person.shown_name if page.person else ""
    pairs = [("The name you use with us", name)] if name else []
    return (*pairs, *((what, f"{count} {'entry' if count == 1 else 'entries'}") for what, count in counted if count))


def would_go(session: VaultSession, case_id: UUID) -> tuple[tuple[str, str], ...]:
    """(what, the words that would go) of everything a referral may carry, where anything is recorded."""
    values = told_of(session, case_id).values
    pairs = ((words, "; ".join(value for _, value in values.get(code, ()) if value)) for code, words in field_labels().items())
    return tuple(pair for pair in pairs if pair[1])


def _data(page: CasePage, session: VaultSession) -> dict[str, Any]:
    partners = {row.partner_id: row.partner for row in page.file.referrals}
    consents = [(partners.get(row.partner_id, "An organisation"), _consent(row)) for row in page.consents]
    sent = [(row.partner, f"sent on {day_text(row.sent_on)}") for row in page.file.referrals if row.sent_on]
    sections = [
        {"title": "What we hold", "pairs": as_pairs(held(page)), "note": "" if held(page) else "Nothing yet."},
        {
            "title": "What we would send if we ask somebody to help you",
            "note": "Only what you agree to, one by one, and you see the very words first. These are the things that could go:",
            "pairs": as_pairs(would_go(session, page.facts.id)),
        },
        {"title": "What you agreed to", "pairs": as_pairs(consents), "note": "" if consents else "Nothing is written down: we send nothing."},
        {"title": "What has gone already", "pairs": as_pairs(sent), "note": "" if sent else "Nothing."},
    ]
    return paper(page, sections=sections, told=TOLD, on=session.today, by=session.member.name, what=TITLE)


def _consent(row: Any) -> str:
    ends = f", until {day_text(row.ends_on)}" if row.ends_on else ""
    state = label("consent_basis.consent_state", row.state).lower()
    return f"{label('consent_basis.consent_scope', row.scope)}: {state} on {day_text(row.on)}{ends}"
