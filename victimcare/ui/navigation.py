"""Screens and the way between them. This page is for whoever writes a screen.

A screen is one module in `ui/screens/` with one class::

    class CasesScreen(Screen):
        title = "Cases"

        def __init__(self, work: Work, window: MainWindow) -> None:
            super().__init__(work, window)                     # self.page is its QVBoxLayout, empty, without margins
            self.page.addWidget(PageHead("Cases", "10 214 people", Button("New case", self.start, kind="primary", key="N")))
            self.table = RowsTable(COLUMNS, "Cases")           # ui/widgets: table.py, rows_table.py
            self.table.remember(window.settings, window.vault_id, "cases")
            self.table.opened.connect(lambda row: window.go(Place("case", row.id)))
            self.page.addWidget(self.table)

        def open(self, place: Place) -> None: ...              # show `place.id`; called each time one comes here, also by Back
        def refresh(self, kinds: set[str]) -> None: ...        # after a commit: names of the tables written; only while shown,
                                                               # what came while hidden is given at the next `open` (before it)
        def keys(self) -> list[Key]: ...                       # single letters of the screen; bound by the frame, listed by F1.
                                                               # They are silent while a field has the keyboard
        def has_unsaved(self) -> bool: ...                     # something typed is neither saved nor kept as a draft
        def keep_draft(self) -> None: ...                      # keep it now, before lock or leaving; ask `self.work` and return
        def forget(self) -> None: ...                          # lock: take every name and note off the widgets

Composition registers it: `window.add_screen("cases", CasesScreen, RailItem("Cases", "folder", "Ctrl+2"))`; without a rail
item it is reached by `window.go(Place("case", id))` alone; `under="cases"` says which rail item is lit. The class (or any
function of `work, window`) is called when one first goes there. What a screen needs beyond these two is bound with `partial`.

What a screen may use
- `self.work.read(self, fn, then, key=..., reading=..., failed=...)`, `.change(self, fn, then, failed=...)`,
  `.run(self, fn(token), then, progress, name="the import")`: see `ui/work.py`. `fn` runs in a thread and must touch no widget.
- `self.frame` is the window: `.go(place)`, `.back()`, `.say(kind, text, remedy="")` (kinds of `widgets/message.py`), `.refuse(refused)`,
  `.set_count("today", 12)`, `.commands.add(Command(...))`, `.settings`, `.vault_id`, `.user`.
- `ui/words.py` for dates and numbers, `ui/style.py` `space(layout, ...)` and `size(widget, ...)` for px at 100 %,
  `ui/icons.py` `put(button, "printer")`. No colour, font or px outside them; say what a thing is by property:
  QFrame `ground` = panel, window, raised; `edge` = left, right, top, bottom (one line); object names `safe`, `box`, `paper`;
  `Words(text, role)` with title, section, strong, muted, small; `tone` = late, now, caution, info, safe.
- Widgets: `RowsTable`, `Column`, `Group`, `Mark`; `DateBox`, `CodeBox`, `Segments`, `NoteBox`, `Form`, `Facts`, `Message`,
  `ProgressLine`, `Words`, `State`, `Button`, `IconButton`, `Columns` (parts side by side, stacked where there is no room);
  below: `PageHead`, `column`. A screen's `setFocusProxy(widget)` says where the keyboard goes when one comes to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from victimcare.ui.commands import Key
from victimcare.ui.style import size, space
from victimcare.ui.widgets.labels import Title, Words

if TYPE_CHECKING:
    from victimcare.ui.window import MainWindow
    from victimcare.ui.work import Work

MOST_STEPS_BACK = 50
OF_A_CASE = ("case", "refer", "danger")  # screens whose place is the id of a case


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: a screen and what it shows. Never a name: an id or a code."""

    screen: str
    id: UUID | str | None = None


@dataclass(frozen=True, slots=True)
class RailItem:
    """How a screen stands in the rail. `at_foot`: below, apart from the others."""

    words: str
    icon: str
    keys: str = ""
    at_foot: bool = False


