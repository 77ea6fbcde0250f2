"""The right of Summaries: is it safe, in which formats, to whom; then what left before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from victimcare.reference.codelists import codelist, label
from victimcare.reference.periods import parse_period
from victimcare.store.clock import day_of
from victimcare.summaries.releases import ReleaseRow
from victimcare.summaries.statement import Statement
from victimcare.ui import icons
from victimcare.ui.navigation import column
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import count, day, number

FORMATS = (("csv", "CSV"), ("xlsx", "XLSX"), ("pdf", "PDF"), ("json", "JSON"))
FEW = 4


class Check(QWidget):
    """A state in a narrow column: icon and word, and under them what it means."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._word, self._about = QLabel(), Words("", "strong"), Words("", wraps=True)
        row, text = QHBoxLayout(self), QVBoxLayout()
        space(row, 0, 0, 0, 4, gap=8)
        space(text, gap=0)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        text.addWidget(self._word)
        text.addWidget(self._about)

    def show_check(self, icon: str, word: str, tone: str, about: str) -> None:
        """Say a state."""
        icons.put(self._icon, icon, tone)
        self._word.setText(word)
        self._word.set_tone(tone)
        self._about.setText(about)
        self.setAccessibleName(f"{word}. {about}")


class ReleaseSide(QWidget):
    """`asked`: the statement is to be let out."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._releases: Sequence[ReleaseRow] = ()
        self._statement: Statement | None = None
        self._titles: dict[str, str] = {}
        self._shows_all = False
        self.safe, self.complete, self.part = Check(), Check(), Check()
        self.formats = {kind: QCheckBox(words) for kind, words in FORMATS}
        self.recipient = CodeBox([(value.code, value.label) for value in codelist("release_recipient").values], "To whom")
        self.release = Button("Release: save as", self.asked.emit, kind="primary", icon="", key="Ctrl+Enter")
        self.why_not = Words("", "small", wraps=True)
        self._earlier = QVBoxLayout()
        self.show_all = Button("", self._all, kind="link")
        self._lay_out()
        for box in self.formats.values():
            box.setChecked(True)
            box.toggled.connect(lambda _: self._allow())
        self._may_release = True
        self.show_statement(None)

    def chosen_formats(self) -> tuple[str, ...]:
        """The formats ticked."""
        return tuple(kind for kind, box in self.formats.items() if box.isChecked())

    def show_statement(self, statement: Statement | None) -> None:
        """Say whether it is safe to let out, and what is missing in it."""
        before, self._statement = self._statement, statement
        for state in (self.safe, self.complete, self.part):
            state.setVisible(statement is not None)
        if statement is not None:
            self._tell(statement)
            if before is None or before.report.name != statement.report.name:
                self.recipient.set_value(statement.report.recipient)
        self._allow()

    def show_releases(self, releases: Sequence[ReleaseRow], titles: dict[str, str], *, may_release: bool) -> None:
        """What left before, newest first. `titles`: report -> its words."""
        self._releases, self._titles, self._may_release = releases, titles, may_release
        self._show_earlier()
        if self._statement is not None:
            self._tell(self._statement)
        self._allow()

    def _tell(self, statement: Statement) -> None:
        earlier = f" or with {count(len(self._releases), 'earlier release', 'earlier releases')}" if self._releases else ""
        words = f"No count of people under {statement.threshold}, and no nought, can be read here{earlier}."
        self.safe.show_check("safe", "Safe", "safe", words)
        withheld = len(statement.withheld)
        self.complete.setVisible(withheld > 0)
        self.complete.show_check(
            "lock",
            "Withheld",
            "caution",
            f"{withheld} of {len(statement.tables)} tables {'has' if withheld == 1 else 'have'} no numbers, and {'says' if withheld == 1 else 'say'} why.",
        )
        self.part.setVisible(any(span.is_part for one in statement.tables for span in one.spans))
        self.part.show_check("part", "Part-year", "info", "Rows that are no whole year are marked in their table.")

    def _allow(self) -> None:
        reasons = []
        if self._statement is None:
            reasons.append("There is nothing to release yet.")
        if not self._may_release:
            reasons.append("Your rights do not reach this: an analyst or a caseworker can release.")
        if not self.chosen_formats():
            reasons.append("Choose at least one format.")
        self.release.setEnabled(not reasons)
        self.why_not.setText(" ".join(reasons))
        self.why_not.setVisible(bool(reasons))

    def _lay_out(self) -> None:
        frame, layout = column(edge="left", scrolls=False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        layout.addWidget(Words("Release", "section"))
        for state in (self.safe, self.complete, self.part):
            layout.addWidget(state)
        layout.addSpacing(4)
        layout.addWidget(Words("Formats", "strong"))
        grid = QGridLayout()
        space(grid, gap=4)
        for place, box in enumerate(self.formats.values()):
            grid.addWidget(box, place // 2, place % 2)
        layout.addLayout(grid)
        layout.addSpacing(4)
        to_whom = Words("To whom", "strong")
        to_whom.setBuddy(self.recipient)
        layout.addWidget(to_whom)
        layout.addWidget(self.recipient)
        layout.addSpacing(8)
        layout.addWidget(self.release)
        layout.addWidget(self.why_not)
        layout.addWidget(Words("The files and an entry in the register of releases are made together, or not at all.", "small", wraps=True))
        layout.addSpacing(8)
        layout.addWidget(Words("Earlier releases", "strong"))
        space(self._earlier, gap=2)
        layout.addLayout(self._earlier)
        row = QHBoxLayout()
        row.addWidget(self.show_all)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)

    def _show_earlier(self) -> None:
        while item := self._earlier.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = self._releases if self._shows_all else self._releases[:FEW]
        for row in shown:
            self._earlier.addWidget(Words(f"{self._titles.get(row.report, row.report)}, {parse_period(row.period).label}", wraps=True))
            self._earlier.addWidget(
                Words(
                    f"{day(day_of(row.extracted_at))}, to {label('release_recipient', row.recipient)}, {row.formats.upper().replace(',', ', ')}",
                    "small",
                    wraps=True,
                )
            )
        if not shown:
            self._earlier.addWidget(Words("None yet", "muted"))
        self.show_all.setText(f"Show all {number(len(self._releases))}")
        self.show_all.setVisible(len(self._releases) > FEW and not self._shows_all)

    def _all(self) -> None:
        self._shows_all = True
        self._show_earlier()
