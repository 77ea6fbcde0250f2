"""What an import left over, put right through the same records an import makes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.exchange.conftest import bring_in
from victimcare.casework.cases import Case
from victimcare.casework.contacts import Contact
from victimcare.casework.exploitation import Exploitation
from victimcare.casework.identity import identity_of
from victimcare.casework.opening import TextRefused
from victimcare.casework.stance import StanceEvent
from victimcare.exchange.leftovers import LeftoverRow, leftovers, open_leftovers
from victimcare.exchange.mending import MendRefused, case_with_reference, leave_leftover, mend_leftover, needed_for
from victimcare.reference.codelists import UnknownCode
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

HEADINGS = ["Ref", "Date received", "First name", "Family name", "DOB", "Nationality", "Exploitation", "Stance"]
PEOPLE = [
    ["T/1", "13/03/2016", "Ana", "Albescu", "31/02/1990", "Yugoslav?", "Organ grinder", "maybe later"],
    ["T/2", "14/03/2016", "Eva", "Bilan", "14/05/1991", "Poland", "Labour", "Full"],
    ["", "15/03/2016", "Ida", "Costa", "14/05/1992", "Romania", "Sexual", "Declines"],
]
CONTACTS = [["Ref", "Date of contact", "Time", "How", "Reached?", "Note"]] + [
    [f"T/{number}", f"{13 + number}/04/2016", "12:45", "Phone", "Spoken to", "Rang"] for number in (1, 2, 9)
]


@pytest.fixture
def imported(office: Vault, write_csv: Callable[..., Path]) -> Vault:
    bring_in(office, write_csv("people.csv", [HEADINGS, *PEOPLE]), write_csv("contacts.csv", CONTACTS))
    return office


def waiting(vault: Vault) -> dict[tuple[str, str], LeftoverRow]:
    with vault.reading(Reading.names()) as session:
        return {(row.sheet, row.field or row.reason): row for row in leftovers(session)}


def case_of(vault: Vault, reference: str) -> Any:
    with vault.reading(Reading.names()) as session:
        return case_with_reference(session, reference)


def mend(vault: Vault, row: LeftoverRow, **chosen: object) -> None:
    with vault.transaction() as session:
        mend_leftover(session, leftover_id=row.id, version=row.version, **chosen)  # type: ignore[arg-type]


def test_a_chosen_code_and_date_reach_the_case(imported: Vault) -> None:
    case, rows = case_of(imported, "t/1"), waiting(imported)

    mend(imported, rows["referrals", "referrals.nationality"], case_id=case, code="RS")
    mend(imported, rows["referrals", "referrals.exploitation"], case_id=case, code="LABOUR")
    mend(imported, rows["referrals", "referrals.stance"], case_id=case, code="UNDECIDED")
    mend(imported, rows["referrals", "referrals.date_of_birth"], case_id=case, on=date(1990, 2, 28))

    with imported.reading(Reading.case(case)) as session:
        assert session.scalar(select(Case.nationality).where(Case.id == case)) == "RS"
        assert session.scalar(select(Case.age_group).where(Case.id == case)) == "ADULT"
        assert session.scalars(select(Exploitation.type).where(Exploitation.case_id == case)).all() == ["LABOUR"]
        stance = session.execute(select(StanceEvent.code, StanceEvent.on, StanceEvent.on_or_before).where(StanceEvent.case_id == case)).one()
        assert tuple(stance) == ("UNDECIDED", date(2016, 3, 13), True)
        person = identity_of(session, case)
    assert person is not None
    assert (person.family_name, person.born_on) == ("Albescu", date(1990, 2, 28))
    assert {row.sheet for row in waiting(imported).values() if row.link == "T/1"} == set()


def test_a_row_without_its_case_comes_in_whole_once_a_case_is_chosen(imported: Vault) -> None:
    case = case_of(imported, "T/2")
    row = waiting(imported)["contacts", "no case has this reference"]
    assert needed_for(row).case

    mend(imported, row, case_id=case)

    with imported.reading(Reading.case(case)) as session:
        ids = session.scalars(select(Contact.id).where(Contact.case_id == case)).all()
        assert [session.sealed([id])[id]["said"] for id in ids] == ["Rang", "Rang"]


def test_a_person_without_a_reference_comes_in_with_one(imported: Vault, write_csv: Callable[..., Path]) -> None:
    row = waiting(imported)["referrals", "no reference"]
    with pytest.raises(MendRefused):
        mend(imported, row)

    mend(imported, row, reference="T/3")

    with imported.reading(Reading.names()) as session:
        case = case_with_reference(session, "T/3")
        assert case is not None
        assert session.scalar(select(Case.nationality).where(Case.id == case)) == "RO"
    assert bring_in(imported, write_csv("again.csv", [HEADINGS, *PEOPLE]))["created"] == {}
    with imported.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 3


def test_what_is_left_needs_a_reason_and_does_not_come_back(imported: Vault, write_csv: Callable[..., Path]) -> None:
    row = waiting(imported)["contacts", "no case has this reference"]
    with pytest.raises(TextRefused), imported.transaction() as session:
        leave_leftover(session, leftover_id=row.id, version=row.version, reason=" ")
    with imported.transaction() as session:
        leave_leftover(session, leftover_id=row.id, version=row.version, reason="Another office's person.")
    before = len(waiting(imported))

    bring_in(imported, write_csv("people.csv", [HEADINGS, *PEOPLE]), write_csv("contacts.csv", CONTACTS))

    assert len(waiting(imported)) == before
    with imported.reading() as session:
        assert open_leftovers(session) == before
        assert session.scalar(select(func.count()).select_from(Contact)) == 2


def test_a_wrong_code_and_a_second_mending_are_refused(imported: Vault) -> None:
    case, row = case_of(imported, "T/1"), waiting(imported)["referrals", "referrals.stance"]
    with pytest.raises(UnknownCode):
        mend(imported, row, case_id=case, code="PERHAPS")
    mend(imported, row, case_id=case, code="FULL")
    with imported.reading(Reading.names()) as session:
        done = next(one for one in leftovers(session, status="MENDED") if one.id == row.id)
    with pytest.raises(MendRefused):
        mend(imported, done, case_id=case, code="FULL")
