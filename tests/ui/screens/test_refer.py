"""The Refer page: whom, on what consent, exactly what goes, the very text, and the paper."""

from __future__ import annotations

import io
from functools import partial
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.screens.conftest import ReferPlace
from tests.ui.screens.given import Hands, at, settle, texts_of
from tests.ui.screens.referred import CRIME_REFERENCE, STANCE, how_many, merita, save_to
from victimcare.casework.approvals import approvals_of, decide
from victimcare.casework.cases import Case, change_facts
from victimcare.casework.contacts import log_contact
from victimcare.referrals.form import referral_pages
from victimcare.referrals.partners import add_partner
from victimcare.referrals.referrals import Referral, frozen_copy
from victimcare.store import people
from victimcare.store.reading import Reading
from victimcare.store.rights import Role
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.people import People
from victimcare.ui.screens.form_paper import print_pages
from victimcare.ui.screens.refer import ReferScreen
from victimcare.ui.screens.referrals import ReferralsScreen
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work


@pytest.fixture
def refer(desk: MainWindow, people: People) -> MainWindow:
    desk.add_screen("referrals", partial(ReferralsScreen, people=people), RailItem("Referrals", "refer", "Ctrl+3"))
    desk.add_screen("refer", ReferScreen, under="referrals")
    return desk


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    return merita(vault)


def pick(screen: ReferScreen, code: str = "CBH") -> None:
    screen.partner.partners.choose(next(one.partner.id for one in screen.partner.partners.choices.rows if one.partner.code == code))


def rest(qtbot: QtBot, work: Work, screen: ReferScreen) -> None:
    """Until the preview is that of what stands in the fields."""
    qtbot.waitUntil(lambda: not screen._soon.isActive())
    settle(qtbot, work)


def ready(qtbot: QtBot, work: Work, screen: ReferScreen) -> None:
    """Bakhita House, a safe house, consent recorded."""
    screen.partner.wanted.set_codes(("SAFE_HOUSE",))
    pick(screen)
    rest(qtbot, work, screen)
    screen.consent.told.setChecked(True)
    screen.consent.record()
    settle(qtbot, work)


def test_partners_say_whether_they_fit_and_why(refer, show, case_id, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("refer", case_id))
    screen.partner.wanted.set_codes(("SAFE_HOUSE", "THERAPY"))
    rest(qtbot, work, screen)
    first = screen.partner.partners.choices.index(0)
    told = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Caritas Bakhita House. Fits.")
    assert "Offers what is wanted." in told


def test_a_child_needs_no_consent_for_the_nrm_and_the_page_says_so(refer, show, case_id, qtbot, work, vault) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("refer", case_id))
    assert screen.consent.child.isHidden()
    with vault.transaction() as session:
        change_facts(session, case_id=case_id, version=session.get(Case, case_id).version, may_be_under_18="YES")
    settle(qtbot, work)
    assert not screen.consent.child.isHidden()
    assert "needs no consent and is made whatever they say" in texts_of(screen.consent.child)
    assert "Modern Slavery Act 2015, s51" in texts_of(screen.consent.child)


def test_only_the_smallest_set_is_ticked_and_a_stance_needs_a_reason(refer, show, case_id, qtbot, work, vault) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("refer", case_id))
    ready(qtbot, work, screen)
    ticked = {code for code, box in screen.goes.boxes.items() if box.isChecked()}
    assert ticked == {"NAME_USED", "AGE_BAND", "SEX", "LANGUAGE", "RISK", "NEEDS", "SAFE_CONTACT"}
    assert STANCE not in screen.preview.text()
    assert CRIME_REFERENCE not in screen.preview.text()
    screen.goes.boxes["STANCE"].setChecked(True)
    rest(qtbot, work, screen)
    screen.save()
    settle(qtbot, work)
    assert how_many(vault, Referral) == 0
    assert "Write why the partner needs it" in refer.message.text()


