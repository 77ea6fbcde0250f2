"""What screens that are one list have in common: it is read whole, shown by its filters, and what is chosen in it stands at the right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from victimcare.store.reading import Reading
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.screens.office_box import OfficeBox
from victimcare.ui.style import size, space
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.rows_table import RowsTable


class ListScreen(Screen):
    """`Place(name, id or None)`. A subclass says `name`, `reads` (tables), `rows` and how to `_show` and `_choose`, makes `head` and `table`, then calls `_stand`.

    `rows(session)` runs on a reader's thread: a static function that touches no widget. `reading`: where it opens sealed parts.
    """

    name = ""
    reads: Collection[str] = ()
    rows: Callable[[Any], tuple[Any, ...]]
    reading: Reading | None = None
    head: PageHead
    table: RowsTable

    def __init__(self, work: Any, window: Any) -> None:
        super().__init__(work, window)
        self._rows: tuple[Any, ...] = ()
        self._today = date.min
        self._wanted: UUID | None = None
        self.nothing = Words("", "muted", wraps=True)

    def open(self, place: Place) -> None:
        self._wanted = place.id if isinstance(place.id, UUID) else None
        self._read()

    def refresh(self, kinds: set[str]) -> None:
        if kinds & set(self.reads):
            self._read()

    def has_unsaved(self) -> bool:
        return any(box.has_unsaved() for box in self._boxes())

    def keep_draft(self) -> None:
        for box in self._boxes():
            if box.has_unsaved():
                box.keep()

    # For subclasses

    def _boxes(self) -> Sequence[OfficeBox]:
        """The boxes in which something may be typed."""
        return ()

    def _show(self) -> None:
        """Show what the filters let through of `_rows`; ends with `_fill`."""
        raise NotImplementedError

    def _choose(self, one: Any) -> None:
        """Another line is chosen, or none."""
        raise NotImplementedError

    def _take(self, answer: tuple[tuple[Any, ...], date]) -> None:
        """The list was read: show it, and choose what the place named."""
        self._rows, self._today = answer
        self._show()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._go_to(wanted)

    def _go_to(self, wanted: UUID) -> None:
        self.table.choose(wanted)

    def _stand(self, filters: QWidget, boxes: Sequence[QWidget], side: QWidget, width: int, *, least_height: int) -> None:
        """Lay it out: head, filters, boxes, list; at the right `side`."""
        main, inside, beside, above = QFrame(), QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        main.setProperty("ground", "panel")
        main.setLayout(inside)
        space(inside, gap=0)
        inside.addWidget(self.head)
        space(above, 24, 0, 24, 8, gap=8)
        above.addWidget(filters)
        above.addStretch(1)
        inside.addLayout(above)
        if boxes:
            held, boxed = QFrame(), QVBoxLayout()
            held.setLayout(boxed)
            space(boxed, 24, 0, 24, 0, gap=0)
            for box in boxes:
                boxed.addWidget(box)
            inside.addWidget(held)
        space(beside, 16, 0, 8, 8, gap=0)
        size(self.table, least_height=least_height)
        beside.addWidget(self.table, 1)
        self.nothing.setContentsMargins(8, 12, 8, 0)
        beside.addWidget(self.nothing)
        inside.addLayout(beside, 1)
        self.page.addWidget(Columns((main, 0), (side, width), main_width=560))
        self.table.remember(self.frame.settings, self.frame.vault_id, self.name)
        self.table.chosen.connect(self._choose)
        self.setFocusProxy(self.table)

    def _fill(self, shown: Sequence[Any], about: str, nothing: str) -> None:
        """Put the lines in the list, one of them chosen. `nothing`: what is said where there is none."""
        self.table.show_rows(shown)
        self.head.about.setText(about)
        self.nothing.setVisible(not shown)
        self.nothing.setText(nothing)
        if shown and self.table.current_row() is None:
            self.table.choose(shown[0].id)
        self._choose(self.table.current_row())

    def _read(self) -> None:
        rows = self.rows
        self.work.read(self, lambda session: (rows(session), session.today), self._take, key="rows", reading=self.reading)


def find_field(words: str, name: str, width: int) -> QLineEdit:
    """The field above a list that finds in it. `width` in px at 100 %."""
    field = QLineEdit()
    field.setPlaceholderText(words)
    field.setAccessibleName(name)
    field.setProperty("small", True)
    size(field, width=width)
    return field
