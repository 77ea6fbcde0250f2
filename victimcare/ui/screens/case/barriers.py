"""Barriers: what stands in the way, with what is done about each; the box that adds one and the box that goes on with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from victimcare.casework.barriers import BEHIND, RESOLVED, change_barrier, record_barrier
from victimcare.casework.case_now import STANDING
from victimcare.casework.mitigation_changes import change_mitigation
from victimcare.casework.mitigations import record_mitigation, suggestions
from victimcare.casework.offences import AUTOMATIC
from victimcare.overview.case_page import BarrierCard, CasePage
from victimcare.reference.codelists import codelist, label
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import short_day

STRENGTHS = (("UNKNOWN", "Not judged"), ("SOME", "Some"), ("STRONG", "Strong"), ("DECISIVE", "Decisive"))
FROM = (("OWN_WORDS", "Own words"), ("WORKER_VIEW", "My view"), ("DOCUMENT", "A document"))
STEPS = (("ASKED", "Asked for"), ("OFFERED", "Offered"), ("AGREED", "Agreed"), ("IN_PLACE", "In place"))
STATES = (("OPEN", "open"), ("MITIGATING", "eased"), ("ACCEPTED", "accepted"), ("RESOLVED", "resolved"))
NOT_AUTOMATIC = "Anonymity for life is the law only for trafficking and sexual offences, and none of these is recorded here. Ask for a reporting direction."


class BarrierBox(CaseBox):
    """A barrier and, in place, what may help: the mitigations that fit it come first."""

    heading = "Add a barrier"
    verb = "Add barrier"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.code = self.field("code", "Barrier", CodeBox(_barriers(), "Barrier", empty="Choose, or type to find"))
        self.means = Words("", "small", wraps=True)
        self.form.addRow("", self.means)
        self.helps = MitigationChoice(self)
        self.words = self.field("words", "In words", NoteBox("In words", "Why, as the person said it or as you see it"))
        self.recorded_from = self.field("recorded_from", "From", Segments(FROM, "From", "WORKER_VIEW"))
        self.strength = self.field("strength", "How strong", Segments(STRENGTHS, "How strong"))
        self.since = self.field("since", "Since", DateBox(ground.today(), name="Since", today=ground.today))
        self.review_on = self.field("review_on", "Look again", DateBox(None, name="Look at it again on", today=ground.today))
        self.code.chosen.connect(self._chosen)
        self._chosen(None)
        self.setFocusProxy(self.code)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.code.value() is None:
            return "Choose a barrier.", self.code
        if self.since.value() is None:
            return "Give the day since when, as well as you know it.", self.since
        return None if self.review_on.is_valid() else ("That is not a date. Type such as 1 Dec, fri or +14.", self.review_on)

    def deed(self) -> Deed:
        entry: dict[str, Any] = {
            "case_id": self.ground.case_id, "code": self.code.value(), "since": self.since.value(), "strength": self.strength.value(),
            "recorded_from": self.recorded_from.value(), "words": self.words.text(), "review_on": self.review_on.value(),
        }  # fmt: skip
        helps = self.helps.deed(self.ground)

        def add(session: Any) -> None:
            helps(session, record_barrier(session, **entry))

        return add

    def _chosen(self, code: str | None) -> None:
        means = codelist("barrier").value(code).definition if code else ""
        self.means.setText("A refusal, not yet a reason. Ask what is behind it and add that too." if code == BEHIND else means)
        self.form.setRowVisible(self.means, bool(self.means.text()))
        self.helps.fit(code, ())


class BarrierStepBox(CaseBox):
    """How a barrier stands now, how far what is done about it has come, and what else may help."""

    heading = "Barrier"
    verb = "Save"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.card = next(card for card in ground.page.barriers if card.barrier.id == ground.about)
        barrier = self.card.barrier
        self.title.setText(label("barrier", barrier.code))
        self.status = self.field("status", "Now", Segments([(code, words.capitalize()) for code, words in STATES], "How it stands now", barrier.status))
        reasons = [(value.code, value.label) for value in codelist("barrier_end_reason").values]
        self.reason = self.field("reason", "Because", CodeBox(reasons, "Why it no longer stands", empty="Choose a reason"))
        self.steps: dict[UUID, CodeBox] = {}
        statuses = [(value.code, value.label) for value in codelist("mitigation_status").values]
        for row in self.card.mitigations:
            box = self.field(f"mitigation {row.id}", "", CodeBox(statuses, label("mitigation", row.code), row.status))
            self.form.add("Helps", Words(label("mitigation", row.code), wraps=True), box)
            self.steps[row.id] = box
        self.helps = MitigationChoice(self)
        self.helps.fit(barrier.code, [row.code for row in self.card.mitigations])
        self.words = self.field("words", "In words", NoteBox("In words", "What changed"))
        self.on = self.field("on", "On", DateBox(ground.today(), name="Day", today=ground.today))
        self.review_on = self.field("review_on", "Look again", DateBox(barrier.review_on, name="Look at it again on", today=ground.today))
        self.status.chosen.connect(lambda status: self.form.setRowVisible(self.reason, status == RESOLVED))
        self.form.setRowVisible(self.reason, barrier.status == RESOLVED)
        self.setFocusProxy(self.status)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.on.value() is None:
            return "Give the day.", self.on
        if self.status.value() == RESOLVED != self.card.barrier.status and self.reason.value() is None:
            return "A barrier is resolved with a reason. Choose one.", self.reason
        return None

    def deed(self) -> Deed:
        barrier, status, on = self.card.barrier, self.status.value(), self.on.value()
        reason = self.reason.value() if status == RESOLVED else None
        words, review_on = self.words.text(), self.review_on.value()
        moved = [(row, self.steps[row.id].value()) for row in self.card.mitigations if self.steps[row.id].value() != row.status]
        helps = self.helps.deed(self.ground)

        def go_on(session: Any) -> None:
            # Words or another day to look again are kept though the state is the same: nothing typed is lost.
            if status != barrier.status or words or review_on != barrier.review_on:
                change_barrier(
                    session, barrier_id=barrier.id, version=barrier.version, on=on, status=status, reason=reason, words=words,
                    review_on=None if status == RESOLVED else review_on,
                )  # fmt: skip
            for row, step in moved:
                change_mitigation(session, mitigation_id=row.id, version=row.version, on=on, status=step, result=row.result)
            helps(session, barrier.id)

        return go_on


class MitigationChoice:
    """Two fields of a barrier's box: what may help, and how far it is. Those the code list names for the barrier come first."""

    def __init__(self, box: CaseBox) -> None:
        self._box = box
        self.code = box.field("mitigation", "Helps", CodeBox((), "What may help", empty="Nothing yet, or type to find"))
        self.step = box.field("mitigation_step", "", Segments(STEPS, "How far it is", "OFFERED"))
        box.form.add("", self.step)
        self.means = Words("", "small", wraps=True)
        self.caution = State("caution", "Caution", "caution", NOT_AUTOMATIC)
        box.form.addRow("", self.means)
        box.form.addRow("", self.caution)
        self.code.chosen.connect(self._chosen)
        self._chosen(None)

    def fit(self, barrier: str | None, besides: list[str] | tuple[()]) -> None:
        """Offer what fits a barrier first, then everything else."""
        first = suggestions(barrier, besides=besides) if barrier else ()
        named = {one.code for one in first}
        rest = [value for value in codelist("mitigation").values if value.code not in named and value.code not in besides]
        self.code.fill([*((one.code, f"{one.label} (fits)") for one in first), *((value.code, value.label) for value in rest)])

    def deed(self, ground: Ground) -> Callable[[Any, UUID], object]:
        """`fn(session, barrier)` that records what was chosen; nothing where nothing was."""
        code, status, case_id, on = self.code.value(), self.step.value(), ground.case_id, ground.today()
        if code is None:
            return lambda session, barrier_id: None
        return lambda session, barrier_id: record_mitigation(session, case_id=case_id, code=code, on=on, status=status, barrier_ids=(barrier_id,))

    def _chosen(self, code: str | None) -> None:
        form, page = self._box.form, self._box.ground.page
        value = codelist("mitigation").value(code) if code else None
        means = value.definition if value and value.definition.rstrip(".") != value.label else ""
        self.means.setText(means)
        form.setRowVisible(self.step, code is not None)
        form.setRowVisible(self.means, bool(means))
        form.setRowVisible(self.caution, code == "AUTO_ANONYMITY" and page.anonymity.basis != AUTOMATIC)


