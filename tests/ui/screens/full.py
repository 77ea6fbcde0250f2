"""A case with one record of every kind, for tests that walk through all of a case: its boxes, its lists, its codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.ui.screens.given import TODAY, at, person
from tests.ui.screens.referred import referred
from victimcare.casework.appointments import record_appointment
from victimcare.casework.approvals import ask_approval
from victimcare.casework.barriers import record_barrier
from victimcare.casework.case_links import link_cases
from victimcare.casework.contact_points import contact_points
from victimcare.casework.contacts import log_contact
from victimcare.casework.deadlines import meet_deadline, record_deadline
from victimcare.casework.documents import add_document
from victimcare.casework.exploitation import record_exploitation
from victimcare.casework.merging import merge
from victimcare.casework.mitigations import record_mitigation
from victimcare.casework.offences import record_offence
from victimcare.casework.offered_support import record_offer
from victimcare.casework.people_around import add_number, add_person_around
from victimcare.casework.retention import review_retention
from victimcare.casework.risk import review_risk
from victimcare.casework.safeguarding import ask_safeguarding
from victimcare.casework.stance import record_stance
from victimcare.casework.suspensions import suspensions_of
from victimcare.casework.tasks import add_task
from victimcare.justice.nrm import record_nrm
from victimcare.justice.special_measures import record_measure
from victimcare.referrals.partners import first_partners, partner_ids
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault


@dataclass
class Full:
    """`case_id`, and by form the row a box of that form is about. `part`: a second file read as part of it; `other`: a third."""

    case_id: UUID
    part: UUID
    other: UUID
    about: dict[str, UUID]

    def form(self, kind: str) -> str:
        return f"{kind} {self.about[kind]}" if kind in self.about else kind


def full_case(vault: Vault) -> Full:
    """Everything that can be recorded, once."""
    with vault.transaction() as session:
        if not partner_ids(session):
            first_partners(session)
        case, part, other = (person(session, name) for name in ("Ana", "Anna", "Bea"))
        session.flush()
        about = _records(session, case, other)
        about["part"] = merge(session, case_id=part, into_case_id=case, why="the same person")
    about["answer"] = referred(vault, case)
    with vault.reading(Reading.case(case)) as session:
        about["channel_review"] = suspensions_of(session, case)[0].id
    with vault.reading(Reading.numbers(case)) as session:
        about["number_end"] = contact_points(session, case)[0].id
    return Full(case, part, other, about)


def _records(session: Any, case: UUID, other: UUID) -> dict[str, UUID]:
    contact = log_contact(session, case_id=case, at=at(11, 20), channel="PHONE", outcome="UNSAFE_ENDED", said="Met at the library.", view="Tired.")
    record_stance(session, case_id=case, on=TODAY, code="DECLINES", words="not in court")
    barrier = record_barrier(session, case_id=case, code="FAMILY_ABROAD", since=date(2026, 11, 4), words="They know where my mother lives.", review_on=TODAY)
    session.flush()
    mitigation = record_mitigation(session, case_id=case, code="OVERSEAS_SAFEGUARD", on=TODAY, status="ASKED", barrier_ids=[barrier])
    request = ask_safeguarding(session, mitigation_id=mitigation, country="AL", asked_on=date(2026, 11, 20), asked_by="NCA", asked_whom="the embassy")
    session.flush()
    review_risk(session, case_id=case, on=TODAY, level="HIGH", types=("SELF_HARM",), review_on=TODAY + timedelta(days=7), words="A car outside.")
    record_exploitation(session, case_id=case, type="SEXUAL")
    record_offence(session, case_id=case, code="MSA_S2")
    offer = record_offer(session, case_id=case, on=TODAY, code="TRAVEL", response="ACCEPT", regardless="YES", detail="A bus pass.", agency="", value_pence=1250)
    deadline = record_deadline(session, case_id=case, rule="VC_ARREST", event_on=date(2026, 11, 23))
    told = record_deadline(session, case_id=case, rule="VC_CHARGE", event_on=date(2026, 11, 23))
    session.flush()
    meet_deadline(session, deadline_id=told, on=TODAY, channel="PHONE", language="sq", understood="YES", told="He was charged.")
    appointment = record_appointment(
        session, case_id=case, at=at(11, 23), kind="ROUTINE", minutes=30, interpreter="TO_BOOK", language="sq", place="the library"
    )
    task = add_task(session, case_id=case, what="ask the council", due_on=TODAY)
    around = add_person_around(session, case_id=case, role="SOLICITOR", name="Mr Osei", language="en", gender="MALE")
    session.flush()
    add_number(session, person_id=around, kind="PHONE", value="020 7946 0000")
    link = link_cases(session, case_id=case, other_case_id=other, kind="FAMILY", must_not_know=True)
    record_nrm(session, case_id=case, stage="REFERRED", on=date(2026, 11, 10), authority="SCA")
    record_nrm(session, case_id=other, stage="DTN_SENT", on=date(2026, 11, 10))
    record_measure(session, case_id=case, measure="S23", status="DISCUSSED", on=TODAY, words="a screen")
    document = add_document(session, case_id=case, name="letter.txt", size=5, chunks=[b"hello"])
    approval = ask_approval(session, case_id=case, kind="RESTRICT", why="a colleague knows the family")
    review_retention(session, case_id=case, category="NGO_SUPPORT", hold=True, review_on=None, why="under way")
    return {
        "correct": contact, "withdraw": contact, "sensitivity": document, "barrier_step": barrier, "safeguarding": mitigation, "safeguarding_answer": request,
        "deadline": deadline, "deadline_off": deadline, "appointment_outcome": appointment, "appointment": appointment, "task_step": task, "around": around,
        "link_step": link, "decide": approval, "offer": offer,
    }  # fmt: skip
