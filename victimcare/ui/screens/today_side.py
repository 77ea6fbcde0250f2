"""The right side of Today: the chosen line told in full. Is it safe, why is it here, what next; below, what comes after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from victimcare.casework.office_rules import PLAN_CHECK, usual_days
from victimcare.casework.safe_contact import Plan
from victimcare.casework.safe_hours import is_stale
from victimcare.casework.suspensions import Suspended
from victimcare.overview.coming import Coming
from victimcare.overview.lines import Group, Line, rules
from victimcare.ui.navigation import column
from victimcare.ui.screens.case.hours_text import agreed_words
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.clearing import clear
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.table import Mark
from victimcare.ui.words import WEEKDAYS, ago, short_day

WIDTH = 344
MARKS = {
    Group.LATE: Mark("late", "Late", "late"),
    Group.NOW: Mark("clock", "Now", "now"),
    Group.TODAY: Mark("calendar", "Today", "text"),
    Group.WAITING: Mark("hourglass", "Waiting", "text"),
    Group.AT_RISK: Mark("risk", "At risk", "caution"),
}
RULES = {
    "CONTACT": "Somebody planned this contact when they logged the last one.",
    "BARRIER_REVIEW": "A day to look again was set when the barrier was last written down.",
    "DEADLINE": "The rule and the day of the event fix the day. Who was told, when and how may be evidence: D records it, E says why it does not apply.",
    "SUSPENDED": "That way is offered nowhere, and open referrals say so, until somebody has reviewed it.",
    "APPOINTMENT": "It stands here until somebody has said how it went: that it was not met is an answer too.",
    "TASK": "The day somebody set for it has come. What it is stands in the case.",
    "RISK_REVIEW": "Whoever judged the risk last set the day to look again: a level is true for a time.",
    "SAFEGUARDING": "A request to another state without an answer after {safeguarding_answer_days} days is asked after, or taken back.",
    "REFERRAL_UNANSWERED": "It is open until the partner's answer is recorded.",
    "PLAN": "A plan is gone through with the person every {plan_days} days: what was safe may no longer be.",
    "CONSENT": "Nothing more may go there once consent has ended. Asking again takes a conversation.",
    "REFERRAL_ASKED_MORE": "The partner waits for us.",
    "REFERRAL_DRAFT": "Nothing has left yet.",
    "DRAFT": "Only you see what you began to write.",
    "AT_RISK": "No achieved contact for {at_risk_days} days and {attempts} attempts by {channels} ways that were safe at the time: who is at risk of being lost. What somebody says about a prosecution plays no part.",
    "LOST": "No achieved contact for {lost_days} days and {attempts} attempts by {channels} ways that were safe at the time. What somebody says about a prosecution plays no part.",
    "UNTOUCHED": "Each gets lines of their own as soon as somebody here contacts them or makes a plan with them.",
    "APPROVAL": "Whoever asked waits for a yes or a no with a reason. Both stay with the case.",
    "RETENTION": "Nothing is ever deleted by itself. Keep it with a new review, or erase it from the case.",
    "LEFTOVERS": "What an import could not take is kept sealed until somebody has looked at it.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done about a line, with its key."""

    words: str
    key: str
    run: Callable[[], object]


