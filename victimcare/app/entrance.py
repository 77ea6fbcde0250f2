"""Before a vault is open: unlock, first run, invitation, recovery, restore; and what happens at lock, switch and quit.

Nothing here imports the store before the first window is on the screen: `_warm` does, in a thread, while the passphrase is typed.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from victimcare.app.collecting import look_everywhere_soon
from victimcare.ui.settings import Settings
from victimcare.ui.unlock import UnlockWindow
from victimcare.ui.words import nothing_known

if TYPE_CHECKING:
    from victimcare.ui.new_vault import NewVault

EXAMPLE_USER = "VLO 17"


class Entrance(QObject):
    """Shows one window at a time and hands an open vault to the desk.

    `broke(kind)`: an error nobody foresaw, from any thread. `ended`: the person is done with the program.
    """

    broke = Signal(str)
    ended = Signal()

    def __init__(self, settings: Settings, parent: QObject, example: Path | None = None) -> None:
        super().__init__(parent)
        self._settings, self._example = settings, example
        self.window: QWidget | None = None
        self.desk: Any = None
        self.broke.connect(self._say_broke)
        self._ending: Any = None  # what the desk locked last still has to write

    def show(self) -> None:
        """The first window: unlock, or the guide where no vault was ever opened here."""
        if self._example is not None:
            self.unlock(str(self._example), EXAMPLE_USER, "The example vault. Everybody in it is made up.")
        elif self._settings.recent_vaults():
            self.unlock(self._settings.recent_vaults()[0][1])
        else:
            self.first_run()

    def unlock(self, folder: str = "", user: str = "", words: str = "") -> None:
        """The window that opens a vault."""
        window = UnlockWindow(self._settings, self._open_vault, _warm, folder=folder, user=user, words=words)
        window.opened.connect(self.enter)
        window.new_asked.connect(self.first_run)
        window.invitation_found.connect(self._join)
        window.recovery_asked.connect(self._recover)
        window.restore_asked.connect(self._restore)
        self._show(window)

    def first_run(self) -> None:
        """The guide of three steps."""
        from victimcare.ui.first_run import Deeds, FirstRun

        window = FirstRun(self._settings, Deeds(_create, _open_example, print_shares), Path.home())
        window.made.connect(self.enter)
        window.example_opened.connect(lambda vault: self.enter(vault, str(vault.folder), EXAMPLE_USER))
        window.back_asked.connect(partial(self.unlock, ""))
        self._show(window)

    def enter(self, vault: Any, folder: str, user: str) -> None:
        """A vault is open: ask what must be asked first, then go to work."""
        from victimcare.store.members import State

        self._settings.remember_vault(vault.name, folder)
        vault = self._with_others(vault)
        if vault is None:
            self.unlock(folder, user)
        elif vault.member.state is State.WAITING:
            self._wait(vault, folder, user)
        else:
            self._work(vault, folder, user)

    def _work(self, vault: Any, folder: str, user: str) -> None:
        from victimcare.app.desk import Desk

        self.desk = Desk(vault, self._settings)
        self.desk.locked.connect(lambda words: self._left(folder, user, words))
        self.desk.switched.connect(self._restart)
        self.desk.ended.connect(self._quit)
        self._show(self.desk.window)

    def _left(self, folder: str, user: str, words: str) -> None:
        self._ending, self.desk = self.desk.ending, None
        self.unlock(folder, user, words)
        look_everywhere_soon(self)

    def _open_vault(self, folder: str, user: str, passphrase: str) -> Any:
        """In a thread: what the last desk still writes comes first, so that nobody finds a vault that they themselves still hold open."""
        if self._ending is not None:
            self._ending.join()
        return open_vault(folder, user, passphrase)

    def finish(self) -> None:
        """Wait until everything asked for is written. For the end of the process, when no window is left."""
        for ending in (self._ending, self.desk and self.desk.ending):
            if ending is not None and ending.ident is not None:
                ending.join()

    def _wait(self, vault: Any, folder: str, user: str) -> None:
        from victimcare.ui.joining import WaitingWindow

        window = WaitingWindow(vault)
        window.let_in.connect(lambda: self._work(vault, folder, user))
        window.ended.connect(vault.close)
        window.ended.connect(lambda: self.unlock(folder, user))
        self._show(window)

    def _join(self, folder: str, user: str, code: str) -> None:
        from victimcare.ui.joining import JoinWindow

        window = JoinWindow(lambda passphrase: _join(folder, user, code, passphrase))
        window.joined.connect(lambda vault: self.enter(vault, folder, user))
        window.back_asked.connect(lambda: self.unlock(folder, user))
        self._show(window)

    def _recover(self, folder: str) -> None:
        from victimcare.ui.recovering import RecoverWindow

        window = RecoverWindow(folder, _recover, print_shares)
        window.opened.connect(self.enter)
        window.back_asked.connect(lambda: self.unlock(folder))
        self._show(window)

    def _restore(self) -> None:
        from victimcare.ui.restoring import RestoreWindow

        window = RestoreWindow(_restore)
        window.restored.connect(self.enter)
        window.back_asked.connect(partial(self.unlock, ""))
        self._show(window)

    def _with_others(self, vault: Any) -> Any:
        """The vault to go on with when somebody else has it open: as it is, for reading only, or none."""
        if not vault.presence.others():
            return vault
        from PySide6.QtWidgets import QMessageBox

        question = QMessageBox(self.window)
        question.setWindowTitle("victimcare")
        question.setText("This vault is open in another window or by another user.")
        question.setInformativeText("If you open it as well, both may write; what the other changes appears here within a second.")
        as_well = question.addButton("Open as well", QMessageBox.ButtonRole.AcceptRole)
        reading = question.addButton("Read only", QMessageBox.ButtonRole.ActionRole)
        question.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        question.exec()
        if question.clickedButton() is as_well:
            return vault
        if question.clickedButton() is reading:
            return vault.for_reading_only()
        vault.close()
        return None

    def _restart(self) -> None:
        """Another user signs in: in a process of their own, since only the end of a process frees every copy of a key."""
        from PySide6.QtCore import QProcess

        program, *arguments = _own_command()
        self._quit()
        self.finish()
        QProcess.startDetached(program, arguments)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The person closes the only window there is: that is the end, whichever window it was."""
        if event.type() is QEvent.Type.Close and watched is self.window and self.desk is None:
            QTimer.singleShot(0, self, self._quit)
        return False

    def _say_broke(self, kind: str) -> None:
        message = getattr(self.window, "message", None)
        if message is not None:
            message.refuse(nothing_known(kind))

    def _quit(self) -> None:
        if self.window is not None:
            self.window.hide()
        self.ended.emit()

    def _show(self, window: QWidget) -> None:
        previous, self.window = self.window, window
        window.installEventFilter(self)
        if self.desk is None:
            QShortcut(QKeySequence("Ctrl+Q"), window, window.close)
        window.show()
        window.activateWindow()
        if previous is not None:
            previous.close()
            previous.deleteLater()


