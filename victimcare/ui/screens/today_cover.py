"""Cover, on Today: who works for whom until when, handing over one's own Today, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from victimcare.casework.cover import CoverRow, end_cover, give_cover, note_of
from victimcare.casework.workers import WorkerRow, my_worker, worker_for, worker_of_member, workers
from victimcare.reference.dates_text import short_day
from victimcare.store.reading import Reading
from victimcare.store.rights import Right
from victimcare.ui.screens.office_box import OfficeBox, Wrong
from victimcare.ui.screens.today_reading import Waiting
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.clearing import clear
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import count
from victimcare.ui.work import Work

Whose = tuple[tuple[WorkerRow, ...], UUID | None, bool]


class CoverBox(OfficeBox):
    """`start_giving(today)`. A supervisor may also hand over what an absent colleague has to do."""

    form, heading, verb, done = "cover", "Hand over a whole Today", "Hand over", "Handed over. It can be taken back any time: B."

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.of = self.field("of", "Whose", CodeBox((), "Whose Today", empty="Mine", small=True))
        self.by = self.field("by", "To", CodeBox((), "Who takes it over", empty="Choose a colleague", small=True))
        self.from_on = self.field("from_on", "From", DateBox(name="First day", today=lambda: self.today, small=True))
        self.until = self.field("until", "Until", DateBox(name="Last day", today=lambda: self.today, small=True))
        self.note = self.field("note", "Note", QLineEdit())
        self.note.setAccessibleName("Note for who covers")
        self.note.setPlaceholderText("Sealed; no name of a person supported is needed")
        self.rows.addRow(Words("Who covers reads with their own key: restricted cases not shared with them stay shut.", "small", wraps=True))

    def start_giving(self, today: date) -> None:
        """Open, once it is known who there is."""

        def people(session: Any) -> Whose:
            return workers(session), worker_of_member(session, session.member.id), session.may(Right.SUPERVISE)

        self.work.read(self, people, partial(self._open, today), key="workers")

    def _open(self, today: date, whose: Whose) -> None:
        rows, me, supervises = whose
        self.of.fill([(str(row.id), row.name) for row in rows if row.id != me] if supervises else [])
        members = sorted(self.work.vault.membership.active_with(Right.CASEWORK), key=lambda one: one.name)
        self.by.fill([(str(one.id), one.name) for one in members])
        self.rows.setRowVisible(self.of, supervises)
        self.start(None, today)

    def focus_first(self) -> None:
        self.by.setFocus()

    def empty(self) -> None:
        super().empty()
        self.until.set_value(self.today + timedelta(days=6) if self.today != date.min else None)

    def wrong(self) -> Wrong:
        if self.by.value() is None:
            return "Choose who takes it over.", self.by
        missing = next((box for box in (self.from_on, self.until) if box.value() is None), None)
        return ("Give the first and the last day.", missing) if missing is not None else None

    def deed(self) -> Callable[[Any], Any]:
        of, by, note = self.of.value(), UUID(self.by.value()), self.note.text()
        name, days = self.by.currentText(), {"from_on": self.from_on.value(), "until_on": self.until.value()}

        def give(session: Any) -> UUID:
            covered = UUID(of) if of else my_worker(session)
            taking = worker_for(session, by, name)
            session.flush()
            return give_cover(session, worker_id=covered, by_id=taking, note=note, **days)

        return give


class CoverStrip(QFrame):
    """One line a cover that concerns who is signed in, each with the button that ends it and the one that shows its note.

    `ended(cover)`, `note_asked(cover)`: that button was pressed.
    """

    ended = Signal(object)
    note_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        space(self._lines, 24, 0, 24, 8, gap=4)
        self._shown: tuple[CoverRow, ...] = ()
        self.hide()

    def show_covers(self, covers: Iterable[CoverRow], me: UUID | None, today: date, *, also_others: bool, unopened: int) -> None:
        """`also_others`: those between colleagues too. `unopened`: lines of the shown colleague that one cannot open."""
        clear(self._lines)
        self._shown = tuple(row for row in covers if also_others or me in (row.worker_id, row.by_id))
        if unopened:
            self._lines.addWidget(Words(f"{count(unopened, 'line', 'lines')} you cannot open: ask a supervisor.", "strong", wraps=True))
        for row in self._shown:
            held, line = QFrame(), QHBoxLayout()
            held.setLayout(line)
            space(line, gap=12)
            words, verb = cover_words(row, me, today), "Give back" if row.by_id == me else "Take back"
            button = Button(verb, partial(self.ended.emit, row), small=True)
            button.setAccessibleName(f"{verb}: {words}")
            line.addWidget(Words(words))
            line.addWidget(button)
            if row.has_note and me in (row.worker_id, row.by_id):
                note = Button("Read the note", partial(self.note_asked.emit, row), small=True)
                note.setAccessibleName(f"Read the note: {words}")
                line.addWidget(note)
            line.addStretch(1)
            self._lines.addWidget(held)
        self.setVisible(bool(unopened or self._shown))

    def show_note(self, text: str) -> None:
        """The note of a cover, under the lines, until they are shown anew."""
        self._lines.addWidget(Words(f"Note: {text}", wraps=True))

    def forget(self) -> None:
        """Take every line and note away."""
        clear(self._lines)
        self._shown = ()
        self.hide()

    def first_to_end(self, shown: Any, me: UUID | None) -> CoverRow | None:
        """What B ends: the cover of whose Today is shown, else that of one's own, else the first one gives."""
        of_shown = [row for row in self._shown if row.worker_id == shown and row.by_id == me]
        return next(iter([*of_shown, *(row for row in self._shown if row.worker_id == me), *self._shown]), None)

    def text(self) -> str:
        """Everything it says now."""
        return "\n".join(one.text() for one in self.findChildren(Words) if not one.isHidden())


