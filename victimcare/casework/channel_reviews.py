"""Reviewing a suspended channel: it may be used again as the plan says, or the plan says never from now on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from victimcare.casework.merging import files_together
from victimcare.casework.opening import fitting, needed
from victimcare.casework.safe_contact import TEXTS, plan_of_person, record_plan
from victimcare.casework.safe_hours import NO, SafeHours
from victimcare.casework.suspensions import NOT_SAFE, SAFE_AGAIN, ChannelReview, ChannelSuspension
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.session import VaultSession


class ReviewRefused(Refused):
    """A suspension that cannot be reviewed."""


def review_channel(session: VaultSession, *, suspension_id: UUID, result: str, words: str = "", instead: Sequence[SafeHours] = ()) -> UUID:
    """End a suspension, and with it every earlier one of the same channel; one that came after stands until it is reviewed too.

    The files of a person that are read as one are one here.

    `words`: how one knows, needed for SAFE_AGAIN. NOT_SAFE makes a new version of the plan in which the channel is never
    used, with `instead` added; when it was last checked with the person stays as it was.
    Raises UnknownCode, TextRefused, ReviewRefused (not here, reviewed already), HoursRefused (no way to reach the person is left).
    """
    known("channel_review", result)
    named = session.get(ChannelSuspension, suspension_id)
    if named is None:
        raise ReviewRefused("That suspension is not here.", "Look at the case again.")
    told = needed(words, "a word on how you know that it is safe again") if result == SAFE_AGAIN else fitting(words)
    files = tuple(file for file in files_together(session).get(named.case_id, (named.case_id,)) if session.can_open(file))
    reviewed = select(ChannelReview.id).where(ChannelReview.suspension_id == ChannelSuspension.id).exists()
    standing = session.execute(
        select(ChannelSuspension.id, ChannelSuspension.case_id).where(
            ChannelSuspension.case_id.in_(files), ChannelSuspension.channel == named.channel, ChannelSuspension.id <= named.id, ~reviewed
        )
    ).all()
    if suspension_id not in [one for one, _ in standing]:
        raise ReviewRefused("Somebody has reviewed that already.", "Look at the case again: what they found stands in the stream.")
    if result == NOT_SAFE:
        _never_again(session, files, named.channel, instead)
    for one, case_id in standing:
        review = ChannelReview(case_id=case_id, suspension_id=one, on=session.today, result=result)
        if told and one == suspension_id:
            review.words = told
        session.add(review)
        if one == suspension_id:
            answer = review.id
    return answer


def leaves_no_way(hours: Sequence[SafeHours], channel: str) -> bool:
    """Whether a plan with `hours` leaves no way to reach the person once `channel` is never used."""
    return all(row.is_safe == NO or row.channel == channel for row in hours)


def _never_again(session: VaultSession, files: Sequence[UUID], channel: str, instead: Sequence[SafeHours]) -> None:
    """The newest plan of the person's files, without the channel, as a new version in the file that leads."""
    plan = plan_of_person(session, files[0])
    agreed = plan.hours if plan is not None else ()
    hours = (*(row for row in (*agreed, *instead) if row.channel != channel), SafeHours(channel, NO))
    texts = {field: getattr(plan, field) for field in TEXTS} if plan is not None else {}
    record_plan(session, case_id=files[0], hours=hours, checked_on=plan.checked_on if plan is not None else None, **texts)
