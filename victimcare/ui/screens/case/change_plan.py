"""Change the safe-contact plan in place: which ways are safe and when, who must not know, what to say if somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from victimcare.casework.contact_points import record_contact_point
from victimcare.casework.safe_contact import NEVER_A_COMPANION, Plan, record_plan, refuse_newer_plan
from victimcare.casework.safe_hours import NO, SafeHours
from victimcare.reference.codelists import codelist
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.hours_text import agreed_words, channel_words, hours_words, read_hours
from victimcare.ui.style import restyle, size, space
from victimcare.ui.widgets.buttons import Button, IconButton
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments

SAFE = (("YES", "Safe"), ("NO", "Never"), ("ASK", "Ask first"))
HOURS_HINT = "any time, before 16:00, Mon-Fri 9-12"
TEXTS = (
    ("summary", "In short", "Text only, before 16:00. Never call."), ("must_not_know", "Kept from", "Who must not know"),
    ("code_word", "Code word", "What shows that it is safe to talk"),
)  # fmt: skip
FOLDED = (
    ("danger_word", "For danger", "The word that means: not safe now"), ("may_be_told", "May know", "Who may be told, and what"),
    ("cover_story", "If asked", "Who we say we are"), ("voicemail", "Voicemail", "What a message may say, or that none may be left"),
    ("alternative", "Else through", "Who else, and who they are to the person; add their number below"),
)  # fmt: skip
WITHHOLD = (("", "Not asked"), ("YES", "Yes, withhold it"), ("NO", "No need"))
FOLDED_FIELDS = (*(name for name, _, _ in FOLDED), "withhold_number", "interpreter_language", "interpreter_dialect", "interpreter_gender", "interpreter_rules")
FOLD_KEY = "Alt+M"


class ChangePlanBox(CaseBox):
    """The plan as it stands, to be changed. Whether it was agreed with the person is never ticked beforehand.

    What is asked less often is folded under one button; it is kept as it was where nobody unfolds it.
    """

    heading = "Safe-contact plan"
    verb = "Save plan"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        plan = ground.page.safe_contact.plan
        self.ways = self.field("ways", "Ways", WaysEditor(plan.hours if plan else (SafeHours("TEXT", "YES"),)))
        self.texts: dict[str, NoteBox] = {}
        self._folded: list[QWidget] = []
        self._add_texts(TEXTS, plan)
        kinds = [(value.code, value.label) for value in codelist("contact_point_kind").values]
        self.kind = self.field("kind", "", CodeBox(kinds, "Kind of number or address", "PHONE"))
        self.value = self.field("value", "", QLineEdit())
        self.label = self.field("label", "", QLineEdit())
        self._add_number()
        self.more = Button("", self.fold, kind="flat", key=FOLD_KEY, small=True, left=True)
        self.form.addRow("", self.more)
        self._folded += self._add_texts(FOLDED, plan)
        self.withhold = self.field("withhold_number", "Our number", Segments(WITHHOLD, "Withhold our number", plan.withhold_number if plan else ""))
        self._folded.append(self.withhold)
        self._add_interpreter(plan)
        self.agreed = self.field("agreed", "", QCheckBox("Gone through with the person today"))
        self.form.add("Checked", self.agreed)
        QShortcut(QKeySequence(FOLD_KEY), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(self.fold)
        self._is_folded = False
        self.fold()
        self._is_touched = False
        self._keep_soon.stop()
        self.setFocusProxy(self.ways)

    def wrong(self) -> tuple[str, QWidget] | None:
        field = self.ways.unread()
        if field is not None:
            return f"These hours are not understood. Type such as: {HOURS_HINT}.", field
        if all(row.is_safe == NO for row in self.ways.hours()):
            return "The plan leaves no way to reach the person. Add one that is safe, or one to ask about first.", self.ways
        return None

    def deed(self) -> Deed:
        texts: dict[str, Any] = {name: box.text() for name, box in self.texts.items()}
        texts |= {
            "withhold_number": self.withhold.value(), "interpreter_language": self.language.value() or "", "interpreter_gender": self.gender.value() or "",
            "interpreter_dialect": self.dialect.text(),
        }  # fmt: skip
        case_id, hours, is_agreed = self.ground.case_id, self.ways.hours(), self.agreed.isChecked()
        kind, value, whose = self.kind.value(), self.value.text().strip(), self.label.text().strip()
        before = self.ground.page.safe_contact.plan

        def change(session: Any) -> None:
            refuse_newer_plan(session, case_id, before.id if before else None)
            record_plan(session, case_id=case_id, hours=hours, checked_on=session.today if is_agreed else None, **texts)
            if value:
                record_contact_point(session, case_id=case_id, kind=kind, value=value, label=whose)

        return change

    def stands_on(self) -> str:
        plan = self.ground.page.safe_contact.plan
        return str(plan.id) if plan else "none"

    def restore(self, body: str) -> None:
        """A draft comes back unfolded, so that nothing typed is out of sight."""
        if self._is_folded:
            self.fold()
        super().restore(body)

    def fold(self) -> None:
        """Fold what is asked less often, or unfold it and go there."""
        self._is_folded = not self._is_folded
        for field in self._folded:
            self.form.setRowVisible(field, not self._is_folded)
        filled = sum(bool(getattr(self.ground.page.safe_contact.plan, name, "")) for name in FOLDED_FIELDS)
        told = f", {filled} recorded" if filled else ""
        self.more.setText(f"More: danger word, cover story, voicemail, interpreter{told}" if self._is_folded else "Fold what is asked less often")
        if not self._is_folded:
            self._folded[0].setFocus()
            QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self._folded[0]))  # once there is room for it

    def forget(self) -> None:
        super().forget()
        self.ways.set_value([])

    def _add_texts(self, texts: Sequence[tuple[str, str, str]], plan: Plan | None) -> list[QWidget]:
        """A field for each text, filled from the plan."""
        for name, words, hint in texts:
            self.texts[name] = self.field(name, words, NoteBox(words, hint))
            self.texts[name].set_text(getattr(plan, name) if plan else "")
        return [self.texts[name] for name, _, _ in texts]

    def _add_interpreter(self, plan: Plan | None) -> None:
        """Which interpreter, and the rule that always holds."""
        languages = [(value.code, value.label) for value in codelist("language").values]
        genders = [(value.code, value.label) for value in codelist("gender").values if value.code != "UNKNOWN"]
        language, gender = (plan.interpreter_language or None, plan.interpreter_gender or None) if plan else (None, None)
        self.language = self.field("interpreter_language", "", CodeBox(languages, "Interpreter's language", language, empty="Language"))
        self.dialect = self.field("interpreter_dialect", "", QLineEdit(plan.interpreter_dialect if plan else ""))
        self.gender = self.field("interpreter_gender", "", CodeBox(genders, "Interpreter's gender", gender, empty="Any gender"))
        self.dialect.setAccessibleName("Interpreter's dialect")
        self.dialect.setPlaceholderText("Dialect")
        inside = QWidget()
        row = QHBoxLayout(inside)
        space(row, gap=8)
        for widget in (self.language, self.dialect, self.gender):
            row.addWidget(widget, 1)
        inside.setFocusProxy(self.language)
        self.form.add("Interpreter", inside)
        self._folded.append(inside)
        rules = (("interpreter_rules", "Not who", f"Who must not interpret. {NEVER_A_COMPANION}"),)
        self._folded += self._add_texts(rules, plan)

    def _add_number(self) -> None:
        self.value.setAccessibleName("Number or address to add")
        self.value.setPlaceholderText("Add a number or address")
        self.label.setAccessibleName("Whose, or which")
        self.label.setPlaceholderText("Whose, or which")
        inside = QWidget()
        row = QHBoxLayout(inside)
        space(row, gap=8)
        size(self.kind, width=104)
        for widget, stretch in ((self.kind, 0), (self.value, 3), (self.label, 2)):
            row.addWidget(widget, stretch)
        inside.setFocusProxy(self.value)
        self.form.add("New", inside)


class WaysEditor(QWidget):
    """One line a way: which, whether it is safe, when, whether a message may be left."""

    edited = Signal()

    def __init__(self, hours: Sequence[SafeHours]) -> None:
        super().__init__()
        self._lines: list[WayLine] = []
        layout = QVBoxLayout(self)
        space(layout, gap=4)
        self._inside = QVBoxLayout()
        space(self._inside, gap=4)
        layout.addLayout(self._inside)
        self._add_button = Button("Add a way", self._add_another, icon="plus", kind="flat", small=True, left=True)
        layout.addWidget(self._add_button)
        for row in hours:
            self._add(row)

    def value(self) -> list[list[Any]]:
        """The lines, as a draft keeps them."""
        return [line.value() for line in self._lines]

    def set_value(self, lines: list[list[Any]]) -> None:
        """Put the lines of a draft back."""
        while self._lines:
            self._remove(self._lines[0])
        for channel, is_safe, hours, may_leave in lines:
            line = self._add(SafeHours(channel, is_safe, may_leave_message=may_leave))
            line.when.setText(hours)

    def hours(self) -> tuple[SafeHours, ...]:
        """What the lines say; unread hours are left out."""
        return tuple(row for line in self._lines if (row := line.hours()) is not None)

    def accessibleDescription(self) -> str:
        """All ways in a line."""
        return agreed_words(self.hours())

    def unread(self) -> QWidget | None:
        """The first field of hours that cannot be read."""
        return next((line.when for line in self._lines if line.hours() is None), None)

    def _add_another(self) -> None:
        used = {line.channel.value() for line in self._lines}
        free = next((value.code for value in codelist("contact_channel").values if value.code not in used), "OTHER")
        self._add(SafeHours(free, "YES")).channel.setFocus()
        self.edited.emit()

    def _add(self, row: SafeHours) -> WayLine:
        line = WayLine(row)
        line.edited.connect(self.edited)
        line.removed.connect(partial(self._remove, line))
        self._lines.append(line)
        self._inside.addWidget(line)
        self._tell_names()
        return line

    def _remove(self, line: WayLine) -> None:
        self._lines.remove(line)
        self._inside.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._tell_names()
        self.edited.emit()

    def _tell_names(self) -> None:
        for number, line in enumerate(self._lines, start=1):
            line.tell_names(number)
        self.setFocusProxy(self._lines[0].channel if self._lines else self._add_button)


class WayLine(QWidget):
    """One way to reach the person."""

    edited = Signal()
    removed = Signal()

    def __init__(self, row: SafeHours) -> None:
        super().__init__()
        self.channel = CodeBox([(value.code, channel_words(value.code)) for value in codelist("contact_channel").values], "Way", row.channel)
        self.is_safe = CodeBox(SAFE, "Is it safe", row.is_safe)
        self.when = QLineEdit(hours_words(row.weekdays, row.from_minute, row.to_minute))
        self.when.setCursorPosition(0)
        self.when.setAccessibleName("When")
        self.when.setPlaceholderText(HOURS_HINT)
        self.when.setToolTip(f"When: {HOURS_HINT}")
        self.may_leave = QCheckBox("Message")
        self.may_leave.setChecked(row.may_leave_message)
        self.may_leave.setToolTip("A message may be left")
        layout = QHBoxLayout(self)
        space(layout, gap=6)
        size(self.is_safe, width=100)
        size(self.channel, least_width=116)
        for widget, stretch in ((self.channel, 2), (self.is_safe, 0), (self.when, 3), (self.may_leave, 0)):
            layout.addWidget(widget, stretch)
        self._remove_button = IconButton("cross", "Remove this way", self.removed.emit)
        layout.addWidget(self._remove_button)
        for signal in (self.channel.chosen, self.is_safe.chosen, self.when.textChanged, self.may_leave.toggled):
            signal.connect(lambda *_: self._changed())

    def tell_names(self, number: int) -> None:
        """Which way of how many a screen reader is on."""
        fields = (self.channel, ""), (self.is_safe, ": is it safe"), (self.when, ": when"), (self.may_leave, ": a message may be left")
        for field, words in fields:
            field.setAccessibleName(f"Way {number}{words}")
        self._remove_button.setAccessibleName(f"Remove way {number}")

    def value(self) -> list[Any]:
        """Way, whether safe, hours as typed, whether a message may be left."""
        return [self.channel.value(), self.is_safe.value(), self.when.text(), self.may_leave.isChecked()]

    def hours(self) -> SafeHours | None:
        """What it says; None where the hours cannot be read."""
        read = read_hours(self.when.text())
        return None if read is None else SafeHours(self.channel.value(), self.is_safe.value(), *read, may_leave_message=self.may_leave.isChecked())

    def _changed(self) -> None:
        is_wrong = read_hours(self.when.text()) is None
        if bool(self.when.property("invalid")) != is_wrong:
            self.when.setProperty("invalid", is_wrong)
            restyle(self.when)
        self.edited.emit()
