"""Beside the list of referrals: the chosen one, its steps, the box for an answer, the copy that went."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from victimcare.casework.drafts import DraftRow, discard_draft, draft_of, keep_draft
from victimcare.reference.codelists import codelist, label
from victimcare.referrals.listing import EventRow, ReferralRow
from victimcare.referrals.referrals import DECLINED, SENT, next_statuses, record_answer
from victimcare.store.reading import Reading
from victimcare.ui.navigation import column
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.clearing import clear
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.form import Form
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.words import ago, day, short_day
from victimcare.ui.work import Work

WIDTH = 344
UNSENT = ("DRAFT", "AWAITING_CONSENT")


class ReferralSide(QObject):
    """`frame` is the widget to place. `recorded(words)`: an answer was written."""

    case_asked = Signal(object)
    finish_asked = Signal(object)
    copy_asked = Signal()
    print_asked = Signal()
    save_asked = Signal()
    recorded = Signal(str)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._row: ReferralRow | None = None
        self._today = date.min
        self.frame, layout = column(WIDTH, "left", scrolls=False)
        space(layout, 24, 16, 24, 16, gap=4)
        self.state = State("hourglass", "", "text")
        self.suspended = State("caution", "Caution", "caution", plain=True)
        self.partner, self.who, self.facts = Words("", "section", wraps=True), Words("", "muted", wraps=True), Words("", wraps=True)
        self.answer_button = Button("Record an answer", self.open_box, kind="primary", key="A", left=True)
        self.finish_button = Button("Finish the referral", lambda: self.finish_asked.emit(self._row and self._row.case_id), kind="primary", left=True)
        self.case_button = Button("Open the case", lambda: self.case_asked.emit(self._row and self._row.case_id), key="Enter", left=True)
        self.copy_button = Button("Show the copy that went", self.copy_asked.emit, key="V", left=True)
        self.paper_row, self.copy = QFrame(), Words("", wraps=True)
        self.steps_head, self.steps = Words("What happened", "strong"), QGridLayout()
        self._lay_out(layout)
        self.forget()

    def show_referral(self, row: ReferralRow | None, name: str, today: date) -> None:
        """Tell one referral; None: nothing is chosen. A box that is open stays while it is about the same one."""
        if row is None or self._row is None or row.id != self._row.id or row.status != self._row.status:
            self.close_box()
            self.show_copy(None, "")
            self.show_events(row.id if row else None, ())
        self._row, self._today = row, today
        always: tuple[QWidget, ...] = (self.state, self.partner, self.who, self.facts, self.case_button, self.steps_head)
        sometimes: tuple[QWidget, ...] = (self.suspended, self.answer_button, self.finish_button, self.copy_button, self.paper_row)
        for part in always:
            part.setVisible(row is not None)
        for part in sometimes:
            part.hide()
        if row is None:
            return
        self.state.show_state(*_state(row, today))
        suspended = row.suspended_words(today)
        self.suspended.show_state("caution", "Caution", "caution", f"{suspended}." if suspended else "")
        self.suspended.setVisible(bool(suspended))
        self.partner.setText(row.partner)
        self.who.setText(", ".join(filter(None, (name, f"{row.reference}/{row.number}"))))
        self.facts.setText("\n".join(_facts(row, today)))
        self.answer_button.setVisible(bool(_answers(row)) and self.box.isHidden())
        self.finish_button.setVisible(row.status in UNSENT)
        self.copy_button.setVisible(row.sent_how == "PRINTED")
        self.paper_row.setVisible(row.sent_how == "PRINTED")

    def show_events(self, referral_id: UUID | None, events: Sequence[EventRow]) -> None:
        """The steps, newest first; what was said stands in the case."""
        if self._row is not None and referral_id != self._row.id:
            return
        clear(self.steps)
        for at, event in enumerate(events):
            why = f": {label('referral_decline_reason', event.decline_reason)}" if event.decline_reason else ""
            self.steps.addWidget(Words(short_day(event.on, self._today), "muted"), at, 0, Qt.AlignmentFlag.AlignTop)
            self.steps.addWidget(Words(label("referral_status", event.status) + why, wraps=True), at, 1)

    def show_copy(self, referral_id: UUID | None, copy: str) -> None:
        """The frozen copy, word for word; "" puts it away."""
        if copy and (self._row is None or self._row.id != referral_id):
            return
        self.copy.setText(json.loads(copy)["text"] if copy else "")
        self.copy.setVisible(bool(copy))

    def open_box(self) -> None:
        """Ask what the partner answered."""
        if self._row is None or not (answers := _answers(self._row)):
            return
        self.status.fill([(code, label("referral_status", code)) for code in answers])
        self.status.set_value(None)
        self.reason.set_value(None)
        self.words.setText("")
        self.on.set_value(self._today)
        self.message.put_away()
        self.box.show()
        self.answer_button.hide()
        self.status.setFocus()
        form, case_id = _form(self._row), self._row.case_id
        self._work.read(
            self, lambda session: draft_of(session, form, case_id), partial(self._restore, self._row.id), key="draft", reading=Reading.case(case_id)
        )

    def close_box(self) -> None:
        """Put the box away; what was typed is kept."""
        if self.has_unsaved():
            self.keep_draft()
        self.box.hide()
        self.answer_button.setVisible(self._row is not None and bool(_answers(self._row)))

    def has_unsaved(self) -> bool:
        """Whether words stand in the box; a choice alone is quickly made again."""
        return not self.box.isHidden() and bool(self.words.text().strip())  # also while the window shows nothing, on its way to being locked

    def keep_draft(self) -> None:
        """Keep what is typed, sealed with the case; the box of the case page takes it up as well."""
        row, on = self._row, self.on.value()
        if row is None:
            return
        fields = {"status": self.status.value(), "reason": self.reason.value(), "words": self.words.text(), "on": on.isoformat() if on else ""}
        body, form, case_id = json.dumps({"fields": fields, "at": "words", "cursor": 0}, ensure_ascii=False), _form(row), row.case_id
        self._work.change(self, lambda session: keep_draft(session, form=form, body=body, case_id=case_id), lambda _: None)

    def save(self) -> None:
        """Write the answer; what was typed of a choice counts, although the keyboard is still on it."""
        for choice in (self.status, self.reason):
            choice.settle()
        row, status = self._row, self.status.value()
        if row is None:
            return
        problem, field = self._problem()
        if problem:
            self.message.say("caution", problem)
            field.setFocus()
            return
        entry: dict[str, Any] = {
            "referral_id": row.id, "status": status, "on": self.on.value(), "words": self.words.text().strip(),
            "decline_reason": self.reason.value() if status == DECLINED else None,
        }  # fmt: skip
        words = f"{row.partner}: {label('referral_status', status).lower()}, {day(self.on.value())}."
        form, case_id = _form(row), row.case_id

        def record(session: Any) -> UUID:
            discard_draft(session, form=form, case_id=case_id)
            return record_answer(session, **entry)

        self._work.change(self, record, partial(self._saved, words), failed=self.message.refuse)

    def forget(self) -> None:
        """Drop every text."""
        self.box.hide()
        self.show_referral(None, "", date.min)
        for words in (self.partner, self.who, self.facts, self.copy):
            words.setText("")
        self.words.setText("")

    def text(self) -> str:
        """Everything it says now."""
        return "\n".join(words.text() for words in self.frame.findChildren(Words) if not words.isHidden() and words.text())

    def _restore(self, referral_id: UUID, draft: DraftRow | None) -> None:
        if draft is None or self._row is None or self._row.id != referral_id or self.words.text() or self.status.value() is not None:
            return
        kept = json.loads(draft.body)["fields"]
        self.status.set_value(kept["status"])
        self.reason.set_value(kept["reason"])
        self.words.setText(kept["words"])

    def _saved(self, words: str, _: UUID) -> None:
        self.words.setText("")
        self.close_box()
        self.recorded.emit(words)

    def _problem(self) -> tuple[str, QWidget]:
        if self.status.value() is None:
            return "Choose what they answered.", self.status
        if self.status.value() == DECLINED and self.reason.value() is None:
            return "Choose why they declined; Other where they gave no reason.", self.reason
        return ("" if self.on.value() is not None else "Give the day of the answer."), self.on

    def _lay_out(self, layout: QVBoxLayout) -> None:
        for part, gap in ((self.state, 0), (self.suspended, 0), (self.partner, 0), (self.who, 8), (self.facts, 12)):
            layout.addWidget(part)
            layout.addSpacing(gap)
        papers = QHBoxLayout(self.paper_row)
        space(papers, gap=8)
        papers.addWidget(Button("Print again", self.print_asked.emit, icon="printer", key="P"))
        papers.addWidget(Button("Save as PDF", self.save_asked.emit, icon="document"))
        papers.addStretch(1)
        buttons = QVBoxLayout()
        space(buttons, gap=8)
        for button in (self._box(), self.answer_button, self.finish_button, self.case_button, self.copy_button, self.paper_row):
            buttons.addWidget(button)
        layout.addLayout(buttons)
        layout.addSpacing(12)
        layout.addWidget(self.steps_head)
        space(self.steps, gap=4)
        self.steps.setHorizontalSpacing(8)
        self.steps.setColumnStretch(1, 1)
        layout.addLayout(self.steps)
        self.copy.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.copy.setAccessibleName("The copy that went")
        layout.addSpacing(12)
        layout.addWidget(self.copy)
        layout.addStretch(1)

    def _box(self) -> QFrame:
        self.box = QFrame()
        self.box.setObjectName("box")
        self.status = CodeBox((), "Answer", empty="Choose, or type to find", small=True)
        self.reason = CodeBox(
            [(value.code, value.label) for value in codelist("referral_decline_reason").values], "Why they declined", empty="Choose a reason", small=True
        )
        self.words = QLineEdit()
        self.words.setPlaceholderText("Who answered, and what they said")
        self.on = DateBox(name="Day of the answer", today=lambda: self._today, small=True)
        self.message = Message(framed=False, closes=False)
        page, form, row = QVBoxLayout(self.box), Form(label_width=64, gap=6), QHBoxLayout()
        space(page, 12, 10, 12, 10, gap=8)
        page.addWidget(Words("Answer from the partner", "strong"))
        page.addLayout(form)
        for words, field in (("Answer", self.status), ("Because", self.reason), ("In words", self.words), ("On", self.on)):
            form.add(words, field)
        form.show_row(self.reason, False)
        self.status.chosen.connect(lambda status: form.show_row(self.reason, status == DECLINED))
        page.addWidget(self.message)
        space(row, gap=8)
        row.addWidget(Button("Record", self.save, kind="primary", key="Ctrl+Enter"))
        row.addWidget(Button("Close", self.close_box, key="Esc"))
        row.addStretch(1)
        page.addLayout(row)
        for keys, run in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Esc", self.close_box)):
            QShortcut(QKeySequence(keys), self.box, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(run)
        return self.box


def _form(row: ReferralRow) -> str:
    return f"answer {row.id}"


def _answers(row: ReferralRow) -> tuple[str, ...]:
    return tuple(code for code in next_statuses(row.status) if code != SENT) if row.status not in UNSENT else ()


def _state(row: ReferralRow, today: date) -> tuple[str, str, str, str]:
    """Icon, word, tone and words about the state."""
    if row.status in UNSENT:
        return "pen", label("referral_status", row.status), "text", "nothing has left"
    if row.is_late(today) and not row.imported and row.answer_by is not None:
        return "late", "Late", "late", f"an answer was asked for by {day(row.answer_by)}"
    if row.is_unanswered():
        return "hourglass", "Waiting", "text", "no answer yet"
    since = f"since {day(row.status_on)}" if row.status_on else ""
    return "refer", label("referral_status", row.status), "text", since


def _facts(row: ReferralRow, today: date) -> list[str]:
    services = "; ".join(label("referral_service", code) for code in row.services)
    lines = [services]
    if row.sent_on is not None:
        how = f", {label('sent_how', row.sent_how).lower()}" if row.sent_how else ""
        lines.append(f"Sent {day(row.sent_on)}, {ago(row.sent_on, today)}{how}")
    if row.answer_by is not None and row.is_unanswered():
        lines.append(f"Answer asked for by {day(row.answer_by)}")
    if row.wanted_from is not None:
        lines.append(f"Wanted from {day(row.wanted_from)}")
    return [line for line in lines if line]
