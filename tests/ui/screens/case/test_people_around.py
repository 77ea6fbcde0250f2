"""People around on the case page: dangerous ones apart, a number nowhere before it is asked for, no companion interprets."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.screens.given import Hands, person, settle, texts_of
from victimcare.casework.people_around import PersonAroundRow, add_number, add_person_around, numbers_around, people_around_of
from victimcare.store.reading import Reading
from victimcare.store.tables import AuditEntry
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.case.parts import Card
from victimcare.ui.screens.case.people_around import PeopleAroundPart, PersonAroundBox
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]
HERS = "020 7946 0321"


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session)


@pytest.fixture
def solicitor(vault: Vault, ana: UUID) -> UUID:
    with vault.transaction() as session:
        who = add_person_around(session, case_id=ana, role="SOLICITOR", name="Ms Okafor", may_be_told="that she is safe")
        add_number(session, person_id=who, kind="PHONE", value=HERS)
        return who


def rows(vault: Vault, case_id: UUID) -> tuple[PersonAroundRow, ...]:
    with vault.reading(Reading.case(case_id)) as session:
        return people_around_of(session, case_id)


def audit_kinds(vault: Vault) -> list[str]:
    with vault.reading() as session:
        return list(session.scalars(select(AuditEntry.kind).order_by(AuditEntry.id)))


def part(screen: CaseScreen) -> PeopleAroundPart:
    return next(one for one in screen.parts if isinstance(one, PeopleAroundPart))


def box_of(screen: CaseScreen) -> PersonAroundBox:
    assert isinstance(screen.box, PersonAroundBox)
    return screen.box


def test_somebody_is_added_with_the_keyboard(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    hands.press("N")
    hands.type("solicitor")
    hands.next()
    hands.type("Ms Okafor")
    hands.press("Ctrl+Return")
    assert hands.count <= 4
    assert [(row.role, row.name) for row in rows(vault, ana)] == [("SOLICITOR", "Ms Okafor")]
    assert part(screen).cards() == ["Ms Okafor, solicitor"]


def test_a_dangerous_person_stands_apart_with_icon_and_word(vault: Vault, ana: UUID, solicitor: UUID, show: Show) -> None:
    with vault.transaction() as session:
        add_person_around(session, case_id=ana, role="DANGEROUS", name="the landlord", must_not_be_told="anything at all")
    screen = show(Place("case", ana))
    assert part(screen).cards() == ["the landlord. Dangerous. Never tell: anything at all", "Ms Okafor, solicitor. May be told: that she is safe"]
    first = part(screen).findChildren(Card)[0]
    assert (first._icon, first._state, first._tone) == ("caution", "Dangerous", "late")


def test_a_number_is_nowhere_before_it_is_asked_for_and_asking_is_noted(vault: Vault, ana: UUID, solicitor: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    screen.open_box(f"around {solicitor}")
    settle(qtbot, work)
    assert HERS not in texts_of(screen)
    assert "number shown" not in audit_kinds(vault)
    box = box_of(screen)
    assert box.numbers is not None
    box.numbers.show_button.click()
    settle(qtbot, work)
    assert HERS in texts_of(box)
    assert audit_kinds(vault).count("number shown") == 1
    box.numbers.show_button.click()
    settle(qtbot, work)
    assert HERS not in texts_of(screen)
    box.numbers.ask()
    settle(qtbot, work)
    screen.frame.lock()
    assert HERS not in texts_of(screen)


def test_who_must_not_know_stands_beside_what_they_may_be_told(vault: Vault, ana: UUID, solicitor: UUID, show: Show) -> None:
    screen = show(Place("case", ana))
    screen.open_box(f"around {solicitor}")
    box = box_of(screen)
    assert "must not know: her brother" in box.plan.accessibleName()
    assert box.texts["may_be_told"].text() == "that she is safe"


def test_a_change_a_new_number_and_no_longer_around_in_one(vault: Vault, ana: UUID, solicitor: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    screen.open_box(f"around {solicitor}")
    box = box_of(screen)
    box.texts["must_not_be_told"].set_text("the hostel")
    box.no_more.setChecked(True)
    box.number.setText("office@example.org")
    box.kind.set_value("EMAIL")
    box.left_now.setChecked(True)
    box.save()
    settle(qtbot, work)
    [row] = rows(vault, ana)
    assert (row.must_not_be_told, row.numbers, row.ended_on is not None) == ("the hostel", 1, True)
    with vault.reading(Reading.numbers(ana)) as session:
        assert [one.value for one in numbers_around(session, solicitor)] == ["office@example.org"]
    assert part(screen).cards() == ["Nobody now, 1 is no longer around"]


def test_an_interpreter_who_is_a_companion_is_warned_of(vault: Vault, ana: UUID, show: Show) -> None:
    with vault.transaction() as session:
        add_person_around(session, case_id=ana, role="COMPANION", name="Tran Van")
    screen = show(Place("case", ana))
    screen.open_box("around")
    box = box_of(screen)
    box.role.set_value("INTERPRETER")
    box.name.setText("tran van")
    assert not box.warning.isHidden()
    assert "never a companion" in box.warning.accessibleName()
    box.name.setText("Ms Le")
    assert box.warning.isHidden()
