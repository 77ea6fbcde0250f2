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
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from victimcare.casework.drafts import draft_of, my_drafts
from victimcare.overview.case_page import CasePage, case_page
from victimcare.overview.together import ReadElsewhere
from victimcare.referrals.facts import CaseUnknown
from victimcare.referrals.listing import ReferralRow
from victimcare.refused import Refused
from victimcare.store.clock import day_of
from victimcare.store.errors import NoKey
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import Place, Screen
from victimcare.ui.people import People
from victimcare.ui.screens.case.box import CaseBox
from victimcare.ui.screens.case.box_place import BoxPlace
from victimcare.ui.screens.case.case_documents import CaseDocuments
from victimcare.ui.screens.case.contents import LEFT, LETTERS, RIGHT
from victimcare.ui.screens.case.entry_keys import EntryKeys
from victimcare.ui.screens.case.fitting import Fitting, in_one_go, side_of
from victimcare.ui.screens.case.head import CaseHead
from victimcare.ui.screens.case.log_contact import CHORDS, RESULTS, WAYS
from victimcare.ui.screens.case.parts import Doors
from victimcare.ui.screens.case.referrals import ReferralsPart, answerable
from victimcare.ui.screens.case.safe_contact import SafeContactPanel
from victimcare.ui.screens.case.safeguarding import unanswered
from victimcare.ui.screens.case.stream import KINDS, StreamView
from victimcare.ui.screens.case.went import Went, printed_of, what_can_be_printed
from victimcare.ui.style import look, size, space
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

LEFT_WIDTH, RIGHT_WIDTH, LEAST_STREAM = 264, 300, 40
ERASED = "The case was erased. Backups made before can still bring it back."
Read = tuple[CasePage, dict[str, str]]


