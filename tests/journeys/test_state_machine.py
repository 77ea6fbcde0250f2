"""Any life of a few cases: whatever two workers do in whatever order, nothing is lost, what is so now is right, and the audit is whole.

What was recorded is kept a second time in plain Python, and found again in the vault after each step. `VICTIMCARE_LONG=1` runs more and
longer lives (an hour).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

import victimcare.records
from tests.conftest import PASSPHRASE, StandingClock
from tests.store.raw import raw
from tests.store.test_people import CASEWORKER, OWN, joined
from victimcare.casework.appointments import appointments_of, move_appointment, record_appointment, settle_appointment
from victimcare.casework.barriers import barriers_of, change_barrier, record_barrier
from victimcare.casework.case_now import STANDING, CaseNow, case_now_differences
from victimcare.casework.cases import case_facts, change_facts, close_case, hand_over, open_case, reopen_case
from victimcare.casework.contacts import contacts_of, correct_contact, log_contact
from victimcare.casework.dates import DateRefused
from victimcare.casework.deadlines import deadlines_of, meet_deadline, record_deadline, set_not_applicable
from victimcare.casework.documents import add_document, documents_of, open_document
from victimcare.casework.identity import record_identity
from victimcare.casework.merging import MergeRefused, end_merge, merge, merges_of
from victimcare.casework.mitigation_changes import change_mitigation, mitigation_changes_of
from victimcare.casework.mitigations import mitigations_of, record_mitigation
from victimcare.casework.offered_support import offers_of, record_offer
from victimcare.casework.risk import review_risk, risk_reviews_of
from victimcare.casework.safe_contact import record_plan
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.stance import record_stance, stances_of
from victimcare.casework.tasks import add_task, change_task, settle_task, tasks_of
from victimcare.casework.workers import my_worker
from victimcare.reference.codelists import codelist
from victimcare.referrals.consent import Consent, record_consent, withdraw_consent
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.referrals import DECLINED, SENT, Referral, next_statuses, preview, record_answer, send_printed
from victimcare.referrals.sharing import Asked
from victimcare.store import people
from victimcare.store.erase import erase_case
from victimcare.store.errors import Conflict, NoKey
from victimcare.store.reading import Reading
from victimcare.store.record import Table
from victimcare.store.restrict import lift_restriction, restrict
from victimcare.store.vault import Vault
from victimcare.store.verify import verify
from victimcare.store.withdrawn import TAKEN_BACK, withdraw

IS_LONG = bool(os.environ.get("VICTIMCARE_LONG"))
START = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
STATES = codelist("barrier.status").codes
WORDS = ("She is afraid of them.", "خافت من العودة", "e\u0301a\u0323 n\u0303", "one\ntwo", "\u202egnirts\u202c", "👩\u200d👧 is well", "O'Neill; DROP TABLE")
EARLIER = st.integers(0, 40)
WHICH = st.integers(0, 1_000)


@dataclass
class Row:
    """What was recorded in one row, by our own account."""

    case: UUID
    kind: str
    texts: dict[str, str]
    facts: dict[str, Any] = field(default_factory=dict)
    gone_for: str | None = None

    @property
    def counts(self) -> bool:
        return self.gone_for is None


@dataclass
class File:
    """One case, by our own account."""

    is_open: bool = True
    readers: frozenset[UUID] | None = None  # None: every caseworker
    into: UUID | None = None


class Lives(RuleBasedStateMachine):
    """`template`: a folder with a vault of two members, copied for each run."""

    template: ClassVar[Path]

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=self.template.parent)) / "vault"
        shutil.copytree(self.template, self.folder)
        self.clock = StandingClock(START)
        self.vaults = [self._open(0), self._open(1)]
        self.files: dict[UUID, File] = {}
        self.rows: dict[UUID, Row] = {}
        self.erased: set[UUID] = set()
        self.touched: set[UUID] = set()
        self.number = 0

    def teardown(self) -> None:
        if not hasattr(self, "vaults"):
            return
        try:
            self.touched = set(self.files)
            self.what_was_recorded_is_there()
            for vault in self.vaults:
                found = verify(vault, derived=case_now_differences)
                assert found.findings == []
        finally:
            for vault in self.vaults:
                vault.close()
            shutil.rmtree(self.folder.parent)

    # Opening, closing and who may read

    @rule(which=WHICH, days=EARLIER)
    def open_a_case(self, which: int, days: int) -> None:
        if len(self.files) >= 4:
            return
        with self._vault(which).transaction() as session:
            case = open_case(session, received_on=self._day(days + 41), source="NGO", unit="MSKU", worker_id=my_worker(session))
            name = self._words()
            who = record_identity(session, case_id=case, name_used=name)
        self.files[case] = File()
        self._keep(who, case, "identity", {"name_used": name})

    @precondition(lambda self: self.files)
    @rule(which=WHICH)
    def close_or_reopen(self, which: int) -> None:
        case, vault = self._case(which)
        why = self._words()
        with vault.transaction() as session:
            if self.files[case].is_open:
                close_case(session, case_id=case, version=self._version(session, case), on=session.today, reason=None, why=why)
            else:
                reopen_case(session, case_id=case, version=self._version(session, case), why=why)
        self.files[case].is_open = not self.files[case].is_open
        self.touched.add(case)

    @precondition(lambda self: self.files)
    @rule(which=WHICH)
    def hand_it_over(self, which: int) -> None:
        case, vault = self._case(which)
        with vault.transaction() as session:
            facts = case_facts(session, case)
            assert facts is not None
            mine = my_worker(session)
            hand_over(session, case_id=case, version=facts.version, worker_id=None if facts.worker_id == mine else mine, why=self._words())
        self.touched.add(case)

    @precondition(lambda self: len(self.files) > 1)
    @rule(which=WHICH)
    def merge_two(self, which: int) -> None:
        case, vault = self._case(which)
        other = self._pick([one for one in self.files if one != case], which // 3)
        fits = self.files[case].into is None and self.files[other].into is None and all(file.into != case for file in self.files.values())
        everybody = frozenset(one.member.id for one in self.vaults)
        fits = fits and (self.files[case].readers or everybody) == (self.files[other].readers or everybody)
        why = self._words()
        try:
            with vault.transaction() as session:
                link = merge(session, case_id=case, into_case_id=other, why=why)
        except MergeRefused:
            assert not fits
            return
        except NoKey:
            assert not self._may_read(vault, other)
            return
        assert fits
        self.files[case].into = other
        self._keep(link, case, "merged", {"why": why}, into=other)
        self.touched.add(other)

    @precondition(lambda self: any(file.into for file in self.files.values()))
    @rule(which=WHICH)
    def end_a_merge(self, which: int) -> None:
        case = self._pick([case for case, file in self.files.items() if file.into], which)
        vault, into = self.vaults[0], self.files[case].into
        assert into is not None
        readable = self._may_read(vault, case) and self._may_read(vault, into)
        try:
            with vault.transaction() as session:
                standing = next(row for row in merges_of(session, case) if row.until_on is None)
                end_merge(session, merged_id=standing.id, version=standing.version, why=self._words())
        except NoKey:
            assert not readable
            return
        self.files[case].into = None
        self.touched |= {case, into}

    @precondition(lambda self: self.files)
    @rule(which=WHICH, who=st.sampled_from(((0,), (0, 1), (1,))))
    def restrict_or_lift(self, which: int, who: tuple[int, ...]) -> None:
        case = self._pick(list(self.files), which)
        supervisor, file = self.vaults[0], self.files[case]
        if not self._may_read(supervisor, case):
            with pytest.raises(NoKey), supervisor.transaction() as session:
                lift_restriction(session, case_id=case, version=self._version(session, case))
            return
        with supervisor.transaction("case restricted", case_id=case) as session:
            if file.readers is None:
                named = frozenset(self.vaults[one].member.id for one in who)
                restrict(session, case_id=case, version=self._version(session, case), members=named)
            else:
                named = None
                lift_restriction(session, case_id=case, version=self._version(session, case))
        file.readers = named
        self.touched.add(case)

    @rule(which=st.integers(0, 1), days=st.integers(0, 9), hours=st.integers(0, 23))
    def time_passes_and_one_locks(self, which: int, days: int, hours: int) -> None:
        self.clock.forward(days=days, hours=hours)
        self.vaults[which].close()
        self.vaults[which] = self._open(which)
        self.touched = set(self.files)

    @precondition(lambda self: len(self.files) > 2)
    @rule(which=WHICH)
    def erase_one(self, which: int) -> None:
        case = self._pick(list(self.files), which)
        self.vaults[1].close()
        erase_case(self.vaults[0], case, reason="REQUESTED")
        self.vaults[1] = self._open(1)
        del self.files[case]
        self.rows = {id: row for id, row in self.rows.items() if case not in (row.case, row.facts.get("into"))}
        for file in self.files.values():
            file.into = None if file.into == case else file.into
        self.erased.add(case)
        self.touched = set(self.files)
        self._has_left_nothing(case)

    # Recording

    @precondition(lambda self: self.files)
    @rule(which=WHICH, days=EARLIER, how=st.sampled_from((("SPOKEN", "VICTIM"), ("NO_ANSWER", "VICTIM"), ("WRONG_PERSON", "OTHER"), ("SPOKEN", "FAMILY"))))
    def log_one_contact(self, which: int, days: int, how: tuple[str, str]) -> None:
        case, vault = self._case(which)
        with vault.transaction() as session:
            self._contact(session, case, days, how)

    @precondition(lambda self: self._of("contact"))
    @rule(which=WHICH, days=EARLIER)
    def correct_one_contact(self, which: int, days: int) -> None:
        corrected = {row.facts["corrects"] for row in self.rows.values() if row.kind == "contact" and row.counts}
        open_ones = [id for id in self._of("contact") if id not in corrected]
        if not open_ones:
            return
        wrong = self._pick(open_ones, which)
        case = self.rows[wrong].case
        vault = self._reader(case, which)
        with vault.transaction() as session:
            self._contact(session, case, days, ("SPOKEN", "VICTIM"), corrects=wrong)

    @precondition(lambda self: self.files)
    @rule(which=WHICH, days=EARLIER, code=st.sampled_from(codelist("prosecution_support_stance").codes))
    def record_a_stance(self, which: int, days: int, code: str) -> None:
        case, vault = self._case(which)
        words, on = self._words(), self._day(days)
        with vault.transaction() as session:
            row = record_stance(session, case_id=case, on=on, code=code, words=words)
        self._keep(row, case, "stance_event", {"words": words}, on=on, code=code)

    @precondition(lambda self: self.files)
    @rule(which=WHICH, days=EARLIER, code=st.sampled_from(("DEBT", "OATH", "COURT_FEAR", "NONE")))
    def record_a_barrier(self, which: int, days: int, code: str) -> None:
        case, vault = self._case(which)
        words = self._words()
        with vault.transaction() as session:
            row = record_barrier(session, case_id=case, code=code, since=self._day(days), words=words)
        self._keep(row, case, "barrier", {"words": words}, code=code, status="OPEN", on=self._day(days))

    @precondition(lambda self: self._of("barrier"))
    @rule(which=WHICH, days=EARLIER, status=st.sampled_from(STATES))
    def step_of_a_barrier(self, which: int, days: int, status: str) -> None:
        id = self._pick(self._of("barrier"), which)
        row, words, on = self.rows[id], self._words(), self._day(days)
        vault, was = self._reader(row.case, which), row.facts["status"]
        fits = (status != "MITIGATING" or was != "RESOLVED") and (status != "RETURNED" or was in ("RESOLVED", "RETURNED"))
        if not fits:
            return
        reason = "CHANGED" if status == "RESOLVED" else None
        try:
            with vault.transaction() as session:
                seen = next(one for one in barriers_of(session, row.case) if one.id == id)
                step = change_barrier(session, barrier_id=id, version=seen.version, on=on, status=status, reason=reason, words=words)
        except DateRefused:
            assert on < row.facts["on"]
            return
        row.facts |= {"on": on, "status": "RETURNED" if status == "OPEN" and was in ("RESOLVED", "RETURNED") else status}
        self._keep(step, row.case, "barrier_change", {"words": words})

    @precondition(lambda self: self._of("barrier"))
    @rule(which=WHICH, days=EARLIER)
    def record_a_mitigation(self, which: int, days: int) -> None:
        barrier = self._pick(self._of("barrier"), which)
        case = self.rows[barrier].case
        detail, on = self._words(), self._day(days)
        with self._reader(case, which).transaction() as session:
            row = record_mitigation(session, case_id=case, code="SAFETY_PLAN", on=on, barrier_ids=[barrier], detail=detail)
        self._keep(row, case, "mitigation", {"detail": detail}, on=on, status="OFFERED")

    @precondition(lambda self: self._of("mitigation"))
    @rule(which=WHICH, days=EARLIER, status=st.sampled_from(codelist("mitigation_status").codes))
    def step_of_a_mitigation(self, which: int, days: int, status: str) -> None:
        id = self._pick(self._of("mitigation"), which)
        row, words, on = self.rows[id], self._words(), self._day(days)
        steps = [one for one in self.rows.values() if one.kind == "mitigation_change" and one.facts["of"] == id and one.counts]
        now = max((one.facts["on"] for one in steps), default=row.facts["on"])
        try:
            with self._reader(row.case, which).transaction() as session:
                seen = next(one for one in mitigations_of(session, row.case) if one.id == id)
                step = change_mitigation(session, mitigation_id=id, version=seen.version, on=on, status=status, words=words)
        except DateRefused:
            assert on < now
            return
        self._keep(step, row.case, "mitigation_change", {"words": words}, of=id, on=on, status=status)

    @precondition(lambda self: self.files)
    @rule(which=WHICH, days=EARLIER, level=st.sampled_from(codelist("risk_level").codes))
    def review_the_risk(self, which: int, days: int, level: str) -> None:
        case, vault = self._case(which)
        words, plan = self._words(), self._words()
        with vault.transaction() as session:
            row = review_risk(session, case_id=case, on=self._day(days), level=level, words=words, plan=plan)
        self._keep(row, case, "risk_review", {"words": words, "plan": plan}, on=self._day(days), level=level)

    @precondition(lambda self: self.files)
    @rule(which=WHICH, days=EARLIER)
    def offer_support(self, which: int, days: int) -> None:
        case, vault = self._case(which)
        detail, code = self._words(), codelist("offered_support").codes[0]
        answer = codelist("contact_outcome.response_to_offer").codes[0]
        with vault.transaction() as session:
            row = record_offer(session, case_id=case, on=self._day(days), code=code, response=answer, regardless="YES", detail=detail)
        self._keep(row, case, "offered_support", {"detail": detail})

    @precondition(lambda self: self.files)
    @rule(which=WHICH, size=st.sampled_from((1, 5, 1_100_000)))
    def keep_a_document(self, which: int, size: int) -> None:
        case, vault = self._case(which)
        name, data = f"letter {self._words()[:40]}.txt".replace("\n", " "), bytes(which % 256 for _ in range(size))
        with vault.transaction() as session:
            row = add_document(session, case_id=case, name=name, size=size, chunks=[data])
        self._keep(row, case, "document", {}, data=data)

    @precondition(lambda self: self.files)
    @rule(which=WHICH, days=st.integers(-30, 30))
    def plan_an_appointment(self, which: int, days: int) -> None:
        case, vault = self._case(which)
        purpose = self._words()
        with vault.transaction() as session:
            row = record_appointment(session, case_id=case, at=self.clock.now + timedelta(days=days), kind="ROUTINE", purpose=purpose)
        self._keep(row, case, "appointment", {"purpose": purpose}, is_planned=True)

    @precondition(lambda self: [id for id in self._of("appointment") if self.rows[id].facts["is_planned"]])
    @rule(which=WHICH, is_moved=st.booleans())
    def move_or_settle_an_appointment(self, which: int, is_moved: bool) -> None:
        id = self._pick([id for id in self._of("appointment") if self.rows[id].facts["is_planned"]], which)
        row, words = self.rows[id], self._words()
        with self._reader(row.case, which).transaction() as session:
            seen = next(one for one in appointments_of(session, row.case) if one.id == id)
            if is_moved:
                new = move_appointment(session, appointment_id=id, version=seen.version, at=seen.at + timedelta(days=1), why=words)
            else:
                settle_appointment(session, appointment_id=id, version=seen.version, status="CANCELLED_US", outcome=words)
        if is_moved:
            self._keep(new, row.case, "appointment", {"purpose": row.texts["purpose"]}, is_planned=True)
        row.facts["is_planned"] = False
        row.texts["outcome"] = words
        self.touched.add(row.case)

    @precondition(lambda self: self.files)
    @rule(which=WHICH, days=st.integers(-5, 30))
    def write_a_task(self, which: int, days: int) -> None:
        case, vault = self._case(which)
        what = self._words()
        with vault.transaction() as session:
            row = add_task(session, case_id=case, what=what, due_on=session.today + timedelta(days=days))
        self._keep(row, case, "task", {"what": what}, is_open=True)

    @precondition(lambda self: [id for id in self._of("task") if self.rows[id].facts["is_open"]])
    @rule(which=WHICH, is_done=st.booleans())
    def settle_one_task(self, which: int, is_done: bool) -> None:
        id = self._pick([id for id in self._of("task") if self.rows[id].facts["is_open"]], which)
        row, words = self.rows[id], self._words()
        with self._reader(row.case, which).transaction() as session:
            seen = next(one for one in tasks_of(session, row.case) if one.id == id)
            settle_task(session, task_id=id, version=seen.version, is_done=is_done, outcome=words)
        row.facts["is_open"], row.texts["outcome"] = False, words
        self.touched.add(row.case)

    @precondition(lambda self: self.files)
    @rule(which=WHICH, is_safe=st.sampled_from(("YES", "ASK")))
    def change_the_plan(self, which: int, is_safe: str) -> None:
        case, vault = self._case(which)
        summary = self._words()
        with vault.transaction() as session:
            row = record_plan(session, case_id=case, hours=[SafeHours("TEXT", is_safe)], checked_on=session.today, summary=summary)
        self._keep(row, case, "safe_contact_plan", {"summary": summary})

    @precondition(lambda self: self.files)
    @rule(which=WHICH, days=st.integers(0, 20), is_met=st.sampled_from((True, False, None)))
    def a_deadline_comes(self, which: int, days: int, is_met: bool | None) -> None:
        case, vault = self._case(which)
        words, on = self._words(), self._day(days)
        with vault.transaction() as session:
            if any(row.rule == "VC_ARREST" and row.event_on == on and row.outcome is None for row in deadlines_of(session, case, {})):
                return
            deadline = record_deadline(session, case_id=case, rule="VC_ARREST", event_on=on)
            session.flush()
            if is_met is None:
                self.touched.add(case)
                return
            if is_met:
                row = meet_deadline(session, deadline_id=deadline, on=session.today, reason=_first_reason("LATE"), told=words)
            else:
                row = set_not_applicable(session, deadline_id=deadline, reason=_first_reason("NOT_APPLICABLE"), why=words)
        self._keep(row, case, "deadline_outcome", {"told" if is_met else "why": words})

    @precondition(lambda self: self.files)
    @rule(which=WHICH)
    def consent_and_refer(self, which: int) -> None:
        case, vault = self._case(which)
        explained = self._words()
        with vault.transaction() as session:
            partner = partner_ids(session)["CBH"]
            given = record_consent(
                session, case_id=case, partner_id=partner, scope="SUPPORT_REFERRAL", form="ORAL_THROUGH_INTERPRETER", state="GIVEN",
                on=session.today, told_support_is_not_tied=True, explained=explained,
            )  # fmt: skip
            session.flush()
            asked = Asked(case_id=case, partner_id=partner, services=("SAFE_HOUSE",))
            seen = preview(session, asked).text
            row = send_printed(session, asked, seen=seen)
            session.flush()
            copy = session.get(Referral, row).copy  # type: ignore[union-attr]
        self._keep(given, case, "consent", {"explained": explained})
        self._keep(row, case, "referral", {"copy": copy}, status=SENT)

    @precondition(lambda self: [id for id in self._of("referral") if _answers(self.rows[id])])
    @rule(which=WHICH, choice=WHICH)
    def an_answer_comes(self, which: int, choice: int) -> None:
        id = self._pick([id for id in self._of("referral") if _answers(self.rows[id])], which)
        row, words = self.rows[id], self._words()
        status = self._pick(_answers(row), choice)
        with self._reader(row.case, which).transaction() as session:
            reason = codelist("referral_decline_reason").codes[0] if status == DECLINED else None
            step = record_answer(session, referral_id=id, status=status, decline_reason=reason, words=words)
        row.facts["status"] = status
        self._keep(step, row.case, "referral_event", {"words": words})

    @precondition(lambda self: self._of("consent"))
    @rule(which=WHICH)
    def take_consent_back(self, which: int) -> None:
        case = self.rows[self._pick(self._of("consent"), which)].case
        words = self._words()
        vault = self._reader(case, which)
        with vault.transaction() as session:
            newest = session.scalars(select(Consent).where(Consent.case_id == case).order_by(Consent.on.desc(), Consent.id.desc())).first()
            assert newest is not None
            if newest.state != "GIVEN":
                return
            row = withdraw_consent(session, case_id=case, partner_id=newest.partner_id, scope=newest.scope, form=newest.form, on=session.today, explained=words)
        self._keep(row, case, "consent", {"explained": words})

    # Putting right

    @precondition(lambda self: any(self._of(kind) for kind in LISTED))
    @rule(which=WHICH, reason=st.sampled_from(codelist("withdrawal_reason").codes))
    def withdraw_one(self, which: int, reason: str) -> None:
        id = self._pick([id for kind in LISTED for id in self._of(kind)], which)
        row, why = self.rows[id], self._words()
        with self._reader(row.case, which).transaction() as session:
            withdrawal = withdraw(session, row_id=id, reason=reason, why=why)
        row.gone_for = reason
        self._keep(withdrawal, row.case, "withdrawn", {"why": why})

    @precondition(lambda self: [id for id in self._of("task") if self.rows[id].facts["is_open"]])
    @rule(which=WHICH)
    def two_change_one_task(self, which: int) -> None:
        id = self._pick([id for id in self._of("task") if self.rows[id].facts["is_open"]], which)
        row, mine, theirs = self.rows[id], self._words(), self._words()
        first = self._reader(row.case, which)
        with first.reading() as session:
            seen = next(one for one in tasks_of(session, row.case, {}) if one.id == id)
        with first.transaction() as session:
            change_task(session, task_id=id, version=seen.version, what=mine, due_on=seen.due_on, worker_id=None)
        second = next((vault for vault in self.vaults if vault is not first and self._may_read(vault, row.case)), first)
        with pytest.raises(Conflict), second.transaction() as session:
            change_task(session, task_id=id, version=seen.version, what=theirs, due_on=seen.due_on, worker_id=None)
        row.texts["what"] = mine
        self.touched.add(row.case)

    @precondition(lambda self: self.files)
    @rule(which=WHICH)
    def two_change_the_same_facts(self, which: int) -> None:
        case, vault = self._case(which)
        other = self.vaults[1 - self.vaults.index(vault)]
        with vault.reading() as session:
            seen = case_facts(session, case)
            assert seen is not None
        mine, theirs = [code for code in codelist("gender").codes if code != seen.gender][:2]
        with vault.transaction() as session:
            change_facts(session, case_id=case, version=seen.version, gender=mine)
        with pytest.raises(Conflict), other.transaction() as session:
            change_facts(session, case_id=case, version=seen.version, gender=theirs)
        with other.reading() as session:
            facts = case_facts(session, case)
            assert facts is not None
            assert facts.gender == mine

    # What must hold after each step

    @invariant()
    def what_is_so_now_is_right(self) -> None:
        if not hasattr(self, "vaults"):
            return
        with self.vaults[0].reading() as session:
            assert case_now_differences(session) == ()
            for row in session.scalars(select(CaseNow)):
                of_person = [row.case_id, *(case for case, file in self.files.items() if file.into == row.case_id)]
                barriers = [one for one in self._rows("barrier", of_person) if one.facts["status"] in STANDING and one.facts["code"] != "NONE"]
                assert row.open_barriers == len(barriers)
                stances = self._rows("stance_event", of_person)
                assert row.stance_on == max((one.facts["on"] for one in stances), default=None)
                assert (row.stance is None) == (not stances)
                assert row.last_achieved_on == max((one.facts["on"] for one in self._live_contacts(of_person) if one.facts["is_achieved"]), default=None)
                ongoing = codelist("referral_status").extra["transitions"]
                assert row.open_referrals == sum(one.facts["status"] in ongoing for one in self._rows("referral", of_person))

    @invariant()
    def what_was_recorded_is_there(self) -> None:
        """In each case touched by this step: every text, for who may read it, but what was destroyed; and no withdrawn row in its list."""
        touched, self.touched = getattr(self, "touched", set()) & set(getattr(self, "files", {})), set()
        for case in touched:
            for vault in self.vaults:
                self._is_there(vault, case)

    def _is_there(self, vault: Vault, case: UUID) -> None:
        mine = {id: row for id, row in self.rows.items() if row.case == case}
        with vault.reading(Reading.case(case)) as session:
            texts = session.sealed_of_case(case)
            assert session.can_open(case) == self._may_read(vault, case)
            if not self._may_read(vault, case):
                assert texts == {}
                return
            for id, row in mine.items():
                if row.gone_for in (None, TAKEN_BACK):
                    assert {name: texts[id].get(name) for name in row.texts} == row.texts, row.kind
                else:
                    assert id not in texts, row.kind
            for kind, listed in LISTED.items():
                assert {one.id for one in listed(session, case, texts)} == {id for id, row in mine.items() if row.kind == kind and row.counts}, kind
            reviews = [row for row in mine.values() if row.kind == "risk_review" and row.counts]
            facts = case_facts(session, case)
            assert facts is not None
            assert facts.risk in ({row.facts["level"] for row in reviews if row.facts["on"] == max(one.facts["on"] for one in reviews)} or {None})
            assert (facts.status == "OPEN") == self.files[case].is_open
            assert facts.is_restricted == (self.files[case].readers is not None)
        documents = {id: row.facts["data"] for id, row in mine.items() if row.kind == "document" and row.counts}
        for id, data in documents.items():
            with vault.reading(Reading.document(case)) as session:
                assert open_document(session, id) == data

    # Our own account

    def _open(self, which: int) -> Vault:
        return Vault.open(self.folder, *(("VLO 17", PASSPHRASE), ("VLO 23", OWN))[which], clock=self.clock)

    def _words(self) -> str:
        self.number += 1
        return f"{WORDS[self.number % len(WORDS)]} {self.number}"

    def _day(self, days: int) -> date:
        return (self.clock.now - timedelta(days=days)).date()

    def _pick(self, among: Any, which: int) -> Any:
        return list(among)[which % len(among)]

    def _vault(self, which: int) -> Vault:
        return self.vaults[which % 2]

    def _case(self, which: int) -> tuple[UUID, Vault]:
        case = self._pick(self.files, which // 2)
        return case, self._reader(case, which)

    def _reader(self, case: UUID, which: int) -> Vault:
        """One of the two, who may read the case."""
        return next(vault for vault in (self._vault(which), self._vault(which + 1)) if self._may_read(vault, case))

    def _may_read(self, vault: Vault, case: UUID) -> bool:
        readers = self.files[case].readers
        return readers is None or vault.member.id in readers

    def _version(self, session: Any, case: UUID) -> int:
        facts = case_facts(session, case)
        assert facts is not None
        return facts.version

    def _of(self, kind: str) -> list[UUID]:
        return [id for id, row in getattr(self, "rows", {}).items() if row.kind == kind and row.counts]

    def _rows(self, kind: str, cases: list[UUID]) -> list[Row]:
        return [row for row in self.rows.values() if row.kind == kind and row.counts and row.case in cases]

    def _live_contacts(self, cases: list[UUID]) -> list[Row]:
        rows = {id: row for id, row in self.rows.items() if row.kind == "contact" and row.counts and row.case in cases}
        corrected = {row.facts["corrects"] for row in rows.values()}
        return [row for id, row in rows.items() if id not in corrected]

    def _keep(self, id: UUID, case: UUID, kind: str, texts: dict[str, str], **facts: Any) -> None:
        self.rows[id] = Row(case, kind, texts, facts)
        self.touched.add(case)

    def _contact(self, session: Any, case: UUID, days: int, how: tuple[str, str], corrects: UUID | None = None) -> None:
        outcome, person = how
        texts = {"said": self._words(), "own_words": self._words(), "view": self._words()}
        entry: dict[str, Any] = {"at": self.clock.now - timedelta(days=days), "channel": "PHONE", "outcome": outcome, "person_contacted": person, **texts}
        row = log_contact(session, case_id=case, **entry) if corrects is None else correct_contact(session, contact_id=corrects, **entry)
        is_achieved = person == "VICTIM" and outcome == "SPOKEN"
        self._keep(row, case, "contact", texts, on=self._day(days), is_achieved=is_achieved, corrects=corrects)

    def _has_left_nothing(self, case: UUID) -> None:
        """No row of any table says anything of an erased case, but that it was erased and what the audit tells."""
        with raw(self.vaults[0]) as connection:
            for table in Table.metadata.sorted_tables:
                if table.name in ("erased", "audit", "audit_row"):
                    continue
                for column in table.columns:
                    found = connection.execute(f'SELECT count(*) FROM "{table.name}" WHERE "{column.name}" = ?', (case.bytes,)).fetchone()[0]
                    assert found == 0, (table.name, column.name)


LISTED: dict[str, Any] = {
    "contact": contacts_of,
    "stance_event": stances_of,
    "barrier": barriers_of,
    "mitigation": mitigations_of,
    "mitigation_change": mitigation_changes_of,
    "risk_review": risk_reviews_of,
    "offered_support": offers_of,
    "document": documents_of,
    "appointment": appointments_of,
    "task": tasks_of,
}
"""What can be withdrawn, by table -> its list of one case."""


def _answers(row: Row) -> list[str]:
    return [status for status in next_statuses(row.facts["status"]) if status != SENT]


def _first_reason(result: str) -> str:
    return next(value.code for value in codelist("deadline_reason").values if value.fields["for"] == result)


def test_any_life_of_a_few_cases_keeps_every_promise(tmp_path: Path) -> None:
    clock = StandingClock(START)
    first, _ = victimcare.records.make_vault(tmp_path / "template", name="MSKU casework", user="VLO 17", passphrase=PASSPHRASE, clock=clock)
    second = joined(first, "VLO 23", CASEWORKER, clock)
    people.approve(first, second.member.id)
    second.close()
    first.close()
    Lives.template = tmp_path / "template"
    lives = settings(
        max_examples=300 if IS_LONG else 10,
        stateful_step_count=60 if IS_LONG else 20,
        phases=(Phase.generate, Phase.shrink) if IS_LONG else (Phase.generate,),  # to shrink takes minutes, twenty steps can be read
        derandomize=not IS_LONG,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Lives, settings=lives)
