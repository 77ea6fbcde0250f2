"""What a Duty to Notify says, on one sheet to fill in the Home Office's form from.

A notification about an adult may not identify them without consent (Modern Slavery Act 2015, s52(3)). So unless the person
co-operates with public authorities it holds nothing that tells who they are: no name, reference, date of birth, age, nationality,
language or place. Age and nationality are left out even as bands: in an office of this size one of them is often enough.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from victimcare.justice.duty_to_notify import STAGE, YES
from victimcare.justice.nrm import NrmRow
from victimcare.overview.case_page import CasePage, case_page
from victimcare.paper.pdf import pages, pdf
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text
from victimcare.reference.languages import language_label
from victimcare.refused import Refused
from victimcare.store.session import VaultSession

TEMPLATE = "duty_to_notify"
ANONYMOUS = "Anonymous. The person does not co-operate with public authorities and may not be identified (Modern Slavery Act 2015, s52(3))."
NAMED = "The person co-operates with public authorities, and so is named."
LEFT_OUT = (
    "Left out on purpose: name, references, date of birth, age, nationality, language, address and place. Do not add them on the form, "
    "and do not describe what happened in a way that tells who it is."
)


class NothingToNotify(Refused):
    """No Duty to Notify is recorded in the case."""

    def __init__(self) -> None:
        super().__init__("No Duty to Notify is recorded here.", "Record it first; then its sheet can be printed.")


def notify_pdf(session: VaultSession, case_id: UUID) -> bytes:
    """The sheet of the newest Duty to Notify as a PDF. Needs `Reading.printed(case_id)`. Raises NothingToNotify, CaseUnknown, NoKey, PaperRefused."""
    return pdf(TEMPLATE, **_paper(session, case_id))


def notify_pages(session: VaultSession, case_id: UUID) -> tuple[bytes, ...]:
    """The same for a printer, as PNG. Raises as `notify_pdf` does."""
    return pages(TEMPLATE, **_paper(session, case_id))


def _paper(session: VaultSession, case_id: UUID) -> dict[str, Any]:
    page = case_page(session, case_id)
    notice = next((row for row in page.nrm if row.stage == STAGE), None)
    if notice is None:
        raise NothingToNotify
    is_named = notice.co_operates == YES
    rows = [*(_who(page) if is_named else ()), *_what(page, notice)]
    data = {
        "standing": NAMED if is_named else ANONYMOUS,
        "rows": [{"label": name, "value": value} for name, value in rows if value],
        "left_out": "" if is_named else LEFT_OUT,
        "footer": "Duty to Notify, Modern Slavery Act 2015, s52. For the Home Office only.",
    }
    return {"data": data, "title": "Duty to Notify", "made_at": session.now}


def _what(page: CasePage, notice: NrmRow) -> list[tuple[str, str]]:
    """What tells nobody who it is."""
    kinds = dict.fromkeys(label("exploitation_type", row.type) for row in page.exploitation if row.type != "UNKNOWN")
    why = [label("nrm_refusal_reason", code) for code in page.file.refusal_reasons.get(notice.id, ())]
    return [
        ("Reported on", day_text(notice.on)),
        ("Adult or child", "Adult"),
        ("Exploitation", "; ".join(kinds) or "Not specified"),
        ("Does not want the NRM", "; ".join(why) or "Not said"),
        ("Co-operates", "Yes" if notice.co_operates == YES else "No"),
    ]


def _who(page: CasePage) -> list[tuple[str, str]]:
    facts, person = page.facts, page.person
    return [
        ("Our reference", facts.reference),
        ("Name used", person.shown_name if person else ""),
        ("Full name", f"{person.given_names} {person.family_name}".strip() if person else ""),
        ("Date of birth", day_text(person.born_on) if person and person.born_on else ""),
        ("Nationality", label("nationality", facts.nationality) if facts.nationality != "ZZ" else ""),
        ("Language", language_label(facts.language) if facts.language else ""),
        ("Reach them", "Through us only"),
    ]
