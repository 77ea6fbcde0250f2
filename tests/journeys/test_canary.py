"""After a full journey nothing of a person stands in any file the program wrote, nor in its log, in any encoding.

The only exceptions are files a person asked for by name; they are listed at the end and must be the only ones.
"""

from __future__ import annotations

import base64
import logging
import tempfile
from collections.abc import Iterator
from datetime import date, time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.test_people import CASEWORKER, joined
from tests.ui.conftest import dressed  # noqa: F401
from tests.ui.screens.given import Hands, settle, texts_of
from victimcare.app.desk import Desk
from victimcare.casework.approvals import ask_approval
from victimcare.casework.case_list import case_list
from victimcare.casework.cases import open_case
from victimcare.casework.cover import covers_now
from victimcare.casework.offences import record_offence
from victimcare.casework.snoozes import my_snoozes
from victimcare.cli.main import run_command
from victimcare.referrals.consent import record_consent
from victimcare.referrals.form import referral_form
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.referrals import frozen_copy, preview, send_printed
from victimcare.referrals.sharing import Asked, scope
from victimcare.store import people
from victimcare.store.backup import backup
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.admin_danger import DangerSteps
from victimcare.ui.screens.case.documents import DocumentBox
from victimcare.ui.screens.case.e_mail import EmailBox
from victimcare.ui.screens.case.numbers_around import NumbersAround
from victimcare.ui.screens.new_case import NewCaseScreen
from victimcare.ui.screens.today_rows import TodayRow
from victimcare.ui.settings import Settings
from victimcare.ui.widgets.note_box import NoteBox

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
TYPED: dict[str, str] = {}
"""What was typed into boxes, each a word that occurs nowhere else, by where."""


def word(where: str) -> str:
    """A word for one field of one box."""
    return TYPED.setdefault(where, f"xq{where.replace(' ', '')}zv")


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
            held = {
                canary for canary in (*CANARIES, *TYPED.values()) for form in forms(canary) if form in content or canary.casefold().encode() in content.lower()
            }
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


def told_by_widgets() -> str:
    """Every text that any widget of the program holds, shows, offers or tells a screen reader, gone windows included, and the clipboard."""
    told = [QApplication.clipboard().text()]
    for widget in QApplication.allWidgets():
        told.append(texts_of_one(widget))
        told += [f"{action.text()}\n{action.toolTip()}\n{action.statusTip()}" for action in widget.actions()]
        models = [widget.model()] if isinstance(widget, QAbstractItemView | QComboBox) else []
        if isinstance(widget, QLineEdit) and widget.completer() is not None:
            models.append(widget.completer().model())
        told += [text for model in models if model is not None for text in held_by_model(model)]
    return "\n".join(told)


def texts_of_one(widget: QWidget) -> str:
    names = ("text", "toPlainText", "accessibleName", "accessibleDescription", "toolTip", "whatsThis", "placeholderText", "currentText", "windowTitle")
    values = [get() for name in names if callable(get := getattr(widget, name, None))]
    return "\n".join(value for value in values if isinstance(value, str))


def held_by_model(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount(QModelIndex())):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.UserRole):
                yield str(model.index(row, column).data(role))


def still_told(told: str) -> list[str]:
    return [canary for canary in (*CANARIES, *TYPED.values()) if canary.casefold() in told.casefold()]


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
    with_colleague(vault, clock)
    boxes(desk, qtbot, asked_for)
    around(desk, qtbot)
    office(desk, qtbot)
    supervised(desk, qtbot)
    assert len(TYPED) >= 45
    refer(vault, case_id, asked_for / "form.pdf")
    backup(vault, asked_for / "office.vcbackup")
    # While the vault is open, its -wal and -shm are there to be searched.
    assert held_by(machine) == {}
    with qtbot.waitSignal(desk.locked, timeout=10_000):
        desk.window.lock()
    qtbot.waitUntil(lambda: vault._file_key == b"", timeout=10_000)
    register(folder, machine, monkeypatch)
    assert (machine / "everything.log").exists()
    QApplication.processEvents()
    assert still_told(told_by_widgets()) == []
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


