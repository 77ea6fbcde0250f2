"""Vaults of any size from a seed, made through the records, and kept in the system's temporary folder for the next run.

A case has what a worked case has: identity, phones, plan, contacts (four on average), barriers, stance, referrals, worker; some have
deadlines, risk reviews, appointments and tasks, a few of them due or late.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.schema import CreateTable

from tests.benchmarks.made_up import Names
from victimcare import records
from victimcare.casework.appointments import Appointment
from victimcare.casework.barriers import Barrier
from victimcare.casework.cases import Case, reference_of
from victimcare.casework.contact_points import ContactPoint
from victimcare.casework.contacts import Contact, is_achieved
from victimcare.casework.deadlines import Deadline, DeadlineOutcome
from victimcare.casework.exploitation import Exploitation
from victimcare.casework.identity import Identity
from victimcare.casework.other_references import OtherReference
from victimcare.casework.risk import RiskReview
from victimcare.casework.safe_contact import SafeChannel, SafeContactPlan
from victimcare.casework.stance import StanceEvent
from victimcare.casework.tasks import Task
from victimcare.casework.workers import Worker
from victimcare.reference.codelists import codelist
from victimcare.referrals.partners import Partner
from victimcare.referrals.referrals import Referral, ReferralEvent, ReferralService
from victimcare.store import kdf
from victimcare.store.bulk import write_new
from victimcare.store.record import Record, Table
from victimcare.store.schema import revisions
from victimcare.store.vault import Vault

SEED = 20261124
USER, PASSPHRASE = "VLO 17", "four grey boats at dusk"
NOW = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
_A_FLUSH, _A_TRANSACTION = 200, 5_000  # cases
_CHEAP = kdf.KdfCost(passes=1, lanes=1, kib=64)


def standing_clock() -> datetime:
    return NOW


@contextmanager
def cheap_keys() -> Iterator[None]:
    """Key derivation in a millisecond, which no measure here is about. What ships refuses such a cost."""
    floor, tuned = kdf.FLOOR, kdf.tuned
    kdf.FLOOR, kdf.tuned = _CHEAP, lambda: _CHEAP
    try:
        yield
    finally:
        kdf.FLOOR, kdf.tuned = floor, tuned


def open_vault(folder: Path) -> Vault:
    return Vault.open(folder, USER, PASSPHRASE, clock=standing_clock)


def cache_folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"victimcare-bench-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def made_vault(cases: int, seed: int = SEED) -> Path:
    """The folder of a vault of `cases` cases, made now unless an earlier run left it. Do not write to it: copy it."""
    target = cache_folder() / f"{cases}-{seed}-{_schema()}"
    if not (target / "header.json").exists():
        half = target.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        vault, _ = records.make_vault(half, name="Benchmark", user=USER, passphrase=PASSPHRASE, clock=standing_clock)
        try:
            _fill(vault, cases, Random(seed))
            vault.store.checkpoint()
        finally:
            vault.close()
        half.rename(target)
    return target


def copy_of(folder: Path, into: Path) -> Path:
    """A vault of one's own to write to."""
    return Path(shutil.copytree(folder, into / folder.name, ignore=shutil.ignore_patterns("*-wal", "*-shm")))


def _schema() -> str:
    """What a vault made here depends on: the tables with their indexes, and this module."""
    tables = "".join(str(CreateTable(table)) + "".join(sorted(str(index.name) for index in table.indexes)) for table in Table.metadata.sorted_tables)
    return hashlib.sha256(tables.encode() + "".join(revisions()).encode() + Path(__file__).read_bytes()).hexdigest()[:12]


