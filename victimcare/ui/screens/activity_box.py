"""The box for a new activity: what, when, visits with premises and finding, how many were spoken to, which agencies and countries."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from victimcare.activity.activities import record_activity
from victimcare.activity.visits import record_visit, record_visits
from victimcare.casework.drafts import DraftRow, discard_draft, draft_of, keep_draft
from victimcare.reference.codelists import codelist
from victimcare.store.reading import Reading
from victimcare.ui.screens.visit_rows import Visited, VisitRows, line_field, number_field
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.codes_box import CodesBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.work import Work

FORM = "activity"
USUAL = "ACTIVITY_DAY"


class ActivityBox(QFrame):
    """`opened`: shown. `saved(id)`: written. `gone`: closed. What is typed is kept, sealed, when the box is left."""

    opened = Signal()
    saved = Signal(object)
    gone = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.today = date.min
        self._is_saving = False
        self._is_narrow: bool | None = None
        self._placed: list[tuple[Words, QWidget]] = []
        self.setObjectName("box")
        self.setAccessibleName("New activity")
        kinds = [(value.code, value.label) for value in codelist("activity_type").values]
        self.kind = CodeBox(kinds, "What", USUAL, small=True)
        self.on = DateBox(name="On", today=lambda: self.today, small=True)
        self.named = line_field("Title", "What it was, such as: hand car washes, Ealing")
        self.spoken_to = number_field("People spoken to")
        self.agencies = CodesBox([(value.code, value.label) for value in codelist("agency").values], "Agencies", hint="HMRC; local authority", small=True)
        self.countries = CodesBox([(value.code, value.label) for value in codelist("nationality").values], "Countries", hint="Romania; Lithuania", small=True)
        self.visits = VisitRows()
        self.message = Message(framed=False, closes=False)
        self._lay_out()

    def start(self) -> None:
        """Show the box, ready for the first field."""
        if not self.isVisible():
            if self.on.value() is None and self.today != date.min:
                self.on.set_value(self.today)
            self.show()
            self.opened.emit()
        self.visits.first().setFocus()

    def look_for_draft(self) -> None:
        """Bring back what was begun, where nothing is typed now."""
        if not self.isVisible():
            self._work.read(self, lambda session: draft_of(session, FORM), self._restore, key="draft", reading=Reading.office("drafts"))

    def set_narrow(self, is_narrow: bool) -> None:
        """Three fields a row, or one under the other where there is no room."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        for at, (told, field) in enumerate(self._placed):
            row, column, span = (at, 0, 5) if is_narrow else (0, 2 * at, 1) if at < 3 else (1, 0, 5) if at == 3 else (2, 2 * (at - 4), 1)
            self._grid.addWidget(told, row, column, Qt.AlignmentFlag.AlignTop if field is self.visits else Qt.AlignmentFlag(0))
            self._grid.addWidget(field, row, column + 1, 1, span)
        for column, share in ((1, 2), (3, 3), (5, 3)):
            self._grid.setColumnStretch(column, share if not is_narrow or column == 1 else 0)

    def has_unsaved(self) -> bool:
        """Whether something typed would be lost."""
        return not self.isHidden() and self._is_touched() and not self._is_saving

    def keep(self) -> None:
        """Keep what was typed."""
        body = json.dumps(self._fields(), ensure_ascii=False)
        self._work.change(self, lambda session: keep_draft(session, form=FORM, body=body), lambda _: None)

    def close_keeping(self) -> None:
        """Close; what was typed is kept."""
        if self._is_touched():
            self.keep()
        self.hide()
        self.gone.emit()

    def discard(self) -> None:
        """Throw away what was typed."""
        self._work.change(self, lambda session: discard_draft(session, form=FORM), lambda _: None)
        self.forget()
        self.gone.emit()

    def save(self) -> None:
        """Write the activity with its visits, all or nothing. What was typed of a choice counts, although the keyboard is still on it."""
        for field in self.findChildren(CodeBox):
            field.settle()
        problem = self._problem()
        if problem is not None:
            self.message.say("caution", problem[0])
            problem[1].setFocus()
            return
        if self._is_saving:
            return
        self._is_saving = True
        on = self.on.value()
        facts: dict[str, Any] = {
            "kind": self.kind.value(), "on": on, "title": self.named.text().strip(), "agencies": self.agencies.codes(), "countries": self.countries.codes(),
            "people_spoken_to": int(self.spoken_to.text()) if self.spoken_to.text() else None,
        }  # fmt: skip
        assert on is not None, "the day was looked at"
        self._work.change(self, partial(_write, facts, self.visits.visited(), on), self._written, failed=self._refused)

    def forget(self) -> None:
        """Empty every field and hide."""
        self.hide()
        self.kind.set_value(USUAL)
        self.on.set_value(None)
        for field in (self.named, self.spoken_to):
            field.setText("")
        self.agencies.set_codes(())
        self.countries.set_codes(())
        self.visits.show_visited([])
        self.message.put_away()

    def _problem(self) -> tuple[str, QWidget] | None:
        if self.on.value() is None:
            return "Give the day.", self.on
        for field, words in ((self.agencies, "agencies"), (self.countries, "countries")):
            if not field.is_valid():
                return f"A part of the {words} names nothing in the list, or more than one.", field
        unclear = self.visits.unclear()
        return ("Choose what was found there, too.", unclear) if unclear is not None else None

    def _written(self, activity_id: UUID) -> None:
        self._is_saving = False
        self.forget()
        self.saved.emit(activity_id)
        self.gone.emit()

    def _refused(self, refused: Any) -> None:
        self._is_saving = False
        self.message.refuse(refused)

    def _is_touched(self) -> bool:
        return any((self.named.text(), self.spoken_to.text(), self.agencies.text(), self.countries.text(), self.visits.visited()))

    def _fields(self) -> dict[str, Any]:
        on = self.on.value()
        return {
            "kind": self.kind.value(), "on": on.isoformat() if on else "", "title": self.named.text(), "spoken_to": self.spoken_to.text(),
            "agencies": self.agencies.codes(), "countries": self.countries.codes(),
            "visits": [(one.premises, one.finding, one.total) for one in self.visits.visited()],
        }  # fmt: skip

    def _restore(self, draft: DraftRow | None) -> None:
        if draft is None or self.isVisible():
            return
        kept = json.loads(draft.body)
        self.kind.set_value(kept["kind"])
        self.on.set_value(date.fromisoformat(kept["on"]) if kept["on"] else None)
        self.named.setText(kept["title"])
        self.spoken_to.setText(kept["spoken_to"])
        self.agencies.set_codes(kept["agencies"])
        self.countries.set_codes(kept["countries"])
        self.visits.show_visited([Visited(*one) for one in kept["visits"]])
        self.start()

    def _lay_out(self) -> None:
        page, grid, buttons = QVBoxLayout(self), QGridLayout(), QHBoxLayout()
        space(page, 12, 10, 12, 12, gap=8)
        page.addWidget(Words("New activity", "section"))
        space(grid, gap=8)
        named = (("What", self.kind), ("On", self.on), ("Title", self.named), ("Visits", self.visits), ("Spoken to", self.spoken_to),
                 ("Agencies", self.agencies), ("Countries", self.countries))  # fmt: skip
        for words, field in named:
            told = Words(words)
            told.setBuddy(field)
            self._placed.append((told, field))
        page.addLayout(grid)
        self._grid = grid
        self.set_narrow(True)  # until the page knows its width, so that the box never makes the window wider
        page.addWidget(self.message)
        space(buttons, gap=8)
        buttons.addWidget(Button("Save activity", self.save, kind="primary", key="Ctrl+Enter"))
        buttons.addWidget(Button("Close, keep draft", self.close_keeping, key="Esc"))
        buttons.addStretch(1)
        buttons.addWidget(Button("Discard draft", self.discard, kind="flat"))
        page.addLayout(buttons)
        self._order_tabs()
        self.visits.lines_changed.connect(self._order_tabs)
        for keys, run in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Esc", self.close_keeping)):
            QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(run)

    def _order_tabs(self) -> None:
        """As the eye goes: what and when, the visits line by line, then who was there."""
        order = [self.kind, self.on, self.named, *self.visits.in_order(), self.spoken_to, self.agencies, self.countries]
        for first, then in pairwise(order):
            self.setTabOrder(first, then)


def _write(facts: dict[str, Any], visited: list[Visited], on: date, session: Any) -> UUID:
    activity_id: UUID = record_activity(session, **facts)
    for one in visited:
        if one.total == 1:
            record_visit(session, activity_id=activity_id, on=on, premises=one.premises, finding=one.finding)
        else:
            record_visits(session, activity_id=activity_id, on=on, premises=one.premises, finding=one.finding, total=one.total)
    discard_draft(session, form=FORM)
    return activity_id