def _own_command() -> list[str]:
    return [sys.executable, "-m", "victimcare"] if not getattr(sys, "frozen", False) else [sys.executable]


# What runs in a thread, with the store


def _warm() -> None:
    import gc

    is_first = "victimcare.app.desk" not in sys.modules
    import victimcare.app.desk
    import victimcare.app.screens
    import victimcare.records  # noqa: F401
    from victimcare.reference.codelists import codelist

    for name in ("nationality", "age_band", "case_source"):  # the lists whose words the first screens show
        codelist(name)
    if is_first:
        # What was loaded stays to the end: looking through it for garbage again and again took a third of the time the list takes.
        # Without a search first, since this is not the window's thread; and never after a lock, when what was open would stay for ever.
        gc.freeze()


def open_vault(folder: str, user: str, passphrase: str) -> Any:
    """Open for the unlock window; where the vault cannot be written, for reading only. Raises Refused."""
    import victimcare.records  # noqa: F401
    from victimcare.store.vault import Vault

    read_only = not os.access(folder, os.W_OK) if os.path.isdir(folder) else False
    return Vault.open(Path(folder), user, passphrase, read_only=read_only)


def _create(new: NewVault) -> tuple[Any, list[str]]:
    from victimcare.records import make_vault

    return make_vault(Path(new.folder), name=new.name, user=new.user, passphrase=new.passphrase, recovery=new.recovery)


def _open_example(told: Any, cancelled: Any) -> Any:
    from victimcare.example.vault import open_example

    return open_example(told=told, cancelled=cancelled)


def print_shares(shares: list[str], file: str) -> None:
    """The recovery shares as a PDF, a page each, where the person asked for it. Raises Refused."""
    from victimcare.store.clock import system_clock
    from victimcare.ui.papers import shares_pdf, write_file

    write_file(Path(file), shares_pdf(shares, made_at=system_clock()))


def _join(folder: str, user: str, code: str, passphrase: str) -> Any:
    from victimcare.store.vault import Vault

    return Vault.join(Path(folder), user, code, passphrase)


def _recover(folder: str, shares: list[str], user: str, passphrase: str) -> tuple[Any, list[str]]:
    from victimcare.store.recovering import recover

    return recover(Path(folder), shares, user=user, passphrase=passphrase)


def _restore(file: str, folder: str, user: str, passphrase: str) -> Any:
    from victimcare.store.restore import restore
    from victimcare.store.vault import Vault

    restore(Path(file), Path(folder), user, passphrase)
    return Vault.open(Path(folder), user, passphrase)