def fill(desk: Desk, qtbot: QtBot, form: str, **values: Any) -> None:
    """Open a box of the case that is shown, fill in its fields and save it. True stands for a word of its own."""
    screen: Any = desk.window.screen_shown
    screen.open_box(form)
    box = screen.box
    settle(qtbot, desk.work)
    put(box, form.partition(" ")[0], values)
    box.save()
    qtbot.waitUntil(lambda: screen.box is not box or box.message.text() != "", timeout=10_000)
    assert screen.box is not box, (form, box.message.text())
    settle(qtbot, desk.work)


def put(box: Any, form: str, values: dict[str, Any]) -> None:
    for name, value in values.items():
        field = box._fields[name]
        given = word(f"{form} {name}") if value is True and isinstance(field, NoteBox | QLineEdit) else value
        setter = next(name for name in ("set_text", "set_value", "setChecked", "setText") if hasattr(field, name))
        getattr(field, setter)(given)


def with_colleague(vault: Vault, clock: StandingClock) -> None:
    """Somebody to hand over to, and a second case to link to."""
    colleague = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, colleague.member.id)
    vault.refresh_membership()
    colleague.close()
    with vault.transaction() as session:
        open_case(session, received_on=date(2026, 3, 3), source="DIRECT_REPORT")


def boxes(desk: Desk, qtbot: QtBot, asked_for: Path) -> None:
    """Type something into every box of the case that takes words, save it, and put a paper of it out."""
    screen: Any = desk.window.screen_shown
    day = date(2026, 11, 24)
    fill(desk, qtbot, "risk", level="HIGH", words=True, plan=True, review_on=day)
    fill(desk, qtbot, "offer", code="TRAVEL", detail=True, response="ACCEPT", regardless="YES")
    fill(desk, qtbot, "appointment", on=date(2026, 11, 26), at=time(11), place=True, who_comes=True, purpose=True)
    fill(desk, qtbot, "task", what=True, due_on=day)
    fill(desk, qtbot, "link", other="VC-2026-0002", kind="FAMILY", must_not_know="YES", words=True)
    fill(desk, qtbot, "stance", code="UNDECIDED", words=True)
    fill(desk, qtbot, "barrier", code="FAMILY_ABROAD", words=True)
    fill(desk, qtbot, "number", kind="EMAIL", value=True, label=True)
    fill(desk, qtbot, "plan", summary=True, must_not_know=True, code_word=True)
    fill(desk, qtbot, "person", given_names=True, family_name=True, aliases=True)
    fill(desk, qtbot, "entitlement", level="STANDARD", why=True)
    fill(desk, qtbot, "measure", measure="S23", status="DISCUSSED", words=True)
    fill(desk, qtbot, "justice", stage="REFERRED", words=True)
    fill(desk, qtbot, "deadline", what="NEW", rule="VC_CHARGE", event_on=date(2026, 11, 23))
    fill(desk, qtbot, f"deadline {screen.shown.file.deadlines[0].id}", on=day, told=True, understood="YES", understood_words=True)
    fill(desk, qtbot, f"appointment_outcome {screen.shown.file.appointments[0].id}", status="CANCELLED_US", outcome=True)
    fill(desk, qtbot, f"sensitivity {screen.shown.file.documents[0].id}", code="THIRD_PARTY", description=True)
    fill(desk, qtbot, f"withdraw {screen.shown.file.risk_reviews[0].id}", reason="MUST_NOT_BE_HELD", why=True)
    fill(desk, qtbot, "retention", category="NGO_SUPPORT", review_on=day, why=True)
    fill(desk, qtbot, "hand_over", to="NOBODY", why=True)
    fill(desk, qtbot, "hand_over", to=next(str(one) for one, name in screen.shown.file.workers.items() if name == "VLO 17"), why=True)
    fill(desk, qtbot, "close", reason="SUPPORT_ENDED", why=True)
    fill(desk, qtbot, "reopen", why=True)
    screen.open_box("case_file")
    box = screen.box
    put(box, "case_file", {"how": "FILE", "recipient": True})
    box.save()
    qtbot.waitUntil(lambda: box.dialog is not None)
    box.dialog.fileSelected.emit(str(asked_for / "file.pdf"))
    box.dialog.close()
    qtbot.waitUntil(lambda: screen.box is None, timeout=10_000)
    settle(qtbot, desk.work)
    screen.open_box("task")
    put(screen.box, "half", {"what": True})
    screen.box.close_keeping()
    settle(qtbot, desk.work)


