"""Deadlines of the person: what is owed by when, and the box that marks one done, says why one does not apply, or records a new event."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from victimcare.casework.deadlines import LATE, MET, NOT_APPLICABLE, DeadlineRow, meet_deadline, reasons_for, record_deadline, set_not_applicable
from victimcare.casework.entitlements import STANDARD
from victimcare.overview.case_page import CasePage
from victimcare.overview.owed import due_words
from victimcare.reference.codelists import codelist, label
from victimcare.reference.deadline_rules import DeadlineRule, NoRuleThen, recordable, rule_on, versions_of, words_if_under_18
from victimcare.store.clock import day_of
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import count, short_day, weekday

NEW = "NEW"
DOES = ((MET, "Done"), (NOT_APPLICABLE, "Does not apply"), (NEW, "Something new happened"))
UNDERSTOOD = (("", "Not said"), ("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not sure"))
CONTACTS = 12


class DeadlineBox(CaseBox):
    """Which one, and what came of it; with nothing typed, the newest that is due is done today. `about`: the one to begin with."""

    heading = "Deadlines"
    does = MET

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.open = {str(row.id): row for row in open_deadlines(ground.page, ground.today())}
        self.what = self.field("what", "What", Segments(DOES, "What came of it", self.does if self.open else NEW))
        choices = [(id, f"{short_day(row.due_on, ground.today())}: {row.version().label}") for id, row in self.open.items()]
        first = str(ground.about) if ground.about else next(iter(self.open), None)
        self.which = self.field("which", "Which", CodeBox(choices, "Which deadline", first, empty="Choose, or type to find"))
        self.due = Words("", "small")
        self.form.addRow("", self.due)
        self._reasons()
        self._done()
        self._new()
        for signal in (self.what.chosen, self.which.chosen, self.on.changed, self.rule.chosen, self.event_on.changed, self.contact.chosen):
            signal.connect(self._show)
        self.contact.chosen.connect(self._take_contact)
        self._show()
        self.setFocusProxy(self._first_field())

    def wrong(self) -> tuple[str, QWidget] | None:
        what, row = self.what.value(), self.row()
        if what == NEW:
            if self.rule.value() is None:
                return "Choose what happened.", self.rule
            return ("Give the day it happened.", self.event_on) if self.event_on.value() is None else None
        if row is None:
            return "Choose which deadline.", self.which
        if what == NOT_APPLICABLE:
            return ("Choose why it does not apply.", self.why_not) if self.why_not.value() is None else None
        if self.on.value() is None:
            return "Give the day it was done.", self.on
        return ("It was due before that day. Choose why it was late.", self.reason) if self._is_late() and self.reason.value() is None else None

    def deed(self) -> Deed:
        row, what, why = self.row(), self.what.value(), self.why.text()
        if what == NEW:
            entry: dict[str, Any] = {"case_id": self.ground.case_id, "rule": self.rule.value(), "event_on": self.event_on.value()}
            return lambda session: record_deadline(session, **entry)
        assert row is not None, "a deadline is chosen"
        if what == NOT_APPLICABLE:
            reason = self.why_not.value()
            return lambda session: set_not_applicable(session, deadline_id=row.id, reason=reason, why=why)
        contact = self.contact.value()
        met: dict[str, Any] = {
            "on": self.on.value(), "reason": self.reason.value() if self._is_late() else None, "channel": self.channel.value(),
            "language": self.language.value(), "understood": self.understood.value() or None, "contact_id": UUID(contact) if contact else None,
            "told": self.told_words.text(), "understood_words": self.understood_words.text(), "why": why,
        }  # fmt: skip
        return lambda session: meet_deadline(session, deadline_id=row.id, **met)

    def row(self) -> DeadlineRow | None:
        """The deadline that is chosen."""
        return self.open.get(self.which.value() or "")

    # Inside

    def _reasons(self) -> None:
        self.on = self.field("on", "Done on", DateBox(self.ground.today(), name="Day it was done", today=self.ground.today))
        self.reason = self.field("reason", "Late, why", CodeBox(reasons_for(LATE), "Why it was late", empty="Choose a reason"))
        self.why_not = self.field("why_not", "Because", CodeBox(reasons_for(NOT_APPLICABLE), "Why it does not apply", empty="Choose a reason"))
        self.why = self.field("why", "In words", NoteBox("Why, in words", "More about the reason"))

    def _done(self) -> None:
        page, today = self.ground.page, self.ground.today
        self.told_words = self.field("told", "Told", NoteBox("What the person was told", "What the person was told, in words"))
        self.understood = self.field("understood", "Understood", Segments(UNDERSTOOD, "Understood"))
        self.understood_words = self.field("understood_words", "", NoteBox("What the person made of it", "What they made of it, or asked"))
        self.form.add("", self.understood_words)
        channels = [(value.code, value.label) for value in codelist("contact_channel").values]
        self.channel = self.field("channel", "How", CodeBox(channels, "How the person was told", empty="Not said"))
        languages = [(value.code, value.label) for value in codelist("language").values]
        self.language = self.field("language", "Language", CodeBox(languages, "In which language", page.facts.language, empty="Not said"))
        told = [(str(row.id), _contact_words(row, today())) for row in page.file.contacts[:CONTACTS] if row.is_achieved]
        self.contact = self.field("contact", "Contact", CodeBox(told, "The contact it was in", empty="None of those logged"))

    def _new(self) -> None:
        rules = [(code, f"{version.trigger} ({version.label})") for code in recordable() for version in versions_of(code)[-1:]]
        self.rule = self.field("rule", "Happened", CodeBox(rules, "What happened", empty="Choose, or type to find"))
        self.event_on = self.field("event_on", "On", DateBox(self.ground.today(), name="Day it happened", today=self.ground.today))
        self.live = Words("", wraps=True)
        self.source = Words("", "small", wraps=True)
        self.caution = State("caution", "Caution", "caution", small=True)
        for part in (self.live, self.source, self.caution):
            self.form.addRow("", part)

    def _show(self, *_: object) -> None:
        """Only the fields of what is chosen; live, when it is due and on what authority."""
        what, row = self.what.value(), self.row()
        for field in (self.told_words, self.understood, self.understood_words, self.channel, self.language, self.contact, self.on):
            self.form.setRowVisible(field, what == MET)
        self.form.setRowVisible(self.reason, what == MET and self._is_late())
        self.form.setRowVisible(self.why_not, what == NOT_APPLICABLE)
        self.form.setRowVisible(self.why, what == NOT_APPLICABLE or (what == MET and self._is_late()))
        self.form.setRowVisible(self.which, what != NEW)
        rule = self._rule()
        shown = {
            self.due: _sentence(due_words(row.version(), row, self.ground.today())) if row and what != NEW else "",
            self.live: self._both_days(rule) if rule and what == NEW else "",
            self.source: authority(rule) if rule and what == NEW else "",
        }
        for field in (self.rule, self.event_on):
            self.form.setRowVisible(field, what == NEW)
        for words, text in shown.items():
            words.setText(text)
            self.form.setRowVisible(words, bool(text))
        caution = self._caution(rule)
        self.caution.show_state("caution", "Caution", "caution", caution)
        self.form.setRowVisible(self.caution, bool(caution))

    def _rule(self) -> DeadlineRule | None:
        row = self.row()
        if self.what.value() != NEW:
            return row.version() if row else None
        if self.rule.value() is None or self.event_on.value() is None:
            return None
        try:
            return rule_on(self.rule.value(), self.event_on.value())
        except NoRuleThen:
            return None

    def _both_days(self, rule: DeadlineRule) -> str:
        """When it would be due with the person's rights, and with the others where those differ."""
        on, is_enhanced = self.event_on.value(), not has_standard_rights(self.ground.page, self.event_on.value())
        said = [f"Due {weekday(rule.due_on(on, enhanced=which))}, {rule.period(enhanced=which)}" for which in (is_enhanced, not is_enhanced)]
        if rule.days == rule.enhanced_days:
            return f"{said[0]}."
        names = ("enhanced rights", "standard rights") if is_enhanced else ("standard rights", "enhanced rights")
        return f"{said[0]} ({names[0]}). With {names[1]}: {said[1][0].lower()}{said[1][1:]}."

    def _caution(self, rule: DeadlineRule | None) -> str:
        row, what, on = self.row(), self.what.value(), self.event_on.value()
        if what == NEW and rule is None:
            is_missing = self.rule.value() is not None and on is not None
            return f"{NoRuleThen().reason} {NoRuleThen().remedy}" if is_missing else ""
        if rule is None:
            return ""
        enhanced = not has_standard_rights(self.ground.page, on) if what == NEW else bool(row and row.is_enhanced)
        due = rule.due_on(on, enhanced=enhanced) if what == NEW else row.due_on if row else date.min
        child = words_if_under_18(rule.code) if self.ground.page.is_child else ""
        return " ".join(filter(None, (child, rule.warning(due))))

    def _is_late(self) -> bool:
        row, on = self.row(), self.on.value()
        return row is not None and on is not None and row.version().is_late(row.due_on, on)

    def _take_contact(self, contact: str | None) -> None:
        """The day and the way of the contact it was in."""
        row = next((one for one in self.ground.page.file.contacts if str(one.id) == contact), None)
        if row is not None:
            self.on.set_value(day_of(row.at))
            self.channel.set_value(row.channel)

    def _first_field(self) -> QWidget:
        what: str = self.what.value()
        return {NEW: self.rule, NOT_APPLICABLE: self.why_not}.get(what) or (self.reason if self._is_late() else self.told_words)