def test_the_preview_is_word_for_word_what_is_kept_and_printed(refer, show, case_id, qtbot, work, vault, tmp_path) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("refer", case_id))
    ready(qtbot, work, screen)
    seen = screen.preview.text()
    screen.save()
    save_to(qtbot, screen, tmp_path / "form.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "form.pdf").exists())
    settle(qtbot, work)
    with vault.reading(Reading.case(case_id)) as session:
        copy = frozen_copy(session, session.scalars(select(Referral.id)).one())
    paper = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO((tmp_path / "form.pdf").read_bytes())).pages)
    for word in ("Merita", "25 to 34", "Albanian; interpreter needed", "VC-2026-0001/1"):
        assert word in seen
        assert word in copy
        assert word in " ".join(paper.split())
    for kept in (copy, paper):
        assert STANCE not in kept
        assert CRIME_REFERENCE not in kept
    assert "in clear" in refer.message.text()


def test_without_consent_nothing_goes(refer, show, case_id, qtbot, work, vault) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("refer", case_id))
    screen.partner.wanted.set_codes(("SAFE_HOUSE",))
    pick(screen)
    rest(qtbot, work, screen)
    screen.save()
    settle(qtbot, work)
    assert how_many(vault, Referral) == 0
    assert "no consent in force" in refer.message.text()


def test_consent_needs_that_support_was_said_not_to_depend_on_police(refer, show, case_id, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("refer", case_id))
    pick(screen)
    rest(qtbot, work, screen)
    assert not screen.consent.told.isChecked()
    screen.consent.record()
    settle(qtbot, work)
    assert screen.consent.box.isVisible()
    assert "does not depend on helping the police" in refer.message.text()


def test_text_that_changed_after_the_preview_is_read_first(refer, show, case_id, qtbot, work, vault) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("refer", case_id))
    ready(qtbot, work, screen)
    screen.goes.added["RISK"].setText("Not safe where she is")
    screen.goes.added["RISK"].textEdited.emit("Not safe where she is")
    screen.save()
    assert "Read the preview" in refer.message.text()
    rest(qtbot, work, screen)
    assert "Not safe where she is" in screen.preview.text()
    assert how_many(vault, Referral) == 0


def test_esc_keeps_a_draft_that_comes_back(refer, show, case_id, qtbot, work, vault, hands: Hands) -> None:  # type: ignore[no-untyped-def]
    show(Place("case", case_id))
    screen = show(Place("refer", case_id))
    ready(qtbot, work, screen)
    screen.goes.boxes["NATIONALITY"].setChecked(True)
    rest(qtbot, work, screen)
    screen.partner.wanted.setFocus()
    hands.press("Esc")
    settle(qtbot, work)
    assert refer.history.place == Place("case", case_id)
    screen.forget()
    again = show(Place("refer", case_id))
    assert again.partner.wanted.codes() == ("SAFE_HOUSE",)
    assert again.goes.boxes["NATIONALITY"].isChecked()
    assert again.partner.partners.chosen().partner.code == "CBH"
    assert how_many(vault, Referral) == 1


def test_the_printer_gets_whole_pages_and_no_file_is_left(refer, show, case_id, qtbot, work, vault, tmp_path) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("refer", case_id))
    ready(qtbot, work, screen)
    screen.save()
    save_to(qtbot, screen, tmp_path / "form.pdf")
    settle(qtbot, work)
    with vault.reading(Reading.printed(case_id)) as session:
        pages = referral_pages(frozen_copy(session, session.scalars(select(Referral.id)).one()))
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert print_pages(printer, pages)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == len(pages)


def test_nothing_is_left_after_lock(refer, show, case_id, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("refer", case_id))
    ready(qtbot, work, screen)
    refer.lock()
    told = texts_of(screen)
    assert not any(word in told for word in ("Merita", "brother", "VC-2026", CRIME_REFERENCE))


def to_the_embassy(qtbot: QtBot, work: Work, screen: ReferScreen) -> None:
    """The embassy is chosen, with consent for it."""
    screen.partner.wanted.set_codes(("LEGAL_IMMIGRATION",))
    screen.partner.exceptional.setChecked(True)
    settle(qtbot, work)
    pick(screen, "EMBASSY")
    rest(qtbot, work, screen)
    screen.consent.told.setChecked(True)
    screen.consent.record()
    settle(qtbot, work)


