"""The bar above the screen (back, search, saved, hide, user, lock) and the status bar under it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from victimcare.ui import icons
from victimcare.ui.search_box import SearchBox
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import IconButton
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.progress_line import ProgressLine
from victimcare.ui.words import clock, moment
from victimcare.ui.work import Job, Work


class TopBar(QFrame):
    """`back`, `forward`, `search`, `danger_button`, `hide_button`, `lock_button` are its controls; the user menu is given its entries."""

    def __init__(self, window: QWidget, user: str) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.setProperty("edge", "bottom")
        self.back = IconButton("left", "Back", key="Alt+Left")
        self.forward = IconButton("right", "Forward", key="Alt+Right")
        self.search = SearchBox("Search people, references, phones", window)
        self.saved = Words("", "small")
        self.danger_button = IconButton("caution", "Danger now: what to do first", key="F9", text="Danger now", framed=True)
        self.hide_button = IconButton("hide", "Hide everything", key="Ctrl+Shift+H", text="Hide")
        self.user = IconButton("person", f"User {user}: passphrase, switch user, quit", text=f"{user}    ")
        size(self.user, least_width=52, height=30)  # said anew, the height too: else it stays that of 100 %, and the icon is squeezed
        self.user.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.lock_button = IconButton("lock", "Lock", key="Ctrl+L", text="Lock", framed=True)
        row = QHBoxLayout(self)
        space(row, 12, 0, 12, 0, gap=3)
        for control in (self.back, self.forward):
            row.addWidget(control)
        row.addSpacing(4)
        row.addWidget(self.search, 3)
        row.addStretch(2)
        row.addWidget(self.saved)
        for control in (self.danger_button, self.hide_button, self.user, self.lock_button):
            row.addSpacing(8)
            row.addWidget(control)
        size(self, height=49)

    def set_user_menu(self, entries: Sequence[QAction]) -> None:
        """The entries of the menu under the user's name."""
        menu = QMenu(self.user)
        menu.addActions(list(entries))
        self.user.setMenu(menu)

    def set_narrow(self, is_narrow: bool) -> None:
        """Icons alone, or icons and words."""
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in (self.hide_button, self.lock_button, self.user):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly if is_narrow else beside)

    def show_saved(self, at: datetime) -> None:
        """A change reached the disk at that moment."""
        self.saved.setText(f"Saved {clock(at)}")

    def show_waiting(self, words: str) -> None:
        """A change waits: "Saving after the import"."""
        self.saved.setText(words)


class StatusBar(QFrame):
    """Vault, newest verified backup, read-only, work in progress, and where the keys are listed."""

    def __init__(self, vault_name: str) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.setProperty("edge", "top")
        shield = QLabel()
        icons.put(shield, "shield", "muted", 14)
        self.vault, self.backup = Words(vault_name, "small"), Words("", "small")
        self.read_only, self.network = Words("", "small"), Words("Not connected to anything", "small")
        self.progress = ProgressLine()
        self._job: Job | None = None
        self._is_narrow = False
        row = QHBoxLayout(self)
        space(row, 17, 0, 12, 0, gap=16)
        row.addWidget(shield)
        row.insertSpacing(1, -8)
        for part in (self.vault, self.backup, self.read_only, self.network, self.progress):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(Words("F1 lists the keys of this screen", "small"))
        size(self, height=27)
        self.set_backup(None)
        self.set_read_only(False)
        self.progress.cancelled.connect(self._cancel)

    def set_backup(self, at: datetime | None) -> None:
        """When the newest backup was verified; None when there is none."""
        self.backup.setText(f"Backup verified {moment(at)}" if at else "No verified backup yet")

    def set_read_only(self, is_read_only: bool) -> None:
        """Say that nothing can be written here."""
        self.read_only.setText("Read only: nothing can be changed" if is_read_only else "")
        self.read_only.setVisible(is_read_only)

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave out what matters least."""
        self._is_narrow = is_narrow
        self.network.setVisible(self._job is None and not is_narrow)

    def follow(self, work: Work) -> None:
        """Show the newest long job of `work` as it goes on."""
        work.jobs_changed.connect(lambda: self._show_job(work.jobs[-1] if work.jobs else None))

    def text(self) -> str:
        """Everything it says, for screen readers and tests."""
        parts = (self.vault, self.backup, self.read_only, self.network)
        return ", ".join(part.text() for part in parts if not part.isHidden() and part.text())

    def _show_job(self, job: Job | None) -> None:
        if job is not None and job is not self._job:
            job.progressed.connect(lambda done, total, words: self._tell(job, done, total, words))
            self.progress.tell(0, 0, job.name[:1].upper() + job.name[1:])
        self._job = job
        self.network.setVisible(job is None and not self._is_narrow)
        if job is None:
            self.progress.end()

    def _tell(self, job: Job, done: int, total: int, words: str) -> None:
        if job is self._job and not job.is_cancelled:
            self.progress.tell(done, total, words or job.name[:1].upper() + job.name[1:])

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()


class Blank(QFrame):
    """What shows while everything is hidden: an empty page with one way back."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.show_again = IconButton("eye", "Show again", key="Ctrl+Shift+H")
        row = QHBoxLayout(self)
        space(row, 12, 12, 12, 12)
        row.addWidget(self.show_again, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
