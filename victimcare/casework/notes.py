"""Notes: text about a case that is no contact, such as the notes of an imported register. They are only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.casework.dates import NOT_ASKED, possible_day
from victimcare.casework.identity import known_birth
from victimcare.casework.opening import Sealed, needed, opened, text_of
from victimcare.reference.codelists import known
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing


class Note(Record):
    """One note. UNREAD holds what an import could not take into a field, in its own words."""

    __tablename__ = "note"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __withdrawable__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    kind: Mapped[str]
    text = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class NoteRow:
    """A note; `text` is "" when it was not opened."""

    id: UUID
    on: date
    kind: str
    made_at: datetime
    made_by: UUID
    text: str


def record_note(session: VaultSession, *, case_id: UUID, on: date, text: str, kind: str = "WORKER", born_on: date | None = NOT_ASKED) -> UUID:
    """Add a note. Raises UnknownCode, DateRefused, TextRefused."""
    known("note_kind", kind)
    kept = needed(text, "some text in the note")
    possible_day(on, today=session.today, born_on=known_birth(session, case_id, born_on))
    note = Note(case_id=case_id, on=on, kind=kind)
    note.text = kept
    session.add(note)
    return note.id


def notes_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[NoteRow, ...]:
    """The notes of one case, newest day first."""
    wanted = (Note.id, Note.on, Note.kind, Note.made_at, Note.made_by)
    here = select(*wanted).where(Note.case_id == case_id, standing(Note, also_withdrawn=also_withdrawn))
    rows = session.execute(here.order_by(Note.on.desc(), Note.id.desc())).all()
    texts = opened(session, [row.id for row in rows], sealed)
    return tuple(NoteRow(*row, text_of(texts, row.id, "text")) for row in rows)
