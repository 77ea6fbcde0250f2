"""Back and forward, and the pieces of a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from victimcare.ui.navigation import MOST_STEPS_BACK, History, PageHead, Place, column


@given(st.lists(st.sampled_from(["a", "b", "c", -1, 1]), max_size=60))
def test_history_agrees_with_two_stacks(moves: list[str | int]) -> None:
    history, behind, ahead = History(), list[Place](), list[Place]()
    here: Place | None = None
    for move in moves:
        if isinstance(move, str):
            if Place(move) != here:
                behind, ahead, here = ([*behind, here] if here else []), [], Place(move)
            history.visit(Place(move))
        elif move == -1 and behind and here:
            ahead, here = [here, *ahead], behind.pop()
            assert history.step(-1) == here
        elif move == 1 and ahead and here:
            behind, here = [*behind, here], ahead.pop(0)
            assert history.step(1) == here
        else:
            assert history.step(int(move)) is None
        assert history.place == here
        assert (history.can_step(-1), history.can_step(1)) == (bool(behind), bool(ahead))


def test_history_does_not_grow_for_ever() -> None:
    history = History()
    for at in range(MOST_STEPS_BACK * 2):
        history.visit(Place("case", str(at)))
    steps = 0
    while history.step(-1):
        steps += 1
    assert steps == MOST_STEPS_BACK - 1


def test_a_page_head_has_words_at_the_left_and_actions_at_the_right(qtbot: QtBot) -> None:
    action, choice = QLabel("New case"), QLabel("Mine")
    head = PageHead("Cases", "10 214 people", action)
    head.beside(choice)
    qtbot.addWidget(head)
    head.resize(900, 56)
    head.show()
    qtbot.waitExposed(head)
    assert head.title.x() < head.about.x() < choice.x() < action.x()
    assert action.geometry().right() > 860
    assert choice.x() < 400


def test_a_side_column_has_its_width_and_takes_widgets(qtbot: QtBot) -> None:
    frame, layout = column(300, "left")
    inside = QWidget()
    layout.addWidget(inside)
    qtbot.addWidget(frame)
    frame.show()
    assert frame.width() == 300
    assert inside.isVisible()
