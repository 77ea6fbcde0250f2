"""Every screen and every box of a case: named for a screen reader, reached by Tab, and whole in the smallest window, also at 200 %."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.app.walked import PLACES, SMALLEST, everywhere, missed_by_tab, seen_badly, told_badly
from tests.ui.screens.full import full_case
from tests.ui.screens.given import settle
from victimcare.app.desk import Desk
from victimcare.store.vault import Vault
from victimcare.ui.keys_dialog import KeysDialog
from victimcare.ui.navigation import Place
from victimcare.ui.style import look
from victimcare.ui.widgets.labels import Words

Opener = Callable[[Vault], Desk]


@pytest.mark.parametrize(("zoom", "theme"), [(100, "light"), (200, "dark")])
def test_everything_is_whole_in_the_smallest_window(qtbot: QtBot, vault: Vault, desk_on: Opener, zoom: int, theme: str) -> None:
    full = full_case(vault)
    look().set_zoom(zoom)
    look().set_theme(theme)
    desk = desk_on(vault)
    settle(qtbot, desk.work)
    desk.window.resize(*SMALLEST)
    found = {place: wrong for place, top in everywhere(qtbot, desk, full) if (wrong := seen_badly(qtbot, desk.window, top))}
    assert not found, "\n" + "\n".join(f"{place}: {one}" for place, wrong in found.items() for one in wrong)


def test_everything_is_named_and_reached_by_tab(qtbot: QtBot, vault: Vault, desk_on: Opener) -> None:
    full = full_case(vault)
    desk = desk_on(vault)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    found = {place: wrong for place, top in everywhere(qtbot, desk, full) if (wrong := told_badly(top) + missed_by_tab(top))}
    assert not found, "\n" + "\n".join(f"{place}: {one}" for place, wrong in found.items() for one in wrong)


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_keys_of_every_screen_fit_over_the_window(qtbot: QtBot, vault: Vault, desk_on: Opener, zoom: int) -> None:
    full = full_case(vault)
    look().set_zoom(zoom)
    desk = desk_on(vault)
    settle(qtbot, desk.work)
    desk.window.resize(*SMALLEST)
    for place in (*map(Place, PLACES), Place("refer", full.case_id), Place("case", full.case_id), Place("admin")):
        desk.window.go(place)
        settle(qtbot, desk.work)
        dialog = desk.window.show_keys()
        settle(qtbot, desk.work)
        assert (dialog.width() <= desk.window.width(), dialog.height() <= desk.window.height()) == (True, True), place
        assert not cut_off(dialog), place
        assert zoom > 100 or not dialog.area.verticalScrollBar().isVisible(), place
        dialog.accept()


def cut_off(dialog: KeysDialog) -> list[str]:
    """Words that are not whole in their column."""
    inside = dialog.area.widget()
    if inside.width() > dialog.area.viewport().width():
        return ["all"]
    return [one.text() for one in inside.findChildren(Words) if one.width() < one.minimumSizeHint().width() or one.height() < one.heightForWidth(one.width())]
