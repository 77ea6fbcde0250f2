"""The list of everything offered to a person, on paper for the disclosure officer. Not anonymised: the banner says what protects the name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from victimcare.casework.offered_support import NO, OfferRow, last_told, pounds
from victimcare.overview.case_page import CasePage, case_page
from victimcare.overview.timeline_support import response_words
from victimcare.paper.pdf import pages, pdf
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text
from victimcare.reference.languages import language_label
from victimcare.store.session import VaultSession

TEMPLATE = "offered_support"
OURS = "this office"


def offered_pdf(session: VaultSession, case_id: UUID) -> bytes:
    """The list as a PDF. Needs `Reading.printed(case_id)`. Raises CaseUnknown, NoKey, PaperRefused."""
    return pdf(TEMPLATE, **_paper(session, case_id))


def offered_pages(session: VaultSession, case_id: UUID) -> tuple[bytes, ...]:
    """The same for a printer, as PNG. Raises as `offered_pdf` does."""
    return pages(TEMPLATE, **_paper(session, case_id))


def _paper(session: VaultSession, case_id: UUID) -> dict[str, Any]:
    page = case_page(session, case_id)
    offers = sorted(page.file.offers, key=lambda row: (row.on, row.id))
    told = last_told(offers)
    said = f"Told last that support does not depend on speaking to the police: {_told(told)}." if told else "No entry says when the person was told so."
    data = {
        "reference": page.facts.reference,
        "crime_references": ", ".join(page.crime_references),
        "anonymity": page.anonymity_words,
        "made_on": day_text(session.today),
        "told": [f"{len(offers)} recorded, oldest first. Withdrawn entries are left out.", said],
        "offers": [_offer(row, page) for row in offers],
        "footer": f"{page.facts.reference}. For the disclosure officer only.",
    }
    return {"data": data, "title": "Support offered", "made_at": session.now}


def _offer(row: OfferRow, page: CasePage) -> dict[str, str]:
    by = label("agency", row.agency) if row.agency else page.names.get(row.worker_id or row.made_by, OURS)
    worth = pounds(row.value_pence) or "worth not recorded"
    answer = response_words(row)
    return {
        "on": day_text(row.on),
        "what": label("offered_support", row.code),
        "answer": answer[:1].upper() + answer[1:],
        "regardless": "No: see the note" if row.regardless == NO else "Yes, given whatever the person says",
        "by": by,
        "worth": f"{worth}, paid by {label('agency', row.paid_by) if row.paid_by else OURS}",
        "told": _told(row) or "not recorded with this entry",
        "detail": row.detail,
        "note": row.note,
    }


def _told(row: OfferRow) -> str:
    if row.told_on is None:
        return ""
    return f"{day_text(row.told_on)}{f', in {language_label(row.told_language)}' if row.told_language else ''}"
