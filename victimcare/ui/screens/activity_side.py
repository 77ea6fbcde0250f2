"""Beside the list of activities: the chosen one, what was found where, and its notes. Notes are sealed: opening them is noted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject

from victimcare.activity.activities import ActivityRow
from victimcare.activity.visits import VisitRow
from victimcare.reference.codelists import label
from victimcare.ui.navigation import column
from victimcare.ui.style import space
from victimcare.ui.widgets.facts import Facts
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import breakable, day, number

WIDTH = 344


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What belongs to an activity."""

    id: UUID
    visits: tuple[VisitRow, ...]
    notes: str


class ActivitySide(QObject):
    """`frame` is the widget to place."""

    def __init__(self) -> None:
        super().__init__()
        self._row: ActivityRow | None = None
        self.frame, layout = column(WIDTH, "left")
        space(layout, 24, 16, 24, 16, gap=4)
        self.title, self.about = Words("", "section", wraps=True), Words("", "muted", wraps=True)
        self.facts, self.visits, self.notes = Facts(96), Facts(96), Words("", wraps=True)
        self._heads = {"Visits": Words("Visits", "strong"), "Notes": Words("Notes", "strong")}
        for part, gap in ((self.title, 0), (self.about, 8), (self.facts, 12), (self._heads["Visits"], 4), (self.visits, 12), (self._heads["Notes"], 4)):
            layout.addWidget(part)
            layout.addSpacing(gap)
        layout.addWidget(self.notes)
        layout.addStretch(1)
        self.show_activity(None)

    def show_activity(self, row: ActivityRow | None) -> None:
        """Tell one activity; its visits and notes follow with `show_rest`."""
        if row is None or self._row is None or row.id != self._row.id:
            self.show_rest(None)
        self._row = row
        self.title.setText(breakable(row.title or label("activity_type", row.kind)) if row else "None chosen")
        self.about.setText(f"{label('activity_type', row.kind)}, {day(row.on)}" if row else "")
        spoken_to = "" if row is None or row.people_spoken_to is None else number(row.people_spoken_to)
        pairs = (
            ("Spoken to", spoken_to),
            ("Agencies", ", ".join(label("agency", code) for code in row.agencies) if row else ""),
            ("Countries", ", ".join(label("nationality", code) for code in row.countries) if row else ""),
        )
        self.facts.show_facts(pairs)

    def show_rest(self, told: Told | None) -> None:
        """What was found where, and the notes."""
        if told is not None and (self._row is None or told.id != self._row.id):
            return
        found = Counter((visit.premises, visit.finding) for visit in told.visits) if told else {}
        self.visits.show_facts(
            (label("activity_type.premises_type", premises), f"{number(count)}, {label('activity_type.finding', finding).lower()}")
            for (premises, finding), count in found.items()
        )
        self._heads["Visits"].setVisible(bool(found))
        self._heads["Notes"].setVisible(told is not None)
        self.notes.setText(breakable(told.notes) or "None recorded" if told else "")

    def forget(self) -> None:
        """Drop every text."""
        self.show_activity(None)
