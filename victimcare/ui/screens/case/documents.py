"""Documents on the case page: those that are kept, and the box that keeps more. Several at once are kept all or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimcare.casework.document_files import DocumentRefused, FileToKeep, file_to_keep
from victimcare.casework.documents import ORDINARY, add_document
from victimcare.overview.case_page import CasePage
from victimcare.overview.timeline_documents import about_document, size_text
from victimcare.reference.codelists import codelist
from victimcare.refused import Refused
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.choose_path import choose_files
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State, Title, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.progress_line import ProgressLine
from victimcare.ui.words import count, short_day
from victimcare.ui.work import Token

DOCUMENT_FILES = "Documents (*.pdf *.txt *.eml *.png *.jpg *.jpeg *.tif *.tiff *.docx *.odt)"
FEW = 5  # shown at the right; all stand in the stream


class DocumentsPart(Part):
    """The newest documents; Enter on one opens it. `asked(row)`: one is to be opened."""

    asked = Signal(object)

    def __init__(self, doors: Doors) -> None:
        super().__init__("Documents", "F", "Add a document", doors.to_box("document"))

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        rows = page.file.documents
        for row in rows[:FEW]:
            self.add(Card(row.name or "Document", short_day(row.on, today), [about_document(row)], pressed=partial(self.asked.emit, row), deed="Open it"))
        if len(rows) > FEW:
            self.add(Words(f"{count(len(rows) - FEW, 'more', 'more')} in the stream", "muted"))
        elif not rows:
            self.nothing("None kept")


class FilesToKeep(QWidget):
    """The files chosen, each with its size and a way to take it out. `changed` when they are others; `refused` for one that cannot be kept."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self._work, self.files = ground.work, list[FileToKeep]()
        self._coming: list[Path] = []
        self.setAccessibleName("Files to keep")
        self._rows = QVBoxLayout(self)
        space(self._rows, gap=2)
        self.choose = Button("Choose files", self._ask, icon="folder", small=True)
        row = QHBoxLayout()
        space(row, gap=8)
        row.addWidget(self.choose)
        row.addWidget(Words("or drop them anywhere on the case", "small"), 1)
        self._rows.addLayout(row)
        self.setFocusProxy(self.choose)

    def take(self, paths: Sequence[Path]) -> None:
        """Look at files off the window's thread, and take those that can be kept; of the others `refused` says why."""
        self._coming.extend(paths)  # part of the draft at once, though a slow disk has yet to answer
        self._work.ask(self, lambda: [_looked_at(path) for path in paths], self._took)

    def value(self) -> list[str]:
        """The paths, as a draft keeps them."""
        return [*(str(one.path) for one in self.files), *map(str, self._coming)]

    def set_value(self, paths: Sequence[str]) -> None:
        """The files of a draft, looked at again."""
        self.take([Path(path) for path in paths])

    def is_looking(self) -> bool:
        """Whether some have not been looked at yet."""
        return bool(self._coming)

    def names(self) -> list[str]:
        """What is to be kept, by name."""
        return [one.name for one in self.files]

    def _took(self, looked_at: list[tuple[Path, FileToKeep | Refused]]) -> None:
        had = {one.path for one in self.files}
        for path, one in looked_at:
            self._coming.remove(path)
            if isinstance(one, Refused):
                self.refused.emit((path.name, one))
            elif path not in had:
                self.files.append(one)
                self._rows.addWidget(self._row(one))
        self.changed.emit()

    def _row(self, file: FileToKeep) -> QWidget:
        row = QWidget()
        inside = QHBoxLayout(row)
        space(inside, gap=8)
        inside.addWidget(Title(file.name, "", whole_up_to=200), 1)
        inside.addWidget(Words(size_text(file.size), "muted"))
        out = Button("Take out", partial(self._take_out, file, row), kind="link")
        out.setAccessibleName(f"Take out {file.name}")
        inside.addWidget(out)
        return row

    def _take_out(self, file: FileToKeep, row: QWidget) -> None:
        self.files.remove(file)
        row.hide()
        row.deleteLater()
        self.changed.emit()
        self.choose.setFocus()

    def _ask(self) -> None:
        choose_files(self, "Documents to keep", DOCUMENT_FILES, self.take)


class DocumentBox(CaseBox):
    """Files, their day, how sensitive they are, and words about them. Saving tells how far it is and can be stopped."""

    heading = "Add documents"
    verb = "Keep documents"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.files = self.field("files", "Files", FilesToKeep(ground))
        self.on = self.field("on", "Of", DateBox(ground.today(), name="Day of the documents", today=ground.today))
        codes = [(value.code, value.label) for value in codelist("record_sensitivity").values]
        self.sensitivity = self.field("sensitivity", "Sensitive", CodeBox(codes, "Sensitivity", ORDINARY))
        self.words = self.field("words", "In words", NoteBox("In words", "What it is, who gave it"))
        self.progress = ProgressLine()
        self.must_not = State("caution", "Caution", "caution", "Such content must not be held here beyond what the law asks: keep only that it exists.")
        self.under.addWidget(self.must_not)
        self.under.addWidget(State("info", "Note", "info", "Kept sealed in the vault. The files you chose stay where they are.", small=True))
        self.under.addWidget(self.progress)
        self._tell: Callable[[int, int], object] = lambda done, total: None
        self.files.refused.connect(self._not_taken)
        self.sensitivity.chosen.connect(lambda _: self._look_at_code())
        self._look_at_code()
        self.setFocusProxy(self.files)

    def wrong(self) -> tuple[str, QWidget] | None:
        if not self.files.files or self.files.is_looking():
            return "Wait until the files were looked at." if self.files.is_looking() else "Choose at least one file.", self.files.choose
        return ("Give the day of the documents.", self.on) if self.on.value() is None else None

    def deed(self) -> Deed:
        files, case_id = tuple(self.files.files), self.ground.case_id
        facts: dict[str, Any] = {"on": self.on.value(), "sensitivity": self.sensitivity.value(), "words": self.words.text()}
        whole = sum(one.size for one in files)

        def keep(session: Any) -> None:
            before = 0
            for file in files:
                told = partial(_told, self._tell, before, whole)
                add_document(session, case_id=case_id, name=file.name, size=file.size, chunks=file.chunks(), progress=told, **facts)
                before += file.size

        return keep

    def write(self, change: Deed) -> None:
        def run(token: Token) -> Any:
            self._tell = lambda done, total: token.progress(done // 1024, total // 1024, "Sealing, in KB")
            return token.write(change)

        self.save_button.setEnabled(False)
        job = self.ground.work.run(self, run, self._saved, self.progress.tell, name="keeping documents", failed=self._refused)
        self.progress.cancelled.connect(job.cancel)

    def forget(self) -> None:
        super().forget()
        self.files.hide()
        self.files.files.clear()

    def _refused(self, refused: Refused) -> None:
        self.progress.end()
        self.save_button.setEnabled(True)
        super()._refused(refused)

    def _not_taken(self, found: tuple[str, Refused]) -> None:
        name, refused = found
        self.message.say("refused", f"{name}: {refused.reason}", refused.remedy)

    def _look_at_code(self) -> None:
        self.must_not.setVisible(self.sensitivity.value() in ("THERAPY", "LEGAL_PRIVILEGE", "ACCOUNT_CONTENT"))


def _looked_at(path: Path) -> tuple[Path, FileToKeep | Refused]:
    try:
        return path, file_to_keep(path)
    except DocumentRefused as refused:
        return path, refused


def _told(tell: Callable[[int, int], object], before: int, whole: int, done: int, _: int) -> None:
    tell(before + done, whole)
