"""Why sealed text is opened, and what may then be opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from victimcare.store.errors import ReadNotNoted
from victimcare.store.record import Table


@dataclass(frozen=True, slots=True)
class Reading:
    """Why sealed text is opened: noted in the audit before it is shown.

    `case_id`: only this case (and office parts); None: any case. `apart`: also parts that open only when asked for (numbers, addresses).
    `also`: other cases read as one with this one, each noted for itself.
    """

    kind: str
    case_id: UUID | None = None
    apart: bool = False
    any_case: bool = False
    also: tuple[UUID, ...] = ()

    def each(self) -> tuple[Reading, ...]:
        """This reading as the audit notes it: one for each case."""
        return replace(self, also=()), *(replace(self, case_id=other, also=()) for other in self.also)

    def together_with(self, others: Iterable[UUID]) -> Reading:
        """This reading, of other cases too that are read as one with its own."""
        return replace(self, also=tuple(other for other in others if other != self.case_id))

    @staticmethod
    def case(case_id: UUID) -> Reading:
        """A case was opened: everything of it but numbers and addresses."""
        return Reading("case opened", case_id)

    @staticmethod
    def numbers(case_id: UUID, *, after_caution: bool = False) -> Reading:
        """A number or address of a case was asked for; `after_caution`: although the safe-contact plan may no longer hold."""
        return Reading("number shown after a caution" if after_caution else "number shown", case_id, apart=True)

    @staticmethod
    def printed(case_id: UUID) -> Reading:
        """A case was printed or exported."""
        return Reading("printed", case_id)

    @staticmethod
    def document(case_id: UUID) -> Reading:
        """A document of a case was opened."""
        return Reading("document opened", case_id, apart=True)

    @staticmethod
    def document_saved(case_id: UUID) -> Reading:
        """A document of a case was saved out of the vault, where it lies in clear."""
        return Reading("document saved out", case_id, apart=True)

    @staticmethod
    def danger(case_id: UUID | None) -> Reading:
        """The page Danger now was opened, from a case if one was open; nothing of the case is read for it."""
        return Reading("danger page opened", case_id)

    @staticmethod
    def names() -> Reading:
        """Names of all cases one may read, for lists and search."""
        return Reading("names opened", apart=True, any_case=True)

    @staticmethod
    def office(what: str) -> Reading:
        """Parts of no case: investigations, visits, partners, what an import left over."""
        return Reading(f"office: {what}")

    @staticmethod
    def office_keys() -> Reading:
        """The private halves of the office's own keys: to open what a partner sent, or to sign."""
        return Reading("office keys used", apart=True)


class Allowed:
    """Which owners and cases a session may open."""

    def __init__(self, reading: Reading | None, *, writes: bool) -> None:
        self.reading, self._writes = reading, writes
        self.cases_read: set[UUID] = set()

    def may_open(self, owner: str, case_id: UUID | None) -> bool:
        if self._writes:
            return True
        if self.reading is None:
            return False
        if is_apart(owner) and not self.reading.apart:
            return False
        return case_id is None or self.reading.any_case or case_id == self.reading.case_id or case_id in self.reading.also

    def check(self, owner: str, case_id: UUID | None) -> None:
        """Raises ReadNotNoted."""
        if not self.may_open(owner, case_id):
            raise ReadNotNoted
        if self._writes and case_id is not None:
            self.cases_read.add(case_id)


_CLASSES: dict[str, type[Table]] = {}


def is_apart(owner: str) -> bool:
    """Whether parts of this table open only to a reading that asks for them (`__sealed_apart__`)."""
    return bool(getattr(class_of(owner), "__sealed_apart__", False))


def class_of(table: str) -> type[Table] | None:
    """The mapped class of a table name."""
    if table not in _CLASSES:
        _CLASSES.update({mapper.local_table.name: mapper.class_ for mapper in Table.registry.mappers})  # type: ignore[attr-defined]
    return _CLASSES.get(table)
