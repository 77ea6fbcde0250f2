"""A time as it is typed."""

from __future__ import annotations

from datetime import time

import pytest
from pytestqt.qtbot import QtBot

from victimcare.ui.widgets.time_box import TimeBox, read_time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("14:02", time(14, 2)), ("1402", time(14, 2)), ("9", time(9)), ("9.30", time(9, 30)), ("2.30 pm", time(14, 30)), ("12am", time(0)), ("12 pm", time(12))],
)
def test_a_time_is_read_as_people_type_it(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "25:00", "9:75", "13pm", "soon"])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert read_time(typed) is None


def test_the_box_says_when_it_cannot_read_what_stands_there(qtbot: QtBot) -> None:
    box = TimeBox(time(14, 2))
    qtbot.addWidget(box)
    assert box.text() == "14:02"
    box.clear()
    qtbot.keyClicks(box, "soon")
    assert not box.is_valid()
    box.clear()
    qtbot.keyClicks(box, "9.5")
    assert not box.is_valid()
    box.clear()
    box.textEdited.emit("")
    assert box.is_valid()
    assert box.value() is None
