"""The small fields: a code, a choice among few, a note, a passphrase, rows of a form, facts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.widgets.facts import Facts
from victimcare.ui.widgets.form import Form
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.passphrase_box import PassphraseBox
from victimcare.ui.widgets.segments import Segments

SOURCES = (("NRM", "National Referral Mechanism"), ("POLICE", "Direct to police"), ("NGO", "A charity"))


def page_of(qtbot: QtBot, *widgets: QWidget) -> None:
    page = QWidget()
    layout = QVBoxLayout(page)
    for widget in widgets:
        layout.addWidget(widget)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    widgets[0].setFocus()
    qtbot.waitUntil(lambda: page.isActiveWindow() and page.focusWidget() is not None and page.focusWidget().hasFocus())
    widgets[0].page = page  # type: ignore[attr-defined]


def test_a_code_is_found_by_typing_part_of_its_words(qtbot: QtBot) -> None:
    box, chosen = CodeBox(SOURCES, "Source", empty="Not known"), []
    page_of(qtbot, box, QLineEdit())
    box.chosen.connect(chosen.append)
    assert box.value() is None
    qtbot.keyClicks(box.lineEdit(), "police")
    found = box.completer().popup()
    assert [found.model().index(at, 0).data() for at in range(found.model().rowCount())] == ["Direct to police"]
    qtbot.keyClick(found, Qt.Key.Key_Tab)  # an open list has the keyboard
    assert box.value() == "POLICE"
    assert box.currentText() == "Direct to police"
    assert chosen == ["POLICE"]


def test_words_that_are_no_code_leave_the_choice_as_it_was(qtbot: QtBot) -> None:
    box = CodeBox(SOURCES, "Source", "NGO")
    page_of(qtbot, box, QLineEdit())
    box.lineEdit().selectAll()
    qtbot.keyClicks(box.lineEdit(), "zzz")
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Tab)
    assert box.value() == "NGO"
    assert box.currentText() == "A charity"


def test_other_choices_keep_the_code_when_it_is_among_them(qtbot: QtBot) -> None:
    box = CodeBox(SOURCES, "Source", "NGO")
    qtbot.addWidget(box)
    box.fill(reversed(SOURCES))
    assert box.value() == "NGO"
    box.fill(SOURCES[:1])
    assert box.value() == "NRM"


def test_arrows_move_the_choice_and_tab_leaves_it(qtbot: QtBot) -> None:
    choice, after, chosen = Segments([(1, "Mine"), (2, "Team"), (3, "All")], "Whose"), QLineEdit(), []
    page_of(qtbot, choice, after)
    choice.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        focused = choice.focusProxy()
        qtbot.keyClick(focused, key)
    assert choice.value() == 2
    assert chosen == [2, 3, 2]
    qtbot.keyClick(choice.focusProxy(), Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_each_segment_is_named_with_what_it_chooses(qtbot: QtBot) -> None:
    choice = Segments([(1, "Mine"), (2, "Team")], "Whose", 2)
    qtbot.addWidget(choice)
    assert choice.focusProxy().accessibleName() == "Whose: Team"
    with pytest.raises(ValueError):
        choice.set_value(7)


def test_a_note_grows_takes_plain_text_and_submits_by_ctrl_enter(qtbot: QtBot) -> None:
    note, after, submitted = NoteBox("Said"), QLineEdit(), []
    page_of(qtbot, note, after)
    note.submitted.connect(lambda: submitted.append(note.text()))
    low = note.height()
    qtbot.keyClicks(note, "one")
    for _ in range(4):
        qtbot.keyClick(note, Qt.Key.Key_Return)
        qtbot.keyClicks(note, "more")
    assert note.height() > low * 2
    pasted = QMimeData()
    pasted.setHtml("<b>bold</b>")
    pasted.setText(" bold")
    note.insertFromMimeData(pasted)
    qtbot.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert submitted == ["one\nmore\nmore\nmore\nmore bold"]
    qtbot.keyClick(note, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_a_very_long_note_is_kept_whole(qtbot: QtBot) -> None:
    note = NoteBox("Said")
    qtbot.addWidget(note)
    note.set_text("word " * 40_000)
    assert len(note.text()) == 199_999


def test_caps_lock_shows_by_the_first_capital_without_shift(qtbot: QtBot) -> None:
    box, told = PassphraseBox("Passphrase"), []
    page_of(qtbot, box)
    box.caps_lock_changed.connect(told.append)
    qtbot.keyClick(box, "a")
    qtbot.keyClick(box, "B", Qt.KeyboardModifier.ShiftModifier)
    assert told == []
    qtbot.keyClick(box, Qt.Key.Key_CapsLock)
    assert told == [True]


def test_the_passphrase_is_shown_only_on_request(qtbot: QtBot) -> None:
    box = PassphraseBox("Passphrase")
    page_of(qtbot, box)
    assert box.echoMode() == QLineEdit.EchoMode.Password
    box.eye.click()
    assert box.echoMode() == QLineEdit.EchoMode.Normal
    assert box.eye.accessibleName() == "Hide the passphrase"
    box.eye.click()
    assert box.echoMode() == QLineEdit.EchoMode.Password


def test_a_form_label_names_its_field(qtbot: QtBot) -> None:
    page, field = QWidget(), QLineEdit()
    form = Form()
    page.setLayout(form)
    label = form.add("User", field)
    qtbot.addWidget(page)
    assert field.accessibleName() == "User"
    assert label.buddy() is field
    page.show()
    form.show_row(field, False)
    assert label.isHidden()


def test_facts_leave_out_what_is_not_known_and_can_be_forgotten(qtbot: QtBot) -> None:
    facts = Facts()
    qtbot.addWidget(facts)
    facts.show_facts([("Age band", "25 to 29"), ("Risk", "")])
    shown = [label.text() for label in facts.findChildren(QLabel)]
    assert shown == ["Age band", "25 to 29"]
    facts.forget()
    assert [label for label in facts.findChildren(QLabel) if label.isVisible()] == []


def test_columns_stand_side_by_side_where_there_is_room_and_else_main_first(qtbot: QtBot) -> None:
    left, main, right = QLabel("facts"), QLabel("stream"), QLabel("open")
    columns = Columns((left, 264), (main, 0), (right, 300))
    qtbot.addWidget(columns)
    columns.show()
    columns.resize(1190, 500)
    qtbot.waitUntil(lambda: left.x() < main.x() < right.x())
    assert left.width() == 264
    columns.resize(700, 500)
    qtbot.waitUntil(lambda: columns.is_stacked and main.y() < left.y())
    assert left.y() < right.y()
