"""Numbers and addresses of the person: read only when asked for, each time noted, after a caution where the plan may not hold.

None is in any widget before, or after it was hidden. What was copied leaves the clipboard by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from victimcare.casework.contact_points import ShownContactPoint, contact_points, show_contact_point
from victimcare.casework.suspensions import channel_plural
from victimcare.overview.case_page import CasePage, SafeContact
from victimcare.reference.codelists import label
from victimcare.refused import Refused
from victimcare.store.reading import Reading
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.clearing import clear
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.words import count
from victimcare.ui.work import Work

SHOWN_SECONDS = 60
TO_WRITE = {"YES": ("safe", "Safe to write here", "safe"), "NO": ("caution", "Not safe to write here", "caution")}


class Numbers(QWidget):
    """Empty until asked. `toggled(bool)`: numbers show, or no longer do. `end_asked(id)`: one is no longer the person's."""

    toggled = Signal(bool)
    end_asked = Signal(object)

    def __init__(self, work: Work, clear_clipboard_soon: Callable[[], object], refused: Callable[[Refused], object]) -> None:
        super().__init__()
        self._work, self._refused, self._clear_soon = work, refused, clear_clipboard_soon
        self._page: CasePage | None = None
        self._today, self._is_asked = date.min, False
        self.asking, self._lines = QFrame(), QVBoxLayout()
        self.caution = State("caution", "Caution", "caution", plain=True)
        self.show_all_the_same = Button("Show the number all the same", self._show_after_caution, small=True)
        self.not_now = Button("Not now", self._put_away, small=True)
        self._lay_out()
        self._hide_again = QTimer(self, singleShot=True, interval=SHOWN_SECONDS * 1000)
        self._hide_again.timeout.connect(self.hide_all)

    @property
    def is_shown(self) -> bool:
        """Whether numbers show."""
        return self._lines.count() > 0

    def show_page(self, page: CasePage, today: date) -> None:
        """The case asked about; numbers of another case, of another plan, or that changed, go."""
        if self._page is not None and _about(self._page) != _about(page):
            self.hide_all()
            self._put_away()
        self._page, self._today = page, today

    def ask(self) -> None:
        """Show them, or first ask where the plan may not hold; hide what shows, and take the question back."""
        if self.is_shown:
            self.hide_all()
        elif not self.asking.isHidden():
            self._put_away()
        elif self._page is not None and (words := caution_before_numbers(self._page.safe_contact, self._today)):
            self.caution.show_state("caution", "Caution", "caution", words)
            self.asking.show()
            self.not_now.setFocus()  # showing is chosen, never the answer one falls into
        else:
            self._read(after_caution=False)

    def hide_all(self) -> None:
        """Take every number off the screen."""
        self._is_asked = False
        self._hide_again.stop()
        clear(self._lines)
        self.toggled.emit(False)

    def forget(self) -> None:
        """Drop the case and its numbers."""
        self._page = None
        self.hide_all()
        self._put_away()

    def _put_away(self) -> None:
        self.asking.hide()
        self.caution.show_state("caution", "Caution", "caution")

    def _show_after_caution(self) -> None:
        self._put_away()
        self._read(after_caution=True)

    def _read(self, *, after_caution: bool) -> None:
        """Of this file and of those read as one with it; the audit notes each first, and that it was after a caution."""
        if self._page is None:
            return
        self.hide_all()
        self._is_asked = True
        for case_id in self._page.parts:
            read = partial(_numbers_of, case_id)
            reading = Reading.numbers(case_id, after_caution=after_caution)
            self._work.read(self, read, self._show, key=f"numbers {case_id}", reading=reading, failed=self._refused)

    def _show(self, found: tuple[ShownContactPoint, ...]) -> None:
        if self._page is None or not self._is_asked or any(point.case_id not in self._page.parts for point in found):
            return
        for point in found:
            self._lines.addWidget(self._line(point))
        if all(point.ended_on is not None for point in self._page.file.points) and not self.is_shown:
            self._lines.addWidget(Words("No number or address is recorded. Add one with Add a number.", "muted"))
        if self.is_shown:
            self.toggled.emit(True)
            self._hide_again.start()

    def _line(self, point: ShownContactPoint) -> QWidget:
        """One number: read by a screen reader as a whole, copied only by its button, so that the clipboard can be cleared."""
        kind, line, shown = label("contact_point_kind", point.kind), QWidget(), Words(point.value, "section")
        row = QHBoxLayout(line)
        space(row, gap=12)
        shown.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        shown.setAccessibleName(f"{kind}: {point.value}. {point.label}".rstrip(". "))
        copy = Button("Copy", partial(self._copy, point.value), small=True)
        end = Button("No longer theirs", partial(self.end_asked.emit, point.id), small=True, kind="flat")
        copy.setAccessibleName(f"Copy this {kind.lower()}")
        end.setAccessibleName(f"This {kind.lower()} is no longer theirs")
        for widget in (Words(kind, "muted"), shown, Words(point.label, "muted"), copy, end):
            row.addWidget(widget)
        if point.safe_to_write in TO_WRITE:
            row.insertWidget(3, State(*TO_WRITE[point.safe_to_write]), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        return line

    def _copy(self, value: str) -> None:
        QGuiApplication.clipboard().setText(value)
        self._clear_soon()

    def _lay_out(self) -> None:
        inside, row = QVBoxLayout(self), QHBoxLayout(self.asking)
        space(inside, gap=4)
        space(self._lines, gap=4)
        space(row, 0, 4, 0, 0, gap=8)
        row.addWidget(self.caution, 1)
        row.addWidget(self.show_all_the_same)
        row.addWidget(self.not_now)
        inside.addWidget(self.asking)
        inside.addLayout(self._lines)
        self.asking.hide()


def caution_before_numbers(safe: SafeContact, today: date) -> str:
    """Why numbers are not shown at once: no plan, one not checked for too long, a channel suspended; "" where nothing is."""
    told = []
    if safe.plan is None:
        told.append("Nobody has recorded how to reach this person safely. Make a plan with them as soon as it is safe.")
    elif safe.plan.checked_on is None:
        told.append("The plan was never gone through with the person. Go through it with them as soon as it is safe.")
    elif safe.is_stale:
        since = count((today - safe.plan.checked_on).days, "day", "days")
        told.append(f"The plan was last checked {since} ago. Go through it with the person as soon as it is safe.")
    if safe.suspended:
        stopped = " and ".join(channel_plural(one.channel) if at == 0 else channel_plural(one.channel).lower() for at, one in enumerate(safe.suspended))
        told.append(f"{stopped} suspended. Review before using.")
    return " ".join(told)


def _about(page: CasePage) -> tuple[object, ...]:
    return page.facts.id, page.safe_contact.plan, page.safe_contact.suspended, page.file.points


def _numbers_of(case_id: UUID, session: Any) -> tuple[ShownContactPoint, ...]:
    return tuple(show_contact_point(session, row.id) for row in contact_points(session, case_id) if row.ended_on is None)
