"""Everything the window can do, by name and key: what Ctrl+K finds, what menus show, what F1 lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import Words


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a screen, for F1 and for binding: `keys` as Qt writes it ("L", "Ctrl+Return"), `words` what it does."""

    keys: str
    words: str
    run: Callable[[], object] | None = None  # None: the widget itself knows the key; it is only listed

    @property
    def shown(self) -> str:
        """The key as a person reads it: "Ctrl+Enter"."""
        return QKeySequence(self.keys).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


@dataclass(frozen=True, slots=True)
class Command:
    """Something the window does from anywhere. `name` is for code ("lock"), `words` for people ("Lock the vault")."""

    name: str
    words: str
    run: Callable[[], object]
    keys: str = ""
    icon: str = "right"


class Commands:
    """The commands of one window; each key works everywhere in it."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._all: dict[str, Command] = {}

    def add(self, command: Command) -> QAction:
        """Add a command; answer the action that does it, for menus."""
        self._all[command.name] = command
        action = QAction(command.words, self._window)
        if command.keys:
            action.setShortcuts([QKeySequence(one) for one in command.keys.split(" ")])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _: command.run())
        self._window.addAction(action)
        return action

    def all(self) -> list[Command]:
        """Every command, in the order added."""
        return list(self._all.values())

    def find(self, text: str) -> list[Command]:
        """Commands in whose words each typed word begins a word."""
        typed = text.casefold().split()
        if not typed:
            return []
        return [
            one for one in self._all.values()
            if all(any(word.startswith(part) for word in one.words.casefold().split()) for part in typed)
        ]  # fmt: skip


class KeysDialog(QDialog):
    """Lists the keys of the screen one is on, then those of the whole window."""

    def __init__(self, parent: QWidget, title: str, keys: list[Key], commands: list[Command]) -> None:
        super().__init__(parent)
        self.setWindowTitle("victimcare")
        self.setProperty("ground", "panel")
        self.listed: list[tuple[str, str]] = []
        page, grid = QVBoxLayout(self), QGridLayout()
        space(page, 24, 16, 24, 16, gap=12)
        space(grid, gap=4)
        grid.setHorizontalSpacing(24)
        self._part(grid, title, [(key.shown, key.words) for key in keys])
        everywhere = [Key(one.keys.split(" ")[0], one.words) for one in commands if one.keys]
        self._part(grid, "Everywhere", [(key.shown, key.words) for key in everywhere])
        grid.setColumnStretch(1, 1)
        page.addLayout(grid)
        page.addStretch(1)
        page.addWidget(Button("Close", self.accept, key="Esc"), 0, Qt.AlignmentFlag.AlignRight)
        size(self, least_width=420)

    def _part(self, grid: QGridLayout, heading: str, rows: list[tuple[str, str]]) -> None:
        if rows:
            grid.addWidget(Words(heading, "section"), grid.rowCount(), 0, 1, 2)
        for keys, words in rows:
            at = grid.rowCount()
            grid.addWidget(Words(keys, "muted"), at, 0)
            grid.addWidget(Words(words), at, 1)
            self.listed.append((keys, words))
