"""The guide of the first start, three steps: where to begin, the vault and its first user, the recovery shares.

What it needs of the store comes as functions and runs in a thread, as for `unlock`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from victimcare.refused import Refused
from victimcare.ui import icons
from victimcare.ui.background import Background
from victimcare.ui.door import beside
from victimcare.ui.new_vault import LEAST_LETTERS, RECOVERY, NewVault, advice
from victimcare.ui.settings import Settings
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.form import Form
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.widgets.over_window import OnScreen, scrolling
from victimcare.ui.widgets.passphrase_box import PassphraseBox
from victimcare.ui.widgets.progress_line import ProgressLine

MAKING_EXAMPLE = "Making the example"
STOPPED = "import_cancelled"


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the guide can have done. `create(new)` answers (vault, shares); `print_shares(shares, file)` writes a PDF.

    `open_example(told, cancelled)` a vault, made where there is none: `told(what, done, of how many)`, `cancelled()` whether to stop.
    """

    create: Callable[[NewVault], tuple[Any, list[str]]]
    open_example: Callable[[Callable[[str, int, int], None], Callable[[], bool]], Any]
    print_shares: Callable[[list[str], str], object]


class FirstRun(QWidget):
    """`made(vault, folder, user)` at the end of the guide; `example_opened(vault)`; `back_asked` to the unlock window."""

    made = Signal(object, str, str)
    example_opened = Signal(object)
    back_asked = Signal()
    _told = Signal(int, int)

    def __init__(self, settings: Settings, deeds: Deeds, home: Path) -> None:
        """`home`: the folder a new vault's folder is proposed in."""
        super().__init__()
        self._settings, self._deeds, self._home = settings, deeds, home
        self._background = Background(1, self)
        self._made: tuple[Any, str, str] | None = None
        self._shares: list[str] = []
        self._folder_is_ours = True
        self.setObjectName("unlock")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("victimcare")
        self._stops = Event()
        self.step, self.message, self.progress = Words("", "muted"), Message(closes=False, framed=False), ProgressLine()
        self._told.connect(self._tell)
        self.progress.cancelled.connect(self._stops.set)
        self.pages = QStackedWidget()
        for page in (self._begin_page(), self._vault_page(), self._shares_page()):
            self.pages.addWidget(page)
        self._lay_out()
        self._background.broke.connect(lambda kind: self._failed(Refused(f"Something went wrong ({kind}). No vault was made.", "Try once more.")))
        self._go(0)

    def make_vault(self) -> None:
        """Make the vault from what is typed, or say what is missing."""
        new = NewVault(self.folder.text().strip(), self.name.text().strip(), self.user.text().strip(), self.passphrase.text())
        missing = self._missing(new)
        if missing:
            self.message.say("info", missing)
            return
        self._set_busy(True)
        self._background.ask(self, partial(self._deeds.create, new), partial(self._created, new), failed=self._failed)

    def open_example(self) -> None:
        """Open the example vault, made from invented people; where it is made first, that can be stopped."""
        self._stops.clear()
        self._set_busy(True, "Opening the example. The first time it is made, which takes up to half a minute.")
        self.progress.tell(0, 0, MAKING_EXAMPLE)
        self.progress.setFocus()
        deed = partial(self._deeds.open_example, lambda _, done, total: self._told.emit(done, total), self._stops.is_set)
        self._background.ask(self, deed, self._example, failed=self._failed)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stops.set()
        self._forget()
        super().closeEvent(event)
        self._background.stop()

    def _lay_out(self) -> None:
        inside = QWidget()
        page, body, head = QVBoxLayout(self), QVBoxLayout(inside), QHBoxLayout()
        space(page, gap=0)
        space(body, 48, 32, 48, 24, gap=12)
        space(head, gap=12)
        mark, self.title = QLabel(), Words("", "title")
        icons.put(mark, "mark", "accent", 32)
        head.addWidget(mark)
        head.addWidget(self.title, 1)
        head.addWidget(self.step)
        body.addLayout(head)
        body.addWidget(self.pages, 1)
        body.addWidget(self.message)
        body.addWidget(self.progress)
        area = scrolling(inside, "Guide")
        page.addWidget(area)
        OnScreen(self, area, 600, 560)

    def _begin_page(self) -> QWidget:
        page, column = _page()
        column.addWidget(
            Words("Everything stays in a vault on this computer: one encrypted folder, opened by a passphrase. Nothing is sent anywhere.", wraps=True)
        )
        column.addWidget(Words("One vault belongs to one organisation.", "muted", wraps=True))
        self.start = Button("Make a vault", lambda: self._go(1), kind="primary")
        self.example = Button("Open the example", self.open_example)
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.example, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Words("The example holds a register of invented people, to try everything without harm.", "muted", wraps=True))
        column.addStretch(1)
        column.addWidget(Button("Back to unlocking", self.back_asked.emit, kind="flat"), 0, Qt.AlignmentFlag.AlignLeft)
        return page

    def _vault_page(self) -> QWidget:
        page, column = _page()
        self.name, self.folder, self.user = QLineEdit(), QLineEdit(), QLineEdit()
        self.passphrase, self.again = PassphraseBox("Passphrase"), PassphraseBox("Passphrase again")
        self.user.setPlaceholderText("A collar number or initials, such as PC 1182")
        self.name.setPlaceholderText("Your office, such as MSKU casework")
        self.choose = Button("Choose", self._choose_folder)
        self.advice = State(*advice("")[:2], "info", advice("")[2])
        where = QWidget()
        row = QHBoxLayout(where)
        space(row, gap=8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        form = Form(label_width=120)
        form.add("Organisation", self.name)
        form.add("Folder", where).setBuddy(self.folder)
        self.folder.setAccessibleName("Folder")
        form.add("Your user name", self.user)
        form.add("Passphrase", self.passphrase)
        form.add("Type it again", self.again)
        form.addRow("", self.advice)
        column.addLayout(form)
        column.addWidget(Words("You will be the first user and hold every role until you let others in.", "muted", wraps=True))
        column.addStretch(1)
        self.make_button = Button("Make the vault", self.make_vault, kind="primary")
        column.addLayout(beside(self.make_button, Button("Back", lambda: self._go(0))))
        for field in (self.name, self.folder, self.user, self.passphrase, self.again):
            field.returnPressed.connect(self.make_vault)
        self.name.textEdited.connect(self._propose_folder)
        self.folder.textEdited.connect(self._own_folder)
        self.passphrase.textChanged.connect(self._advise)
        return page

    def _shares_page(self) -> QWidget:
        page, column = _page()
        column.addWidget(Words(
            f"If every passphrase is lost, {RECOVERY[0]} of these {RECOVERY[1]} shares open the vault, and nothing else does. They are shown this once. "
            "Give each to another person you trust; none opens anything alone.", wraps=True))  # fmt: skip
        self.words = QTextBrowser()
        self.words.setAccessibleName("Recovery shares")
        self.save = Button("Save them as a PDF to print", self._print, icon="printer")
        self.written = QCheckBox("I have printed them or written them down")
        self.finish = Button("Open the vault", self._finish, kind="primary")
        self.finish.setEnabled(False)
        self.written.toggled.connect(self.finish.setEnabled)
        column.addWidget(self.words, 1)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.written)
        column.addLayout(beside(self.finish))
        return page

    def _go(self, place: int) -> None:
        self.message.put_away()
        self.pages.setCurrentIndex(place)
        self.title.setText(("Welcome", "A new vault", "Recovery shares")[place])
        self.step.setText(f"Step {place + 1} of 3")
        (self.start, self.name, self.save)[place].setFocus()

    def _missing(self, new: NewVault) -> str:
        if not new.name or not new.folder or not new.user:
            return "Give the organisation, a folder and your user name."
        if len(new.passphrase) < LEAST_LETTERS:
            return f"The passphrase needs at least {LEAST_LETTERS} letters."
        if new.passphrase != self.again.text():
            return "The two passphrases differ. Type both again."
        return ""

    def _created(self, new: NewVault, answer: tuple[Any, list[str]]) -> None:
        self._set_busy(False)
        vault, self._shares = answer
        self._made = (vault, new.folder, new.user)
        self.passphrase.clear()
        self.again.clear()
        self._settings.remember_vault(new.name, new.folder)
        self.words.setPlainText("\n\n".join(f"Share {at}\n{words}" for at, words in enumerate(self._shares, start=1)))
        self._go(2)

    def _tell(self, done: int, total: int) -> None:
        self.progress.tell(done, total, MAKING_EXAMPLE)

    def _example(self, vault: Any) -> None:
        self._set_busy(False)
        self.example_opened.emit(vault)

    def _print(self) -> None:
        file, _ = QFileDialog.getSaveFileName(self, "Save the shares as a PDF", str(self._home / "recovery-shares.pdf"), "PDF (*.pdf)")
        if file:
            done = partial(self.message.say, "safe", "The PDF is written. Print it, then delete the file: it is not encrypted.")
            self._background.ask(self, partial(self._deeds.print_shares, list(self._shares), file), lambda _: done(), failed=self.message.refuse)

    def _finish(self) -> None:
        if self._made is not None and self.written.isChecked():
            made = self._made
            self._forget()
            self.made.emit(*made)

    def _failed(self, refused: Refused) -> None:
        self._set_busy(False)
        if refused.code == STOPPED:
            self.message.say("info", "Stopped. No example was made.")
            self.example.setFocus()
        else:
            self.message.refuse(refused)

    def _advise(self, passphrase: str) -> None:
        icon, word, about = advice(passphrase)
        self.advice.show_state(icon, word, "safe" if icon == "tick" else "info", about)

    def _propose_folder(self, name: str) -> None:
        if self._folder_is_ours:
            kept = " ".join("".join(letter if letter.isalnum() or letter in "-_" else " " for letter in name).split())
            self.folder.setText(str(self._home / kept) if kept else "")

    def _own_folder(self, _: str) -> None:
        self._folder_is_ours = False

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Choose where the vault's folder goes", str(self._home))
        if folder:
            self.folder.setText(str(Path(folder) / (self.name.text().strip() or "vault")))
            self._folder_is_ours = False

    def _set_busy(self, is_busy: bool, words: str = "Making the vault. This takes a few seconds.") -> None:
        self.pages.setEnabled(not is_busy)
        if is_busy:
            self.message.say("info", words, word="Wait")
        else:
            self.message.put_away()
            self.progress.end()

    def _forget(self) -> None:
        """Take the shares and passphrases off the window."""
        self._shares = []
        self._made = None
        self.words.clear()
        self.passphrase.clear()
        self.again.clear()


def _page() -> tuple[QFrame, QVBoxLayout]:
    page = QFrame()
    column = QVBoxLayout(page)
    space(column, gap=12)
    return page, column
