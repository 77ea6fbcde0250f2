"""Summaries: a statement as it may leave, counted while one chooses; let out as files with an entry in the register, or not at all.

Nothing sealed is opened here: an analyst, who holds no key to cases, has the whole screen.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from victimcare.refused import Refused
from victimcare.summaries.release_files import Released, release_statement
from victimcare.summaries.reports import report, report_names
from victimcare.summaries.statement import Statement, make_statement
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.screens.summaries.choices import Choices, Wanted
from victimcare.ui.screens.summaries.periods import Ground, ground
from victimcare.ui.screens.summaries.release_side import ReleaseSide
from victimcare.ui.screens.summaries.tables_view import TablesView
from victimcare.ui.widgets.choose_path import choose_folder
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.window import MainWindow
from victimcare.ui.words import count, told
from victimcare.ui.work import Work

NOT_COUNTED = frozenset(
    {
        "audit",
        "identity",
        "note",
        "draft",
        "contact_point",
        "contact_point_end",
        "safe_contact_plan",
        "safe_channel",
        "leftover",
        "import_seen",
    }
)


class SummariesScreen(Screen):
    """The screen `summaries`. `place.id`: a report's name to show at once."""

    title = "Summaries"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        self.statement: Statement | None = None
        self._is_read = self._is_releasing = False
        self.head = PageHead("Summaries", "No name, note or row about one person leaves from here", line=True)
        self.choices, self.tables, self.side = Choices(), TablesView(), ReleaseSide()
        self.page.addWidget(self.head)
        self.page.addWidget(Columns((self.choices, 264), (self.tables, 0), (self.side, 280), main_width=420), 1)
        self.choices.changed.connect(self._count)
        self.side.asked.connect(self.release)
        self.setFocusProxy(self.choices.report)

    def open(self, place: Place) -> None:
        if place.id in report_names():
            self.choices.report.set_value(place.id)
        if not self._is_read:
            self._read()

    def refresh(self, kinds: set[str]) -> None:
        if kinds - NOT_COUNTED:
            self._read()

    def keys(self) -> list[Key]:
        tabs = self.tables.tabs
        return [
            Key("Ctrl+Return", "Release: save as", self.side.release.click), Key("R", "Choose a report", self.choices.report.setFocus),
            Key("P", "Choose a period", self.choices.period.setFocus), Key("Y", "Type a period", self.choices.typed.setFocus),
            Key("T", "To the tables; arrow keys go through them", tabs.setFocus),
            *(Key(str(at + 1), f"Table {at + 1}", partial(tabs.choose, at)) for at in range(9)),
        ]  # fmt: skip

    def forget(self) -> None:
        self.statement, self._is_read = None, False
        self.tables.say("")
        self.side.show_statement(None)

    def release(self) -> None:
        """Ask for a folder, then let the statement out."""
        if self.statement is not None and not self._is_releasing:
            choose_folder(self, "Choose the folder for the files", self.release_to, verb="Save here")

    def release_to(self, folder: Path) -> None:
        """Write the files into `folder` and enter the release in the register; neither where it is refused."""
        if self.statement is None or self._is_releasing:
            return
        self._is_releasing = True
        wanted, formats, recipient, vault = self.choices.wanted(), self.side.chosen_formats(), self.side.recipient.value(), self.work.vault
        # As shown: the period of the statement one looks at, even where it was only the newest.
        period = self.statement.period
        self.work.run(
            self,
            lambda token: release_statement(vault, wanted.report, folder, formats=formats, period=period, threshold=wanted.threshold, recipient=recipient),
            self._released, name="the release", writes=True, failed=self._refused,
        )  # fmt: skip

    # Reading and counting

    def _read(self) -> None:
        self._is_read = True
        self.work.read(self, ground, self._take_ground, key="ground", failed=self.frame.refuse)
        self._count(self.choices.wanted())

    def _take_ground(self, found: Ground) -> None:
        self.choices.offer(found.periods)
        self.side.show_releases(found.releases, {name: report(name).title for name in report_names()}, may_release=found.may_release)

    def _count(self, wanted: Wanted) -> None:
        self.work.read(
            self, lambda session: make_statement(session, wanted.report, period=wanted.period, threshold=wanted.threshold),
            self._show, key="statement", failed=self._cannot,
        )  # fmt: skip

    def _show(self, statement: Statement) -> None:
        self.statement = statement
        self.tables.show_statement(statement)
        self.side.show_statement(statement)

    def _cannot(self, refused: Refused) -> None:
        words = told(refused)
        self.statement = None
        self.tables.say(f"{words.reason} {words.remedy}".strip())
        self.side.show_statement(None)

    # Letting out

    def _released(self, released: Released) -> None:
        self._is_releasing = False
        folder = released.paths[0].parent if released.paths else Path()
        withheld = len(released.statement.withheld)
        words = f"Released: {count(len(released.paths), 'file', 'files')} in {folder}."
        self.frame.say(
            "safe",
            words,
            f"{count(withheld, 'table has', 'tables have')} no numbers, with the reason." if withheld else "It stands in the register of releases.",
        )

    def _refused(self, refused: Refused) -> None:
        self._is_releasing = False
        self.frame.refuse(refused)