class Covering:
    """The box, the strip, and ending a cover. `frame` is the window."""

    def __init__(self, work: Work, frame: Any) -> None:
        self._work, self._frame = work, frame
        self.box, self.strip = CoverBox(work), CoverStrip()
        self.strip.ended.connect(self._end)
        self.strip.note_asked.connect(self._read_note)

    def show(self, waiting: Waiting) -> list[tuple[UUID, str]]:
        """Tell the covers; answers whose Today one has besides one's own: (worker, words)."""
        also_others = Right.SUPERVISE in self._work.vault.member.rights
        self.strip.show_covers(waiting.covers, waiting.me, waiting.today, also_others=also_others, unopened=waiting.all.unopened)
        return [(row.worker_id, f"{row.worker}'s") for row in waiting.covers if row.by_id == waiting.me and row.is_on(waiting.today)]

    def _read_note(self, row: CoverRow) -> None:
        self._work.read(
            self.strip,
            lambda session: note_of(session, row.id),
            self.strip.show_note,
            key="note",
            reading=Reading.office("cover note"),
            failed=self._frame.refuse,
        )

    def end(self, shown: Any, me: UUID | None) -> None:
        """Take back or give back; `shown`: whose Today is shown."""
        found = self.strip.first_to_end(shown, me)
        if found is None:
            self._frame.say("info", "Nobody covers for you, and you cover for nobody.", "H hands your Today over.")
        else:
            self._end(found)

    def _end(self, row: CoverRow) -> None:
        ended = f"{row.by} covers for {row.worker} no longer."
        self._work.change(
            self.strip,
            lambda session: end_cover(session, cover_id=row.id, version=row.version),
            lambda _: self._frame.say("safe", ended),
            failed=self._frame.refuse,
        )


def cover_words(row: CoverRow, me: UUID | None, today: date) -> str:
    """ "You cover for VLO 23 until Mon 30 Nov"; "VLO 31 will cover for you from Mon 30 Nov to Fri 4 Dec"."""
    is_mine = row.by_id == me
    who = "You" if is_mine else row.by
    whom = "you" if row.worker_id == me else row.worker
    if row.is_on(today):
        return f"{who} {'cover' if is_mine else 'covers'} for {whom} until {short_day(row.until_on, today)}"
    return f"{who} will cover for {whom} from {short_day(row.from_on, today)} to {short_day(row.until_on, today)}"
