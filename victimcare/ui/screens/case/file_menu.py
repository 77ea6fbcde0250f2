"""What is done with the case as a whole: the menu of the head of the page, also under H. Each entry opens a box that says what it does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from victimcare.casework.approvals import ASKED
from victimcare.overview.case_page import CasePage
from victimcare.reference.codelists import label
from victimcare.store.members import Member
from victimcare.store.rights import Right
from victimcare.ui.screens.case.asking import DecideBox
from victimcare.ui.screens.case.box import CaseBox, Ground
from victimcare.ui.screens.case.closing import CloseBox, HandOverBox, ReopenBox
from victimcare.ui.screens.case.erasing import EraseBox
from victimcare.ui.screens.case.keeping import RetentionBox
from victimcare.ui.screens.case.merging import MergeBox, PartBox
from victimcare.ui.screens.case.papers import CaseFileBox, ScheduleBox, SheetBox, WhatWeHoldBox
from victimcare.ui.screens.case.restricting import RestrictBox
from victimcare.ui.screens.case.sensitivity import SensitivityBox

FILE_BOXES: dict[str, Callable[[str, Ground], CaseBox]] = {
    "hand_over": HandOverBox,
    "close": CloseBox,
    "reopen": ReopenBox,
    "restrict": RestrictBox,
    "retention": RetentionBox,
    "merge": MergeBox,
    "part": PartBox,
    "erase": EraseBox,
    "decide": DecideBox,
    "sensitivity": SensitivityBox,
    "case_file": CaseFileBox,
    "sheet": SheetBox,
    "what_we_hold": WhatWeHoldBox,
    "schedule": ScheduleBox,
}
"""The boxes of the file as a whole, by the first word of a form's name."""


class FileMenu(QMenu):
    """`fill(page)` puts in what can be done with that case; each entry calls `open_box` with its form."""

    def __init__(self, parent: QWidget, open_box: Callable[[str], object], member: Member) -> None:
        super().__init__(parent)
        self._open_box, self._member = open_box, member
        self.setAccessibleName("The case as a whole")

    def fill(self, page: CasePage) -> None:
        """What can be done with the case now."""
        self.clear()
        for row in page.file.approvals:
            if row.status == ASKED and (row.made_by == self._member.id or Right.SUPERVISE in self._member.rights):
                self._add(f"&Answer the request: {label('approval_kind', row.kind).lower()}", f"decide {row.id}")
        self._add("&Hand over to another worker", "hand_over")
        self._add("Re&open this case" if page.facts.status != "OPEN" else "&Close this case", "reopen" if page.facts.status != "OPEN" else "close")
        self._add("&Who can read it", "restrict")
        self._add("&Retention review", "retention")
        self.addSeparator()
        self._add("&Same person as another case", "merge")
        for link in page.file.merges:
            if link.until_on is None:
                other = page.parts.get(link.case_id, "") or link.other
                self._add(f"Read {other} a&part again", f"part {link.id}")
        self.addSeparator()
        self._add("Case &file on paper", "case_file")
        self._add("Hand-o&ver sheet", "sheet")
        self._add("What we hol&d and would send", "what_we_hold")
        self._add("Disc&losure schedule", "schedule")
        self.addSeparator()
        self._add("&Erase this case for good", "erase")

    def _add(self, words: str, form: str) -> None:
        self.addAction(words, lambda: self._open_box(form))
