"""Channels suspended: after "answered by someone else" or an unsafe contact a channel is not used, until somebody has reviewed it.

A contact that is withdrawn or corrected later does not lift the suspension it caused: only a review does. Whoever corrected
the entry may be wrong, and an hour without that channel harms less than a call into the wrong hands.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapped, aliased

from victimcare.casework.case_now import recompute
from victimcare.casework.dates import in_office_time
from victimcare.casework.merging import files_together
from victimcare.casework.opening import Sealed, columns, opened, text_of
from victimcare.reference.codelists import codelist, known, label
from victimcare.reference.dates_text import day_text
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

SAFE_AGAIN, NOT_SAFE = "SAFE_AGAIN", "NOT_SAFE"


class ChannelSuspension(Record):
    """One channel not to be used from `at` on. `reason`: the contact outcome that caused it. `contact_id`: the contact it came from."""

    __tablename__ = "channel_suspension"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    channel: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[str]
    contact_id: Mapped[UUID | None] = link("contact", optional=True)


class ChannelReview(Record):
    """What a review of a suspension came to: `result` SAFE_AGAIN or NOT_SAFE (stays out of use, and the plan says so)."""

    __tablename__ = "channel_review"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    suspension_id: Mapped[UUID] = link("channel_suspension")
    on: Mapped[date]
    result: Mapped[str]
    words = SealedText()


@dataclass(frozen=True, slots=True)
class Suspended:
    """A channel that may not be used now. `at`: aware, UTC; the start of its day where the time is not known."""

    id: UUID
    channel: str
    at: datetime
    reason: str

    def since(self, today: date) -> str:
        """ "Calls suspended since 24 Nov 09:12"."""
        at = in_office_time(self.at)
        clock = f" {at:%H:%M}" if (at.hour, at.minute) != (0, 0) else ""
        return f"{channel_plural(self.channel)} suspended since {day_text(at.date()).removesuffix(f' {today.year}')}{clock}"

    def words(self, today: date) -> str:
        """ "Calls suspended since 24 Nov 09:12: answered by someone else"."""
        return f"{self.since(today)}: {label('contact_outcome', self.reason).lower()}"


@dataclass(frozen=True, slots=True, repr=False)
class SuspensionRow:
    """A suspension and its review; the last five are None or "" while nobody has reviewed it, `words` also when not opened."""

    id: UUID
    channel: str
    at: datetime
    reason: str
    contact_id: UUID | None
    made_at: datetime
    made_by: UUID
    review_id: UUID | None
    reviewed_on: date | None
    result: str | None
    reviewed_at: datetime | None
    reviewed_by: UUID | None
    words: str

    def suspended(self) -> Suspended:
        """The suspension alone."""
        return Suspended(self.id, self.channel, self.at, self.reason)


def channel_plural(channel: str) -> str:
    """Such as "Calls": what of a channel is suspended."""
    plural: str = codelist("channel_review").extra["plural"].get(channel) or label("contact_channel", channel)
    return plural


def suspend(session: VaultSession, *, case_id: UUID, channel: str, at: datetime, reason: str, contact_id: UUID | None = None) -> UUID:
    """Take a channel out of use from `at` (aware) on. Raises UnknownCode."""
    known("contact_channel", channel)
    known("contact_outcome", reason)
    suspension = ChannelSuspension(case_id=case_id, channel=channel, at=at, reason=reason, contact_id=contact_id)
    session.add(suspension)
    return suspension.id


def is_suspended_by(session: VaultSession, contact_id: UUID, channel: str) -> bool:
    """Whether this contact has suspended the channel, whatever became of it."""
    found = select(ChannelSuspension.id).where(ChannelSuspension.contact_id == contact_id, ChannelSuspension.channel == channel)
    return session.scalar(found) is not None


def standing_suspensions(session: VaultSession, case_ids: Collection[UUID] | None = None) -> dict[UUID, tuple[Suspended, ...]]:
    """Case -> the channels suspended now, one entry a channel, the newest; coded facts alone. `case_ids` None: of every case.

    What is suspended in one of the files of a person that are read as one is suspended in all. Two queries: few are ever suspended at once.
    """
    together = files_together(session)
    by_file: dict[UUID, dict[str, Suspended]] = {}
    wanted = (ChannelSuspension.case_id, *columns(ChannelSuspension, Suspended.__slots__))
    for case_id, *row in session.execute(select(*wanted).where(is_newest_standing()).order_by(ChannelSuspension.id)):
        one = Suspended(*row)
        for file in together.get(case_id, (case_id,)):
            by_file.setdefault(file, {})[one.channel] = one
    return {file: tuple(found.values()) for file, found in by_file.items() if case_ids is None or file in case_ids}


def suspensions_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[SuspensionRow, ...]:
    """Every suspension of one case with its review, newest first."""
    wanted = columns(ChannelSuspension, SuspensionRow.__slots__[:7])
    review = (ChannelReview.id, ChannelReview.on, ChannelReview.result, ChannelReview.made_at, ChannelReview.made_by)
    query = (
        select(*wanted, *review)
        .outerjoin(ChannelReview, ChannelReview.suspension_id == ChannelSuspension.id)
        .where(ChannelSuspension.case_id == case_id)
        .order_by(ChannelSuspension.id.desc())
    )
    rows: list[Any] = list(session.execute(query))
    texts = opened(session, [row[7] for row in rows if row[7] is not None], sealed)
    facts = (dict(zip(SuspensionRow.__slots__, row, strict=False)) for row in rows)
    return tuple(SuspensionRow(**one, words=text_of(texts, one["review_id"], "words") if one["review_id"] else "") for one in facts)


def is_newest_standing() -> ColumnElement[bool]:
    """That a suspension was not reviewed and no newer one of the same channel stands: one line a channel."""
    newer = aliased(ChannelSuspension)
    later = select(newer.id).where(
        newer.case_id == ChannelSuspension.case_id, newer.channel == ChannelSuspension.channel, newer.id > ChannelSuspension.id, _stands(newer)
    )
    return ~later.correlate(ChannelSuspension).exists() & _stands(ChannelSuspension)


def _stands(suspension: Any) -> ColumnElement[bool]:
    return ~select(ChannelReview.id).where(ChannelReview.suspension_id == suspension.id).correlate(suspension).exists()