def test_an_embassy_is_in_no_list_unless_asked_for_and_needs_a_reason(refer, show, case_id, qtbot, work, vault, tmp_path) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("refer", case_id))
    assert "EMBASSY" not in {one.partner.code for one in screen.partner.partners.choices.rows}
    pick(screen)
    rest(qtbot, work, screen)
    assert not screen.recipient.isVisible()
    to_the_embassy(qtbot, work, screen)
    assert screen.recipient.isVisible()
    assert "cannot be taken back" in screen.recipient.about.text()
    screen.save()
    settle(qtbot, work)
    assert how_many(vault, Referral) == 0
    assert "Write why it must go to this recipient at all." in refer.message.text()
    screen.recipient.reason.setText("She asks for a new passport herself")
    screen.recipient.reason.textEdited.emit("")
    rest(qtbot, work, screen)
    assert "passport" not in screen.preview.text()
    screen.save()
    save_to(qtbot, screen, tmp_path / "form.pdf")
    settle(qtbot, work)
    with vault.reading(Reading.case(case_id)) as session:
        [referral] = session.scalars(select(Referral)).all()
        assert "She asks for a new passport herself" in referral.reason
        assert "passport" not in referral.copy


def test_a_reason_for_one_recipient_is_not_that_for_another(refer, show, case_id, qtbot, work, vault) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        add_partner(session, name="Immigration Enforcement", code="ICE", type="EXCEPTIONAL", answers_in_days=5)
    screen = show(Place("refer", case_id))
    to_the_embassy(qtbot, work, screen)
    screen.recipient.reason.setText("She asks for a new passport herself")
    pick(screen, "ICE")
    rest(qtbot, work, screen)
    assert screen.recipient.isVisible()
    assert screen.recipient.reason.text() == ""


def test_who_is_no_supervisor_asks_one_and_sends_once_they_said_yes(vault, clock, settings, case_id, qtbot, tmp_path) -> None:  # type: ignore[no-untyped-def]
    code = people.invite(vault, "VLO 23", frozenset({Role.CASEWORKER}))
    caseworker = Vault.join(vault.folder, "VLO 23", code, "another long passphrase", clock=clock)
    people.approve(vault, people.waiting(vault)[0].id)
    caseworker.refresh_membership()
    work = Work(caseworker)
    window = MainWindow(work, settings, vault_name="MSKU casework", vault_id="v1", user="VLO 23")
    qtbot.addWidget(window)
    window.add_screen("refer", ReferScreen)
    window.add_screen("case", ReferPlace)
    window.show()
    window.go(Place("refer", case_id))
    settle(qtbot, work)
    screen = window.screen_shown
    to_the_embassy(qtbot, work, screen)
    screen.recipient.ask()
    assert "Write why it must go" in texts_of(screen.recipient)
    screen.recipient.reason.setText("She asks for a new passport herself")
    screen.recipient.reason.textEdited.emit("")
    screen.save()
    settle(qtbot, work)
    assert "A supervisor decides on this recipient" in window.message.text()
    screen.recipient.ask()
    settle(qtbot, work)
    assert "A supervisor is asked" in texts_of(screen.recipient)
    with vault.reading(Reading.case(case_id)) as session:
        [request] = approvals_of(session, case_id)
    assert (request.kind, request.why) == ("EXCEPTIONAL_RECIPIENT", "She asks for a new passport herself")
    with vault.transaction() as session:
        decide(session, approval_id=request.id, version=1, is_given=True, answer="her own wish")
    window.go(Place("refer", case_id))
    rest(qtbot, work, screen)
    assert not screen.recipient.ask_button.isVisible()
    screen.save()
    save_to(qtbot, screen, tmp_path / "form.pdf")
    settle(qtbot, work)
    work.stop()
    caseworker.close()
    with vault.reading() as session:
        [status] = session.scalars(select(Referral.status)).all()
    assert status == "SENT"


def test_a_suspended_way_is_told_before_anything_goes_and_in_what_goes(refer, show, case_id, qtbot, work, vault) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=at(11, 24), channel="PHONE", outcome="WRONG_PERSON")
    screen = show(Place("refer", case_id))
    ready(qtbot, work, screen)
    assert "Calls suspended since 24 Nov 09:00: answered by someone else. Number withheld" in screen.safe.accessibleName()
    assert "Calls: suspended since 24 Nov 2026, do not use before we say so" in texts_of(screen.preview)
