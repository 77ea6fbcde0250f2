"""Words of any length stand whole: a word too long for its line goes on in the next one."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from victimcare.ui.widgets.laid import WholeWords

LONG = "zdzisława.brzęczyszczykiewicz-chrząszczyżewoszycka@a-very-long-office-name.example.org"


@pytest.mark.parametrize("text", [LONG, "بيت-آمن" * 20])
def test_a_word_longer_than_the_column_takes_more_lines_and_does_not_widen_it(qtbot: QtBot, text: str) -> None:
    words = WholeWords(text)
    qtbot.addWidget(words)
    across = words.fontMetrics().horizontalAdvance(text)
    assert words.minimumSizeHint().width() < across / 2
    assert words.heightForWidth(across // 3) >= 3 * words.fontMetrics().height()
    words.resize(across // 3, words.heightForWidth(across // 3))
    ink = words.grab().toImage()
    bottom = range(ink.height() * 2 // 3, ink.height())
    assert any(ink.pixel(x, y) != ink.pixel(0, 0) for y in bottom for x in range(ink.width()))
