"""Today: what waits, grouped by what it is, sorted by when, each line with its reason. The chosen line is told at the right.

Lines are coded facts; names come from memory. The safe-contact plan of the chosen line is opened, and that is noted, only
once the keyboard rests on the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout

from victimcare.casework.office_rules import PLAN_CHECK, days_of, usual_days
from victimcare.casework.safe_contact import Plan, plan_of
from victimcare.casework.suspensions import Suspended, standing_suspensions
from victimcare.overview.coming import Coming, coming
from victimcare.overview.lines import Group, Line, Scope
from victimcare.overview.today import is_nobody_here, today_lines
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.people import People
from victimcare.ui.screens.today_nothing import TodayNothing
from victimcare.ui.screens.today_rows import STEPS, TodayRow, TodayTable, grouped, weight
from victimcare.ui.screens.today_side import WIDTH, Deed, TodaySide, day_word
from victimcare.ui.style import size, space
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import number, weekday
from victimcare.ui.work import Work

REST_MS = 250
UNSEEN_MS = 1000
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one reading of Today gave."""

    lines: tuple[Line, ...]
    next: tuple[Coming, ...]
    today: date
    is_nobody_here: bool = False
    plan_days: int = usual_days(PLAN_CHECK)

FIRST_STEPS = {"SUSPENDED": ("Review it", "channel_review {}"), "APPROVAL": ("Answer it", "decide {}"), "RETENTION": ("Review it", "retention")}
"""What Enter does with a line of a kind in its case: words, and the form of the box, with the id of the row it is about."""


