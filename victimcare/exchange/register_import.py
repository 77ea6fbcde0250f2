"""A register into the vault: read, map, match, preview; then all of it in one transaction, or nothing.

Everything before `carry_out` holds no lock. The caller opens the sessions: a noted reading for `known_in_vault`, a
transaction for `carry_out`.
"""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from victimcare.casework.cases import next_number, reference_of
from victimcare.casework.workers import LONGEST_NAME, Worker
from victimcare.exchange.fields import KINDS
from victimcare.exchange.known import Known, folded_reference
from victimcare.exchange.leftovers import LEFT, ImportBatch, Leftover, mark_mended, newest_batch
from victimcare.exchange.more_cells import noted
from victimcare.exchange.other_records import (
    activity_records,
    arrest_records,
    bare_investigation,
    contact_records,
    investigation_records,
    notes_of,
    prosecution_records,
    referral_records,
)
from victimcare.exchange.person_records import case_records, sealed
from victimcare.exchange.plan import NEW_CELL, ImportPlan, Waiting
from victimcare.exchange.rows import ParsedRow, Problem, Progress
from victimcare.exchange.rows_seen import keep_seen
from victimcare.exchange.value_text import packed
from victimcare.justice.investigations import Investigation, InvestigationCase
from victimcare.refused import Refused
from victimcare.store.bulk import write_new
from victimcare.store.record import Record
from victimcare.store.session import VaultSession

FLUSH_EVERY = 500
Cancelled = Callable[[], bool]


class ImportCancelled(Refused):
    """The import was cancelled; the transaction is rolled back."""

    def __init__(self) -> None:
        super().__init__("The import was cancelled.", "Nothing was changed.")


class ImportOvertaken(Refused):
    """Another import ended after the preview was made."""

    def __init__(self) -> None:
        super().__init__("Another import ended after this one was prepared, so nothing was written.", "Run it again: nothing comes in twice.")


def _never() -> bool:
    return False


def _silent(what: str, done: int, total: int) -> None:
    return None


def carry_out(session: VaultSession, plan: ImportPlan, known: Known, *, progress: Progress = _silent, cancelled: Cancelled = _never) -> Counter[str]:
    """Write the plan: what was created, by kind. Call it inside one transaction, which the caller commits or rolls back.

    `cancelled` is asked every 100 rows. Raises ImportCancelled, ImportOvertaken.
    """
    if newest_batch(session) != known.newest_batch:
        raise ImportOvertaken
    if not plan.is_something:
        return Counter()
    with _no_collection():
        return _Writer(session, plan, known, progress, cancelled).write()


