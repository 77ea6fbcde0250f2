"""Two workers on one record: what the second typed stays in the fields of the box, what the first saved meanwhile is shown beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from victimcare.ui.screens.case.field_values import held, in_words, put
from victimcare.ui.style import space
from victimcare.ui.widgets.labels import State, Words

WHOLE = "What they changed is in the fields; what you typed is as you left it. Look at both, then save."
BESIDE = "You both changed what stands below. Yours is in the fields: save to keep yours, or discard your draft to keep theirs."


class BothVersions(QWidget):
    """Hidden until there are two versions to look at."""

    def __init__(self) -> None:
        super().__init__()
        self._said = State("caution", "Changed meanwhile", "caution", small=True)
        self._theirs: list[QLabel] = []
        self._lines = QVBoxLayout(self)
        space(self._lines, gap=4)
        self._lines.addWidget(self._said)
        self.hide()

    def put_back(self, fields: Mapping[str, QWidget], kept: dict[str, Any], *, is_as_it_was: bool) -> None:
        """Put a draft's `fields` into the widgets that show what stands now.

        Where the record is no longer as it was, only what was typed is put back: what somebody else changed is never undone by a field
        nobody touched. What both changed holds what was typed, and theirs is shown.
        """
        was, both = kept.get("was", {}), []
        for name, value in kept["fields"].items():
            widget = fields.get(name)
            if widget is None or (not is_as_it_was and name in was and value == was[name]):
                continue
            now = json.loads(json.dumps(held(widget)))
            if not is_as_it_was and now not in (was.get(name), value):
                both.append(f"Theirs, {widget.accessibleName() or name}: {in_words(widget)}")
            put(widget, value)
        if not is_as_it_was:
            self._show(both)

    def forget(self) -> None:
        """Take every text off."""
        for words in self._theirs:
            words.setText("")
        self.hide()

    def _show(self, both: list[str]) -> None:
        self._said.show_state("caution", "Changed meanwhile", "caution", BESIDE if both else WHOLE)
        for line in both:
            words = Words(line, "small", wraps=True)
            self._theirs.append(words)
            self._lines.addWidget(words)
        self.show()
