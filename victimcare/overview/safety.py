"""What must be looked at before anybody reaches out again: ways to reach a person that an unsafe contact has suspended."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from victimcare.casework.cases import Case
from victimcare.casework.suspensions import ChannelSuspension, Suspended, is_newest_standing
from victimcare.overview.lines import Group, Line, Question
from victimcare.store.clock import day_of


def suspension_lines(question: Question) -> list[Line]:
    """One line a suspended channel until somebody has reviewed it, oldest first; no plan is opened for it."""
    query = (
        select(
            Case.id.label("case_id"),
            Case.reference,
            Case.is_restricted,
            ChannelSuspension.id,
            ChannelSuspension.channel,
            ChannelSuspension.at,
            ChannelSuspension.reason,
        )
        .join(ChannelSuspension, ChannelSuspension.case_id == Case.id)
        .where(is_newest_standing(), *question.cases)
        .order_by(ChannelSuspension.at, ChannelSuspension.id)
    )

    def line(row: Any) -> Line:
        why = Suspended(row.id, row.channel, row.at, row.reason).words(question.today)
        what, why = "Review how to reach them safely", why[:1].lower() + why[1:]
        return Line("SUSPENDED", Group.NOW, row.case_id, row.reference, what, why, day_of(row.at), "case", row.id)

    return question.lines(Group.NOW, query, line)
