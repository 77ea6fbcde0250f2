"""Danger now: the office's own steps and numbers, what to do first. Of the office, in the order of `place`.

Until the office has written its own, the steps of `resources/rules/danger.json` stand: public numbers, each with its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.casework.opening import fitting, needed
from victimcare.resources import resource_json
from victimcare.store.errors import Conflict
from victimcare.store.record import Record, SealedText
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

MOST_STEPS = 12  # more than that nobody reads in a danger


class DangerStep(Record):
    """One step. `place`: its number in the list, from 1. `number`: whom to call, as text."""

    __tablename__ = "danger_step"
    __write_right__ = Right.SUPERVISE
    __deletable__ = True

    place: Mapped[int]
    what = SealedText()
    number = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class Step:
    """A step as it is shown. `number` "" where nobody is to be called; `source`: where a public number is from, "" for the office's own."""

    what: str
    number: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class DangerPage:
    """The steps in order. `is_own`: the office wrote them; `is_hidden`: it did, but they open to caseworkers alone, so these are the public ones.

    `rows`: the office's own as they stand, to be given back with a change.
    """

    steps: tuple[Step, ...]
    is_own: bool
    is_hidden: bool = False
    rows: tuple[UUID, ...] = ()


def usual_steps() -> tuple[Step, ...]:
    """The steps that stand until the office has written its own; from a file, without the vault."""
    rows: Any = resource_json("rules/danger.json")["steps"]
    return tuple(Step(row["what"], row.get("number", ""), row.get("source", "")) for row in rows)


def danger_page(session: VaultSession) -> DangerPage:
    """The office's own steps, else the usual ones. Needs a noted reading of the office where there are some."""
    ids = rows_now(session)
    if not ids:
        return DangerPage(usual_steps(), is_own=False)
    texts = session.sealed(ids)
    if not texts:
        return DangerPage(usual_steps(), is_own=False, is_hidden=True, rows=ids)
    return DangerPage(tuple(Step(texts[id].get("what", ""), texts[id].get("number", "")) for id in ids if id in texts), is_own=True, rows=ids)


def rows_now(session: VaultSession) -> tuple[UUID, ...]:
    """The office's own steps as they stand, unopened, in order."""
    return tuple(session.scalars(select(DangerStep.id).order_by(DangerStep.place, DangerStep.id)))


def write_danger_steps(session: VaultSession, steps: Sequence[Step], *, seen: tuple[UUID, ...] | None = None) -> None:
    """Put the office's own steps in place of those there were; none brings the usual ones back.

    `seen`: the `rows` of the page that was changed. Raises Conflict when somebody wrote others since, NotAllowed, TextRefused.
    """
    if seen is not None and rows_now(session) != seen:
        raise Conflict(DangerStep.__tablename__, None, 0, 0)
    for old in session.scalars(select(DangerStep)):
        session.delete(old)
    session.flush()
    for place, step in enumerate(steps[:MOST_STEPS], start=1):
        row = DangerStep(place=place)
        row.what = needed(step.what, "what to do in each step")
        if step.number:
            row.number = fitting(step.number)
        session.add(row)
