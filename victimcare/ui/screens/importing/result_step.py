"""Step 3 of an import: what came in, or would have; what waits; who may be here twice."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from victimcare.exchange.plan import ImportPlan
from victimcare.ui.screens.importing.rows import DuplicateRow, columns_of_duplicates
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.facts import Facts
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.words import count, number

KINDS = {
    "cases": "People", "contacts": "Contacts", "partner_referrals": "Referrals to partners", "investigations": "Investigations",
    "arrests": "Arrests", "prosecutions": "Prosecutions", "activities": "Activities", "visits": "Visits", "barriers": "Barriers",
    "stances": "Stances", "exploitations": "Kinds of exploitation", "nrm_events": "NRM states", "workers": "Workers",
}  # fmt: skip


class ResultStep(QWidget):
    """Signals: where one goes from here."""

    people_asked = Signal()
    leftovers_asked = Signal()
    another_asked = Signal()
    back_asked = Signal()
    import_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.state, self.facts, self.more_facts = State(plain=True), Facts(180), Facts(180)
        self.duplicates = RowsTable(columns_of_duplicates(), "Possible duplicates")
        self.duplicates_title, self.duplicates_about = Words("Possible duplicates", "section"), Words("", "muted")
        self.people = Button("Show the people", self.people_asked.emit, kind="primary", key="Ctrl+Enter")
        self.do = Button("Import them now", self.import_asked.emit, kind="primary", key="Ctrl+Enter")
        self.leftovers = Button("Leftovers", self.leftovers_asked.emit)
        self.another = Button("Import another register", self.another_asked.emit)
        self.back = Button("Back to the columns", self.back_asked.emit)
        page, text, heading = QVBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        space(page, gap=0)
        space(text, 24, 8, 24, 0, gap=12)
        space(heading, gap=12)
        heading.addWidget(self.duplicates_title)
        heading.addWidget(self.duplicates_about)
        heading.addStretch(1)
        text.addWidget(self.state)
        numbers = QHBoxLayout()
        space(numbers, gap=24)
        for facts in (self.facts, self.more_facts):
            size(facts, most_width=320)
            numbers.addWidget(facts, 1)
        numbers.addStretch(1)
        text.addLayout(numbers)
        text.addLayout(heading)
        table = QVBoxLayout()
        space(table, 16, 0, 24, 0, gap=0)
        table.addWidget(self.duplicates)
        page.addLayout(text)
        page.addLayout(table, 4)
        page.addStretch(1)
        page.addWidget(self._foot())

    def show_result(self, plan: ImportPlan, created: Mapping[str, int], *, is_trial: bool) -> None:
        """What an import or a trial of one did."""
        verb = "would come in" if is_trial else "came in"
        words = f"{number(plan.rows_taken)} of {number(plan.rows_read)} rows {verb}."
        if plan.again:
            words += f" {count(plan.again, 'row was', 'rows were')} here already; nothing comes in twice."
        if is_trial:
            self.state.show_state("info", "Tried", "info", f"{words} Nothing was written.")
        else:
            self.state.show_state("safe", "Done", "safe", f"{words} All of it in one step, on the disk now.")
        made = [(title, number(created[kind])) for kind, title in KINDS.items() if created.get(kind)]
        self.facts.show_facts(made[: (len(made) + 1) // 2])
        self.more_facts.show_facts(made[(len(made) + 1) // 2 :])
        self.duplicates.show_rows(DuplicateRow(at, one) for at, one in enumerate(plan.duplicates))
        self.duplicates.setVisible(bool(plan.duplicates))
        self.duplicates_about.setText(f"{number(len(plan.duplicates))}; both are kept apart" if plan.duplicates else "none found")
        self.leftovers.setText(f"See {count(len(plan.waiting), 'leftover', 'leftovers')}")
        self.leftovers.setVisible(bool(plan.waiting) and not is_trial)
        for button, is_shown in ((self.people, not is_trial), (self.another, not is_trial), (self.do, is_trial), (self.back, is_trial)):
            button.setVisible(is_shown)
        (self.do if is_trial else self.people).setFocus()

    def forget(self) -> None:
        """Take everything off the screen."""
        self.state.show_state("info", "", "", "")
        self.facts.forget()
        self.more_facts.forget()
        self.duplicates.show_rows(())

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("edge", "top")
        flow = Flow(foot)
        space(flow, 24, 11, 24, 11, gap=8)
        for button in (self.people, self.do, self.leftovers, self.back, self.another):
            flow.addWidget(button)
        size(foot, least_height=56)
        return foot
