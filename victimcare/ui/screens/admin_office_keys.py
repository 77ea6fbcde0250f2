"""Office keys: the public halves, to hand to partners: what they encrypt to, and what they check our signatures by."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLineEdit

from victimcare.store.office_keys import NoOfficeKeys, OfficePublicKeys, office_public_keys
from victimcare.ui.door import beside
from victimcare.ui.papers import OFFICE_KEYS, office_keys_pages, office_keys_pdf, write_file
from victimcare.ui.screens.admin_part import AdminPart, reading_page, section
from victimcare.ui.screens.form_paper import print_pages
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State as Shown
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from victimcare.ui.window import MainWindow
    from victimcare.ui.work import Work

WHAT_FOR = "Give these to the organisations you refer people to. Nothing here is secret: the private halves are sealed in the vault, and only who reads cases can use them."
COMPARE = "Let the partner read the fingerprint back to you, face to face or on a number both of you knew before."


class OfficeKeysPart(AdminPart):
    """`keys`: what is shown; None until read, or where the vault has none yet."""

    heading = "Office keys"
    about = "What partners encrypt to, and check our signatures by"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        self.keys: OfficePublicKeys | None = None
        self.dialog: QPrintDialog | None = None
        self.since = Shown("key", "", "", "", plain=True)
        self.recipient, self.signer, self.fingerprint = _key("Key to encrypt to"), _key("Key to check signatures by"), _key("Fingerprint")
        self.buttons = (Button("Copy", self._copy, icon="copy"), Button("Print", self._print, icon="printer"), Button("Save as a PDF", self._choose))
        column = reading_page(self.page)
        section(column, "The office's own keys")
        column.addWidget(self.since)
        column.addWidget(Words(WHAT_FOR, wraps=True))
        for heading, words, shown in (
            ("To send us something only we can open", "A key of age, a free tool.", self.recipient),
            ("To check that something comes from us", "A line as OpenSSH has it.", self.signer),
            ("Fingerprint of that line", COMPARE, self.fingerprint),
        ):
            section(column, heading, words)
            column.addWidget(shown)
        column.addSpacing(8)
        column.addLayout(beside(*self.buttons))
        column.addStretch(1)
        self._tell(None)

    def open(self) -> None:
        self.work.read(self, office_public_keys, self._tell, key="keys")

    def refresh(self, kinds: set[str]) -> None:
        if "office_identity" in kinds or not kinds:
            self.open()

    def save_to(self, file: Path) -> None:
        """Write the page for a partner as a PDF."""
        keys, name, now = self._shown(), self.work.vault.name, self.work.vault.clock()
        self.work.ask(
            self,
            lambda: write_file(file, office_keys_pdf(keys, made_at=now, vault_name=name)),
            lambda _: self.frame.say("safe", f"Saved as {file.name}. Nothing in it is secret."),
            failed=self.frame.refuse,
        )

    def _tell(self, keys: OfficePublicKeys | None) -> None:
        self.keys = keys
        for button in self.buttons:
            button.setEnabled(keys is not None)
        for shown, words in (
            (self.recipient, keys.recipient if keys else ""),
            (self.signer, keys.signer if keys else ""),
            (self.fingerprint, keys.fingerprint if keys else ""),
        ):
            shown.setText(words)
            shown.setCursorPosition(0)
        if keys is None:
            none = NoOfficeKeys()
            self.since.show_state("info", "None yet", "info", none.remedy)
        else:
            self.since.show_state("key", "In use", "", f"since {moment(keys.made_at)}")

    def _shown(self) -> OfficePublicKeys:
        if self.keys is None:
            raise NoOfficeKeys
        return self.keys

    def _copy(self) -> None:
        keys = self._shown()
        QGuiApplication.clipboard().setText(f"{keys.recipient}\n{keys.signer}\n{keys.fingerprint}\n")
        self.frame.say("safe", "Copied: both keys and the fingerprint, a line each.")

    def _choose(self) -> None:
        file, _ = QFileDialog.getSaveFileName(self, "Save the keys as a PDF", str(Path.home() / "office-keys.pdf"), "PDF (*.pdf)")
        if file:
            self.save_to(Path(file if file.endswith(".pdf") else f"{file}.pdf"))

    def _print(self) -> None:
        keys, name, now = self._shown(), self.work.vault.name, self.work.vault.clock()
        self.work.ask(self, partial(office_keys_pages, keys, made_at=now, vault_name=name), self._ask_printer, failed=self.frame.refuse)

    def _ask_printer(self, images: Sequence[bytes]) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setDocName(OFFICE_KEYS)
        dialog = QPrintDialog(printer, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.accepted.connect(lambda: self._printed(printer, images))
        dialog.destroyed.connect(self._closed)
        self.dialog = dialog
        dialog.show()

    def _printed(self, printer: QPrinter, images: Sequence[bytes]) -> None:
        if print_pages(printer, images):
            self.frame.say("safe", "The page went to the printer.")
        else:
            self.frame.say("caution", "The printer did not take the page. Print it again, or save it as a PDF.")

    def _closed(self) -> None:
        self.dialog = None


def _key(name: str) -> QLineEdit:
    """A key that can be marked and copied as it is: a label would have to break it, and a copy with a break in it is no key."""
    shown = QLineEdit()
    shown.setReadOnly(True)
    shown.setAccessibleName(name)
    # Read out letter by letter: shapes that cannot be taken for each other (I, l, 1; O, 0).
    font = shown.font()
    for shapes in ("ss02", "zero"):
        font.setFeature(QFont.Tag(shapes), 1)
    shown.setFont(font)
    return shown
