"""Controls go on in the next line where there is no room, and none is cut."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from victimcare.ui.widgets.flow import Flow


def test_what_does_not_fit_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = Flow(page, first_grows=True)
    buttons = [QPushButton(f"Filter number {at}") for at in range(4)]
    for button in buttons:
        flow.addWidget(button)
    page.resize(1000, 200)
    page.show()
    qtbot.waitExposed(page)
    assert len({button.y() for button in buttons}) == 1
    assert buttons[-1].geometry().right() > 900  # the first took what was left over
    page.resize(300, 200)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) > 1)
    assert all(button.geometry().right() <= 300 for button in buttons)
    assert flow.heightForWidth(300) > flow.heightForWidth(1000)
