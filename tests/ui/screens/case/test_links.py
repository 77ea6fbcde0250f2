"""Linked cases on the page: found and warned of, and nothing of the other case is on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import TEXT_ONLY, Hands, person, settle, texts_of
from victimcare.casework.case_links import LinkRow, link_cases, links_of
from victimcare.casework.contact_points import record_contact_point
from victimcare.casework.safe_contact import record_plan
from victimcare.justice.investigations import link_case, open_investigation
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.links import LinkBox, LinksPart, LinkStepBox
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.case.parts import Card
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]
OF_ILIR = ("+44 7700 900777", "14 Mill Lane", "only through the priest", "nobody from Elbasan", "lighthouse")


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session, "Ana")


@pytest.fixture
def ilir(vault: Vault, ana: UUID) -> UUID:
    number, address, summary, must_not_know, code_word = OF_ILIR
    with vault.transaction() as session:
        case_id = person(session, "Ilir")
        record_plan(session, case_id=case_id, hours=TEXT_ONLY, checked_on=date(2026, 11, 20), summary=summary, must_not_know=must_not_know, code_word=code_word)
        for kind, value in (("PHONE", number), ("ADDRESS", address)):
            record_contact_point(session, case_id=case_id, kind=kind, value=value, label="his own")
        return case_id


def rows(vault: Vault, case_id: UUID) -> tuple[LinkRow, ...]:
    with vault.reading(Reading.case(case_id)) as session:
        return links_of(session, case_id)


def part(screen: CaseScreen) -> LinksPart:
    return next(one for one in screen.parts if isinstance(one, LinksPart))


def box_of(screen: CaseScreen) -> LinkBox:
    assert isinstance(screen.box, LinkBox)
    return screen.box


def test_the_other_is_found_by_name_and_the_question_has_to_be_answered(
    vault: Vault, ana: UUID, ilir: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work
) -> None:
    screen = show(Place("case", ana))
    hands.press("G")
    hands.type("ilir")
    box = box_of(screen)
    assert [box.found.itemText(at) for at in range(box.found.count())] == ["1 found, choose", "VC-2026-0002  Ilir"]
    box.found.set_value("VC-2026-0002")
    assert box.other.text() == "VC-2026-0002"
    box.kind.set_value("FAMILY")
    hands.press("Ctrl+Return")
    assert "Answer whether" in box.message.text()
    assert rows(vault, ana) == ()
    box.must_not_know.set_value("YES")
    box.save()
    settle(qtbot, work)
    [row] = rows(vault, ana)
    assert (row.other_id, row.kind, row.must_not_know) == (ilir, "FAMILY", True)


def test_both_pages_warn_in_words_and_icon_and_hold_nothing_of_the_other(vault: Vault, ana: UUID, ilir: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        link_cases(session, case_id=ana, other_case_id=ilir, kind="FAMILY", must_not_know=True, words="brother and sister")
    screen = show(Place("case", ana))
    first = part(screen).findChildren(Card)[0]
    assert first.accessibleName().startswith("VC-2026-0002. Must not know. One must not know of the other")
    assert (first._icon, first._tone) == ("caution", "caution")
    shown = texts_of(screen)
    assert "Ilir" not in shown
    assert not any(secret in shown for secret in OF_ILIR)
    assert "brother and sister" in shown
    first.click()
    settle(qtbot, work)
    other = screen.frame.screen_shown
    assert isinstance(other, CaseScreen)
    assert other.case_id == ilir
    assert "VC-2026-0001. Must not know" in part(other).cards()[0]
    assert "brother and sister" not in texts_of(other)
    assert "her brother" not in texts_of(other)


def test_those_of_the_same_investigation_are_offered_until_linked(vault: Vault, ana: UUID, ilir: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        investigation = open_investigation(session, source="DIRECT_REPORT", unit="MSKU")
        for case_id in (ana, ilir):
            link_case(session, investigation_id=investigation, case_id=case_id)
    screen = show(Place("case", ana))
    screen.open_box("link")
    settle(qtbot, work)
    box = box_of(screen)
    assert [box.found.itemText(at) for at in range(1, box.found.count())] == ["VC-2026-0002, same investigation"]
    box.found.set_value("VC-2026-0002")
    assert box.kind.value() == "SAME_INVESTIGATION"
    box.must_not_know.set_value("NO")
    box.save()
    settle(qtbot, work)
    assert part(screen).cards()[0] == "VC-2026-0002"
    screen.open_box("link")
    settle(qtbot, work)
    assert box_of(screen).found.count() == 1


def test_a_link_is_changed_or_ended_from_the_other_side(vault: Vault, ana: UUID, ilir: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        link = link_cases(session, case_id=ana, other_case_id=ilir, kind="SAME_HOUSE", must_not_know=False)
    screen = show(Place("case", ilir))
    for answer, expected in (("YES", (True, True)), ("END", (True, False))):
        screen.open_box(f"link_step {link}")
        box = screen.box
        assert isinstance(box, LinkStepBox)
        box.answer.set_value(answer)
        box.save()
        settle(qtbot, work)
        [row] = rows(vault, ana)
        assert (row.must_not_know, row.ended_on is None) == expected
    assert part(screen).cards() == ["None now, 1 has ended"]


def test_a_reference_nobody_has_is_refused_and_stays(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    screen.open_box("link")
    box = box_of(screen)
    box.other.setText("vc-2026-9999")
    box.kind.set_value("OTHER")
    box.must_not_know.set_value("NO")
    box.save()
    settle(qtbot, work)
    assert "no such case" in box.message.text()
    assert box.other.text() == "vc-2026-9999"
