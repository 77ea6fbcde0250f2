"""Import: files, columns, import. Reading and matching run beside the window and hold no lock; only the last step writes, whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from victimcare.exchange.leftovers import open_leftovers
from victimcare.exchange.mapping import SheetMapping
from victimcare.exchange.plan import ImportPlan
from victimcare.exchange.preview import Preview
from victimcare.refused import Refused
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.screens.importing.begun import Begun, begun, drop_begun, keep_begun
from victimcare.ui.screens.importing.below import CELLS, DUPLICATES, VALUES
from victimcare.ui.screens.importing.columns_step import ColumnsStep
from victimcare.ui.screens.importing.file_step import FileStep
from victimcare.ui.screens.importing.register import Prepared, matched_now, planned, prepare, tried, written
from victimcare.ui.screens.importing.result_step import ResultStep
from victimcare.ui.screens.importing.saving import Saving
from victimcare.ui.screens.importing.steps import Steps
from victimcare.ui.window import MainWindow
from victimcare.ui.words import count
from victimcare.ui.work import Token, Work

NAME = "the import"
MS_UNTIL_KEPT = 1_000


class ImportScreen(Screen):
    """The screen `import`."""

    title = "Import a register"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        self.prepared: Prepared | None = None
        self._asked = self._planned = 0
        self._is_busy = False
        self._begun: tuple[Path, ...] = ()
        self._keep_soon = QTimer(self, singleShot=True, interval=MS_UNTIL_KEPT)
        self._keep_soon.timeout.connect(self.keep_draft)
        self.steps = Steps("File", "Columns", "Import")
        self.head = PageHead("Import a register", "", self.steps)
        self.head.about.setMinimumWidth(1)
        self.files, self.columns, self.result = FileStep(), ColumnsStep(), ResultStep()
        self.saving = Saving(self)
        self.stack = QStackedWidget()
        for step in (self.files, self.columns, self.result):
            self.stack.addWidget(step)
        self.page.addWidget(self.head)
        self.page.addWidget(self.stack, 1)
        self._connect()
        self._go(self.files)

    def open(self, place: Place) -> None:
        """Show the step one was at; `place.id` "new" begins again."""
        if place.id == "new":
            self._begin_again()
        self._count_leftovers()
        self._look_for_begun()
        self._step().setFocus()

    def refresh(self, kinds: set[str]) -> None:
        if "leftover" in kinds:
            self._count_leftovers()

    def keys(self) -> list[Key]:
        return [
            Key("Ctrl+Return", "What comes next: choose, import, show the people", self._next),
            Key("F", "Choose files", self._on(self.files, self.files.choose_files)), Key("D", "Choose a folder", self._on(self.files, self.files.choose_folder)),
            Key("G", "Go on with the columns you began to correct", self._on(self.files, self._go_on)),
            Key("M", "Use a kept mapping", self._on(self.files, self.files.choose_mapping)),
            Key("Return", "Choose where the column goes, or what a value means"),
            Key("J", "Next column to look at", self._on(self.columns, self.columns.next_to_look_at)),
            Key("E", "Cells that cannot be taken", self._on(self.columns, partial(self.columns.below.go_to, CELLS))),
            Key("P", "Possible duplicates", self._on(self.columns, partial(self.columns.below.go_to, DUPLICATES))),
            Key("V", "Values of the chosen column", self._on(self.columns, partial(self.columns.below.go_to, VALUES))),
            Key("T", "Try it, write nothing", self._on(self.columns, self.try_it)),
        ]  # fmt: skip

    def has_unsaved(self) -> bool:
        return self._keep_soon.isActive()

    def keep_draft(self) -> None:
        self._keep_soon.stop()
        prepared = self.prepared
        if prepared is not None:
            kept = partial(keep_begun, sheets=prepared.sheets, proposed=prepared.proposed, mappings=prepared.mappings, paths=prepared.paths)
            self.work.change(self, lambda session: kept(session), lambda _: None, failed=self.frame.refuse)

    def forget(self) -> None:
        self._keep_soon.stop()
        self._begun = ()
        self.files.tell_begun(())
        self._asked += 1
        self.prepared = None
        self.columns.show_register(None)
        self.result.forget()
        self._go(self.files)

    @property
    def is_settled(self) -> bool:
        """Whether nothing of this screen runs, and what it shows is worked out from the mappings as they are."""
        return not self._is_busy and (self.prepared is None or self._asked == self._planned)

    # Step 1

    def read(self, paths: Sequence[Path]) -> None:
        """Read a register and show its columns."""
        if self._is_busy or not paths:
            return
        self._asked += 1
        self._set_busy(True)
        mapping, asked = self.files.mapping, self._asked
        self.work.run(
            self, lambda token: prepare(self.work.vault, paths, mapping, token), lambda found: self._show_new(asked, found),
            name="reading the register", failed=self._failed,
        )  # fmt: skip

    def _show_new(self, asked: int, prepared: Prepared) -> None:
        self._set_busy(False)
        if asked != self._asked:
            return
        self.prepared, self._planned = prepared, asked
        self.columns.show_register(prepared, is_new=True)
        self._go(self.columns)
        if prepared.is_put_back:
            self.frame.say("info", "Your corrections of these files are back.", "Drop my corrections, below the lists, begins with the proposal.")
        if prepared.unclear is not None:
            self.frame.say("caution", prepared.unclear.reason, "Choose in the list where they go.")

    # Step 2

    def _correct(self, mappings: tuple[SheetMapping, ...]) -> None:
        """Show the correction at once, then what it changes."""
        if self.prepared is None:
            return
        self._asked += 1
        self.prepared = prepared = replace(self.prepared, mappings=mappings)
        self.columns.show_register(prepared)
        self._keep_soon.start()
        self.work.ask(self, lambda: planned(prepared, mappings), partial(self._show_corrected, self._asked))

    def _drop(self) -> None:
        """Begin with the proposal again, and keep nothing of what was corrected."""
        if self.prepared is not None:
            self._correct(self.prepared.first)
            self._keep_soon.stop()
            self.work.change(self, drop_begun, lambda _: None)

    def _look_for_begun(self) -> None:
        if self.work.vault.store.is_read_only:  # nothing can be imported, and no reading noted
            return
        self.work.read(self, begun, self._tell_begun, key="begun", reading=Reading.office("drafts"))

    def _tell_begun(self, kept: Begun | None) -> None:
        self._begun = kept.paths if kept else ()
        self.files.tell_begun(self._begun)

    def _go_on(self) -> None:
        if self._begun:
            self.read(self._begun)

    def _show_corrected(self, asked: int, prepared: Prepared) -> None:
        if asked == self._asked:
            self.prepared, self._planned = prepared, asked
            self.columns.show_register(prepared)

    def try_it(self) -> None:
        """Do the whole import and take it back: what would come in."""
        self._match(self._try)

    def do(self) -> None:
        """Import."""
        self._match(self._write)

    def _match(self, then: Callable[[Preview], object]) -> None:
        """Compare with the vault as it is now, without a lock; then write."""
        if self.prepared is None or self._is_busy:
            return
        prepared = self.prepared
        if self.has_unsaved():  # before the import, which drops it
            self.keep_draft()
        self._set_busy(True)
        self.work.run(self, lambda token: matched_now(self.work.vault, prepared, token), then, name=NAME, failed=self._failed)

    def _write(self, seen: Preview) -> None:
        self._run(seen, written, is_trial=False)

    def _try(self, seen: Preview) -> None:
        self._run(seen, tried, is_trial=True)

    def _run(self, seen: Preview, deed: Callable[[Vault, Preview, Token], Counter[str]], *, is_trial: bool) -> None:
        if self.prepared is None:  # locked meanwhile: what nobody can see is not begun
            self._set_busy(False)
            return
        self.work.run(
            self, lambda token: deed(self.work.vault, seen, token), lambda created: self._show_result(seen.plan, created, is_trial),
            name="the trial" if is_trial else NAME, writes=True, failed=self._failed,
        )  # fmt: skip

    def _failed(self, refused: Refused) -> None:
        self._set_busy(False)
        self.frame.refuse(refused)

    # Step 3

    def _show_result(self, plan: ImportPlan, created: Counter[str], is_trial: bool) -> None:
        self._set_busy(False)
        if not is_trial:
            self._keep_soon.stop()
            self._look_for_begun()
        if self.prepared is None:
            return
        self._go(self.result)
        self.result.show_result(plan, created, is_trial=is_trial)

    def _begin_again(self) -> None:
        self.prepared = None
        self.columns.show_register(None)
        self._go(self.files)
        self._look_for_begun()
        self.files.setFocus()

    # The frame of it

    def _connect(self) -> None:
        self.files.chosen.connect(self.read)
        self.columns.corrected.connect(self._correct)
        self.columns.import_asked.connect(self.do)
        self.columns.trial_asked.connect(self.try_it)
        self.files.go_on_asked.connect(self._go_on)
        self.columns.drop_asked.connect(self._drop)
        self.columns.keep_asked.connect(lambda: self.saving.keep_mapping(self.prepared))
        self.columns.rejects_asked.connect(lambda: self.saving.save_rejects(self.prepared))
        self.result.import_asked.connect(self.do)
        self.result.back_asked.connect(lambda: self._go(self.columns))
        self.result.another_asked.connect(self._begin_again)
        self.result.people_asked.connect(lambda: self.frame.go(Place("cases", "imported")))
        for step in (self.files, self.result):
            step.leftovers_asked.connect(lambda: self.frame.go(Place("leftovers")))
        self.steps.asked.connect(self._to_step)

    def _go(self, step: QWidget) -> None:
        self.stack.setCurrentWidget(step)
        self.setFocusProxy(step)
        at = self.stack.currentIndex()
        self.steps.show_step(at, furthest=max(at, 1 if self.prepared else 0))
        self.head.about.setText(self._about())
        if self.isVisible():
            step.setFocus()

    def _step(self) -> QWidget:
        return (self.files, self.columns, self.result)[self.stack.currentIndex()]

    def _about(self) -> str:
        if self.prepared is None:
            return ""
        sheets = self.prepared.sheets
        files = list(dict.fromkeys(sheet.file for sheet in sheets))
        named = f"{files[0]}, " if len(files) == 1 else f"{len(files)} files, "
        return f"{named}{count(len(sheets), 'sheet', 'sheets')}, {count(self.prepared.rows, 'row', 'rows')}"

    def _to_step(self, at: int) -> None:
        if not self._is_busy:
            self._go((self.files, self.columns, self.result)[at])

    def _next(self) -> None:
        after = self.result.do if self.result.people.isHidden() else self.result.people
        (self.files.choose, self.columns.do, after)[self.stack.currentIndex()].click()

    def _on(self, step: QWidget, deed: Callable[[], object]) -> Callable[[], None]:
        """The key does it only on its own step."""

        def run() -> None:
            if self.stack.currentWidget() is step:
                deed()

        return run

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.columns.set_busy(is_busy)
        self.result.do.setEnabled(not is_busy)
        self.files.choose.setEnabled(not is_busy)

    def _count_leftovers(self) -> None:
        self.work.read(self, open_leftovers, self.files.tell_leftovers, key="leftovers")
