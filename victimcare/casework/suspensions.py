"""Channels suspended: after "answered by someone else" or an unsafe contact a channel is not used, until somebody has reviewed it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Mapped

from victimcare.casework.case_now import recompute
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


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
