"""One document on the screen, in memory alone: its text, picture or pages. Closing forgets it; saving out asks first and is noted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from victimcare.casework.documents import DocumentRow
from victimcare.overview.timeline_documents import about_document
from victimcare.ui.screens.case.document_shown import Shown
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State, Title, Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.widgets.over_window import keep_over
from victimcare.ui.words import day

WARNING: Final = (
    "The copy will lie in clear where you save it: whoever uses that disk can read it. It is noted that you saved it, and nothing deletes it later."
)
NEVER_OPENED: Final = "This kind of file is never opened here, since what is in it might act on its own. It can be saved out by its name."


class DocumentDialog(QDialog):
    """`turn(page)` asks for another page of a PDF, `save()` for the place to save to, once the person has read what that means."""

    def __init__(self, parent: QWidget, row: DocumentRow, shown: Shown | None, turn: Callable[[int], object], save: Callable[[], object]) -> None:
        super().__init__(parent)
        self.row, self.page, self._turn, self._save = row, 0, turn, save
        self.pages, self.content = (shown.pages, shown.content) if shown else (0, b"")
        self.setWindowTitle("victimcare")
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.name, self.about = Title(row.name, "section"), Words("", "muted", wraps=True)
        self.text, self.picture, self.place = QPlainTextEdit(), QLabel(), QScrollArea()
        self.message = Message(framed=False)
        self.warning = State("caution", "Caution", "caution", WARNING)
        self.page_words = Words("", "muted")
        self._lay_out(shown)
        self.about.setText(", ".join(filter(None, (about_document(row), f"of {day(row.on)}", shown.told if shown else ""))))
        for key, run in (("PgDown", partial(self._go, 1)), ("PgUp", partial(self._go, -1))) if self.pages > 1 else ():
            QShortcut(QKeySequence(key), self).activated.connect(run)
        keep_over(self, parent, 760, 600 if shown else 240)

    def show_picture(self, image: QImage, page: int = 0) -> None:
        """Show a picture, or page `page` of a PDF (0 is the first)."""
        self.page, self.image = page, image
        self.page_words.setText(f"Page {page + 1} of {self.pages}" if self.pages else "")
        self.picture.setAccessibleName(f"{self.row.name}, page {page + 1} of {self.pages}" if self.pages else f"Picture {self.row.name}")
        self._fit()
        self.place.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Take everything of the document off the screen and out of memory, and close."""
        self.text.clear()
        self.picture.clear()
        self.content, self.image = b"", QImage()
        for words in (self.name, self.about, self.page_words):
            words.setText("")
        self.name.setToolTip("")
        self.picture.setAccessibleName("")
        super().reject()  # not close(): that asks reject() whether it may

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    image = QImage()

    # Inside

    def _lay_out(self, shown: Shown | None) -> None:
        page, buttons = QVBoxLayout(self), QHBoxLayout()
        space(page, 24, 20, 24, 20, gap=8)
        space(buttons, 0, 4, 0, 0, gap=8)
        page.addWidget(self.name)
        page.addWidget(self.about)
        page.addWidget(self._inside(shown), 1)
        page.addWidget(self.warning)
        page.addWidget(self.message)
        self.save_button = Button("Save out", self._ask, icon="export")
        self.sure_button = Button("Choose where to save", self._save, icon="export")
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.sure_button)
        for widget in (self.warning, self.sure_button):
            widget.hide()
        if self.pages > 1:
            self.before, self.after = Button("Page before", partial(self._go, -1), key="PgUp"), Button("Next page", partial(self._go, 1), key="PgDown")
            for part in (self.before, self.page_words, self.after):
                buttons.addWidget(part)
        buttons.addStretch(1)
        buttons.addWidget(Button("Close", self.forget, key="Esc"))
        page.addLayout(buttons)

    def _inside(self, shown: Shown | None) -> QWidget:
        if shown is None:
            return State("info", "Not opened", "info", NEVER_OPENED)
        if shown.image is None:
            self.text.setObjectName("paper")
            self.text.setReadOnly(True)
            self.text.setAccessibleName("What is in the document")
            self.text.setPlainText(shown.text)
            self.text.setFocus()
            return self.text
        self.place.setObjectName("paper")
        self.place.setWidget(self.picture)
        self.place.setAccessibleName("The document")
        self.place.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.show_picture(shown.image)
        self.place.setFocus()
        return self.place

    def _fit(self) -> None:
        """A picture as wide as there is room for, never larger than it is."""
        if self.image.isNull():
            return
        room = max(200, self.place.viewport().width() - 4)
        ratio = self.devicePixelRatioF()
        width = min(int(room * ratio), self.image.width())
        pixmap = QPixmap.fromImage(self.image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        pixmap.setDevicePixelRatio(ratio)
        self.picture.setPixmap(pixmap)
        self.picture.resize(QSize(int(pixmap.width() / ratio), int(pixmap.height() / ratio)))

    def _go(self, step: int) -> None:
        if 0 <= self.page + step < self.pages:
            self._turn(self.page + step)

    def _ask(self) -> None:
        self.save_button.hide()
        self.warning.show()
        self.sure_button.show()
        self.sure_button.setFocus()

    def reject(self) -> None:
        """Esc."""
        self.forget()
