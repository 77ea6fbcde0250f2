"""One case of the example worked as an officer would: found, spoken to, a barrier answered, referred, and the statement printed.

This is what `victimcare demo` does where there is no display: the program's main job, through the same actions as the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from victimcare.casework.barriers import record_barrier
from victimcare.casework.case_list import CaseFilter, case_list
from victimcare.casework.case_row import CaseRow
from victimcare.casework.contacts import log_contact
from victimcare.casework.mitigations import record_mitigation, suggestions
from victimcare.casework.safe_contact import record_plan
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.search import SearchIndex
from victimcare.casework.workers import my_worker
from victimcare.reference.periods import parse_period
from victimcare.referrals.consent import record_consent
from victimcare.referrals.form import referral_form
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.referrals import frozen_copy, preview, send_printed
from victimcare.referrals.sharing import Asked, scope
from victimcare.store.reading import Reading
from victimcare.store.session import VaultSession
from victimcare.store.vault import Vault
from victimcare.summaries.release_files import release_statement

REPORT, PERIOD = "santa-marta", "2017-01-01..2017-10-31"
_BARRIER, _HOUSE = "FAMILY_ABROAD", "CBH"
_WORKDAY = SafeHours("PHONE", "YES", weekdays=0b0011111, from_minute=10 * 60, to_minute=15 * 60)
_GROWN_UP = ("21_24", "25_34", "35_44")


@dataclass(frozen=True, slots=True)
class Worked:
    """What was made. `typed`: the half name that found the person; `files`: the form and the statement."""

    reference: str
    typed: str
    mitigation: str
    files: tuple[Path, ...]


def work_a_case(vault: Vault, papers: Path) -> Worked:
    """Work the newest suitable case of the register and write the form and the statement into `papers`."""
    with vault.reading(Reading.names()) as session:
        index = SearchIndex.build(session)
        person = _somebody(case_list(session, CaseFilter(status="OPEN"), order="received_on", descending=True), vault.member.name)
    name = index.named([person.id])[person.id]
    typed = name[: max(3, len(name) // 2)]
    found = {hit.case_id for hit in index.find(typed, limit=len(index))}
    if person.id not in found:
        raise LookupError("the search does not find the person by half a name")
    with vault.transaction("example case worked") as session:
        mitigation = _spoken_to(session, person.id)
        referral = _referred(session, person.id)
    with vault.reading(Reading.printed(person.id)) as session:
        form = referral_form(frozen_copy(session, referral))
    papers.mkdir(parents=True, exist_ok=True)
    paper = papers / f"{person.reference}-referral.pdf"
    paper.write_bytes(form)
    statement = release_statement(vault, REPORT, papers, period=parse_period(PERIOD))
    return Worked(person.reference, typed, mitigation, (paper, *statement.paths))


def _somebody(rows: tuple[CaseRow, ...], worker: str) -> CaseRow:
    """The newest open case of `worker` that is of a woman of full age: whom Bakhita House takes."""
    return next(row for row in rows if row.worker == worker and row.gender == "FEMALE" and row.age_band in _GROWN_UP)


def _spoken_to(session: VaultSession, case_id: UUID) -> str:
    """Agree a plan, log the talk, record what stands in the way and what is done about it. Returns the mitigation's code."""
    record_plan(
        session, case_id=case_id, hours=(_WORKDAY,), checked_on=session.today,
        summary="Call, number withheld, weekdays 10:00 to 15:00. No texts, no letters.", code_word="dentist",
    )  # fmt: skip
    log_contact(
        session, case_id=case_id, at=session.now, channel="PHONE", outcome="SPOKEN", kind="CASE_UPDATE", worker_id=my_worker(session),
        said="Told how the case stands. Asked what would help.", own_words="They know where my mother lives.",
    )  # fmt: skip
    barrier = record_barrier(session, case_id=case_id, code=_BARRIER, since=session.today, strength="STRONG", recorded_from="OWN_WORDS")
    mitigation = suggestions(_BARRIER)[0].code
    record_mitigation(session, case_id=case_id, code=mitigation, on=session.today, status="ASKED", barrier_ids=[barrier])
    return mitigation


def _referred(session: VaultSession, case_id: UUID) -> UUID:
    """Record consent and send the printed form to Bakhita House. Returns the referral."""
    house = partner_ids(session)[_HOUSE]
    record_consent(
        session, case_id=case_id, partner_id=house, scope=scope(), form="ORAL_WITNESSED", state="GIVEN", on=session.today,
        told_support_is_not_tied=True,
    )  # fmt: skip
    asked = Asked(case_id, house, services=("SAFE_HOUSE",), wanted_from=session.today, needs="A room; English classes")
    return send_printed(session, asked, seen=preview(session, asked).text)
