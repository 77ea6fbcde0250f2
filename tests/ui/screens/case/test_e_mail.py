"""An e-mail dropped on the case: a contact to look over, its attachments kept with it in one change, nothing lost on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.screens.case.test_documents import drop, kept
from tests.ui.screens.given import Hands, person, settle
from victimcare.casework.contacts import contacts_of
from victimcare.casework.documents import documents_of
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.documents import DocumentBox
from victimcare.ui.screens.case.e_mail import EmailBox
from victimcare.ui.screens.case.log_contact import LogContactBox
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.work import Work

PASSPORT = b"%PDF-1.4 a passport \xff\0"


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session)


def eml(path: Path, text: str = "I can meet on Friday.", date: str = "Mon, 23 Nov 2026 18:40:00 +0000", attached: tuple[tuple[str, bytes], ...] = (("passport.pdf", PASSPORT),)) -> Path:  # fmt: skip
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ana <ana@example.org>", "vlo17@office.example", "Friday"
    if date:
        made["Date"] = date
    made.set_content(text)
    made.add_alternative(f"<p>{text}</p><script>run()</script>", subtype="html")
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    path.write_bytes(made.as_bytes())
    return path


def box_of(qtbot: QtBot, screen: CaseScreen) -> EmailBox:
    qtbot.waitUntil(lambda: isinstance(screen.box, EmailBox) and bool(screen.box.said.text() or screen.box.message.text()))
    assert isinstance(screen.box, EmailBox)
    return screen.box


def contacts(vault: Vault, case_id: UUID):  # type: ignore[no-untyped-def]
    with vault.reading(Reading.case(case_id)) as session:
        return contacts_of(session, case_id), documents_of(session, case_id)


def test_a_dropped_e_mail_becomes_a_contact_with_its_attachments(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, hands: Hands, qtbot: QtBot, work: Work, tmp_path: Path
) -> None:
    path = eml(tmp_path / "Friday.eml")
    screen = show(Place("case", ana))
    drop(screen, path)
    box = box_of(qtbot, screen)
    assert box.said.text() == "Subject: Friday\n\nI can meet on Friday."
    assert box.from_to.text() == "from Ana <ana@example.org>, to vlo17@office.example"
    hands.press("Ctrl+Return")
    assert "who wrote" in box.message.text()
    visited = []
    for _ in range(20):
        here = QApplication.focusWidget()
        visited.append(here.accessibleName() or here.text())
        hands.next()
    assert visited[:4] == ["Who wrote", "Keep the e-mail itself as a document too", "Close this message", "Log e-mail"]  # asked last, under all else
    box.who.setFocus()
    hands.type("they")
    hands.press("Ctrl+Return")
    settle(qtbot, work)
    [contact], documents = contacts(vault, ana)
    assert (contact.channel, contact.direction, contact.at) == ("EMAIL", "INBOUND", datetime(2026, 11, 23, 18, 40, tzinfo=UTC))
    assert (contact.said, contact.is_achieved, contact.outcome) == ("Subject: Friday\n\nI can meet on Friday.", True, "SPOKEN")
    assert {(row.name, row.kind, row.contact_id) for row in documents} == {("passport.pdf", "PDF", contact.id), ("Friday.eml", "MAIL", contact.id)}
    assert kept(vault, ana) == {"passport.pdf": PASSPORT, "Friday.eml": path.read_bytes()}
    assert screen.box is None


def test_dropped_on_an_open_contact_box_what_was_typed_there_stays_as_a_draft(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path
) -> None:
    screen = show(Place("case", ana))
    screen.open_box("contact")
    assert isinstance(screen.box, LogContactBox)
    screen.box.said.set_text("half a note")
    drop(screen.box.said, eml(tmp_path / "Friday.eml"))
    box = box_of(qtbot, screen)
    box.who.set_value("OUTBOUND")
    box.keeps_whole.setChecked(False)
    box.save()
    settle(qtbot, work)
    [contact], documents = contacts(vault, ana)
    assert (contact.direction, contact.outcome, contact.is_achieved) == ("OUTBOUND", "DELIVERED", False)
    assert [row.name for row in documents] == ["passport.pdf"]
    screen.open_box("contact")
    assert screen.box.said.text() == "half a note"


def test_a_day_in_the_future_and_one_that_cannot_be_read_are_asked_for(vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("case", ana))
    drop(screen, eml(tmp_path / "later.eml", date="Mon, 30 Nov 2026 18:40:00 +0000"))
    box = box_of(qtbot, screen)
    box.who.set_value("INBOUND")
    box.save()
    assert "written in the future" in box.message.text()
    box.discard()
    settle(qtbot, work)
    drop(screen, eml(tmp_path / "never.eml", date=""))
    box = box_of(qtbot, screen)
    assert "It says no day" in box.message.text()
    box.who.set_value("INBOUND")
    box.save()
    settle(qtbot, work)
    assert "Give the day it happened." in box.message.text()
    assert contacts(vault, ana) == ((), ())


def test_after_a_kill_the_draft_comes_back_and_reads_its_attachments_again(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path
) -> None:
    path = eml(tmp_path / "Friday.eml")
    screen = show(Place("case", ana))
    drop(screen, path)
    box = box_of(qtbot, screen)
    box.view.set_text("sounds well")
    box.who.set_value("INBOUND")
    box.keep()
    settle(qtbot, work)
    screen.forget()  # the program ends here: only what is in the vault stays
    show(Place("cases"))
    screen = show(Place("case", ana))
    box = box_of(qtbot, screen)
    assert (box.view.text(), box.who.value()) == ("sounds well", "INBOUND")
    qtbot.waitUntil(box.attached.is_whole)
    box.save()
    settle(qtbot, work)
    [contact], documents = contacts(vault, ana)
    assert contact.view == "sounds well"
    assert {row.name for row in documents} == {"passport.pdf", "Friday.eml"}


def test_when_the_e_mail_is_gone_its_attachments_are_named_and_nothing_is_saved_without_them(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path
) -> None:
    path = eml(tmp_path / "Friday.eml")
    screen = show(Place("case", ana))
    drop(screen, path)
    box = box_of(qtbot, screen)
    box.who.set_value("INBOUND")
    box.said.set_text("what I made of it")
    box.close_keeping()
    settle(qtbot, work)
    path.rename(tmp_path / "elsewhere.eml")
    screen.open_box("email")
    box = box_of(qtbot, screen)
    qtbot.waitUntil(lambda: "no longer where it lay: passport.pdf" in box.message.text())
    box.save()
    assert "attachments are not here" in box.message.text()
    drop(box.said, tmp_path / "elsewhere.eml")
    qtbot.waitUntil(box.attached.is_whole)
    assert box.said.text() == "what I made of it"
    box.save()
    settle(qtbot, work)
    assert {row.name for row in contacts(vault, ana)[1]} == {"passport.pdf", "elsewhere.eml"}


def test_a_second_e_mail_does_not_replace_the_first(vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("case", ana))
    drop(screen, eml(tmp_path / "one.eml", "The first."))
    box = box_of(qtbot, screen)
    drop(screen, eml(tmp_path / "two.eml", "The second."))
    qtbot.waitUntil(lambda: "Another e-mail is in this box already" in box.message.text())
    assert box.said.text() == "Subject: Friday\n\nThe first."


@pytest.mark.parametrize(("content", "said"), [(b"", "empty"), (b"From: a@b\r\nMIME-Version: 1.0\r\n" + b"".join(
    b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (at, at) for at in range(40)), "nested too deep")])  # fmt: skip
def test_one_that_cannot_be_read_is_refused_in_words(vault: Vault, ana: UUID, show, desk, qtbot: QtBot, tmp_path: Path, content: bytes, said: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "odd.eml").write_bytes(content)
    screen = show(Place("case", ana))
    drop(screen, tmp_path / "odd.eml")
    qtbot.waitUntil(lambda: said in desk.message.text())
    assert screen.box is None


def test_what_is_only_called_an_e_mail_goes_into_the_box_of_documents(vault: Vault, ana: UUID, show, qtbot: QtBot, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "not.eml").write_bytes(b"PK\x03\x04 something else")
    screen = show(Place("case", ana))
    drop(screen, tmp_path / "not.eml")
    qtbot.waitUntil(lambda: isinstance(screen.box, DocumentBox) and screen.box.files.names() == ["not.eml"])


def test_what_cannot_be_saved_keeps_the_attachments_back_too(vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("case", ana))
    drop(screen, eml(tmp_path / "Friday.eml"))
    box = box_of(qtbot, screen)
    box.who.set_value("INBOUND")
    box.own_words.set_text("x" * 200_001)
    box.save()
    settle(qtbot, work)
    assert "200,000 can be kept" in box.message.text()
    assert contacts(vault, ana) == ((), ())
