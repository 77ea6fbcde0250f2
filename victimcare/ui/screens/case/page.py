"""The case page: who and is it safe above everything, what next at the right, what was in the middle, facts at the left.

Each concept has a part that shows it and a box that adds to it; one box is open at a time, in the place of the log button.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from victimcare.casework.cases import close_case, hand_over, reopen_case
from victimcare.casework.drafts import draft_of, my_drafts
from victimcare.casework.workers import my_worker
from victimcare.overview.case_page import CasePage, case_page
from victimcare.refused import Refused
from victimcare.store.clock import day_of
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.people import People
from victimcare.ui.screens.case.barriers import BarrierBox, BarriersPart, BarrierStepBox
from victimcare.ui.screens.case.box import CaseBox, Ground
from victimcare.ui.screens.case.change_plan import ChangePlanBox
from victimcare.ui.screens.case.fitting import Fitting, Slot
from victimcare.ui.screens.case.justice import InvestigationBox, InvestigationPart, JusticeBox, JusticePart
from victimcare.ui.screens.case.log_contact import CHORDS, RESULTS, WAYS, LogContactBox
from victimcare.ui.screens.case.next_dates import NextDatesPart
from victimcare.ui.screens.case.person import PersonBox, PersonPart
from victimcare.ui.screens.case.referrals import AnswerBox, ReferralsPart, answerable
from victimcare.ui.screens.case.safe_contact import SafeContactPanel
from victimcare.ui.screens.case.stance import StanceBox, StancePart
from victimcare.ui.screens.case.stream import KINDS, StreamView
from victimcare.ui.style import look, size, space
from victimcare.ui.widgets.buttons import Button, IconButton
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.window import MainWindow
from victimcare.ui.words import day
from victimcare.ui.work import Work

BOXES: dict[str, Callable[[str, Ground], CaseBox]] = {
    "contact": LogContactBox, "barrier": BarrierBox, "barrier_step": BarrierStepBox, "stance": StanceBox, "plan": ChangePlanBox,
    "person": PersonBox, "answer": AnswerBox, "justice": JusticeBox, "investigation": InvestigationBox,
}  # fmt: skip
"""By the first word of a form's name; what follows is the id of the row the box is about."""

LEFT, RIGHT, LEAST_STREAM = 264, 300, 40
Read = tuple[CasePage, dict[str, str]]


