"""The register of releases: every statement that was written, word for word, when and to which organisation. Nothing leaves it.

What it holds decides what a later statement may show, so it counts from the first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.reference.codelists import known
from victimcare.store.clock import day_of
from victimcare.store.errors import NotAllowed
from victimcare.store.record import Record
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.summaries.tables import tables_of
from victimcare.summaries.withhold import EarlierRelease

RELEASED = "RELEASED"
MAY_RELEASE = (Right.SUMMARISE, Right.CASEWORK)
"""An analyst, or anyone who may read the cases themselves. An administrator alone may not."""


class Release(Record):
    """One statement. `body`: the JSON that was released. `recipient`: an organisation, of the code list `release_recipient`.

    Nothing is sealed: the numbers are public by then, and an analyst, who holds no key to cases, must be able to write it.
    """

    __tablename__ = "release"
    __write_right__ = Right.ANY
    __append_only__ = True

    report: Mapped[str]
    period: Mapped[str]
    extracted_at: Mapped[datetime]
    threshold: Mapped[int]
    kind: Mapped[str] = mapped_column(default=RELEASED)
    recipient: Mapped[str]
    formats: Mapped[str]
    body: Mapped[str]


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A line of the register. `formats`: those written, `pdf,csv`."""

    id: UUID
    report: str
    period: str
    extracted_at: datetime
    threshold: int
    recipient: str
    formats: str
    made_by: UUID


def may_release(session: VaultSession) -> bool:
    return any(session.may(right) for right in MAY_RELEASE)


def record_release(
    session: VaultSession, *, report: str, period: str, extracted_at: datetime, threshold: int, recipient: str, formats: tuple[str, ...], body: str
) -> UUID:
    """Enter a statement in the register, before it is written anywhere. Raises NotAllowed, UnknownCode."""
    if not may_release(session):
        raise NotAllowed(Right.SUMMARISE)
    known("release_recipient", recipient)
    release = Release(report=report, period=period, extracted_at=extracted_at, threshold=threshold, recipient=recipient, formats=",".join(formats), body=body)
    session.add(release)
    return release.id


def register(session: VaultSession) -> tuple[ReleaseRow, ...]:
    """What was released, newest first."""
    query = select(Release.id, Release.report, Release.period, Release.extracted_at, Release.threshold, Release.recipient, Release.formats, Release.made_by)
    return tuple(ReleaseRow(*row) for row in session.execute(query.order_by(Release.id.desc())))


def release_body(session: VaultSession, release_id: UUID) -> str:
    """The JSON of a release as it left. Raises KeyError where there is none."""
    body = session.scalar(select(Release.body).where(Release.id == release_id))
    if body is None:
        raise KeyError("release")
    return body


def earlier_releases(session: VaultSession) -> tuple[EarlierRelease, ...]:
    """The whole register as tables, oldest first: what a new statement is checked against."""
    query = select(Release.extracted_at, Release.threshold, Release.body).order_by(Release.id)
    return tuple(EarlierRelease(day_of(at), threshold, tables_of(body)) for at, threshold, body in session.execute(query))
