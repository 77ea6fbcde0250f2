"""What went to a partner, from the case: the kept copy word for word, and the same paper again. Each opening is noted first."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from victimcare.overview.case_page import CasePage
from victimcare.referrals.listing import ReferralRow
from victimcare.referrals.referrals import frozen_copy
from victimcare.store.clock import day_of
from victimcare.store.reading import Reading
from victimcare.ui.screens.form_paper import FormPaper
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.over_window import keep_over
from victimcare.ui.words import day

PRINTED = "PRINTED"


class CopyDialog(QDialog):
    """One kept copy. `suspended`: what may not be used of it any more, "" for nothing. `text()`: what it shows."""

    def __init__(self, parent: QWidget, row: ReferralRow, copy: str, print: Callable[[], object], save: Callable[[], object], *, suspended: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("victimcare")
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.copy = QTextBrowser()
        self.copy.setObjectName("paper")
        self.copy.setAccessibleName("The copy that went")
        self.copy.setOpenLinks(False)
        self.copy.setPlainText(json.loads(copy)["text"])
        page, buttons = QVBoxLayout(self), QHBoxLayout()
        space(page, 24, 20, 24, 20, gap=8)
        space(buttons, 0, 4, 0, 0, gap=8)
        page.addWidget(Words("The copy that went", "section"))
        page.addWidget(Words(f"Word for word what left on {day(row.sent_on)}. It cannot be changed; opening it is noted.", "muted", wraps=True))
        if suspended:
            page.addWidget(State("caution", "Caution", "caution", f"{suspended}.", plain=True))
        page.addWidget(self.copy, 1)
        buttons.addWidget(Button("Print again", print, icon="printer", key="P"))
        buttons.addWidget(Button("Save as PDF", save, icon="document"))
        buttons.addStretch(1)
        buttons.addWidget(Button("Close", self.reject, key="Esc"))
        page.addLayout(buttons)
        QShortcut(QKeySequence("P"), self).activated.connect(print)
        keep_over(self, parent, 560, 480)
        self.copy.setFocus()

    def text(self) -> str:
        """What it shows."""
        return self.copy.toPlainText()


class Went(QObject):
    """Shows and prints what went for the screen of a case. `dialog`: the copy that is shown."""

    def __init__(self, screen: Any) -> None:
        """`screen`: a Screen that knows its `case_id`."""
        super().__init__(screen)
        self._screen = screen
        self.dialog: CopyDialog | None = None
        self.paper = FormPaper(screen)
        self.paper.done.connect(lambda words: screen.frame.say("info", words) if words else None)

    def show(self, row: ReferralRow) -> None:
        """Open the copy of a referral that went as a printed form."""
        reading = Reading("copy that went shown", row.case_id)
        self._screen.work.read(self._screen, lambda session: frozen_copy(session, row.id), partial(self._open, row), key="copy", reading=reading)

    def print(self, row: ReferralRow) -> None:
        """The same paper again."""
        self._hand_over(self.paper.print, row)

    def forget(self) -> None:
        """Take the copy off the screen."""
        if self.dialog is not None:
            self.dialog.copy.clear()
            self.dialog.close()

    def _open(self, row: ReferralRow, copy: str) -> None:
        if not self._screen.isVisible() or self._screen.case_id != row.case_id or not copy:
            return
        self.forget()
        print, save = (partial(self._again, how, row) for how in (self.paper.print, self.paper.save))
        suspended = row.suspended_words(day_of(self._screen.work.vault.clock()))
        self.dialog = CopyDialog(self._screen.window(), row, copy, print, save, suspended=suspended)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.show()

    def _again(self, how: Any, row: ReferralRow) -> None:
        self.forget()
        self._hand_over(how, row)

    def _hand_over(self, how: Any, row: ReferralRow) -> None:
        how(row.id, row.case_id, f"{row.reference}/{row.number}")

    def _closed(self) -> None:
        self.dialog = None


def printed_of(page: CasePage | None) -> tuple[ReferralRow, ...]:
    """The referrals of a case that went as a printed form, newest first."""
    return tuple(card.referral for card in page.referrals if card.referral.sent_how == PRINTED) if page is not None else ()


def what_can_be_printed(rows: tuple[ReferralRow, ...]) -> tuple[str, str]:
    """What to say, and what to do, where no referral is chosen."""
    if not rows:
        return "Nothing went from here as a printed form.", "R refers to a partner; what was sent can be seen and printed again here."
    told = "; ".join(f"{row.partner}, {day(row.sent_on)}" for row in rows)
    return f"What went as a printed form: {told}.", "Choose one among the entries or at the right; then W shows it, P prints it again."
