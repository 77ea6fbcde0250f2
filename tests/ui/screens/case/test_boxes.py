"""The boxes of a case: drafts that survive, cautions, what each writes, and what it refuses before anything is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE
from tests.ui.screens.given import TODAY, Hands, at, person, settle, texts_of
from victimcare.casework.barriers import barrier_changes_of, barriers_of, record_barrier
from victimcare.casework.cases import case_facts, change_facts
from victimcare.casework.contact_points import contact_points
from victimcare.casework.contacts import contacts_of
from victimcare.casework.drafts import draft_of, my_drafts
from victimcare.casework.exploitation import exploitation_of
from victimcare.casework.identity import identity_of
from victimcare.casework.mitigations import mitigations_of, record_mitigation
from victimcare.casework.offences import offences_of
from victimcare.casework.safe_contact import plans_of
from victimcare.justice.investigations import cases_of, investigations_of, open_investigation
from victimcare.justice.nrm import nrm_of
from victimcare.referrals.listing import events_of
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.referrals import record_past_referral
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.barriers import BarrierBox, BarrierStepBox
from victimcare.ui.screens.case.change_plan import ChangePlanBox
from victimcare.ui.screens.case.justice import InvestigationBox, JusticeBox
from victimcare.ui.screens.case.log_contact import LogContactBox
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.case.person import PersonBox
from victimcare.ui.screens.case.referrals import AnswerBox
from victimcare.ui.screens.case.stance import StanceBox
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]


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


def opened(screen: CaseScreen, form: str, kind: type) -> object:
    screen.open_box(form)
    assert isinstance(screen.box, kind)
    return screen.box


# Drafts


def test_what_is_typed_is_in_the_vault_within_two_seconds(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, hands: Hands) -> None:
    show(Place("case", ana))
    hands.press("L")
    hands.type("half a sent")

    def kept() -> bool:
        with vault.reading(Reading.case(ana)) as session:
            draft = draft_of(session, "contact", ana)
        return draft is not None and "half a sent" in draft.body

    qtbot.waitUntil(kept, timeout=2_000)


def test_a_draft_comes_back_with_its_cursor_after_the_program_was_killed(
    vault: Vault, ana: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work, desk: MainWindow, vault_dir: object
) -> None:
    screen = show(Place("case", ana))
    hands.press("L")
    hands.type("Meet at ten")
    hands.press("Left")
    hands.press("Left")
    assert screen.box is not None
    screen.box.keep()
    settle(qtbot, work)
    again = Vault.open(vault_dir, user="VLO 17", passphrase=PASSPHRASE, clock=vault.clock)  # type: ignore[arg-type]
    other_work = Work(again)
    other = MainWindow(other_work, desk.settings, vault_name="MSKU casework", vault_id="v1", user="VLO 17")
    qtbot.addWidget(other)
    fresh = CaseScreen(other_work, other, screen.people)
    qtbot.addWidget(fresh)
    fresh.open(Place("case", ana))
    qtbot.waitUntil(lambda: isinstance(fresh.box, LogContactBox))
    box = fresh.box
    assert isinstance(box, LogContactBox)
    assert box.said.toPlainText() == "Meet at ten"
    assert box.said.textCursor().position() == len("Meet at ten") - 2
    assert box.told.text() == "Draft, not saved"
    other_work.stop()
    again.close()


def test_escape_closes_and_keeps_and_the_same_key_brings_it_back(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    hands.press("L")
    hands.type("Half")
    hands.press("Esc")
    assert screen.box is None
    assert not screen.boxes.log_button.isHidden()
    assert "Go on with the draft: log a contact" in texts_of(screen)
    hands.press("L")
    box = screen.box
    assert isinstance(box, LogContactBox)
    assert box.said.toPlainText() == "Half"


def test_logging_throws_the_draft_away(vault: Vault, ana: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    hands.press("L")
    hands.type("Whole")
    assert screen.box is not None
    screen.box.keep()
    settle(qtbot, work)
    hands.press("Ctrl+Return")
    with vault.reading() as session:
        assert my_drafts(session) == ()
    hands.press("L")
    box = screen.box
    assert isinstance(box, LogContactBox)
    assert box.said.toPlainText() == ""


def test_lock_keeps_what_was_typed_a_moment_ago(vault: Vault, ana: UUID, show: Show, hands: Hands, desk: MainWindow, qtbot: QtBot, work: Work) -> None:
    show(Place("case", ana))
    hands.press("L")
    hands.type("Just now")
    desk.lock()
    settle(qtbot, work)
    with vault.reading(Reading.case(ana)) as session:
        draft = draft_of(session, "contact", ana)
    assert draft is not None
    assert "Just now" in draft.body


def test_another_box_takes_the_place_and_the_first_stays_a_draft(vault: Vault, ana: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    hands.press("L")
    hands.type("Half")
    screen.open_box("stance")
    settle(qtbot, work)
    assert isinstance(screen.box, StanceBox)
    with vault.reading() as session:
        assert my_drafts(session) == ((ana, "contact"),)


def test_discard_leaves_no_draft(vault: Vault, ana: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    hands.press("L")
    hands.type("Half")
    assert screen.box is not None
    screen.box.keep()
    screen.box.discard()
    settle(qtbot, work)
    with vault.reading() as session:
        assert my_drafts(session) == ()
    assert "Go on with" not in texts_of(screen)


# Log a contact


def test_the_way_the_plan_calls_safe_is_chosen_and_asked_again_is_not_ticked(vault: Vault, ana: UUID, show: Show) -> None:
    box = opened(show(Place("case", ana)), "contact", LogContactBox)
    assert isinstance(box, LogContactBox)
    assert (box.way.value(), box.result.value(), box.asked_again.isChecked()) == ("TEXT", "SPOKEN", False)
    assert box.caution.isHidden()


@pytest.mark.parametrize(("way", "words"), [("PHONE", "The plan says never: call."), ("EMAIL", "The plan does not say that email is safe.")])
def test_a_way_that_is_not_safe_shows_caution(vault: Vault, ana: UUID, show: Show, way: str, words: str) -> None:
    box = opened(show(Place("case", ana)), "contact", LogContactBox)
    assert isinstance(box, LogContactBox)
    box.way.set_value(way)
    assert not box.caution.isHidden()
    assert box.caution.accessibleName() == f"Caution. {words}"


def test_ticking_asked_again_checks_the_plan_on_the_day_of_the_contact(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "contact", LogContactBox)
    assert isinstance(box, LogContactBox)
    box.on.set_value(date(2026, 11, 23))
    box.asked_again.setChecked(True)
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        plans = plans_of(session, ana)
    assert [plan.checked_on for plan in plans] == [date(2026, 11, 23), date(2026, 11, 18)]
    assert plans[0].must_not_know == "her brother"


def test_a_next_step_needs_a_day_and_then_shows_among_the_next_dates(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "contact", LogContactBox)
    assert isinstance(box, LogContactBox)
    box.next_step.set_value("Meet")
    save(screen)
    assert screen.box is box
    assert "Say on which day" in box.message.text()
    box.next_on.set_value(date(2026, 11, 27))
    save(screen)
    assert screen.box is None
    assert any("Meet. Fri 27 Nov" in line for part in screen.parts for line in part.cards())


def test_a_time_to_come_is_refused_in_the_box_and_nothing_typed_is_lost(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "contact", LogContactBox)
    assert isinstance(box, LogContactBox)
    box.said.set_text("Kept")
    box.on.set_value(date(2026, 11, 30))
    save(screen)
    assert screen.box is box
    assert "That time is in the future." in box.message.text()
    assert box.said.text() == "Kept"
    with vault.reading(Reading.case(ana)) as session:
        assert contacts_of(session, ana) == ()


def test_an_unsafe_end_asks_for_a_look_at_the_plan(vault: Vault, ana: UUID, show: Show) -> None:
    box = opened(show(Place("case", ana)), "contact", LogContactBox)
    assert isinstance(box, LogContactBox)
    assert box.review.isHidden()
    box.result.set_value("UNSAFE_ENDED")
    assert not box.review.isHidden()


def test_no_answer_to_a_text_is_no_response_and_an_exact_result_beats_the_segment(vault: Vault, ana: UUID, show: Show) -> None:
    box = opened(show(Place("case", ana)), "contact", LogContactBox)
    assert isinstance(box, LogContactBox)
    box.result.set_value("NO_ANSWER")
    assert box.outcome() == "NO_RESPONSE"
    box.way.set_value("PHONE")
    assert box.outcome() == "NO_ANSWER"
    box.exact.set_value("NUMBER_DEAD")
    assert box.outcome() == "NUMBER_DEAD"


# The plan


def test_changing_the_plan_makes_a_version_that_is_unchecked_unless_one_says_so(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "plan", ChangePlanBox)
    assert isinstance(box, ChangePlanBox)
    assert not box.agreed.isChecked()
    box.ways._lines[0].when.setText("Mon-Fri 9-12")
    box.texts["code_word"].set_text("florist")
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        plan = plans_of(session, ana)[0]
    assert (plan.checked_on, plan.code_word, plan.must_not_know) == (None, "florist", "her brother")
    assert (plan.hours[0].weekdays, plan.hours[0].from_minute, plan.hours[0].to_minute) == (31, 9 * 60, 12 * 60)
    assert screen.safe.property("state") == "caution"


def test_a_plan_that_leaves_no_way_is_refused(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "plan", ChangePlanBox)
    assert isinstance(box, ChangePlanBox)
    for line in box.ways._lines:
        line.is_safe.set_value("NO")
    save(screen)
    assert "leaves no way" in box.message.text()
    box.ways._lines[0].is_safe.set_value("YES")
    box.ways._lines[0].when.setText("whenever")
    save(screen)
    assert "not understood" in box.message.text()
    with vault.reading(Reading.case(ana)) as session:
        assert len(plans_of(session, ana)) == 1


def test_a_number_is_added_with_the_plan_and_not_shown(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "plan", ChangePlanBox)
    assert isinstance(box, ChangePlanBox)
    box.value.setText("ana@example.org")
    box.kind.set_value("EMAIL")
    box.agreed.setChecked(True)
    save(screen)
    with vault.reading() as session:
        assert sorted(row.kind for row in contact_points(session, ana)) == ["EMAIL", "PHONE"]
    assert "ana@example.org" not in texts_of(screen)


# Barriers, stance, referrals, person, justice


def test_mitigations_that_fit_the_barrier_come_first(vault: Vault, ana: UUID, show: Show) -> None:
    box = opened(show(Place("case", ana)), "barrier", BarrierBox)
    assert isinstance(box, BarrierBox)
    box.code.set_value("FAMILY_ABROAD")
    assert box.helps.code.itemData(1) == "OVERSEAS_SAFEGUARD"
    assert box.helps.code.itemText(1).endswith("(fits)")


def test_anonymity_for_life_is_cautioned_where_no_offence_gives_it(vault: Vault, ana: UUID, show: Show) -> None:
    box = opened(show(Place("case", ana)), "barrier", BarrierBox)
    assert isinstance(box, BarrierBox)
    box.code.set_value("FAMILY_FIND_OUT")
    box.helps.code.set_value("AUTO_ANONYMITY")
    assert box.form.isRowVisible(box.helps.basis)
    assert "promise nothing" in box.helps.basis.accessibleName()


def test_a_barrier_is_resolved_with_a_reason_only(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    with vault.transaction() as session:
        barrier = record_barrier(session, case_id=ana, code="COURT_FEAR", since=date(2026, 11, 1))
        record_mitigation(session, case_id=ana, code="S28", on=date(2026, 11, 2), barrier_ids=(barrier,))
    screen = show(Place("case", ana))
    box = opened(screen, f"barrier_step {barrier}", BarrierStepBox)
    assert isinstance(box, BarrierStepBox)
    box.status.set_value("RESOLVED")
    save(screen)
    assert "resolved with a reason" in box.message.text()
    box.reason.set_value("MITIGATED")
    next(iter(box.steps.values())).set_value("IN_PLACE")
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        [row], [change], [mitigation] = barriers_of(session, ana), barrier_changes_of(session, ana), mitigations_of(session, ana)
    assert (row.status, change.reason, mitigation.status) == ("RESOLVED", "MITIGATED", "IN_PLACE")


def test_a_declined_referral_needs_the_reason(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    with vault.transaction() as session:
        referral = record_past_referral(session, case_id=ana, partner_id=partner_ids(session)["CBH"], services=(), sent_on=date(2026, 11, 20))
    screen = show(Place("case", ana))
    box = opened(screen, f"answer {referral}", AnswerBox)
    assert isinstance(box, AnswerBox)
    box.status.set_value("DECLINED")
    save(screen)
    assert "why they declined" in box.message.text()
    box.reason.set_value("FULL")
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        newest = events_of(session, ana)[0]
    assert (newest.status, newest.decline_reason, newest.on) == ("DECLINED", "FULL", TODAY)


def test_stepping_back_is_told_with_the_right_to_review_in_neutral_words(vault: Vault, ana: UUID, show: Show) -> None:
    box = opened(show(Place("case", ana)), "stance", StanceBox)
    assert isinstance(box, StanceBox)
    assert box.review.isHidden()
    box.code.set_value("RETRACTED")
    assert not box.review.isHidden()
    assert "Caution" not in box.review.accessibleName()


def test_facts_and_names_are_corrected_and_the_old_name_stays_in_the_file(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "person", PersonBox)
    assert isinstance(box, PersonBox)
    box.names["family_name"].setText("Munteanu")
    box.coded["nationality"].set_value("RO")
    box.types["SEXUAL"].setChecked(True)
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        who, types = identity_of(session, ana), exploitation_of(session, ana)
    assert who is not None
    assert (who.name_used, who.family_name) == ("Ana", "Munteanu")
    assert [row.type for row in types] == ["SEXUAL"]
    assert "Nationality: Romania" in texts_of(screen)


def test_a_conflict_is_told_and_what_was_typed_stays(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "person", PersonBox)
    assert isinstance(box, PersonBox)
    box.coded["nationality"].set_value("RO")
    with vault.transaction() as session:
        change_facts(session, case_id=ana, version=1, nationality="PL")
    save(screen)
    again = screen.box
    assert isinstance(again, PersonBox)
    assert "You both changed what stands below" in texts_of(again)
    assert "Theirs, Nationality: Poland" in texts_of(again)
    assert again.coded["nationality"].value() == "RO"
    save(screen)
    assert screen.box is None
    with vault.reading() as session:
        facts = case_facts(session, ana)
        assert facts is not None
        assert facts.nationality == "RO"


def test_an_offence_gives_anonymity_and_an_nrm_stage_its_recovery_period(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "justice", JusticeBox)
    assert isinstance(box, JusticeBox)
    box.offences["MSA_S2"].setChecked(True)
    box.stage.set_value("RG_POSITIVE")
    save(screen)
    assert "no referral is recorded before that day" in box.message.text()
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        assert [row.code for row in offences_of(session, ana)] == ["MSA_S2"]
        assert [row.stage for row in nrm_of(session, ana)] == ["RG_POSITIVE"]
    told = texts_of(screen)
    assert "Anonymity: For life, by law" in told
    assert "Recovery: At least until 23 Dec" in told


def test_a_known_crime_reference_links_to_its_investigation_and_a_new_one_makes_it(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    with vault.transaction() as session:
        known = open_investigation(session, source="INTELLIGENCE", unit="MSKU", crime_reference="01/4411/26")
    screen = show(Place("case", ana))
    for typed in ("01/4411/26", "02/7/26"):
        box = opened(screen, "investigation", InvestigationBox)
        assert isinstance(box, InvestigationBox)
        box.reference.setText(typed)
        save(screen)
    with vault.reading() as session:
        assert cases_of(session, known) == (ana,)
        assert len(investigations_of(session, ana)) == 2
    assert "01/4411/26" in texts_of(screen)


def test_a_try_of_an_hour_ago_can_be_logged_without_its_time(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "contact", LogContactBox)
    assert isinstance(box, LogContactBox)
    box.at.set_value(None)
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        [contact] = contacts_of(session, ana)
    assert (contact.is_time_known, contact.at) == (False, at(11, 24, 0))
