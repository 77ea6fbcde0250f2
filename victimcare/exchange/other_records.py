"""Rows of every sheet but the referrals as records. Codes a register leaves out are recorded as not recorded, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from victimcare.activity.activities import Activity, ActivityAgency, ActivityCountry
from victimcare.activity.visits import Visit
from victimcare.casework.contacts import MOST_MINUTES, PERSON, Contact, is_achieved
from victimcare.exchange.clock_times import Moment
from victimcare.exchange.looks import code_of
from victimcare.exchange.person_records import sealed
from victimcare.exchange.rows import ParsedRow
from victimcare.justice.arrests import Arrest
from victimcare.justice.investigations import Investigation, InvestigationCase
from victimcare.justice.prosecutions import Prosecution
from victimcare.reference.codelists import codelist
from victimcare.referrals.referrals import DECLINED, SENT, Referral, ReferralEvent, ReferralService
from victimcare.store.clock import LONDON
from victimcare.store.record import Record

NOT_RECORDED = "NOT_RECORDED"
_UNSENT = ("DRAFT", "AWAITING_CONSENT")
_NOON = time(12)


def notes_of(row: ParsedRow) -> str:
    """The register's own notes of a row that belongs to no person, and after them what could not be taken into a field."""
    return "\n".join(filter(None, [row.get("notes") or "", *(f"{heading}: {text}" for heading, text in row.unread)]))


def contact_instant(row: ParsedRow) -> datetime:
    """When a contact was, on the office's clock unless the register names another; at noon where it names no hour."""
    moment: Moment = row.values["on"]
    at = row.get("time") or moment.at
    assert moment.on is not None
    return datetime.combine(moment.on, at or _NOON, tzinfo=moment.offset or LONDON)


def contact_records(row: ParsedRow, case_id: UUID, worker_id: UUID | None) -> list[Record]:
    moment: Moment = row.values["on"]
    outcome, person = row.get("outcome") or NOT_RECORDED, row.get("person_contacted") or PERSON
    minutes = row.get("minutes")
    agency = row.get("agency") or ""
    next_on: date | None = row.get("next_on")
    contact = Contact(
        case_id=case_id,
        at=contact_instant(row),
        is_time_known=bool(row.get("time") or moment.at),
        channel=row.get("channel") or "OTHER",
        direction=row.get("direction") or "OUTBOUND",
        person_contacted=person,
        kind=row.get("kind") or "OTHER",
        outcome=outcome,
        is_achieved=is_achieved(outcome, person),
        minutes=minutes if minutes is not None and minutes <= MOST_MINUTES else None,
        agency=code_of("agency", agency) or "",
        worker_id=worker_id,
        next_on=next_on if next_on and moment.on and next_on >= moment.on else None,
        imported=True,
    )
    said = [row.get("said") or "", *(f"{heading}: {text}" for heading, text in row.unread)]
    if row.get("time") and moment.at and row.get("time") != moment.at:
        said.append(f"Other time of day: {moment.at:%H:%M}")
    if agency and not contact.agency:
        said.append(f"Agency: {agency}")
    return [sealed(contact, said="\n".join(filter(None, said)))]


def referral_records(row: ParsedRow, case_id: UUID, partners: Mapping[str, UUID], number: int) -> list[Record]:
    """A referral taken over: what went is not known, so there is no copy and no consent."""
    sent: date = row.values["sent_on"]
    code = row.get("partner")
    status = row.get("status") or SENT
    words = row.get("status_words") or ""
    reason = row.get("decline_reason") or (code_of("referral_decline_reason", words) if status == DECLINED else None)
    is_sent = status not in _UNSENT
    referral = Referral(
        case_id=case_id,
        partner_id=partners.get(code or "OTHER") or partners["OTHER"],
        number=number,
        status=status,
        sent_on=sent if is_sent else None,
        sent_how="IMPORTED" if is_sent else None,
        imported=True,
    )
    made: list[Record] = [referral]
    made += [ReferralService(case_id=case_id, referral_id=referral.id, service=service) for service in row.get("services") or ()]
    told = [f"{heading}: {text}" for heading, text in row.unread]
    if not code and row.get("partner_words"):
        told.append(f"Partner: {row.values['partner_words']}")
    told += filter(None, [row.get("notes")])
    first = ReferralEvent(case_id=case_id, referral_id=referral.id, on=sent, status=SENT if is_sent else status)
    if not (is_sent and status != SENT):
        answer = row.get("status_on")
        told += [*([words] if words else []), *([f"Day of that status: {answer.isoformat()}"] if answer else [])]
    if row.get("decline_reason") and status != DECLINED:
        told.append(f"Reason: {row.values['decline_reason']}")
    made.append(sealed(first, words="\n".join(told)))
    if is_sent and status != SENT:
        answered: date = max(row.get("status_on") or sent, sent)
        made.append(sealed(ReferralEvent(case_id=case_id, referral_id=referral.id, on=answered, status=status, decline_reason=reason), words=words))
    return made