class CaseScreen(Screen):
    """Shows the case `place.id`. `people` gives the name at once, before the page is read. R goes to the place `refer`."""

    title = "Case"

    def __init__(self, work: Work, window: MainWindow, people: People) -> None:
        super().__init__(work, window)
        self.people = people
        self.case_id: UUID | None = None
        self.shown: CasePage | None = None
        self._next_form = ""
        self._also: tuple[UUID, ...] = ()
        self.head = CaseHead(work, self._refer, lambda form: self.open_box(form))
        self.boxes = BoxPlace(work, people.find, lambda: self._read())
        self.open_box = self.boxes.open_box
        self.safe = SafeContactPanel(work, window, self.open_box)
        doors = Doors(self.open_box, self._refer, window.go)
        self._left, self._right = [make(doors) for make in LEFT], [make(doors) for make in RIGHT]
        self.parts = (*self._left, *self._right)
        self.stream, self.went = StreamView(), Went(self)
        self.stream.opened.connect(self._open_entry)
        self.entry_keys = EntryKeys(work, window, self.stream, self.open_box, lambda: self.case_id if self.shown else None)
        self.referrals = next(part for part in self.parts if isinstance(part, ReferralsPart))
        self.referrals.copy_asked.connect(self.went.show)
        self._lay_out()
        self.documents = CaseDocuments(self)
        self.boxes.opened.connect(self._box_opened)
        self.setFocusProxy(self.boxes.log_button)

    @property
    def box(self) -> CaseBox | None:
        """The box that is open."""
        return self.boxes.box

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
            *(Key(letter, words, partial(self.open_box, form)) for letter, words, form in LETTERS),
            Key("H", "The case as a whole: hand over, close, who can read it, papers", self.head.open_menu), Key("A", "Record a partner's answer", self._answer), Key("R", "Refer to a partner", self._refer),
            Key("W", "Show what went to the chosen partner", partial(self._went, self.went.show)),
            Key("P", "Print again what went to the chosen partner", partial(self._went, self.went.print)),
            *self.entry_keys.keys(), *self.safe.keys(), Key("Ctrl+Return", "In a box: save"), Key("Esc", "In a box: close it, keep the draft"), Key("Alt+C", f"While logging a contact, Alt and: {chords}"),
        ]  # fmt: skip

    def has_unsaved(self) -> bool:
        return self.box is not None and self.box.has_unkept()

    def keep_draft(self) -> None:
        if self.box is not None:
            self.box.keep()

    def forget(self) -> None:
        self.boxes.forget()
        self.case_id, self.shown, self._next_form, self._also = None, None, "", ()
        self._show_below(False)
        self.head.forget()
        self.safe.forget()
        self.stream.forget()
        self.went.forget()
        self.documents.forget()
        for part in self.parts:
            part.clear()

    def hideEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().hideEvent(event)  # type: ignore[arg-type]
        self.safe.numbers.hide_all()
        self.went.forget()
        self.documents.forget()

    def log(self) -> None:
        """Open the box that logs a contact, as soon as the case is read: what L on Today does."""
        if self.shown is None:
            self.begin("contact")
        else:
            self.open_box("contact")

    def begin(self, form: str) -> None:
        """Open the box `form` once the case, which one just came to, has been read: what D on Today does."""
        self._next_form = form

    # Reading

    def _read(self) -> None:
        case_id = self.case_id
        assert case_id is not None, "a case is shown"

        def read(session: Any) -> Read:
            page = case_page(session, case_id)
            forms = [form for of, form in my_drafts(session) if of == case_id]
            drafts = {form: found.body for form in forms if (found := draft_of(session, form, case_id)) is not None}
            return page, drafts

        reading = Reading.case(case_id).together_with(self._also)
        self.work.read(self, read, partial(self._take, case_id), key="page", reading=reading, failed=self._not_read)

    def _take(self, case_id: UUID, answer: Read) -> None:
        if case_id != self.case_id:
            return
        page, drafts = answer
        self._also = tuple(page.parts)
        if page.unread:  # read as one with others: each is noted, then all are read
            self._read()
            return
        is_first, self.shown, today = self.shown is None, page, self._today()
        with in_one_go(self, self.stream):
            self.boxes.show_page(page)
            self.head.show_page(page)
            self.safe.show_page(page, today)
            self.stream.show_entries(page.stream, today)
            for part in self.parts:
                part.show_page(page, today)
            self._show_below(True)
            if is_first:
                self.boxes.take_drafts(drafts)
            self._fit()
        form, self._next_form = self._next_form, ""
        if form:
            self.open_box(form)

    def _not_read(self, refused: Refused) -> None:
        """Leave nothing of a case on the screen that is read as part of another, or that one may not read any more."""
        was_here = self.shown is not None
        self.forget()
        if isinstance(refused, ReadElsewhere | NoKey | CaseUnknown):
            place = Place("case", refused.into) if isinstance(refused, ReadElsewhere) else Place("cases")
            self.frame.history.instead(place)
            self.frame.go(place)
        if was_here and isinstance(refused, CaseUnknown):
            self.frame.say("info", ERASED, "Make a new backup under Admin, then delete the older ones.")
        else:
            self.frame.refuse(refused)

    def _answer(self) -> None:
        referral = answerable(self.shown) if self.shown else None
        waiting = unanswered(self.shown) if self.shown else []
        if referral is not None:
            self.open_box(f"answer {referral}")
        elif waiting:
            self.open_box(f"safeguarding_answer {waiting[0].id}")
        elif self.shown is not None:
            self.frame.say("info", "No partner owes an answer here.", "R refers to one.")

    def _went(self, how: Callable[[ReferralRow], None]) -> None:
        entry, printed = self.stream.current(), printed_of(self.shown)
        chosen = self.referrals.chosen() or (entry.about if entry is not None and entry.kind == "REFERRAL" else None)
        only = printed[0] if how == self.went.show and len(printed) == 1 else None  # looking at it changes nothing
        row = next((one for one in printed if one.id == chosen), only)
        if row is not None:
            how(row)
        elif self.shown is not None:
            self.frame.say("info", *what_can_be_printed(printed))

    def _open_entry(self, entry: Any) -> None:
        """Go on with what an entry is about, where there is something to go on with."""
        if self.shown is None:
            return
        if entry.kind == "SAFEGUARDING" and any(row.id == entry.id for row in unanswered(self.shown)):
            self.open_box(f"safeguarding_answer {entry.id}")
        elif entry.kind == "BARRIER" and any(card.barrier.id == entry.about for card in self.shown.barriers):
            self.open_box(f"barrier_step {entry.about}")
        elif entry.kind == "DOCUMENT":
            self.documents.open_entry(entry.about)
        elif entry.kind == "REFERRAL" and answerable(self.shown) == entry.about:
            self.open_box(f"answer {entry.about}")

    def _refer(self) -> None:
        if self.case_id is not None:
            self.frame.go(Place("refer", self.case_id))

    # Laying out

    def _lay_out(self) -> None:
        above = self._above = QFrame()
        above.setProperty("edge", "bottom")
        around = QVBoxLayout(above)
        space(around, 24, 0, 24, 12, gap=0)
        around.addWidget(self.safe)
        left_side, right_side = side_of(self._left, "right", 24), side_of(self._right, "left", 16)
        self._middle_part = self._middle()
        self.columns = Columns((left_side, LEFT_WIDTH), (self._middle_part, 0), (right_side, RIGHT_WIDTH), main_width=618)
        self._sides = [side.findChildren(Fitting)[0] for side in (left_side, right_side)]
        self.page.addWidget(self.head)
        self.page.addWidget(above)
        self.page.addWidget(self.columns, 1)
        policy = self.columns.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.columns.setSizePolicy(policy)
        look().changed.connect(self._fit)

    def _middle(self) -> QWidget:
        middle = QFrame()
        middle.setProperty("ground", "panel")
        layout = QVBoxLayout(middle)
        space(layout, 16, 12, 16, 0, gap=10)
        self.kinds = Segments(KINDS, "Show")
        self.kinds.chosen.connect(self._narrow)
        layout.addWidget(self.boxes)
        layout.addWidget(self.kinds)
        layout.addWidget(self.stream, 1)
        size(self.stream, least_height=LEAST_STREAM)
        return middle

    def _box_opened(self, is_open: bool) -> None:
        """The choice of kinds gives its room to an open box."""
        self.kinds.setVisible(not is_open)
        self._fit()

    def _show_below(self, is_read: bool) -> None:
        """Nothing but the name stands there before the case is read: least of all that it is safe."""
        self._above.setVisible(is_read)
        self.columns.setVisible(is_read)

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
