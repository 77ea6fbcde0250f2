"""Barriers in the stream of a case, what is done about each, requests to other states, and what the person or the worker was told."""

from __future__ import annotations

from collections.abc import Iterator

from victimcare.casework.information_given import RIGHT_TO_REVIEW
from victimcare.casework.safeguarding import SafeguardingRow
from victimcare.overview.case_file import CaseFile
from victimcare.overview.entry import Entry, moment, or_before, own_words, plain_words, start
from victimcare.reference.codelists import label
from victimcare.reference.countries import country_label
from victimcare.reference.dates_text import day_text

RISK_WORDS = {"YES": "asking raised the risk", "NO": "asking did not raise the risk", "UNKNOWN": "not known whether asking raised the risk"}


def barrier_entries(file: CaseFile) -> Iterator[Entry]:
    """Barriers and each step of their lives, in no order."""
    for row in file.barriers:
        strength = "" if row.strength == "UNKNOWN" else label("barrier.strength", row.strength).lower()
        told = (
            strength,
            label("barrier.recorded_from", row.recorded_from).lower(),
            or_before(row.on_or_before, row.since),
            "from a register" if row.imported else "",
        )
        parts = own_words(row.words) if row.recorded_from == "OWN_WORDS" else plain_words(row.words)
        headline = f"Barrier: {label('barrier', row.code).lower()}"
        yield Entry(start(row.since), False, "BARRIER", "barrier", headline, ", ".join(filter(None, told)), parts, row.id, row.id)
    for change in file.changes:
        at, has_time = moment(change.on, change.made_at)
        headline = f"{label('barrier', change.code)}: {label('barrier.status', change.status).lower()}"
        reason = label("barrier_end_reason", change.reason).lower() if change.reason else ""
        yield Entry(at, has_time, "BARRIER", "barrier", headline, reason, plain_words(change.words), change.id, change.barrier_id)


def mitigation_entries(file: CaseFile) -> Iterator[Entry]:
    """The first step of each mitigation, with the barriers it answers, and every later step."""
    codes = {row.id: row.code for row in file.barriers}
    for row in file.mitigations:
        answers = ", ".join(label("barrier", codes[barrier]).lower() for barrier in row.barrier_ids if barrier in codes)
        has_steps = any(step.mitigation_id == row.id for step in file.mitigation_changes)
        result = label("mitigation_status.result", row.result).lower() if row.result and not has_steps else ""
        headline = f"{label('mitigation', row.code)}: {label('mitigation_status', row.began_status or row.status).lower()}"
        muted = ", ".join(filter(None, (f"for: {answers}" if answers else "", result)))
        yield Entry(start(row.began_on or row.on), False, "MITIGATION", "shield", headline, muted, plain_words(row.detail), row.id, row.id)
    for change in file.mitigation_changes:
        at, has_time = moment(change.on, change.made_at)
        by = file.names.get(change.worker_id or change.made_by, "")
        told = (label("mitigation_status.result", change.result).lower() if change.result else "", f"by {by}" if by else "")
        headline = f"{label('mitigation', change.code)}: {label('mitigation_status', change.status).lower()}"
        yield Entry(at, has_time, "MITIGATION", "shield", headline, ", ".join(filter(None, told)), plain_words(change.words), change.id, change.mitigation_id)


def safeguarding_entries(file: CaseFile) -> Iterator[Entry]:
    """Each request to another state, with its answer once there is one. The entry stands on the day of asking."""
    for row in file.safeguarding:
        at, has_time = moment(row.asked_on, row.made_at)
        asked = (("Asked by", row.asked_by), ("Asked whom", row.asked_whom), ("Answer", row.answer_words))
        headline = f"Safeguarding asked for in {country_label(row.country)}"
        yield Entry(at, has_time, "SAFEGUARDING", "shield", headline, answer_words(row), tuple(part for part in asked if part[1]), row.id, row.mitigation_id)


def answer_words(row: SafeguardingRow) -> str:
    """Such as "agreed, not done yet, 20 Nov 2026; asking did not raise the risk"; "no answer yet" while it waits."""
    if row.answer is None or row.answered_on is None:
        return "no answer yet"
    told = f"{label('safeguarding_answer', row.answer).lower()}, {day_text(row.answered_on)}"
    return f"{told}; {RISK_WORDS[row.raised_risk or 'UNKNOWN']}"


def information_entries(file: CaseFile) -> Iterator[Entry]:
    """What was shown to the worker or told to the person before a step."""
    for row in file.information:
        at, has_time = moment(row.on, row.made_at)
        is_for_worker = row.code == RIGHT_TO_REVIEW
        by = file.names.get(row.made_by, "")
        told = (f"in {label('language', row.language)}" if row.language else "", f"{'to' if is_for_worker else 'by'} {by}" if by else "")
        headline = f"{'Shown' if is_for_worker else 'Told'}: {label('information_given', row.code).lower()}"
        yield Entry(at, has_time, "INFORMATION", "info", headline, ", ".join(filter(None, told)), plain_words(row.words), row.id, row.id)
