"""What an import writes to files: the mapping, without any name; the rejected rows, in clear, only after a warning."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from victimcare.exchange.mapping import SheetMapping
from victimcare.exchange.mapping_file import save_mapping
from victimcare.exchange.plan import ImportPlan
from victimcare.exchange.rejects import write_rejects
from victimcare.refused import Refused
from victimcare.ui.navigation import Screen
from victimcare.ui.screens.importing.corrections import names_among, without_names
from victimcare.ui.screens.importing.register import Prepared
from victimcare.ui.screens.importing.rejects_dialog import RejectsDialog
from victimcare.ui.widgets.choose_path import choose_new_file
from victimcare.ui.words import count
from victimcare.ui.work import Token

LOGGED_AS = "rejected rows written to a file"


class FileNotWritten(Refused):
    """The file could not be written where it was asked for."""

    def __init__(self) -> None:
        super().__init__("The file cannot be written there.", "Choose a folder you may write to, with some room left.")


class Saving:
    """Asks where, writes beside the window, and says what was written."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def keep_mapping(self, prepared: Prepared | None) -> None:
        """Ask where to keep the mapping, without any heading or wording that is also a name in the register."""
        if prepared is None:
            return
        screen, names = self._screen, names_among(prepared.sheets, prepared.mappings)
        mappings = without_names(prepared.mappings, names)

        def keep(path: Path) -> None:
            screen.work.ask(screen, partial(_save, mappings, path), lambda _: self._kept(len(names)), failed=screen.frame.refuse)

        choose_new_file(screen, "Keep this mapping", "register-mapping.json", "Mappings (*.json)", keep)

    def save_rejects(self, prepared: Prepared | None) -> None:
        """Ask twice: whether names may be written at all, then where."""
        plan = prepared.plan if prepared else None
        if plan is None:
            return
        dialog = RejectsDialog(self._screen, len(plan.problems))
        dialog.accepted.connect(
            lambda: choose_new_file(self._screen, "Save the rejected rows", "rejected-rows.csv", "CSV (*.csv)", partial(self._write_rejects, plan))
        )
        dialog.open()

    def _kept(self, left_out: int) -> None:
        words = "It holds headings and wordings, no names."
        if left_out:
            words = f"{count(left_out, 'wording was', 'wordings were')} left out, since it is a name in the register too."
        self._screen.frame.say("safe", "The mapping is kept.", words)

    def _write_rejects(self, plan: ImportPlan, path: Path) -> None:
        screen, vault = self._screen, self._screen.work.vault

        def write(token: Token) -> int:
            if not vault.store.is_read_only:
                vault.sign_for(LOGGED_AS)
            try:
                return write_rejects(plan, path)
            except OSError:
                raise FileNotWritten from None

        def say(lines: int) -> None:
            screen.frame.say("caution", f"{count(lines, 'line was', 'lines were')} written in clear.", "Delete the file when you are done.")

        screen.work.run(screen, write, say, name="writing rejected rows", writes=True, failed=screen.frame.refuse)


def _save(mappings: Sequence[SheetMapping], path: Path) -> None:
    try:
        save_mapping(mappings, path)
    except OSError:
        raise FileNotWritten from None
