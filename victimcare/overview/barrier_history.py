"""What happened to one barrier and around it, in plain dated words: its own steps, what was done about it, and the stance since then.

A history, no more: nothing here says that one thing caused another, and nothing is counted by worker.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from victimcare.overview.case_file import CaseFile
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text

STATUS_WORDS = {"OPEN": "open", "RETURNED": "returned", "MITIGATING": "eased", "ACCEPTED": "accepted", "RESOLVED": "resolved"}


def status_words(status: str) -> str:
    """How a barrier stands, in a word; readable also for a code of an older list."""
    return STATUS_WORDS.get(status) or label("barrier.status", status).lower()


def history_of(file: CaseFile, barrier_id: UUID, today: date) -> tuple[tuple[str, str], ...]:
    """(what, its dated steps), oldest first: the barrier, each mitigation, requests to other states, the stance from then on."""
    barrier = next(row for row in file.barriers if row.id == barrier_id)
    began = f"{'on or before ' if barrier.on_or_before else ''}{_day(barrier.since, today)}"
    steps = [f"open {began}"]
    before = "OPEN"
    for change in sorted((row for row in file.changes if row.barrier_id == barrier_id), key=lambda row: (row.on, row.id)):
        if change.status != before:
            steps.append(f"{status_words(change.status)} {_day(change.on, today)}")
        before = change.status
    found = [("Barrier", _line(steps))]
    for mitigation in reversed(file.mitigations):
        if barrier_id in mitigation.barrier_ids:
            found.append((label("mitigation", mitigation.code), _line(_mitigated(file, mitigation.id, today))))
    stances = _stances(file, barrier.since, today)
    return (*found, ("Stance", _line(stances))) if stances else tuple(found)


def _mitigated(file: CaseFile, mitigation_id: UUID, today: date) -> list[str]:
    row = next(one for one in file.mitigations if one.id == mitigation_id)
    steps = [_step(row.began_status or row.status, row.began_on or row.on, None, today)]
    for change in sorted((one for one in file.mitigation_changes if one.mitigation_id == mitigation_id), key=lambda one: (one.on, one.id)):
        steps.append(_step(change.status, change.on, change.result, today))
    for request in file.safeguarding:
        if request.mitigation_id == mitigation_id and request.raised_risk == "YES":
            steps.append("asking raised the risk")
    return steps


def _step(status: str, on: date, result: str | None, today: date) -> str:
    words = f"{label('mitigation_status', status).lower()} {_day(on, today)}"
    return f"{words} ({label('mitigation_status.result', result).lower()})" if result else words


def _stances(file: CaseFile, since: date, today: date) -> list[str]:
    """The stance as it was when the barrier was first seen, and each one after it."""
    oldest_first = sorted(file.stances, key=lambda row: (row.on, row.id))
    earlier = [row for row in oldest_first if row.on < since][-1:]
    return [f"{label('stance', row.code).lower()} {_day(row.on, today)}" for row in (*earlier, *(row for row in oldest_first if row.on >= since))]


def _line(steps: list[str]) -> str:
    text = "; ".join(steps)
    return f"{text[:1].upper()}{text[1:]}."


def _day(on: date, today: date) -> str:
    """Such as 2 Nov; with the year where it is another."""
    return day_text(on).removesuffix(f" {today.year}")
