"""Three people and one vault, through the windows: invited, let in, kept out, removed; and the vault opened again with shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.conftest import dressed, settings  # noqa: F401
from tests.ui.screens.given import person
from victimcare.app.entrance import Entrance
from victimcare.store.errors import NoKey
from victimcare.store.reading import Reading
from victimcare.store.rights import Role
from victimcare.store.tables import DataKey, KeyGrant, Sealed
from victimcare.store.vault import Vault
from victimcare.ui.first_run import FirstRun
from victimcare.ui.joining import JoinWindow, WaitingWindow
from victimcare.ui.navigation import Place
from victimcare.ui.passphrase_dialog import PassphraseDialog
from victimcare.ui.recovering import RecoverWindow
from victimcare.ui.screens.admin import AdminScreen
from victimcare.ui.screens.admin_users import UsersPart
from victimcare.ui.settings import Settings
from victimcare.ui.unlock import UnlockWindow

FOUNDER, CASEWORKER, ANALYST = "PC 1182", "VLO 23", "Analyst 2"
OLD, NEW, LAST = "four grey boats at dusk", "seven slow trains at noon", "nine kind owls at dawn"
NAME = "Żaneta Żołnierczyk"
WAIT = 20_000


class Seat:
    """One person's computer: what its windows show, and clicks on them."""

    def __init__(self, qtbot: QtBot, settings: Settings) -> None:  # noqa: F811
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.qtbot, self.entrance = qtbot, Entrance(settings, application)

    @property
    def shown(self) -> Any:
        return self.entrance.window

    @property
    def vault(self) -> Vault:
        return self.entrance.desk.vault

    def until(self, kind: type[QWidget]) -> Any:
        """Wait until a window of this kind is shown."""
        self.qtbot.waitUntil(lambda: isinstance(self.shown, kind), timeout=WAIT)
        return self.shown

    def sign_in(self, folder: Path, user: str, secret: str) -> None:
        if not isinstance(self.shown, UnlockWindow):
            self.entrance.unlock(str(folder))
        self.shown.add_vault(folder.name, str(folder))
        self.shown.user.setText(user)
        self.shown.passphrase.setText(secret)
        self.shown.unlock()

    def choose_passphrase(self, passphrase: str) -> None:
        window = self.until(JoinWindow)
        window.passphrase.first.setText(passphrase)
        window.passphrase.again.setText(passphrase)
        window.button.click()

    def until_at_work(self) -> None:
        self.qtbot.waitUntil(lambda: self.entrance.desk is not None and self.shown is self.entrance.desk.window, timeout=WAIT)

    def users(self) -> UsersPart:
        """The list of users, read anew."""
        self.shown.go(Place("admin", "users"))
        screen = self.shown.screen_shown
        assert isinstance(screen, AdminScreen)
        part = screen.parts["users"]
        assert isinstance(part, UsersPart)
        part.now = None
        part.open()
        self.qtbot.waitUntil(lambda: part.now is not None, timeout=WAIT)
        return part

    def lock(self) -> None:
        vault = self.vault
        self.shown.lock("asked")
        self.until(UnlockWindow)
        self.qtbot.waitUntil(lambda: vault.presence._mine is None, timeout=WAIT)

    def leave(self) -> None:
        if self.entrance.desk is not None:
            self.lock()
        if self.shown is not None:
            self.shown.close()


def click(widget: QWidget, words: str) -> None:
    """Press the button with these words, as it is shown."""
    next(one for one in widget.findChildren(QAbstractButton) if one.text() == words and one.isVisible() and one.isEnabled()).click()


@pytest.fixture
def open_as_well(qapp: QApplication) -> Iterator[None]:
    """Whoever opens a vault that another has open is asked; here all answer "Open as well"."""
    timer = QTimer(interval=20)

    def answer() -> None:
        # Not the active one: what another test left open would then be asked for ever.
        for box in (one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()):
            next(one for one in box.buttons() if one.text() == "Open as well").click()

    timer.timeout.connect(answer)
    timer.start()
    yield
    timer.stop()


