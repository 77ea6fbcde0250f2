"""Log a contact: usual answers chosen, what was said, the person's own words and the worker's view apart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QWidget

from victimcare.casework.contacts import PERSON, Contact, ContactRow, log_contact, needs_safety_review
from victimcare.casework.dates import in_office_time
from victimcare.casework.safe_contact import check_plan
from victimcare.casework.safe_hours import YES, SafeHours, safe_now
from victimcare.casework.workers import my_worker
from victimcare.reference.codelists import codelist
from victimcare.store.clock import LONDON, day_of
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.hours_text import caution_words, safe_ways
from victimcare.ui.style import size, space
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.widgets.time_box import TimeBox

WAYS = (("TEXT", "Text"), ("IN_PERSON", "In person"), ("VIA_WORKER", "Via worker"), ("EMAIL", "Email"), ("PHONE", "Call"), ("OTHER", "Other"))
RESULTS = (
    ("SPOKEN", "Reached"), ("NO_ANSWER", "No answer"), ("MESSAGE_SAFE", "Message"), ("WRONG_PERSON", "Someone else"), ("UNSAFE_ENDED", "Unsafe"),
)  # fmt: skip
CHORDS = {"TEXT": "T", "IN_PERSON": "P", "VIA_WORKER": "V", "EMAIL": "E", "PHONE": "C", "OTHER": "O",
          "SPOKEN": "R", "NO_ANSWER": "N", "MESSAGE_SAFE": "M", "WRONG_PERSON": "S", "UNSAFE_ENDED": "U"}  # fmt: skip
WRITTEN = ("TEXT", "EMAIL", "POST", "MESSAGING")
MINUTES = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180)

SUSPENDS = "Logging this suspends that way at once, on open referrals too, until somebody has reviewed it."


class LogContactBox(CaseBox):
    """Focus starts in Said; Alt and a letter choose the way and the result from anywhere in the box."""

    heading = "Log a contact"
    verb = "Log contact"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        plan = ground.page.safe_contact.plan
        self._hours: tuple[SafeHours, ...] = ground.page.safe_contact.hours
        now = in_office_time(ground.work.vault.clock())
        self.way = self.field("way", "", Segments(WAYS, "How", usual_way(self._hours, now)))
        rest = [(value.code, value.label) for value in codelist("contact_channel").values if value.code not in dict(WAYS) or value.code == "OTHER"]
        self.other_way = self.field("other_way", "", CodeBox(rest, "Which other way", "POST", small=True))
        self.form.add("How", self.way)
        self.form.add("Which", self.other_way)
        self.result = self.field("result", "Result", Segments(RESULTS, "Result"))
        self._add_when(now)
        self.said = self.field("said", "Said", NoteBox("Said", "What was talked about, as facts", lines=2))
        self.own_words = self.field("own_words", "Own words", NoteBox("Own words", "As the person said them, in any language"))
        self.view = self.field("view", "My view", NoteBox("My view", "Kept apart from what was said"))
        self._add_more()
        self.asked_again = self.field("asked_again", "", QCheckBox("Asked again: still safe, same plan"))
        self.form.add("Plan", _row((self.asked_again, 0), (self.inbound, 0)))
        self.asked_again.setEnabled(plan is not None and bool(plan.hours))
        self._add_next()
        self.caution = State("caution", "Caution", "caution")
        self.review = State("caution", "Caution", "caution", SUSPENDS)
        self.under.addWidget(self.caution)
        self.under.addWidget(self.review)
        self.under.addWidget(State("info", "Note", "info", "May be disclosed. No account of the offence, nothing from therapy.", small=True))
        for signal in (self.way.chosen, self.other_way.chosen, self.result.chosen, self.on.changed, self.at.changed):
            signal.connect(lambda _: self._look_at_plan())
        self._chords()
        self._look_at_plan()
        self.setFocusProxy(self.said)

    def channel(self) -> str:
        """The code of the way chosen."""
        chosen: str = self.other_way.value() if self.way.value() == "OTHER" else self.way.value()
        return chosen

    def outcome(self) -> str:
        """The code of the result: the exact one where one was chosen."""
        exact, result = self.exact.value(), self.result.value()
        if exact:
            return str(exact)
        return "NO_RESPONSE" if result == "NO_ANSWER" and self.channel() in WRITTEN else str(result)

    def moment(self) -> datetime:
        """When it was; at the start of its day where the time is not known."""
        return datetime.combine(self.on.value() or self.ground.today(), self.at.value() or time(), LONDON)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.on.value() is None:
            return "Give the day it happened.", self.on
        if not self.at.is_valid():
            return "That is not a time. Type such as 14:02, or leave it empty.", self.at
        if not self.next_on.is_valid():
            return "That is not a date. Type such as 27 Nov, fri or +3.", self.next_on
        if self.next_step.value() and self.next_on.value() is None:
            return "Say on which day the next step is.", self.next_on
        return None

    def entry(self) -> dict[str, Any]:
        """What the fields say of the contact, as `log_contact` takes it, but the case."""
        return {
            "at": self.moment(), "is_time_known": self.at.value() is not None, "channel": self.channel(),
            "outcome": self.outcome(), "kind": self.about.value(), "said": self.said.text(), "own_words": self.own_words.text(),
            "view": self.view.text(), "next_step": self.next_step.value() or "", "next_on": self.next_on.value(), "minutes": self.minutes.value(),
            "interpreter": "YES" if self.interpreter.isChecked() else None, "direction": "INBOUND" if self.inbound.isChecked() else "OUTBOUND",
            "person_contacted": self.whom.value(), "agency": self.agency.value() or "",
        }  # fmt: skip

    def deed(self) -> Deed:
        entry, case_id, checks_plan, on = self.entry(), self.ground.case_id, self.asked_again.isChecked(), day_of(self.moment())

        def log(session: Any) -> UUID:
            contact_id = log_contact(session, case_id=case_id, worker_id=my_worker(session), **entry)
            if checks_plan:
                check_plan(session, case_id=case_id, on=on)
            return contact_id

        return log

    def leads_to(self) -> str:
        """An offer of support also belongs in the log of what was offered."""
        return "offer" if self.about.value() == "SUPPORT_OFFER" else ""

    def restore(self, body: str) -> None:
        kept = json.loads(body)["fields"]
        self.next_step.offer(kept.get("next_step"), str(kept.get("next_step")))
        self.minutes.offer(kept.get("minutes"), f"{kept.get('minutes')} minutes")
        super().restore(body)

    # Parts

    def _add_when(self, now: datetime) -> None:
        self.on = self.field("on", "", DateBox(now.date(), name="Day", today=self.ground.today))
        self.at = self.field("at", "", TimeBox(now.time().replace(second=0), name="Time"))
        kinds = [(value.code, value.label) for value in codelist("engagement_kind").values]
        self.about = self.field("about", "", CodeBox(kinds, "About", "ROUTINE"))
        size(self.on, width=112)
        self.form.add("When", _row((self.on, 0), (self.at, 0), (Words("About"), 0), (self.about, 1)))

    def _add_more(self) -> None:
        exact = [(value.code, value.label) for value in codelist("contact_outcome").values if value.code not in dict(RESULTS) and value.code != "NOT_RECORDED"]
        self.exact = self.field("exact", "", CodeBox(exact, "Result exactly", empty="As above"))
        self.minutes = self.field("minutes", "", CodeBox([(one, f"{one} minutes") for one in MINUTES], "How long", empty="How long"))
        self.interpreter = self.field("interpreter", "", QCheckBox("Interpreter"))
        self.inbound = self.field("inbound", "", QCheckBox("They contacted us"))
        size(self.minutes, width=108)
        self.form.add("More", _row((self.exact, 1), (self.minutes, 0), (self.interpreter, 0)))
        whom = [(value.code, "The person" if value.code == PERSON else value.label) for value in codelist("contact_channel.person_contacted").values]
        agencies = [(value.code, value.label) for value in codelist("agency").values]
        self.whom = self.field("whom", "", CodeBox(whom, "Who was contacted", PERSON))
        self.agency = self.field("agency", "", CodeBox(agencies, "Who made the contact", empty="This office"))
        self.form.add("With", _row((self.whom, 1), (Words("by"), 0), (self.agency, 1)))

    def _add_next(self) -> None:
        ways = [words for _, words in safe_ways(self._hours)]
        steps = dict.fromkeys((*ways, "Meet", "Chase an answer", "Ask again later"))
        self.next_step = self.field("next_step", "", CodeBox([(words, words) for words in steps], "Next step", empty="Nothing planned"))
        self.next_on = self.field("next_on", "", DateBox(None, name="Day of the next step", today=self.ground.today))
        size(self.next_step, least_width=190)
        self.form.add("Next", _row((self.next_step, 0), (Words("on"), 0), (self.next_on, 0)))

    def _look_at_plan(self) -> None:
        if self._is_gone:
            return
        self.form.setRowVisible(self.other_way, self.way.value() == "OTHER")
        suspended = next((one for one in self.ground.page.safe_contact.suspended if one.channel == self.channel()), None)
        words = f"{suspended.words(self.ground.today())}." if suspended else caution_words(self._hours, self.channel(), self.moment())
        self.caution.setVisible(bool(words))
        self.caution.show_state("caution", "Caution", "caution", words)
        self.review.setVisible(needs_safety_review(self.outcome()))

    def _chords(self) -> None:
        for segments, choices in ((self.way, WAYS), (self.result, RESULTS)):
            for (code, _), button in zip(choices, segments.findChildren(QToolButton), strict=True):
                keys = QShortcut(QKeySequence(f"Alt+{CHORDS[code]}"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
                keys.activated.connect(lambda segments=segments, code=code: segments.set_value(code))
                button.setToolTip(f"Alt+{CHORDS[code]}")


def fields_of(contact: Contact | ContactRow) -> dict[str, Any]:
    """The fields of the box that say the same as a contact, as a draft keeps them."""
    at, offered, results = in_office_time(contact.at), dict(WAYS), dict(RESULTS)
    is_written = contact.outcome == "NO_RESPONSE" and contact.channel in WRITTEN
    return {
        "way": contact.channel if contact.channel in offered else "OTHER", "other_way": contact.channel,
        "result": contact.outcome if contact.outcome in results else "NO_ANSWER" if is_written else "SPOKEN",
        "exact": None if contact.outcome in results or is_written else contact.outcome,
        "on": at.date().isoformat(), "at": at.time().isoformat() if contact.is_time_known else "", "about": contact.kind,
        "said": contact.said, "own_words": contact.own_words, "view": contact.view, "next_step": contact.next_step or None,
        "next_on": contact.next_on.isoformat() if contact.next_on else "", "minutes": contact.minutes,
        "interpreter": contact.interpreter == "YES", "inbound": contact.direction == "INBOUND",
        "whom": contact.person_contacted, "agency": contact.agency or None,
    }  # fmt: skip


def usual_way(hours: Sequence[SafeHours], now: datetime) -> str:
    """The way to choose beforehand: the first that the plan calls safe now, else the first it ever does, else a text."""
    offered = dict(WAYS)
    safe = [row.channel for row in hours if row.is_safe == YES and row.channel in offered]
    return next((channel for channel in safe if safe_now(hours, channel, now).answer == YES), safe[0] if safe else "TEXT")


def _row(*parts: tuple[QWidget, int]) -> QWidget:
    inside = QWidget()
    row = QHBoxLayout(inside)
    space(row, gap=8)
    for widget, stretch in parts:
        row.addWidget(widget, stretch)
    if not any(stretch for _, stretch in parts):
        row.addStretch(1)
    inside.setFocusProxy(next(widget for widget, _ in parts if widget.focusPolicy() != Qt.FocusPolicy.NoFocus))
    return inside
