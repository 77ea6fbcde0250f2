"""Appointments, tasks, people around and links in the stream of a case: when each was planned or written down, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from victimcare.casework.appointments import BOOKED, KEPT, MOVED, NOT_MET, AppointmentRow
from victimcare.casework.dates import in_office_time
from victimcare.casework.tasks import DONE, OPEN
from victimcare.overview.case_file import CaseFile
from victimcare.overview.entry import Entry, moment, plain_words
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text
from victimcare.reference.languages import language_label

TEXT_LABELS = (("place", "Place"), ("who_comes", "Who comes"), ("purpose", "For"), ("outcome", "How it went"))


def appointment_entries(file: CaseFile) -> Iterator[Entry]:
    """One entry an appointment, in no order: at its time once it is over, else when it was made."""
    times = {row.id: row for row in file.appointments}
    for row in file.appointments:
        what = label("engagement_kind", row.kind)
        status = label("appointment_status", row.status).lower()
        parts = tuple((words, getattr(row, field)) for field, words in TEXT_LABELS if getattr(row, field))
        is_over = row.status in (KEPT, NOT_MET)
        to = times.get(row.moved_to_id) if row.moved_to_id else None
        told = (
            f"{what[:1].lower()}{what[1:]}",
            "" if is_over else f"{_when(row)}",
            f"to {_when(to)}" if row.status == MOVED and to else "",
            f"{row.minutes} minutes" if row.minutes else "",
            f"interpreter{f' in {language_label(row.language)}' if row.language else ''} booked" if row.interpreter == BOOKED else "",
            f"by {file.names.get(row.made_by, '')}" if file.names.get(row.made_by) else "",
        )
        yield Entry(
            row.at if is_over else row.made_at, True, "APPOINTMENT", "calendar", f"Appointment {status}", ", ".join(filter(None, told)), parts, row.id, row.id
        )


def task_entries(file: CaseFile) -> Iterator[Entry]:
    """One entry a task, in no order: when it was done or dropped, else when it was written down."""
    for row in file.tasks:
        at, has_time = (row.made_at, True) if row.done_on is None else moment(row.done_on, row.made_at)
        headline = "Task" if row.status == OPEN else "Task done" if row.status == DONE else "Task dropped"
        by = file.names.get(row.made_by, "")
        told = (f"due {day_text(row.due_on)}" if row.due_on else "", f"written down by {by}" if by else "")
        parts = plain_words(row.what) + ((("How" if row.status == DONE else "Why not", row.outcome),) if row.outcome else ())
        icon = "tick" if row.status == DONE else "flag"
        yield Entry(at, has_time, "TASK", icon, headline, ", ".join(filter(None, told)), parts, row.id, row.id)


def people_entries(file: CaseFile) -> Iterator[Entry]:
    """When somebody around the person, or a linked case, was written down; nothing of what they may be told is repeated."""
    for who in file.people_around:
        by = file.names.get(who.made_by, "")
        told = ("around the person", f"no longer around since {day_text(who.ended_on)}" if who.ended_on else "", f"by {by}" if by else "")
        icon = "caution" if who.is_dangerous else "people"
        words = plain_words(who.name)
        headline = f"{label('person_role', who.role)} named"
        yield Entry(who.made_at, True, "PEOPLE", icon, headline, ", ".join(filter(None, told)), words, who.id, who.id)
    yield from _links(file)


def _links(file: CaseFile) -> Iterator[Entry]:
    for row in file.links:
        by, other = file.names.get(row.made_by, ""), row.reference or "a restricted case"
        told = (
            label("case_link_kind", row.kind).lower(),
            "one must not know of the other" if row.must_not_know else "",
            f"ended {day_text(row.ended_on)}" if row.ended_on else "",
            f"by {by}" if by else "",
        )
        yield Entry(row.made_at, True, "LINK", "link", f"Linked to {other}", ", ".join(filter(None, told)), plain_words(row.words), row.id, row.id)


def _when(row: AppointmentRow) -> str:
    at = in_office_time(row.at)
    return f"{day_text(at.date())}, {at:%H:%M}"
