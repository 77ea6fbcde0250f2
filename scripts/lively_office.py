"""An office at work, for pictures: the example register, and some made-up people whose cases are under way today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from scripts.lively_day import make_day
from victimcare.casework.appointments import record_appointment
from victimcare.casework.barriers import change_barrier, record_barrier
from victimcare.casework.case_links import link_cases
from victimcare.casework.contacts import log_contact
from victimcare.casework.deadlines import meet_deadline, record_deadline
from victimcare.casework.documents import add_document
from victimcare.casework.exploitation import record_exploitation
from victimcare.casework.mitigations import record_mitigation
from victimcare.casework.new_person import new_case
from victimcare.casework.offences import record_offence
from victimcare.casework.offered_support import record_offer
from victimcare.casework.people_around import add_person_around
from victimcare.casework.risk import review_risk
from victimcare.casework.safe_contact import record_plan
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.stance import record_stance
from victimcare.casework.tasks import add_task
from victimcare.casework.workers import my_worker
from victimcare.example.vault import make_example
from victimcare.justice.nrm import record_nrm
from victimcare.referrals.consent import record_consent
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.referrals import preview, record_answer, send_printed
from victimcare.referrals.sharing import Asked, scope
from victimcare.store.session import VaultSession
from victimcare.store.vault import Vault

NOW = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
TEXT_BEFORE_FOUR = SafeHours("TEXT", "YES", from_minute=9 * 60, to_minute=16 * 60)
NEVER_CALL = SafeHours("PHONE", "NO")
WORKDAY_CALLS = SafeHours("PHONE", "YES", weekdays=0b0011111, from_minute=10 * 60, to_minute=17 * 60 + 30)


LETTER = b"Your reasonable grounds decision is positive. Support goes on while the next decision is made.\n"
LETTER_SIZE = len(LETTER)


class Clock:
    """A clock the story moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Somebody:
    """A made-up person of the story."""

    name: str
    family: str
    gender: str
    nationality: str
    language: str
    age_band: str
    exploitation: tuple[str, ...]
    received: date
    hours: tuple[SafeHours, ...]
    summary: str
    checked_days_ago: int
    reached_days_ago: int
    written: str = ""


PEOPLE = (
    Somebody(
        "Ana",
        "Munteanu",
        "FEMALE",
        "RO",
        "ro",
        "25_34",
        ("SEXUAL", "DOMESTIC"),
        date(2026, 3, 3),
        (TEXT_BEFORE_FOUR, NEVER_CALL),
        "Text only, before 16:00. Never call.",
        6,
        0,
    ),
    Somebody(
        "Merita",
        "Hoxha",
        "FEMALE",
        "AL",
        "sq",
        "25_34",
        ("SEXUAL",),
        date(2026, 9, 14),
        (WORKDAY_CALLS,),
        "Call, number withheld, weekdays 10:00 to 17:30. No texts, no letters.",
        9,
        21,
    ),
    Somebody(
        "Thảo",
        "Lê Thị",
        "FEMALE",
        "VN",
        "vi",
        "18_20",
        ("LABOUR", "SEXUAL"),
        date(2026, 6, 2),
        (WORKDAY_CALLS, TEXT_BEFORE_FOUR),
        "Call or text, number withheld, in the day.",
        12,
        25,
    ),
    Somebody(
        "نور",
        "",
        "FEMALE",
        "SD",
        "ar",
        "21_24",
        ("DOMESTIC",),
        date(2026, 2, 9),
        (WORKDAY_CALLS, TEXT_BEFORE_FOUR),
        "Call or text in the day. Say you are from the clinic.",
        20,
        29,
        "Nur",
    ),
    Somebody(
        "Богдан",
        "Ісаєвич",
        "MALE",
        "UA",
        "uk",
        "45_54",
        ("LABOUR",),
        date(2026, 5, 20),
        (WORKDAY_CALLS,),
        "Call in the day, ask for Bogdan.",
        15,
        22,
    ),
    Somebody(
        "ሰላም",
        "ተስፋይ",
        "FEMALE",
        "ER",
        "ti",
        "21_24",
        ("SEXUAL", "LABOUR"),
        date(2026, 7, 1),
        (TEXT_BEFORE_FOUR,),
        "Text only.",
        3,
        26,
        "Selam Tesfay",
    ),
    Somebody("Rareș", "Eftimie", "MALE", "RO", "ro", "35_44", ("LABOUR",), date(2026, 1, 12), (WORKDAY_CALLS,), "Call after 10:00.", 31, 27),
    Somebody("Żaneta", "Żołnierczyk", "FEMALE", "PL", "pl", "45_54", ("LABOUR",), date(2025, 11, 3), (WORKDAY_CALLS,), "Call in the day.", 10, 24),
    Somebody(
        "Favour",
        "Okafor",
        "FEMALE",
        "NG",
        "en",
        "21_24",
        ("SEXUAL",),
        date(2026, 8, 17),
        (WORKDAY_CALLS,),
        "Call in the day, number withheld.",
        5,
        4,
    ),
    Somebody(
        "Gintarė",
        "Kazlauskaitė",
        "FEMALE",
        "LT",
        "lt",
        "35_44",
        ("LABOUR",),
        date(2026, 4, 27),
        (WORKDAY_CALLS,),
        "Call in the day.",
        8,
        20,
    ),
)


