"""Everything the window can do, by name and key: what Ctrl+K finds, what menus show, what F1 lists (`keys_dialog.py`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


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
