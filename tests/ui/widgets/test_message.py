"""A message says by icon, word and text; a refusal gives reason and remedy."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from victimcare.refused import Refused
from victimcare.ui.widgets.buttons import Button, IconButton
from victimcare.ui.widgets.labels import State
from victimcare.ui.widgets.message import Message
from victimcare.ui.widgets.progress_line import ProgressLine


def test_a_refusal_is_said_whole_and_can_be_put_away(qtbot: QtBot) -> None:
    message = Message()
    qtbot.addWidget(message)
    assert message.text() == ""
    message.refuse(Refused("No such day.", "Type another."))
    assert message.text() == "Not done: No such day. Type another."
    assert {"Not done", "No such day.", "Type another."} <= {label.text() for label in message.findChildren(QLabel)}
    message.findChild(IconButton).click()
    assert message.text() == ""
    assert message.isHidden()


def test_a_message_shows_markup_as_text(qtbot: QtBot) -> None:
    message = Message()
    qtbot.addWidget(message)
    message.say("info", "<b>5</b> rows")
    label = next(label for label in message.findChildren(QLabel) if "rows" in label.text())
    assert label.textFormat().name == "PlainText"


def test_a_state_is_read_aloud(qtbot: QtBot) -> None:
    state = State("safe", "Safe contact", "safe", "checked 6 days ago")
    qtbot.addWidget(state)
    assert state.accessibleName() == "Safe contact. checked 6 days ago"


def test_progress_says_how_far_and_stops_once(qtbot: QtBot) -> None:
    line, asked = ProgressLine(), []
    qtbot.addWidget(line)
    line.cancelled.connect(lambda: asked.append(1))
    line.tell(3926, 6436, "Reading sheet contacts")
    assert line.text() == "Reading sheet contacts, 3\u202f926 of 6\u202f436"
    cancel = line.findChild(Button)
    cancel.click()
    cancel.click()
    assert asked == [1]
    assert line.text() == "Stopping"
    line.end()
    assert line.isHidden()


def test_a_button_makes_room_for_its_key_and_says_it(qtbot: QtBot) -> None:
    plain, keyed = Button("Log contact"), Button("Log contact", key="L")
    qtbot.addWidget(plain)
    qtbot.addWidget(keyed)
    assert keyed.sizeHint().width() > plain.sizeHint().width()
    assert keyed.toolTip() == "Log contact (L)"
    assert keyed.grab().toImage() != plain.grab().toImage()
