"""People to work with in window tests, and hands that count what a person does: a key chord, a click or a field typed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from victimcare.casework.cases import open_case
from victimcare.casework.contact_points import record_contact_point
from victimcare.casework.identity import record_identity
from victimcare.casework.safe_contact import record_plan
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.workers import my_worker
from victimcare.store.session import VaultSession
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

TODAY = date(2026, 11, 24)
NUMBER = "+44 7700 900123"
TEXT_ONLY = (SafeHours("TEXT", "YES", to_minute=16 * 60), SafeHours("PHONE", "NO"))


def person(
    session: VaultSession, name: str = "Ana", *, checked_on: date | None = date(2026, 11, 18), hours: tuple[SafeHours, ...] = TEXT_ONLY, **facts: Any
) -> UUID:
    """An open case of the signed-in worker with a plan and a number."""
    facts = {"received_on": date(2026, 3, 3), "source": "DIRECT_REPORT", "unit": "MSKU", "worker_id": my_worker(session), **facts}
    case_id = open_case(session, **facts)
    record_identity(session, case_id=case_id, name_used=name)
    record_plan(
        session, case_id=case_id, hours=hours, checked_on=checked_on, summary="Text only, before 16:00.", must_not_know="her brother", code_word="dentist"
    )
    record_contact_point(session, case_id=case_id, kind="PHONE", value=NUMBER, label="her own")
    return case_id


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def settle(qtbot: QtBot, work: Work) -> None:
    """Until nothing is being read or written, long jobs apart, and the window has taken what came."""
    qtbot.waitUntil(lambda: _rests(work), timeout=10_000)
    for _ in range(3):
        QApplication.processEvents()
    qtbot.waitUntil(lambda: _rests(work), timeout=10_000)


def _rests(work: Work) -> bool:
    return not work.is_saving and not work.is_reading and len(work._awaited) <= len(work.jobs)


def texts_of(widget: QWidget) -> str:
    """Every text a widget and what is in it holds or tells a screen reader."""
    told: list[str] = []
    for one in (widget, *widget.findChildren(QWidget)):
        for name in ("text", "toPlainText", "accessibleName", "accessibleDescription", "toolTip", "placeholderText", "currentText", "windowTitle"):
            get = getattr(one, name, None)
            if callable(get):
                value = get()
                told.append(value if isinstance(value, str) else "")
    return "\n".join(told)


class Hands:
    """The keyboard. `count` is what it cost so far."""

    def __init__(self, qtbot: QtBot, window: MainWindow, work: Work) -> None:
        self._qtbot, self._window, self._work = qtbot, window, work
        self.count = 0

    def press(self, keys: str) -> None:
        """One key or chord, such as "L" or "Ctrl+Return"."""
        self.count += 1
        chord = QKeySequence(keys)[0]
        QTest.keyClick(self._here(), chord.key(), chord.keyboardModifiers())
        self._rest()

    def type(self, text: str) -> None:
        """Fill in the field that has the keyboard, and go on to the next."""
        self.count += 1
        for sign in text:
            QTest.keyClick(self._here(), sign) if sign.isascii() else self._put(sign)
        self._rest()

    def next(self) -> None:
        """Tab: going on belongs to the field that was typed."""
        QTest.keyClick(self._here(), Qt.Key.Key_Tab)
        self._rest()

    def _put(self, sign: str) -> None:
        from PySide6.QtGui import QInputMethodEvent

        event = QInputMethodEvent()
        event.setCommitString(sign)
        QApplication.sendEvent(self._here(), event)

    def _here(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._window  # as the system hands keys out

    def _rest(self) -> None:
        QApplication.processEvents()
        settle(self._qtbot, self._work)
