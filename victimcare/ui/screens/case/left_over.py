"""What somebody had typed about an entry that is no longer there, since a colleague withdrew it: kept as a note, or thrown away."""

from __future__ import annotations

import json
import re
from typing import Any

from PySide6.QtWidgets import QWidget

from victimcare.casework.notes import record_note
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.note_box import NoteBox

SAID = "The entry that this was about is no longer in the case. What you had typed is here: save it as a note, or discard it."
_NOT_TYPED = re.compile(r"[A-Z][A-Z0-9_]*|[0-9a-f]{8}-[0-9a-f-]{27}|[\d:-]*")  # codes, ids, days and times


class LeftOverBox(CaseBox):
    """Opens in the place of a box whose entry is gone."""

    heading = "An entry that is no longer there"
    verb = "Save as a note"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.form.addRow(Words(SAID, wraps=True))
        self.text = self.field("text", "Typed", NoteBox("What was typed", "Nothing was typed"))
        self.setFocusProxy(self.text)

    def wrong(self) -> tuple[str, QWidget] | None:
        return None if self.text.text() else ("Nothing was typed. Discard it.", self.text)

    def deed(self) -> Deed:
        case_id, text = self.ground.case_id, self.text.text()
        return lambda session: record_note(session, case_id=case_id, on=session.today, text=text)

    def restore(self, body: str) -> None:
        """Everything that was typed into the other box, a line each."""
        fields: dict[str, Any] = json.loads(body)["fields"]
        typed = [value for value in fields.values() if isinstance(value, str) and not _NOT_TYPED.fullmatch(value)]
        super().restore(json.dumps({"fields": {"text": "\n".join(typed)}, "stands": self.stands_on()}))