@contextmanager
def _no_collection() -> Iterator[None]:
    """Tens of thousands of live records make each pass of the cycle collector long and find it nothing: 1.2 of 5.2 s, measured."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Writer:
    """Turns rows into records in the order of what refers to what, and flushes as it goes."""

    def __init__(self, session: VaultSession, plan: ImportPlan, known: Known, progress: Progress, cancelled: Cancelled) -> None:
        self.session, self.plan, self.known, self.progress, self.cancelled = session, plan, known, progress, cancelled
        self.created: Counter[str] = Counter()
        self.numbers: dict[int, int] = {}
        self.made_of: dict[tuple[str, int, str], UUID] = {}
        self.pending: list[Record] = []
        self.pending_rows = 0

    def write(self) -> Counter[str]:
        batch = sealed(ImportBatch(rows_read=self.plan.rows_read, rows_taken=self.plan.rows_taken), files=json.dumps(self.plan.files, ensure_ascii=False))
        self.session.add(batch)
        done, total = 0, self.plan.rows_taken
        for kind in KINDS:
            for row in self.plan.take[kind]:
                if done % 100 == 0:
                    self._breathe(kind, done, total)
                records = self._records(row)
                self.created[kind] += 1
                self.created.update(_NAMES[record.__tablename__] for record in records if record.__tablename__ in _NAMES)
                self.pending += records
                done += 1
                self.pending_rows += 1
                if self.pending_rows >= FLUSH_EVERY:
                    self._flush()
            self._flush()
        waiting = [*self.plan.waiting, *self._more(total)]
        write_new(self.session, (self._leftover(one, batch.id) for one in waiting))
        write_new(self.session, (self._set_aside(one, batch.id) for one in self.plan.aside))
        mark_mended(self.session, [row.id for row in self.plan.mended])
        keep_seen(self.session, [*(row.stamp for rows in self.plan.take.values() for row in rows), *self.plan.stamps], self.plan.shapes)
        self._breathe("commit", total, total)
        return self.created

    def _more(self, total: int) -> Iterator[Waiting]:
        """Keep what rows that are here already say more; what no record can be told to be the owner of waits."""
        for done, more in enumerate(self.plan.more):
            if done % 100 == 0:
                self._breathe(more.row.kind, total, total)
            records = noted(self.session, self.known, more)
            if records is None:
                yield from (Waiting(more.row, Problem(more.row.file, more.row.kind, more.row.row, *cell, NEW_CELL), False) for cell in more.cells)
            else:
                self.pending += records
        self._flush()

    def _breathe(self, kind: str, done: int, total: int) -> None:
        if self.cancelled():
            raise ImportCancelled
        self.progress(kind, done, total)

    def _flush(self) -> None:
        write_new(self.session, self.pending)
        self.pending, self.pending_rows = [], 0

    def _records(self, row: ParsedRow) -> list[Record]:
        if row.kind == "referrals":
            return self._case(row)
        if row.kind == "investigations":
            return self._investigation(row)
        if row.kind == "contacts":
            worker, made = self._worker(row)
            return made + contact_records(row, self.known.cases[folded_reference(row.link)], worker)
        if row.kind == "partner_referrals":
            case = self.known.cases[folded_reference(row.link)]
            number = self.known.referral_numbers[case] = self.known.referral_numbers.get(case, 0) + 1
            return referral_records(row, case, self.known.partners, number)
        if row.kind == "activities":
            return activity_records(row)
        investigation, made = self._investigation_of(row)
        build = arrest_records if row.kind == "arrests" else prosecution_records
        return made + build(row, investigation)

    def _case(self, row: ParsedRow) -> list[Record]:
        year = row.values["received_on"].year
        if year not in self.numbers:
            self.numbers[year] = next_number(self.session, year)
        worker, made = self._worker(row)
        case, records = case_records(row, reference=reference_of(year, self.numbers[year]), worker_id=worker)
        self.numbers[year] += 1
        self.known.cases.setdefault(folded_reference(row.link), case)
        return made + records

    def _worker(self, row: ParsedRow) -> tuple[UUID | None, list[Record]]:
        name = str(row.get("worker") or "")[:LONGEST_NAME]
        if not name:
            return None, []
        if name in self.known.workers:
            return self.known.workers[name], []
        worker = Worker(name=name)
        self.known.workers[name] = worker.id
        return worker.id, [worker]

    def _investigation(self, row: ParsedRow) -> list[Record]:
        reference = folded_reference(row.link)
        cases = {text: case for text in row.get("case_references") or () if (case := self.known.cases.get(folded_reference(text)))}
        there = self.known.investigations.get(reference)
        if there is None:
            self.known.investigations[reference], records = investigation_records(row, cases)
            return records
        if there in self.known.bare_investigations:
            found = self.session.get(Investigation, there)
            if found is not None:
                found.received_on, found.outcome_code = row.get("received_on"), row.get("outcome_code")
                found.source, found.unit = row.get("source") or "UNKNOWN", row.get("unit") or ""
                if notes_of(row):
                    found.notes = notes_of(row)
        return [InvestigationCase(case_id=case, investigation_id=there) for case in dict.fromkeys(cases.values())]

    def _investigation_of(self, row: ParsedRow) -> tuple[UUID, list[Record]]:
        reference = folded_reference(row.link)
        there = self.known.investigations.get(reference)
        if there is not None:
            return there, []
        made = bare_investigation(row.link)
        self.known.investigations[reference] = made.id
        self.known.bare_investigations.add(made.id)
        return made.id, [made]

    def _set_aside(self, waiting: Waiting, batch: UUID) -> Leftover:
        left = self._leftover(waiting, batch)
        left.status = LEFT
        left.why_left = "Kept as it stood; it is no row of the table."
        return left

    def _leftover(self, waiting: Waiting, batch: UUID) -> Leftover:
        row, problem = waiting.row, waiting.problem
        kept = {"field": problem.field, "link": row.link, "stamp": row.stamp, "is_row": waiting.is_row, "cells": dict(row.cells)}
        if waiting.is_row:
            kept["values"] = {name: packed(value) for name, value in row.values.items()}
            kept["unread"] = list(row.unread)
        left = Leftover(batch_id=batch, sheet=row.kind, row=row.row, reason=problem.reason)
        texts = {"file": row.file, "column": problem.column, "value": problem.value, "row_values": json.dumps(kept, ensure_ascii=False)}
        made: Leftover = sealed(left, **texts)
        return made


_NAMES = {
    "case": "cases",
    "barrier": "barriers",
    "stance_event": "stances",
    "exploitation": "exploitations",
    "nrm_event": "nrm_events",
    "visit": "visits",
    "worker": "workers",
}


def planned(plan: ImportPlan) -> Counter[str]:
    """What `carry_out` would take, by kind of sheet, without writing anything: for a dry run."""
    return Counter({kind: len(rows) for kind, rows in plan.take.items() if rows})


def as_json(plan: ImportPlan, created: Counter[str]) -> dict[str, Any]:
    """The result of an import for machines (design, section 10): values of the file stand in it, as they must."""
    return {
        "rows": dict(plan.read),
        "created": dict(created),
        "rejected": list(rejected(plan)),
        "unmapped": {column: dict(values) for column, values in plan.unmapped.items()},
        "duplicates": [{"file": one.file, "row": one.row, "reference": one.reference, "other": one.other, "why": one.why} for one in plan.duplicates],
    }


def rejected(plan: ImportPlan) -> Iterator[dict[str, Any]]:
    """Every cell and row that could not be taken as it stood, in the order met."""
    for problem in plan.problems:
        yield {"file": problem.file, "sheet": problem.sheet, "row": problem.row, "column": problem.column, "value": problem.value, "reason": problem.reason}
