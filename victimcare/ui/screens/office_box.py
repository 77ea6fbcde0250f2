"""A box that opens in place for a record of no one case: fields, Ctrl+Enter saves, Esc closes and keeps what was typed, sealed.

What is typed is kept within two seconds, so that it comes back after the program was killed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from victimcare.casework.drafts import DraftRow, discard_draft, draft_of, keep_draft
from victimcare.store.reading import Reading
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.codes_box import CodesBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.form import Form
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.work import Work

Wrong = tuple[str, QWidget] | None
KEEP_AFTER_MS = 1_000  # counted from the first key not yet kept


class OfficeBox(QFrame):
    """Subclasses add fields with `field` and say `wrong()` and `deed()`. `saved(words)`: written. `gone`: closed."""

    saved = Signal(str)
    gone = Signal()
    form = ""
    heading = ""
    verb = "Save"
    done = "Saved."

    def __init__(self, work: Work, *, label_width: int = 80) -> None:
        super().__init__()
        self.work, self.today = work, date.min
        self.about: Any = None
        self._fields: dict[str, QWidget] = {}
        self._start: dict[str, Any] = {}
        self._is_saving = False
        self._keep_soon = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep_soon.timeout.connect(self._keep_typed)
        self.setObjectName("box")
        self.setAccessibleName(self.heading)
        self.rows, self.message = Form(label_width=label_width, gap=6), Message(framed=False, closes=False)
        page, buttons = QVBoxLayout(self), QHBoxLayout()
        space(page, 12, 10, 12, 12, gap=8)
        page.addWidget(Words(self.heading, "strong"))
        page.addLayout(self.rows)
        page.addWidget(self.message)
        space(buttons, gap=8)
        buttons.addWidget(Button(self.verb, self.save, kind="primary", key="Ctrl+Enter"))
        buttons.addWidget(Button("Close", self.close_keeping, key="Esc"))
        buttons.addStretch(1)
        page.addLayout(buttons)
        for keys, run in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Esc", self.close_keeping)):
            QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(run)
        self.hide()

    # For subclasses

    def field(self, name: str, label: str, widget: QWidget) -> Any:
        """Add a field that is part of the draft; `label` "" for one that says itself what it is."""
        self._fields[name] = widget
        _edited(widget).connect(self._typed)
        if label:
            self.rows.add(label, widget)
        else:
            self.rows.addRow(widget)
        return widget

    def wrong(self) -> Wrong:
        """What cannot be saved so, and the field to mend."""
        return None

    def deed(self) -> Callable[[Any], Any]:
        """`fn(session)` that writes what the fields say."""
        raise NotImplementedError

    # For the screen

    def start(self, about: Any, today: date) -> None:
        """Open, empty or with what was begun about the same thing."""
        if self.isVisible() and about == self.about:
            self.focus_first()
            return
        self.about, self.today = about, today
        self.empty()
        self._start = self.values()
        self.show()
        self.focus_first()
        form = self._form()
        self.work.read(self, lambda session: draft_of(session, form), self._restore, key="draft", reading=Reading.office("drafts"))

    def focus_first(self) -> None:
        """To the first field."""
        next(iter(self._fields.values())).setFocus()

    def has_unsaved(self) -> bool:
        """Whether something typed would be lost; also while the window shows nothing, on its way to being locked."""
        return not self.isHidden() and not self._is_saving and self.values() != self._start

    def keep(self) -> None:
        """Keep what was typed."""
        self._keep_soon.stop()
        form, body = self._form(), json.dumps(self.values(), ensure_ascii=False)
        self.work.change(self, lambda session: keep_draft(session, form=form, body=body), lambda _: None)

    def close_keeping(self) -> None:
        """Close; what was typed is kept."""
        if self.has_unsaved():
            self.keep()
        self.hide()
        self.gone.emit()

    def save(self) -> None:
        """Write it and drop the draft, in one change. What was typed of a choice counts, although the keyboard is still on it."""
        for widget in self._fields.values():
            if isinstance(widget, CodeBox):
                widget.settle()
        found = self.wrong()
        if found is not None:
            self.message.say("caution", found[0])
            found[1].setFocus()
            return
        if self._is_saving:
            return
        self._is_saving = True
        self._keep_soon.stop()
        deed, form = self.deed(), self._form()

        def write(session: Any) -> Any:
            answer = deed(session)
            discard_draft(session, form=form)
            return answer

        self.work.change(self, write, self._written, failed=self._refused)

    def forget(self) -> None:
        """Empty every field and hide."""
        self._keep_soon.stop()
        self.hide()
        self.empty()
        self.about = None

    def empty(self) -> None:
        """Every field as it is at first."""
        self.message.put_away()
        for widget in self._fields.values():
            _put(widget, None, self.today)

    def values(self) -> dict[str, Any]:
        """What the fields hold, as JSON takes it."""
        return {name: _held(widget) for name, widget in self._fields.items()}

    def _form(self) -> str:
        return self.form if self.about is None else f"{self.form} {self.about}"

    def _typed(self, *_: object) -> None:
        if not self.isHidden() and not self._keep_soon.isActive():
            self._keep_soon.start()

    def _keep_typed(self) -> None:
        if self.has_unsaved():
            self.keep()

    def _restore(self, draft: DraftRow | None) -> None:
        if draft is not None and self.values() == self._start:
            for name, value in json.loads(draft.body).items():
                if name in self._fields:
                    _put(self._fields[name], value, self.today)

    def _written(self, _: Any) -> None:
        self._is_saving = False
        self.forget()
        self.saved.emit(self.done)
        self.gone.emit()

    def _refused(self, refused: Any) -> None:
        self._is_saving = False
        self.message.refuse(refused)


def _edited(widget: QWidget) -> Any:
    """The signal that says that somebody changed what the widget holds."""
    if isinstance(widget, DateBox):
        return widget.changed
    if isinstance(widget, CodeBox):
        return widget.chosen
    if isinstance(widget, QCheckBox):
        return widget.toggled
    assert isinstance(widget, QLineEdit), "a field of a box"
    return widget.textEdited


def _held(widget: QWidget) -> Any:
    if isinstance(widget, DateBox):
        value = widget.value()
        return value.isoformat() if value else ""
    if isinstance(widget, CodeBox):
        return widget.value()
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    assert isinstance(widget, QLineEdit), "a field of a box"
    return widget.text()


def _put(widget: QWidget, value: Any, today: date) -> None:
    """`value` None: as it is at first; a date is then today's, unless its property `starts_empty` says otherwise."""
    if isinstance(widget, DateBox):
        first = None if widget.property("starts_empty") or today == date.min else today
        widget.set_value(first if value is None else date.fromisoformat(value) if value else None)
    elif isinstance(widget, CodeBox):
        widget.set_value(widget.property("first") if value is None else value)
    elif isinstance(widget, QCheckBox):
        widget.setChecked(True if value is None else value)
    elif isinstance(widget, CodesBox):
        widget.read_text(value or "")
    elif isinstance(widget, QLineEdit):
        widget.setText(value or "")
