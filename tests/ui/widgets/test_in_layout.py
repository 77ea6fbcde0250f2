"""The order of what is laid out, and nothing left behind by asking for it."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QFormLayout, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from victimcare.ui.widgets.in_layout import in_layout


def _items_known() -> int:
    return sum(type(one).__name__ in {"QWidgetItem", "QSpacerItem", "QLayoutItem"} for one in shiboken6.getAllValidWrappers())


def test_as_it_is_read_whatever_was_made_first(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    first, second, third = QLabel(page), QLabel(page), QLabel(page)
    layout, inner = QVBoxLayout(page), QHBoxLayout()
    layout.addWidget(third)
    layout.addStretch(1)
    layout.addLayout(inner)
    layout.addWidget(first)
    inner.addWidget(second)
    QLabel(page)  # placed by hand
    assert in_layout(layout) == [third, inner, first]
    assert in_layout(inner) == [second]


def test_forms_and_grids(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout, form, grid = QVBoxLayout(page), QFormLayout(), QGridLayout()
    labels = [QLabel(str(number)) for number in range(8)]
    layout.addLayout(form)
    layout.addLayout(grid)
    form.addRow(labels[0], labels[1])
    form.addRow(labels[2], labels[3])
    for number in range(4):
        grid.addWidget(labels[4 + number], number // 2, number % 2)
    assert in_layout(layout) == [form, grid]
    assert in_layout(form) == labels[:4]
    assert in_layout(grid) == labels[4:]


def test_nothing_stands_in_a_layout_of_no_widget(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    layout = QVBoxLayout()
    layout.addWidget(label)
    assert in_layout(layout) == []


def test_no_object_is_made_of_an_item(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    form, before = QFormLayout(page), _items_known()
    for number in range(5):
        form.addRow(QLabel(str(number)), QLabel("value"))
    assert len(in_layout(form)) == 10
    assert _items_known() == before
