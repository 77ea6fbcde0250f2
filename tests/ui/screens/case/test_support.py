"""Offered support, risk, special measures, Duty to Notify and a child's case, as a user meets them on the case page."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pypdf
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.screens.given import Hands, person, settle, texts_of
from victimcare.casework.cases import Case, case_facts
from victimcare.casework.disclosures import disclosures_of
from victimcare.casework.offences import record_offence
from victimcare.casework.offered_support import offers_of, record_offer
from victimcare.casework.risk import risk_reviews_of
from victimcare.justice.nrm import nrm_of, record_nrm
from victimcare.justice.special_measures import measures_of
from victimcare.store.reading import Reading
from victimcare.store.tables import AuditEntry
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.justice import JusticeBox, JusticePart
from victimcare.ui.screens.case.log_contact import LogContactBox
from victimcare.ui.screens.case.offered import OfferBox, OfferedListBox, OfferedPart, pence_of
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.case.person import PersonBox
from victimcare.ui.screens.case.risk import RiskBox, RiskPart
from victimcare.ui.screens.case.special_measures import MeasureBox, MeasuresPart
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]
TODAY = date(2026, 11, 24)


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session)


@pytest.fixture
def save(qtbot: QtBot, work: Work) -> Callable[[CaseScreen], None]:
    def run(screen: CaseScreen) -> None:
        assert screen.box is not None
        screen.box.save()
        settle(qtbot, work)

    return run


Save = Callable[[CaseScreen], None]


def cards(screen: CaseScreen, kind: type) -> list[str]:
    return next(part for part in screen.parts if isinstance(part, kind)).cards()


def make_child(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        case = session.get(Case, case_id)
        assert case is not None
        case.may_be_under_18 = "YES"


# Offered support


def test_an_offer_asks_whether_it_hangs_on_anything_before_it_is_saved(vault: Vault, ana: UUID, show: Show, hands: Hands, save: Save) -> None:
    screen = show(Place("case", ana))
    hands.press("O")
    box = screen.box
    assert isinstance(box, OfferBox)
    assert box.regardless.value() == ""
    hands.type("phone or")
    hands.next()
    hands.type("old handset")
    hands.press("Ctrl+Return")
    assert "whatever they say about a prosecution" in box.message.text()
    box.regardless.set_value("NO")
    save(screen)
    assert "which supervisor" in box.message.text()
    assert box.detail.text() == "old handset"
    box.regardless.set_value("YES")
    box.value.setText("40")
    box.told_on.set_value(TODAY)
    box.told_language.set_value("sq")
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        [row] = offers_of(session, ana)
    assert (row.code, row.detail, row.regardless, row.value_pence, row.told_language) == ("PHONE", "old handset", "YES", 4000, "sq")
    told = cards(screen, OfferedPart)
    assert told[0].startswith("Phone or SIM. 24 Nov. Accepted, whatever the stance, £40")
    assert "in Albanian that support does not depend on the police" in told[1]


def test_a_contact_that_was_an_offer_leads_to_the_log_of_offers(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    hands.press("L")
    assert isinstance(screen.box, LogContactBox)
    screen.box.about.set_value("SUPPORT_OFFER")
    hands.press("Ctrl+Return")
    assert "Go on: support offered" in texts_of(screen.boxes)
    hands.press("Space")
    box = screen.box
    assert isinstance(box, OfferBox)
    assert box.contact.value() is not None, "the contact it was in is chosen already"


def test_the_list_for_disclosure_is_one_key_away_noted_and_written_down(
    vault: Vault, ana: UUID, show: Show, hands: Hands, save: Save, tmp_path: Path, qtbot: QtBot, work: Work
) -> None:
    with vault.transaction() as session:
        record_offer(session, case_id=ana, on=TODAY, code="TRAVEL", response="ACCEPT", regardless="YES", detail="taxi to the house")
    screen = show(Place("case", ana))
    hands.press("Shift+O")
    box = screen.box
    assert isinstance(box, OfferedListBox)
    box.how.set_value("FILE")
    box.recipient.setText("DC 881, disclosure")
    save(screen)
    qtbot.waitUntil(lambda: box.dialog is not None, timeout=10_000)
    assert isinstance(box.dialog, QFileDialog)
    assert screen.box is box, "nothing is written down before it went"
    box.dialog.fileSelected.emit(str(tmp_path / "list.pdf"))
    qtbot.waitUntil(lambda: screen.box is None, timeout=10_000)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO((tmp_path / "list.pdf").read_bytes())).pages)
    assert "taxi to the house" in " ".join(text.split())
    with vault.reading(Reading.case(ana)) as session:
        [row] = disclosures_of(session, ana)
        assert (row.kind, row.recipient) == ("OFFERED_SUPPORT", "DC 881, disclosure")
        assert "printed" in session.scalars(select(AuditEntry.kind)).all()


@pytest.mark.parametrize(("typed", "pence"), [("40", 4000), ("£1,250", 125000), ("12.50", 1250), ("12.5", None), ("", None), ("forty", None)])
def test_amounts_as_they_are_typed(typed: str, pence: int | None) -> None:
    assert pence_of(typed) == pence


# Risk


def test_immediate_danger_says_what_to_do_first_and_the_level_shows(vault: Vault, ana: UUID, show: Show, hands: Hands, save: Save) -> None:
    screen = show(Place("case", ana))
    hands.press("K")
    box = screen.box
    assert isinstance(box, RiskBox)
    save(screen)
    assert "Choose the level" in box.message.text()
    assert box.now.isHidden()
    box.level.set_value("IMMEDIATE")
    assert not box.now.isHidden()
    assert "999" in texts_of(box.now)
    assert box.review_on.value() == date(2026, 12, 1)
    box.level.set_value("LOW")
    assert box.review_on.value() == date(2026, 12, 22)
    box.review_on.set_value(date(2026, 11, 27))
    box.level.set_value("HIGH")
    assert box.review_on.value() == date(2026, 11, 27), "a day that was chosen stays"
    box.types["MISSING"].setChecked(True)
    box.words.set_text("left the house twice")
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        [row] = risk_reviews_of(session, ana)
        facts = case_facts(session, ana)
    assert (row.level, row.types, row.words) == ("HIGH", ("MISSING",), "left the house twice")
    assert facts is not None
    assert facts.risk == "HIGH"
    [card] = cards(screen, RiskPart)
    assert "look again 27 Nov" in card
    assert "Going missing" in card
    assert any("Review the risk" in line for part in screen.parts for line in part.cards())


# Special measures


def test_eligibility_follows_the_recorded_offences_at_once(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    assert cards(screen, MeasuresPart) == ["None discussed yet"]
    screen.open_box("measure")
    box = screen.box
    assert isinstance(box, MeasureBox)
    with vault.transaction() as session:
        record_offence(session, case_id=ana, code="MSA_S2")
    qtbot.waitUntil(lambda: "s17(4)" in texts_of(box.eligible))
    settle(qtbot, work)
    assert "Eligible by law unless the person says no: Human trafficking (MSA s2)" in cards(screen, MeasuresPart)[0]


def test_a_grant_without_an_application_is_asked_about_once(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    screen.open_box("measure")
    box = screen.box
    assert isinstance(box, MeasureBox)
    box.measure.set_value("S29")
    assert "section 16" in texts_of(box.limits)
    box.measure.set_value("S23")
    assert box.limits.isHidden()
    box.status.set_value("GRANTED")
    box.words.set_text("screens and a curtain")
    save(screen)
    assert "no application is recorded" in box.message.text()
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        assert [(row.measure, row.status, row.words) for row in measures_of(session, ana)] == [("S23", "GRANTED", "screens and a curtain")]
    assert any("Granted 24 Nov (YJCEA s23)" in card for card in cards(screen, MeasuresPart))


# Duty to Notify


def test_a_notification_asks_for_co_operation_and_reasons_and_shows_that_it_is_anonymous(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    screen.open_box("justice")
    box = screen.box
    assert isinstance(box, JusticeBox)
    assert not box.form.isRowVisible(box.notice.co_operates)
    box.stage.set_value("DTN_SENT")
    assert box.form.isRowVisible(box.notice.co_operates)
    box.words.set_text("afraid of the Home Office")
    save(screen)
    assert "co-operates" in box.message.text()
    box.notice.co_operates.set_value("NO")
    save(screen)
    assert "why they did not want" in box.message.text()
    box.notice.reasons["AUTHORITIES"].setChecked(True)
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        [row] = nrm_of(session, ana)
    assert (row.stage, row.co_operates, row.words) == ("DTN_SENT", "NO", "afraid of the Home Office")
    assert any("Anonymous" in card for card in cards(screen, JusticePart))
    screen.open_box("notify_sheet")
    assert "It holds nothing that tells who the person is" in texts_of(screen.box)  # type: ignore[arg-type]


def test_a_second_referral_is_asked_about(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    with vault.transaction() as session:
        record_nrm(session, case_id=ana, stage="REFERRED", on=date(2026, 11, 20))
    screen = show(Place("case", ana))
    assert any("expected" in line and "27 Nov" in line for line in texts_of(screen).splitlines())
    screen.open_box("justice")
    box = screen.box
    assert isinstance(box, JusticeBox)
    box.stage.set_value("REFERRED")
    save(screen)
    assert "one referral a person" in box.message.text()
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        assert len(nrm_of(session, ana)) == 2


# May be under 18


def test_may_be_under_18_is_said_in_the_person_box_and_shown_at_the_head_in_words(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    assert screen.head.child.isHidden()
    screen.open_box("person")
    box = screen.box
    assert isinstance(box, PersonBox)
    box.coded["may_be_under_18"].set_value("YES")
    save(screen)
    assert not screen.head.child.isHidden()
    assert "May be under 18" in texts_of(screen.head)
    assert "Modern Slavery Act 2015, s51" in texts_of(screen.head)


def test_a_date_of_birth_under_18_does_the_same(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    screen.open_box("person")
    assert isinstance(screen.box, PersonBox)
    screen.box.born_on.set_value(date(2010, 5, 1))
    save(screen)
    assert not screen.head.child.isHidden()


def test_a_childs_nrm_box_offers_no_notification_and_no_withdrawal_and_says_that_no_consent_is_needed(vault: Vault, ana: UUID, show: Show) -> None:
    make_child(vault, ana)
    screen = show(Place("case", ana))
    screen.open_box("justice")
    box = screen.box
    assert isinstance(box, JusticeBox)
    offered = [box.stage.itemData(place) for place in range(box.stage.count())]
    assert "REFERRED" in offered
    assert not {"DTN_SENT", "WITHDRAWN"} & set(offered)
    assert "It needs no consent" in texts_of(box)
    assert any("child trafficking guardian" in card for card in cards(screen, OfferedPart))
    assert any("s16(1)(a)" in card for card in cards(screen, MeasuresPart))
