"""Leftovers put right: a code, a date or a case is chosen, and what waited comes in as it would have then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from victimcare.casework.cases import Case, next_references
from victimcare.casework.contact_points import record_contact_point
from victimcare.casework.dates import possible_day
from victimcare.casework.identity import identity_of, record_identity
from victimcare.casework.notes import record_note
from victimcare.casework.opening import needed
from victimcare.casework.other_references import OtherReference
from victimcare.casework.workers import LONGEST_NAME, worker_named
from victimcare.exchange.clock_times import Moment
from victimcare.exchange.fields import KINDS, fields
from victimcare.exchange.known import folded_reference
from victimcare.exchange.leftovers import LEFT, MENDED, OPEN, Leftover, LeftoverRow, row_of
from victimcare.exchange.other_records import (
    activity_records,
    arrest_records,
    bare_investigation,
    contact_records,
    investigation_records,
    prosecution_records,
    referral_records,
)
from victimcare.exchange.person_records import barrier_record, case_records, exploitation_record, nrm_record, stance_record
from victimcare.exchange.plan import CHANGED, FILLED, POINTS, UNCLEAR
from victimcare.exchange.rows import ParsedRow
from victimcare.exchange.rows_seen import keep_seen
from victimcare.exchange.value_text import unpacked
from victimcare.justice.investigations import Investigation, add_notes, investigation_called
from victimcare.reference.ages import age_on, band_of, group_of
from victimcare.reference.codelists import known
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.referrals import Referral
from victimcare.refused import Refused
from victimcare.store.record import Record
from victimcare.store.session import VaultSession

_DATES = {"referrals": "received_on", "contacts": "on", "partner_referrals": "sent_on", "arrests": "on", "activities": "on"}
_CASE_FACTS = {"referrals.gender": "gender", "referrals.source": "source", "referrals.borough": "borough", "referrals.risk": "risk"} | {
    "referrals.language": "language",
    "referrals.interpreter": "interpreter",
}
_ADDED = {"referrals.barriers", "referrals.stance", "referrals.nrm", "referrals.exploitation"}
_OF_INVESTIGATION = {"investigations.outcome_code": "outcome_code", "investigations.source": "source"}


class MendRefused(Refused):
    """A leftover that cannot be put right in the way asked for."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What a leftover needs to come in. `codelist`: the list to choose from, "" for none. `by_hand`: only a person in the case can do it."""

    codelist: str = ""
    date: bool = False
    case: bool = False
    reference: bool = False
    by_hand: bool = False


def needed_for(row: LeftoverRow) -> Needed:
    """What to ask for. A cell of a case's row always needs the case too: its reference is in `row.link`."""
    if row.reason == UNCLEAR or row.sheet not in KINDS:
        return Needed(by_hand=True)
    if row.is_row:
        of_case = row.sheet in ("contacts", "partner_referrals")
        return Needed(
            date=row.sheet in _DATES and _DATES[row.sheet] not in row.values,
            case=of_case or (row.reason == CHANGED and row.sheet == "referrals"),
            reference=not row.link and not of_case and row.sheet != "activities",
        )
    field = fields().get(row.field)
    if row.field in _CASE_FACTS or row.field in _ADDED or row.field in ("referrals.nationality", "referrals.second_nationality"):
        return Needed(codelist=field.codelist if field else "", case=True)
    if row.field in POINTS and row.reason == FILLED:
        return Needed(case=True)
    if row.field == "referrals.date_of_birth":
        return Needed(date=True, case=True)
    if row.field in _OF_INVESTIGATION:
        return Needed(codelist=field.codelist if field else "")
    return Needed(by_hand=True)


def case_with_reference(session: VaultSession, reference: str) -> UUID | None:
    """The case that has this reference of the office. Needs a reading of names: raises ReadNotNoted without."""
    wanted = folded_reference(reference)
    ours = session.scalar(select(Case.id).where(func.lower(Case.reference) == wanted))
    if ours is not None or not wanted:
        return ours
    texts = session.sealed_where(select(OtherReference.id).where(OtherReference.system == "OFFICE"))
    row = next((row for row, parts in texts.items() if folded_reference(parts.get("value", "")) == wanted), None)
    return session.scalar(select(OtherReference.case_id).where(OtherReference.id == row)) if row else None


def mend_leftover(
    session: VaultSession,
    *,
    leftover_id: UUID,
    version: int,
    case_id: UUID | None = None,
    code: str | None = None,
    on: date | None = None,
    reference: str = "",
) -> None:
    """Put a leftover right with what `needed_for` asks for. Raises MendRefused, UnknownCode, DateRefused, Conflict."""
    kept = _open(session, leftover_id, version)
    row = row_of(kept, session.sealed([leftover_id]).get(leftover_id, {}))
    if on is not None:
        possible_day(on, today=session.today)
    if row.is_row:
        _take_row(session, row, case_id, on, reference.strip())
    else:
        _take_cell(session, row, case_id, code, on)
    kept.status = MENDED


def leave_leftover(session: VaultSession, *, leftover_id: UUID, version: int, reason: str) -> None:
    """Say why it is left as it is; it stays sealed in the vault. Raises TextRefused without a reason, MendRefused, Conflict."""
    kept = _open(session, leftover_id, version)
    kept.why_left = needed(reason, "a reason for leaving it")
    kept.status = LEFT


def _open(session: VaultSession, leftover_id: UUID, version: int) -> Leftover:
    kept = session.get_for_change(Leftover, leftover_id, version=version)
    if kept.status != OPEN:
        raise MendRefused("That leftover has been dealt with already.", "Load the list again.")
    return kept


