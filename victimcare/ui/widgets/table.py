"""Lists: one model for every table, columns declared by the screen, and the view that shows them.

A screen gives `Column`s and, whenever it has read anew, a tuple of frozen rows. A row is known by its `id` (or by what
`key` makes of it); the chosen rows stay chosen when rows change. A `Group` among the rows is a heading over those that follow.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Row = Any
Index = QModelIndex | QPersistentModelIndex
ALIGN = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight, "middle": Qt.AlignmentFlag.AlignHCenter}


@dataclass(frozen=True, slots=True)
class Mark:
    """A state before the text of a cell: icon, word and colour together (`late`, `now`, `caution`, `info`, `safe`, or `text`, `muted`)."""

    icon: str
    word: str = ""
    tone: str = "text"


@dataclass(frozen=True, slots=True)
class Group:
    """A heading row: "Late 3 a date has passed". It cannot be chosen, and sorting stays within groups."""

    words: str
    mark: Mark
    count: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `text(row)` is what is read, `sort(row)` what it is sorted by (the text when not given).

    `width` in px at 100 %; one column may be `stretch`. `tone` is `text` or `muted`; `mark(row)` puts a state before the text;
    `strong(row)` makes a cell bold. `name` is what settings know it by. `shown` False: off until the person adds it.
    """

    title: str
    text: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None
    align: str = "left"
    width: int = 120
    mark: Callable[[Row], Mark | None] | None = None
    tone: str = "text"
    strong: Callable[[Row], bool] | None = None
    tip: Callable[[Row], str] | None = None
    stretch: bool = False
    shown: bool = True

    @property
    def name(self) -> str:
        """The title in lower case, without spaces."""
        return self.title.lower().replace(" ", "_").replace(",", "")


class RowsModel(QAbstractTableModel):
    """Shows a tuple of rows by columns. Sorting is stable, empty values last."""

    RowRole = Qt.ItemDataRole.UserRole
    MarkRole = Qt.ItemDataRole.UserRole + 1
    ToneRole = Qt.ItemDataRole.UserRole + 2
    StrongRole = Qt.ItemDataRole.UserRole + 3

    def __init__(self, columns: Sequence[Column], key: Callable[[Row], Any] = attrgetter("id")) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._key = key
        self._given: tuple[Row, ...] = ()
        self.rows: tuple[Row, ...] = ()
        self.sorted_by: tuple[int, Qt.SortOrder] | None = None

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._given = tuple(rows)
        self._arrange()
        self.endResetModel()

    def tell_again(self) -> None:
        """Have every cell in view asked for anew: what they say hangs on more than the rows."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def key_at(self, place: int) -> Any:
        """What the row at `place` is known by; None for a heading."""
        row = self.rows[place]
        return None if isinstance(row, Group) else self._key(row)

    def place_of(self, key: Any) -> int | None:
        """Where the row known by `key` stands now."""
        return self.places_of((key,)).get(key)

    def places_of(self, keys: Collection[Any]) -> dict[Any, int]:
        """Where the rows known by `keys` stand now, those that are there. Looked for, since a table of all places would be as large as the rows."""
        wanted = set(keys) - {None}
        if not wanted:
            return {}
        return {key: place for place, row in enumerate(self.rows) if not isinstance(row, Group) and (key := self._key(row)) in wanted}

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.rows[index.row()], Group):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == self.RowRole:
            return row
        if isinstance(row, Group):
            return self._of_group(row, index.column(), role)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
        if role == self.MarkRole:
            return column.mark(row) if column.mark else None
        if role == self.ToneRole:
            return column.tone
        if role == self.StrongRole:
            return bool(column.strong and column.strong(row))
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {self.cell_text(row, index.column())}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 shows the rows in the order they came."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [(self.key_at(index.row()), index.column()) for index in before]
        self.sorted_by = (column, order) if column >= 0 else None
        self._arrange()
        places = self.places_of([key for key, _ in keys])
        for index, (key, at) in zip(before, keys, strict=True):
            place = places.get(key)
            self.changePersistentIndex(index, QModelIndex() if place is None else self.index(place, at))
        self.layoutChanged.emit()

    def cell_text(self, row: Row, column: int) -> str:
        """A cell as text: its state in words, then its text."""
        one = self.columns[column]
        mark = one.mark(row) if one.mark else None
        return " ".join(part for part in (mark.word if mark else "", one.text(row)) if part)

    def as_text(self, places: Iterable[int], columns: Iterable[int]) -> str:
        """The rows as lines of cells parted by tabs, headings first, for the clipboard."""
        shown = list(columns)
        lines = ["\t".join(self.columns[at].title for at in shown)]
        for place in places:
            row = self.rows[place]
            if not isinstance(row, Group):
                lines.append("\t".join(self.cell_text(row, at).replace("\t", " ").replace("\n", " ") for at in shown))
        return "\n".join(lines)

    def _of_group(self, group: Group, column: int, role: int) -> Any:
        if column:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return group.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(part for part in (group.words, group.count, group.hint) if part)
        return group.mark if role == self.MarkRole else None

    def _arrange(self) -> None:
        self.rows = self._given if self.sorted_by is None else tuple(self._in_order(*self.sorted_by))

    def _in_order(self, at: int, order: Qt.SortOrder) -> Iterable[Row]:
        column, block = self.columns[at], list[Row]()
        for row in (*self._given, None):
            if row is not None and not isinstance(row, Group):
                block.append(row)
                continue
            yield from _sorted(block, column, order == Qt.SortOrder.DescendingOrder)
            block = []
            if row is not None:
                yield row


def _sorted(rows: list[Row], column: Column, is_down: bool) -> list[Row]:
    value = column.sort or (lambda row: column.text(row).casefold())
    valued = [(value(row), row) for row in rows]
    full = [one for one in valued if one[0] is not None and one[0] != ""]
    full.sort(key=lambda one: one[0], reverse=is_down)
    return [row for _, row in full] + [row for key, row in valued if key is None or key == ""]
