"""Barriers and what helps: why it fits and what the law says, while the box is open too; nothing vanishes; who was asked abroad."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import TODAY, Hands, person, settle, texts_of
from victimcare.casework.barriers import Barrier, barrier_changes_of, barriers_of, change_barrier, record_barrier, resolve_barrier
from victimcare.casework.mitigation_changes import mitigation_changes_of
from victimcare.casework.mitigations import Mitigation, MitigationBarrier, mitigations_of, record_mitigation
from victimcare.casework.offences import Offence, record_offence
from victimcare.casework.safeguarding import ask_safeguarding, safeguarding_of
from victimcare.casework.stance import record_stance
from victimcare.reference.codelists import codelist
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.barriers import BarrierBox, BarrierStepBox
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.case.safeguarding import SafeguardingAnswerBox, SafeguardingBox
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


def opened(screen: CaseScreen, form: str) -> BarrierBox | BarrierStepBox | SafeguardingBox | SafeguardingAnswerBox:
    screen.open_box(form)
    assert isinstance(screen.box, BarrierBox | BarrierStepBox | SafeguardingBox | SafeguardingAnswerBox)
    return screen.box


def cards(screen: CaseScreen) -> list[str]:
    return next(part for part in screen.parts if type(part).__name__ == "BarriersPart").cards()


def test_what_fits_says_why_and_on_whose_word(ana: UUID, show: Show) -> None:
    box = opened(show(Place("case", ana)), "barrier")
    assert isinstance(box, BarrierBox)
    box.code.set_value("RECORDS_PRIVACY")
    box.helps.code.set_value("THERAPY")
    assert box.helps.means.text() == "Fear for its notes is no reason to go without it. Source: CPS, Pre-trial therapy, legal guidance."
    assert not box.form.isRowVisible(box.helps.none)


@pytest.mark.parametrize("barrier", ["OTHER", "NOT_STATED"])
def test_a_barrier_without_a_mitigation_says_so_and_all_can_still_be_chosen(ana: UUID, show: Show, barrier: str) -> None:
    box = opened(show(Place("case", ana)), "barrier")
    assert isinstance(box, BarrierBox)
    box.code.set_value(barrier)
    assert "No mitigation is listed" in box.helps.none.text()
    assert {box.helps.code.itemData(at) for at in range(1, box.helps.code.count())} == set(codelist("mitigation").codes)


def test_another_offence_changes_the_basis_at_once_though_the_box_is_open(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "barrier")
    assert isinstance(box, BarrierBox)
    box.code.set_value("FAMILY_FIND_OUT")
    box.helps.code.set_value("AUTO_ANONYMITY")
    assert box.helps.basis.accessibleName().startswith("Not known yet. ")
    for offence, said in (("MSA_S1", "Not here. "), ("MSA_S2", "By law. ")):
        work.change(screen, lambda session, code=offence: record_offence(session, case_id=ana, code=code), lambda _: None)
        settle(qtbot, work)
        assert screen.box is box
        assert box.helps.basis.accessibleName().startswith(said)
        assert "SOAA 1992" in box.helps.basis.accessibleName()


def test_the_basis_of_what_is_there_already_follows_the_offences_too(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        barrier = record_barrier(session, case_id=ana, code="COURT_FEAR", since=date(2026, 11, 1))
        record_mitigation(session, case_id=ana, code="SPECIAL_MEASURES", on=date(2026, 11, 2), barrier_ids=[barrier])
    screen = show(Place("case", ana))
    box = opened(screen, f"barrier_step {barrier}")
    assert isinstance(box, BarrierStepBox)
    assert box.bases["SPECIAL_MEASURES"].accessibleName().startswith("Not known yet")
    work.change(screen, lambda session: record_offence(session, case_id=ana, code="MSA_S1"), lambda _: None)
    settle(qtbot, work)
    assert box.bases["SPECIAL_MEASURES"].accessibleName().startswith("By law. Eligible automatically")


def test_a_refusal_asks_what_is_behind_it_and_adds_that_without_forcing_it(vault: Vault, ana: UUID, show: Show, hands: Hands, save: Save) -> None:
    screen = show(Place("case", ana))
    hands.press("B")
    hands.type("unwilling to give")
    hands.next()
    assert "anything that made it hard to tell" in texts_of(screen.box)  # type: ignore[arg-type]
    hands.type("fear of court")
    hands.next()
    hands.type("court visit")
    hands.press("Ctrl+Return")
    assert hands.count <= 6
    with vault.reading() as session:
        found = {row.code: row.id for row in barriers_of(session, ana, {})}
        [visit] = mitigations_of(session, ana, {})
    assert set(found) == {"UNWILLING_EVIDENCE", "COURT_FEAR"}
    assert set(visit.barrier_ids) == set(found.values())
    box = opened(screen, "barrier")
    assert isinstance(box, BarrierBox)
    box.code.set_value("UNWILLING_EVIDENCE")
    save(screen)
    assert len(cards(screen)) == 3


def test_one_mitigation_answers_several_barriers_linked_in_the_box(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    with vault.transaction() as session:
        debt = record_barrier(session, case_id=ana, code="DEBT", since=date(2026, 11, 1))
        oath = record_barrier(session, case_id=ana, code="OATH", since=date(2026, 11, 1))
    screen = show(Place("case", ana))
    box = opened(screen, f"barrier_step {debt}")
    assert isinstance(box, BarrierStepBox)
    box.helps.code.set_value("LEGAL_ADVICE")
    assert [one.text() for one in box.helps.also.values()] == ["Oath or spiritual control"]
    box.helps.also[str(oath)].setChecked(True)
    save(screen)
    with vault.transaction() as session:
        third = record_barrier(session, case_id=ana, code="IMMIGRATION", since=date(2026, 11, 1))
        [advice] = mitigations_of(session, ana, {})
    assert advice.barrier_ids == (debt, oath)
    screen = show(Place("case", ana))
    box = opened(screen, f"barrier_step {third}")
    assert isinstance(box, BarrierStepBox)
    box.helps.code.set_value(f"={advice.id}")
    assert not box.form.isRowVisible(box.helps.step)
    save(screen)
    with vault.reading() as session:
        assert [row.barrier_ids for row in mitigations_of(session, ana, {})] == [(debt, oath, third)]


def test_whether_it_helped_is_kept_as_a_step_with_who_and_when(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    with vault.transaction() as session:
        barrier = record_barrier(session, case_id=ana, code="LANGUAGE", since=date(2026, 11, 1))
        row = record_mitigation(session, case_id=ana, code="INTERPRETER", on=date(2026, 11, 2), barrier_ids=[barrier])
    screen = show(Place("case", ana))
    box = opened(screen, f"barrier_step {barrier}")
    assert isinstance(box, BarrierStepBox)
    box.steps[row].set_value("IN_PLACE")
    box.results[row].set_value("HELPED")
    save(screen)
    with vault.reading() as session:
        [step] = mitigation_changes_of(session, ana, {})
    assert (step.status, step.result, step.on) == ("IN_PLACE", "HELPED", TODAY)
    [entry] = [one for one in screen.stream.entries_model.entries if one.id == step.id]
    assert (entry.headline, entry.muted) == ("Independent interpreter: in place", "it helped, by VLO 17")


def test_a_barrier_that_comes_back_says_so_and_counts(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    with vault.transaction() as session:
        barrier = record_barrier(session, case_id=ana, code="DEBT", since=date(2026, 11, 1))
    with vault.transaction() as session:
        resolve_barrier(session, barrier_id=barrier, version=1, on=date(2026, 11, 9), reason="CHANGED")
    screen = show(Place("case", ana))
    box = opened(screen, f"barrier_step {barrier}")
    assert isinstance(box, BarrierStepBox)
    assert "MITIGATING" not in box.status.values
    box.status.set_value("RETURNED")
    save(screen)
    assert cards(screen)[0].startswith("Debt owed or believed owed. returned.")
    assert screen.shown is not None
    assert screen.shown.head.open_barriers == 1


def test_words_about_a_resolved_barrier_keep_its_reason(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    with vault.transaction() as session:
        barrier = record_barrier(session, case_id=ana, code="DEBT", since=date(2026, 11, 1))
    with vault.transaction() as session:
        resolve_barrier(session, barrier_id=barrier, version=1, on=date(2026, 11, 9), reason="CHANGED")
    screen = show(Place("case", ana))
    box = opened(screen, f"barrier_step {barrier}")
    assert isinstance(box, BarrierStepBox)
    box.words.set_text("Paid in full, she says.")
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        assert next((row.status, row.reason, row.words) for row in barrier_changes_of(session, ana)) == ("RESOLVED", "CHANGED", "Paid in full, she says.")


def test_strength_and_whose_words_are_corrected_with_a_step_in_one_save(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    with vault.transaction() as session:
        barrier = record_barrier(session, case_id=ana, code="DEBT", since=date(2026, 11, 1))
    screen = show(Place("case", ana))
    box = opened(screen, f"barrier_step {barrier}")
    assert isinstance(box, BarrierStepBox)
    box.strength.set_value("DECISIVE")
    box.recorded_from.set_value("OWN_WORDS")
    box.status.set_value("MITIGATING")
    save(screen)
    with vault.reading() as session:
        [row] = barriers_of(session, ana, {})
    assert (row.strength, row.recorded_from, row.status) == ("DECISIVE", "OWN_WORDS", "MITIGATING")


def test_what_happened_is_told_as_plain_history(vault: Vault, ana: UUID, show: Show) -> None:
    with vault.transaction() as session:
        record_stance(session, case_id=ana, on=date(2026, 11, 3), code="UNDECIDED")
        record_stance(session, case_id=ana, on=date(2026, 11, 20), code="ACCOUNT_ONLY")
        barrier = record_barrier(session, case_id=ana, code="COURT_FEAR", since=date(2026, 11, 1))
        record_mitigation(session, case_id=ana, code="COURT_VISIT", on=date(2026, 11, 2), status="ASKED", barrier_ids=[barrier])
    with vault.transaction() as session:
        change_barrier(session, barrier_id=barrier, version=1, on=date(2026, 11, 16), status="MITIGATING")
    box = opened(show(Place("case", ana)), f"barrier_step {barrier}")
    assert isinstance(box, BarrierStepBox)
    told = [words.text() for words in box.history]
    assert told == [
        "Barrier: Open 1 Nov; eased 16 Nov.",
        "Court visit: Asked for 2 Nov.",
        "Stance: Undecided, wants time 3 Nov; gives an account or statement, will not go to court 20 Nov.",
    ]
    assert "does not say that one led to the other" in texts_of(box)


# Asking another state


def test_asking_abroad_warns_first_and_is_recorded_with_barrier_and_mitigation(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    screen = show(Place("case", ana))
    box = opened(screen, "barrier")
    assert isinstance(box, BarrierBox)
    box.code.set_value("FAMILY_ABROAD")
    assert not box.form.isRowVisible(box.helps.abroad.warning)
    box.helps.code.set_value("OVERSEAS_SAFEGUARD")
    assert box.form.isRowVisible(box.helps.abroad.warning)
    assert "may itself raise the risk" in box.helps.abroad.warning.accessibleName()
    assert "Never through the family itself" in texts_of(box)
    assert not box.form.isRowVisible(box.helps.abroad.country)
    box.helps.step.set_value("ASKED")
    save(screen)
    assert "Choose the country" in box.message.text()
    box.helps.abroad.country.set_value("RO")
    box.helps.abroad.asked_by.setText("DS Patel")
    box.helps.abroad.asked_whom.setText("the liaison officer in Bucharest")
    save(screen)
    with vault.reading(Reading.case(ana)) as session:
        [request], [mitigation] = safeguarding_of(session, ana), mitigations_of(session, ana)
    assert (request.country, request.asked_by, request.asked_whom, request.asked_on) == ("RO", "DS Patel", "the liaison officer in Bucharest", TODAY)
    assert (mitigation.code, mitigation.status) == ("OVERSEAS_SAFEGUARD", "ASKED")
    assert any("Asked Romania" in card and "waiting" in card for card in cards(screen))


def test_an_answer_is_recorded_in_four_interactions_and_the_mitigation_takes_its_step(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        barrier = record_barrier(session, case_id=ana, code="FAMILY_ABROAD", since=date(2026, 11, 1))
        mitigation = record_mitigation(session, case_id=ana, code="OVERSEAS_SAFEGUARD", on=date(2026, 11, 2), status="ASKED", barrier_ids=[barrier])
        ask_safeguarding(session, mitigation_id=mitigation, country="RO", asked_on=date(2026, 11, 2), asked_by="DS Patel")
    screen = show(Place("case", ana))
    hands.press("A")
    assert "Asked 2 Nov: DS Patel." in texts_of(screen.box)  # type: ignore[arg-type]
    hands.type("done, the family")
    hands.next()
    hands.type("They moved to an aunt")
    hands.press("Ctrl+Return")
    assert hands.count <= 4
    with vault.reading(Reading.case(ana)) as session:
        [request], [row] = safeguarding_of(session, ana), mitigations_of(session, ana)
    assert (request.answer, request.raised_risk, request.answer_words, request.answered_on) == ("DONE", "UNKNOWN", "They moved to an aunt", TODAY)
    assert (row.status, row.on) == ("IN_PLACE", TODAY)
    assert not any("waiting" in card for card in cards(screen))


def test_a_risk_raised_by_asking_calls_for_another_look(vault: Vault, ana: UUID, show: Show) -> None:
    with vault.transaction() as session:
        mitigation = record_mitigation(session, case_id=ana, code="OVERSEAS_SAFEGUARD", on=date(2026, 11, 2), status="ASKED")
        request = ask_safeguarding(session, mitigation_id=mitigation, country="VN", asked_on=date(2026, 11, 2))
    box = opened(show(Place("case", ana)), f"safeguarding_answer {request}")
    assert isinstance(box, SafeguardingAnswerBox)
    assert not box.form.isRowVisible(box.review)
    box.raised.set_value("YES")
    assert box.form.isRowVisible(box.review)


def test_a_mitigation_nobody_was_asked_for_offers_to_record_who(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    with vault.transaction() as session:
        barrier = record_barrier(session, case_id=ana, code="FAMILY_ABROAD", since=date(2026, 11, 1))
        mitigation = record_mitigation(session, case_id=ana, code="OVERSEAS_SAFEGUARD", on=date(2026, 11, 2), barrier_ids=[barrier])
    screen = show(Place("case", ana))
    assert any("Nobody asked yet" in card for card in cards(screen))
    box = opened(screen, f"safeguarding {mitigation}")
    assert isinstance(box, SafeguardingBox)
    assert box.form.isRowVisible(box.abroad.warning)
    box.abroad.country.set_value("AL")
    save(screen)
    with vault.reading() as session:
        [row] = mitigations_of(session, ana, {})
    assert row.status == "ASKED"
    assert any("Asked Albania" in card for card in cards(screen))


def test_codes_of_an_older_list_can_still_be_gone_on_with(vault: Vault, ana: UUID, show: Show, save: Save) -> None:
    with vault.transaction() as session:
        barrier = Barrier(case_id=ana, code="FEAR_OF_PRESS", since=date(2026, 11, 1), status="PARKED")
        session.add(barrier)
        session.add(Offence(case_id=ana, code="MSA_S4"))
        row = Mitigation(case_id=ana, code="SCREEN", status="OFFERED", on=date(2026, 11, 2))
        session.add(row)
        session.add(MitigationBarrier(case_id=ana, mitigation_id=row.id, barrier_id=barrier.id))
        id = barrier.id
    screen = show(Place("case", ana))
    assert cards(screen)[0].startswith("Fear of press. parked.")
    box = opened(screen, f"barrier_step {id}")
    assert isinstance(box, BarrierStepBox)
    assert box.title.text() == "Fear of press"
    box.status.set_value("MITIGATING")
    save(screen)
    assert cards(screen)[0].startswith("Fear of press. eased.")
