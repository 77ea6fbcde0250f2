"""Backup: make one and prove it, see who can open one, and how to restore."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from victimcare.refused import Refused
from victimcare.store.backup import Backup, Opener, backup, last_backup, who_can_open
from victimcare.store.clock import day_of
from victimcare.store.members import Membership, State
from victimcare.store.vault import Vault
from victimcare.ui.door import beside
from victimcare.ui.screens.admin_part import AdminPart, reading_page, section
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State as Shown
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.progress_line import ProgressLine
from victimcare.ui.words import ago, count, moment

if TYPE_CHECKING:
    from victimcare.ui.window import MainWindow
    from victimcare.ui.work import Job, Token, Work

KINDS = "Backups (*.vcbackup)"
HOW = (
    "1. Lock the vault, in every window and by every user: a restore needs it alone.",
    "2. Where people sign in, choose Restore a backup, then the file and a folder: a new one, or this vault's own.",
    "3. Type your user name and your passphrase of the day the backup was made.",
    "What is in the folder now is kept beside it. Cases erased since then are erased again.",
)


class BackupPart(AdminPart):
    """Making a backup is a long job: its progress shows here and in the status bar, and it can be stopped until the file is put in place."""

    heading = "Backup"
    about = "A copy that was opened again and checked"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        self._job: Job | None = None
        self._file: Path | None = None
        self.newest, self.who = Shown("info", "", "", "", plain=True), Words("", wraps=True)
        self.make = Button("Make a backup", self._choose, kind="primary", icon="backup")
        self.look = Button("Look at a backup", self._choose_to_look)
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self._cancel)
        column = reading_page(self.page)
        section(column, "Newest verified backup")
        column.addWidget(self.newest)
        column.addWidget(
            Words(
                "Keep it on another disk than the vault. It is encrypted as the vault is, and opens with the passphrases of its day.",
                "muted",
                wraps=True,
            )
        )
        column.addLayout(beside(self.make, self.progress))
        section(column, "Who can open it")
        column.addWidget(self.who)
        column.addLayout(beside(self.look))
        section(column, "To restore one")
        for words in HOW:
            column.addWidget(Words(words, wraps=True))
        column.addStretch(1)
        self._tell_who(())

    def open(self) -> None:
        self.work.read(self, last_backup, self._tell_newest, key="newest")

    def refresh(self, kinds: set[str]) -> None:
        if "audit" in kinds or not kinds:
            self.open()

    def forget(self) -> None:
        self._file = None
        self._tell_who(())

    def back_up(self, file: Path) -> None:
        """Make a backup at `file`."""
        vault = self.work.vault
        self.make.setEnabled(False)
        self._job = self.work.run(self, partial(made, vault, file), self._done, self.progress.tell, name="a backup", failed=self._failed)
        self.progress.tell(0, 0, "Copying the vault")

    def look_at(self, file: Path) -> None:
        """Say whose passphrase of that day opens a backup."""
        self._file = file
        vault = self.work.vault
        self.work.ask(
            self,
            lambda: (who_can_open(file, vault.membership), vault.membership),
            lambda told: self._tell_who(*told),
            failed=self.frame.refuse,
        )

    def _choose(self) -> None:
        today = self.work.vault.today
        proposed = Path.home() / f"{self.work.vault.name} {today.isoformat()}.vcbackup"
        file, _ = QFileDialog.getSaveFileName(self, "Where to write the backup", str(proposed), KINDS)
        if file:
            self.back_up(Path(file if file.endswith(".vcbackup") else f"{file}.vcbackup"))

    def _choose_to_look(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, "Choose a backup", str(self._file or Path.home()), f"{KINDS};;All files (*)")
        if file:
            self.look_at(Path(file))

    def _done(self, done: Backup) -> None:
        self._over()
        wrong = len(done.verification.findings)
        if done.is_verified:
            self.frame.say("safe", "The backup is written, was opened again and everything in it verifies.")
        else:
            self.frame.say(
                "caution",
                f"The backup is written, but {count(wrong, 'thing', 'things')} in it do not verify.",
                "Open Check to see what, and keep your older backups.",
            )
        self.look_at(done.path)
        self.open()

    def _failed(self, refused: Refused) -> None:
        self._over()
        self.frame.refuse(refused)

    def _over(self) -> None:
        self._job = None
        self.progress.end()
        self.make.setEnabled(True)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _tell_newest(self, at: datetime | None) -> None:
        vault = self.work.vault
        if at is None:
            self.newest.show_state("caution", "None yet", "caution", "If this disk fails, everything in the vault is lost.")
        else:
            self.newest.show_state("safe", moment(at), "safe", ago(day_of(at), vault.today))

    def _tell_who(self, openers: tuple[Opener, ...], membership: Membership | None = None) -> None:
        self.who.setText(openers_words(openers, membership) if openers else "Make a backup, or look at one, to see whose passphrase opens it.")


def made(vault: Vault, file: Path, token: Token) -> Backup:
    """Make the backup, telling the steps of its check; stopping it leaves what stood at `file` as it was. Raises Refused."""
    return backup(vault, file, lambda step, done, of: token.progress(done, of, f"Checking: {step}"))


def openers_words(openers: tuple[Opener, ...], membership: Membership | None) -> str:
    """`PC 1182 and VLO 17, each with the passphrase of its day. Removed since: VLO 23. ...`."""
    states = {one.id: one.state for one in membership.members.values()} if membership else {}
    users = [one for one in openers if not one.is_invitation]
    gone = sorted(one.name or "somebody" for one in users if states.get(one.member) is State.REMOVED)
    names = sorted(one.name or "somebody" for one in users if states.get(one.member) is not State.REMOVED)
    words = f"{_listed(names)}, each with the passphrase of its day; and the recovery shares of its day." if names else "The recovery shares of its day."
    if gone:
        words += f" Removed since, yet able to open this one: {_listed(gone)}. Make a new backup and destroy it."
    invitations = len(openers) - len(users)
    return f"{words} It also holds {count(invitations, 'open invitation', 'open invitations')}." if invitations else words


def _listed(names: list[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
