"""What was offered, risk reviews and special measures in the stream of a case."""

from __future__ import annotations

from collections.abc import Iterator

from victimcare.casework.offered_support import NO, OfferRow, pounds
from victimcare.justice.special_measures import status_words
from victimcare.overview.case_file import CaseFile
from victimcare.overview.entry import Entry, moment, plain_words
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text
from victimcare.reference.languages import language_label


def support_entries(file: CaseFile) -> Iterator[Entry]:
    """The entries of offers, risk reviews and special measures, in no order."""
    for offer in file.offers:
        at, has_time = moment(offer.on, offer.made_at)
        headline = f"Offered: {_in_a_sentence(label('offered_support', offer.code))}, {response_words(offer)}"
        parts = (*plain_words(offer.detail), *((("Supervisor's note", offer.note),) if offer.note else ()))
        yield Entry(at, has_time, "SUPPORT", "heart", headline, ", ".join(_offered(offer, file)), parts, offer.id, offer.id)
    for review in file.risk_reviews:
        at, has_time = moment(review.on, review.made_at)
        by = file.names.get(review.worker_id or review.made_by, "")
        told = (
            *(label("risk_level.risk_type", kind).lower() for kind in review.types),
            f"look again on {day_text(review.review_on)}" if review.review_on else "",
            f"by {by}" if by else "",
        )
        parts = tuple(part for part in (("", review.words), ("Plan", review.plan)) if part[1])
        headline = f"Risk: {label('risk_level', review.level).lower()}"
        yield Entry(at, has_time, "RISK", "risk", headline, ", ".join(filter(None, told)), parts, review.id, review.id)
    for step in file.measures:
        at, has_time = moment(step.on, step.made_at)
        by = file.names.get(step.made_by, "")
        headline = f"{label('special_measure', step.measure)}: {_in_a_sentence(status_words(step.measure, step.status))}"
        yield Entry(at, has_time, "MEASURE", "court", headline, f"by {by}" if by else "", plain_words(step.words), step.id, step.id)


def response_words(offer: OfferRow) -> str:
    """What the person said to an offer, in lower case."""
    return label("contact_outcome.response_to_offer", offer.response).lower()


def _offered(offer: OfferRow, file: CaseFile) -> Iterator[str]:
    by = file.names.get(offer.worker_id or offer.made_by, "")
    yield "hangs on the stance, by a supervisor's decision" if offer.regardless == NO else "given whatever the stance"
    if offer.value_pence is not None:
        yield f"worth {pounds(offer.value_pence)}"
    if offer.paid_by:
        yield f"paid by {label('agency', offer.paid_by)}"
    if offer.told_on is not None:
        tongue = f" in {language_label(offer.told_language)}" if offer.told_language else ""
        yield f"told on {day_text(offer.told_on)}{tongue} that support does not depend on speaking to the police"
    if offer.agency or by:
        yield f"by {label('agency', offer.agency) if offer.agency else by}"


def _in_a_sentence(words: str) -> str:
    """A label after a colon: its first letter small, but for a name such as MG2."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
