"""Review a way that was suspended: it may be used again, or the plan says never. Not safe stands first, nothing lifts it by a slip."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from victimcare.casework.channel_reviews import leaves_no_way, review_channel
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.suspensions import NOT_SAFE, SAFE_AGAIN, channel_plural
from victimcare.reference.codelists import codelist
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.change_plan import HOURS_HINT, SAFE
from victimcare.ui.screens.case.hours_text import channel_words, read_hours
from victimcare.ui.style import size, space
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.labels import State
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments

RESULTS = ((NOT_SAFE, "Not safe: never use it"), (SAFE_AGAIN, "Safe again"))


class ChannelReviewBox(CaseBox):
    """`about`: the suspension. Where the plan would leave no way, another is asked for in the same box."""

    heading = "Review how to reach them safely"
    verb = "Save review"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.row = next(row for row in ground.page.file.suspensions if row.id == ground.about)
        plan = ground.page.safe_contact.plan
        self._is_last = leaves_no_way(plan.hours if plan else (), self.row.channel)
        self.title.setText(f"Review: {channel_plural(self.row.channel).lower()}")
        why = self.row.suspended().words(ground.today())
        self.form.addRow(State("caution", "Caution", "caution", f"{why}.", plain=True))
        self.result = self.field("result", "Now", Segments(RESULTS, "What the review found", NOT_SAFE))
        self.words = self.field("words", "In words", NoteBox("In words", "Who answered, what the person says, how you know"))
        self.instead = self._instead()
        self.then = State("info", "Note", "info", small=True)
        self.under.addWidget(self.then)
        self.result.chosen.connect(lambda _: self._show())
        self._show()
        self.setFocusProxy(self.result)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.result.value() == SAFE_AGAIN:
            return None if self.words.text().strip() else ("Say in a word how you know that it is safe again.", self.words)
        if not self._is_last:
            return None
        if self.channel.value() is None:
            return "The plan would leave no way to reach the person. Choose another that is safe, or one to ask about first.", self.channel
        if read_hours(self.when.text()) is None:
            return f"These hours are not understood. Type such as: {HOURS_HINT}.", self.when
        return None

    def deed(self) -> Deed:
        entry: dict[str, Any] = {"suspension_id": self.row.id, "result": self.result.value(), "words": self.words.text()}
        hours = read_hours(self.when.text())
        if self.result.value() == NOT_SAFE and self._is_last and hours is not None:
            entry["instead"] = (SafeHours(self.channel.value(), self.is_safe.value(), *hours),)
        return lambda session: review_channel(session, **entry)

    def _instead(self) -> QWidget:
        ways = [(value.code, channel_words(value.code)) for value in codelist("contact_channel").values if value.code != self.row.channel]
        self.channel = self.field("channel", "", CodeBox(ways, "Reach them instead by", empty="Choose a way"))
        self.is_safe = self.field("is_safe", "", CodeBox([one for one in SAFE if one[0] != "NO"], "Is it safe", "ASK"))
        self.when = self.field("when", "", QLineEdit())
        self.when.setAccessibleName("When")
        self.when.setPlaceholderText(HOURS_HINT)
        inside = QWidget()
        row = QHBoxLayout(inside)
        space(row, gap=8)
        size(self.is_safe, width=104)
        for widget, stretch in ((self.channel, 2), (self.is_safe, 0), (self.when, 3)):
            row.addWidget(widget, stretch)
        inside.setFocusProxy(self.channel)
        self.form.add("Instead by", inside)
        return inside

    def _show(self) -> None:
        is_safe_again = self.result.value() == SAFE_AGAIN
        self.form.setRowVisible(self.instead, self._is_last and not is_safe_again)
        what = channel_plural(self.row.channel)
        after = "may be used again as the plan says" if is_safe_again else "become never in a new version of the plan"
        self.then.show_state("info", "Note", "info", f"{what} {after}. Tell the partners of open referrals.")