class TodaySide(QObject):
    """`plan_days`: after how many a plan must be checked again. `frame` is the widget to place. `show_line`, then `show_plan` when the person's plan was read."""

    def __init__(self) -> None:
        super().__init__()
        self.frame, layout = column(WIDTH, "left", scrolls=False)
        space(layout, 24, 16, 24, 16, gap=4)
        self._state = State(small=False)
        self._what, self._who = Words("", "section", wraps=True), Words("", "muted", wraps=True)
        self._safe, self._plan = State("safe", "Safe contact", "safe"), Words("", wraps=True)
        self._checked = Words("", "small", wraps=True)
        self._why_head, self._why = Words("Why this is here", "strong"), Words("", wraps=True)
        self._rule = Words("", "small", wraps=True)
        self._deeds = QVBoxLayout()
        self._next_head, self._next = Words("Next", "strong"), QGridLayout()
        self.plan_days = usual_days(PLAN_CHECK)
        for part, gap in (
            (self._state, 0), (self._what, 0), (self._who, 12), (self._safe, 0), (self._plan, 0), (self._checked, 12),
            (self._why_head, 0), (self._why, 0), (self._rule, 12),
        ):  # fmt: skip
            layout.addWidget(part)
            layout.addSpacing(gap)
        space(self._deeds, gap=8)
        layout.addLayout(self._deeds)
        layout.addSpacing(16)
        layout.addStretch(1)
        layout.addWidget(self._next_head)
        space(self._next, gap=4)
        self._next.setHorizontalSpacing(8)
        self._next.setColumnStretch(1, 1)
        layout.addLayout(self._next)
        self.show_line(None, "", ())

    def show_line(self, line: Line | None, name: str, deeds: Sequence[Deed]) -> None:
        """Tell one line; None: nothing is chosen."""
        for part in (self._state, self._what, self._who, self._why_head, self._why, self._rule):
            part.setVisible(line is not None)
        self._show_deeds(deeds)
        if line is None:
            self.show_plan(None, date.min, hidden=True)
            return
        mark = MARKS[line.group]
        self._state.show_state(mark.icon, mark.word, mark.tone, "")
        self._what.setText(line.what)
        self._who.setText(", ".join(filter(None, (name, line.reference))))
        self._who.setVisible(bool(name or line.reference))
        self._why.setText(f"{line.why[:1].upper()}{line.why[1:]}." if line.why else "")
        self._rule.setText(RULES.get(line.kind, "").format(plan_days=self.plan_days, **_numbers()))
        self._rule.setVisible(bool(self._rule.text()))

    def show_plan(self, plan: Plan | None, today: date, *, suspended: Sequence[Suspended] = (), hidden: bool = False) -> None:
        """Tell how the person may be reached, and what is suspended; `hidden` until that is known, or where the line is about nobody."""
        for part in (self._safe, self._plan, self._checked):
            part.setVisible(not hidden)
        stopped = [f"{one.words(today)}. Review before using." for one in suspended]
        if hidden or plan is None:
            self._safe.show_state("caution", "Safe contact", "caution", "no plan was made" if not hidden else "")
            self._plan.setText("\n".join((*stopped, "Ask how the person may be reached before anything else.")) if not hidden else "")
            self._checked.setText("")
            return
        stale = is_stale(plan.checked_on, today, days=self.plan_days)
        told = "not every way" if stopped else "check it first" if stale else ""
        self._safe.show_state(*(("caution", "Safe contact", "caution", told) if told else ("safe", "Safe contact", "safe", "")))
        lines = [*stopped, plan.summary, agreed_words([row for row in plan.hours if row.channel not in {one.channel for one in suspended}])]
        lines += [f"Must not know: {plan.must_not_know}" if plan.must_not_know else "", f"Code word: {plan.code_word}" if plan.code_word else ""]
        self._plan.setText("\n".join(filter(None, lines)))
        self._checked.setText(
            f"Checked {ago(plan.checked_on, today)}, {short_day(plan.checked_on, today)}" if plan.checked_on else "Never checked with the person"
        )

    def show_why_put_off(self, reason: str) -> None:
        """Add the reason somebody gave for putting the chosen line off."""
        if reason:
            self._why.setText(f"{self._why.text()}\nYou put it off: {reason}")

    def show_next(self, coming: Iterable[Coming], names: Callable[[Coming], str], today: date) -> None:
        """What is due on the next days."""
        clear(self._next)
        rows = list(coming)
        self._next_head.setVisible(bool(rows))
        for at, one in enumerate(rows):
            self._next.addWidget(Words(_day(one.on, today), "muted"), at, 0)
            self._next.addWidget(Words(f"{one.what}, {names(one) or one.reference}", wraps=True), at, 1)

    def forget(self) -> None:
        """Drop every text."""
        self.show_line(None, "", ())
        for words in (self._what, self._who, self._why, self._rule):
            words.setText("")
        self.show_next((), lambda one: "", date.min)

    def text(self) -> str:
        """Everything it says now."""
        return "\n".join(words.text() for words in self.frame.findChildren(Words) if not words.isHidden() and words.text())

    def _show_deeds(self, deeds: Sequence[Deed]) -> None:
        clear(self._deeds)
        for at, deed in enumerate(deeds):
            button = Button(deed.words, deed.run, kind="" if at else "primary", key=deed.key, left=True)
            size(button, height=32)
            self._deeds.addWidget(button)


def day_word(on: date, today: date) -> str:
    """`tomorrow` or `Thu 26 Nov`."""
    return "tomorrow" if on == today + timedelta(days=1) else _day(on, today)


def _day(on: date, today: date) -> str:
    return f"{WEEKDAYS[on.weekday()]} {short_day(on, today)}"


def _numbers() -> dict[str, int]:
    kept = rules()
    return {name: kept[name] for name in ("at_risk_days", "lost_days", "attempts", "channels", "safeguarding_answer_days")}
