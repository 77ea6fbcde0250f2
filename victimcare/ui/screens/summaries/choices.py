"""The left of Summaries: which report, which period, under how many a count is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from victimcare.reference.periods import Period, PeriodRefused, parse_period
from victimcare.summaries.reports import report, report_names
from victimcare.summaries.withhold import DEFAULT_THRESHOLD
from victimcare.ui.navigation import column
from victimcare.ui.screens.summaries.periods import words
from victimcare.ui.style import restyle
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.labels import Words

THRESHOLDS = tuple((count, f"{count}" + (", as usual" if count == DEFAULT_THRESHOLD else "")) for count in range(5, 21))
HOW = "2016, 2016/17, 2016-Q3, 2016-05 or 2017-01-01..2017-09-30"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A statement one asks for. `period` None: the newest year."""

    report: str
    period: Period | None
    threshold: int


class Choices(QWidget):
    """`changed(Wanted)`: another statement is asked for."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.report = CodeBox([(name, short_title(report(name).title)) for name in report_names()], "Report")
        self.period = CodeBox((), "Period", empty="Newest year")
        self.typed = QLineEdit()
        self.typed.setAccessibleName("Another period")
        self.typed.setAccessibleDescription(HOW)
        self.typed.setPlaceholderText("or type it: 2016/17, 2016-Q3")
        self.typed.setToolTip(HOW)
        self.threshold = CodeBox(THRESHOLDS, "Hide counts of people under", DEFAULT_THRESHOLD)
        self._read = Words("", "small", wraps=True)
        self._read.hide()
        self._title = Words("", "small", wraps=True)
        frame, layout = column(edge="right", scrolls=False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        layout.addWidget(Words("Report", "section"))
        for label, fields in (
            ("Which", (self.report, self._title)),
            ("Period", (self.period, self.typed, self._read)),
            ("Hide counts of people under", (self.threshold,)),
        ):
            words_above = Words(label, "small")
            words_above.setBuddy(fields[0])
            layout.addSpacing(4)
            layout.addWidget(words_above)
            for field in fields:
                layout.addWidget(field)
        layout.addStretch(1)
        self.report.chosen.connect(lambda _: self._tell())
        self.threshold.chosen.connect(lambda _: self._tell())
        self.period.chosen.connect(lambda _: self._period_chosen())
        self.typed.editingFinished.connect(self._typed)
        self._last: Wanted | None = None
        self._title.setText(report(self.report.value()).title)

    def offer(self, periods: Iterable[tuple[str, str]]) -> None:
        """The periods to choose from."""
        self.period.blockSignals(True)
        self.period.fill(periods)
        self.period.blockSignals(False)

    def wanted(self) -> Wanted:
        """What is asked for. A typed period counts before the chosen one; one that cannot be read is as if it were not there."""
        return Wanted(self.report.value(), self._period_typed() or self._period_of(self.period.value()), self.threshold.value())

    def _period_typed(self) -> Period | None:
        try:
            return parse_period(self.typed.text()) if self.typed.text().strip() else None
        except PeriodRefused:
            return None

    def _period_of(self, code: str | None) -> Period | None:
        return parse_period(code) if code else None

    def _period_chosen(self) -> None:
        self.typed.clear()
        self._mark()
        self._tell()

    def _typed(self) -> None:
        self._mark()
        self._tell()

    def _mark(self) -> None:
        found = self._period_typed()
        is_wrong = bool(self.typed.text().strip()) and found is None
        self.typed.setProperty("invalid", is_wrong)
        restyle(self.typed)
        self._read.setText(f"This is no period. Write {HOW}." if is_wrong else words(found) if found else "")
        self._read.setVisible(bool(self._read.text()))

    def _tell(self) -> None:
        wanted = self.wanted()
        self._title.setText(report(wanted.report).title)
        if wanted != self._last:
            self._last = wanted
            self.changed.emit(wanted)


def short_title(title: str) -> str:
    """A title without what every title says."""
    return title.removeprefix("Statement for the ").removeprefix("Report to the ")