class Screen(QFrame):
    """What fills the window beside the rail. See the head of this module."""

    title = ""

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__()
        self.work = work
        self.frame = window
        self.setProperty("ground", "panel")
        self.page = QVBoxLayout(self)
        space(self.page, gap=0)

    def open(self, place: Place) -> None:
        """Show what `place` names."""

    def refresh(self, kinds: set[str]) -> None:
        """Records of these tables were written: read again what is shown of them."""

    def keys(self) -> list[Key]:
        """The keys of this screen."""
        return []

    def has_unsaved(self) -> bool:
        """Whether something typed would be lost."""
        return False

    def keep_draft(self) -> None:
        """Keep what was typed."""

    def forget(self) -> None:
        """Drop every text about a person from the widgets."""


class PageHead(QFrame):
    """The head of a page: title, muted words about it, actions at the right. `title` and `about` may be set again. One that `grows` is at least that high."""

    def __init__(self, title: str, about: str = "", *actions: QWidget, height: int = 56, line: bool = False, grows: bool = False) -> None:
        super().__init__()
        if line:
            self.setProperty("edge", "bottom")
        self.title, self.about = Title(title), Words(about, "muted")
        self.row = QHBoxLayout(self)
        space(self.row, 24, 0, 24, 0, gap=12)
        self.row.addWidget(self.title)
        self.row.addWidget(self.about)
        self.row.addStretch(1)
        self._actions = len(actions)
        for action in actions:
            self.row.addWidget(action)
        size(self, height=0 if grows else height, least_height=height)

    def beside(self, widget: QWidget) -> None:
        """Put a widget at the left, after the words about the page: a choice of whose, a period."""
        self.row.insertWidget(self.row.count() - self._actions - 1, widget)


def column(width: int = 0, edge: str = "", *, scrolls: bool = True) -> tuple[QWidget, QVBoxLayout]:
    """A side column on the frame's grey, `width` px wide, with a line at its `edge`: the widget to place and the layout to fill."""
    frame = QFrame()
    frame.setProperty("ground", "window")
    frame.setProperty("edge", edge)
    outer = QVBoxLayout(frame)
    space(outer, gap=0)
    inside = QWidget()
    inside.setObjectName("column")
    layout = QVBoxLayout(inside)
    space(layout, 16, 12, 16, 16, gap=4)
    if scrolls:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        outer.addWidget(area)
    else:
        outer.addWidget(inside)
    if width:
        size(frame, width=width)
    return frame, layout


class History(QObject):
    """Where one was, for Back and Forward."""

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[Place] = []
        self._at = -1

    @property
    def place(self) -> Place | None:
        """Where one is."""
        return self._places[self._at] if self._at >= 0 else None

    @property
    def case_id(self) -> UUID | str | None:
        """The case that is open where one is, if one is."""
        return self.place.id if self.place is not None and self.place.screen in OF_A_CASE else None

    def visit(self, place: Place) -> None:
        """Go to a place; what was ahead is forgotten."""
        if place != self.place:
            self._places = [*self._places[: self._at + 1], place][-MOST_STEPS_BACK:]
            self._at = len(self._places) - 1
        self.moved.emit()

    def instead(self, place: Place) -> None:
        """Where one is turns out to be `place`: Back does not lead to what it was called before."""
        if self._at >= 0:
            self._places[self._at] = place

    def can_step(self, steps: int) -> bool:
        """Whether there is a place so many steps on (or back, when negative)."""
        return 0 <= self._at + steps < len(self._places)

    def step(self, steps: int) -> Place | None:
        """Move along what was visited; None when there is nothing that way."""
        if not self.can_step(steps):
            return None
        self._at += steps
        self.moved.emit()
        return self.place


Factory = Callable[[Any, Any], Screen]


@dataclass(slots=True)
class Registered:
    """A screen the window knows: how to make it, once made the screen, and the changes it has not seen."""

    make: Factory
    rail: RailItem | None
    under: str
    screen: Screen | None = None
    unseen: set[str] | None = None
