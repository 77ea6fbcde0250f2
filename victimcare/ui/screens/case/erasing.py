"""Erasing a case for good: what goes, what stays and how long a backup can bring it back is said first; the reference is typed to agree."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from victimcare.casework.approvals import ERASE
from victimcare.casework.retention import refuse_if_held
from victimcare.reference.codelists import codelist
from victimcare.store.backup import last_backup
from victimcare.store.clock import day_of
from victimcare.store.erase import erase_case
from victimcare.ui.screens.case.asking import AskBox
from victimcare.ui.screens.case.box import Deed, Ground
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.labels import State
from victimcare.ui.words import day

GOES = "Every fact, text, document, draft and key of this case, and what other cases say of it."
STAYS = "That a case was erased, on which day, by whom and for which of these reasons. What others were given on paper is theirs; what was published stays."


class EraseBox(AskBox):
    """Nothing is kept of a reason in words: it would be erased with the rest. The vault must be open here alone."""

    heading = "Erase this case for good"
    approval = ERASE
    verb = "Erase it for good"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        if self.may:
            self.form.setRowVisible(self.why, False)

    def decide_here(self) -> None:
        facts = self.ground.page.facts
        self.form.addRow(State("bin", "Goes", "caution", GOES))
        self.form.addRow(State("info", "Stays", "info", STAYS))
        others = list(self.ground.page.parts.values())[1:]
        if others:
            words = f"{', '.join(others)}, read as one with this case: of the same person, and erased only each by itself."
            self.form.addRow(State("link", "Stays too", "caution", words))
        self.backups = State("backup", "Backups", "caution", "")
        self.form.addRow(self.backups)
        reasons = [(value.code, value.label) for value in codelist("erasure_reason").values]
        self.reason = self.field("reason", "Because", CodeBox(reasons, "Why it is erased", empty="Choose a reason"))
        self.typed = QLineEdit()
        self.typed.setAccessibleName(f"Type {facts.reference} to agree")
        self.typed.setPlaceholderText(facts.reference)
        self.field("typed", "To agree", self.typed)
        self.setFocusProxy(self.reason)
        words = "It cannot be undone. Nobody else may have the vault open meanwhile, on any computer."
        self.means.show_state("caution", "Caution", "caution", words)
        self._tell_backups(None)
        self.ground.work.read(self, last_backup, self._tell_backups, key="last backup")

    def wrong(self) -> tuple[str, QWidget] | None:
        return self.wrong_here() if self.may else super().wrong()

    def wrong_here(self) -> tuple[str, QWidget] | None:
        if any(row.is_held for row in self.ground.page.file.retention[:1]):
            return "This case is held and must not be erased. A new retention review without a hold comes first.", self.reason
        if self.reason.value() is None:
            return "Choose why it is erased.", self.reason
        if self.typed.text().strip().upper() != self.ground.page.facts.reference:
            return f"Type {self.ground.page.facts.reference} to agree. It cannot be undone.", self.typed
        return None

    def do_it(self) -> Deed:
        raise AssertionError("erasing is no change within a transaction of another")

    def save(self) -> None:
        """A supervisor's erasure is a job of its own, since it needs the vault alone; a request is saved as any other box."""
        if not self.may:
            super().save()
            return
        self.reason.settle()
        found = self.wrong()
        if found is not None:
            self.message.say("caution", found[0])
            found[1].setFocus()
            return
        if self._is_saving:
            return
        self._is_saving = True
        self._keep_soon.stop()
        vault, case_id, reason = self.ground.work.vault, self.ground.case_id, self.reason.value()

        def erase(_: Any) -> None:
            erase_case(vault, case_id, reason=reason, check=refuse_if_held)

        self.save_button.setEnabled(False)
        self.ground.work.run(self, erase, self._erased, name="the erasure", failed=self._not_erased, writes=True)

    def _erased(self, _: Any) -> None:
        self._saved(None)

    def _not_erased(self, refused: Any) -> None:
        self._is_saving = False
        self.save_button.setEnabled(True)
        self.message.refuse(refused)

    def _tell_backups(self, at: datetime | None) -> None:
        newest = f"The newest known here is of {day(day_of(at))}." if at is not None else "None made from here is known."
        self.backups.show_state(
            "backup", "Backups", "caution",
            f"{newest} Any made before today can bring the case back, until it is deleted: make a new one under Admin afterwards and delete the old ones. "
            "A restore of an old one into this vault erases the case again.",
        )  # fmt: skip
