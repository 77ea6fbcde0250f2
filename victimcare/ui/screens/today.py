"""Today: what waits, grouped by what it is, sorted by when, each line with its reason. The chosen line is told at the right.

Lines are coded facts; names come from memory. The safe-contact plan of the chosen line is opened, and that is noted, only
once the keyboard rests on the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout

from victimcare.casework.drafts import discard_draft
from victimcare.casework.snoozes import take_up_again
from victimcare.overview.lines import Group, Line, Scope
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.people import People
from victimcare.ui.screens.today_cover import CoverBox, Covering
from victimcare.ui.screens.today_deeds import Deeds, Here
from victimcare.ui.screens.today_nothing import TodayNothing
from victimcare.ui.screens.today_put_off import PutOffBox, about_of
from victimcare.ui.screens.today_reading import NOTHING, OneLine, Waiting, read_line, read_today
from victimcare.ui.screens.today_rows import TodayRow, TodayTable, grouped, weight
from victimcare.ui.screens.today_side import WIDTH, TodaySide, day_word
from victimcare.ui.style import size, space
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import number, weekday
from victimcare.ui.work import Work

REST_MS = 250
UNSEEN_MS = 1000
MINUTE_MS = 60_000


class TodayScreen(Screen):
    """`people` names cases from memory. `places`: where lines about no single case are worked on, by their `place`."""

    title = "Today"

    def __init__(self, work: Work, window: Any, people: People, places: Mapping[str, Place] | None = None) -> None:
        super().__init__(work, window)
        self._people = people
        here = Here(partial(self._read_all, True), self._fold, self._put_off, self._take_up, self._go_on, self._throw_away)
        self._deeds = Deeds(window, places or {}, here)
        self._waiting = NOTHING
        self._shows_all = self._is_unfolded = False
        self._told_of: tuple[UUID | None, UUID | None] | None = None
        self.whose = Segments(_WHOSE, "Whose")
        self.put_off, self.cover = PutOffBox(work), Covering(work, window)
        self.head, self.total, self.late = PageHead("Today"), Words(), Words("", "strong")
        self.table = TodayTable()
        self.nothing = TodayNothing(partial(window.go, Place("new_case")), partial(window.go, Place("import")))
        self.side = TodaySide()
        self._lay_out()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._connect()
        self.setFocusProxy(self.table)

    def open(self, place: Place) -> None:
        QTimer.singleShot(0, self, self._read_when_seen)

    def refresh(self, kinds: set[str]) -> None:
        if self._told_of is not None and kinds & {"safe_contact_plan", "channel_suspension", "channel_review"}:
            self._told_of = None
        self._read()

    def keys(self) -> list[Key]:
        return [
            Key("Return", "Open what is chosen"),
            Key("L", "Log a contact", partial(self._press, "L")),
            Key("A", "Record a partner's answer", partial(self._press, "A")),
            Key("D", "Mark a deadline or task done, say how an appointment went", partial(self._press, "D")),
            Key("E", "Say why the deadline does not apply, change or move the appointment", partial(self._press, "E")),
            Key("C", "Open the case", partial(self._press, "C")),
            Key("S", "Put off until a day, or show again", partial(self._press, "S")),
            Key("X", "Throw away what you began here", partial(self._press, "X")),
            Key("H", "Hand over a whole Today", lambda: self.cover.box.start_giving(self._waiting.today)),
            Key("B", "Take a cover back, or give it back", lambda: self.cover.end(self.whose.value(), self._waiting.me)),
            Key("1", "Show mine", partial(self.whose.set_value, Scope.MINE)),
            Key("2", "Show the team's", partial(self.whose.set_value, Scope.TEAM)),
            Key("3", "Show all", partial(self.whose.set_value, Scope.ALL)),
            Key("4", "Show a colleague's, whom you cover for", self._next_covered),
        ]

    def has_unsaved(self) -> bool:
        return any(box.has_unsaved() for box in self._boxes)

    def keep_draft(self) -> None:
        for box in self._boxes:
            if box.has_unsaved():
                box.keep()

    def forget(self) -> None:
        self._minute.stop()
        self._rest.stop()
        self._waiting, self._told_of = NOTHING, None
        self.table.show_rows(())
        for part in (self.nothing, self.side, self.cover.strip, *self._boxes):
            part.forget()

    # Inside

    def _lay_out(self) -> None:
        main, inside = QFrame(), QVBoxLayout()
        main.setProperty("ground", "panel")
        main.setLayout(inside)
        space(inside, gap=0)
        self.head.beside(self.whose)
        self.head.row.addWidget(self.total)
        self.head.row.addWidget(self.late)
        inside.addWidget(self.head)
        inside.addWidget(self.cover.strip)
        for box in self._boxes:
            held, around = QFrame(), QVBoxLayout()
            held.setLayout(around)
            space(around, 24, 0, 24, 0, gap=0)
            around.addWidget(box)
            inside.addWidget(held)
        beside = QVBoxLayout()
        space(beside, 16, 0, 8, 8, gap=0)
        size(self.table, least_height=260)
        beside.addWidget(self.table)
        inside.addLayout(beside, 1)
        inside.addWidget(self.nothing, 1)
        self.nothing.hide()
        self.page.addWidget(Columns((main, 0), (self.side.frame, WIDTH), main_width=560))

    def _connect(self) -> None:
        self.table.remember(self.frame.settings, self.frame.vault_id, "today")
        self.table.opened.connect(self._open_row)
        self.table.chosen.connect(lambda row: self._show_chosen(row))
        self.whose.chosen.connect(lambda _: self._read_all(False))
        self._people.changed.connect(self._names_changed)
        self._rest.timeout.connect(self._read_plan)
        self._minute.timeout.connect(self._read)
        self.work.changed.connect(self._changed_unseen)
        for box in self._boxes:
            box.saved.connect(lambda words: self.frame.say("safe", words))
            box.gone.connect(self.table.setFocus)

    @property
    def _boxes(self) -> tuple[PutOffBox, CoverBox]:
        return self.put_off, self.cover.box

    def _changed_unseen(self, _: set[str]) -> None:
        """The number in the rail holds, although another screen is shown."""
        if not self.isVisible():
            self._read()

    def _names_changed(self) -> None:
        if self.isVisible():  # else it is read anew before it is seen
            self._show()

    def _read_all(self, is_all: bool) -> None:
        self._shows_all = is_all
        self._read()

    def _read_when_seen(self) -> None:
        """Somebody who went on to another screen at once is not to wait for Today there."""
        if self.isVisible():
            self._read()
        else:
            QTimer.singleShot(UNSEEN_MS, self, self._read)

    def _read(self) -> None:
        whose, limit = self.whose.value(), None if self._shows_all else -1
        self.work.read(self, lambda session: read_today(session, whose, limit), self._take, key="lines")
        if not self._minute.isActive():
            self._minute.start()

    def _take(self, waiting: Waiting) -> None:
        self._waiting, self.side.plan_days = waiting, waiting.plan_days
        self.whose.offer([*_WHOSE, *self.cover.show(waiting)])
        if self.isVisible():
            cases = [*(line.case_id for line in waiting.lines), *(one.line.case_id for one in waiting.all.put_off), *(one.case_id for one in waiting.next)]
            self._people.want(case_id for case_id in cases if case_id is not None)
        self._show()

    def _show(self) -> None:
        lines, today = self._waiting.lines, self._waiting.today
        if today == date.min:
            return
        self.head.about.setText(weekday(today))
        total, late = (sum(weight(one) for one in some) for some in (lines, [one for one in lines if one.group is Group.LATE]))
        self.total.setText(f"{number(total)} to do" if total else "")
        self.late.setText(f"{number(late)} late" if late else "")
        if self.whose.value() is Scope.MINE:
            self.frame.set_count("today", total)
        put_off = self._waiting.all.put_off
        self.table.show_rows(grouped(lines, self._people.name, put_off, is_unfolded=self._is_unfolded, today=today))
        had_keyboard = self.table.hasFocus()
        self.table.setVisible(bool(lines or put_off))
        self.nothing.setVisible(not lines and not put_off)
        is_begin = not lines and self._waiting.is_nobody_here
        self.setFocusProxy(self.nothing.new if is_begin else self.table)
        self._show_next(today)
        if is_begin and had_keyboard:
            self.nothing.new.setFocus()
        if (lines or put_off) and self.table.current_row() is None:
            self.table.choose(next(row.id for row in self.table.rows_model.rows if isinstance(row, TodayRow)))
        self._show_chosen(self.table.current_row())

    def _show_next(self, today: date) -> None:
        self.side.show_next(self._waiting.next, lambda one: self._people.name(one.case_id), today)
        if self._waiting.is_nobody_here:
            self.nothing.tell_begin()
            return
        first = self._waiting.next[:1]
        words = [f"Next: {one.what.lower()} {day_word(one.on, today)}, {self._people.name(one.case_id) or one.reference}." for one in first]
        self.nothing.tell_next(words[0] if words else "Nothing is planned for the days ahead either.")

    def _show_chosen(self, row: TodayRow | None) -> None:
        line = row.line if row is not None else None
        self.side.show_line(line, row.name if row else "", self._deeds.of(row))
        about = row.sealed_about if row is not None else (None, None)
        if about != self._told_of or about[0] is None or about[1] is not None:
            self._told_of = None
            self.side.show_plan(None, date.min, hidden=True)
            self._rest.start() if any(about) else self._rest.stop()

    def _read_plan(self) -> None:
        row = self.table.current_row()
        if row is None or not self.isVisible():
            return
        case_id, snooze_id = about = row.sealed_about

        def then(found: OneLine) -> None:
            now = self.table.current_row()
            if now is not None and now.sealed_about == about:
                self._told_of = about
                self.side.show_plan(found.plan, self._waiting.today, suspended=found.suspended, hidden=case_id is None)
                self.side.show_why_put_off(found.why_put_off)

        reading = Reading("safe contact shown", case_id) if case_id is not None else Reading.office("why a line was put off")
        self.work.read(self, lambda session: read_line(session, case_id, snooze_id), then, key="plan", reading=reading)

    # What can be done

    def _open_row(self, row: TodayRow) -> None:
        for deed in self._deeds.of(row)[:1]:
            deed.run()

    def _press(self, key: str) -> None:
        for deed in self._deeds.of(self.table.current_row()):
            if deed.key == key:
                deed.run()
                return

    def _fold(self) -> None:
        self._is_unfolded = not self._is_unfolded
        self._show()

    def _put_off(self, row: TodayRow) -> None:
        self.put_off.start_for(row.line, row.name, self._waiting.today)

    def _take_up(self, snooze_id: UUID) -> None:
        self.work.change(self, lambda session: take_up_again(session, snooze_id=snooze_id), lambda _: None)

    def _go_on(self, draft: Line) -> None:
        """Open the box something was begun in; of a line that is not shown, say where to look."""
        if draft.place == "draft.cover":
            self.cover.box.start_giving(self._waiting.today)
            return
        about = [row for row in self.table.rows_model.rows if isinstance(row, TodayRow) and row.put_off is None and about_of(row.line) == draft.about]
        if about:
            self._put_off(about[0])
        else:
            self.frame.say("info", "The line it is about is not among these.", "Press 3 to look among all, or X to throw it away.")

    def _throw_away(self, draft: Line) -> None:
        form = draft.place.removeprefix("draft.")
        names = (form, f"{form} {draft.about}")

        def discard(session: Any) -> None:
            for name in names:
                discard_draft(session, form=name)

        self.work.change(self, discard, lambda _: None)

    def _next_covered(self) -> None:
        """4 shows the first whom one covers for, then the next."""
        covered = self.whose.values[len(_WHOSE) :]
        if covered:
            now = self.whose.value()
            self.whose.set_value(covered[(covered.index(now) + 1) % len(covered)] if now in covered else covered[0])


_WHOSE = ((Scope.MINE, "Mine"), (Scope.TEAM, "Team"), (Scope.ALL, "All"))
