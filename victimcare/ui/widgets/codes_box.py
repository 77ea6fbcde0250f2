"""Several codes chosen by their words in one field: "Safe house; English classes". Type a part of each, parted by semicolons."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from victimcare.ui import icons
from victimcare.ui.style import restyle

BETWEEN = ";"
HOW = "Type a part of each, with a semicolon between; Down lists all"


class CodesBox(QLineEdit):
    """`choices` are (code, words). `chosen(codes)` when other codes are meant. What names nothing is marked and never dropped."""

    chosen = Signal(object)

    def __init__(self, choices: Iterable[tuple[str, str]], name: str, *, hint: str = "", small: bool = False) -> None:
        super().__init__()
        self._words = {code: words.replace(BETWEEN, ",") for code, words in choices}
        self._codes: tuple[str, ...] = ()
        self.setAccessibleName(name)
        self.setAccessibleDescription(HOW)
        self.setPlaceholderText(hint)
        self.setProperty("small", small)
        self._list = _PartCompleter(list(self._words.values()), self)
        self.setCompleter(self._list)
        self._list.activated.connect(lambda _: self._take())
        arrow = QAction(icons.icon("down", "muted", 12), "Show all", self)
        arrow.triggered.connect(self.show_all)
        self.addAction(arrow, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(lambda _: self._take())
        self.editingFinished.connect(self._settle)

    def codes(self) -> tuple[str, ...]:
        """The codes meant, in the order typed, each once."""
        return self._codes

    def set_codes(self, codes: Iterable[str]) -> None:
        """Show these codes."""
        self.setText(_joined(self._words[code] for code in codes if code in self._words))
        self._take()
        self._mark()

    def read_text(self, text: str) -> None:
        """Show what was typed once, with what names nothing in it, and mean the codes it names."""
        self.setText(text)
        self._take()
        self._mark()

    def is_valid(self) -> bool:
        """False when a part names no choice, or more than one."""
        return all(self._code_of(part) for part in self._parts())

    def show_all(self) -> None:
        """List every choice; the one taken is added to what stands there."""
        self.setFocus()
        if self.text().strip() and not self.text().rstrip().endswith(BETWEEN):
            self.setText(f"{self.text().strip()}{BETWEEN} ")
        self._list.setCompletionPrefix("")
        self._list.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def _parts(self) -> list[str]:
        return [part for one in self.text().split(BETWEEN) if (part := one.strip().casefold())]

    def _code_of(self, part: str) -> str | None:
        """The one choice whose words are `part`, or begin with it, or hold it."""
        words = {code: one.casefold() for code, one in self._words.items()}
        for fits in (str.__eq__, str.startswith, str.__contains__):
            found = [code for code, one in words.items() if fits(one, part)]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _take(self) -> None:
        codes = tuple(dict.fromkeys(code for part in self._parts() if (code := self._code_of(part))))
        if self.property("invalid") and self.is_valid():
            self._mark()
        if codes != self._codes:
            self._codes = codes
            self.chosen.emit(codes)

    def _settle(self) -> None:
        if self.is_valid() and not self._list.found.isVisible():
            self.setText(_joined(self._words[code] for code in self._codes))
            self.setCursorPosition(0)
        self._mark()

    def _mark(self) -> None:
        self.setProperty("invalid", not self.is_valid())
        restyle(self)
        self.setToolTip(self.text() if self.is_valid() else f"A part of this names nothing in the list, or more than one thing. {HOW}.")


class _PartCompleter(QCompleter):
    """Completes the part after the last semicolon and keeps what stands before it."""

    def __init__(self, words: list[str], field: QLineEdit) -> None:
        super().__init__(words, field)
        self._field = field
        found = self.found = QListView()
        self.setModel(QStringListModel(words, self))
        self.setPopup(found)
        found.setObjectName("finder")
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(12)

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(BETWEEN)[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        before = self._field.text().rpartition(BETWEEN)[0].strip()
        return _joined(filter(None, (before, str(index.data() or ""))))


def _joined(words: Iterable[str]) -> str:
    return f"{BETWEEN} ".join(words)