class CaseScreen(Screen):
    """Shows the case `place.id`. `people` gives the name at once, before the page is read. R goes to the place `refer`."""

    title = "Case"

    def __init__(self, work: Work, window: MainWindow, people: People) -> None:
        super().__init__(work, window)
        self.people = people
        self.case_id: UUID | None = None
        self.shown: CasePage | None = None
        self.box: CaseBox | None = None
        self._logs_next = False
        self._drafts: dict[str, str] = {}
        self.head = self._head()
        self.safe = SafeContactPanel(work, partial(self.open_box, "plan"), window.refuse)
        self.parts = (
            PersonPart(partial(self.open_box, "person")), JusticePart(partial(self.open_box, "justice")),
            InvestigationPart(partial(self.open_box, "investigation")), NextDatesPart(),
            BarriersPart(partial(self.open_box, "barrier"), lambda row: self.open_box(f"barrier_step {row}")),
            StancePart(partial(self.open_box, "stance")), ReferralsPart(self._refer, lambda row: self.open_box(f"answer {row}")),
        )  # fmt: skip
        self.stream = StreamView()
        self.stream.opened.connect(self._open_entry)
        self._lay_out()
        self.setFocusProxy(self.log_button)

    def open(self, place: Place) -> None:
        """The case of `place.id`, a UUID."""
        if not isinstance(place.id, UUID):
            return
        if place.id != self.case_id:
            self.forget()
            self.case_id = place.id
            self.head.title.setText(self.people.name(place.id))
        self._read()

    def refresh(self, kinds: set[str]) -> None:
        if kinds - {"draft"} and self.case_id is not None:
            self._read()

    def keys(self) -> list[Key]:
        chords = ", ".join(f"{CHORDS[code]} {words.lower()}" for code, words in (*WAYS, *RESULTS))
        return [
            Key("L", "Log a contact", partial(self.open_box, "contact")), Key("B", "Add a barrier", partial(self.open_box, "barrier")),
            Key("S", "Record a stance", partial(self.open_box, "stance")), Key("A", "Record a partner's answer", self._answer),
            Key("R", "Refer to a partner", self._refer), Key("E", "Correct the facts of the person", partial(self.open_box, "person")),
            Key("C", "Change the safe-contact plan", partial(self.open_box, "plan")), Key("V", "Show or hide the number", self.safe.ask_number),
            Key("J", "Record an NRM stage or an offence", partial(self.open_box, "justice")),
            Key("I", "Link to an investigation", partial(self.open_box, "investigation")),
            Key("Ctrl+Return", "In a box: save"), Key("Esc", "In a box: close it, keep the draft"), Key("Alt+C", f"While logging a contact, Alt and: {chords}"),
        ]  # fmt: skip

    def has_unsaved(self) -> bool:
        return self.box is not None and self.box.has_unkept()

    def keep_draft(self) -> None:
        if self.box is not None:
            self.box.keep()

    def forget(self) -> None:
        self._drop_box()
        self.case_id, self.shown, self._drafts, self._logs_next = None, None, {}, False
        self.head.title.setText("")
        self.head.about.setText("")
        self.safe.forget()
        self.stream.forget()
        for part in self.parts:
            part.clear()
        self._tell_drafts()

    def hideEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().hideEvent(event)  # type: ignore[arg-type]
        self.safe.hide_numbers()

    def log(self) -> None:
        """Open the box that logs a contact, as soon as the case is read: what L on Today does."""
        self._logs_next = self.shown is None
        self.open_box("contact")

    def open_box(self, form: str) -> None:
        """Open the box `form` in the place of the log button; one that is open keeps its draft and goes."""
        if self.shown is None:
            return
        if self.box is not None and self.box.form_name == form:
            self.box.setFocus()
            return
        if self.box is not None:
            self.box.close_keeping()
        kind, _, about = form.partition(" ")
        box = BOXES[kind](form, Ground(self.work, self.shown, UUID(about) if about else None))
        self.box = box
        box.kept.connect(self._kept)
        box.gone.connect(partial(self._box_gone, box))
        self._slot_inside.addWidget(box)
        self._show_slot(True)
        self._fit()
        if form in self._drafts:
            box.restore(self._drafts[form])
        if box.focusWidget() is None or not box.isAncestorOf(box.focusWidget()):
            box.setFocus()
        self._tell_drafts()

    # Reading

    def _read(self) -> None:
        case_id = self.case_id
        assert case_id is not None, "a case is shown"

        def read(session: Any) -> Read:
            page = case_page(session, case_id)
            forms = [form for of, form in my_drafts(session) if of == case_id]
            drafts = {form: found.body for form in forms if (found := draft_of(session, form, case_id)) is not None}
            return page, drafts

        self.work.read(self, read, partial(self._take, case_id), key="page", reading=Reading.case(case_id), failed=self._not_read)

    def _take(self, case_id: UUID, answer: Read) -> None:
        if case_id != self.case_id:
            return
        page, drafts = answer
        is_first, self.shown = self.shown is None, page
        today = self._today()
        person = page.person
        self.head.title.setText(person.shown_name if person and person.shown_name else "Name not recorded")
        self.head.about.setText(_about(page))
        self.safe.show_page(page, today)
        self.stream.show_entries(page.stream, today)
        for part in self.parts:
            part.show_page(page, today)
        QTimer.singleShot(0, self, self._fit)
        if is_first:
            self._drafts = {form: body for form, body in drafts.items() if _still_about(form, page)}
            if self._drafts and self.box is None:
                self.open_box(next(iter(self._drafts)))
        if self._logs_next:
            self.log()
        self._tell_drafts()

    def _not_read(self, refused: Refused) -> None:
        self.head.title.setText("")
        self.frame.refuse(refused)

    # Boxes

    def _kept(self, form: str, body: str) -> None:
        if body:
            self._drafts[form] = body
        else:
            self._drafts.pop(form, None)

    def _box_gone(self, box: CaseBox) -> None:
        if box is self.box:
            self._drop_box()
            self.log_button.setFocus()
            self._tell_drafts()

    def _drop_box(self) -> None:
        box, self.box = self.box, None
        if box is not None:
            self._slot_inside.removeWidget(box)
            box.forget()
            box.hide()
            QTimer.singleShot(0, box, box.deleteLater)
        self._show_slot(False)

    def _show_slot(self, is_open: bool) -> None:
        """The box takes the place of the log button and of the choice of kinds."""
        self._slot.setVisible(is_open)
        self.log_button.setVisible(not is_open)
        self.kinds.setVisible(not is_open)

    def _tell_drafts(self) -> None:
        """Offer the drafts that are not open, by what they are: never by what is in them."""
        while self._offers.count():
            item = self._offers.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for form in self._drafts:
            if self.box is None or self.box.form_name != form:
                heading = getattr(BOXES[form.partition(" ")[0]], "heading", "")
                self._offers.addWidget(Button(f"Go on with the draft: {heading.lower()}", partial(self.open_box, form), kind="link"))
        self._offers.addStretch(1)

    def _answer(self) -> None:
        referral = answerable(self.shown) if self.shown else None
        if referral is not None:
            self.open_box(f"answer {referral}")
        elif self.shown is not None:
            self.frame.say("info", "No partner owes an answer here.", "R refers to one.")

    def _open_entry(self, entry: Any) -> None:
        """Go on with what an entry is about, where there is something to go on with."""
        if self.shown is None:
            return
        if entry.kind == "BARRIER" and any(card.barrier.id == entry.about for card in self.shown.barriers):
            self.open_box(f"barrier_step {entry.about}")
        elif entry.kind == "REFERRAL" and answerable(self.shown) == entry.about:
            self.open_box(f"answer {entry.about}")

    def _refer(self) -> None:
        if self.case_id is not None:
            self.frame.go(Place("refer", self.case_id))

    # The head's own deeds

    def _fill_more(self, menu: QMenu) -> None:
        menu.clear()
        if self.shown is None:
            return
        facts = self.shown.facts
        menu.addAction("Take this case over", self._take_over)
        if facts.status == "OPEN":
            menu.addAction("Close this case", self._close_case)
        else:
            menu.addAction("Reopen this case", self._reopen_case)

    def _take_over(self) -> None:
        self._change_facts(lambda session, facts: hand_over(session, case_id=facts.id, version=facts.version, worker_id=my_worker(session)))

    def _close_case(self) -> None:
        self._change_facts(lambda session, facts: close_case(session, case_id=facts.id, version=facts.version, on=session.today))

    def _reopen_case(self) -> None:
        self._change_facts(lambda session, facts: reopen_case(session, case_id=facts.id, version=facts.version))

    def _change_facts(self, deed: Callable[[Any, Any], object]) -> None:
        assert self.shown is not None, "the menu is empty without a case"
        facts = self.shown.facts
        self.work.change(self, lambda session: deed(session, facts), lambda _: None, failed=self.frame.refuse)

    # Laying out

    def _head(self) -> PageHead:
        self.refer_button = Button("Refer", self._refer, icon="refer", key="R", small=True)
        more = IconButton("more", "More: take over, close", framed=True)
        menu = QMenu(more)
        menu.aboutToShow.connect(partial(self._fill_more, menu))
        more.clicked.connect(lambda _: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        head = PageHead("", "", self.refer_button, more, height=52)
        head.about.setWordWrap(True)
        head.row.setStretchFactor(head.about, 1000)  # it takes two lines only where one is not enough
        return head

    def _lay_out(self) -> None:
        above = self._above = QFrame()
        above.setProperty("edge", "bottom")
        around = QVBoxLayout(above)
        space(around, 24, 0, 24, 12, gap=0)
        around.addWidget(self.safe)
        person, justice, investigation, *right = self.parts
        left_side, right_side = _side((person, justice, investigation), "right", 24), _side(right, "left", 16)
        self._middle_part = self._middle()
        self.columns = Columns((left_side, LEFT), (self._middle_part, 0), (right_side, RIGHT), main_width=618)
        self._sides = [side.findChildren(Fitting)[0] for side in (left_side, right_side)]
        self.page.addWidget(self.head)
        self.page.addWidget(above)
        self.page.addWidget(self.columns, 1)
        look().changed.connect(self._fit)

    def _middle(self) -> QWidget:
        middle = QFrame()
        middle.setProperty("ground", "panel")
        layout = QVBoxLayout(middle)
        space(layout, 16, 12, 16, 0, gap=10)
        self.log_button = Button("Log a contact", partial(self.open_box, "contact"), icon="plus", key="L", left=True)
        size(self.log_button, height=36)
        self._slot = Slot()
        self._slot_inside = QVBoxLayout(self._slot)
        space(self._slot_inside, gap=0)
        self._slot.hide()
        self._offers = QHBoxLayout()
        space(self._offers, gap=16)
        self.kinds = Segments(KINDS, "Show")
        self.kinds.chosen.connect(self._narrow)
        layout.addWidget(self.log_button)
        layout.addWidget(self._slot)
        layout.addLayout(self._offers)
        layout.addWidget(self.kinds)
        layout.addWidget(self.stream, 1)
        size(self.stream, least_height=LEAST_STREAM)
        return middle

    def _narrow(self, kinds: str) -> None:
        self.stream.drawing.forget()
        self.stream.entries_model.narrow(kinds)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        inside = self._middle_part.parentWidget().layout()  # type: ignore[union-attr]
        if self.columns.is_stacked and self._above.parentWidget() is self and isinstance(inside, QBoxLayout):
            inside.insertWidget(0, self._above)
        elif not self.columns.is_stacked and self._above.parentWidget() is not self:
            self.page.insertWidget(1, self._above)
        for part in (*self._sides, *([self.box.area] if self.box else ())):
            part.set_whole(self.columns.is_stacked)
        self.stream.setMinimumHeight(look().px(320 if self.columns.is_stacked else LEAST_STREAM))

    def _today(self) -> date:
        return day_of(self.work.vault.clock())


def _about(page: CasePage) -> str:
    facts, head = page.facts, page.head
    life = f"Closed {day(facts.closed_on)}" if facts.status != "OPEN" else f"Open since {day(facts.received_on)}"
    worker = f"Worker {head.worker}" if head.worker else "No worker"
    return "    ".join((facts.reference, life, worker, "Restricted" if facts.is_restricted else "Not restricted"))


def _still_about(form: str, page: CasePage) -> bool:
    """Whether a draft's box can still be opened: the program knows it, and the row it is about is there."""
    kind, _, about = form.partition(" ")
    rows = {str(card.barrier.id) for card in page.barriers} | {str(card.referral.id) for card in page.referrals}
    return kind in BOXES and (not about or about in rows)


def _side(parts: Any, edge: str, left: int) -> QFrame:
    frame = QFrame()
    frame.setProperty("ground", "window")
    frame.setProperty("edge", edge)
    outer = QVBoxLayout(frame)
    space(outer, gap=0)
    inside = QWidget()
    layout = QVBoxLayout(inside)
    space(layout, left, 12, 16, 12, gap=0)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    outer.addWidget(Fitting(inside))
    outer.addStretch(1)
    return frame
