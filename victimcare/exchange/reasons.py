"""How sure the proposal for one column is, and why, in words an officer can check."""

from __future__ import annotations

from victimcare.exchange.clock_times import Moment
from victimcare.exchange.date_order import Order
from victimcare.exchange.dates import NO_SUCH_DAY, moment_of
from victimcare.exchange.fields import Field
from victimcare.exchange.looks import Look, code_of, code_share, is_exact, split
from victimcare.exchange.mapping import ColumnMapping, Sure
from victimcare.exchange.safe_calls import is_open_question, safe_call
from victimcare.reference.dates_text import number_text

_CODED = ("code", "country", "language", "yes_no")
_ORDER_WORDS = {
    Order.DAY_FIRST: "day first",
    Order.MONTH_FIRST: "month first",
    Order.YEAR_FIRST: "year first",
    Order.YEAR_DAY_MONTH: "year first, then the day",
}


def column_mapping(heading: str, look: Look, field: Field, said: float, value: float, file_order: Order | None) -> ColumnMapping:
    """The proposal for a column that goes to `field`. `said`, `value`: how well its heading and its values fit, see `proposal.Fit`."""
    sure = _sureness(said, value)
    if field.kind == "date":
        return _date(heading, look, field, sure, file_order)
    if field.kind in _CODED:
        return _coded(heading, look, field, sure)
    if field.kind == "safe_call":
        return _safe_call(heading, look, field, sure)
    why = _plain_reason(look, field, said)
    delimiter = _delimiter(look) if field.is_several and field.kind in ("phone", "name", "link") else ""
    return ColumnMapping(heading, field.key, sure, why, delimiter=delimiter)


def _sureness(said: float, value: float) -> Sure:
    if said >= 0.85 and value >= -0.15:
        return Sure.SURE
    if said >= 0.55 and value >= 0.25:
        return Sure.SURE
    if value >= 0.7 or said >= 0.6:
        return Sure.LIKELY
    return Sure.LOOK


def _plain_reason(look: Look, field: Field, said: float) -> str:
    if field.kind in ("reference", "link", "crime_link"):
        return "unique in every row" if look.unique == 1 else f"{number_text(look.distinct)} different in {number_text(look.filled)} rows"
    if field.kind == "phone":
        return f"{number_text(round(look.phones * look.filled))} look like phone numbers"
    if field.kind in ("name", "text"):
        return f"{number_text(look.distinct)} wordings" if said else f"by its values alone: {number_text(look.distinct)} wordings"
    return f"{number_text(look.filled)} rows filled"


def _date(heading: str, look: Look, field: Field, sure: Sure, file_order: Order | None) -> ColumnMapping:
    order, why = look.order.order, ""
    if order in (Order.DAY_FIRST, Order.MONTH_FIRST):
        why = f"{_ORDER_WORDS[order]}: {number_text(look.order.proofs)} rows can be read no other way"
        if look.order.against:
            why += f", {number_text(look.order.against)} deny it"
    elif order is not None:
        why = _ORDER_WORDS[order]
    elif look.order.open and look.order.proofs:
        sure, why = Sure.UNCLEAR, f"{number_text(look.order.proofs)} rows say one order, {number_text(look.order.against)} the other: which number is the day?"
    elif look.order.open and file_order is not None:
        order, why = file_order, f"{_ORDER_WORDS[file_order]}, as in the other date columns of the file"
    elif look.order.open:
        sure, why = Sure.UNCLEAR, f"which number is the day? {number_text(look.order.open)} rows can be read both ways"
    else:
        why = "every date is clear"
    bad = sum(count for wording, count in look.counts.items() if _is_bad(moment_of(wording, order)))
    if bad:
        why += f"; {number_text(bad)} cannot be taken"
    return ColumnMapping(heading, field.key, sure, why, order=order)


def _is_bad(moment: Moment) -> bool:
    return moment.on is None and moment.at is None and moment.reason in (NO_SUCH_DAY, "not a date", "a date without its day")


def _coded(heading: str, look: Look, field: Field, sure: Sure) -> ColumnMapping:
    _, delimiter = code_share(field.codelist, look, is_several=field.is_several)
    wordings: dict[str, int] = {}
    for wording, count in look.counts.items():
        for part in parts_of(field, wording, delimiter):
            wordings[part] = wordings.get(part, 0) + count
    unknown = [part for part in wordings if not code_of(field.codelist, part)]
    codes = {code for part in wordings if (code := code_of(field.codelist, part))}
    why = f"{number_text(len(wordings))} {'wording' if len(wordings) == 1 else 'wordings'}, {number_text(len(codes))} {'code' if len(codes) == 1 else 'codes'}"
    if delimiter:
        shown = {"\n": "line ends"}.get(delimiter, f"“{delimiter.strip()}”")
        why = f"split at {shown}, {why}"
    if unknown:
        why += f", {number_text(len(unknown))} not known"
        rows = sum(wordings[part] for part in unknown)
        if rows > max(3, look.filled * 0.05):
            sure = Sure.LOOK
    return ColumnMapping(heading, field.key, sure, why, delimiter=delimiter)


def parts_of(field: Field, wording: str, delimiter: str) -> tuple[str, ...]:
    """The wordings in one cell. A comma or stroke inside a wording that has a code of its own does not cut it."""
    if not field.is_several or not delimiter or (delimiter in (",", "/", " / ", " & ") and is_exact(field.codelist, wording)):
        return split(wording, "")
    return split(wording, delimiter)


def _safe_call(heading: str, look: Look, field: Field, sure: Sure) -> ColumnMapping:
    asked = {wording: count for wording, count in look.counts.items() if is_open_question(wording)}
    if asked:
        wording, count = max(asked.items(), key=lambda item: item[1])
        return ColumnMapping(heading, field.key, Sure.LOOK, f"“{wording}” in {number_text(count)} rows: from what hour?")
    unclear = sum(count for wording, count in look.counts.items() if safe_call(wording).is_safe == "ASK")
    if unclear:
        return ColumnMapping(heading, field.key, Sure.LOOK, f"{number_text(unclear)} rows say neither yes nor no: they will be “ask first”")
    return ColumnMapping(heading, field.key, sure, f"{number_text(look.distinct)} wordings")


def _delimiter(look: Look) -> str:
    """The delimiter of cells with several names, numbers or references."""
    for delimiter in (";", "|", "\n", " / ", "/", ","):
        if sum(count for wording, count in look.counts.items() if delimiter in wording) >= max(1, look.filled * 0.002):
            return delimiter
    return ""
