"""After a full journey nothing of a person stands in any file the program wrote, nor in its log, in any encoding.

The only exceptions are files a person asked for by name; they are listed at the end and must be the only ones.
"""

from __future__ import annotations

import base64
import logging
import tempfile
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE, StandingClock
from tests.ui.conftest import dressed  # noqa: F401
from tests.ui.screens.given import Hands, settle
from victimcare.app.desk import Desk
from victimcare.casework.case_list import case_list
from victimcare.casework.offences import record_offence
from victimcare.cli.main import run_command
from victimcare.referrals.consent import record_consent
from victimcare.referrals.form import referral_form
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.referrals import frozen_copy, preview, send_printed
from victimcare.referrals.sharing import Asked, scope
from victimcare.store.backup import backup
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.documents import DocumentBox
from victimcare.ui.screens.case.e_mail import EmailBox
from victimcare.ui.screens.new_case import NewCaseScreen
from victimcare.ui.settings import Settings

NAME = "Quenzarelle"
PHONE = "07700 900941"
NOTE = "zyglothrope seen by the harbour"
OWN_WORDS = "never wrondelay by daylight"
HALF_TYPED = "vexambric half a note"
REGISTER_NAME = "Ostrolenkau"
DOCUMENT_NAME = "Quillenbarth"
DOCUMENT = "obliquentra signed before the notary"
MAILED = "mervantile platform at noon"
ATTACHED = "threnolith in the attachment"
CANARIES = (
    NAME,
    "7700900941",
    PHONE,
    "zyglothrope",
    "wrondelay",
    "vexambric",
    REGISTER_NAME,
    DOCUMENT_NAME,
    "obliquentra",
    "mervantile",
    "threnolith",
    PASSPHRASE,
)


