"""What a later file says more of a row that was taken before: it goes to the notes of the record the row belongs to."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from victimcare.activity.activities import Activity
from victimcare.exchange.clock_times import Moment
from victimcare.exchange.fields import kind_label
from victimcare.exchange.known import Known, folded_reference
from victimcare.exchange.person_records import note_records
from victimcare.exchange.plan import More
from victimcare.exchange.rows import ParsedRow
from victimcare.justice.investigations import Investigation
from victimcare.reference.dates_text import day_text
from victimcare.store.record import Record
from victimcare.store.session import VaultSession

_OF_CASE = ("referrals", "contacts", "partner_referrals")


def noted(session: VaultSession, known: Known, more: More) -> list[Record] | None:
    """Keep the cells of `more`: records to be written, none where the notes of a record grew. None where no record can be told as theirs."""
    row, cells = more.row, more.cells
    if row.kind in _OF_CASE:
        case = known.cases.get(folded_reference(row.link))
        said = (*([] if row.kind == "referrals" else [("Of", _told(row))]), *cells)
        return None if case is None else note_records(replace(row, values={}, unread=said), case, session.today)
    owner = _activity(session, row) if row.kind == "activities" else session.get(Investigation, known.investigations.get(folded_reference(row.link)))
    if owner is None:
        return None
    lines = [f"{heading}: {text}" for heading, text in cells]
    if row.kind not in ("investigations", "activities"):
        lines = [f"{_told(row)}: {line}" for line in lines]
    owner.notes = "\n".join(filter(None, [owner.notes, *lines]))
    return []


def _told(row: ParsedRow) -> str:
    """Which row it is, as a person would say it: "Contacts, 25 Apr 2016, row 12"."""
    when = row.get("on") or row.get("sent_on") or row.get("outcome_on")
    day = when.on if isinstance(when, Moment) else when
    return ", ".join(filter(None, [kind_label(row.kind), day_text(day) if day else "", f"row {row.row}"]))


def _activity(session: VaultSession, row: ParsedRow) -> Activity | None:
    """The one activity of that day, kind and title."""
    query = select(Activity).where(Activity.on == row.get("on"), Activity.kind == (row.get("kind") or "OTHER"))
    found = [one for one in session.scalars(query) if one.title == (row.get("title") or "")]
    return found[0] if len(found) == 1 else None