def investigation_records(row: ParsedRow, cases: Mapping[str, UUID]) -> tuple[UUID, list[Record]]:
    investigation = Investigation(
        received_on=row.get("received_on"), source=row.get("source") or "UNKNOWN", unit=row.get("unit") or "", outcome_code=row.get("outcome_code")
    )
    made: list[Record] = [sealed(investigation, crime_reference=row.link, notes=notes_of(row))]
    made += [InvestigationCase(case_id=case, investigation_id=investigation.id) for case in dict.fromkeys(cases.values())]
    return investigation.id, made


def bare_investigation(reference: str) -> Investigation:
    """An investigation of which only the reference is known, for an arrest or charge that names it."""
    made: Investigation = sealed(Investigation(received_on=None, source="UNKNOWN", unit=""), crime_reference=reference)
    return made


def offence_of(row: ParsedRow, name: str) -> tuple[str, str]:
    """The code of an offence, "" where none is clear, and the notes of the row with the register's own words for it."""
    code = str(row.get(name) or "")
    words = str(row.get(f"{name}_words") or code)
    if code and not codelist("offence").known(code):  # a row that waited since before offences were codes
        code = code_of("offence", code) or ""
    is_said = not words or words == code or any(text == words for _, text in row.unread)
    return code, "\n".join(filter(None, ["" if is_said else f"{name.capitalize()}: {words}", notes_of(row)]))


def arrest_records(row: ParsedRow, investigation_id: UUID) -> list[Record]:
    """An arrest with no word on the flag is flagged when its offence is one of the Modern Slavery Act."""
    offence, notes = offence_of(row, "offence")
    said = row.get("is_flagged")
    flagged = said == "YES" if said else offence.startswith("MSA")
    arrest = Arrest(investigation_id=investigation_id, on=row.values["on"], offence=offence, is_flagged=flagged, imported=True)
    return [sealed(arrest, suspect=row.get("suspect") or "", notes=notes)]


def prosecution_records(row: ParsedRow, investigation_id: UUID) -> list[Record]:
    charge, notes = offence_of(row, "charge")
    prosecution = Prosecution(
        investigation_id=investigation_id,
        charge=charge,
        outcome=row.get("outcome") or "PENDING",
        outcome_on=row.get("outcome_on"),
        imported=True,
    )
    return [sealed(prosecution, defendant=row.get("defendant") or "", notes=notes)]


def activity_records(row: ParsedRow) -> list[Record]:
    """The activity, who took part, and its visits: a total of n is n visits marked as from a total."""
    on: date = row.values["on"]
    kind = row.get("kind") or "OTHER"
    title = row.get("title") or ""
    activity = Activity(kind=kind, on=on, people_spoken_to=row.get("people_spoken_to"))
    made: list[Record] = [sealed(activity, title=title, notes=notes_of(row))]
    made += [ActivityAgency(activity_id=activity.id, agency=agency) for agency in row.get("agencies") or ()]
    made += [ActivityCountry(activity_id=activity.id, country=country) for country in row.get("countries") or ()]
    total = row.get("visits")
    count = total if total is not None else int(bool(row.get("premises")) or kind == "VISIT")
    for _ in range(count):
        made.append(
            Visit(
                activity_id=activity.id,
                on=on,
                premises=row.get("premises") or "OTHER",
                finding=row.get("finding") or NOT_RECORDED,
                from_total=total is not None,
                imported=True,
            )
        )
    return made
