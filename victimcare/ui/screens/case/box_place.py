"""Where a box opens on the case page: in the place of the log button, one at a time; drafts of the others are offered under it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from victimcare.overview.case_page import CasePage
from victimcare.ui.screens.case.box import CaseBox, Ground
from victimcare.ui.screens.case.contents import BOXES
from victimcare.ui.screens.case.fitting import Slot
from victimcare.ui.screens.case.left_over import LeftOverBox
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.work import Work

CHANGED = "Somebody changed this meanwhile. The box shows what stands now. Look at it, then save again."


class BoxPlace(Slot):
    """`opened(bool)`: a box opened, or the last one went. `box`: the one that is open; `page`: what boxes are about, None without a case."""

    opened = Signal(bool)

    def __init__(self, work: Work, find: Callable[[str], Any], read_anew: Callable[[], object]) -> None:
        """`read_anew` reads the page again, once somebody changed what the open box is about."""
        super().__init__()
        self._work, self._find, self._read_anew = work, find, read_anew
        self.page: CasePage | None = None
        self.box: CaseBox | None = None
        self._drafts: dict[str, str] = {}
        self._next = ""
        self._is_outdated = False
        self.log_button = Button("Log a contact", partial(self.open_box, "contact"), icon="plus", key="L", left=True)
        size(self.log_button, height=36)
        layout = QVBoxLayout(self)
        space(layout, gap=10)
        self._inside, self._offers = QVBoxLayout(), QHBoxLayout()
        space(self._inside, gap=0)
        space(self._offers, gap=16)
        layout.addWidget(self.log_button)
        layout.addLayout(self._inside)
        layout.addLayout(self._offers)

    def show_page(self, page: CasePage) -> None:
        """The case was read, perhaps again: the open box hears of it."""
        self.page = page
        if self.box is not None and self._is_outdated:
            form = self.box.form_name
            self._drop()
            self.open_box(form)  # upon what stands now, with what was typed
            if form not in self._drafts:
                self.box.message.say("caution", CHANGED)  # nothing was typed: what stands now is in the fields
        elif self.box is not None:
            self.box.page_came(page)
        self._is_outdated = False

    def open_box(self, form: str) -> None:
        """Open the box `form`; one that is open keeps its draft and goes."""
        if self.page is None:
            return
        if self.box is not None and self.box.form_name == form:
            self.box.setFocus()
            return
        if self.box is not None:
            self.box.close_keeping()
            if self.box is not None:  # it holds what no draft can
                return
        self._next = ""
        kind, _, about = form.partition(" ")
        make = BOXES[kind] if _still_about(form, self.page) else LeftOverBox
        box = self.box = make(form, Ground(self._work, self.page, UUID(about) if about else None, self._find))
        box.kept.connect(self._kept)
        box.saved.connect(partial(self._offer, box))
        box.gone.connect(partial(self._gone, box))
        box.outdated.connect(self._outdated)
        box.begin()
        self._inside.addWidget(box)
        self.log_button.hide()
        self.opened.emit(True)
        if form in self._drafts:
            box.restore(self._drafts[form])
        here = box.focusWidget()
        if here is None or not box.isAncestorOf(here):
            box.setFocus()
        self._tell_drafts()

    def has_begun(self, form: str) -> bool:
        """Whether something of the box `form` was typed already: it is open, or a draft of it is kept."""
        return form in self._drafts or (self.box is not None and self.box.form_name == form)

    def take_drafts(self, drafts: dict[str, str]) -> None:
        """Take the drafts kept of the case, newest first, and open the newest."""
        assert self.page is not None, "the drafts are of a page"
        self._drafts = {form: body for form, body in drafts.items() if form.partition(" ")[0] in BOXES}
        newest = next((form for form in self._drafts if _still_about(form, self.page)), "")
        if newest and self.box is None:
            self.open_box(newest)
        self._tell_drafts()

    def forget(self) -> None:
        """Drop the page, the box and every draft from the screen; in the vault they stay."""
        self._drop()
        self.page, self._drafts, self._next = None, {}, ""
        self._tell_drafts()

    def _kept(self, form: str, body: str) -> None:
        if body:
            self._drafts[form] = body
        else:
            self._drafts.pop(form, None)

    def _outdated(self) -> None:
        self._is_outdated = True
        self._read_anew()

    def _offer(self, box: CaseBox) -> None:
        self._next = box.leads_to()

    def _gone(self, box: CaseBox) -> None:
        if box is self.box:
            self._drop()
            self.log_button.setFocus()
            self._tell_drafts()

    def _drop(self) -> None:
        box, self.box = self.box, None
        if box is not None:
            self._inside.removeWidget(box)
            box.forget()
            box.hide()
            QTimer.singleShot(0, box, box.deleteLater)  # it may be in the midst of its own deed
        self.log_button.show()
        self.opened.emit(False)

    def _tell_drafts(self) -> None:
        """Offer the drafts that are not open, by what they are: never by what is in them."""
        while self._offers.count():
            item = self._offers.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._next and self.box is None and self._next not in self._drafts:
            follows = Button(f"Go on: {getattr(BOXES[self._next], 'heading', '').lower()}", partial(self.open_box, self._next), kind="link")
            self._offers.addWidget(follows)
            follows.setFocus()
        for form in self._drafts:
            if self.box is None or self.box.form_name != form:
                heading = getattr(BOXES[form.partition(" ")[0]], "heading", "")
                self._offers.addWidget(Button(f"Go on with the draft: {heading.lower()}", partial(self.open_box, form), kind="link"))
        if self._offers.count():
            self._offers.addStretch(1)


def _still_about(form: str, page: CasePage) -> bool:
    """Whether the row a form is about is still there: a colleague may have withdrawn it since."""
    about = form.partition(" ")[2]
    return not about or UUID(about) in page.file.row_ids()
