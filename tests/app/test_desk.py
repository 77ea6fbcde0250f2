"""The main window on the example vault: every screen, each field named, no text cut, and only what one's rights reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.conftest import StandingClock
from tests.ui.screens.given import person, settle, texts_of
from victimcare.app.desk import Desk
from victimcare.casework.cases import Case
from victimcare.example.vault import PASSPHRASE, USER
from victimcare.store import people
from victimcare.store.rights import Role
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.style import look

Opener = Callable[[Vault], Desk]
BOXES = ("contact", "barrier", "stance", "plan", "person", "justice", "investigation")


@pytest.fixture
def example(example_vault_dir: Path, clock: StandingClock) -> Vault:
    return Vault.open(example_vault_dir, USER, PASSPHRASE, clock=clock)


def a_case(vault: Vault) -> UUID:
    with vault.reading() as session:
        return session.scalars(select(Case.id).order_by(Case.reference).limit(1)).one()


def everywhere(qtbot: QtBot, desk: Desk) -> Iterator[str]:
    """Go to every screen, open every box on the case; answers where one is."""
    case = a_case(desk.vault)
    settle(qtbot, desk.work)
    for name in ("today", "cases", "referrals", "activities", "investigations", "summaries", "new_case", "import", "leftovers"):
        desk.window.go(Place(name))
        settle(qtbot, desk.work)
        yield name
    desk.window.go(Place("refer", case))
    settle(qtbot, desk.work)
    yield "refer"
    desk.window.go(Place("case", case))
    settle(qtbot, desk.work)
    yield "case"
    for box in BOXES:
        desk.window.screen_shown.open_box(box)  # type: ignore[union-attr]
        settle(qtbot, desk.work)
        yield f"case, {box}"
    desk.window.go(Place("admin"))
    for part in desk.window.screen_shown.parts:  # type: ignore[union-attr]
        desk.window.go(Place("admin", part))
        settle(qtbot, desk.work)
        yield f"admin, {part}"


def test_the_title_and_the_search_hold_nothing_of_a_case(qtbot: QtBot, example: Vault, desk_on: Opener) -> None:
    desk = desk_on(example)
    titles = {desk.window.windowTitle() for _ in everywhere(qtbot, desk)}
    assert titles == {"victimcare"}


@pytest.mark.parametrize(
    ("role", "reached"),
    [
        (Role.ANALYST, ["summaries", "admin"]),
        (Role.ADMINISTRATOR, ["admin"]),
    ],
)
def test_the_rail_shows_what_ones_rights_reach(
    qtbot: QtBot, example: Vault, example_vault_dir: Path, clock: StandingClock, desk_on: Opener, role: Role, reached: list[str]
) -> None:
    code = people.invite(example, "Second 2", frozenset({role}))
    example.close()
    vault = Vault.join(example_vault_dir, "Second 2", code, "seven slow trains at noon", clock=clock)
    desk = desk_on(vault)
    settle(qtbot, desk.work)
    for name in reached:
        desk.window.go(Place(name))
        settle(qtbot, desk.work)
        assert desk.window.message.text() == ""
    assert [one.name.removeprefix("go_") for one in desk.window.commands.all() if one.name.startswith("go_")] == reached
    with pytest.raises(KeyError):
        desk.window.go(Place("cases"))
    assert desk.people.find("bor") == ()


def test_a_vault_for_reading_only_shows_everything_coded_and_breaks_nothing(
    qtbot: QtBot, example_vault_dir: Path, clock: StandingClock, desk_on: Opener
) -> None:
    vault = Vault.open(example_vault_dir, USER, PASSPHRASE, clock=clock, read_only=True)
    desk = desk_on(vault)
    broken: list[str] = []
    desk.work.broke.connect(broken.append)
    said = {place: desk.window.message.text() for place in everywhere(qtbot, desk)}
    assert broken == []
    assert "Read only" in texts_of(desk.window.status)
    assert all(not words or words.startswith("Not done: This vault can only be read") for words in said.values())
    assert {place for place, words in said.items() if words} <= {
        "activities", "investigations", "new_case", "leftovers", "refer", "case", "summaries", "admin, settings", *(f"case, {box}" for box in BOXES)
    }  # fmt: skip
    desk.window.go(Place("cases"))
    settle(qtbot, desk.work)
    assert "2\u202f653" in texts_of(desk.window.screen_shown)  # type: ignore[arg-type]


@pytest.mark.parametrize(("zoom", "least"), [(100, 1000), (200, 1366)])
def test_every_screen_fits_the_smallest_window(qtbot: QtBot, example: Vault, desk_on: Opener, zoom: int, least: int) -> None:
    """At 100 % narrow enough for the rail to show icons alone, at 200 % no wider than the smallest display."""
    look().set_zoom(zoom)
    desk = desk_on(example)
    desk.window.resize(least, 768)
    wide = {place: desk.window.minimumSizeHint().width() for place in everywhere(qtbot, desk)}
    assert {place: width for place, width in wide.items() if width > least} == {}


def test_a_name_of_ten_thousand_letters_widens_no_page(qtbot: QtBot, vault: Vault, desk_on: Opener) -> None:
    with vault.transaction() as session:
        case = person(session, "Ngọc\n" * 1000 + "Nguyễn" * 800)
    desk = desk_on(vault)
    settle(qtbot, desk.work)
    for name in ("today", "cases", "case", "refer", "referrals"):
        desk.window.go(Place(name, case if name in ("case", "refer") else None))
        settle(qtbot, desk.work)
        assert desk.window.minimumSizeHint().width() < 1100, name
    desk.window.go(Place("case", case))
    title = desk.window.screen_shown.head.title  # type: ignore[union-attr]
    assert title.text().startswith("Ngọc Ngọc Ngọc")
    assert title.width() < 700
    assert title.toolTip() == title.accessibleName() == title.text()
    desk.window.resize(1090, 768)
    assert desk.window.width() == 1090
    assert desk.window.rail.width() == 48


def test_a_clock_behind_the_newest_entry_is_told(qtbot: QtBot, example: Vault, clock: StandingClock, desk_on: Opener) -> None:
    with example.transaction() as session:
        person(session)
    clock.forward(days=-1)
    desk = desk_on(example)
    settle(qtbot, desk.work)
    qtbot.waitUntil(lambda: bool(desk.window.message.text()), timeout=5_000)
    assert "clock says 23 Nov 2026, 14:02, but the newest entry in the vault is of 24 Nov 2026, 14:02" in desk.window.message.text()


def test_a_clock_that_is_right_is_not_mentioned(qtbot: QtBot, example: Vault, clock: StandingClock, desk_on: Opener) -> None:
    with example.transaction() as session:
        person(session)
    clock.forward(minutes=-2)
    desk = desk_on(example)
    settle(qtbot, desk.work)
    assert "clock" not in desk.window.message.text()
