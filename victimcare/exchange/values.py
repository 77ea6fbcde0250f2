"""How well the values of a column suit a field, whatever stands above them: 1 very, 0 says nothing, -1 cannot be."""

from __future__ import annotations

import re

from victimcare.exchange.fields import Field
from victimcare.exchange.looks import Look, code_of, code_share, shape_share

_LATEST_BIRTHS = 2010
_AGE = re.compile(r"(?:c\.?|ca\.?|about|approx\.?|~)?\s*\d{1,2}(?!\d)(?![/.:]\d)", re.IGNORECASE)
_CODED = ("code", "country", "language", "yes_no")
_OWN_WORDS = {"borough", "partner"}
"""An office elsewhere has other places and other partners: its words still belong there, and are listed as not known."""
_LONG_TEXT = {"notes", "said", "safe_contact_note"}


def value_score(look: Look, field: Field, link: float) -> float:
    """`link`: share of the values that stand in a column of another sheet where every value is different."""
    if field.kind == "date":
        return _date(look, field)
    if field.list == "offence":  # arrests and charges hold the same words: they cannot tell one sheet from the other
        return _text(look, field)
    if field.kind in _CODED:
        return _coded(look, field)
    simple = {"time": look.times, "phone": look.phones, "email": look.emails}
    if field.kind in simple:
        return _share(simple[field.kind], good=0.9, least=0.6)
    if field.kind in ("reference", "link", "crime_link"):
        return _reference(look, field, link)
    if field.kind == "safe_call":
        return _safe_call(look)
    if field.kind == "number":
        return _number(look, field)
    return _name(look) if field.kind == "name" else _text(look, field)


def _share(share: float, *, good: float, least: float) -> float:
    return good * share if share >= least else -1.0


def _date(look: Look, field: Field) -> float:
    if look.dates < 0.5:
        return -1.0
    score = 0.5 * look.dates
    if not look.days:
        return score - 0.2
    years = look.days[-1 - len(look.days) // 10].year - look.days[len(look.days) // 10].year
    middle = look.days[len(look.days) // 2].year
    births = years > 12 and middle < _LATEST_BIRTHS
    if field.name == "date_of_birth":
        return score + (0.35 if births else -0.4)
    if field.name == "on" and field.sheet == "contacts" and look.with_time > 0.5:
        return score + 0.2
    return score - (0.6 if births else 0.0)


def _coded(look: Look, field: Field) -> float:
    if look.letters < 0.5 and field.list != "crime_outcome_code" and field.kind != "yes_no":
        return -1.0
    if look.dates > 0.5 or look.phones > 0.5 or (look.length > 60 and not field.is_several):
        return -1.0
    if look.unique > 0.6 and look.filled > 40 and not field.is_several:
        return -0.6
    share, _ = code_share(field.codelist, look, is_several=field.is_several)
    if share < 0.3:
        return 0.0 if field.name in _OWN_WORDS else -0.7
    known = {code_of(field.codelist, wording) for wording, _ in look.counts.most_common(30)} - {None}
    variety = min(1.0, 0.55 + 0.15 * len(known)) if field.kind != "yes_no" else (0.7 if len(known) > 1 and look.distinct < 6 else 0.3)
    return (share * 1.1 - 0.15) * variety


def _reference(look: Look, field: Field, link: float) -> float:
    if look.digits < 0.8 or look.dates > 0.4 or look.phones > 0.5 or look.times > 0.5 or look.length > 40:
        return -1.0
    tidy = shape_share(look) > 0.5
    if field.kind in ("link", "crime_link"):
        return 1.0 if link > 0.6 else (0.15 if tidy else -0.2) - (0.3 if look.distinct < 12 and look.filled > 60 else 0.0)
    small = look.whole is not None and look.numbers > 0.9 and look.whole[1] < 120 and look.unique < 0.9
    if small:
        return -0.8
    if not field.is_required:
        return 0.1 if look.unique > 0.3 else -0.3
    return 0.75 if look.unique > 0.98 and tidy else (0.45 if look.unique > 0.98 else -0.1)


def _safe_call(look: Look) -> float:
    words = ("y", "n", "yes", "no", "only", "eve", "never", "safe", "text", "ask", "oui", "non", "ja", "nein", "tak", "nie", "da", "nu", "si", "call")
    if look.distinct > 40 or look.dates > 0.5 or look.phones > 0.5:
        return -1.0
    rows = max(1, look.filled)
    known = sum(count for wording, count in look.counts.items() if code_of("safe", wording) or any(part in words for part in wording.lower().split())) / rows
    return 0.45 * known if known > 0.6 else -0.5


def _number(look: Look, field: Field) -> float:
    if field.name == "age" and look.numbers < 0.7:
        return 0.2 if _ages(look) >= 0.5 else -1.0
    if look.numbers < 0.7 or look.whole is None:
        return -1.0
    low, high = look.whole
    if field.name == "age":
        return 0.35 if high <= 110 and look.distinct > 8 else (0.1 if low >= 0 and high <= 110 else -1.0)
    return 0.2 if high < 10_000 else -1.0


def _ages(look: Look) -> float:
    """Share of cells that begin as an age does: "16yrs", "c. 40", "17-18"."""
    return sum(count for wording, count in look.counts.items() if _AGE.match(wording)) / max(1, look.filled)


def _name(look: Look) -> float:
    if look.digits > 0.1 or look.letters < 0.8 or look.length > 45 or look.dates > 0.2:
        return -1.0
    if look.distinct < 8 and look.filled > 60:
        return -0.6
    capital = sum(count for wording, count in look.counts.items() if not wording[:1].islower()) / max(1, look.filled)
    return 0.3 if capital > 0.7 and look.unique > 0.15 else 0.0


def _text(look: Look, field: Field) -> float:
    if look.phones > 0.6 or look.dates > 0.6:
        return -0.8
    if field.name in _LONG_TEXT:
        return 0.35 if look.length > 22 and look.letters > 0.9 else -0.15
    if look.length > 60 and field.name not in ("address", "must_not_know"):
        return -0.4
    if field.name in ("unit", "worker", "borough", "agency", "offence", "charge"):
        return 0.2 if look.distinct <= max(12, look.filled * 0.2) else -0.2
    return 0.15 if field.name in ("suspect", "defendant") and look.unique > 0.9 else 0.0