@pytest.fixture
def seats(qtbot: QtBot, tmp_path: Path) -> Iterator[list[Seat]]:
    made = [Seat(qtbot, Settings(tmp_path / f"settings-{number}")) for number in range(3)]
    yield made
    for seat in made:
        seat.leave()


def found_a_vault(seat: Seat, folder: Path) -> list[str]:
    """The guide of the first start; answers the recovery shares it showed."""
    seat.entrance.show()
    guide = seat.until(FirstRun)
    guide.start.click()
    for field, text in ((guide.name, "MSKU casework"), (guide.user, FOUNDER), (guide.passphrase, OLD), (guide.again, OLD)):
        field.setText(text)
    guide.folder.setText(str(folder))
    guide.make_button.click()
    seat.qtbot.waitUntil(lambda: guide.step.text() == "Step 3 of 3", timeout=WAIT)
    shares = [part.split("\n", 1)[1] for part in guide.words.toPlainText().split("\n\n")]
    guide.written.click()
    guide.finish.click()
    seat.until_at_work()
    return shares


def invite(seat: Seat, name: str, role: Role) -> str:
    side = seat.users().side
    side.invite.click()
    side.name.setText(name)
    side.role_boxes.show_roles(frozenset({role}))
    side.save.click()
    seat.qtbot.waitUntil(lambda: side.code.text() != "" and side.code.isVisible(), timeout=WAIT)
    code = side.code.text()
    click(side, "Done")
    assert side.code.text() == ""
    return code


def let_in(seat: Seat, name: str, words: str) -> None:
    users = seat.users()
    users.table.choose(next(row.id for row in users.now.rows if row.member.name == name))  # type: ignore[union-attr]
    assert users.side.words.text() == words
    click(users.side, "Let in")


def remove(seat: Seat, name: str) -> UsersPart:
    users = seat.users()
    users.table.choose(next(row.id for row in users.now.rows if row.member.name == name))  # type: ignore[union-attr]
    click(users.side, "Remove")
    assert "Step 1, now" in users.side.asking_words.text()
    assert "Step 2" in users.side.asking_words.text()
    click(users.side.asking_page, "Remove")
    seat.qtbot.waitUntil(lambda: users.side.step_one.isVisible() and not users._doing, timeout=WAIT)
    users.now = None
    users.open()
    seat.qtbot.waitUntil(lambda: users.now is not None, timeout=WAIT)
    return users


def unlockable_by(vault: Vault, folder: Path) -> tuple[int, int]:
    """How many sealed rows there are, and how many of them this member's keys open, each tried by every grant there is."""
    opened = 0
    with vault.reading(Reading.names()) as session:
        rows = session.connection().execute(select(Sealed.id, Sealed.key_id)).all()
        grants = session.connection().execute(select(KeyGrant.key_id, KeyGrant.holder, KeyGrant.wrapped)).all()
        cases = set(session.connection().scalars(select(DataKey.case_id)))
        for row in rows:
            ways = [one for one in grants if one.key_id == row.key_id]
            assert ways
            keys = [vault.keyring.unwrapped(one.key_id, one.holder, one.wrapped) for one in ways]
            opened += any(key is not None for key in keys) or bool(session.sealed([row.id]))
        for case in cases:
            if vault.keyring.holds_casework:
                continue
            with pytest.raises(NoKey):
                vault.keyring.current(session.connection(), case)
    return len(rows), opened


def name_shown(seat: Seat) -> str:
    """The name of the one case, as the desk knows it; empty while it is not read, or may not be."""
    with seat.vault.reading() as session:
        case_id = session.connection().scalar(select(DataKey.case_id).where(DataKey.case_id.is_not(None)))
    return seat.entrance.desk.people.name(case_id) if case_id is not None else ""


