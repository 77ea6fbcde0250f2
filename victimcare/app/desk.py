"""The desk: the main window of one open vault, its screens, names in memory, and what happens at lock."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from victimcare.app.rollback import remember_newest, warn_if_behind, warn_if_older
from victimcare.referrals.listing import count_waiting
from victimcare.store import people as members
from victimcare.store.backup import last_backup
from victimcare.store.rights import Right
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.people import People
from victimcare.ui.search_box import Hit
from victimcare.ui.settings import Settings
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

WATCH_EVERY_MS = 1000
SESSION_END_SECONDS = 5
REST_AFTER_MS = 500  # what is not in view waits until the first screen is: threads share one interpreter
ASK_AGAIN_MS = 50
WHY_LOCKED = {
    "idle": "Locked, since nobody used it for a while.",
    "sleep": "Locked, since the computer slept.",
    "session": "Locked, since somebody else used the computer.",
}


class Desk(QObject):
    """`locked(words)`: show the unlock window; `switched`: another user signs in; `ended`: quit."""

    locked = Signal(str)
    switched = Signal()
    ended = Signal()

    def __init__(self, vault: Vault, settings: Settings) -> None:
        super().__init__()
        self.vault, self.settings = vault, settings
        self.work = Work(vault)
        self.people = People(self.work, self)
        self.window = MainWindow(self.work, settings, vault_name=vault.name, vault_id=vault.header.vault.hex, user=vault.member.name)
        self._data_version: int | None = None
        self.ending = Ending(self.work, vault, settings)
        self._add_screens()
        self._connect()
        self._start()

    # What the window is given

    def _add_screens(self) -> None:
        from victimcare.app.screens import add_screens

        first = add_screens(self.window, self.people, self.vault.member.rights)
        self.window.set_search(
            self._found,
            "Search people, references, phones" if Right.CASEWORK in self.vault.member.rights else "Search reports and commands",
        )
        self.window.go(Place(first))

    def _found(self, text: str) -> list[Hit]:
        found = self.people.find(text, 8)
        return [Hit(one.name or one.reference, one.reference, partial(self.window.go, Place("case", one.case_id))) for one in found]

    def _connect(self) -> None:
        self.window.locked.connect(self._locked)
        self.window.passphrase_asked.connect(self._change_passphrase)
        self._watch = QTimer(self, interval=WATCH_EVERY_MS)
        self._watch.timeout.connect(self._look_for_others)
        self.work.changed.connect(self._after_commit)

    def _start(self) -> None:
        self.window.status.set_read_only(self.vault.store.is_read_only)
        self.work.read(self, last_backup, self.window.status.set_backup)
        self.work.ask(self, self._look_at_time, self._told_time)
        self._watch.start()
        QTimer.singleShot(REST_AFTER_MS, self, self._start_rest)

    def _start_rest(self) -> None:
        if self.work.is_reading:
            QTimer.singleShot(ASK_AGAIN_MS, self, self._start_rest)
            return
        if Right.CASEWORK in self.vault.member.rights:
            self.people.load()
            self._count_waiting()
        if not self.vault.store.is_read_only:
            self.work.ask(self, self._settle_membership, self._ask_to_let_in)

    def _look_at_time(self) -> tuple[str, str]:
        behind = warn_if_behind(self.vault)  # first: the other writes that the vault was opened
        return behind, warn_if_older(self.vault, self.settings)

    def _told_time(self, words: tuple[str, str]) -> None:
        behind, older = words
        if older:
            self.window.say("caution", older, "Ask who restored a backup. If nobody did, tell your administrator before you go on.")
        elif behind:
            self.window.say("caution", behind, "Set the clock right before you record anything: days, hours and deadlines are counted by it.")

    # Others

    def _settle_membership(self) -> list[Any]:
        """Second step of a removal, then who waits to be let in."""
        if Right.CASEWORK not in self.vault.member.rights or not self.vault.keyring.holds_casework:
            return []
        if members.casework_key_is_stale(self.vault) and not self.vault.presence.others():
            from victimcare.store.rotation import renew_casework_key

            renew_casework_key(self.vault)
        return members.waiting(self.vault)

    def _ask_to_let_in(self, waiting: list[Any]) -> None:
        from victimcare.ui.letting_in import LettingIn

        for newcomer in waiting:
            inviter = self.vault.membership.members.get(newcomer.invited_by)
            dialog = LettingIn(self.window, newcomer, inviter.name if inviter else "")
            dialog.decided.connect(partial(self._decide, newcomer.id))
            dialog.open()

    def _decide(self, member: Any, let_in: bool) -> None:
        deed = members.approve if let_in else members.refuse
        words = "They can now read cases." if let_in else "They were not let in, and can no longer sign in."
        self.work.run(self, lambda token: deed(self.vault, member), lambda _: self.window.say("safe", words), name="letting in", writes=True)

    def _look_for_others(self) -> None:
        if self.window.isActiveWindow():
            self.work.ask(self, partial(self.vault.others_changed, self._data_version), self._others)

    def _others(self, answer: tuple[bool, int]) -> None:
        changed, self._data_version = answer
        if changed:
            self.work.changed.emit(all_tables())

    def _count_waiting(self) -> None:
        """How many referrals wait for a partner, beside Referrals in the rail."""
        self.work.read(self, count_waiting, partial(self.window.set_count, "referrals"), key="waiting")

    def _after_commit(self, kinds: set[str]) -> None:
        if kinds & {"referral", "referral_event"} and Right.CASEWORK in self.vault.member.rights:
            self._count_waiting()
        if "audit" in kinds or "vault_info" in kinds or not kinds:
            self.work.read(self, last_backup, self.window.status.set_backup, key="backup")

    # One's own passphrase

    def _change_passphrase(self) -> None:
        from victimcare.ui.passphrase_dialog import PassphraseDialog

        dialog = PassphraseDialog(self.window, self.work, partial(members.change_passphrase, self.vault))
        dialog.changed.connect(lambda: self.window.say("safe", "Your passphrase is changed.", "Backups made before today still open with the old one."))
        dialog.open()

    # The end

    def _locked(self, reason: str) -> None:
        """Drafts are on their way to the writer: names go now, keys when the writer has ended. The window does not wait."""
        self._watch.stop()
        self.people.drop()
        words = [WHY_LOCKED.get(reason, ""), *(f"{job.name[:1].upper()}{job.name[1:]} goes on; the vault opens when it is done." for job in self.work.jobs)]
        self.work.fall_silent()
        self.ending.start()
        if reason == "session":
            # The system may end us as soon as this returns: what was typed must be on the disk by then.
            self.ending.join(SESSION_END_SECONDS)
        if reason == "switch":
            self.switched.emit()
        elif reason == "quit":
            self.ended.emit()
        else:
            self.locked.emit(" ".join(filter(None, words)))


class Ending(threading.Thread):
    """Waits for the writer (drafts, an import), then drops the keys. Not a daemon: the process stays until what was asked for is written."""

    def __init__(self, work: Work, vault: Vault, settings: Settings) -> None:
        super().__init__(name="victimcare-ending")
        self._work, self._vault, self._settings = work, vault, settings

    def run(self) -> None:
        self._work.let_finish()
        try:
            remember_newest(self._vault, self._settings)
        finally:
            self._vault.close()


def all_tables() -> set[str]:
    """Every kind of record: another process changed we know not what."""
    from victimcare.store.record import Table

    return set(Table.metadata.tables)