def _fill(vault: Vault, cases: int, random: Random) -> None:
    with vault.transaction("workers") as session:
        workers = [Worker(name=f"VLO {100 + number}", member_id=vault.member.id if number == 0 else None) for number in range(max(4, min(60, cases // 100)))]
        session.add_all(workers)
        partners = list(session.scalars(select(Partner.id)))
    maker = _Maker(random, [worker.id for worker in workers], partners)
    for start in range(0, cases, _A_TRANSACTION):
        with vault.transaction("benchmark") as session:
            for first in range(start, min(start + _A_TRANSACTION, cases), _A_FLUSH):
                write_new(session, (record for number in range(first, min(first + _A_FLUSH, cases)) for record in maker.case(number)))


class _Maker:
    """Makes the records of one case after another."""

    def __init__(self, random: Random, workers: list[UUID], partners: list[UUID]) -> None:
        self._random, self._workers, self._partners = random, workers, partners
        self._names = Names(random)
        self._codes: dict[str, tuple[str, ...]] = {}

    def case(self, number: int) -> Iterator[Record]:
        random, received = self._random, self._day(365 * 6)
        given, family, country = self._names.person()
        case = Case(
            reference=reference_of(2020 + number % 7, number // 7 + 1),
            received_on=received,
            source=self._code("case_source"),
            worker_id=random.choice(self._workers),
            status="OPEN" if random.random() < 0.6 else "CLOSED",
            gender=self._code("gender"),
            age_band=self._code("age_band"),
            nationality=country,
        )
        yield case
        texts = {
            "name_used": f"{given} {family}",
            "given_names": given,
            "family_name": family,
            "date_of_birth": self._day(365 * 45, 365 * 18).isoformat(),
        }
        if random.random() < 0.2:
            texts["aliases"] = f'["{self._names.person()[1]}"]'
        yield _sealed(Identity(case_id=case.id), **texts)
        yield _sealed(OtherReference(case_id=case.id, system="OFFICE"), value=f"MSKU/{received.year}/{number:06}")
        for _ in range(random.choice((1, 1, 2))):
            yield _sealed(ContactPoint(case_id=case.id, kind="PHONE"), value=self._names.phone())
        yield Exploitation(case_id=case.id, type=self._code("exploitation_type"))
        yield from self._plan(case)
        yield from self._contacts(case)
        yield from self._support(case)
        yield from self._daily(case)

    def _plan(self, case: Case) -> Iterator[Record]:
        plan = _sealed(
            SafeContactPlan(case_id=case.id, checked_on=self._day(400)),
            summary="Evenings only; the neighbour must not hear.",
            code_word="harbour",
        )
        yield plan
        for channel in ("PHONE", "TEXT"):
            yield SafeChannel(
                case_id=case.id,
                plan_id=plan.id,
                channel=channel,
                is_safe=self._random.choice(("YES", "NO", "ASK")),
                from_minute=18 * 60,
                to_minute=21 * 60,
            )

    def _contacts(self, case: Case) -> Iterator[Record]:
        for _ in range(self._random.randint(1, 7)):
            day = self._day(700)
            outcome = self._random.choice(("SPOKEN", "SPOKEN", "NO_ANSWER", "MESSAGE_SAFE"))
            contact = Contact(
                case_id=case.id,
                at=datetime.combine(day, time(9 + self._random.randrange(9), self._random.randrange(60)), tzinfo=UTC),
                channel=self._random.choice(("PHONE", "TEXT", "IN_PERSON")),
                direction="OUTBOUND",
                kind=self._code("engagement_kind"),
                outcome=outcome,
                is_achieved=is_achieved(outcome, "VICTIM"),
                worker_id=case.worker_id,
                next_on=day + timedelta(days=self._random.randint(7, 90)) if self._random.random() < 0.5 else None,
            )
            yield _sealed(contact, said="GP registered, next appointment in two weeks." if self._random.random() < 0.6 else "")

    def _support(self, case: Case) -> Iterator[Record]:
        random = self._random
        for code in random.sample(self._all("barrier")[:-1], random.choice((0, 1, 1, 2, 3))):
            yield Barrier(case_id=case.id, code=code, since=case.received_on, status=random.choice(("OPEN", "OPEN", "MITIGATING", "RESOLVED")))
        yield StanceEvent(case_id=case.id, on=case.received_on, code=self._code("stance"))
        if random.random() < 0.5:
            sent = self._day(500)
            status = random.choice(("SENT", "ACCEPTED", "DECLINED", "STARTED", "ENDED_PLANNED"))
            referral = Referral(
                case_id=case.id,
                partner_id=random.choice(self._partners),
                number=1,
                status=status,
                sent_on=sent,
                sent_how="PRINTED",
                answer_by=sent + timedelta(days=7),
            )
            yield referral
            yield ReferralService(case_id=case.id, referral_id=referral.id, service="SAFE_HOUSE")
            yield ReferralEvent(case_id=case.id, referral_id=referral.id, on=sent, status="SENT")

    def _daily(self, case: Case) -> Iterator[Record]:
        """Deadlines, risk reviews, appointments and tasks: most long settled, a few to come, and the few that are due or late."""
        random = self._random
        if random.random() < 0.4:
            due = self._day(500, -10)
            deadline = Deadline(
                case_id=case.id,
                rule=random.choice(("VC_ARREST", "VC_CHARGE", "VC_BAIL")),
                event_on=due - timedelta(days=2),
                is_enhanced=True,
                due_on=due,
                worker_id=case.worker_id,
            )
            yield deadline
            if due < NOW.date() - timedelta(days=5) and random.random() < 0.97:
                yield DeadlineOutcome(case_id=case.id, deadline_id=deadline.id, on=due, result="MET", channel="PHONE", understood="YES")
        if random.random() < 0.5:
            on = self._day(180)
            yield RiskReview(case_id=case.id, on=on, level=self._code("risk_level"), worker_id=case.worker_id, review_on=on + timedelta(days=90))
        if random.random() < 0.3:
            day = self._day(300, -20)
            is_past = day < NOW.date() and random.random() < 0.98
            at = datetime.combine(day, time(9 + random.randrange(8)), tzinfo=UTC)
            yield Appointment(case_id=case.id, at=at, kind="ROUTINE", worker_id=case.worker_id, status="KEPT" if is_past else "PLANNED")
        if random.random() < 0.2:
            day = self._day(200, -20)
            is_done = day < NOW.date() and random.random() < 0.95
            yield _sealed(
                Task(case_id=case.id, worker_id=None, due_on=day, status="DONE" if is_done else "OPEN", done_on=day if is_done else None),
                what="Ask the council",
            )

    def _day(self, span: int, least: int = 0) -> date:
        return NOW.date() - timedelta(days=least + self._random.randrange(1, span))

    def _all(self, name: str) -> tuple[str, ...]:
        if name not in self._codes:
            self._codes[name] = codelist(name).codes
        return self._codes[name]

    def _code(self, name: str) -> str:
        return self._random.choice(self._all(name))


def _sealed(record: Any, **texts: str) -> Any:
    for name, text in texts.items():
        if text:
            setattr(record, name, text)
    return record
