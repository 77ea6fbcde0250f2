"""The Qt binding must not eat Python's own constants: under Python 3.11 they are counted, and at zero the program aborts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from victimcare.ui.widgets.table import Column, RowsModel

TIMES = 200


class Sender(QObject):
    told = Signal(object)


def emits() -> Callable[[], Any]:
    sender = Sender()
    sender.told.connect(lambda _: None)
    return lambda: sender.told.emit(1)


def reads_an_empty_role() -> Callable[[], Any]:
    model = RowsModel([Column("Name", str)], key=str)
    model.show_rows(["a"])
    index = model.index(0, 0)
    return lambda model=model: index.data(9999)  # the index lives no longer than its model


def toggles() -> Callable[[], Any]:
    box = QCheckBox()
    box.toggled.connect(lambda _: None)
    return box.toggle


@pytest.mark.parametrize("make", [emits, reads_an_empty_role, toggles])
def test_signals_and_models_leave_pythons_constants_alone(qtbot: QtBot, make: Callable[[], Callable[[], Any]]) -> None:
    deed = make()
    before = [sys.getrefcount(one) for one in (None, True, False)]
    for _ in range(TIMES):
        deed()
    after = [sys.getrefcount(one) for one in (None, True, False)]
    assert all(left > had - TIMES // 2 for had, left in zip(before, after, strict=True))
