"""Documents on the case: kept from files and drops, opened in memory, saved out only after a warning, gone at lock."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import typst
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.screens.given import Hands, person, settle, texts_of
from victimcare.casework.documents import add_document, documents_of, open_document
from victimcare.store.reading import Reading
from victimcare.store.tables import AuditEntry
from victimcare.store.vault import Vault
from victimcare.store.verify import verify
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.document_viewer import WARNING, DocumentDialog
from victimcare.ui.screens.case.documents import DocumentBox, DocumentsPart
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session)


def keep(vault: Vault, case_id: UUID, name: str, content: bytes) -> UUID:
    with vault.transaction() as session:
        return add_document(session, case_id=case_id, name=name, size=len(content), chunks=[content])


def kept(vault: Vault, case_id: UUID) -> dict[str, bytes]:
    with vault.reading(Reading.document(case_id)) as session:
        return {row.name: open_document(session, row.id) for row in documents_of(session, case_id)}


def noted(vault: Vault, case_id: UUID) -> list[str]:
    with vault.reading() as session:
        return [kind for kind in session.scalars(select(AuditEntry.kind).where(AuditEntry.case_id == case_id)) if kind.startswith("document")]


def drop(target: QWidget, *paths: Path) -> None:
    """Drag files onto a widget and let go, as the system hands it in."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(5, 5), copy, mime, left, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, mime, left, none))


def until_done(qtbot: QtBot, work: Work) -> None:
    qtbot.waitUntil(lambda: not work.jobs, timeout=20_000)
    settle(qtbot, work)


def box_of(qtbot: QtBot, screen: CaseScreen, files: int) -> DocumentBox:
    qtbot.waitUntil(lambda: isinstance(screen.box, DocumentBox) and len(screen.box.files.files) == files)
    assert isinstance(screen.box, DocumentBox)
    return screen.box


# Keeping


def test_dropped_files_are_kept_with_their_words(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, hands: Hands, qtbot: QtBot, work: Work, tmp_path: Path
) -> None:
    letter, photo = tmp_path / "letter.txt", tmp_path / "photo.bin"
    letter.write_text("She is safe.")
    photo.write_bytes(b"\0\1\2" * 500_000)
    screen = show(Place("case", ana))
    drop(screen, letter, photo)
    box = box_of(qtbot, screen, 2)
    assert box.files.names() == ["letter.txt", "photo.bin"]
    box.words.setFocus()
    hands.type("from her solicitor")
    hands.press("Ctrl+Return")
    until_done(qtbot, work)
    assert kept(vault, ana) == {"letter.txt": b"She is safe.", "photo.bin": b"\0\1\2" * 500_000}
    assert screen.box is None
    entries = [entry for entry in screen.stream.entries_model.entries if entry.kind == "DOCUMENT"]
    assert {entry.headline for entry in entries} == {"Document: letter.txt", "Document: photo.bin"}
    assert {entry.parts for entry in entries} == {(("", "from her solicitor"),)}
    assert letter.exists()
    assert verify(vault).holds


def test_f_opens_the_box_and_the_files_are_chosen_in_the_systems_dialog(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, hands: Hands, qtbot: QtBot, work: Work, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("She is safe.")
    screen = show(Place("case", ana))
    hands.press("F")
    hands.press("Space")
    [dialog] = screen.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "letter.txt")])
    dialog.close()
    box = box_of(qtbot, screen, 1)
    screen.window().activateWindow()
    qtbot.waitUntil(screen.window().isActiveWindow)
    box.setFocus()
    hands.press("Ctrl+Return")
    until_done(qtbot, work)
    assert kept(vault, ana) == {"letter.txt": b"She is safe."}


