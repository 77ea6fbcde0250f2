"""Danger now: the office's own steps and numbers, what to do first. Of the office, in the order of `place`."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from victimcare.store.record import Record, SealedText
from victimcare.store.rights import Right


class DangerStep(Record):
    """One step. `place`: its number in the list. `number`: whom to call, as text."""

    __tablename__ = "danger_step"
    __write_right__ = Right.CASEWORK
    __deletable__ = True

    place: Mapped[int]
    what = SealedText()
    number = SealedText()
