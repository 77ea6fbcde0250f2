"""The main window: rail, top bar, one screen at a time, status bar. Its title never holds a name."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QByteArray, QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from victimcare.refused import Refused
from victimcare.ui.bars import Blank, StatusBar, TopBar
from victimcare.ui.commands import Command, Commands
from victimcare.ui.keys_dialog import KeysDialog
from victimcare.ui.locking import Locker
from victimcare.ui.navigation import Factory, History, Place, RailItem, Registered, Screen
from victimcare.ui.rail import Rail
from victimcare.ui.search_box import Hit
from victimcare.ui.settings import Settings
from victimcare.ui.style import look, space
from victimcare.ui.tab_order import step
from victimcare.ui.widgets.message import Message
from victimcare.ui.words import nothing_known
from victimcare.ui.work import Work

TITLE = "victimcare"
RAIL_NARROW_BELOW = 1100  # px of window width at 100 %


class MainWindow(QMainWindow):
    """The frame. Signals tell composition what the person asked for; the window has by then kept drafts and dropped texts.

    `locked(reason)`, once: "asked", "idle", "sleep", "session"; or "switch" and "quit", where another window is not wanted.
    """

    locked = Signal(str)
    passphrase_asked = Signal()

    def __init__(self, work: Work, settings: Settings, *, vault_name: str, vault_id: str, user: str) -> None:
        super().__init__()
        self.work, self.settings, self.vault_id, self.user = work, settings, vault_id, user
        self._screens: dict[str, Registered] = {}
        self._shortcuts: list[QShortcut] = []
        self._is_locked = False
        self.history = History(self)
        self.commands = Commands(self)
        self.rail, self.top, self.status = Rail(), TopBar(self, user), StatusBar(vault_name)
        self.message, self.stack, self.blank = Message(), QStackedWidget(), Blank()
        self.locker = Locker(settings["idle_minutes"], self)
        self.setWindowTitle(TITLE)
        self._lay_out()
        self._add_commands()
        self._connect()
        self.resize(QSize(look().px(1366), look().px(768)).boundedTo(self.screen().availableSize()))
        self._fit_rail()
        if settings["window_place"]:
            self.restoreGeometry(QByteArray(base64.b64decode(settings["window_place"])))

    # For composition and screens

    def add_screen(self, name: str, make: Factory, rail: RailItem | None = None, *, under: str = "") -> None:
        """Make a screen known. `make(work, window)` is called when one first goes there."""
        self._screens[name] = Registered(make, rail, under or name)
        if rail is not None:
            self.rail.add(name, rail)
            self.commands.add(Command(f"go_{name}", f"Go to {rail.words}", lambda: self.go(Place(name)), rail.keys, rail.icon))

    def go(self, place: Place) -> None:
        """Go to a place; what was typed where one is, is kept as a draft first. Raises KeyError for a screen not added."""
        self._leave()
        self._show(place)
        self.history.visit(place)

    def back(self) -> None:
        """To where one was before."""
        self._step(-1)

    def forward(self) -> None:
        """To where one came back from."""
        self._step(1)

    def danger_now(self) -> None:
        """To the page that says what to do first, from the case that is open, if one is."""
        if "danger" in self._screens:
            self.go(Place("danger", self.history.case_id))

    def say(self, kind: str, text: str, remedy: str = "") -> None:
        """Say something above the screen; kinds as in `widgets/message.py`."""
        self.message.say(kind, text, remedy)

    def refuse(self, refused: Refused) -> None:
        """Say what was not done and what to do."""
        self.message.refuse(refused)

    def set_count(self, screen: str, count: int) -> None:
        """What waits on a screen of the rail."""
        self.rail.set_count(screen, count)

    def set_search(self, search: Callable[[str], list[Hit]], hint: str = "") -> None:
        """What the search field asks for people; commands are found besides."""
        self.top.search.search = lambda text: [*search(text), *self._commands_found(text)]
        if hint:
            self.top.search.setPlaceholderText(hint)
            self.top.search.setAccessibleName(hint)

    @property
    def screen_shown(self) -> Screen | None:
        """The screen one is on."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def lock(self, reason: str = "asked") -> None:
        """Keep drafts, take every text off the screen, clear the clipboard, then tell composition to drop the keys."""
        if self._is_locked:
            return
        self._is_locked = True
        self._page.setCurrentWidget(self.blank)
        for registered in self._screens.values():
            if registered.screen is not None:
                if registered.screen.has_unsaved():
                    registered.screen.keep_draft()
                registered.screen.forget()
        self.top.search.forget()
        self.message.put_away()
        self.locker.clear_clipboard()
        self.locker.stop()
        self.locked.emit(reason)

    def hide_or_show(self) -> None:
        """Blank the window and put it away at once; the same again brings it back."""
        is_hidden = self._page.currentWidget() is self.blank
        if is_hidden:
            self._page.setCurrentIndex(0)
            self.setWindowTitle(TITLE)
            self.showNormal()
        else:
            self.top.search.forget()
            self._page.setCurrentWidget(self.blank)
            self.setWindowTitle(" ")
            for dialog in self.findChildren(QWidget):
                if dialog.isWindow() and dialog.isVisible():
                    dialog.close()
            self.showMinimized()

    def show_keys(self) -> KeysDialog:
        """List the keys of the screen one is on and those of the window."""
        shown = self.screen_shown
        dialog = KeysDialog(self, shown.title if shown else "", shown.keys() if shown else [], self.commands.all())
        dialog.open()
        return dialog

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings["window_place"] = base64.b64encode(self.saveGeometry().data()).decode()
        self.lock("quit")
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        """Tab and Shift+Tab, from whatever has the keyboard in this window."""
        return step(self, is_forward)

    # Inside

    def _lay_out(self) -> None:
        frame, right = QFrame(), QVBoxLayout()
        frame.setProperty("ground", "panel")
        across, self._page = QHBoxLayout(frame), QStackedWidget()
        space(across, gap=0)
        space(right, gap=0)
        above = QFrame()
        around = QVBoxLayout(above)
        space(around, 24, 8, 24, 8, gap=0)
        around.addWidget(self.message)
        above.hide()
        self.message.said.connect(above.show)
        self.message.closed.connect(above.hide)
        across.addWidget(self.rail)
        right.addWidget(self.top)
        right.addWidget(above)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        across.addLayout(right, 1)
        self._page.addWidget(frame)
        self._page.addWidget(self.blank)
        self.setCentralWidget(self._page)
        empty = QFrame()
        empty.setProperty("ground", "panel")
        self.stack.addWidget(empty)

    def _add_commands(self) -> None:
        add = self.commands.add
        add(Command("search", "Search people and commands", self.top.search.setFocus, "Ctrl+K", "search"))
        add(Command("back", "Back", self.back, "Alt+Left", "left"))
        add(Command("forward", "Forward", self.forward, "Alt+Right", "right"))
        lock = add(Command("lock", "Lock the vault", self.lock, "Ctrl+L", "lock"))
        danger = add(Command("danger", "Danger now: what to do first", self.danger_now, "F9", "caution"))
        hide = add(Command("hide", "Hide everything, or show it again", self.hide_or_show, "Ctrl+Shift+H", "hide"))
        add(Command("keys", "Keys of this screen", self.show_keys, "F1 ?", "keyboard"))
        add(Command("larger", "Larger text", lambda: self._zoom(1), "Ctrl++ Ctrl+=", "plus"))
        add(Command("smaller", "Smaller text", lambda: self._zoom(-1), "Ctrl+-", "minus"))
        add(Command("usual_size", "Usual size of text", lambda: self._zoom(0), "Ctrl+0", "again"))
        for theme, words in (("light", "Light colours"), ("dark", "Dark colours"), ("system", "Colours as the system has them")):
            add(Command(f"colours_{theme}", words, partial(self._set_theme, theme), "", "eye"))
        entries = [
            add(Command("passphrase", "Change passphrase", self.passphrase_asked.emit, "", "key")),
            add(Command("switch_user", "Switch user", lambda: self.lock("switch"), "", "people")),
            add(Command("quit", "Quit", lambda: self.lock("quit"), "Ctrl+Q", "cross")),
        ]
        self.top.set_user_menu(entries)
        self.top.lock_button.clicked.connect(lock.trigger)
        self.top.danger_button.clicked.connect(danger.trigger)
        self.top.hide_button.clicked.connect(hide.trigger)
        self.blank.show_again.clicked.connect(hide.trigger)
        self.set_search(lambda text: [])

    def _connect(self) -> None:
        self.rail.asked.connect(lambda name: self.go(Place(name)))
        self.top.back.clicked.connect(self.back)
        self.top.forward.clicked.connect(self.forward)
        self.history.moved.connect(self._moved)
        self.locker.lock_due.connect(self.lock)
        self.work.changed.connect(self._changed)
        self.work.saved.connect(self.top.show_saved)
        self.work.waiting.connect(self.top.show_waiting)
        self.work.refused.connect(self.refuse)
        self.work.broke.connect(lambda kind: self.message.refuse(nothing_known(kind)))
        self.status.follow(self.work)
        look().changed.connect(self._fit_rail)
        self._moved()

    def _show(self, place: Place) -> None:
        registered = self._screens[place.screen]
        if registered.screen is None:
            registered.screen = registered.make(self.work, self)
            self.stack.addWidget(registered.screen)
        screen, unseen = registered.screen, registered.unseen
        registered.unseen = None
        self.message.put_away()
        self.stack.setCurrentWidget(screen)
        self.rail.light(registered.under)
        if unseen:
            screen.refresh(unseen)
        screen.open(place)
        self._bind(screen)
        if screen.focusProxy() is not None:
            screen.setFocus()

    def _bind(self, screen: Screen) -> None:
        for shortcut in self._shortcuts:
            shortcut.deleteLater()
        self._shortcuts = []
        for key in screen.keys():  # noqa: SIM118 - a screen is no dict
            if key.run is not None:
                shortcut = QShortcut(QKeySequence(key.keys), screen)
                shortcut.activated.connect(key.run)
                self._shortcuts.append(shortcut)

    def _leave(self) -> None:
        if (shown := self.screen_shown) is not None and shown.has_unsaved():
            shown.keep_draft()

    def _step(self, steps: int) -> None:
        if self.history.can_step(steps):
            self._leave()
            place = self.history.step(steps)
            if place is not None:
                self._show(place)

    def _moved(self) -> None:
        self.top.back.setEnabled(self.history.can_step(-1))
        self.top.forward.setEnabled(self.history.can_step(1))

    def _changed(self, kinds: set[str]) -> None:
        for registered in self._screens.values():
            if registered.screen is not None and registered.screen is self.screen_shown:
                registered.screen.refresh(kinds)
            elif registered.screen is not None:
                registered.unseen = (registered.unseen or set()) | kinds

    def _commands_found(self, text: str) -> list[Hit]:
        return [Hit(one.words, one.keys.split(" ")[0], one.run, one.icon) for one in self.commands.find(text)]

    def _zoom(self, steps: int) -> None:
        look().step_zoom(steps) if steps else look().set_zoom(100)
        self.settings["zoom"] = look().zoom

    def _set_theme(self, theme: str) -> None:
        look().set_theme(theme)
        self.settings["theme"] = theme

    def _fit_rail(self) -> None:
        is_narrow = self.width() * 100 < RAIL_NARROW_BELOW * look().zoom
        self.rail.set_narrow(is_narrow)
        self.top.set_narrow(is_narrow)
        self.status.set_narrow(is_narrow)
