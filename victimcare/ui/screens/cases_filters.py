"""The filters of the Cases list, in words: "Status open", "Last contact over 28 days ago". What they narrow is decided in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QStylePainter

from victimcare.casework.case_list import CaseFilter, case_list
from victimcare.casework.case_row import CaseRow
from victimcare.casework.office_rules import PLAN_CHECK, days_of, usual_days
from victimcare.overview.lost import untouched_cases
from victimcare.reference.codelists import codelist, label
from victimcare.store.session import VaultSession
from victimcare.ui import icons
from victimcare.ui.style import look

ANY = None
ME, NOBODY = "me", "nobody"
Choices = Callable[[Sequence[CaseRow]], Iterable[tuple[Any, str]]]
AGES = (
    ("28", "over 28 days ago", 28), ("14", "over 14 days ago", 14), ("7", "over 7 days ago", 7), ("never", "never reached", None),
)  # fmt: skip


class FilterButton(QPushButton):
    """One filter: what it is about muted, then what it is set to; its menu gives the choices. `changed(value)`."""

    changed = Signal(object)

    def __init__(self, title: str, choices: Callable[[], Iterable[tuple[Any, str]]], value: Any = ANY, words: str = "any") -> None:
        super().__init__()
        self.title, self._choices, self._value, self._words = title, choices, value, words
        self._first = (value, words)
        self.setProperty("small", True)
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self._tell()

    def value(self) -> Any:
        """What it is set to; None for any."""
        return self._value

    def words(self) -> str:
        """`Status open`."""
        return f"{self.title} {self._words}"

    def set_value(self, value: Any, words: str) -> None:
        """Set it, with the words for it."""
        if value != self._value:
            self._value, self._words = value, words
            self._tell()
            self.changed.emit(value)

    def reset(self) -> None:
        """Back to what it was at first."""
        self.set_value(*self._first)

    def is_narrowing(self) -> bool:
        """Whether it leaves anybody out."""
        return self._value is not ANY

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(look().font())
        return QSize(metrics.horizontalAdvance(self.words()) + look().px(48), look().px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option, px = QStylePainter(self), QStyleOptionButton(), look().px
        self.initStyleOption(option)
        option.text, option.features = "", QStyleOptionButton.ButtonFeature.None_  # type: ignore[attr-defined]
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        left, middle = px(12), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        metrics = QFontMetrics(look().font())
        painter.setFont(look().font())
        painter.setPen(look().colour("muted"))
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), middle, self.title)
        left += metrics.horizontalAdvance(self.title + " ") + px(2)
        painter.setPen(look().colour("text"))
        painter.drawText(self.rect().adjusted(left, 0, -px(24), 0), middle, self._words)
        painter.drawPixmap(self.width() - px(22), (self.height() - px(12)) // 2, icons.picture("down", "muted", 12))
        painter.end()

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        group = QActionGroup(menu)
        for value, words in ((ANY, "any"), *self._choices()):
            entry = menu.addAction(words, partial(self.set_value, value, words))
            entry.setCheckable(True)
            entry.setChecked(value == self._value)
            group.addAction(entry)

    def _tell(self) -> None:
        self.setAccessibleName(f"{self.title}: {self._words}")
        self.setToolTip(f"Show only people by: {self.title.lower()}")
        self.updateGeometry()
        self.update()


@dataclass(slots=True)
class Wanted:
    """What is asked of the list; None for any. `found`: the cases the text filter found; `with_barrier`, `untouched`: those with
    the barrier, those of a register nobody took up."""

    status: str | None = "OPEN"
    worker: str | None = None
    barrier: str | None = None
    last_contact: str | None = None
    source: str | None = None
    nationality: str | None = None
    exploitation: str | None = None
    next_date: str | None = None
    plan: str | None = None
    register: str | None = None
    plan_days: int = field(default=usual_days(PLAN_CHECK), compare=False)
    found: frozenset[UUID] | None = None
    with_barrier: frozenset[UUID] | None = None
    untouched: frozenset[UUID] | None = None

    def rows(self, rows: Iterable[CaseRow], *, today: date, me: str) -> tuple[CaseRow, ...]:
        """Those of `rows` that fit; `me` is the label of the worker signed in."""
        tests = list(self._tests(today, me))
        return tuple(row for row in rows if all(test(row) for test in tests))

    def _tests(self, today: date, me: str) -> Iterable[Callable[[CaseRow], bool]]:
        if self.found is not None:
            found = _keys(self.found)
            yield lambda row: row.key in found
        for cases in (self.with_barrier, self.untouched):
            if cases is not None:
                yield lambda row, keys=_keys(cases): row.key in keys  # type: ignore[misc]
        for name in ("status", "source", "nationality"):
            value = getattr(self, name)
            if value is not None:
                yield lambda row, name=name, value=value: getattr(row, name) == value  # type: ignore[misc]
        if self.worker is not None:
            worker = {ME: me, NOBODY: None}.get(self.worker, self.worker)
            yield lambda row: row.worker == worker
        if self.exploitation is not None:
            kind = self.exploitation
            yield lambda row: kind in row.exploitation.split(";")
        if self.last_contact is not None:
            yield _reached_before(self.last_contact, today)
        if self.plan == "never":
            yield lambda row: row.plan_checked_on is None
        if self.plan == "stale":
            oldest = today - timedelta(self.plan_days)
            yield lambda row: row.plan_checked_on is None or row.plan_checked_on <= oldest
        if self.next_date is not None:
            latest = {"late": today - timedelta(1), "today": today, "week": today + timedelta(7)}[self.next_date]
            yield lambda row: row.next_due_on is not None and row.next_due_on <= latest


def _keys(cases: Iterable[UUID]) -> frozenset[bytes]:
    return frozenset(case_id.bytes for case_id in cases)


def _reached_before(age: str, today: date) -> Callable[[CaseRow], bool]:
    days = next(days for code, _, days in AGES if code == age)
    if days is None:
        return lambda row: row.last_achieved_on is None
    latest = today - timedelta(days)
    return lambda row: row.last_achieved_on is None or row.last_achieved_on < latest


plan_days = partial(days_of, rule=PLAN_CHECK)
"""After how many days a plan must be checked again in this office: asked of a session."""


def worker_choices(rows: Sequence[CaseRow]) -> Iterable[tuple[Any, str]]:
    """Me, nobody, and everybody who has a case."""
    return ((ME, "me"), (NOBODY, "nobody"), *((name, name) for name in sorted({row.worker for row in rows if row.worker})))


def code_choices(name: str, codes: Iterable[str]) -> Iterable[tuple[Any, str]]:
    """The codes that occur, by their words."""
    return sorted(((code, label(name, code)) for code in set(codes)), key=lambda one: one[1])


def barrier_choices() -> Iterable[tuple[Any, str]]:
    """Every barrier a person may have, in the order of the code list."""
    return ((value.code, value.label) for value in codelist("barrier").values if value.code != "NONE")


def _with_barrier(barrier: str, session: VaultSession) -> frozenset[UUID]:
    return frozenset(row.id for row in case_list(session, CaseFilter(barrier=barrier)))


READ: dict[str, tuple[str, Callable[[Any, VaultSession], frozenset[UUID]]]] = {
    "barrier": ("with_barrier", _with_barrier), "register": ("untouched", lambda _, session: untouched_cases(session)),
}  # fmt: skip
"""Filters that are read: the field of `Wanted` with the cases, and what reads them."""
