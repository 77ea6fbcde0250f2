"""Names in memory while the vault is open: for lists, search and the check for duplicates. Built after unlock, dropped at lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from victimcare.casework.duplicates import Likeness, possible_duplicates
from victimcare.casework.merging import standing_merges
from victimcare.casework.names import cases_named_since, known_people
from victimcare.casework.search import Hit, SearchIndex
from victimcare.refused import Refused
from victimcare.store.reading import Reading
from victimcare.ui.free_memory import give_back
from victimcare.ui.words import isolated

if TYPE_CHECKING:
    from victimcare.ui.work import Work

_NAMING = {"case", "identity", "other_reference", "contact_point", "contact_point_end"}


class People(QObject):
    """Who the user may read, by name. `changed` is emitted when names are there, and again when some of them changed."""

    changed = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._index = SearchIndex()
        self._known_at: datetime | None = None
        self._first: dict[UUID, str] = {}  # names in view, until those of everybody are there
        self._asked: set[UUID] = set()
        self._leading: dict[UUID, UUID] = {}  # files read as part of another
        self._wants = count()
        self._missed = self._is_dropped = self._is_refused = False
        work.changed.connect(self._refresh)

    def load(self) -> None:
        """Open the names in a thread: first what a list shows, then what finding needs. None open where reading them cannot be noted."""
        if self._work.vault.store.is_read_only:
            return
        self._work.read(self, standing_merges, self._lead, key="merged")
        self._work.read(self, _build, self._built, reading=Reading.names(), of_everybody=True)

    def want(self, case_ids: Iterable[UUID], then: Callable[[], object] = lambda: None) -> None:
        """Open the names in view ahead of everybody's, where those are not there yet. `changed` follows, and `then` in any case."""
        is_over = self._known_at is not None or self._is_dropped or self._is_refused
        new = [] if is_over else [case_id for case_id in case_ids if case_id not in self._asked]
        if not new:
            then()
            return
        self._asked.update(new)
        self._work.read(
            self, partial(_names_of, new), partial(self._first_there, new, then), key=f"names in view {next(self._wants)}",
            reading=Reading.names(), failed=partial(self._first_refused, then),
        )  # fmt: skip

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """The people `text` may mean, the likeliest first. Memory only: it never waits."""
        return self._index.find(text, limit)

    def found(self, text: str, limit: int) -> frozenset[UUID]:
        """The cases whose rows stand for what `text` may mean: of a file read as part of another, the one that leads."""
        return frozenset(self._leading.get(hit.case_id, hit.case_id) for hit in self.find(text, limit))

    def named(self, case_ids: Iterable[UUID]) -> dict[UUID, str]:
        """Case -> name, for those that may be read and are known by now."""
        known = self._index.named(case_ids) if self._known_at is not None else {one: name for one in case_ids if (name := self._first.get(one))}
        return {one: isolated(name) for one, name in known.items()}

    def name(self, case_id: UUID) -> str:
        """The name of one case; "" when it may not be read, or is not known yet."""
        return self.named((case_id,)).get(case_id, "")

    def possible_duplicates(self, *, name: str = "", born_on: date | None = None, phone: str = "", limit: int = 5) -> tuple[Likeness, ...]:
        """Who a new case may already be."""
        return possible_duplicates(self._index, name=name, born_on=born_on, phone=phone, limit=limit)

    def drop(self) -> None:
        """Forget everybody, and take nothing in that is still on its way."""
        self._is_dropped = True
        self._index.drop()
        self._first, self._asked = {}, set()
        self._known_at = None

    def _first_there(self, asked: list[UUID], then: Callable[[], object], names: dict[UUID, str]) -> None:
        if self._known_at is None and not self._is_dropped:
            self._first |= dict.fromkeys(asked, "") | names
            self.changed.emit()
        then()

    def _first_refused(self, then: Callable[[], object], _: Refused) -> None:
        # Not said here: the names of everybody will be refused for the same reason, and that is said.
        self._is_refused = True
        then()

    def _built(self, answer: tuple[SearchIndex, datetime]) -> None:
        if self._is_dropped:
            return
        self._index, self._known_at = answer
        self._first, self._asked = {}, set()
        self.changed.emit()
        if self._missed:
            # Somebody was written while the names were being read.
            self._missed = False
            self._refresh(_NAMING)
        self._work.read(self, partial(_complete, self._index), self._all_there, reading=Reading.names(), of_everybody=True)

    def _all_there(self, _: None) -> None:
        self.changed.emit()
        self._work.ask(self, self._work.vault.store.forget_pages, lambda _: self._work.ask(self, give_back, lambda _: None))

    def _lead(self, leading: dict[UUID, UUID]) -> None:
        self._leading = leading
        self.changed.emit()

    def _refresh(self, kinds: set[str]) -> None:
        if "merged" in kinds and not self._is_dropped:
            self._work.read(self, standing_merges, self._lead, key="merged")
        if self._is_dropped or not kinds & _NAMING:
            return
        if self._known_at is None:
            self._missed = True
            asked, self._asked = self._asked, set()
            self.want(asked)
        else:
            index, since = self._index, self._known_at
            self._work.read(self, lambda session: _update(session, index, since), self._updated, key="names", reading=Reading.names())

    def _updated(self, known_at: datetime) -> None:
        if self._is_dropped:
            return
        self._known_at = known_at
        self.changed.emit()


def _build(session: Any) -> tuple[SearchIndex, datetime]:
    return SearchIndex.build_names(session), session.now


def _names_of(case_ids: list[UUID], session: Any) -> dict[UUID, str]:
    return {one.case_id: one.name for one in known_people(session, case_ids)}


def _complete(index: SearchIndex, session: Any) -> None:
    index.add_words()
    index.add_numbers(session)


def _update(session: Any, index: SearchIndex, since: datetime) -> datetime:
    index.update(session, cases_named_since(session, since))
    return session.now  # type: ignore[no-any-return]