def _asked_for(what: Any, name: str) -> Any:
    if what is None or what == "":
        raise MendRefused(f"It needs {name} to come in.", f"Choose {name}, or leave it with a reason.")
    return what


def _take_cell(session: VaultSession, row: LeftoverRow, case_id: UUID | None, code: str | None, on: date | None) -> None:
    want = needed_for(row)
    if want.by_hand:
        raise MendRefused("That cell has no place of its own to go to.", "Put it right in its case, then leave it here with a reason.")
    if want.codelist:
        known(want.codelist, _asked_for(code, "a code").partition(":")[0])
    if row.field in _OF_INVESTIGATION:
        _change_investigation(session, row, str(code))
        return
    case = session.get(Case, _asked_for(case_id, "a case"))
    if case is None:
        raise MendRefused("That case is not here.", "Choose another.")
    if row.field in POINTS:
        record_contact_point(session, case_id=case.id, kind=POINTS[row.field], value=row.cells[row.column])
    elif want.date:
        _correct_birth(session, case, _asked_for(on, "a date"))
    elif row.field in _CASE_FACTS:
        setattr(case, _CASE_FACTS[row.field], code)
    elif row.field in _ADDED:
        session.add(_added(row.field, case, str(code)))
    elif case.nationality == "ZZ":
        case.nationality = str(code)
    elif case.nationality != code:
        case.nationality2 = code


def _added(field: str, case: Case, code: str) -> Record:
    if field == "referrals.exploitation":
        return exploitation_record(case.id, code)
    make = {"referrals.barriers": barrier_record, "referrals.stance": stance_record, "referrals.nrm": nrm_record}[field]
    return make(case.id, code, case.received_on)


def _correct_birth(session: VaultSession, case: Case, born: date) -> None:
    if born > case.received_on:
        raise MendRefused("That date of birth is after the day received.", "Check both.")
    now = identity_of(session, case.id)
    texts = {name: getattr(now, name) for name in ("name_used", "given_names", "family_name", "aliases", "name_as_we_write_it", "age_recorded")} if now else {}
    record_identity(session, case_id=case.id, born_on=born, **texts)
    case.age_band = band_of(age_on(born, case.received_on))
    case.age_group = group_of(case.age_band)


def _change_investigation(session: VaultSession, row: LeftoverRow, code: str) -> None:
    there = investigation_called(session, row.link)
    investigation = session.get(Investigation, there) if there else None
    if investigation is None:
        raise MendRefused("The investigation is not here.", "Enter it first, or leave this with a reason.")
    setattr(investigation, _OF_INVESTIGATION[row.field], code)


def _take_row(session: VaultSession, kept: LeftoverRow, case_id: UUID | None, on: date | None, reference: str) -> None:
    text = "\n".join(f"{heading}: {cell}" for heading, cell in kept.cells.items())
    if needed_for(kept).by_hand:
        raise MendRefused("That has no place of its own to go to.", "Enter it by hand where it belongs, then leave it here with a reason.")
    if kept.reason == CHANGED and kept.sheet == "investigations":
        there = investigation_called(session, kept.link)
        add_notes(session, investigation_id=_asked_for(there, "an investigation"), text=text)
    elif kept.reason == CHANGED:
        record_note(session, case_id=_asked_for(case_id, "a case"), on=session.today, text=text, kind="IMPORTED", born_on=None)
    else:
        session.add_all(_records(session, _parsed(kept, on, reference), case_id))
    keep_seen(session, [kept.stamp])


def _parsed(kept: LeftoverRow, on: date | None, reference: str) -> ParsedRow:
    """The row as it was parsed, with what was missing filled in."""
    values = {name: unpacked(value) for name, value in kept.values.items()}
    link = kept.link or reference
    want = needed_for(kept)
    if want.date:
        day = _asked_for(on, "a date")
        values[_DATES[kept.sheet]] = Moment(day) if kept.sheet == "contacts" else day
    if want.reference:
        _asked_for(link, "a reference")
    if kept.sheet == "referrals":
        values["reference"] = link
    return ParsedRow(kept.sheet, kept.file, kept.row, link, values, (), kept.unread, "", kept.stamp, kept.cells)


def _records(session: VaultSession, row: ParsedRow, case_id: UUID | None) -> list[Record]:
    worker = worker_named(session, str(row.get("worker"))[:LONGEST_NAME]) if row.get("worker") else None
    if row.kind == "referrals":
        ours = next_references(session, row.values["received_on"].year, 1)[0]
        return case_records(row, reference=ours, worker_id=worker)[1]
    if row.kind == "contacts":
        return contact_records(row, _asked_for(case_id, "a case"), worker)
    if row.kind == "partner_referrals":
        case = _asked_for(case_id, "a case")
        number = (session.scalar(select(func.max(Referral.number)).where(Referral.case_id == case)) or 0) + 1
        return referral_records(row, case, partner_ids(session), number)
    if row.kind == "activities":
        return activity_records(row)
    return _of_investigation(session, row)


def _of_investigation(session: VaultSession, row: ParsedRow) -> list[Record]:
    there = investigation_called(session, row.link)
    if row.kind == "investigations":
        if there is not None:
            raise MendRefused("An investigation with that reference is here already.", "Change it there, then leave this with a reason.")
        return investigation_records(row, {})[1]
    made: list[Record] = []
    if there is None:
        bare = bare_investigation(row.link)
        there, made = bare.id, [bare]
    build = arrest_records if row.kind == "arrests" else prosecution_records
    return made + build(row, there)
