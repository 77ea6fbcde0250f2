"""What a case holds that a partner could be told, as words. Whether it goes is decided elsewhere (`sharing`)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from victimcare.casework.barriers import STANDING, barriers_of
from victimcare.casework.cases import CaseFacts, case_facts
from victimcare.casework.exploitation import exploitation_of
from victimcare.casework.identity import identity_of
from victimcare.casework.merging import parts_of
from victimcare.casework.offences import AUTOMATIC, DIRECTION, anonymity_of, offences_of
from victimcare.casework.opening import Sealed
from victimcare.casework.other_references import other_references_of
from victimcare.casework.safe_contact import Plan, interpreter_words, plan_of
from victimcare.casework.safe_hours import EVERY_DAY, NO, WHOLE_DAY, SafeHours
from victimcare.casework.stance import stances_of
from victimcare.casework.suspensions import Suspended, channel_plural, standing_suspensions
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text
from victimcare.reference.languages import language_label
from victimcare.refused import Refused
from victimcare.store.clock import day_of
from victimcare.store.errors import NoKey
from victimcare.store.session import VaultSession

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
UNKNOWN = frozenset({"UNKNOWN", "NOT_KNOWN", "ZZ", "NOT_ASSESSED"})

BANNERS = {
    AUTOMATIC: "Anonymity: it is an offence to publish anything likely to identify the person, for life.",
    DIRECTION: "Anonymity: not automatic for this offence; a court may direct it. Publish nothing that could identify the person.",
}
UNKNOWN_BANNER = "Anonymity: the offences are not recorded yet. Publish nothing that could identify the person."


class CaseUnknown(Refused):
    """No case has this id."""

    def __init__(self) -> None:
        super().__init__("That case is not here.", "Look it up in the list of cases.")


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """`values`: kind of field -> (field code, words), "" where nothing is recorded; several for barriers alone."""

    case: CaseFacts
    values: dict[str, list[tuple[str, str]]]
    anonymity: str


def told_of(session: VaultSession, case_id: UUID, *, nrm: str = "", crime_reference: str = "") -> Told:
    """Everything that could be told of one case; its texts are opened with one query.

    `nrm`, `crime_reference`: what the layer above knows of them. Raises CaseUnknown, NoKey.
    """
    case = case_facts(session, case_id)
    if case is None:
        raise CaseUnknown
    if not session.can_open(case_id):
        raise NoKey  # its coded facts may be counted, never told
    sealed = session.sealed_of_case(case_id)
    single = {
        **_person(session, case, sealed),
        **_coded(session, case, sealed),
        "NRM": nrm,
        "CRIME_REFERENCE": crime_reference or _crime_reference(session, case_id, sealed),
        "STANCE": _stance(session, case_id, sealed),
        "NEEDS": "",
    }
    values = {code: [(code, words)] for code, words in single.items()}
    parts = [part for part in parts_of(session, case_id) if session.can_open(part)]  # files read as one are told as one
    rows = [row for part in parts for row in barriers_of(session, part, sealed)]
    standing = dict.fromkeys(row.code for row in rows if row.status in STANDING and row.code != "NONE")
    values["BARRIER"] = [(f"BARRIER.{code}", label("barrier", code)) for code in standing]
    return Told(case, values, banner_for([row.code for part in parts for row in offences_of(session, part)]))


def banner_for(offences: Collection[str]) -> str:
    """What the paper says of anonymity, from the codes of the recorded offences. Source of the rule: `casework.offences`."""
    return BANNERS.get(anonymity_of(offences).basis, UNKNOWN_BANNER)


def _person(session: VaultSession, case: CaseFacts, sealed: Sealed) -> dict[str, str]:
    person = identity_of(session, case.id, sealed)
    if person is None:
        return dict.fromkeys(("NAME_USED", "FULL_NAME", "DATE_OF_BIRTH"), "")
    return {
        "NAME_USED": person.shown_name,
        "FULL_NAME": f"{person.given_names} {person.family_name}".strip(),
        "DATE_OF_BIRTH": day_text(person.born_on) if person.born_on else "",
    }


def _coded(session: VaultSession, case: CaseFacts, sealed: Sealed) -> dict[str, str]:
    plan = plan_of(session, case.id, sealed)
    nations = [label("nationality", code) for code in (case.nationality, case.nationality2) if code and code not in UNKNOWN]
    kinds = dict.fromkeys(label("exploitation_type", row.type) for row in exploitation_of(session, case.id, sealed) if row.type not in UNKNOWN)
    return {
        "AGE_BAND": _known("age_band", case.age_band),
        "SEX": _known("gender", case.gender),
        "LANGUAGE": _language(case, plan),
        "RISK": _known("risk_level", case.risk),
        "SAFE_CONTACT": _safe_contact(plan, standing_suspensions(session, [case.id]).get(case.id, ())),
        "NATIONALITY": "; ".join(nations),
        "EXPLOITATION": "; ".join(kinds),
    }


def _known(name: str, code: str | None) -> str:
    return "" if code is None or code in UNKNOWN else label(name, code)


def _language(case: CaseFacts, plan: Plan | None) -> str:
    wants = {"YES": "interpreter needed", "NO": "no interpreter needed"}.get(case.interpreter, "")
    wanted = interpreter_words(plan) if plan and case.interpreter != "NO" else ""
    return "; ".join(filter(None, (language_label(case.language) if case.language else "", wants, wanted)))


def _safe_contact(plan: Plan | None, suspended: tuple[Suspended, ...]) -> str:
    """How the partner may reach the person, what is suspended now, and who must not know. Never the number, the code words or the cover story."""
    stopped = "; ".join(f"{channel_plural(one.channel)}: suspended since {day_text(day_of(one.at))}, do not use before we say so" for one in suspended)
    if plan is None:
        return stopped
    hours = "; ".join(_hours(row) for row in plan.hours if row.channel not in {one.channel for one in suspended})
    secret = f"Must not know: {plan.must_not_know}" if plan.must_not_know else ""
    return ". ".join(text.strip().rstrip(".") for text in (stopped, plan.summary, hours, secret) if text.strip())


def _hours(row: SafeHours) -> str:
    """One line of the plan, such as "Text message: safe, Mon to Fri, 10:00 to 15:00"."""
    how = {"YES": "safe", "NO": "never", "ASK": "ask first"}.get(row.is_safe, "ask first")  # of an older list: to ask is never wrong
    always = row.from_minute == 0 and row.to_minute == WHOLE_DAY
    hours = "" if always else f"{_clock(row.from_minute)} to {_clock(row.to_minute)}"
    days = "" if row.weekdays == EVERY_DAY else _days(row.weekdays)
    message = "a message may be left" if row.may_leave_message and row.is_safe != NO else ""
    return f"{label('contact_channel', row.channel)}: " + ", ".join(filter(None, (how, days, hours, message)))


def _days(mask: int) -> str:
    names = [name for bit, name in enumerate(WEEKDAYS) if mask >> bit & 1]
    together = mask & 0b11111 == mask and len(names) == 5
    return "Mon to Fri" if together else ", ".join(names)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _crime_reference(session: VaultSession, case_id: UUID, sealed: Sealed) -> str:
    return "; ".join(row.value for row in other_references_of(session, case_id, sealed) if row.system == "CRIME" and row.value)


def _stance(session: VaultSession, case_id: UUID, sealed: Sealed) -> str:
    history = stances_of(session, case_id, sealed)
    return f"{label('stance', history[0].code)} ({day_text(history[0].on)})" if history else ""
