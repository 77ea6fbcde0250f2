"""Admin on a real vault: users, backups, checks, the drill, settings, the audit; and who sees which part."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.raw import raw, without_triggers
from tests.ui.screens.given import person, texts_of
from victimcare.casework.case_list import case_head
from victimcare.casework.office_rules import PLAN_CHECK, days_of
from victimcare.store import people
from victimcare.store.errors import InvitationFound, WrongPassphrase
from victimcare.store.members import Member, State
from victimcare.store.office_keys import office_public_keys
from victimcare.store.reading import Reading
from victimcare.store.recovering import recover, recovery_drill
from victimcare.store.recovery import SharesRefused, new_shares
from victimcare.store.rights import Role
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.screens.admin import AdminScreen
from victimcare.ui.screens.admin_part import AdminPart
from victimcare.ui.screens.admin_renew_shares import RenewSharesDialog
from victimcare.ui.settings import Settings
from victimcare.ui.style import Look
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

OWN = "another long passphrase"
WAIT = 20_000
Join = Callable[..., Member]


def admin_of(window: MainWindow) -> AdminScreen:
    window.add_screen("admin", AdminScreen, RailItem("Admin", "sliders", "Ctrl+9", at_foot=True))
    window.activateWindow()
    window.go(Place("admin"))
    screen = window.screen_shown
    assert isinstance(screen, AdminScreen)
    return screen


@pytest.fixture
def admin(window: MainWindow) -> AdminScreen:
    return admin_of(window)


@pytest.fixture
def join(vault: Vault, clock: StandingClock) -> Join:
    """`join(name, role)`: invited and signed in once; let in too unless `waits`."""

    def make(name: str, *roles: Role, waits: bool = False) -> Member:
        joined = Vault.join(vault.folder, name, people.invite(vault, name, frozenset(roles)), OWN, clock=clock)
        member = joined.member
        joined.close()
        if member.state is State.WAITING and not waits:
            people.approve(vault, member.id)
        return member

    return make


@pytest.fixture
def part(qtbot: QtBot, admin: AdminScreen) -> Callable[[str], AdminPart]:
    """`part(name)`: go there and wait until nothing is read any more."""

    def go(name: str) -> AdminPart:
        admin.frame.go(Place("admin", name))
        part = admin.part
        if name == "users":
            part.now = None
            part.open()
            qtbot.waitUntil(lambda: part.now is not None, timeout=WAIT)
        return part

    return go


def choose(users: AdminPart, name: str) -> None:
    users.table.choose(next(row.id for row in users.now.rows if row.member.name == name))


def click(widget: QWidget, words: str) -> None:
    next(one for one in widget.findChildren(QAbstractButton) if one.text() == words and one.isVisible() and one.isEnabled()).click()


def shown(users: AdminPart) -> list[str]:
    model = users.table.rows_model
    return [" | ".join(model.cell_text(row, at) for at in range(3)) for row in model.rows]


def rows_until(qtbot: QtBot, users: AdminPart, *rows: str) -> None:
    qtbot.waitUntil(lambda: set(rows) <= set(shown(users)), timeout=WAIT)


# Users


def test_the_list_says_who_may_do_what_and_who_waits(part: Callable[[str], AdminPart], join: Join, vault: Vault, clock: StandingClock) -> None:
    join("VLO 23", Role.CASEWORKER, waits=True)
    join("Analyst 2", Role.ANALYST)
    people.invite(vault, "VLO 31", frozenset({Role.ADMINISTRATOR}))
    users = part("users")
    assert shown(users) == [
        "VLO 23 | Waiting to be let in to cases | caseworker",
        "Analyst 2 | Can sign in | analyst",
        "VLO 17 | Can sign in | caseworker, supervisor, analyst, administrator",
        "VLO 31 | Invited, until 1 Dec 2026 | administrator",
    ]
    clock.forward(days=8)
    assert "VLO 31 | Over invited until 1 Dec 2026 | administrator" in shown(part("users"))


def test_one_user_who_holds_every_role_is_told_so_until_there_is_a_second(part: Callable[[str], AdminPart], join: Join) -> None:
    assert part("users").alone.isVisible()
    join("Analyst 2", Role.ANALYST)
    assert not part("users").alone.isVisible()


def test_an_invitations_code_is_shown_once_copied_and_works(qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault, clock: StandingClock) -> None:
    users = part("users")
    click(users.side, "Invite somebody")
    qtbot.keyClicks(users.side.name, "VLO 23")
    users.side.role_boxes.show_roles(frozenset({Role.ANALYST}))
    click(users.side, "Make the code")
    qtbot.waitUntil(users.side.code.isVisible, timeout=WAIT)
    code = users.side.code.text()
    click(users.side, "Copy")
    assert QGuiApplication.clipboard().text() == code
    click(users.side, "Done")
    assert code not in texts_of(users)
    joined = Vault.join(vault.folder, "VLO 23", code, OWN, clock=clock)
    assert joined.member.roles == frozenset({Role.ANALYST})
    joined.close()


def test_inviting_a_name_that_is_there_never_resets_that_user(
    qtbot: QtBot, part: Callable[[str], AdminPart], join: Join, vault: Vault, clock: StandingClock
) -> None:
    join("Analyst 2", Role.ANALYST)
    users = part("users")
    click(users.side, "Invite somebody")
    qtbot.keyClicks(users.side.name, "analyst  2")
    click(users.side, "Make the code")
    assert "of that name" in users.side.message.text()
    Vault.open(vault.folder, "Analyst 2", OWN, clock=clock).close()


def test_what_an_invitation_lacks_is_asked_for(part: Callable[[str], AdminPart]) -> None:
    side = part("users").side
    click(side, "Invite somebody")
    click(side, "Make the code")
    assert "name" in side.message.text()
    side.name.setText("VLO 23")
    side.role_boxes.show_roles(frozenset())
    click(side, "Make the code")
    assert "role" in side.message.text()


def test_a_forgotten_passphrase_gets_a_new_code_for_the_same_user(
    qtbot: QtBot, part: Callable[[str], AdminPart], join: Join, vault: Vault, clock: StandingClock
) -> None:
    before = join("VLO 23", Role.CASEWORKER)
    users = part("users")
    choose(users, "VLO 23")
    click(users.side, "New invitation")
    assert "old one stops working" in users.side.asking_words.text()
    click(users.side, "Make the code")
    qtbot.waitUntil(users.side.code.isVisible, timeout=WAIT)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.folder, "VLO 23", OWN, clock=clock)
    with pytest.raises(InvitationFound):
        Vault.open(vault.folder, "VLO 23", users.side.code.text(), clock=clock)
    again = vault.refresh_membership().by_name("VLO 23")
    assert again is not None
    assert again.id == before.id


@pytest.mark.parametrize(("words", "state"), [("Let in", State.ACTIVE), ("Not this person", State.REMOVED)])
def test_who_waits_is_let_in_or_not_after_comparing_words(
    qtbot: QtBot, part: Callable[[str], AdminPart], join: Join, vault: Vault, words: str, state: State
) -> None:
    newcomer = join("VLO 23", Role.CASEWORKER, waits=True)
    users = part("users")
    choose(users, "VLO 23")
    assert users.side.words.text() == " ".join(newcomer.words)
    click(users.side, words)
    if state is State.REMOVED:
        click(users.side, "Take it away")
    qtbot.waitUntil(lambda: vault.refresh_membership().members[newcomer.id].state is state, timeout=WAIT)
    qtbot.waitUntil(lambda: not users._doing, timeout=WAIT)


def test_roles_are_changed_and_a_new_caseworker_waits(qtbot: QtBot, part: Callable[[str], AdminPart], join: Join) -> None:
    join("Analyst 2", Role.ANALYST)
    users = part("users")
    choose(users, "Analyst 2")
    click(users.side, "Change roles")
    assert users.side.role_boxes.roles() == frozenset({Role.ANALYST})
    users.side.role_boxes.show_roles(frozenset({Role.ANALYST, Role.CASEWORKER}))
    click(users.side.form_page, "Change roles")
    rows_until(qtbot, users, "Analyst 2 | Waiting to be let in to cases | caseworker, analyst")


def test_the_last_caseworker_is_not_removed_and_it_is_said_where_it_was_asked(qtbot: QtBot, part: Callable[[str], AdminPart]) -> None:
    users = part("users")
    choose(users, "VLO 17")
    click(users.side, "Remove")
    click(users.side.asking_page, "Remove")
    qtbot.waitUntil(lambda: "last person who can open the cases" in users.side.message.text(), timeout=WAIT)
    assert shown(users)[0].startswith("VLO 17 | Can sign in")


def test_a_removal_waits_while_the_vault_is_open_elsewhere_and_is_finished_later(
    qtbot: QtBot, part: Callable[[str], AdminPart], join: Join, vault: Vault, clock: StandingClock
) -> None:
    join("VLO 23", Role.CASEWORKER)
    join("Analyst 2", Role.ANALYST)
    epoch = vault.header.epoch
    elsewhere = Vault.open(vault.folder, "Analyst 2", OWN, clock=clock)
    users = part("users")
    choose(users, "VLO 23")
    click(users.side, "Remove")
    click(users.side.asking_page, "Remove")
    qtbot.waitUntil(lambda: "needs it alone" in users.side.message.text(), timeout=WAIT)
    qtbot.waitUntil(lambda: users.side.step_one.accessibleName().startswith("Waits"), timeout=WAIT)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.folder, "VLO 23", OWN, clock=clock)
    assert vault.header.epoch == epoch
    assert users.due.isVisible()
    elsewhere.close()
    click(users.side, "Finish now")
    qtbot.waitUntil(lambda: not users.due.isVisible(), timeout=WAIT)
    assert vault.header.epoch == epoch + 1
    assert not people.casework_key_is_stale(vault)


def test_an_administrator_alone_sees_states_lets_nobody_in_and_no_name(
    qtbot: QtBot, vault: Vault, join: Join, clock: StandingClock, settings: Settings
) -> None:
    with vault.transaction() as session:
        person(session, "Żaneta Żołnierczyk")
    join("Admin 1", Role.ADMINISTRATOR)
    join("VLO 23", Role.CASEWORKER, waits=True)
    own = Vault.open(vault.folder, "Admin 1", OWN, clock=clock)
    work = Work(own)
    window = MainWindow(work, settings, vault_name="MSKU casework", vault_id="v1", user="Admin 1")
    qtbot.addWidget(window)
    window.show()
    screen = admin_of(window)
    assert list(screen.parts) == ["users", "backup", "check", "recovery", "office_keys", "settings", "audit"]
    users = screen.parts["users"]
    qtbot.waitUntil(lambda: users.now is not None, timeout=WAIT)
    choose(users, "VLO 23")
    assert "Waiting to be let in" in shown(users)[0]
    assert not users.side.let_in.isVisible()
    assert users.side.waits.isVisible()
    for name in screen.parts:
        window.go(Place("admin", name))
    qtbot.waitUntil(lambda: bool(screen.parts["audit"]._all), timeout=WAIT)
    assert "Żaneta" not in texts_of(window)
    work.stop()
    own.close()


def test_lock_takes_names_and_codes_off_the_page(qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault, window: MainWindow) -> None:
    users = part("users")
    people.invite(vault, "VLO 23", frozenset({Role.CASEWORKER}))
    users.side.show_code("VLO 23", "ABCD-EFGH-JKLM-NPQR")
    window.lock()
    assert "ABCD-EFGH" not in texts_of(users)
    assert users.table.rows_model.rowCount() == 0


# Backup, check, recovery, settings, audit


def test_a_backup_is_made_proved_and_tells_who_can_open_it(qtbot: QtBot, part: Callable[[str], AdminPart], join: Join, tmp_path: Path) -> None:
    join("Analyst 2", Role.ANALYST)
    backup = part("backup")
    qtbot.waitUntil(lambda: backup.newest.accessibleName().startswith("None yet"))
    backup.back_up(tmp_path / "office.vcbackup")
    qtbot.waitUntil(lambda: "Analyst 2 and VLO 17" in backup.who.text(), timeout=WAIT)
    assert (tmp_path / "office.vcbackup").stat().st_size > 10_000
    assert "everything in it verifies" in backup.frame.message.text()
    qtbot.waitUntil(lambda: backup.newest.accessibleName().startswith("24 Nov 2026"), timeout=WAIT)


def test_a_backup_into_the_vaults_own_folder_is_refused_with_what_to_do(qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault) -> None:
    backup = part("backup")
    backup.back_up(vault.folder / "office.vcbackup")
    qtbot.waitUntil(lambda: "Choose a folder outside the vault" in backup.frame.message.text(), timeout=WAIT)
    assert not list(vault.folder.glob("office*"))
    assert backup.make.isEnabled()


def test_a_backup_that_is_stopped_leaves_nothing(qtbot: QtBot, part: Callable[[str], AdminPart], tmp_path: Path) -> None:
    backup = part("backup")
    backup.back_up(tmp_path / "office.vcbackup")
    click(backup.progress, "Cancel")
    qtbot.waitUntil(lambda: "Stopped" in backup.frame.message.text(), timeout=WAIT)
    assert not list(tmp_path.glob("office*"))
    assert backup.make.isEnabled()


def test_who_was_removed_since_is_named_beside_an_old_backup(qtbot: QtBot, part: Callable[[str], AdminPart], join: Join, vault: Vault, tmp_path: Path) -> None:
    leaver = join("VLO 23", Role.CASEWORKER)
    backup = part("backup")
    backup.back_up(tmp_path / "old.vcbackup")
    qtbot.waitUntil(lambda: "VLO 23" in backup.who.text(), timeout=WAIT)
    people.remove(vault, leaver.id)
    backup.look_at(tmp_path / "old.vcbackup")
    qtbot.waitUntil(lambda: "Removed since, yet able to open this one: VLO 23" in backup.who.text(), timeout=WAIT)


def test_a_check_says_that_everything_holds_and_how_much_was_looked_at(qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault) -> None:
    with vault.transaction() as session:
        person(session)
    check = part("check")
    click(check, "Check everything")
    qtbot.waitUntil(lambda: check.checked is not None, timeout=WAIT)
    assert check.verdict.accessibleName().startswith("Everything holds")
    assert "4 seals opened" in check.looked_at.accessibleName()
    assert not check.table.isVisible()


def test_what_was_altered_is_listed_and_saved(qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault, tmp_path: Path) -> None:
    with vault.transaction() as session:
        case_id = person(session)
    with raw(vault) as connection:
        connection.execute('UPDATE "case" SET unit = ? WHERE id = ?', ("elsewhere", case_id.bytes))
    check = part("check")
    click(check, "Check everything")
    qtbot.waitUntil(lambda: check.checked is not None, timeout=WAIT)
    row = check.table.rows_model.rows[0]
    assert (row[0], row[1].table, row[1].row, row[1].kind) == (1, "case", case_id, "altered")
    file = tmp_path / "check.json"
    check.save_to(file)
    qtbot.waitUntil(file.exists, timeout=WAIT)
    assert json.loads(file.read_bytes())["findings"][0]["table"] == "case"


def test_the_drill_passes_with_enough_right_shares_only(qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault) -> None:
    shares = vault.test_shares  # type: ignore[attr-defined]
    recovery = part("recovery")
    qtbot.waitUntil(lambda: recovery.made.accessibleName().startswith("2 of 3"))
    click(recovery, "Try the shares")
    assert "Type the shares" in recovery.message.text()
    for typed, said in ((new_shares(2, 3)[1][:2], "another vault"), (shares[1:], "These shares open the vault")):
        for box, share in zip(recovery.shares.boxes, typed, strict=True):
            box.field.set_text(share)
        click(recovery, "Try the shares")
        qtbot.waitUntil(lambda said=said: said in recovery.message.text(), timeout=WAIT)  # type: ignore[misc]
    assert not any(word in texts_of(recovery) for word in shares[1].split() if len(word) > 7)


def shown_shares(dialog: RenewSharesDialog) -> list[str]:
    return [one.split("\n")[1] for one in dialog.shares.words.toPlainText().split("\n\n")]


def test_new_shares_are_shown_once_after_the_passphrase_and_the_old_ones_are_over(
    qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault, clock: StandingClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = vault.test_shares  # type: ignore[attr-defined]
    clock.forward(days=1)
    recovery = part("recovery")
    qtbot.waitUntil(lambda: recovery.recovery is not None, timeout=WAIT)
    click(recovery, "Make new shares")
    dialog = recovery.dialog
    click(dialog, "Make new shares")
    assert "Type your passphrase" in dialog.message.text()
    dialog.passphrase.setText("not the passphrase")
    click(dialog, "Make new shares")
    qtbot.waitUntil(lambda: "do not open" in dialog.message.text(), timeout=WAIT)
    recovery_drill(vault, old[:2])
    dialog.passphrase.setText(PASSPHRASE)
    click(dialog, "Make new shares")
    qtbot.waitUntil(lambda: bool(dialog.shares.shares), timeout=WAIT)
    new = shown_shares(dialog)
    assert len(new) == 3
    assert "no longer open this vault" in dialog.shares.how.text()
    assert PASSPHRASE not in texts_of(dialog)
    dialog.reject()
    assert dialog.isVisible()
    assert "shown only now" in dialog.message.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "shares.pdf"), ""))
    dialog.shares.save.click()
    qtbot.waitUntil((tmp_path / "shares.pdf").exists, timeout=WAIT)
    assert len(PdfReader(tmp_path / "shares.pdf").pages) == 3
    dialog.shares.written.click()
    click(dialog, "Done")
    qtbot.waitUntil(lambda: recovery.made.accessibleName().endswith("made 25 Nov 2026, 14:02"), timeout=WAIT)
    assert recovery.dialog is None
    assert not any(share in texts_of(recovery.frame) for share in new)
    recovery_drill(vault, new[1:])
    with pytest.raises(SharesRefused):
        recovery_drill(vault, old[:2])
    with pytest.raises(SharesRefused):
        recover(vault.folder, old[:2], user="PC 1182", passphrase=OWN, clock=clock)
    again, _ = recover(vault.folder, new[:2], user="PC 1182", passphrase=OWN, clock=clock)
    again.close()


def test_a_lock_takes_new_shares_off_the_screen(qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault) -> None:
    recovery = part("recovery")
    qtbot.waitUntil(lambda: recovery.recovery is not None, timeout=WAIT)
    click(recovery, "Make new shares")
    dialog = recovery.dialog
    dialog.passphrase.setText(PASSPHRASE)
    click(dialog, "Make new shares")
    qtbot.waitUntil(lambda: bool(dialog.shares.shares), timeout=WAIT)
    new = shown_shares(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    recovery.forget()
    assert not dialog.isVisible()
    assert not any(share in texts_of(dialog) for share in new)


# Office keys


def test_the_offices_public_keys_are_shown_copied_and_saved_for_a_partner(qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault, tmp_path: Path) -> None:
    with vault.reading() as session:
        known = office_public_keys(session)
    assert known is not None
    keys = part("office_keys")
    qtbot.waitUntil(lambda: keys.recipient.text() == known.recipient, timeout=WAIT)
    assert (keys.signer.text(), keys.fingerprint.text()) == (known.signer, known.fingerprint)
    assert "since 24 Nov 2026" in keys.since.accessibleName()
    click(keys, "Copy")
    assert QGuiApplication.clipboard().text().split("\n") == [known.recipient, known.signer, known.fingerprint, ""]
    file = tmp_path / "office-keys.pdf"
    keys.save_to(file)
    qtbot.waitUntil(file.exists, timeout=WAIT)
    (page,) = PdfReader(file).pages
    for words in (vault.name, known.recipient, known.signer, known.fingerprint, "24 Nov 2026"):
        assert words in page.extract_text()
    click(keys, "Print")
    qtbot.waitUntil(lambda: keys.dialog is not None, timeout=WAIT)
    printer = keys.dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    keys.dialog.accepted.emit(printer)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1
    assert "went to the printer" in texts_of(keys.frame)
    keys.dialog.close()
    assert "AGE-SECRET" not in texts_of(keys)


def test_a_vault_without_keys_says_when_they_are_made(qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault) -> None:
    with without_triggers(vault, "office_identity") as connection:
        connection.execute("DELETE FROM office_identity")
    keys = part("office_keys")
    qtbot.waitUntil(lambda: keys.since.accessibleName().startswith("None yet"), timeout=WAIT)
    assert "somebody who reads cases next opens it" in keys.since.accessibleName()
    assert not any(button.isEnabled() for button in keys.buttons)


# Settings


def test_settings_hold_at_once_and_after_a_restart(
    part: Callable[[str], AdminPart], window: MainWindow, settings: Settings, dressed: Look, tmp_path: Path
) -> None:
    settings.remember_vault("MSKU casework", "/somewhere")
    page = part("settings")
    assert "MSKU casework" in page.known.text()
    page.theme.set_value("dark")
    page.zoom.set_value(125)
    page.idle.set_value(5)
    assert (dressed.theme, dressed.zoom, window.locker.idle_seconds) == ("dark", 125, 300)
    page.recent.click()
    again = Settings(tmp_path / "settings")
    assert [again[name] for name in ("theme", "zoom", "idle_minutes", "recent_vaults_kept")] == ["dark", 125, 5, False]
    assert again.recent_vaults() == []
    assert page.known.text() == "None are kept."


def test_forgetting_the_recent_vaults_keeps_offering_new_ones(part: Callable[[str], AdminPart], settings: Settings) -> None:
    settings.remember_vault("MSKU casework", "/somewhere")
    page = part("settings")
    click(page, "Forget them")
    assert settings.recent_vaults() == []
    assert settings["recent_vaults_kept"] is True


def test_the_office_sets_after_how_many_days_a_plan_must_be_checked(qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault) -> None:
    page = part("settings")
    qtbot.waitUntil(page.plan_days.isEnabled)
    assert page.plan_days.value() == 28
    page.plan_days.set_value(14)

    def is_set() -> bool:
        with vault.reading() as session:
            return days_of(session, PLAN_CHECK) == 14

    qtbot.waitUntil(is_set)


def test_ones_own_passphrase_is_asked_for_from_settings(qtbot: QtBot, part: Callable[[str], AdminPart], window: MainWindow) -> None:
    page = part("settings")
    with qtbot.waitSignal(window.passphrase_asked):
        click(page, "Change passphrase")


def test_the_audit_is_listed_newest_first_narrowed_and_saved(qtbot: QtBot, part: Callable[[str], AdminPart], vault: Vault, tmp_path: Path) -> None:
    with vault.transaction("case opened") as session:
        case_id = person(session, "Ana Munteanu")
    with vault.reading(Reading.case(case_id)) as session:
        head = case_head(session, case_id)
    assert head is not None
    people.invite(vault, "VLO 23", frozenset({Role.CASEWORKER}))
    audit = part("audit")
    qtbot.waitUntil(lambda: bool(audit._all), timeout=WAIT)
    first = audit.table.rows_model.rows[0]
    assert (first.who, first.what) == ("VLO 17", "user invited")
    audit.finder.setText("vc-2026")
    assert {line.case for line in audit.table.rows_model.rows} == {head.reference}
    audit.finder.clear()
    file = tmp_path / "audit.csv"
    audit.save_to(file)
    qtbot.waitUntil(file.exists, timeout=WAIT)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["What"] for row in rows][-1] == "user invited"
    assert "Munteanu" not in file.read_text(encoding="utf-8-sig")


def test_a_place_that_cannot_be_written_is_said(qtbot: QtBot, part: Callable[[str], AdminPart], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = part("audit")
    qtbot.waitUntil(lambda: bool(audit._all), timeout=WAIT)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "audit.csv"), ""))
    click(audit, "Save as CSV")
    qtbot.waitUntil(lambda: "no such folder" in audit.frame.message.text(), timeout=WAIT)


# All of it


def test_keys_go_from_part_to_part(admin: AdminScreen) -> None:
    keys = admin.keys()
    assert [key.keys for key in keys] == ["1", "2", "3", "4", "5", "6", "7"]
    for key in keys:
        assert key.run is not None
        key.run()
        assert admin.part.heading == key.words


def test_everything_that_takes_the_keyboard_has_a_name(admin: AdminScreen) -> None:
    for widget in admin.findChildren(QWidget):
        if (
            widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not isinstance(widget, QLabel)
            and not isinstance(widget.parent(), QComboBox | QListView)
            and not widget.objectName().startswith("qt_")
        ):
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_at_twice_the_size_every_part_keeps_within_the_window(admin: AdminScreen, dressed: Look, window: MainWindow) -> None:
    dressed.set_zoom(200)
    for name in admin.parts:
        window.go(Place("admin", name))
        assert admin.minimumSizeHint().width() <= 1366 - 96
