"""Correcting a contact: a new entry that names the old one; both stay in the stream, the new one counts."""

from __future__ import annotations

import json
from typing import Any

from victimcare.casework.contacts import correct_contact
from victimcare.casework.workers import my_worker
from victimcare.ui.screens.case.box import Deed, Ground
from victimcare.ui.screens.case.log_contact import LogContactBox, fields_of


class CorrectContactBox(LogContactBox):
    """The box that logs a contact, filled with what the entry says now."""

    heading = "Correct a contact"
    verb = "Save correction"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.old = next(row for row in ground.page.file.contacts if row.id == ground.about)
        self.asked_again.hide()
        self.restore(json.dumps({"fields": fields_of(self.old), "at": "said", "cursor": len(self.old.said)}))
        self._is_touched = False
        self.told.setText("The entry before stays beside it")

    def deed(self) -> Deed:
        entry, contact = self.entry(), self.old.id
        return lambda session: correct_contact(session, contact_id=contact, worker_id=my_worker(session), **entry)


def may_be_corrected(entry: Any) -> bool:
    """Whether an entry of the stream is a contact that still counts and was not corrected yet."""
    return entry.kind == "CONTACT" and not entry.withdrawn and "corrected by a later entry" not in entry.muted
