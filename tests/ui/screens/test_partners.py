"""The directory of partners: who is in it, adding, changing, taking out of use."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.ui.screens.given import Hands, settle
from victimcare.referrals.partners import add_partner, change_partner, first_partners, partner_contacts, partner_ids, partner_row
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.screens.partners import PartnersScreen
from victimcare.ui.window import MainWindow


@pytest.fixture
def partners(desk: MainWindow, vault: Vault) -> MainWindow:
    with vault.transaction() as session:
        first_partners(session)
    desk.add_screen("partners", PartnersScreen, RailItem("Partners", "people", "Ctrl+7"))
    return desk


def house(vault: Vault, code: str = "CBH") -> UUID:
    with vault.reading() as session:
        return partner_ids(session)[code]


def names(screen: PartnersScreen) -> list[str]:
    return [one.row.name for one in screen.table.rows_model.rows]


def test_a_partner_is_told_with_whom_it_takes_and_how_it_is_reached(partners, show, vault, qtbot) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        change_partner(session, partner_id=partner_ids(session)["CBH"], version=1, contact="020 7946 0999, ask for the manager")
    screen = show(Place("partners", house(vault)))
    told = screen.side.text()
    for words in ("Caritas Bakhita House", "Safe house", "Female, from 18. Everywhere.", "Asked again after 2 days.", "020 7946 0999", "Women over 17"):
        assert words in told
    screen.search.setText("bakhita")
    assert names(screen) == ["Caritas Bakhita House"]


def test_a_new_partner_by_keyboard(partners, show, vault, hands: Hands) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("partners"))
    hands.press("N")
    for typed in ("St Anne's House", "safe house", "safe h; couns", "female", "18", "London"):
        hands.type(typed)
        hands.next()
    screen.new_box.days.setText("3")
    hands.next()
    hands.type("ask for Ruth")
    hands.press("Ctrl+Return")
    with vault.reading(Reading.office("partners")) as session:
        id = partner_ids(session)["ST_ANNE_S_HOUSE"]
        row = partner_row(session, id)
        assert partner_contacts(session) == {id: "ask for Ruth"}
    assert (row.type, row.accepts_gender, row.accepts_from_age, row.area, row.answers_in_days) == ("SAFE_HOUSE", "FEMALE", 18, "London", 3)
    assert "SAFE_HOUSE" in row.services
    assert "St Anne's House" in names(screen)
    assert partners.message.text().startswith("Done: The partner is in the directory.")


def test_what_is_missing_is_said_and_nothing_is_written(partners, show, vault) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("partners"))
    before = len(names(screen))
    screen.new()
    for fill, words in (
        (lambda: screen.new_box.name.setText("St Anne"), "Give its name."),
        (lambda: screen.new_box.type.set_value("CHARITY"), "what kind"),
        (lambda: screen.new_box.days.setText("0"), ""),
        (lambda: None, "after how many days"),
    ):
        if words:
            screen.new_box.save()
            assert words in screen.new_box.message.text()
        fill()
    assert len(names(screen)) == before


def test_two_who_change_the_services_of_one_partner_notice_each_other(partners, show, vault, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    house_id = house(vault)
    screen = show(Place("partners", house_id))
    screen.change()
    settle(qtbot, work)
    with vault.transaction() as session:
        change_partner(session, partner_id=house_id, version=partner_row(session, house_id).version, services=("SAFE_HOUSE",))
    screen.change_box.services.set_codes(("THERAPY",))
    screen.change_box.save()
    settle(qtbot, work)
    assert "Somebody changed this" in screen.change_box.message.text()
    screen.change_box.close_keeping()
    settle(qtbot, work)
    screen.change()
    settle(qtbot, work)
    assert screen.change_box.services.codes() == ("THERAPY",)
    screen.change_box.save()
    settle(qtbot, work)
    with vault.reading() as session:
        assert partner_row(session, house_id).services == ("THERAPY",)


def test_out_of_use_and_back(partners, show, vault, hands: Hands, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    house_id = house(vault)
    screen = show(Place("partners", house_id))
    hands.press("U")
    assert "Caritas Bakhita House" not in names(screen)
    hands.press("2")
    screen.table.choose(house_id)
    assert "Out of use" in screen.side.text()
    screen.use()
    settle(qtbot, work)
    with vault.reading() as session:
        assert partner_row(session, house_id).is_active


def test_what_was_typed_comes_back_also_after_lock(partners, show, vault, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        add_partner(session, name="Ruth's house", type="SAFE_HOUSE", answers_in_days=2, contact="Ruth, 020 7946 0111")
    screen = show(Place("partners"))
    screen.new()
    settle(qtbot, work)
    screen.new_box.name.setText("Half typed")
    screen.new_box.services.read_text("safe house; carpen")
    partners.lock()
    assert "Ruth" not in screen.side.text()
    assert names(screen) == []
    settle(qtbot, work)
    screen.new()
    settle(qtbot, work)
    assert screen.new_box.name.text() == "Half typed"
    assert screen.new_box.services.text() == "safe house; carpen"
