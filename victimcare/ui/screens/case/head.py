"""The head of a case: the name, our reference, since when, whose; and what is done with the case as a whole."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from victimcare.casework.under_18 import STATUTE
from victimcare.overview.case_page import CasePage
from victimcare.ui.navigation import PageHead
from victimcare.ui.screens.case.file_menu import FileMenu
from victimcare.ui.widgets.buttons import Button, IconButton
from victimcare.ui.widgets.labels import State
from victimcare.ui.words import day
from victimcare.ui.work import Work

NO_NAME = "Name not recorded"


class CaseHead(PageHead):
    """`refer`: what the button does; `open_box(form)`: what the menu does."""

    def __init__(self, work: Work, refer: Callable[[], object], open_box: Callable[[str], object]) -> None:
        self._page: CasePage | None = None
        self.more = more = IconButton("more", "More: hand over, close, who can read it, papers (H)", self.open_menu, framed=True)
        super().__init__("", "", Button("Refer", refer, icon="refer", key="R", small=True), more, height=52)
        self.menu = FileMenu(self, open_box, work.vault.member)
        self.child = State("person", "May be under 18", "caution", "a child until assessed", small=True)
        self.child.setToolTip(f"Presumed to be under 18 until their age is assessed ({STATUTE}): the NRM needs no consent, and is made whatever they say")
        self.child.setAccessibleName(f"May be under 18: presumed a child until assessed, {STATUTE}")
        self.beside(self.child)
        self.row.setAlignment(self.child, Qt.AlignmentFlag.AlignVCenter)
        self.child.hide()
        self.about.setWordWrap(True)
        self.row.setStretchFactor(self.about, 1000)  # it takes two lines only where one is not enough

    def show_page(self, page: CasePage) -> None:
        """Show whose case it is."""
        facts, person = page.facts, page.person
        self._page = page
        self.child.setVisible(page.is_child)
        self.title.setText(person.shown_name if person and person.shown_name else NO_NAME)
        life = f"Closed {day(facts.closed_on)}" if facts.status != "OPEN" else f"Open since {day(facts.received_on)}"
        worker = f"Worker {page.head.worker}" if page.head.worker else "No worker"
        self.about.setText("    ".join((facts.reference, life, worker, "Restricted" if facts.is_restricted else "Not restricted")))

    def forget(self) -> None:
        """Take the name off."""
        self._page = None
        self.menu.clear()
        self.child.hide()
        self.title.setText("")
        self.about.setText("")

    def open_menu(self) -> None:
        """Show what can be done with the case as a whole."""
        if self._page is not None:
            self.menu.fill(self._page)
            self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