class BarriersPart(Part):
    """Each barrier with its state in words and, small, how strong it is and what is done."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Barriers", "B", "Add a barrier", doors.to_box("barrier"))
        self._doors = doors

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        for card in page.barriers:
            if card.barrier.code != "NONE":
                self.add(self._card(card, today))
        if not any(card.barrier.code != "NONE" for card in page.barriers):
            self.nothing("Asked, none found" if page.barriers else "None recorded")

    def _card(self, card: BarrierCard, today: date) -> Card:
        barrier = card.barrier
        told = [label("barrier.strength", barrier.strength).split(":")[0]] if barrier.strength != "UNKNOWN" else []
        told += [_done(row.code, row.status, row.on, today) for row in card.mitigations[:2]]
        if barrier.review_on and barrier.status in STANDING:
            told.append(f"Look again {short_day(barrier.review_on, today)}")
        return Card(
            label("barrier", barrier.code), dict(STATES)[barrier.status], (". ".join(told),), is_strong=barrier.status == "OPEN",
            tone="text" if barrier.status == "OPEN" else "muted", pressed=self._doors.to_box("barrier_step", barrier.id), deed="Go on with this barrier",
        )  # fmt: skip


def _done(code: str, status: str, on: date, today: date) -> str:
    return f"{label('mitigation', code)} {label('mitigation_status', status).lower()} {short_day(on, today)}"


def _barriers() -> list[tuple[str, str]]:
    return [(value.code, value.label) for value in codelist("barrier").values]