def test_what_cannot_be_kept_is_said_and_the_rest_stays(vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text("kept")
    empty.touch()
    (tmp_path / "folder").mkdir()
    screen = show(Place("case", ana))
    drop(screen, tmp_path / "folder")
    box = box_of(qtbot, screen, 0)
    qtbot.waitUntil(lambda: "folder: That is a folder" in box.message.text())
    drop(screen, empty, good)
    box_of(qtbot, screen, 1)
    assert "empty.txt: The file is empty" in box.message.text()
    box.save()
    until_done(qtbot, work)
    assert kept(vault, ana) == {"good.txt": b"kept"}


def test_a_file_that_changed_since_it_was_chosen_keeps_nothing_and_the_box_stays(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path
) -> None:
    good, other = tmp_path / "good.txt", tmp_path / "other.txt"
    good.write_text("kept")
    other.write_text("before")
    screen = show(Place("case", ana))
    drop(screen, good, other)
    box = box_of(qtbot, screen, 2)
    other.write_text("changed after")
    box.save()
    until_done(qtbot, work)
    assert kept(vault, ana) == {}
    assert "changed while it was being read" in box.message.text()
    assert box.files.names() == ["good.txt", "other.txt"]
    assert verify(vault).counts.parts_opened == 0


def test_keeping_can_be_stopped_and_then_nothing_is_kept(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path
) -> None:
    large = tmp_path / "large.bin"
    with open(large, "wb") as file:
        file.truncate(30 * 1024 * 1024)
    screen = show(Place("case", ana))
    drop(screen, large)
    box = box_of(qtbot, screen, 1)
    told: list[str] = []
    box.save()
    [job] = work.jobs
    job.progressed.connect(lambda done, total, words: (told.append(words), job.cancel()))
    until_done(qtbot, work)
    assert told
    assert "Stopped, as you asked" in box.message.text()
    assert kept(vault, ana) == {}
    assert box.save_button.isEnabled()
    box.save()
    until_done(qtbot, work)
    assert [len(content) for content in kept(vault, ana).values()] == [30 * 1024 * 1024]


def test_half_chosen_files_come_back_and_one_that_is_gone_is_named(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path
) -> None:
    stays, goes = tmp_path / "stays.txt", tmp_path / "goes.txt"
    stays.write_text("a")
    goes.write_text("b")
    screen = show(Place("case", ana))
    drop(screen, stays, goes)
    box = box_of(qtbot, screen, 2)
    box.words.set_text("half typed")
    box.close_keeping()
    settle(qtbot, work)
    goes.unlink()
    screen.open_box("document")
    box = box_of(qtbot, screen, 1)
    assert box.words.text() == "half typed"
    assert box.files.names() == ["stays.txt"]
    assert "goes.txt: That file cannot be read" in box.message.text()


# Opening


def image(width: int = 40, height: int = 20, kind: QImage.Format = QImage.Format.Format_RGB32) -> bytes:
    drawn, buffer = QImage(width, height, kind), QBuffer()
    drawn.fill(Qt.GlobalColor.darkGreen)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn.save(buffer, "PNG")
    return bytes(buffer.data().data())


def opened(screen: CaseScreen, qtbot: QtBot, work: Work, name: str):  # type: ignore[no-untyped-def]
    assert screen.shown is not None
    screen.documents.open(next(row for row in screen.shown.file.documents if row.name == name))
    settle(qtbot, work)
    return screen.documents.dialog


def test_text_opens_as_text_whatever_it_was_written_in(vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work) -> None:  # type: ignore[no-untyped-def]
    for name, content in (("a.txt", "Zażółć gęślą jaźń".encode()), ("b.txt", "Zażółć gęślą jaźń".encode("utf-16")), ("c.html", b"<b>x</b><script>1</script>")):
        keep(vault, ana, name, content)
    screen = show(Place("case", ana))
    assert opened(screen, qtbot, work, "a.txt").text.toPlainText() == "Zażółć gęślą jaźń"
    assert opened(screen, qtbot, work, "b.txt").text.toPlainText() == "Zażółć gęślą jaźń"
    assert opened(screen, qtbot, work, "c.html").text.toPlainText() == "<b>x</b><script>1</script>"
    assert noted(vault, ana) == ["document opened"] * 3


def test_a_very_long_text_is_shown_in_part_and_says_so(vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work) -> None:  # type: ignore[no-untyped-def]
    keep(vault, ana, "long.txt", b"x" * 3_000_000)
    dialog = opened(show(Place("case", ana)), qtbot, work, "long.txt")
    assert "Only its beginning is shown; the whole has 2.9 MB." in dialog.about.text()
    assert max(len(line) for line in dialog.text.toPlainText().splitlines()) <= 2_000


def test_a_picture_and_the_pages_of_a_pdf_open_in_memory_without_a_file(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(vault, ana, "photo.png", image())
    keep(vault, ana, "letter.pdf", typst.compile(b"One #pagebreak() Two #pagebreak() Three"))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    screen = show(Place("case", ana))
    dialog = opened(screen, qtbot, work, "photo.png")
    assert (dialog.image.width(), dialog.image.pixelColor(3, 3)) == (40, Qt.GlobalColor.darkGreen)
    dialog = opened(screen, qtbot, work, "letter.pdf")
    assert dialog.page_words.text() == "Page 1 of 3"
    first = dialog.image
    dialog.after.click()
    qtbot.waitUntil(lambda: dialog.page_words.text() == "Page 2 of 3")
    assert dialog.image != first
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("huge.png", image(9_000, 9_000, QImage.Format.Format_Mono), "9,000 by 9,000 points"),
        ("cut.png", image()[:40], "the picture is damaged"),
        ("not.jpg", b"\xff\xd8\xff\xe0" + b"junk" * 50, "the picture is damaged"),
        ("bad.pdf", b"%PDF-1.7 nothing follows", "damaged, or closed with a password"),
    ],
)  # fmt: skip
def test_a_hostile_or_damaged_one_is_told_and_can_still_be_saved_out(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, name: str, content: bytes, told: str
) -> None:
    keep(vault, ana, name, content)
    dialog = opened(show(Place("case", ana)), qtbot, work, name)
    assert told in dialog.message.text()
    assert dialog.save_button.isVisible()


