"""What is done with the entry of the stream the keyboard is on: correct it, withdraw it; and taking back what one saved last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject

from victimcare.overview.entry import Entry
from victimcare.store.withdrawn import last_own
from victimcare.ui.commands import Key
from victimcare.ui.screens.case.correcting import may_be_corrected
from victimcare.ui.screens.case.stream import StreamView
from victimcare.ui.screens.case.withdrawing import may_be_withdrawn
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work


class EntryKeys(QObject):
    """`case_id()`: the case shown, if any. Undo reaches back to when this window was opened."""

    title = "Case"

    def __init__(self, work: Work, window: MainWindow, stream: StreamView, open_box: Callable[[str], object], case_id: Callable[[], UUID | None]) -> None:
        super().__init__(stream)
        self._work, self._window, self._stream, self._open_box, self._case_id = work, window, stream, open_box, case_id
        self._since: datetime = work.vault.clock()

    def keys(self) -> list[Key]:
        """The keys, for the page."""
        return [
            Key("X", "Correct the contact chosen in the stream", self.correct),
            Key("Del", "Withdraw the entry chosen in the stream", self.withdraw),
            Key("U", "Say how sensitive the chosen entry is", self.sensitivity),
            Key("Ctrl+Z", "Take back what you saved last in this case", self.undo),
        ]

    def correct(self) -> None:
        """Open the box that corrects the chosen contact."""
        self._on_chosen("correct", may_be_corrected, "Choose a contact in the stream first.", "A corrected one is corrected by its newer entry.")

    def withdraw(self) -> None:
        """Open the box that withdraws the chosen entry."""
        self._on_chosen("withdraw", may_be_withdrawn, "Choose an entry in the stream first.", "A plan, a consent or a referral is put right by a newer one.")

    def sensitivity(self) -> None:
        """Open the box that says how sensitive the chosen entry is."""
        self._on_chosen("sensitivity", lambda entry: not entry.withdrawn, "Choose an entry in the stream first.", "A withdrawn one is marked as that.")

    def undo(self) -> None:
        """Offer to take back the entry one wrote last, since the window was opened: it stays, struck through."""
        case_id = self._case_id()
        if case_id is not None:
            since = self._since
            self._work.read(self, lambda session: last_own(session, case_id, since), self._take_back, key="undo")

    def _take_back(self, row: UUID | None) -> None:
        if row is None:
            self._window.say("info", "There is nothing of yours to take back here.", "Choose an older entry in the stream and press Del to withdraw it.")
        else:
            self._open_box(f"withdraw {row}")

    def _on_chosen(self, form: str, fits: Callable[[Entry], bool], told: str, remedy: str) -> None:
        entry = self._stream.current()
        if entry is None or not fits(entry):
            self._window.say("info", told, remedy)
        else:
            self._open_box(f"{form} {entry.id}")