class NotApplicableBox(DeadlineBox):
    """The same, beginning with why it does not apply."""

    heading = "A deadline that does not apply"
    does = NOT_APPLICABLE


class DeadlinesPart(Part):
    """The open ones, newest due first and what is ahead after them; Enter on one marks it done. Under them, which rights the person has under the Victims' Code."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Deadlines", "D", "Mark one done, or record a new event", doors.to_box("deadline"))
        self._doors = doors

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        found = open_deadlines(page, today)
        for row in found:
            self.add(self._card(row, today))
        settled = len(page.file.deadlines) - len(found)
        if not found:
            self.nothing(f"None open, {count(settled, 'is', 'are')} settled" if settled else "None recorded")
        newest = page.file.entitlements[0] if page.file.entitlements else None
        told = f"since {short_day(newest.on, today)}" if newest else "as everybody from the start"
        rights = "Standard rights" if newest and newest.level == STANDARD else "Enhanced rights"
        self.add(Card(rights, "", (f"Victims' Code, {told}",), tone="muted", pressed=self._doors.to_box("entitlement"), deed="Change the rights"))

    def _card(self, row: DeadlineRow, today: date) -> Card:
        rule = row.version()
        is_late, pressed = rule.is_late(row.due_on, today), self._doors.to_box("deadline", row.id)
        state = "late" if is_late else "today" if row.due_on == today else short_day(row.due_on, today)
        told = _sentence(due_words(rule, row, today))
        return Card(
            rule.label, state, (f"{told}. Owed by: {rule.duty_holder}",), is_strong=is_late or row.due_on == today,
            tone="late" if is_late else "text", pressed=pressed, deed="Mark it done",
        )  # fmt: skip


def open_deadlines(page: CasePage, today: date) -> list[DeadlineRow]:
    """Those still owed: what is due by `today`, newest first, then what is ahead, soonest first."""
    found = [row for row in page.file.deadlines if row.is_open]
    return [*(row for row in found if row.due_on <= today), *reversed([row for row in found if row.due_on > today])]


def has_standard_rights(page: CasePage, on: date | None) -> bool:
    """Whether the person had standard rights only on that day."""
    newest = next((row for row in page.file.entitlements if on is not None and row.on <= on), None)
    return newest is not None and newest.level == STANDARD


def authority(rule: DeadlineRule) -> str:
    """Who owes it, which right it is, whether that was verified, and where it stands."""
    right = f"Victims' Code, right {rule.right[1:]}: {label('victims_code_right', rule.right)}. " if rule.right else ""
    source = "" if rule.source == ("general knowledge, unverified here",) else f". {'; '.join(_named(one) for one in rule.source)}"
    return f"Owed by: {rule.duty_holder}. {right}{rule.verification_words()}{source}."


def _named(source: str) -> str:
    """A source without its address, which nobody reads off a screen."""
    return source.partition(", http")[0].partition(" (text read")[0].partition(" (assets")[0]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _contact_words(row: Any, today: date) -> str:
    return f"{short_day(day_of(row.at), today)}, {label('contact_channel', row.channel).lower()}, {label('contact_outcome', row.outcome).lower()}"