def test_another_kind_is_never_opened_and_saved_out_only_after_the_warning(  # type: ignore[no-untyped-def]
    vault: Vault, ana: UUID, show, qtbot: QtBot, work: Work, tmp_path: Path
) -> None:
    keep(vault, ana, "letter.docx", b"PK\x03\x04 macros and all")
    dialog = opened(show(Place("case", ana)), qtbot, work, "letter.docx")
    assert "never opened here" in texts_of(dialog)
    assert noted(vault, ana) == []
    assert not dialog.sure_button.isVisible()
    dialog.save_button.click()
    assert dialog.warning.isVisible()
    assert WARNING in texts_of(dialog.warning)
    dialog.sure_button.click()
    [chooser] = dialog.findChildren(QFileDialog)
    chooser.filesSelected.emit([str(tmp_path / "out.docx")])
    chooser.close()
    settle(qtbot, work)
    assert (tmp_path / "out.docx").read_bytes() == b"PK\x03\x04 macros and all"
    assert noted(vault, ana) == ["document saved out"]
    assert "lies there in clear" in dialog.message.text()


def test_a_document_that_was_tampered_with_is_not_shown(vault: Vault, ana: UUID, show, desk: MainWindow, qtbot: QtBot, work: Work) -> None:  # type: ignore[no-untyped-def]
    from tests.store.raw import raw

    keep(vault, ana, "letter.txt", b"She is safe.")
    screen = show(Place("case", ana))
    with raw(vault) as connection:
        connection.execute("UPDATE sealed_bytes SET part = 1")
    assert opened(screen, qtbot, work, "letter.txt") is None
    assert "This document is damaged" in desk.message.text()


@pytest.mark.parametrize("how", ["lock", "hide", "leave", "Esc", "close button", "the window's own button"])
def test_an_open_document_is_gone_at_lock_hide_and_leaving(vault: Vault, ana: UUID, show, desk: MainWindow, qtbot: QtBot, work: Work, how: str) -> None:  # type: ignore[no-untyped-def]
    keep(vault, ana, "letter.txt", b"She is safe.")
    screen = show(Place("case", ana))
    dialog = opened(screen, qtbot, work, "letter.txt")
    assert "She is safe." in texts_of(dialog)
    buttons = {one.text(): one for one in dialog.findChildren(QAbstractButton)}
    {
        "lock": desk.lock,
        "hide": desk.hide_or_show,
        "leave": lambda: desk.go(Place("cases")),
        "Esc": lambda: QTest.keyClick(dialog, Qt.Key.Key_Escape),
        "close button": next(one for words, one in buttons.items() if words.startswith("Close")).click,
        "the window's own button": dialog.close,
    }[how]()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert screen.documents.dialog is None
    assert not any(isinstance(one, DocumentDialog) and one.isVisible() for one in QApplication.topLevelWidgets())
    assert [one for one in QApplication.topLevelWidgets() if one is not desk and ("She is safe." in texts_of(one) or "letter.txt" in texts_of(one))] == []


def test_enter_on_its_entry_opens_a_document(vault: Vault, ana: UUID, show, hands: Hands, qtbot: QtBot, work: Work) -> None:  # type: ignore[no-untyped-def]
    keep(vault, ana, "letter.txt", b"She is safe.")
    screen = show(Place("case", ana))
    entries = screen.stream.entries_model.entries
    at = next(at for at, entry in enumerate(entries) if entry.kind == "DOCUMENT")
    screen.stream.setCurrentIndex(screen.stream.entries_model.index(at))
    screen.stream.setFocus()
    hands.press("Return")
    assert screen.documents.dialog.text.toPlainText() == "She is safe."
    assert screen.documents.dialog.windowTitle() == "victimcare"


def test_the_part_lists_the_newest_and_leads_to_the_box(vault: Vault, ana: UUID, show) -> None:  # type: ignore[no-untyped-def]
    for number in range(7):
        keep(vault, ana, f"letter {number}.txt", b"She is safe.")
    screen = show(Place("case", ana))
    part = next(one for one in screen.parts if isinstance(one, DocumentsPart))
    assert part.cards()[0] == "letter 6.txt. 24 Nov. text, 12 bytes"
    assert part.cards()[-1] == "2 more in the stream"
    part.head.click()
    assert isinstance(screen.box, DocumentBox)
    assert screen.box.on.value() == date(2026, 11, 24)
