"""Names while the vault is open: the search index as the window has it, read once after unlock and kept right after each change.

Lists take names from here, row by row and without a read; the search field, the text filter and the check for duplicates
ask here. `forget` drops all of it at lock.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from victimcare.casework.duplicates import Likeness, possible_duplicates
from victimcare.casework.names import changed_people
from victimcare.casework.search import Hit, SearchIndex
from victimcare.store.reading import Reading
from victimcare.ui.work import Work

FOUND_BY = frozenset({"case", "identity", "contact_point", "contact_point_end", "other_reference"})


class People(QObject):
    """`changed`: names came, or are others. Before the first reading nobody is known and nothing is found."""

    changed = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._index = SearchIndex()
        self._names: dict[UUID, str] = {}
        self._read_at: datetime | None = None
        self._is_forgotten = False
        work.changed.connect(self._written)

    def load(self) -> None:
        """Read everybody's names, then numbers and other references."""

        def names(session: Any) -> tuple[SearchIndex, datetime]:
            return SearchIndex.build(session), session.now

        self._work.read(self, names, self._take, key="names", reading=Reading.names())

    def name(self, case_id: UUID) -> str:
        """The name to show for a case; "" when it may not be read, or is not read yet."""
        found = self._names.get(case_id)
        if found is None:
            found = self._index.named((case_id,)).get(case_id, "")
            if found:
                self._names[case_id] = found
        return found

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """The people `text` may mean, the likeliest first."""
        return self._index.find(text, limit)

    def alike(self, name: str, phone: str = "", born_on: date | None = None) -> tuple[Likeness, ...]:
        """Who may be the person being typed in."""
        return possible_duplicates(self._index, name=name, born_on=born_on, phone=phone)

    def forget(self) -> None:
        """Drop every name: at lock."""
        self._is_forgotten = True
        self._index.drop()
        self._names.clear()

    def _take(self, answer: tuple[SearchIndex, datetime]) -> None:
        if self._is_forgotten:
            return
        self._index, self._read_at = answer
        self._names.clear()
        self.changed.emit()
        index = self._index
        self._work.read(self, index.add_numbers, lambda _: None, key="numbers", reading=Reading.names())

    def _written(self, kinds: Collection[str]) -> None:
        if self._is_forgotten or self._read_at is None or not FOUND_BY & set(kinds):
            return
        index, since = self._index, self._read_at

        def update(session: Any) -> datetime:
            index.update(session, changed_people(session, since))
            now: datetime = session.now
            return now

        self._work.read(self, update, self._updated, key="update", reading=Reading.names())

    def _updated(self, read_at: datetime) -> None:
        self._names.clear()
        self._read_at = read_at
        self.changed.emit()
