"""Duplicates merged by a link: nothing moves, nothing is sealed anew; both are read as one, and ending the link undoes it.

A file that is read as part of another cannot take a third in, so that there is never a chain or a circle: one file leads, the others
are its parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, String, column, func, or_, select, table
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Mapped, aliased, mapped_column

from victimcare.casework.case_events import MERGED, UNMERGED, record_step
from victimcare.casework.case_now import recompute
from victimcare.casework.drafts import Draft
from victimcare.casework.opening import Sealed, needed, opened, text_of
from victimcare.refused import Refused
from victimcare.store.errors import NoKey
from victimcare.store.record import Record, SealedText, link
from victimcare.store.restrict import readers_of
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.types import Id

FORM = "merge"
"""The form whose own draft is thrown away by saving it."""


class MergeRefused(Refused):
    """Two files that cannot be read as one, or cannot be parted."""


class Merged(Record):
    """`case_id` is read as part of `into_case_id` from `from_on` on, until `until_on` ends it."""

    __tablename__ = "merged"
    __write_right__ = Right.CASEWORK
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    into_case_id: Mapped[UUID] = link("case")
    from_on: Mapped[date]
    until_on: Mapped[date | None] = mapped_column(default=None)
    why = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class MergedRow:
    """One link as one of its two cases shows it; `why` "" when not opened. `version` goes back with its end.

    `why` is sealed with the part's key, and "" on the other case. `other`: the reference of the other case, "" where it may not be read.
    """

    id: UUID
    version: int
    case_id: UUID
    into_case_id: UUID
    from_on: date
    until_on: date | None
    made_at: datetime
    made_by: UUID
    other: str
    why: str


def merge(session: VaultSession, *, case_id: UUID, into_case_id: UUID, why: str) -> UUID:
    """Read `case_id` as part of `into_case_id` from today on. Raises MergeRefused, NoKey where either cannot be read, TextRefused."""
    if case_id == into_case_id:
        raise MergeRefused("That is this same case.", "Give the reference of the other file of this person.")
    if not session.can_open(case_id) or not session.can_open(into_case_id):
        raise NoKey
    if readers_of(session, case_id) != readers_of(session, into_case_id):
        raise MergeRefused(
            "Not the same people may read the two cases.", "A supervisor first lets the same people read both: what is read as one is shut and opened as one."
        )
    if into_of(session, case_id) is not None:
        raise MergeRefused("That case is read as part of another already.", "End that link first, then merge it with this one.")
    if into_of(session, into_case_id) is not None:
        raise MergeRefused("The case to merge into is itself read as part of another.", "Merge into that other one: it is the file that leads.")
    if len(parts_of(session, case_id)) > 1:
        raise MergeRefused("Other cases are read as part of that one.", "Merge the other way round, or end those links first.")
    begun = session.scalar(select(func.count()).select_from(Draft).where(Draft.case_id == case_id, Draft.form != FORM))
    if begun:
        raise MergeRefused(
            f"In that case {begun} box{'' if begun == 1 else 'es'} stand half filled in.",
            "Save them there or throw them away first: while merged they could not be reached.",
        )
    link_row = Merged(case_id=case_id, into_case_id=into_case_id, from_on=session.today)
    link_row.why = needed(why, "a reason why they are the same person")
    session.add(link_row)
    for one in (case_id, into_case_id):
        record_step(session, case_id=one, kind=MERGED)
    return link_row.id


def end_merge(session: VaultSession, *, merged_id: UUID, version: int, why: str) -> UUID:
    """Read the two apart again from today on. Raises MergeRefused when it has ended, TextRefused, NoKey, Conflict."""
    row = session.get_for_change(Merged, merged_id, version=version)
    if row.until_on is not None:
        raise MergeRefused("The two are read apart already.", "Nothing needs to be done.")
    words = needed(why, "a reason why they are read apart")
    row.until_on = session.today
    for one in (row.case_id, row.into_case_id):
        record_step(session, case_id=one, kind=UNMERGED, why=words)
    return row.id


def parts_of(session: VaultSession, case_id: UUID) -> tuple[UUID, ...]:
    """The files that are read as one with `case_id` leading: itself first, then its parts, oldest link first. One query."""
    query = select(Merged.case_id).where(Merged.into_case_id == case_id, Merged.until_on.is_(None)).order_by(Merged.id)
    return case_id, *session.scalars(query)


def standing_merges(session: VaultSession) -> dict[UUID, UUID]:
    """Every file that is read as part of another -> the file that leads. Coded facts alone; few, whatever the number of cases."""
    return dict(session.execute(select(Merged.case_id, Merged.into_case_id).where(Merged.until_on.is_(None))).all())


def into_of(session: VaultSession, case_id: UUID) -> UUID | None:
    """The file that `case_id` is read as part of; None when it stands for itself."""
    return session.scalar(select(Merged.into_case_id).where(Merged.case_id == case_id, Merged.until_on.is_(None)))


def files_together(session: VaultSession) -> dict[UUID, tuple[UUID, ...]]:
    """Every file that is read as one with others -> all of these, the leading one first. One query: few people are ever merged."""
    parts: dict[UUID, list[UUID]] = {}
    for part, into in session.execute(select(Merged.case_id, Merged.into_case_id).where(Merged.until_on.is_(None)).order_by(Merged.id)):
        parts.setdefault(into, []).append(part)
    return {file: (into, *theirs) for into, theirs in parts.items() for file in (into, *theirs)}


def merges_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[MergedRow, ...]:
    """Every link of a case, on either side, ended ones too, newest first."""
    case = table("case", column("id", Id), column("reference", String), column("is_restricted", Boolean))  # its module stands above this one
    other_id = sql_case((Merged.case_id == case_id, Merged.into_case_id), else_=Merged.case_id)
    query = (
        select(*(getattr(Merged, name) for name in MergedRow.__slots__[:-2]), case.c.reference, case.c.is_restricted)
        .join(case, case.c.id == other_id)
        .where(or_(Merged.case_id == case_id, Merged.into_case_id == case_id))
    )
    rows = session.execute(query.order_by(Merged.id.desc())).all()
    texts = opened(session, [row.id for row in rows if row.case_id == case_id], sealed)
    found = []
    for row in rows:
        other = row.into_case_id if row.case_id == case_id else row.case_id
        is_known = not row.is_restricted or session.can_open(other)
        row_id, version, part, into, from_on, until_on, made_at, made_by, reference, _ = row
        shown = reference if is_known else ""
        found.append(MergedRow(row_id, version, part, into, from_on, until_on, made_at, made_by, shown, text_of(texts, row_id, "why")))
    return tuple(found)


def leads(case_id: Any) -> ColumnElement[bool]:
    """The condition that a case (its id column) stands for itself: it is not read as part of another. What counts or lists people has it."""
    one = aliased(Merged)
    return ~select(one.id).where(one.case_id == case_id, one.until_on.is_(None)).exists()


def of_person(record_case: Any, case_id: Any) -> ColumnElement[bool]:
    """The condition that a record (its case's column) belongs to the person whose file `case_id` leads: to it or to a part of it."""
    one = aliased(Merged)
    return or_(record_case == case_id, record_case.in_(select(one.case_id).where(one.into_case_id == case_id, one.until_on.is_(None))))