def forms(text: str) -> Iterator[bytes]:
    """The text as a file might hold it: UTF-8, UTF-16, and base64 of each at any of the three alignments."""
    for plain in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
        yield plain
        for shift in range(3):
            # What stands before and after changes the ends of the base64, not its middle.
            inside = base64.b64encode(b"\0" * shift + plain)
            yield inside[4 if shift else 0 : len(inside) // 4 * 4 - 4]


def held_by(folder: Path) -> dict[str, set[str]]:
    """Which canaries stand in which file below `folder`."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            held = {canary for canary in CANARIES for form in forms(canary) if form in content or canary.casefold().encode() in content.lower()}
            if held:
                found[str(path.relative_to(folder))] = held
    return found


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home, a temporary folder and a log of everything at its most verbose, all below one folder that is searched."""
    folder = tmp_path / "machine"
    for name in ("home", "temporary"):
        (folder / name).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder / "home"))
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(folder / "home" / variable.lower()))
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "temporary"))
    monkeypatch.setenv("TMPDIR", str(folder / "temporary"))
    handler = logging.FileHandler(folder / "everything.log")
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in ("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "alembic"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield folder
    root.removeHandler(handler)
    root.setLevel(before)
    for name in ("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "alembic"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    handler.close()


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    for number, form in enumerate(forms(NAME)):
        (tmp_path / str(number)).write_bytes(b"before" + form + b"after")
    (tmp_path / "encoded").write_bytes(base64.b64encode(b"xx" + NAME.encode() + b"yy"))
    assert len(held_by(tmp_path)) == number + 2


def test_nothing_of_a_person_is_left_in_any_file(
    machine: Path, tmp_path: Path, new_vault: object, clock: StandingClock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = machine / "vault"
    vault: Vault = new_vault(folder)  # type: ignore[operator]
    desk = Desk(vault, Settings())
    qtbot.addWidget(desk.window)
    desk.window.show()
    qtbot.waitExposed(desk.window)
    hands = Hands(qtbot, desk.window, desk.work)
    case_id = new_person(desk, hands, qtbot)
    talk(desk, hands, case_id, qtbot)
    documents(desk, qtbot, tmp_path / "a stick")
    asked_for = machine / "asked for"
    asked_for.mkdir()
    refer(vault, case_id, asked_for / "form.pdf")
    backup(vault, asked_for / "office.vcbackup")
    # While the vault is open, its -wal and -shm are there to be searched.
    assert held_by(machine) == {}
    with qtbot.waitSignal(desk.locked, timeout=10_000):
        desk.window.lock()
    qtbot.waitUntil(lambda: vault._file_key == b"", timeout=10_000)
    register(folder, machine, monkeypatch)
    assert (machine / "everything.log").exists()
    # The register is the office's own file; rejects and form were asked for by name, and the form is compressed.
    assert held_by(machine).keys() == {"register.csv", "asked for/rejects.csv"}
    assert desk.window.windowTitle() == "victimcare"


def new_person(desk: Desk, hands: Hands, qtbot: QtBot) -> object:
    """Open a case by hand and find it by half its name."""
    desk.window.activateWindow()
    desk.window.go(Place("new_case"))
    settle(qtbot, desk.work)
    screen = desk.window.screen_shown
    assert isinstance(screen, NewCaseScreen)
    screen.source.set_value("NGO")
    screen.way.set_value("TEXT")
    screen.name.setFocus()
    hands.type(NAME)
    screen.phone.setFocus()
    hands.type(PHONE)
    hands.press("Ctrl+Return")
    with desk.vault.reading() as session:
        [case] = case_list(session)
    qtbot.waitUntil(lambda: [hit.case_id for hit in desk.people.find(NAME[:5])] == [case.id], timeout=5_000)
    return case.id


def talk(desk: Desk, hands: Hands, case_id: object, qtbot: QtBot) -> None:
    """Log a contact, leave a note half typed, ask for the number."""
    desk.window.go(Place("case", case_id))  # type: ignore[arg-type]
    settle(qtbot, desk.work)
    hands.press("L")
    hands.type(NOTE)
    hands.next()
    hands.type(OWN_WORDS)
    hands.press("Ctrl+Return")
    hands.press("L")
    hands.type(HALF_TYPED)
    hands.press("Escape")
    screen = desk.window.screen_shown
    assert screen is not None
    assert not screen.has_unsaved()


def documents(desk: Desk, qtbot: QtBot, stick: Path) -> None:
    """Keep a letter and an e-mail from a stick, and open the letter in memory; leave an e-mail half logged."""
    stick.mkdir()
    letter, mail, other = stick / f"{DOCUMENT_NAME}.txt", stick / "one.eml", stick / "two.eml"
    letter.write_text(DOCUMENT * 2_000)
    for path in (mail, other):
        made = EmailMessage()
        made["From"], made["To"], made["Date"] = "her@example.org", "office@example.org", "Mon, 23 Nov 2026 10:00:00 +0000"
        made.set_content(MAILED)
        made.add_attachment(ATTACHED.encode(), maintype="application", subtype="octet-stream", filename=f"{DOCUMENT_NAME}.bin")
        path.write_bytes(made.as_bytes())
    screen: Any = desk.window.screen_shown
    screen.documents.take([letter])
    qtbot.waitUntil(lambda: isinstance(screen.box, DocumentBox) and len(screen.box.files.files) == 1)
    screen.box.save()
    qtbot.waitUntil(lambda: screen.box is None, timeout=10_000)
    settle(qtbot, desk.work)
    screen.documents.take([mail])
    qtbot.waitUntil(lambda: isinstance(screen.box, EmailBox) and bool(screen.box.said.text()))
    screen.box.who.set_value("INBOUND")
    screen.box.save()
    qtbot.waitUntil(lambda: screen.box is None, timeout=10_000)
    settle(qtbot, desk.work)
    screen.documents.take([other])
    qtbot.waitUntil(lambda: isinstance(screen.box, EmailBox) and bool(screen.box.said.text()))
    screen.box.close_keeping()
    settle(qtbot, desk.work)
    assert len(screen.shown.file.documents) == 3
    screen.documents.open(next(row for row in screen.shown.file.documents if row.name == letter.name))
    qtbot.waitUntil(lambda: screen.documents.dialog is not None)
    assert DOCUMENT in screen.documents.dialog.text.toPlainText()


def refer(vault: Vault, case_id: object, paper: Path) -> None:
    """Refer to Bakhita House and write the form where it was asked for."""
    with vault.transaction() as session:
        record_offence(session, case_id=case_id, code="MSA_S2")  # type: ignore[arg-type]
        house = partner_ids(session)["CBH"]
        record_consent(
            session, case_id=case_id, partner_id=house, scope=scope(), form="WRITTEN", state="GIVEN", on=date(2026, 11, 24), told_support_is_not_tied=True,
        )  # type: ignore[arg-type]  # fmt: skip
        asked = Asked(case_id, house, services=("SAFE_HOUSE",), needs=NOTE)  # type: ignore[arg-type]
        referral = send_printed(session, asked, seen=preview(session, asked).text)
    with vault.reading(Reading.printed(case_id)) as session:  # type: ignore[arg-type]
        paper.write_bytes(referral_form(frozen_copy(session, referral)))


def register(folder: Path, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Import a register whose second row cannot be read, twice: once refused half way, once whole."""
    path = machine / "register.csv"
    path.write_text(f"Ref,Date received,First name,Family name,DOB\nR/1,03/01/2015,Anna,{REGISTER_NAME},31/02/1990\nR/2,14/02/2015,{REGISTER_NAME},B,\n")
    monkeypatch.setenv("VICTIMCARE_PASSPHRASE", PASSPHRASE)
    rejects = machine / "asked for" / "rejects.csv"
    rejects.parent.mkdir(exist_ok=True)
    assert run_command(["import", str(folder), str(path), "--user", "VLO 17", "--dry-run"]) == 0
    rejects.write_bytes(b"")
    assert run_command(["import", str(folder), str(path), "--user", "VLO 17", "--rejects", str(rejects)]) == 0
    rejects.write_text(REGISTER_NAME)
    assert run_command(["verify", str(folder), "--user", "VLO 17"]) == 0
