"""New case by hand: when and from where, the name used, the language, how to reach safely. Everything else may come later.

Who may be the same person is told as one types.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from victimcare.casework.drafts import discard_draft, draft_of, keep_draft
from victimcare.casework.new_person import new_case
from victimcare.casework.safe_hours import SafeHours
from victimcare.reference.codelists import codelist
from victimcare.refused import Refused
from victimcare.store.clock import day_of
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.people import People
from victimcare.ui.screens.case.fitting import Fitting
from victimcare.ui.screens.case.hours_text import channel_words, hours_words, read_hours
from victimcare.ui.screens.case.parts import Card
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.widgets.date_box import HOW, DateBox
from victimcare.ui.widgets.form import Form
from victimcare.ui.widgets.in_layout import in_layout
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

FORM = "new case"
HOURS_HINT = "any time, before 16:00, Mon-Fri 9-12"
KEEP_AFTER_MS = 1_000


class NewCaseScreen(Screen):
    """Saves by Ctrl+Enter and opens the new case; Esc goes back and keeps what was typed as a draft of the office."""

    title = "New case"

    def __init__(self, work: Work, window: MainWindow, people: People) -> None:
        super().__init__(work, window)
        self.people = people
        self._is_touched = self._is_saving = False
        self._keep_soon = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep_soon.timeout.connect(self.keep_draft)
        self.message = Message(framed=False)
        self._make_fields()
        self.alike, self._alike_inside = self._side()
        self.page.addWidget(PageHead("New case", "Everything else may come later"))
        self.page.addWidget(Columns((self._middle(), 0), (self.alike, 344)), 1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._leave)
        self.setFocusProxy(self.source)

    def open(self, place: Place) -> None:
        self._clear()
        self.work.read(self, lambda session: draft_of(session, FORM), self._take_draft, key="draft", reading=Reading.office("draft"))

    def keys(self) -> list[Key]:
        return [Key("Ctrl+Return", "Open the case"), Key("Esc", "Back, keep the draft")]

    def has_unsaved(self) -> bool:
        return self._keep_soon.isActive()

    def keep_draft(self) -> None:
        self._keep_soon.stop()
        if self._is_touched and not self._is_saving:
            body = json.dumps(self._held(), ensure_ascii=False)
            self.work.change(self, lambda session: keep_draft(session, form=FORM, body=body), lambda _: None, failed=self.message.refuse)

    def forget(self) -> None:
        self._clear()
        self._show_alike()

    def save(self) -> None:
        """Open the case, or say what is missing."""
        found = self._wrong()
        if found is not None:
            self.message.say("caution", found[0])
            found[1].setFocus()
            return
        if not self._is_saving:
            self._is_saving = True
            self._keep_soon.stop()
            self.work.change(self, self._deed(), self._saved, failed=self._refused)

    # Fields

    def _make_fields(self) -> None:
        self.received_on = DateBox(None, name="Received on", today=self._today)
        sources = [(value.code, value.label) for value in codelist("case_source").values if value.code != "UNKNOWN"]
        self.source = CodeBox(sources, "From where", empty="Choose, or type to find")
        self.name = QLineEdit()
        self.name.setPlaceholderText("The name to use with them, in any script")
        languages = [(value.code, value.label) for value in codelist("language").values]
        self.language = CodeBox(languages, "Language", empty="Not known yet")
        ways = [(value.code, channel_words(value.code)) for value in codelist("contact_channel").values]
        self.way = CodeBox(ways, "Safe way to reach them", empty="Choose, or type to find")
        self.when = QLineEdit()
        self.when.setPlaceholderText(HOURS_HINT)
        self.phone = QLineEdit()
        self.phone.setPlaceholderText("Shown only after the plan")
        self.must_not_know = NoteBox("Who must not know", "Who must not know, what must not be said")
        for signal in (self.received_on.changed, self.source.chosen, self.language.chosen, self.way.chosen, self.must_not_know.edited):
            signal.connect(self._edited)
        for field in (self.name, self.when, self.phone):
            field.textEdited.connect(self._edited)
        for field in (self.name, self.phone):
            field.textChanged.connect(lambda _: self._show_alike())

    def _middle(self) -> QWidget:
        form = Form(label_width=120, gap=10)
        for words, field in (
            ("Received on", self.received_on), ("From where", self.source), ("Name used", self.name), ("Language", self.language),
            ("Reach them by", self.way), ("When is it safe", self.when), ("Number", self.phone), ("Kept from", self.must_not_know),
        ):  # fmt: skip
            form.add(words, field)
        buttons = QHBoxLayout()
        space(buttons, gap=8)
        buttons.addWidget(Button("Open case", self.save, kind="primary", key="Ctrl+Enter"))
        buttons.addWidget(Button("Back, keep draft", self._leave, key="Esc"))
        buttons.addStretch(1)
        buttons.addWidget(Button("Discard draft", self._discard, kind="flat"))
        box = QFrame()
        inside = QVBoxLayout(box)
        space(inside, 24, 8, 24, 16, gap=14)
        inside.addLayout(form)
        inside.addWidget(
            State("info", "Note", "info", "The reference comes by itself. The way to reach them becomes the safe-contact plan, checked today.", small=True)
        )
        inside.addWidget(self.message)
        inside.addLayout(buttons)
        inside.addStretch(1)
        size(box, most_width=760)
        return box

    def _side(self) -> tuple[QWidget, QVBoxLayout]:
        frame, inside = QFrame(), QWidget()
        frame.setProperty("ground", "window")
        frame.setProperty("edge", "left")
        outer, layout = QVBoxLayout(frame), QVBoxLayout(inside)
        space(outer, gap=0)
        space(layout, 16, 12, 16, 12, gap=6)
        layout.addWidget(Words("Here already?", "section"))
        shown = QVBoxLayout()
        space(shown, gap=4)
        layout.addLayout(shown)
        outer.addWidget(Fitting(inside))
        outer.addStretch(1)
        return frame, shown

    # Who may be the same

    def _show_alike(self) -> None:
        while self._alike_inside.count():
            item = self._alike_inside.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()  # or it would show as a window of its own
                widget.setParent(None)
                widget.deleteLater()
        found = self.people.possible_duplicates(name=self.name.text(), phone=self.phone.text())
        for one in found:
            self._alike_inside.addWidget(self._card(one.case_id, one.name, one.reference, " and ".join(one.reasons)))
        if not found:
            typed = bool(self.name.text().strip() or self.phone.text().strip())
            self._alike_inside.addWidget(
                Words("Nobody here is like them." if typed else "People with a like name or number show here as you type.", "muted", wraps=True)
            )

    def alike_shown(self) -> list[str]:
        """What is said of each person who may be the same."""
        return [card.accessibleName() for card in in_layout(self._alike_inside) if isinstance(card, Card)]

    def _card(self, case_id: UUID, name: str, reference: str, alike: str) -> Card:
        return Card(name, reference, (f"Alike in {alike}",), pressed=lambda: self.frame.go(Place("case", case_id)), deed="Open this case instead")

    # Saving

    def _wrong(self) -> tuple[str, QWidget] | None:
        if not self.received_on.is_valid():
            return f"“{self.received_on.text().strip()}” is no day that can be read. {HOW}.", self.received_on
        if self.received_on.value() is None:
            return "Give the day it was received.", self.received_on
        if self.source.value() is None:
            return "Choose where it came from.", self.source
        if not self.name.text().strip():
            return "Give a name to use, even one made up with the person.", self.name
        if self.way.value() is None:
            return "Choose at least one way to reach them that they say is safe.", self.way
        return None if read_hours(self.when.text()) else (f"These hours are not understood. Type such as: {HOURS_HINT}.", self.when)

    def _deed(self) -> Any:
        weekdays, start, end = read_hours(self.when.text()) or (127, 0, 1440)
        hours = SafeHours(self.way.value(), "YES", weekdays, start, end)
        entry: dict[str, Any] = {
            "received_on": self.received_on.value(), "source": self.source.value(), "name_used": self.name.text().strip(), "language": self.language.value(),
            "hours": (hours,), "must_not_know": self.must_not_know.text(), "phone": self.phone.text(),
            "summary": f"{channel_words(hours.channel)} only, {hours_words(weekdays, start, end)}.",
        }  # fmt: skip

        def open_it(session: Any) -> UUID:
            case_id = new_case(session, **entry)
            discard_draft(session, form=FORM)
            return case_id

        return open_it

    def _saved(self, case_id: UUID) -> None:
        self._clear()
        self.frame.go(Place("case", case_id))

    def _refused(self, refused: Refused) -> None:
        self._is_saving = False
        self.message.refuse(refused)
        self.keep_draft()

    def _leave(self) -> None:
        self.keep_draft()
        self.frame.back() if self.frame.history.can_step(-1) else self.frame.go(Place("cases"))

    def _discard(self) -> None:
        self._clear()
        self.work.change(self, lambda session: discard_draft(session, form=FORM), lambda _: None)
        self._leave()

    # The draft

    def _held(self) -> dict[str, Any]:
        on = self.received_on.value()
        return {
            "received_on": on.isoformat() if on else "", "source": self.source.value(), "name": self.name.text(), "language": self.language.value(),
            "way": self.way.value(), "when": self.when.text(), "phone": self.phone.text(), "must_not_know": self.must_not_know.toPlainText(),
        }  # fmt: skip

    def _take_draft(self, draft: Any) -> None:
        if draft is None or self._is_touched:
            return
        kept = json.loads(draft.body)
        self.received_on.set_value(date.fromisoformat(kept["received_on"]) if kept["received_on"] else None)
        for name in ("source", "language", "way"):
            getattr(self, name).set_value(kept[name])
        for name in ("name", "when", "phone"):
            getattr(self, name).setText(kept[name])
        self.must_not_know.set_text(kept["must_not_know"])
        self._is_touched = True
        self._keep_soon.stop()
        self.message.say("info", "This is the draft you had begun.", "Discard it to start afresh.")

    def _edited(self, *_: object) -> None:
        self._is_touched = True
        if not self._keep_soon.isActive():
            self._keep_soon.start()

    def _clear(self) -> None:
        self.received_on.set_value(self._today())
        for code in (self.source, self.language, self.way):
            code.set_value(None)
        for field in (self.name, self.when, self.phone):
            field.clear()
        self.must_not_know.set_text("")
        self.message.put_away()
        self._keep_soon.stop()
        self._is_touched = self._is_saving = False

    def _today(self) -> date:
        return day_of(self.work.vault.clock())
