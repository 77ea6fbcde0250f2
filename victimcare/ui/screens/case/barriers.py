"""Barriers: what stands in the way, with what is done about each; the box that adds one and the box that goes on with it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from victimcare.casework.barriers import BEHIND, RESOLVED, RETURNED, change_barrier, judge_barrier, record_barrier
from victimcare.casework.case_now import STANDING
from victimcare.casework.mitigation_changes import change_mitigation
from victimcare.casework.workers import my_worker
from victimcare.overview.barrier_history import history_of, status_words
from victimcare.overview.case_page import BarrierCard, CasePage
from victimcare.reference.codelists import codelist, label, readable
from victimcare.reference.mitigation_pairs import ask_why
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.mitigation_choice import MitigationChoice, basis_of, show_basis
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.screens.case.safeguarding import abroad_cards
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import short_day

STRENGTHS = (("UNKNOWN", "Not judged"), ("SOME", "Some"), ("STRONG", "Strong"), ("DECISIVE", "Decisive"))
FROM = (("OWN_WORDS", "Own words"), ("WORKER_VIEW", "My view"), ("DOCUMENT", "A document"))
NEXT = {
    "OPEN": ("OPEN", "MITIGATING", "ACCEPTED", "RESOLVED"),
    "MITIGATING": ("OPEN", "MITIGATING", "ACCEPTED", "RESOLVED"),
    "ACCEPTED": ("OPEN", "MITIGATING", "ACCEPTED", "RESOLVED"),
    "RETURNED": ("RETURNED", "MITIGATING", "ACCEPTED", "RESOLVED"),
    "RESOLVED": ("RESOLVED", "RETURNED", "ACCEPTED"),
}
"""What a barrier can be said to be from each state: what was resolved first returns."""

REFUSAL = "A refusal, not yet a reason."
NO_CAUSE = "As it happened, one thing after the other. It does not say that one led to the other."


class BarrierBox(CaseBox):
    """A barrier and, in place, what may help: the mitigations that fit it come first."""

    heading = "Add a barrier"
    verb = "Add barrier"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.code = self.field("code", "Barrier", CodeBox(_barriers(), "Barrier", empty="Choose, or type to find"))
        self.means = Words("", "small", wraps=True)
        self.form.addRow("", self.means)
        reasons = [(code, words) for code, words in _barriers() if code not in (BEHIND, "NONE")]
        self.behind = self.field("behind", "Behind it", CodeBox(reasons, "What is behind the refusal", empty="Not said, or type to find"))
        self.helps = MitigationChoice(self)
        self.words = self.field("words", "In words", NoteBox("In words", "Why, as the person said it or as you see it"))
        self.recorded_from = self.field("recorded_from", "From", Segments(FROM, "From", "WORKER_VIEW"))
        self.strength = self.field("strength", "How strong", Segments(STRENGTHS, "How strong"))
        self.since = self.field("since", "Since", DateBox(ground.today(), name="Since", today=ground.today))
        self.review_on = self.field("review_on", "Look again", DateBox(None, name="Look at it again on", today=ground.today))
        self.helps.add_others()
        self.code.chosen.connect(self._chosen)
        self.code.lineEdit().textEdited.connect(lambda _: self._show_behind(self.code.typed_value()))
        self.behind.chosen.connect(lambda _: self._chosen(self.code.value()))
        self._chosen(None)
        self.setFocusProxy(self.code)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.code.value() is None:
            return "Choose a barrier.", self.code
        if self.since.value() is None:
            return "Give the day since when, as well as you know it.", self.since
        if not self.review_on.is_valid():
            return "That is not a date. Type such as 1 Dec, fri or +14.", self.review_on
        return self.helps.wrong()

    def deed(self) -> Deed:
        entry: dict[str, Any] = {
            "case_id": self.ground.case_id, "since": self.since.value(), "strength": self.strength.value(), "recorded_from": self.recorded_from.value(),
            "review_on": self.review_on.value(),
        }  # fmt: skip
        code, words, behind = self.code.value(), self.words.text(), self.behind.value() if self.code.value() == BEHIND else None
        helps = self.helps.deed(self.ground)

        def add(session: Any) -> None:
            added = [record_barrier(session, **entry, code=code, words=words)]
            if behind is not None:
                added.append(record_barrier(session, **entry, code=behind))
            helps(session, tuple(added))

        return add

    def page_came(self, page: CasePage) -> None:
        self.helps.page_came(page)

    def _chosen(self, code: str | None) -> None:
        means = codelist("barrier").value(code).definition if code else ""
        self.means.setText(f"{REFUSAL} {ask_why().words}" if code == BEHIND else means if code and means != label("barrier", code) else "")
        self.form.setRowVisible(self.means, bool(self.means.text()))
        self._show_behind(code)
        reason = self.behind.value() if code == BEHIND else None
        self.helps.fit(reason or code, ())

    def _show_behind(self, code: str | None) -> None:
        """As soon as the refusal is typed, so that Tab leads to what is behind it."""
        self.form.setRowVisible(self.behind, code == BEHIND)


class BarrierStepBox(CaseBox):
    """How a barrier stands now, how far what is done about it has come, what else may help, and what happened so far."""

    heading = "Barrier"
    verb = "Save"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.card = next(card for card in ground.page.barriers if card.barrier.id == ground.about)
        barrier = self.card.barrier
        self.title.setText(label("barrier", barrier.code))
        states = [(code, status_words(code).capitalize()) for code in NEXT.get(barrier.status, (barrier.status, *NEXT["OPEN"]))]
        self.status = self.field("status", "Now", Segments(states, "How it stands now", barrier.status))
        reasons = [(value.code, value.label) for value in codelist("barrier_end_reason").values]
        self.reason = self.field("reason", "Because", CodeBox(reasons, "Why it no longer stands", empty="Choose a reason"))
        self.steps: dict[UUID, CodeBox] = {}
        self.results: dict[UUID, CodeBox] = {}
        self.bases: dict[str, State] = {}
        self._mitigations()
        self.helps = MitigationChoice(self, barrier.id)
        self.helps.fit(barrier.code, [row.code for row in self.card.mitigations])
        self.words = self.field("words", "In words", NoteBox("In words", "What changed"))
        self.on = self.field("on", "On", DateBox(ground.today(), name="Day", today=ground.today))
        self.review_on = self.field("review_on", "Look again", DateBox(barrier.review_on, name="Look at it again on", today=ground.today))
        self.strength = self.field("strength", "How strong", Segments(_with(STRENGTHS, barrier.strength), "How strong", barrier.strength))
        self.recorded_from = self.field("recorded_from", "From", Segments(_with(FROM, barrier.recorded_from), "From", barrier.recorded_from))
        self.helps.add_others()
        self._so_far()
        self.status.chosen.connect(self._show_reason)
        self._show_reason(barrier.status)
        self.setFocusProxy(self.status)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.on.value() is None:
            return "Give the day.", self.on
        if self.status.value() == RESOLVED != self.card.barrier.status and self.reason.value() is None:
            return "A barrier is resolved with a reason. Choose one.", self.reason
        if not self.review_on.is_valid():
            return "That is not a date. Type such as 1 Dec, fri or +14.", self.review_on
        return self.helps.wrong()

    def deed(self) -> Deed:
        barrier, status, on = self.card.barrier, self.status.value(), self.on.value()
        reason, words = self.reason.value() or self._because() if status == RESOLVED else None, self.words.text()
        review_on = None if status == RESOLVED else self.review_on.value()
        judged = (self.strength.value(), self.recorded_from.value())
        moved = [
            (row, step, result) for row in self.card.mitigations
            if (step := self.steps[row.id].value(), result := self.results[row.id].value()) != (row.status, row.result)
        ]  # fmt: skip
        helps = self.helps.deed(self.ground)

        def go_on(session: Any) -> None:
            version = barrier.version
            if judged != (barrier.strength, barrier.recorded_from):
                judge_barrier(session, barrier_id=barrier.id, version=version, strength=judged[0], recorded_from=judged[1], review_on=barrier.review_on)
                session.flush()
                version += 1
            # Words or another day to look again are kept though the state is the same: nothing typed is lost.
            if status != barrier.status or words or review_on != barrier.review_on:
                change_barrier(session, barrier_id=barrier.id, version=version, on=on, status=status, reason=reason, words=words, review_on=review_on)
            for row, step, result in moved:
                change_mitigation(session, mitigation_id=row.id, version=row.version, on=on, status=step, result=result, worker_id=my_worker(session))
            helps(session, (barrier.id,))

        return go_on

    def stands_on(self) -> str:
        return " ".join(map(str, (self.card.barrier.version, *(row.version for row in self.card.mitigations))))

    def page_came(self, page: CasePage) -> None:
        self.helps.page_came(page)
        for code, state in self.bases.items():
            show_basis(state, basis_of(page, code))

    def forget(self) -> None:
        super().forget()
        for words in self.history:
            words.setText("")

    def _because(self) -> str | None:
        """Why it was resolved, where it was: words added to that keep the reason."""
        return next((row.reason for row in self.ground.page.file.changes if row.barrier_id == self.card.barrier.id and row.reason), None)

    def _mitigations(self) -> None:
        """What is done about it: how far, whether it helped, and what the law says."""
        statuses = [(value.code, value.label) for value in codelist("mitigation_status").values]
        results = [(value.code, value.label) for value in codelist("mitigation_status.result").values]
        for row in self.card.mitigations:
            name = label("mitigation", row.code)
            step = self.field(f"mitigation {row.id}", "", CodeBox(statuses, name, row.status))
            result = self.field(f"result {row.id}", "", CodeBox(results, f"Whether it helped: {name}", row.result, empty="Helped? Not said"))
            result.setMinimumContentsLength(16)
            self.form.add("Helps", Words(name, wraps=True))
            self.form.add("", step, result)
            self.steps[row.id], self.results[row.id] = step, result
            basis = basis_of(self.ground.page, row.code)
            if basis is not None:
                state = self.bases[row.code] = State(small=True)
                show_basis(state, basis)
                self.form.addRow("", state)

    def _so_far(self) -> None:
        """What happened, in dated words."""
        self.history = [Words(f"{what}: {steps}", "small", wraps=True) for what, steps in _told(self.ground, self.card)]
        for place, words in enumerate(self.history):
            self.form.add("So far" if place == 0 else "", words)
        self.form.addRow("", Words(NO_CAUSE, "small", wraps=True))

    def _show_reason(self, status: str) -> None:
        self.form.setRowVisible(self.reason, status == RESOLVED != self.card.barrier.status)


class BarriersPart(Part):
    """Each barrier with its state in words and, small, how strong it is and what is done; under it what another state was asked."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Barriers", "B", "Add a barrier", doors.to_box("barrier"))
        self._doors = doors

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        told: set[UUID] = set()  # a mitigation that answers several barriers is told of once
        for card in page.barriers:
            if card.barrier.code != "NONE":
                self.add(self._card(card, today))
                for waiting in abroad_cards(page, {row.id for row in card.mitigations} - told, self._doors, today):
                    self.add(waiting)
                told |= {row.id for row in card.mitigations}
        if not any(card.barrier.code != "NONE" for card in page.barriers):
            self.nothing("Asked, none found" if page.barriers else "None recorded")

    def _card(self, card: BarrierCard, today: date) -> Card:
        barrier = card.barrier
        told = [label("barrier.strength", barrier.strength).split(":")[0]] if barrier.strength != "UNKNOWN" else []
        told += [_done(row.code, row.status, row.on, today) for row in card.mitigations[:2]]
        told.append(f"Since {'or before ' if barrier.on_or_before else ''}{short_day(barrier.since, today)}")
        if barrier.review_on and barrier.status in STANDING:
            told.append(f"Look again {short_day(barrier.review_on, today)}")
        is_strong = barrier.status in ("OPEN", RETURNED)
        return Card(
            label("barrier", barrier.code), status_words(barrier.status), (". ".join(told),), is_strong=is_strong,
            tone="text" if is_strong else "muted", pressed=self._doors.to_box("barrier_step", barrier.id), deed="Go on with this barrier",
        )  # fmt: skip


def _told(ground: Ground, card: BarrierCard) -> tuple[tuple[str, str], ...]:
    return history_of(ground.page.file, card.barrier.id, ground.today())


def _done(code: str, status: str, on: date, today: date) -> str:
    return f"{label('mitigation', code)} {label('mitigation_status', status).lower()} {short_day(on, today)}"


def _barriers() -> list[tuple[str, str]]:
    return [(value.code, value.label) for value in codelist("barrier").values]


def _with(choices: tuple[tuple[str, str], ...], code: str) -> tuple[tuple[str, str], ...]:
    """`choices`, with `code` where it is of an older list, so that saving something else does not change it."""
    return choices if code in dict(choices) else (*choices, (code, readable(code)))