class TodayScreen(Screen):
    """`people` names cases from memory. `places`: where lines about no single case are worked on, by their `place`."""

    title = "Today"

    def __init__(self, work: Work, window: Any, people: People, places: Mapping[str, Place] | None = None) -> None:
        super().__init__(work, window)
        self._people, self._places = people, places or {}
        self._waiting = Waiting((), (), date.min)
        self._shows_all = False
        self._plan_of: UUID | None = None
        self.whose = Segments([(Scope.MINE, "Mine"), (Scope.TEAM, "Team"), (Scope.ALL, "All")], "Whose")
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
        if self._plan_of is not None and kinds & {"safe_contact_plan", "channel_suspension", "channel_review"}:
            self._plan_of = None
        self._read()

    def keys(self) -> list[Key]:
        return [
            Key("Return", "Open what is chosen"),
            Key("L", "Log a contact", partial(self._press, "L")),
            Key("A", "Record a partner's answer", partial(self._press, "A")),
            Key("D", "Mark a deadline or task done, say how an appointment went", partial(self._press, "D")),
            Key("E", "Say why the deadline does not apply, change or move the appointment", partial(self._press, "E")),
            Key("C", "Open the case", partial(self._press, "C")),
            *(Key(str(at), f"Show {words}", partial(self.whose.set_value, scope)) for at, (scope, words) in enumerate(_WHOSE, start=1)),
        ]

    def forget(self) -> None:
        self._minute.stop()
        self._rest.stop()
        self._waiting, self._plan_of = Waiting((), (), date.min), None
        self.table.show_rows(())
        self.nothing.forget()
        self.side.forget()

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
        beside = QVBoxLayout()
        space(beside, 16, 0, 8, 8, gap=0)
        size(self.table, least_height=300)
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
        scope, limit = self.whose.value(), None if self._shows_all else -1

        def lines(session: Any) -> Waiting:
            return Waiting(today_lines(session, scope=scope, limit=limit), coming(session, scope=scope), session.today, is_nobody_here(session), days_of(session, PLAN_CHECK))

        self.work.read(self, lines, self._take, key="lines")
        if not self._minute.isActive():
            self._minute.start()

    def _take(self, waiting: Waiting) -> None:
        self._waiting, self.side.plan_days = waiting, waiting.plan_days
        if self.isVisible():
            cases = [*(line.case_id for line in waiting.lines), *(one.case_id for one in waiting.next)]
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
        self.table.show_rows(grouped(lines, self._people.name))
        had_keyboard = self.table.hasFocus()
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        is_begin = not lines and self._waiting.is_nobody_here
        self.setFocusProxy(self.nothing.new if is_begin else self.table)
        self._show_next(today)
        if is_begin and had_keyboard:
            self.nothing.new.setFocus()
        if lines and self.table.current_row() is None:
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
        self.side.show_line(line, row.name if row else "", self._deeds(line))
        case_id = line.case_id if line is not None else None
        if case_id != self._plan_of or case_id is None:
            self._plan_of = None
            self.side.show_plan(None, date.min, hidden=True)
            self._rest.start() if case_id is not None else self._rest.stop()

    def _read_plan(self) -> None:
        row = self.table.current_row()
        if row is None or row.line.case_id is None or not self.isVisible():
            return
        case_id = row.line.case_id

        def read(session: Any) -> tuple[Plan | None, tuple[Suspended, ...]]:
            return plan_of(session, case_id), standing_suspensions(session, [case_id]).get(case_id, ())

        def then(found: tuple[Plan | None, tuple[Suspended, ...]]) -> None:
            now = self.table.current_row()
            if now is not None and now.line.case_id == case_id:
                self._plan_of = case_id
                self.side.show_plan(found[0], self._waiting.today, suspended=found[1])

        self.work.read(self, read, then, key="plan", reading=Reading("safe contact shown", case_id))

    # What can be done

    def _deeds(self, line: Line | None) -> list[Deed]:
        if line is None:
            return []
        first = self._first_deed(line)
        if line.case_id is None:
            return first
        more = [Deed("Log contact", "L", partial(self._log, line.case_id))]
        if line.kind in ("REFERRAL_UNANSWERED", "REFERRAL_ASKED_MORE"):
            more.insert(0, Deed("Record the answer", "A", partial(self._answer, line.about)))
        if line.kind == "SAFEGUARDING":
            more.insert(0, Deed("Record the answer", "A", partial(self._begin, line.case_id, f"safeguarding_answer {line.about}")))
        steps = STEPS.get(line.kind, ())
        more = [*(Deed(words, key, partial(self._begin, line.case_id, f"{form} {line.about}")) for words, key, form in steps), *more]
        if first[0].words != "Open the case":
            more.append(Deed("Open the case", "C", partial(self._go, Place("case", line.case_id))))
        return [*first, *more]

    def _first_deed(self, line: Line) -> list[Deed]:
        if line.kind == "MORE":
            return [Deed("Show all", "Enter", partial(self._read_all, True))]
        if line.kind in FIRST_STEPS and line.case_id is not None:
            words, form = FIRST_STEPS[line.kind]
            return [Deed(words, "Enter", partial(self._begin, line.case_id, form.format(line.about)))]
        words, place = self._where(line)
        return [Deed(words, "Enter", partial(self._go, place))] if place is not None else []

    def _where(self, line: Line) -> tuple[str, Place | None]:
        """What Enter does, and where it goes."""
        if line.kind in ("REFERRAL_DRAFT", "CONSENT"):
            return ("Finish the referral" if line.kind == "REFERRAL_DRAFT" else "Ask again for consent"), Place("refer", line.case_id)
        if line.place == "referral":
            return "Open the referral", Place("referrals", line.about)
        if line.case_id is not None:
            return "Open the case", Place("case", line.case_id)
        place = self._places.get(line.place)
        if line.kind == "DRAFT":
            return "Go on with it", place and Place(place.screen, line.about)
        return {"cases.imported": "Look through them", "leftovers": "Mend them"}.get(line.place, "Go on with it"), place

    def _open_row(self, row: TodayRow) -> None:
        deeds = self._first_deed(row.line)
        if deeds:
            deeds[0].run()

    def _press(self, key: str) -> None:
        row = self.table.current_row()
        for deed in self._deeds(row.line if row else None):
            if deed.key == key:
                deed.run()

    def _go(self, place: Place) -> None:
        self.frame.go(place)

    def _log(self, case_id: UUID) -> None:
        self.frame.go(Place("case", case_id))
        case: Any = self.frame.screen_shown
        case.log()

    def _begin(self, case_id: UUID, form: str) -> None:
        self.frame.go(Place("case", case_id))
        case: Any = self.frame.screen_shown
        case.begin(form)

    def _answer(self, referral_id: UUID | None) -> None:
        self.frame.go(Place("referrals", referral_id))
        referrals: Any = self.frame.screen_shown
        referrals.answer()


_WHOSE = ((Scope.MINE, "mine"), (Scope.TEAM, "the team's"), (Scope.ALL, "all"))
