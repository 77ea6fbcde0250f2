"""Danger now: public steps until the office has written its own, which supervisors alone write."""

from __future__ import annotations

import pytest

from tests.casework.test_restricted import colleague
from tests.conftest import StandingClock
from victimcare.casework.danger_steps import Step, danger_page, usual_steps, write_danger_steps
from victimcare.casework.opening import TextRefused
from victimcare.resources import resource_json
from victimcare.store.errors import NotAllowed
from victimcare.store.reading import Reading
from victimcare.store.rights import Role
from victimcare.store.vault import Vault

OWN = (Step("Ring the duty inspector", "101 ext. 4411"), Step("Do not text her"))


def test_public_numbers_stand_first_with_their_source() -> None:
    steps = usual_steps()
    assert steps[0].number == "999"
    assert all(step.source for step in steps if step.number)
    assert len(resource_json("rules/danger.json")["source"]) == len([step for step in steps if step.number])


def test_the_offices_own_steps_take_their_place_in_order_and_can_be_taken_back(vault: Vault) -> None:
    with vault.transaction() as session:
        write_danger_steps(session, OWN)
    with vault.transaction() as session:
        write_danger_steps(session, OWN[::-1])
    with vault.reading(Reading.danger(None)) as session:
        page = danger_page(session)
    assert (page.steps, page.is_own) == (OWN[::-1], True)
    with vault.transaction() as session:
        write_danger_steps(session, ())
    with vault.reading(Reading.danger(None)) as session:
        assert danger_page(session).steps == usual_steps()


def test_a_step_without_words_is_refused_and_nothing_is_lost(vault: Vault) -> None:
    with vault.transaction() as session:
        write_danger_steps(session, OWN)
    with pytest.raises(TextRefused), vault.transaction() as session:
        write_danger_steps(session, (Step(" ", "999"),))
    with vault.reading(Reading.danger(None)) as session:
        assert danger_page(session).steps == OWN


def test_only_a_supervisor_writes_them(vault: Vault, clock: StandingClock) -> None:
    other = colleague(vault, clock, Role.CASEWORKER)
    with pytest.raises(NotAllowed), other.transaction() as session:
        write_danger_steps(session, OWN)
    other.close()


def test_whoever_holds_no_key_sees_the_public_steps_and_that_there_are_others(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        write_danger_steps(session, OWN)
    analyst = colleague(vault, clock, Role.ANALYST)
    with analyst.reading(Reading.danger(None)) as session:
        page = danger_page(session)
    assert (page.steps, page.is_own, page.is_hidden) == (usual_steps(), False, True)
    analyst.close()
