"""A box that puts a paper of the case out: to a printer, without a file, or as a PDF where the person says. Each is noted, then written down as a disclosure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLineEdit

from victimcare.casework.disclosures import record_disclosure
from victimcare.store.reading import Reading
from victimcare.ui.papers import write_file
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.form_paper import print_pages
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.segments import Segments

PRINTER, FILE = "PRINTER", "FILE"
IN_CLEAR = "A PDF lies in clear where you save it. Anybody who has it can read it."


class PaperBox(CaseBox):
    """Subclasses say what is made (`make_pages`, `make_pdf`: `fn(session, case_id)`), its `file_name`, the `kind` of disclosure and `parts`."""

    verb = "Print or save"
    kind = ""
    about = ""
    file_name = ""
    extension = "pdf"
    make_pages: Callable[[Any, UUID], Sequence[bytes]]
    make_pdf: Callable[[Any, UUID], bytes]

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.form.addRow(Words(self.about, "muted", wraps=True))
        self.how = self.field("how", "How", Segments(((PRINTER, "Print"), (FILE, "Save as PDF")), "How it leaves"))
        self.recipient = self.field("recipient", "For", QLineEdit())
        self.recipient.setAccessibleName("Who gets it")
        self.recipient.setPlaceholderText("Who gets it: kept with the case, not on the paper")
        self.under.addWidget(State("info", "Note", "info", IN_CLEAR, small=True))
        self.dialog: QPrintDialog | QFileDialog | None = None
        self.setFocusProxy(self.how)

    def parts(self) -> list[str]:
        """What is on the paper, for the record of the disclosure."""
        return []

    def why(self) -> str:
        """On what ground, for the record of the disclosure."""
        return ""

    def save(self) -> None:
        """Make the paper and ask where it goes; once it went, write the disclosure down."""
        if self.dialog is not None:  # one asks already
            return
        found = self.wrong()
        if found is not None:
            self.message.say("caution", found[0])
            found[1].setFocus()
            return
        make = self.make_pages if self.how.value() == PRINTER else self.make_pdf
        then: Callable[[Any], object] = self._ask_printer if self.how.value() == PRINTER else self._ask_file
        case_id = self.ground.case_id
        self.ground.work.read(
            self,
            lambda session: make(session, case_id),
            then,
            reading=Reading.printed(case_id).together_with(self.ground.page.parts),
            failed=self.message.refuse,
        )

    def deed(self) -> Deed:
        entry: dict[str, Any] = {
            "case_id": self.ground.case_id,
            "kind": self.kind,
            "recipient": self.recipient.text().strip(),
            "fields": self.parts(),
            "why": self.why(),
        }
        return lambda session: record_disclosure(session, **entry)

    def forget(self) -> None:
        """Also the dialog that asks where the paper goes, and with it the paper that was made."""
        super().forget()
        if self.dialog is not None:
            self.dialog.close()

    # Inside

    def _ask_file(self, made: bytes) -> None:
        dialog = QFileDialog(self.window(), f"Save the paper. {IN_CLEAR}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{self.extension.upper()} (*.{self.extension})")
        dialog.setDefaultSuffix(self.extension)
        dialog.selectFile(f"{self.file_name}.{self.extension}")
        dialog.fileSelected.connect(lambda path: self._write(Path(path), made))
        self._show(dialog)

    def _write(self, path: Path, made: bytes) -> None:
        self.ground.work.ask(self, partial(write_file, path, made), lambda _: super(PaperBox, self).save(), failed=self.message.refuse)

    def _ask_printer(self, made: Sequence[bytes]) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setDocName(self.file_name)
        dialog = QPrintDialog(printer, self.window())
        dialog.accepted.connect(lambda: self._printed(printer, made))
        self._show(dialog)

    def _printed(self, printer: QPrinter, made: Sequence[bytes]) -> None:
        if print_pages(printer, made):
            super().save()
        else:
            self.message.say("caution", "The printer did not take it.", "Try again, or save it as a PDF.")

    def _show(self, dialog: QPrintDialog | QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.destroyed.connect(self._closed)
        self.dialog = dialog
        dialog.show()

    def _closed(self) -> None:
        self.dialog = None
