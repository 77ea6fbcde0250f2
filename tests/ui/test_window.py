"""The frame: moving about, keys, search, hiding, locking, what is said."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from victimcare.casework.workers import Worker
from victimcare.refused import Refused
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, RailItem, Screen
from victimcare.ui.search_box import Hit
from victimcare.ui.settings import Settings
from victimcare.ui.style import Look
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Token, Work

CTRL, ALT, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


class Notes(Screen):
    """A screen with one field and one key, that writes down what it was told."""

    title = "Notes"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        self.told: list[Any] = []
        self.field = QLineEdit()
        self.field.setAccessibleName("Note")
        self.where = QLabel()
        for widget in (PageHead("Notes"), self.where, self.field):
            self.page.addWidget(widget)
        self.setFocusProxy(self.field)

    def open(self, place: Place) -> None:
        self.where.setText(str(place.id))

    def refresh(self, kinds: set[str]) -> None:
        self.told.append(kinds)

    def keys(self) -> list[Key]:
        return [Key("L", "Log a contact", lambda: self.told.append("L"))]

    def has_unsaved(self) -> bool:
        return bool(self.field.text())

    def keep_draft(self) -> None:
        self.told.append(f"kept {self.field.text()}")
        self.field.clear()

    def forget(self) -> None:
        self.where.clear()


@pytest.fixture
def frame(window: MainWindow) -> MainWindow:
    for name in ("today", "cases"):
        window.add_screen(name, Notes, RailItem(name.title(), "folder", "Ctrl+1" if name == "today" else "Ctrl+2"))
    window.add_screen("case", Notes, under="cases")
    window.activateWindow()
    window.go(Place("today"))
    return window


def shown(window: MainWindow) -> Notes:
    screen = window.screen_shown
    assert isinstance(screen, Notes)
    return screen


def test_back_and_forward_go_where_one_was(qtbot: QtBot, frame: MainWindow) -> None:
    frame.go(Place("case", "a"))
    frame.go(Place("case", "b"))
    assert frame.rail.lit() == "cases"
    qtbot.keyClick(frame, Qt.Key.Key_Left, ALT)
    assert shown(frame).where.text() == "a"
    qtbot.keyClick(frame, Qt.Key.Key_Left, ALT)
    assert frame.rail.lit() == "today"
    assert not frame.top.back.isEnabled()
    frame.top.forward.click()
    assert shown(frame).where.text() == "a"
    frame.go(Place("today"))
    assert not frame.top.forward.isEnabled()


def test_keys_and_the_rail_go_to_screens_made_once(qtbot: QtBot, frame: MainWindow) -> None:
    first = shown(frame)
    qtbot.keyClick(frame, Qt.Key.Key_2, CTRL)
    assert frame.rail.lit() == "cases"
    qtbot.keyClick(frame, Qt.Key.Key_1, CTRL)
    assert shown(frame) is first


def test_what_was_typed_is_kept_when_one_leaves(qtbot: QtBot, frame: MainWindow) -> None:
    left = shown(frame)
    qtbot.keyClicks(left.field, "half a not")
    frame.go(Place("cases"))
    assert left.told == ["kept half a not"]


def test_a_letter_is_a_command_only_outside_fields(qtbot: QtBot, frame: MainWindow) -> None:
    screen = shown(frame)
    qtbot.waitUntil(screen.field.hasFocus)
    qtbot.keyClick(screen.field, "l")
    assert screen.field.text() == "l"
    assert screen.told == []
    screen.field.clear()
    frame.top.back.setFocus()
    frame.rail.setFocus()
    qtbot.keyClick(frame, "l")
    assert screen.told == ["L"]


def test_a_screen_hears_of_changes_while_shown_and_else_when_one_comes_back(qtbot: QtBot, frame: MainWindow) -> None:
    first = shown(frame)
    frame.go(Place("cases"))
    second = shown(frame)

    def add(session: Any) -> None:
        session.add(Worker(name="PC 1"))

    frame.work.change(second, add, lambda _: None)
    qtbot.waitUntil(lambda: bool(second.told))
    assert "worker" in second.told[0]
    assert first.told == []
    frame.go(Place("today"))
    assert "worker" in first.told[0]
    assert frame.top.saved.text().startswith("Saved ")


def test_f1_lists_the_keys_of_the_screen_and_of_the_window(qtbot: QtBot, frame: MainWindow) -> None:
    dialog = frame.show_keys()
    assert ("L", "Log a contact") in dialog.listed
    assert ("Ctrl+L", "Lock the vault") in dialog.listed
    assert ("Alt+Left", "Back") in dialog.listed
    dialog.accept()


def test_search_finds_people_and_commands_alike(qtbot: QtBot, frame: MainWindow) -> None:
    frame.set_search(lambda text: [Hit("Lola", "VC-2026-0107", lambda: frame.go(Place("case", "x")))] if text.startswith("lo") else [])
    qtbot.keyClick(frame, Qt.Key.Key_K, CTRL)
    qtbot.waitUntil(frame.top.search.hasFocus)
    qtbot.keyClicks(frame.top.search, "lo")
    assert frame.top.search.hits() == ["Lola", "Lock the vault"]
    qtbot.keyClick(frame.top.search, Qt.Key.Key_Down)
    qtbot.keyClick(frame.top.search, Qt.Key.Key_Up)
    qtbot.keyClick(frame.top.search, Qt.Key.Key_Return)
    assert shown(frame).where.text() == "x"
    assert frame.top.search.text() == ""
    assert frame.top.search.hits() == []


def test_search_that_finds_nothing_says_so(qtbot: QtBot, frame: MainWindow) -> None:
    qtbot.keyClicks(frame.top.search, "qqq")
    assert frame.top.search.hits()[0].startswith("Nothing found")
    qtbot.keyClick(frame.top.search, Qt.Key.Key_Escape)
    assert frame.top.search.hits() == []


def test_hiding_blanks_window_and_title_at_once(qtbot: QtBot, frame: MainWindow) -> None:
    qtbot.keyClick(frame, Qt.Key.Key_H, CTRL | SHIFT)
    assert not frame.stack.isVisible()
    assert frame.windowTitle().strip() == ""
    assert frame.isMinimized()
    frame.hide_or_show()
    assert frame.windowTitle() == "victimcare"
    assert frame.stack.isVisibleTo(frame)
    assert not frame.isMinimized()


def test_locking_keeps_drafts_drops_texts_and_clears_our_clipboard(qtbot: QtBot, frame: MainWindow) -> None:
    frame.go(Place("case", "a name"))
    screen = shown(frame)
    screen.field.setText("half")
    frame.top.search.setText("ana")
    QGuiApplication.clipboard().setText("a phone")
    with qtbot.waitSignal(frame.locked) as signal:
        qtbot.keyClick(frame, Qt.Key.Key_L, CTRL)
    assert signal.args == ["asked"]
    assert screen.told == ["kept half"]
    assert screen.where.text() == ""
    assert frame.top.search.text() == ""
    assert QGuiApplication.clipboard().text() == ""
    assert not frame.stack.isVisible()


def test_idleness_locks(qtbot: QtBot, frame: MainWindow) -> None:
    with qtbot.waitSignal(frame.locked) as signal:
        frame.locker.lock_due.emit("idle")
    assert signal.args == ["idle"]


def test_the_title_never_holds_a_name(frame: MainWindow) -> None:
    frame.go(Place("case", "Ana"))
    assert frame.windowTitle() == "victimcare"


def test_refusals_and_unforeseen_errors_are_said_above_the_screen(qtbot: QtBot, frame: MainWindow) -> None:
    frame.work.refused.emit(Refused("Not now.", "Later."))
    assert frame.message.text() == "Not done: Not now. Later."
    frame.work.broke.emit("KeyError")
    assert "KeyError" in frame.message.text()
    with_message = frame.stack.height()
    frame.go(Place("cases"))
    assert frame.message.text() == ""
    qtbot.waitUntil(lambda: frame.stack.height() >= with_message + 40)


def test_a_long_job_shows_in_the_status_bar_and_can_be_stopped(qtbot: QtBot, frame: MainWindow) -> None:
    gate, failed = threading.Event(), []

    def long(token: Token) -> None:
        token.progress(10, 2653, "Reading sheet contacts")
        gate.wait(10)
        token.check()

    frame.work.run(frame, long, pytest.fail, name="the import", failed=failed.append)
    qtbot.waitUntil(lambda: frame.status.progress.text() == "Reading sheet contacts, 10 of 2\u202f653")
    frame.status.progress.findChildren(QAbstractButton)[0].click()
    gate.set()
    qtbot.waitUntil(lambda: bool(failed))
    assert frame.status.progress.text() == ""


def test_the_status_bar_tells_vault_backup_and_read_only(frame: MainWindow) -> None:
    assert frame.status.text() == "MSKU casework, No verified backup yet, Not connected to anything"
    frame.status.set_backup(datetime(2026, 11, 23, 18, 5, tzinfo=UTC))
    frame.status.set_read_only(True)
    assert "Backup verified 23 Nov 2026" in frame.status.text()
    assert "Read only" in frame.status.text()


def test_counts_stand_in_the_rail_and_are_read_aloud(frame: MainWindow) -> None:
    frame.set_count("today", 12)
    names = [button.accessibleName() for button in frame.rail.findChildren(QAbstractButton)]
    assert names == ["Today, 12", "Cases"]


def test_the_buttons_of_the_bar_grow_with_the_text(qtbot: QtBot, frame: MainWindow, dressed: Look) -> None:
    usual = frame.top.user.height()
    dressed.set_zoom(200)
    qtbot.waitUntil(lambda: frame.top.user.height() == 2 * usual)
    assert frame.top.user.height() == frame.top.lock_button.height()


def test_the_rail_is_icons_alone_when_narrow_and_at_large_zoom(qtbot: QtBot, frame: MainWindow, dressed: Look) -> None:
    assert frame.rail.width() == 168
    frame.resize(1000, 700)
    qtbot.waitUntil(lambda: frame.rail.width() == 48)
    frame.resize(1366, 768)
    qtbot.waitUntil(lambda: frame.rail.width() == 168)
    dressed.set_zoom(200)
    qtbot.waitUntil(lambda: frame.rail.width() == 96)
    frame.top.show_saved(datetime(2026, 11, 24, 14, 2, tzinfo=UTC))
    qtbot.waitUntil(lambda: frame.minimumSizeHint().width() <= 1366)


def test_zoom_and_colours_are_remembered(qtbot: QtBot, frame: MainWindow, settings: Settings, dressed: Look) -> None:
    qtbot.keyClick(frame, Qt.Key.Key_Plus, CTRL)
    assert (dressed.zoom, settings["zoom"]) == (110, 110)
    qtbot.keyClick(frame, Qt.Key.Key_0, CTRL)
    assert settings["zoom"] == 100
    next(one for one in frame.commands.all() if one.name == "colours_dark").run()
    assert settings["theme"] == "dark"


def test_where_the_window_was_is_remembered(qtbot: QtBot, frame: MainWindow, settings: Settings) -> None:
    frame.close()
    assert settings["window_place"]


def test_everything_that_takes_the_keyboard_has_a_name(frame: MainWindow) -> None:
    frame.say("info", "Saved.")
    for widget in frame.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.objectName().startswith("qt_"):
            named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
            assert named, widget


def test_every_icon_button_tells_what_it_does(frame: MainWindow) -> None:
    frame.rail.set_narrow(True)
    for button in frame.findChildren(QAbstractButton):
        if not button.text() and not button.objectName().startswith("qt_") and not isinstance(button.parent(), QComboBox):
            assert button.accessibleName(), button
            assert button.toolTip(), button
