"""Step 1 of an import: which files, and a mapping kept from an earlier time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.choose_path import MAPPING_FILES, REGISTER_FILES, choose_files, choose_folder
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import count

ABOUT = (
    "CSV and XLSX files, in any column order and with your own headings. Choose all files of the register together, "
    "or the folder they are in: contacts and referrals then find their people. Nothing is written before you say so."
)
NO_MAPPING = "None. What the columns are is proposed from their headings and values."


class FileStep(QWidget):
    """`chosen(paths)`. `mapping`: the kept mapping to be put over the proposal, None for none."""

    chosen = Signal(object)
    go_on_asked = Signal()
    leftovers_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mapping: Path | None = None
        self.setAcceptDrops(True)
        self.choose = Button("Choose files", self.choose_files, kind="primary", icon="document", key="F")
        self._mapping_words = Words(NO_MAPPING, "muted", wraps=True)
        self.no_mapping = Button("Use none", lambda: self._take_mapping(None), kind="link")
        self.no_mapping.hide()
        self.go_on = Button("Go on with it", self.go_on_asked.emit, kind="primary", key="G")
        self._begun_words = Words("", wraps=True)
        self.leftovers = Button("", self.leftovers_asked.emit, kind="link")
        outer, page = QVBoxLayout(self), QVBoxLayout()
        space(outer, gap=0)
        space(page, 24, 8, 24, 16, gap=16)
        about = Words(ABOUT, wraps=True)
        size(about, most_width=760)
        page.addWidget(about)
        page.addWidget(self._begun_part())
        page.addWidget(self._drop_box())
        page.addLayout(self._mapping_part())
        page.addWidget(self.leftovers, 0, Qt.AlignmentFlag.AlignLeft)
        page.addStretch(1)
        inside, around = QWidget(), QScrollArea()
        inside.setLayout(page)
        around.setWidgetResizable(True)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.setWidget(inside)
        outer.addWidget(around)
        self.setFocusProxy(self.choose)
        self.tell_leftovers(0)
        self.tell_begun(())

    def tell_leftovers(self, waiting: int) -> None:
        """How many cells and rows of earlier imports wait."""
        self.leftovers.setText(f"{count(waiting, 'leftover', 'leftovers')} of earlier imports wait")
        self.leftovers.setVisible(waiting > 0)

    def tell_begun(self, paths: Sequence[Path]) -> None:
        """The files whose columns somebody began to correct; none where nothing was begun."""
        named = paths[0].name if len(paths) == 1 else f"{count(len(paths), 'file', 'files')}, the first {paths[0].name}" if paths else ""
        self._begun_words.setText(f"You began to correct the columns of {named}. Your corrections are kept." if paths else "")
        self._begun.setVisible(bool(paths))

    def choose_files(self) -> None:
        """Ask for files."""
        choose_files(self, "Choose the files of the register", REGISTER_FILES, self.chosen.emit)

    def choose_folder(self) -> None:
        """Ask for a folder."""
        choose_folder(self, "Choose the folder the register is in", lambda folder: self.chosen.emit([folder]), verb="Read this folder")

    def choose_mapping(self) -> None:
        """Ask for a kept mapping."""
        choose_files(self, "Choose a mapping kept earlier", MAPPING_FILES, lambda paths: self._take_mapping(paths[0]), several=False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event)
        if paths:
            event.acceptProposedAction()
            self.chosen.emit(paths)

    def _drop_box(self) -> QFrame:
        box = QFrame()
        box.setObjectName("paper")
        size(box, most_width=760)
        inside, row = QVBoxLayout(box), QHBoxLayout()
        space(inside, 16, 16, 16, 16, gap=12)
        space(row, gap=8)
        inside.addWidget(Words("Drop files or a folder here, or", "muted"))
        row.addWidget(self.choose)
        row.addWidget(Button("Choose a folder", self.choose_folder, icon="folder", key="D"))
        row.addStretch(1)
        inside.addLayout(row)
        return box

    def _begun_part(self) -> QWidget:
        self._begun = QFrame()
        self._begun.setObjectName("paper")
        size(self._begun, most_width=760)
        row = QHBoxLayout(self._begun)
        space(row, 16, 12, 16, 12, gap=12)
        row.addWidget(self._begun_words, 1)
        row.addWidget(self.go_on)
        return self._begun

    def _mapping_part(self) -> QVBoxLayout:
        part, row = QVBoxLayout(), QHBoxLayout()
        space(part, gap=4)
        space(row, gap=12)
        part.addWidget(Words("Mapping kept earlier", "strong"))
        part.addWidget(self._mapping_words)
        row.addWidget(Button("Use a kept mapping", self.choose_mapping, small=True, key="M"))
        row.addWidget(self.no_mapping)
        row.addStretch(1)
        part.addLayout(row)
        return part

    def _take_mapping(self, path: Path | None) -> None:
        self.mapping = path
        self._mapping_words.setText(f"{path.name}, put over what is proposed." if path else NO_MAPPING)
        self.no_mapping.setVisible(path is not None)


def dropped_paths(event: QDropEvent) -> Sequence[Path]:
    """The files and folders of this machine that are being dropped."""
    data = event.mimeData()
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
