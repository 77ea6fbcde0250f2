"""The printed referral: a PDF made from the copy that is kept, so that printing it again gives the same paper."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any

from victimcare.paper.pdf import pages, pdf
from victimcare.reference.dates_text import day_text
from victimcare.refused import Refused


class NothingToPrint(Refused):
    """The referral holds no copy of what went: a draft, or taken over from a register."""

    def __init__(self) -> None:
        super().__init__("There is no copy of this referral to print.", "Only referrals sent from here can be printed.")


def referral_form(copy: str) -> bytes:
    """The PDF of a frozen copy (`referrals.frozen_copy`): tagged, no author, the same copy gives the same bytes.

    Raises NothingToPrint where there is no copy.
    """
    return pdf("referral", **_paper(copy))


def referral_pages(copy: str) -> tuple[bytes, ...]:
    """The pages of that form for a printer, as PNG. Raises NothingToPrint."""
    return pages("referral", **_paper(copy))


def _paper(copy: str) -> dict[str, Any]:
    if not copy:
        raise NothingToPrint
    went = json.loads(copy)
    sent_on = date.fromisoformat(went["sent_on"])
    data = {
        "from": went["sender"],
        "to": went["to"],
        "our_reference": went["reference"],
        "sent_on": day_text(sent_on),
        "answer_by": day_text(date.fromisoformat(went["answer_by"])),
        "anonymity": went["anonymity"],
        "asked_for": [went["asked_for"]],
        "fields": [{"label": label, "value": value} for label, value in went["lines"]],
        "consent": [went["consent"]],
        "footer": f"{went['reference']}. For the recipient only.",
    }
    return {"data": data, "title": f"Referral to {went['to']}", "made_at": datetime.combine(sent_on, time(), UTC)}
