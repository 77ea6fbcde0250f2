"""The form of a referral leaves the screen: to a printer, without a file, or as a PDF where the person asks. Either is noted first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from victimcare.referrals.form import referral_form, referral_pages
from victimcare.referrals.referrals import frozen_copy
from victimcare.refused import Refused
from victimcare.store.reading import Reading
from victimcare.ui.navigation import Screen

HOLDS_A_NAME = "The file holds what was ticked, in clear. Anybody who has it can read it."


class FileNotWritten(Refused):
    """The place chosen does not take the file."""

    def __init__(self) -> None:
        super().__init__("The form could not be written there.", "Choose another folder. The referral itself is kept; save its form again from Referrals.")


class FormPaper(QObject):
    """`done(words)`: what became of the paper, "" where the person closed the dialog."""

    done = Signal(str)

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._screen = screen
        self.dialog: QFileDialog | QPrintDialog | None = None

    def print(self, referral_id: UUID, case_id: UUID, name: str) -> None:
        """Set the form and ask for the printer. `name`: our reference, the title of the print job."""
        self._read(referral_id, case_id, referral_pages, partial(self._ask_printer, name))

    def save(self, referral_id: UUID, case_id: UUID, name: str) -> None:
        """Set the form and ask where the PDF goes. `name`: our reference, proposed as the file's name."""
        self._read(referral_id, case_id, referral_form, partial(self._ask_file, name))

    def _read(self, referral_id: UUID, case_id: UUID, make: Any, then: Any) -> None:
        work = self._screen.work
        work.read(self, lambda session: make(frozen_copy(session, referral_id)), then, reading=Reading.printed(case_id))

    def _ask_file(self, name: str, form: bytes) -> None:
        dialog = QFileDialog(self._screen.window(), f"Save the form. {HOLDS_A_NAME}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"referral-{name.replace('/', '-')}.pdf")
        dialog.fileSelected.connect(lambda path: self._write(Path(path), form))
        self._show(dialog)

    def _write(self, path: Path, form: bytes) -> None:
        self._screen.work.ask(self, partial(_write, path, form), lambda _: self.done.emit(f"The form is saved as {path.name}. {HOLDS_A_NAME}"))

    def _ask_printer(self, name: str, images: Sequence[bytes]) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setDocName(name)
        dialog = QPrintDialog(printer, self._screen.window())
        dialog.accepted.connect(lambda: self._printed(printer, images))
        self._show(dialog)

    def _printed(self, printer: QPrinter, images: Sequence[bytes]) -> None:
        if print_pages(printer, images):
            self.done.emit("The form went to the printer.")
        else:
            self.done.emit("The printer did not take the form. Print it again from Referrals.")

    def _show(self, dialog: QFileDialog | QPrintDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.rejected.connect(lambda: self.done.emit(""))
        dialog.destroyed.connect(self._closed)
        self.dialog = dialog
        dialog.show()

    def _closed(self) -> None:
        self.dialog = None


def print_pages(printer: QPrinter, images: Sequence[bytes]) -> bool:
    """Draw pages (PNG) on whole sheets; False when the printer takes none."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
    for at, image in enumerate(images):
        if at:
            printer.newPage()
        painter.drawImage(QRect(0, 0, sheet.width(), sheet.height()), QImage.fromData(image))
    return painter.end()


def _write(path: Path, form: bytes) -> None:
    try:
        path.write_bytes(form)
    except OSError:
        raise FileNotWritten from None
