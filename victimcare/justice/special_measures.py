"""Special measures and related protections: from discussed to granted and used, each step a dated event. Only ever added to.

The court decides each measure; eligibility under YJCEA 1999 s17(4) is automatic for MSA 2015 s1 and s2 and sexual offences unless the person says no.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.casework.dates import possible_day
from victimcare.casework.identity import birth_date
from victimcare.casework.opening import Sealed, columns, fitting, opened, text_of
from victimcare.reference.codelists import codelist, known, label
from victimcare.reference.dates_text import day_text
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

ELIGIBILITY = "S17_4"  # of `special_measure`: being eligible at all, which the person may turn down
PRE_RECORDED = "S28"
ELIGIBLE_OFFENCES = ("MSA_S1", "MSA_S2", "SOA")
SECTION_16_ONLY = ("S29", "S30")
_WHO_16 = "Only for witnesses under section 16: under 18, or whose evidence a disability or disorder would lessen"
_BEFORE = {"GRANTED": "APPLIED", "REFUSED": "APPLIED", "VARIED": "GRANTED", "USED": "GRANTED"}
_NOTHING_BEFORE = ("SOAA", ELIGIBILITY)  # automatic: nobody applies


class SpecialMeasureEvent(Record):
    """One step of one measure. `measure`: a code of `special_measure`. `status`: a code of `special_measure.measure_status`."""

    __tablename__ = "special_measure_event"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __withdrawable__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    measure: Mapped[str]
    status: Mapped[str]
    words = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class MeasureRow:
    """One step; `words` "" when not opened."""

    id: UUID
    on: date
    measure: str
    status: str
    made_at: datetime
    made_by: UUID
    words: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether the person may be given special measures, in words, with the `statute`. `by_16`: as a child; `is_open`: at all, as far as is known."""

    is_open: bool
    by_16: bool
    words: str
    statute: str


def record_measure(session: VaultSession, *, case_id: UUID, measure: str, status: str, on: date, words: str = "") -> UUID:
    """Record a step of a measure. Steps may come in any order, since courts do as they do; `doubt` asks. Raises UnknownCode, DateRefused, TextRefused."""
    known("special_measure", measure)
    known("special_measure.measure_status", status)
    event = SpecialMeasureEvent(case_id=case_id, on=possible_day(on, today=session.today, born_on=birth_date(session, case_id)), measure=measure, status=status)
    if words:
        event.words = fitting(words)
    session.add(event)
    return event.id


def measures_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[MeasureRow, ...]:
    """Every step in one case, newest first."""
    wanted = columns(SpecialMeasureEvent, MeasureRow.__slots__[:-1])
    here = select(*wanted).where(SpecialMeasureEvent.case_id == case_id, standing(SpecialMeasureEvent, also_withdrawn=also_withdrawn))
    rows = session.execute(here.order_by(SpecialMeasureEvent.on.desc(), SpecialMeasureEvent.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(MeasureRow(**row, words=text_of(texts, row["id"], "words")) for row in rows)


def newest_of_each(rows: Sequence[MeasureRow]) -> tuple[MeasureRow, ...]:
    """How each measure stands now, in the list's order. `rows`: newest first, as `measures_of` gives them."""
    newest: dict[str, MeasureRow] = {}
    for row in rows:
        newest.setdefault(row.measure, row)
    order = codelist("special_measure").codes
    return tuple(sorted(newest.values(), key=lambda row: order.index(row.measure) if row.measure in order else len(order)))


def eligibility(offences: Collection[str], rows: Sequence[MeasureRow], *, is_child: bool) -> Eligibility:
    """What follows from the recorded offences, and from what the person said of being eligible at all."""
    if is_child:
        return Eligibility(True, True, "Eligible as a witness under 18 (general knowledge, not verified)", "YJCEA 1999 s16(1)(a)")
    said = next((row.status for row in rows if row.measure == ELIGIBILITY), "")
    because = [code for code in ELIGIBLE_OFFENCES if code in offences]
    if because and said == "NOT_WANTED":
        return Eligibility(False, False, "Would be eligible; the person does not want to be. They may change their mind", "YJCEA 1999 s17(4)")
    if because:
        named = ", ".join(label("offence", code) for code in because)
        return Eligibility(True, False, f"Eligible by law unless the person says no: {named}. The court still decides each measure", "YJCEA 1999 s17(4)")
    if offences:
        words = "Not automatic with the offences recorded: the court must find that fear or distress would lessen the evidence"
        return Eligibility(True, False, words, "YJCEA 1999 s17(1)")
    return Eligibility(True, False, "Record the offences: eligibility follows from them", "YJCEA 1999 s16, s17")


def limits_of(measure: str, offences: Collection[str], eligible: Eligibility) -> str:
    """What stands in the way of asking for a measure, or must be said with it; "" when nothing does."""
    if measure in SECTION_16_ONLY and not eligible.by_16:
        return f"{_WHO_16} (general knowledge, not verified)."
    if measure == PRE_RECORDED:
        return "Do not promise it: whether a court does this for adults must be checked. Record only asked for, granted or refused."
    if measure == "S25" and not set(ELIGIBLE_OFFENCES) & set(offences):
        return "Open with an offence under MSA s1 or s2 or a sexual offence, or where somebody may seek to intimidate the witness."
    if measure == "SOAA" and not {"MSA_S2", "SOA"} & set(offences):
        return "By law only with trafficking (MSA s2) or a sexual offence. With slavery (MSA s1) alone a party must ask for a direction under s46."
    return ""


def statute_of(measure: str) -> str:
    """Where a measure stands in law, as the code list says."""
    found = codelist("special_measure")
    return str(found.value(measure).fields.get("statute", "")) if found.known(measure) else ""


def status_words(measure: str, status: str) -> str:
    """How a measure stands, in words. Pre-recorded cross-examination is asked for or granted, never more."""
    return "Asked for" if measure == PRE_RECORDED and status == "APPLIED" else label("special_measure.measure_status", status)


def doubt(rows: Sequence[MeasureRow], measure: str, status: str, on: date) -> str:
    """What is asked before a step is recorded that does not follow from what is there; "" when it does."""
    needed = _BEFORE.get(status)
    mine = [row for row in rows if row.measure == measure]
    if needed is not None and measure not in _NOTHING_BEFORE and not any(row.status == needed and row.on <= on for row in mine):
        then = label("special_measure.measure_status", status).lower()
        return f"{label('special_measure', measure)} would be {then}, but no {_NAMES[needed]} is recorded before that day. Is that so?"
    later = next((row for row in mine if row.on > on), None)
    if later is not None:
        return f"A later step is recorded already: {status_words(measure, later.status).lower()} on {day_text(later.on)}. Is the day right?"
    return ""


_NAMES = {"APPLIED": "application", "GRANTED": "grant"}
