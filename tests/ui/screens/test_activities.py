"""Activities: the list, and a day of visits entered in one box."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.ui.screens.given import settle, texts_of
from tests.ui.screens.referred import how_many
from victimcare.activity.activities import Activity, record_activity
from victimcare.activity.visits import Visit
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.screens.activities import ActivitiesScreen
from victimcare.ui.window import MainWindow


@pytest.fixture
def activities(desk: MainWindow) -> MainWindow:
    desk.add_screen("activities", ActivitiesScreen, RailItem("Activities", "place", "Ctrl+4"))
    return desk


def test_a_day_holds_several_kinds_of_premises_and_countries(activities, show, vault, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("activities"))
    screen.new()
    box = screen.box
    box.visits.add()
    for (_, premises, finding, total), told in zip(box.visits._rows, (("CAR_WASH", "NOTHING", "9"), ("NAIL_BAR", "PV_IDENTIFIED", "2")), strict=True):
        premises.set_value(told[0])
        finding.set_value(told[1])
        total.setText(told[2])
    box.countries.setText("roma; lithu")
    box.countries._take()
    box.save()
    settle(qtbot, work)
    assert how_many(vault, Visit) == 11
    assert screen.table.rows_model.rows[0].countries == ("RO", "LT")
    assert "1 activity, 11 visits" in screen.head.about.text()


def test_a_visit_without_a_finding_is_asked_about(activities, show, vault) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("activities"))
    screen.new()
    screen.box.visits.first().set_value("FARM")
    screen.box.save()
    assert "what was found" in screen.box.message.text()
    assert how_many(vault, Activity) == 0


def test_what_was_typed_comes_back(activities, show, vault, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("activities"))
    screen.new()
    screen.box.named.setText("Hand car washes, Ealing")
    activities.go(Place("cases"))
    settle(qtbot, work)
    screen.forget()
    again = show(Place("activities"))
    assert again.box.isVisible()
    assert again.box.named.text() == "Hand car washes, Ealing"
    again.box.save()
    settle(qtbot, work)
    assert [row.title for row in again.table.rows_model.rows] == ["Hand car washes, Ealing"]


def test_titles_go_at_lock(activities, show, vault) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        record_activity(session, kind="BOARD", on=session.today, title="Board about Operation Fort")
    screen = show(Place("activities"))
    assert screen.table.rows_model.rowCount() == 1
    activities.lock()
    assert screen.table.rows_model.rowCount() == 0


def test_what_was_typed_is_kept_at_lock(activities, show, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("activities"))
    screen.new()
    screen.box.named.setText("Hand car washes, Ealing")
    activities.lock()
    settle(qtbot, work)
    assert screen.box.named.text() == ""
    screen.open(Place("activities"))
    settle(qtbot, work)
    assert screen.box.named.text() == "Hand car washes, Ealing"


def test_notes_of_the_chosen_activity_are_told_after_their_opening_is_noted(activities, show, vault, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        for title, notes in (("Nail bars, Ealing", "Weather: rain"), ("Board", "Judge: Smith")):
            session.get(Activity, record_activity(session, kind="BOARD", on=session.today, title=title)).notes = notes
    screen = show(Place("activities"))
    settle(qtbot, work)
    assert "Judge: Smith" in texts_of(screen.side.frame)
    screen.table.selectRow(1)
    settle(qtbot, work)
    assert "Weather: rain" in texts_of(screen.side.frame)
    assert "Judge: Smith" not in texts_of(screen.side.frame)
    with vault.reading() as session:
        assert session.scalar(text("select count(*) from audit where kind = 'office: activity notes'"))
    activities.lock()
    assert "Weather: rain" not in texts_of(screen)