def make_office(folder: Path) -> tuple[Vault, UUID]:
    """The vault, open, and the case of Ana, on whom most was recorded."""
    clock = Clock()
    vault = make_example(folder, clock=clock)
    cases = {}
    for somebody in PEOPLE:
        # Each is written on the day it happened, so that what the audit and the stream say agrees.
        clock.now = NOW - timedelta(days=60)
        with vault.transaction("case opened") as session:
            cases[somebody.name] = _opened(session, somebody)
        _talked(vault, clock, cases[somebody.name], somebody)
    _story_of_ana(vault, clock, cases["Ana"])
    _around_ana(vault, clock, cases["Ana"], cases["Favour"])
    _answered_by_another(vault, clock, cases["Thảo"])
    _referred(vault, clock, cases["Merita"], days_ago=4)
    _referred(vault, clock, cases["Gintarė"], days_ago=9, status="INFO_REQUESTED")
    _tried(vault, clock, cases["نور"])
    make_day(vault, clock, NOW, cases)
    return vault, cases["Ana"]


def _at(clock: Clock, days_ago: float, hour: int, minute: int = 0) -> datetime:
    clock.now = (NOW - timedelta(days=days_ago)).replace(hour=hour, minute=minute)
    return clock.now


def _opened(session: VaultSession, somebody: Somebody) -> UUID:
    case = new_case(
        session, received_on=min(somebody.received, session.today), source="NGO", name_used=somebody.name, family_name=somebody.family,
        name_as_we_write_it=somebody.written, language=somebody.language, hours=(SafeHours("PHONE", "ASK"),), phone="07700 900107", worker_id=my_worker(session), gender=somebody.gender,
        nationality=somebody.nationality, age_band=somebody.age_band, age_group="ADULT", borough="BARNET", interpreter="YES",
    )  # fmt: skip
    for type_ in somebody.exploitation:
        record_exploitation(session, case_id=case, type=type_)
    record_barrier(session, case_id=case, code="DISTRUST_POLICE", since=session.today, strength="SOME")
    return case


def _talked(vault: Vault, clock: Clock, case: UUID, somebody: Somebody) -> None:
    _at(clock, somebody.checked_days_ago, 11, 30)
    with vault.transaction() as session:
        record_plan(
            session, case_id=case, hours=somebody.hours, checked_on=session.today, summary=somebody.summary, must_not_know="Her brother" if somebody.name == "Ana" else "",
            code_word="dentist" if somebody.name == "Ana" else "", cover_story="It is the surgery about an appointment." if somebody.name == "Ana" else "",
        )  # fmt: skip
    at = _at(clock, somebody.reached_days_ago, 9, 42)
    channel = "TEXT" if somebody.hours[0].channel == "TEXT" else "PHONE"
    with vault.transaction() as session:
        next_on = (NOW + timedelta(days=0 if somebody.name in ("Ana", "Thảo") else 3)).date()
        log_contact(
            session, case_id=case, at=at, channel=channel, outcome="SPOKEN", kind="CASE_UPDATE", worker_id=my_worker(session), next_on=next_on,
            said="Is Thursday at 10:00 all right?", own_words="Yes. Not the front door.", next_step="Confirm Thursday 10:00",
        )  # fmt: skip


def _around_ana(vault: Vault, clock: Clock, case: UUID, other: UUID) -> None:
    """Who is around her, what was offered, what is planned."""
    _at(clock, 3, 12)
    with vault.transaction() as session:
        add_person_around(session, case_id=case, role="SOLICITOR", name="Ms Osei", may_be_told="Everything about the NRM")
        add_person_around(session, case_id=case, role="DANGEROUS", name="Her brother", must_not_be_told="Where she is, that she speaks to us")
        link_cases(session, case_id=case, other_case_id=other, kind="SAME_HOUSE", must_not_know=True)
        review_risk(
            session, case_id=case, on=session.today, level="HIGH", review_on=NOW.date() + timedelta(days=4), words="He asked a neighbour where she lives."
        )
        record_offer(
            session, case_id=case, on=session.today, code="TRAVEL", response="ACCEPT", regardless="YES", detail="A bus pass for a month", value_pence=9500
        )
        add_document(session, case_id=case, name="letter from the Home Office.txt", size=LETTER_SIZE, chunks=[LETTER])
        at, me = NOW.replace(hour=15, minute=30), my_worker(session)
        record_appointment(
            session, case_id=case, at=at, kind="SPECIAL_MEASURES", minutes=45, worker_id=me, interpreter="BOOKED", language="ro", place="Room 2, the library",
        )  # fmt: skip
        add_task(session, case_id=case, what="Ask the council about the room", due_on=NOW.date(), worker_id=me)