def around(desk: Desk, qtbot: QtBot) -> None:
    """Somebody around the person with a number: in no widget before it is asked for, nor after."""
    screen: Any = desk.window.screen_shown
    fill(desk, qtbot, "around", role="SOLICITOR", name=True, may_be_told=True, must_not_be_told=True, note=True, kind="EMAIL", number=True)
    number = word("around number")
    screen.open_box(f"around {screen.shown.file.people_around[0].id}")
    settle(qtbot, desk.work)
    assert number not in told_by_widgets()
    shown = screen.box.findChild(NumbersAround)
    shown.ask()
    qtbot.waitUntil(lambda: number in texts_of(shown))
    screen.box.close_keeping()
    settle(qtbot, desk.work)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert number not in told_by_widgets()


def supervised(desk: Desk, qtbot: QtBot) -> None:
    """A request and its answer, then the case is shut to all others."""
    screen: Any = desk.window.screen_shown
    with desk.vault.transaction() as session:
        asked = ask_approval(session, case_id=screen.case_id, kind="RESTRICT", why=word("approval why"))
    qtbot.waitUntil(lambda: bool(screen.shown.file.approvals))
    fill(desk, qtbot, f"decide {asked}", answer="GIVEN", why=True)
    fill(desk, qtbot, "restrict", why=True)


def office(desk: Desk, qtbot: QtBot) -> None:
    """The office's own steps for danger, a task of the office, a line put off, a Today handed over."""
    window: Any = desk.window
    case = window.screen_shown.case_id
    window.go(Place("admin", "settings"))
    settle(qtbot, desk.work)
    danger = window.findChild(DangerSteps)
    danger.rows[0].what.set_text(word("danger what"))
    danger.rows[0].number.setText(word("danger number"))
    danger.save()
    settle(qtbot, desk.work)
    window.danger_now()
    settle(qtbot, desk.work)
    assert word("danger number") in texts_of(window)
    window.go(Place("tasks"))
    settle(qtbot, desk.work)
    box = window.screen_shown.new_box
    window.screen_shown.new()
    settle(qtbot, desk.work)
    put(box, "office task", {"what": True})
    box.save()
    settle(qtbot, desk.work)
    window.go(Place("today"))
    settle(qtbot, desk.work)
    today = window.screen_shown
    qtbot.waitUntil(lambda: any(isinstance(row, TodayRow) and row.line.kind == "TASK" for row in today.table.rows_model.rows))
    today._put_off(next(row for row in today.table.rows_model.rows if isinstance(row, TodayRow) and row.line.kind == "TASK"))
    settle(qtbot, desk.work)
    put(today.put_off, "put_off", {"why": True})
    today.put_off.save()
    settle(qtbot, desk.work)
    today.cover.box.start_giving(date(2026, 11, 24))
    settle(qtbot, desk.work)
    put(today.cover.box, "cover", {"by": str(next(one.id for one in desk.vault.membership.members.values() if one.name == "VLO 23")), "note": True})
    today.cover.box.save()
    settle(qtbot, desk.work)
    with desk.vault.reading() as session:
        assert (len(my_snoozes(session)), len(covers_now(session))) == (1, 1)
    window.go(Place("case", case))
    settle(qtbot, desk.work)


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
