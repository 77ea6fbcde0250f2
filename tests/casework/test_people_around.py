"""People around: who they are, their numbers opened only when asked for, and no companion interprets."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.ui.screens.given import person
from victimcare.casework.dates import DateRefused
from victimcare.casework.opening import TextRefused
from victimcare.casework.people_around import (
    PersonAroundRefused,
    PersonAroundRow,
    add_number,
    add_person_around,
    change_person_around,
    end_numbers,
    end_person_around,
    interpreter_warning,
    numbers_around,
    people_around_of,
)
from victimcare.reference.codelists import UnknownCode
from victimcare.store.errors import ReadNotNoted
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

TODAY = date(2026, 11, 24)


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session)


def rows(vault: Vault, case_id: UUID) -> tuple[PersonAroundRow, ...]:
    with vault.reading(Reading.case(case_id)) as session:
        return people_around_of(session, case_id)


def test_dangerous_people_stand_first_and_who_is_gone_last(vault: Vault, ana: UUID) -> None:
    with vault.transaction() as session:
        gone = add_person_around(session, case_id=ana, role="SOLICITOR", name="Ms Okafor")
        add_person_around(session, case_id=ana, role="CHILD", name="Mira", born_year=2019)
        add_person_around(session, case_id=ana, role="GP", name="Dr Rao", may_be_told="that she is safe")
        add_person_around(session, case_id=ana, role="DANGEROUS", name="the landlord", must_not_be_told="everything")
    with vault.transaction() as session:
        end_person_around(session, person_id=gone, version=1, on=TODAY)
    found = rows(vault, ana)
    assert [row.name for row in found] == ["the landlord", "Dr Rao", "Mira", "Ms Okafor"]
    assert [row.is_dangerous for row in found] == [True, False, False, False]
    assert (found[1].may_be_told, found[2].born_year, found[3].ended_on) == ("that she is safe", 2019, TODAY)
    with pytest.raises(PersonAroundRefused), vault.transaction() as session:
        end_person_around(session, person_id=gone, version=2, on=TODAY)


def test_a_number_opens_only_to_a_reading_that_asks_for_it(vault: Vault, ana: UUID) -> None:
    with vault.transaction() as session:
        who = add_person_around(session, case_id=ana, role="SOLICITOR", name="Ms Okafor")
        add_number(session, person_id=who, kind="PHONE", value="020 7946 0000")
    with vault.reading(Reading.case(ana)) as session:
        [row] = people_around_of(session, ana)
        assert row.numbers == 1
        assert "020 7946 0000" not in str(session.sealed_of_case(ana))
        with pytest.raises(ReadNotNoted):
            numbers_around(session, who)
    with vault.reading(Reading.numbers(ana)) as session:
        assert [one.value for one in numbers_around(session, who)] == ["020 7946 0000"]
    with vault.transaction() as session:
        assert end_numbers(session, person_id=who, on=TODAY) == 1
    with vault.reading(Reading.numbers(ana)) as session:
        assert numbers_around(session, who) == ()


def test_a_change_keeps_what_it_does_not_name(vault: Vault, ana: UUID) -> None:
    with vault.transaction() as session:
        who = add_person_around(session, case_id=ana, role="TRUSTED", name="Sr Maria", may_be_told="where she is", note="speaks Polish")
    with vault.transaction() as session:
        change_person_around(session, person_id=who, version=1, role="DANGEROUS", may_be_told="")
    [row] = rows(vault, ana)
    assert (row.role, row.name, row.may_be_told, row.note) == ("DANGEROUS", "Sr Maria", "", "speaks Polish")


def test_what_cannot_be_so_is_refused(vault: Vault, ana: UUID) -> None:
    for wrong, refused in (
        ({"role": "WIZARD", "name": "x"}, UnknownCode),
        ({"role": "CHILD", "name": " "}, TextRefused),
        ({"role": "CHILD", "name": "x", "born_year": 2030}, DateRefused),
        ({"role": "INTERPRETER", "name": "x", "language": "klingon"}, UnknownCode),
    ):
        with pytest.raises(refused), vault.transaction() as session:
            add_person_around(session, case_id=ana, **wrong)  # type: ignore[arg-type]


def test_an_interpreter_who_is_also_close_to_the_person_is_warned_of_either_way(vault: Vault, ana: UUID) -> None:
    with vault.transaction() as session:
        add_person_around(session, case_id=ana, role="COMPANION", name="Tran  Van")
        add_person_around(session, case_id=ana, role="INTERPRETER", name="Ms Le")
    found = rows(vault, ana)
    assert "never a companion" in interpreter_warning("INTERPRETER", "tran van", found)
    assert "never a companion" in interpreter_warning("FAMILY", "MS LE", found)
    assert interpreter_warning("INTERPRETER", "Mr Do", found) == ""
    assert interpreter_warning("GP", "Tran Van", found) == ""