@pytest.mark.usefixtures("open_as_well", "dressed")
def test_three_users_one_vault(qtbot: QtBot, seats: list[Seat], tmp_path: Path) -> None:
    founder, caseworker, analyst = seats
    folder = tmp_path / "MSKU casework"

    shares = found_a_vault(founder, folder)
    with founder.vault.transaction() as session:
        person(session, NAME)
    users = founder.users()
    assert users.alone.isVisible()

    code, other_code = invite(founder, CASEWORKER, Role.CASEWORKER), invite(founder, ANALYST, Role.ANALYST)

    # The caseworker joins and waits; the same six words stand on both screens.
    caseworker.sign_in(folder, CASEWORKER, code)
    caseworker.choose_passphrase(OLD)
    waiting = caseworker.until(WaitingWindow)
    words = waiting.words.text()
    assert len(words.split()) == 6
    let_in(founder, CASEWORKER, words)
    caseworker.until_at_work()
    qtbot.waitUntil(lambda: name_shown(caseworker) == NAME, timeout=WAIT)
    assert not founder.users().alone.isVisible()

    # The analyst comes in at once, finds no Cases, and opens nothing.
    analyst.sign_in(folder, ANALYST, other_code)
    analyst.choose_passphrase(OLD)
    analyst.until_at_work()
    assert {"today", "cases", "referrals"}.isdisjoint(analyst.shown.rail._buttons)
    analyst.shown.go(Place("admin"))
    assert list(analyst.shown.screen_shown.parts) == ["settings"]
    sealed, opened = unlockable_by(analyst.vault, folder)
    assert sealed >= 3
    assert opened == 0
    assert unlockable_by(caseworker.vault, folder) == (sealed, sealed)
    assert name_shown(analyst) == ""

    # The caseworker changes the passphrase; only the new one opens from then on.
    caseworker.shown.passphrase_asked.emit()
    dialog = caseworker.shown.findChild(PassphraseDialog)
    dialog.old.setText(OLD)
    dialog.new.first.setText(NEW)
    dialog.new.again.setText(NEW)
    with qtbot.waitSignal(dialog.changed, timeout=WAIT):
        dialog.button.click()
    caseworker.lock()
    caseworker.sign_in(folder, CASEWORKER, OLD)
    qtbot.waitUntil(lambda: "do not open this vault" in caseworker.shown.message.text(), timeout=WAIT)
    caseworker.sign_in(folder, CASEWORKER, NEW)
    caseworker.until_at_work()
    caseworker.lock()
    analyst.lock()

    # Removal, in its two steps: with nobody else in the vault both are done at once.
    users = remove(founder, CASEWORKER)
    assert users.side.step_one.accessibleName() == "Done. They can no longer sign in, and the file has a new key."
    assert users.side.step_two.accessibleName() == "Done. The casework key is renewed."
    assert not users.due.isVisible()
    caseworker.sign_in(folder, CASEWORKER, NEW)
    qtbot.waitUntil(lambda: "do not open this vault" in caseworker.shown.message.text(), timeout=WAIT)
    founder.lock()

    # Every passphrase is forgotten: two of three shares open it for a new user, and new shares replace them.
    click(founder.shown, "Use recovery shares")
    window = founder.until(RecoverWindow)
    for box, share in zip(window.shares.boxes, (shares[0], shares[2]), strict=True):
        box.field.set_text(share)
    window.user.setText("PC 77")
    window.passphrase.first.setText(LAST)
    window.passphrase.again.setText(LAST)
    window.recover_button.click()
    qtbot.waitUntil(lambda: window.pages.currentIndex() == 1, timeout=WAIT)
    assert shares[0] not in window.new.words.toPlainText()
    window.new.written.click()
    window.finish.click()
    founder.until_at_work()
    assert founder.shown.user == "PC 77"
    qtbot.waitUntil(lambda: name_shown(founder) == NAME, timeout=WAIT)
    assert unlockable_by(founder.vault, folder) == (sealed, sealed)
