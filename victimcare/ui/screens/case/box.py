"""A box that opens in place on the case page: fields, Ctrl+Enter saves, Esc closes and keeps what was typed as a draft.

What is typed is kept, sealed with the case's key, within two seconds of the last key; it comes back with its cursor when the
box opens again, also after the program was killed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from victimcare.casework.drafts import LONGEST_DRAFT, discard_draft, keep_draft
from victimcare.overview.case_page import CasePage
from victimcare.refused import Refused
from victimcare.store.clock import day_of
from victimcare.store.errors import Conflict
from victimcare.ui.screens.case.both_versions import BothVersions
from victimcare.ui.screens.case.field_values import held
from victimcare.ui.screens.case.fitting import Fitting
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.form import Form
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.words import clock
from victimcare.ui.work import Work

LABEL_WIDTH = 78
KEEP_AFTER_MS = 1_000  # counted from the first key not yet kept: well within the two seconds promised
Deed = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, repr=False)
class Ground:
    """What every box stands on: the page it changes, the work, the row it is about (a barrier, a referral), and `find`: cases in memory by what is typed."""

    work: Work
    page: CasePage
    about: UUID | None = None
    find: Callable[[str], Any] = lambda text: ()

    @property
    def case_id(self) -> UUID:
        return self.page.facts.id

    def today(self) -> date:
        return day_of(self.work.vault.clock())


class CaseBox(QFrame):
    """Subclasses add fields with `field`, say what saving does with `deed`, and may refuse before with `wrong`.

    `saved`: written; `gone`: closed, saved or thrown away; `kept(form, body)`: the draft now, "" for none.
    `outdated`: not written, since somebody else changed the same meanwhile.
    """

    saved = Signal()
    gone = Signal()
    kept = Signal(str, str)
    outdated = Signal()
    heading = ""
    verb = "Save"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__()
        self.form_name, self.ground = form, ground
        self._fields: dict[str, QWidget] = {}
        self._is_touched = self._is_saving = self._is_gone = False
        self._was: dict[str, Any] = {}
        self.setObjectName("box")
        self.setAccessibleName(self.heading)
        self.message = Message(framed=False)
        self.told = Words("", "small")
        self.form = Form(label_width=LABEL_WIDTH, gap=6)
        self._keep_soon = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep_soon.timeout.connect(self.keep)
        page = QVBoxLayout(self)
        space(page, 12, 8, 12, 10, gap=6)
        head = QHBoxLayout()
        self.title = Words(self.heading, "section")
        head.addWidget(self.title, 1)
        head.addWidget(self.told)
        page.addLayout(head)
        inside = QWidget()
        fields = QVBoxLayout(inside)
        space(fields, gap=0)
        fields.addLayout(self.form)
        self.area = Fitting(inside)  # the fields give way, never the buttons
        page.addWidget(self.area)
        self.under = QVBoxLayout()
        space(self.under, gap=8)
        page.addLayout(self.under)
        self.both = BothVersions()
        page.addWidget(self.both)
        page.addWidget(self.message)
        page.addLayout(self._buttons())
        for keys, run in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Esc", self.close_keeping)):
            QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(run)

    # For subclasses

    def field(self, name: str, label: str, widget: QWidget, *more: QWidget) -> Any:
        """Add a row whose widget's value is part of the draft; `label` "" for one placed by hand."""
        self._fields[name] = widget
        if label:
            self.form.add(label, widget, *more)
        changed = getattr(widget, "edited", None) or getattr(widget, "changed", None) or getattr(widget, "chosen", None)
        if isinstance(widget, QCheckBox):
            changed = widget.toggled
        elif isinstance(widget, QLineEdit):
            changed = widget.textChanged
        assert changed is not None, "a field tells when it changes"
        changed.connect(self._edited)
        return widget

    def wrong(self) -> tuple[str, QWidget] | None:
        """What cannot be saved so, and the field to mend; None when all is well."""
        return None

    def deed(self) -> Deed:
        """`fn(session)` that saves what the fields say; made in the window's thread, run in the writer's."""
        raise NotImplementedError

    def page_came(self, page: CasePage) -> None:
        """The case was read again while the box is open; what was chosen and typed stays."""

    def leads_to(self) -> str:
        """The form that is offered once this is saved, "" for none: what was just written asks for it."""
        return ""

    # What a page does with it

    def fields(self) -> dict[str, Any]:
        """What the fields hold, as JSON takes it."""
        return {name: held(widget) for name, widget in self._fields.items()}

    def begin(self) -> None:
        """The fields are as the case has them: what is changed from here on was changed by who types."""
        self._was = self.fields()

    def stands_on(self) -> str:
        """The version of what is changed here, as it was read; "" for a box that only adds."""
        about = self.ground.about
        return str(next((getattr(row, "version", "") for row in self.ground.page.file.rows() if row.id == about), "")) if about else ""

    def restore(self, body: str) -> None:
        """Put a draft back, with the cursor where it was; beside what somebody else changed since, both are shown."""
        kept = json.loads(body)
        self.both.put_back(self._fields, kept, is_as_it_was=kept.get("stands", "") == self.stands_on())
        widget = self._fields.get(kept.get("at", ""))
        if widget is not None:
            widget.setFocus()
            if isinstance(widget, QPlainTextEdit):
                cursor = widget.textCursor()
                cursor.setPosition(min(kept.get("cursor", 0), len(widget.toPlainText())))
                widget.setTextCursor(cursor)
        self._is_touched = True
        self._keep_soon.stop()
        self.told.setText("Draft, not saved")

    def has_unkept(self) -> bool:
        """Whether something typed is not even in the draft yet."""
        return self._keep_soon.isActive()

    def keep(self) -> None:
        """Keep what was typed as a draft, now."""
        self._keep_soon.stop()
        if not self._is_touched or self._is_saving:
            return
        body, form, case_id = self._body(), self.form_name, self.ground.case_id
        self.kept.emit(form, body)
        self.ground.work.change(
            self, lambda session: keep_draft(session, form=form, body=body, case_id=case_id) and session.now,
            lambda now: self.told.setText(f"Draft kept {clock(now)}"), failed=self.message.refuse,
        )  # fmt: skip

    def save(self) -> None:
        """Write it and throw the draft away, in one change. What cannot be saved is said in the box and stays.

        What was typed of a choice counts, although the keyboard is still on it.
        """
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
        self.write(partial(_save, self.deed(), self.form_name, self.ground.case_id))

    def write(self, change: Deed) -> None:
        """Have `change` written; a box whose writing takes long tells how far it is."""
        self.ground.work.change(self, change, self._saved, failed=self._refused)

    def close_keeping(self) -> None:
        """Close; what was typed stays as a draft. What is too long even for that stays open."""
        if self._is_touched and len(self._body()) > LONGEST_DRAFT:
            self.message.say("caution", "This is too long to keep as a draft. Shorten it, or discard it and add it as a document.")
            return
        self.keep()
        self.gone.emit()

    def discard(self) -> None:
        """Throw away what was typed."""
        self._keep_soon.stop()
        self._is_touched = False
        self.kept.emit(self.form_name, "")
        form, case_id = self.form_name, self.ground.case_id
        self.ground.work.change(self, lambda session: discard_draft(session, form=form, case_id=case_id), lambda _: None)
        self.gone.emit()

    def forget(self) -> None:
        """Take every text off the fields; nothing is kept or saved any more."""
        self._keep_soon.stop()
        self._is_gone = True
        for widget in self._fields.values():
            if isinstance(widget, NoteBox):
                widget.set_text("")
            elif isinstance(widget, QLineEdit):
                widget.clear()
            elif isinstance(widget, CodeBox):
                widget.fill(())
        self.title.setText("")
        self.both.forget()
        self.message.put_away()

    # Inside

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        space(row, gap=8)
        self.save_button = Button(self.verb, self.save, kind="primary", key="Ctrl+Enter")
        row.addWidget(self.save_button)
        row.addWidget(Button("Close, keep draft", self.close_keeping, key="Esc"))
        row.addStretch(1)
        row.addWidget(Button("Discard draft", self.discard, kind="flat"))
        return row

    def _edited(self, *_: object) -> None:
        if self._is_gone:
            return
        self._is_touched = True
        if not self._keep_soon.isActive():
            self._keep_soon.start()

    def _body(self) -> str:
        at = next((name for name, widget in self._fields.items() if widget.hasFocus() or widget.isAncestorOf(self.focusWidget() or self)), "")
        here = self._fields.get(at)
        cursor = here.textCursor().position() if isinstance(here, QPlainTextEdit) else 0
        body = {"fields": self.fields(), "was": self._was, "stands": self.stands_on(), "at": at, "cursor": cursor}
        return json.dumps(body, ensure_ascii=False)

    def _saved(self, _: Any) -> None:
        self._is_touched = self._is_saving = False
        self.kept.emit(self.form_name, "")
        self.saved.emit()
        self.gone.emit()

    def _refused(self, refused: Refused) -> None:
        self._is_saving = False
        self.message.refuse(refused)
        self.keep()
        if isinstance(refused, Conflict):
            self.outdated.emit()


def _save(deed: Deed, form: str, case_id: UUID, session: Any) -> Any:
    answer = deed(session)
    discard_draft(session, form=form, case_id=case_id)
    return answer
