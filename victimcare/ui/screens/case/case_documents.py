"""What the case page does with documents: opens one in memory, saves one out where asked, takes files dropped anywhere on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage

from victimcare.casework.documents import DocumentRow, open_document
from victimcare.refused import Refused
from victimcare.store.reading import Reading
from victimcare.ui.papers import write_file
from victimcare.ui.screens.case.document_shown import Shown, made_ready, pdf_page
from victimcare.ui.screens.case.document_viewer import DocumentDialog
from victimcare.ui.screens.case.documents import DocumentBox, DocumentsPart
from victimcare.ui.screens.case.e_mail import EmailBox, MailFile, mail_file
from victimcare.ui.widgets.choose_path import choose_new_file

OTHER = "OTHER"


class CaseDocuments(QObject):
    """For the screen of a case. `dialog`: the document that is open."""

    def __init__(self, screen: Any) -> None:
        """`screen`: a Screen that knows its `case_id`, `boxes`, `parts` and the page it shows."""
        super().__init__(screen)
        self._screen = screen
        self.dialog: DocumentDialog | None = None
        for part in screen.parts:
            if isinstance(part, DocumentsPart):
                part.asked.connect(self.open)
        screen.setAcceptDrops(True)
        screen.installEventFilter(self)

    # Opening

    def open_entry(self, document_id: UUID) -> None:
        """Open the document an entry of the stream is about."""
        rows = self._screen.shown.file.documents if self._screen.shown is not None else ()
        for row in rows:
            if row.id == document_id:
                self.open(row)

    def open(self, row: DocumentRow) -> None:
        """Open a document in memory; the reading is noted. A kind that is never opened here only shows what it is, and reads nothing."""
        if row.kind == OTHER:
            self._show(row, None)
            return
        reading = Reading.document(row.case_id)
        self._screen.work.read(
            self._screen, partial(_ready, row), partial(self._show, row), key="document", reading=reading, failed=partial(self._not_shown, row)
        )

    def forget(self) -> None:
        """Take the document off the screen and out of memory."""
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.forget()

    def _show(self, row: DocumentRow, shown: Shown | Refused | None) -> None:
        if not self._screen.isVisible() or self._screen.case_id != row.case_id:
            return
        self.forget()
        refused = shown if isinstance(shown, Refused) else None
        ready = shown if isinstance(shown, Shown) else Shown() if refused else None
        dialog = self.dialog = DocumentDialog(self._screen.window(), row, ready, self._turn, partial(self._where, row))
        dialog.finished.connect(partial(self._closed, dialog))
        if refused is not None:
            dialog.message.refuse(refused)
        dialog.show()

    def _not_shown(self, row: DocumentRow, refused: Refused) -> None:
        self._screen.frame.refuse(refused)

    def _closed(self, dialog: DocumentDialog, _: int) -> None:
        if self.dialog is dialog:
            self.dialog = None

    def _turn(self, page: int) -> None:
        dialog = self.dialog
        if dialog is not None:
            self._screen.work.ask(dialog, partial(pdf_page, dialog.content, page), partial(self._turned, dialog, page), failed=dialog.message.refuse)

    def _turned(self, dialog: DocumentDialog, page: int, image: QImage) -> None:
        if dialog is self.dialog:
            dialog.show_picture(image, page)

    # Saving out

    def _where(self, row: DocumentRow) -> None:
        choose_new_file(self.dialog or self._screen, "Save the document out of the vault", row.name, "All files (*)", partial(self._save, row))

    def _save(self, row: DocumentRow, path: Path) -> None:
        """Write the document where the person said, in clear; noted before a byte of it is read."""
        dialog = self.dialog or self._screen
        failed: Callable[[Refused], object] = self.dialog.message.refuse if self.dialog is not None else self._screen.frame.refuse
        reading = Reading.document_saved(row.case_id)
        self._screen.work.read(
            dialog, lambda session: write_file(path, open_document(session, row.id)), partial(self._saved, row), reading=reading, failed=failed
        )

    def _saved(self, row: DocumentRow, _: None) -> None:
        if self.dialog is not None and self.dialog.row.id == row.id:
            self.dialog.message.say("caution", "Saved out. It lies there in clear now.", "Delete it as soon as it has served.", word="Saved")

    # Dropped

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent | QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            paths = _paths(event.mimeData())
            if paths and self._screen.shown is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.take(paths)
                return True
        return False

    def take(self, paths: list[Path]) -> None:
        """One e-mail becomes a contact to look over; anything else goes into the box that keeps documents."""
        [first, *more] = paths
        if not more and first.suffix.casefold() == ".eml":
            self._screen.work.ask(self._screen, partial(mail_file, first), partial(self._took_mail, first), failed=self._screen.frame.refuse)
        else:
            self._keep(paths)

    def _took_mail(self, path: Path, found: MailFile | None) -> None:
        if found is None:
            self._keep([path])
            return
        if self._screen.shown is None:
            return
        boxes = self._screen.boxes
        is_begun = boxes.has_begun("email")
        boxes.open_box("email")
        box = boxes.box
        if not isinstance(box, EmailBox):
            return
        if not is_begun:
            box.take(found)
        elif not box.take_again(found):
            box.message.say(
                "caution",
                "Another e-mail is in this box already. Nothing of the one you dropped was taken.",
                "Log this one or discard it, then drop the other again.",
            )

    def _keep(self, paths: list[Path]) -> None:
        self._screen.boxes.open_box("document")
        box = self._screen.boxes.box
        if isinstance(box, DocumentBox):
            box.files.take(paths)


def _ready(row: DocumentRow, session: Any) -> Shown | Refused:
    """In a reader's thread. What cannot be shown can still be saved out."""
    content = open_document(session, row.id)
    try:
        return made_ready(row, content)
    except Refused as refused:
        return refused


def _paths(mime: QMimeData) -> list[Path]:
    """The local files dropped, if nothing but local files is."""
    urls = mime.urls() if mime.hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls] if urls and all(url.isLocalFile() for url in urls) else []
