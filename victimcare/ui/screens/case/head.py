"""The head of a case: the name, our reference, since when, whose; and what is done with the case as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QMenu

from victimcare.casework.cases import CaseFacts, close_case, hand_over, reopen_case
from victimcare.casework.workers import my_worker
from victimcare.overview.case_page import CasePage
from victimcare.refused import Refused
from victimcare.ui.navigation import PageHead
from victimcare.ui.widgets.buttons import Button, IconButton
from victimcare.ui.words import day
from victimcare.ui.work import Work

NO_NAME = "Name not recorded"


class CaseHead(PageHead):
    """`refer`: what the button does; `refused`: what to do with a refusal of what the menu does."""

    def __init__(self, work: Work, refer: Callable[[], object], refused: Callable[[Refused], object]) -> None:
        self._work, self._refused = work, refused
        self._facts: CaseFacts | None = None
        more = IconButton("more", "More: take over, close", lambda: self.menu.popup(more.mapToGlobal(more.rect().bottomLeft())), framed=True)
        super().__init__("", "", Button("Refer", refer, icon="refer", key="R", small=True), more, height=52)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        self.about.setWordWrap(True)
        self.row.setStretchFactor(self.about, 1000)  # it takes two lines only where one is not enough

    def show_page(self, page: CasePage) -> None:
        """Show whose case it is."""
        facts, person = page.facts, page.person
        self._facts = facts
        self.title.setText(person.shown_name if person and person.shown_name else NO_NAME)
        life = f"Closed {day(facts.closed_on)}" if facts.status != "OPEN" else f"Open since {day(facts.received_on)}"
        worker = f"Worker {page.head.worker}" if page.head.worker else "No worker"
        self.about.setText("    ".join((facts.reference, life, worker, "Restricted" if facts.is_restricted else "Not restricted")))

    def forget(self) -> None:
        """Take the name off."""
        self._facts = None
        self.title.setText("")
        self.about.setText("")

    def _fill(self) -> None:
        self.menu.clear()
        if self._facts is None:
            return
        self.menu.addAction("Take this case over", lambda: self._do(_take_over))
        if self._facts.status == "OPEN":
            self.menu.addAction("Close this case", lambda: self._do(_close))
        else:
            self.menu.addAction("Reopen this case", lambda: self._do(_reopen))

    def _do(self, deed: Callable[[Any, CaseFacts], object]) -> None:
        facts = self._facts
        if facts is not None:
            self._work.change(self, lambda session: deed(session, facts), lambda _: None, failed=self._refused)


def _take_over(session: Any, facts: CaseFacts) -> None:
    hand_over(session, case_id=facts.id, version=facts.version, worker_id=my_worker(session))


def _close(session: Any, facts: CaseFacts) -> None:
    close_case(session, case_id=facts.id, version=facts.version, on=session.today)


def _reopen(session: Any, facts: CaseFacts) -> None:
    reopen_case(session, case_id=facts.id, version=facts.version)
