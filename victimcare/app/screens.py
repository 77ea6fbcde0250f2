"""Which screens the window has, for whom. A screen whose keys a user does not hold is not in the rail at all."""

from __future__ import annotations

from functools import partial

from victimcare.store.rights import Right
from victimcare.ui.navigation import RailItem
from victimcare.ui.people import People
from victimcare.ui.window import MainWindow


def add_screens(window: MainWindow, people: People, rights: frozenset[Right]) -> str:
    """Add the screens that `rights` reach; returns the one to show first."""
    casework = Right.CASEWORK in rights
    if casework:
        _add_casework(window, people)
    if casework or Right.SUMMARISE in rights:
        _add_counting(window, reads=casework)
    _add_office(window)
    return "today" if casework else "summaries" if Right.SUMMARISE in rights else "admin"
