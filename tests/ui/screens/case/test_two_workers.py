"""Two workers on one case, each not knowing of the other: nothing of either is lost, and the second sees both before saving again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.screens.full import Full, full_case
from tests.ui.screens.given import TODAY, settle, texts_of
from victimcare.casework.appointments import appointments_of, change_appointment
from victimcare.casework.barriers import barriers_of, change_barrier
from victimcare.casework.cases import case_facts, change_facts
from victimcare.casework.drafts import Draft
from victimcare.casework.exploitation import exploitation_of, remove_exploitation
from victimcare.casework.identity import identity_of, record_identity
from victimcare.casework.mitigation_changes import change_mitigation
from victimcare.casework.mitigations import mitigations_of
from victimcare.casework.notes import notes_of
from victimcare.casework.people_around import change_person_around, people_around_of
from victimcare.casework.safe_contact import plan_of, record_plan
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.tasks import change_task, settle_task, tasks_of
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]


@pytest.fixture
def full(vault: Vault) -> Full:
    return full_case(vault)


@pytest.fixture
def meanwhile(vault: Vault, work: Work) -> Callable[[Callable[[Any], object]], None]:
    """Have somebody else change the vault without this window knowing, as on another machine."""

    def run(change: Callable[[Any], object]) -> None:
        listeners, vault.changed[:] = list(vault.changed), []
        with vault.transaction() as session:
            change(session)
        vault.changed[:] = listeners

    return run


Meanwhile = Callable[[Callable[[Any], object]], None]


@pytest.fixture
def save(qtbot: QtBot, work: Work) -> Callable[[CaseScreen], None]:
    def run(screen: CaseScreen) -> None:
        assert screen.box is not None
        screen.box.save()
        settle(qtbot, work)

    return run


Save = Callable[[CaseScreen], None]


def read(vault: Vault, case_id: UUID, query: Callable[..., Any]) -> Any:
    with vault.reading(Reading.case(case_id)) as session:
        return query(session, case_id)


def test_facts_of_the_person_keep_both_changes(vault: Vault, full: Full, show: Show, save: Save, meanwhile: Meanwhile) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box("person")
    box: Any = screen.box
    box.names["family_name"].setText("Hoxhaj")
    box.coded["gender"].set_value("FEMALE")
    seen = screen.shown.facts.version

    def theirs(session: Any) -> None:
        change_facts(session, case_id=full.case_id, version=seen, gender="MALE", borough=None, language="sq")
        record_identity(session, case_id=full.case_id, name_used="Ana", given_names="Anamaria", family_name="Dragan")

    meanwhile(theirs)
    save(screen)
    told = texts_of(screen.box)
    assert "Changed meanwhile" in told
    assert "Dragan" in told  # theirs, beside
    box = screen.box
    assert box.names["family_name"].text() == "Hoxhaj"  # mine, in the field
    assert box.names["given_names"].text() == "Anamaria"  # theirs, where only they changed it
    assert box.coded["language"].value() == "sq"
    save(screen)
    assert screen.box is None
    now, facts = read(vault, full.case_id, identity_of), read(vault, full.case_id, case_facts)
    assert (now.given_names, now.family_name) == ("Anamaria", "Hoxhaj")
    assert (facts.gender, facts.language) == ("FEMALE", "sq")


def test_theirs_is_taken_by_throwing_ones_own_away(vault: Vault, full: Full, show: Show, save: Save, meanwhile: Meanwhile, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box(f"task_step {full.about['task_step']}")
    box: Any = screen.box
    box.does.set_value("CHANGED")
    box.what.set_text("ask the borough")
    row = screen.shown.file.tasks[0]
    meanwhile(lambda session: change_task(session, task_id=row.id, version=row.version, what="ask the charity", due_on=row.due_on, worker_id=None))
    save(screen)
    assert "ask the charity" in texts_of(screen.box)
    assert screen.box.what.text() == "ask the borough"
    screen.box.discard()
    settle(qtbot, work)
    assert screen.box is None
    assert [one.what for one in read(vault, full.case_id, tasks_of)] == ["ask the charity"]


def test_a_task_done_by_both_says_so(vault: Vault, full: Full, show: Show, save: Save, meanwhile: Meanwhile) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box(f"task_step {full.about['task_step']}")
    box: Any = screen.box
    box.outcome.set_text("rang them")
    row = screen.shown.file.tasks[0]
    meanwhile(lambda session: settle_task(session, task_id=row.id, version=row.version, outcome="wrote to them"))
    save(screen)
    assert screen.box.outcome.text() == "rang them"
    save(screen)
    assert "done or dropped already" in screen.box.message.text()
    assert screen.box.outcome.text() == "rang them"


def test_an_appointment_changed_by_both(vault: Vault, full: Full, show: Show, save: Save, meanwhile: Meanwhile) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box(f"appointment {full.about['appointment']}")
    box: Any = screen.box
    box.place.setText("the station") if hasattr(box.place, "setText") else box.place.set_text("the station")
    row = screen.shown.file.appointments[0]
    meanwhile(lambda session: change_appointment(session, appointment_id=row.id, version=row.version, place="the church", purpose="a form"))
    save(screen)
    assert "the church" in texts_of(screen.box)
    save(screen)
    assert screen.box is None
    now = read(vault, full.case_id, appointments_of)[0]
    assert (now.place, now.purpose) == ("the station", "a form")


def test_a_barrier_and_its_mitigation_stepped_by_both(vault: Vault, full: Full, show: Show, save: Save, meanwhile: Meanwhile) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box(f"barrier_step {full.about['barrier_step']}")
    box: Any = screen.box
    box.words.set_text("she told me so")
    barrier, mitigation = screen.shown.file.barriers[0], screen.shown.file.mitigations[0]

    def theirs(session: Any) -> None:
        change_barrier(session, barrier_id=barrier.id, version=barrier.version, on=TODAY, status="MITIGATING")
        change_mitigation(session, mitigation_id=mitigation.id, version=mitigation.version, on=TODAY, status="IN_PLACE")

    meanwhile(theirs)
    save(screen)
    assert screen.box.words.text() == "she told me so"
    assert screen.box.status.value() == "MITIGATING"
    save(screen)
    assert screen.box is None
    assert read(vault, full.case_id, barriers_of)[0].status == "MITIGATING"
    assert read(vault, full.case_id, mitigations_of)[0].status == "IN_PLACE"


def test_a_plan_made_by_both_is_never_replaced_unseen(vault: Vault, full: Full, show: Show, save: Save, meanwhile: Meanwhile) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box("plan")
    box: Any = screen.box
    box.texts["code_word"].set_text("optician")
    meanwhile(lambda session: record_plan(session, case_id=full.case_id, hours=[SafeHours("EMAIL", "YES")], summary="E-mail only.", must_not_know="him"))
    save(screen)
    told = texts_of(screen.box)
    assert "Changed meanwhile" in told
    assert screen.box.texts["summary"].text() == "E-mail only."
    assert [row.channel for row in screen.box.ways.hours()] == ["EMAIL"]
    save(screen)
    plan = read(vault, full.case_id, plan_of)
    assert (plan.summary, plan.code_word, [row.channel for row in plan.hours]) == ("E-mail only.", "optician", ["EMAIL"])


def test_somebody_around_changed_by_both(vault: Vault, full: Full, show: Show, save: Save, meanwhile: Meanwhile) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box(f"around {full.about['around']}")
    box: Any = screen.box
    box.name.setText("Ms Osei")
    row = screen.shown.file.people_around[0]
    meanwhile(lambda session: change_person_around(session, person_id=row.id, version=row.version, name="Mr K. Osei", note="new firm"))
    save(screen)
    assert "Mr K. Osei" in texts_of(screen.box)
    save(screen)
    now = read(vault, full.case_id, people_around_of)[0]
    assert (now.name, now.note) == ("Ms Osei", "new firm")


def test_a_draft_taken_up_after_somebody_elses_change_undoes_nothing(
    vault: Vault, full: Full, show: Show, save: Save, meanwhile: Meanwhile, qtbot: QtBot, work: Work
) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box("person")
    box: Any = screen.box
    box.names["family_name"].setText("Hoxhaj")
    box.close_keeping()
    settle(qtbot, work)
    meanwhile(lambda session: change_facts(session, case_id=full.case_id, version=screen.shown.facts.version, gender="MALE", language="sq"))
    screen.forget()
    screen = show(Place("case", full.case_id))
    settle(qtbot, work)
    screen.open_box("person")
    save(screen)
    assert screen.box is None
    facts = read(vault, full.case_id, case_facts)
    assert (facts.gender, facts.language) == ("MALE", "sq")
    assert read(vault, full.case_id, identity_of).family_name == "Hoxhaj"


def test_what_was_typed_about_a_withdrawn_entry_becomes_a_note(vault: Vault, full: Full, show: Show, save: Save, meanwhile: Meanwhile) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box(f"task_step {full.about['task_step']}")
    box: Any = screen.box
    box.does.set_value("CHANGED")
    box.what.set_text("ask the borough about the key")
    row = screen.shown.file.tasks[0]

    def theirs(session: Any) -> None:
        change_task(session, task_id=row.id, version=row.version, what="x", due_on=None, worker_id=None)
        session.flush()
        withdraw(session, row_id=row.id, reason="MUST_NOT_BE_HELD")

    meanwhile(theirs)
    save(screen)
    assert "no longer in the case" in texts_of(screen.box)
    assert "ask the borough about the key" in screen.box.text.text()
    save(screen)
    assert screen.box is None
    assert read(vault, full.case_id, notes_of)[0].text == "ask the borough about the key"
    with vault.reading() as session:
        assert session.scalars(select(Draft.form)).all() == []


def test_a_type_both_took_away_is_a_change_and_no_crash(vault: Vault, full: Full, show: Show, save: Save, meanwhile: Meanwhile, work: Work) -> None:
    broken: list[str] = []
    work.broke.connect(broken.append)
    screen = show(Place("case", full.case_id))
    screen.open_box("person")
    box: Any = screen.box
    box.types["SEXUAL"].setChecked(False)
    row = screen.shown.exploitation[0]
    meanwhile(lambda session: remove_exploitation(session, exploitation_id=row.id, version=row.version))
    save(screen)
    save(screen)
    assert broken == []
    assert read(vault, full.case_id, exploitation_of) == ()