def _answered_by_another(vault: Vault, clock: Clock, case: UUID) -> None:
    at = _at(clock, 1, 10, 20)
    with vault.transaction() as session:
        log_contact(session, case_id=case, at=at, channel="PHONE", outcome="WRONG_PERSON", worker_id=my_worker(session))


def _tried(vault: Vault, clock: Clock, case: UUID) -> None:
    for days_ago, channel in ((20, "PHONE"), (14, "TEXT"), (8, "PHONE"), (3, "TEXT")):
        at = _at(clock, days_ago, 11)
        with vault.transaction() as session:
            log_contact(session, case_id=case, at=at, channel=channel, outcome="NO_ANSWER", worker_id=my_worker(session))


def _referred(vault: Vault, clock: Clock, case: UUID, *, days_ago: int, status: str = "") -> None:
    _at(clock, days_ago, 15, 5)
    with vault.transaction() as session:
        house = partner_ids(session)["CBH"]
        record_consent(
            session, case_id=case, partner_id=house, scope=scope(), form="ORAL_THROUGH_INTERPRETER", state="GIVEN", on=session.today,
            told_support_is_not_tied=True, interpreter="YES", language="sq",
        )  # fmt: skip
        asked = Asked(
            case,
            house,
            services=("SAFE_HOUSE", "THERAPY"),
            wanted_from=date(2026, 11, 30),
            needs="A room; counselling in her language",
            risk="High. Not safe where she is staying.",
        )
        referral = send_printed(session, asked, seen=preview(session, asked).text)
    if status:
        _at(clock, days_ago - 2, 16, 20)
        with vault.transaction() as session:
            record_answer(session, referral_id=referral, status=status, on=session.today, words="A room may be free from Mon 30 Nov.")


def _story_of_ana(vault: Vault, clock: Clock, case: UUID) -> None:
    _at(clock, 22, 9, 30)
    with vault.transaction() as session:
        abroad = record_barrier(
            session,
            case_id=case,
            code="FAMILY_ABROAD",
            since=session.today,
            strength="STRONG",
            recorded_from="OWN_WORDS",
            words="They know where my mother lives.",
        )
        record_mitigation(
            session,
            case_id=case,
            code="OVERSEAS_SAFEGUARD",
            on=session.today,
            status="ASKED",
            barrier_ids=[abroad],
            detail="Through the liaison officer in Bucharest. No answer yet.",
        )
        record_offence(session, case_id=case, code="MSA_S2")
        record_nrm(session, case_id=case, stage="RG_POSITIVE", on=date(2026, 3, 12))
        record_stance(session, case_id=case, on=session.today, code="NOT_DISCUSSED")
    _at(clock, 21, 10, 15)
    with vault.transaction() as session:
        record_stance(session, case_id=case, on=session.today, code="UNDECIDED", words="Ask me again when my mother has moved.")
        found = record_barrier(session, case_id=case, code="FAMILY_FIND_OUT", since=session.today, strength="STRONG")
        court = record_barrier(session, case_id=case, code="COURT_FEAR", since=session.today, strength="SOME")
    at = _at(clock, 15, 14, 10)
    with vault.transaction() as session:
        log_contact(session, case_id=case, at=at, channel="TEXT", outcome="NO_ANSWER", worker_id=my_worker(session))
    at = _at(clock, 8, 11, 5)
    with vault.transaction() as session:
        log_contact(
            session, case_id=case, at=at, channel="IN_PERSON", outcome="SPOKEN", kind="SPECIAL_MEASURES", minutes=40, interpreter="YES", worker_id=my_worker(session),
            said="Charge decided. Screens, evidence in private explained.", own_words="I want it finished before he comes in January.", view="Tired, followed all of it. Asked for water twice.",
        )  # fmt: skip
        record_mitigation(
            session,
            case_id=case,
            code="SPECIAL_MEASURES",
            on=session.today,
            status="OFFERED",
            barrier_ids=[court],
            detail="Screens offered.",
        )
        record_mitigation(
            session,
            case_id=case,
            code="AUTO_ANONYMITY",
            on=session.today,
            status="IN_PLACE",
            barrier_ids=[found],
            detail="Anonymity for life explained.",
        )
        change_barrier(session, barrier_id=found, version=1, on=session.today, status="MITIGATING")
    _at(clock, 7, 16, 20)
    with vault.transaction() as session:
        arrest = record_deadline(session, case_id=case, rule="VC_ARREST", event_on=session.today)
    _at(clock, 6, 10, 5)
    with vault.transaction() as session:
        meet_deadline(
            session, deadline_id=arrest, on=session.today, channel="TEXT", language="ro", understood="YES", told="A man was arrested. He does not know that she spoke.",
            understood_words="Asked whether he can ring her.",
        )  # fmt: skip
    _at(clock, 5, 17)
    with vault.transaction() as session:
        record_deadline(session, case_id=case, rule="VC_CHARGE", event_on=session.today)
    _referred(vault, clock, case, days_ago=4, status="ASSESSING")
