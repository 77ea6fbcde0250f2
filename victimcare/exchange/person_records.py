"""A row of the referrals sheet as the records of one case.

What the register says of barriers, stance and the NRM it says of a day nobody wrote down: each is dated "on or before" the
day received and marked as imported.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from victimcare.casework.barriers import Barrier
from victimcare.casework.cases import Case
from victimcare.casework.contact_points import ContactPoint
from victimcare.casework.exploitation import Exploitation
from victimcare.casework.identity import Identity
from victimcare.casework.notes import Note
from victimcare.casework.opening import LONGEST_TEXT, list_text
from victimcare.casework.other_references import OtherReference
from victimcare.casework.safe_contact import SafeChannel, SafeContactPlan
from victimcare.casework.stance import StanceEvent
from victimcare.exchange.rows import ParsedRow
from victimcare.exchange.safe_calls import SafeCall
from victimcare.justice.nrm import NrmEvent
from victimcare.reference.ages import age_on, band_of, group_of
from victimcare.store.record import Record

_REFERENCES = (("reference", "OFFICE"), ("crime_reference", "CRIME"), ("nrm_reference", "NRM"), ("other_number", "OTHER"))


def case_records(row: ParsedRow, *, reference: str, worker_id: UUID | None) -> tuple[UUID, list[Record]]:
    """The case and everything the row says of it. `reference`: the next of ours."""
    case = _case(row, reference, worker_id)
    received: date = row.values["received_on"]
    made: list[Record] = [case, *_identity(row, case.id), *_reached(row, case.id)]
    for name, system in _REFERENCES:
        value = row.get(name) or (row.link if system == "OFFICE" else "")  # in a merged sheet the column may be called another kind's
        if value:
            made.append(sealed(OtherReference(case_id=case.id, system=system), value=value))
    for code in row.get("exploitation") or ():
        made.append(exploitation_record(case.id, code))
    made += [barrier_record(case.id, code, received) for code in row.get("barriers") or () if code != "NONE"]
    if row.get("stance"):
        made.append(stance_record(case.id, row.values["stance"], received))
    if row.get("nrm"):
        made.append(nrm_record(case.id, row.values["nrm"], received))
    return case.id, made + note_records(row, case.id, received)


def barrier_record(case_id: UUID, code: str, received: date) -> Barrier:
    return Barrier(case_id=case_id, code=code, since=received, on_or_before=True, recorded_from="DOCUMENT", imported=True)


def stance_record(case_id: UUID, code: str, received: date) -> StanceEvent:
    return StanceEvent(case_id=case_id, on=received, on_or_before=True, code=code, imported=True)


def nrm_record(case_id: UUID, code: str, received: date) -> NrmEvent:
    return NrmEvent(case_id=case_id, on=received, on_or_before=True, stage=code, imported=True)


def exploitation_record(case_id: UUID, code: str) -> Exploitation:
    """`code`: a type, or a type with its flag such as ``CRIMINAL:COUNTY_LINES``."""
    kind, _, flag = code.partition(":")
    return Exploitation(case_id=case_id, type=kind, flag=flag or None, on_or_before=True, imported=True)


def sealed(record: Any, **texts: str) -> Any:
    """The record with its sealed texts; empty ones are left out, NUL bytes too."""
    for name, text in texts.items():
        if text:
            setattr(record, name, text.replace("\0", ""))
    return record


def _case(row: ParsedRow, reference: str, worker_id: UUID | None) -> Case:
    received: date = row.values["received_on"]
    born: date | None = row.get("date_of_birth")
    band = band_of(age_on(born, received) if born else row.get("age"))
    nations = tuple(row.get("nationality") or ()) + tuple(row.get("second_nationality") or ())
    closed: date | None = row.get("closed_on")
    closed = closed if closed and closed >= received else None
    return Case(
        reference=reference,
        received_on=received,
        source=row.get("source") or "UNKNOWN",
        unit=row.get("unit") or "",
        worker_id=worker_id,
        status="CLOSED" if closed else "OPEN",
        closed_on=closed,
        risk=row.get("risk"),
        gender=row.get("gender") or "UNKNOWN",
        age_band=band,
        age_group=group_of(band),
        nationality=nations[0] if nations else "ZZ",
        nationality2=nations[1] if len(nations) > 1 else None,
        language=(row.get("language") or (None,))[0],
        interpreter=row.get("interpreter") or "UNKNOWN",
        borough=row.get("borough"),
        imported=True,
    )


def _identity(row: ParsedRow, case_id: UUID) -> list[Record]:
    given, family, full = row.get("given_names") or "", row.get("family_name") or "", row.get("full_name") or ""
    if full and not (given or family) and full.count(",") == 1:  # "Family, Given" says which is which; nothing else does
        family, given = (part.strip() for part in full.split(","))
    name = f"{given} {family}".strip() or full
    born: date | None = row.get("date_of_birth")
    age = row.get("age")
    texts = {
        "name_used": name,
        "given_names": given,
        "family_name": family,
        "aliases": list_text(row.get("aliases") or ()),
        "date_of_birth": born.isoformat() if born else "",
        "age_recorded": "" if age is None else str(age),
    }
    return [sealed(Identity(case_id=case_id), **texts)] if any(texts.values()) else []


def _reached(row: ParsedRow, case_id: UUID) -> list[Record]:
    """Numbers, addresses, and the plan for using them. A register never says that the plan was checked with the person."""
    made: list[Record] = [sealed(ContactPoint(case_id=case_id, kind="PHONE"), value=phone) for phone in row.get("phone") or ()]
    made += [
        sealed(ContactPoint(case_id=case_id, kind=kind), value=row.values[name]) for name, kind in (("email", "EMAIL"), ("address", "ADDRESS")) if row.get(name)
    ]
    call: SafeCall | None = row.get("safe_to_call")
    summary = "\n".join(filter(None, [call.words if call else "", row.get("safe_contact_note") or ""]))
    if call or summary or row.get("must_not_know"):
        plan = sealed(SafeContactPlan(case_id=case_id, imported=True), summary=summary, must_not_know=row.get("must_not_know") or "")
        made.append(plan)
        if call:
            channel = SafeChannel(
                case_id=case_id, plan_id=plan.id, channel="PHONE", is_safe=call.is_safe, from_minute=call.from_minute, to_minute=call.to_minute
            )
            made.append(channel)
    return made


def note_records(row: ParsedRow, case_id: UUID, on: date) -> list[Record]:
    """The register's own notes, and apart from them what could not be taken into a field. A long one is kept in parts."""
    made: list[Record] = []
    unread = "\n".join(f"{heading}: {text}" for heading, text in row.unread)
    nations = tuple(row.get("nationality") or ()) + tuple(row.get("second_nationality") or ())
    for what, more in (("more nationalities", nations[2:]), ("more languages", (row.get("language") or ())[1:])):
        if more:
            unread = f"{unread}\n{what}: {'; '.join(more)}".strip()
    for kind, text in (("IMPORTED", row.get("notes") or ""), ("UNREAD", unread)):
        for start in range(0, len(text), LONGEST_TEXT):
            made.append(sealed(Note(case_id=case_id, on=on, kind=kind), text=text[start : start + LONGEST_TEXT]))
    return made
