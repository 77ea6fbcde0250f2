"""A later file of the same register: rows that are here already say more, or are more; nothing of it is lost and nothing comes twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from tests.exchange.conftest import bring_in
from tests.exchange.voices import lost
from victimcare.activity.activities import Activity
from victimcare.casework.cases import Case
from victimcare.casework.contacts import Contact
from victimcare.casework.notes import Note
from victimcare.exchange.leftovers import Leftover, leftovers
from victimcare.exchange.matching import FILLED
from victimcare.exchange.mending import mend_leftover
from victimcare.justice.arrests import Arrest
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

Write = Callable[..., Path]
Rows = list[list[str]]
PEOPLE: Rows = [["Ref", "Date received", "Nationality"], *([f"L/{day}", f"{day}/03/2016", "Poland"] for day in range(13, 18))]
CALLS: Rows = [["Ref", "Date", "How", "Reached?", "Note"], *([f"L/{day}", f"{day}/04/2016", "Phone", "Spoken to", f"call {day}"] for day in range(13, 18))]
ARRESTS: Rows = [["Crime ref", "Arrest date", "Suspect", "Offence"], *([f"300000{day}/16", f"{day}/05/2016", f"SUS-{day}", "MSA s2"] for day in range(13, 18))]
DAYS: Rows = [["Date", "Type", "Title", "Premises", "Visits"], *([f"{day}/02/2016", "Activity day", f"day {day}", "Nail bar", "2"] for day in range(13, 18))]
FILES = {"people": PEOPLE, "calls": CALLS, "arrests": ARRESTS, "days": DAYS}


def with_column(rows: Rows, heading: str, *values: str) -> Rows:
    return [[*row, [heading, *values, *[""] * len(rows)][at]] for at, row in enumerate(rows)]


def size(vault: Vault) -> dict[str, int]:
    with vault.reading() as session:
        kinds = (Case, Contact, Arrest, Activity, Note, Leftover)
        return {kind.__tablename__: session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds}


def test_a_column_nobody_knows_that_came_later_goes_to_the_notes_once(office: Vault, write_csv: Write) -> None:
    bring_in(office, *(write_csv(f"{name}.csv", rows) for name, rows in FILES.items()))
    before = size(office)
    later = [write_csv(f"{name} later.csv", with_column(rows, "Zqx", "violet", "", f"{name} amber")) for name, rows in FILES.items()]

    assert bring_in(office, *later)["created"] == {}

    assert lost(office, *later) == []
    after = size(office)
    assert after == {**before, "note": before["note"] + 4}
    bring_in(office, *later)
    assert size(office) == after
    more = [write_csv(f"{name} more.csv", with_column(rows, "Zqx", "violet", "grey", f"{name} amber")) for name, rows in FILES.items()]
    bring_in(office, *more)
    assert lost(office, *more) == []
    assert size(office)["note"] == after["note"] + 2


def test_a_cell_that_is_filled_later_waits_to_be_put_in_and_stands_in_the_notes(office: Vault, write_csv: Write) -> None:
    first = [[*row] for row in PEOPLE]
    first[1][2] = first[2][2] = ""
    bring_in(office, write_csv("people.csv", first))
    later = write_csv("later.csv", with_column(PEOPLE, "Date closed", "", "", "20/11/2016"))

    bring_in(office, later)

    assert lost(office, later) == []
    assert size(office)["case"] == 5
    with office.reading(Reading.names()) as session:
        waiting = {(row.link, row.field, row.value): row for row in leftovers(session)}
        assert set(waiting) == {
            ("L/13", "referrals.nationality", "Poland"),
            ("L/14", "referrals.nationality", "Poland"),
            ("L/15", "referrals.closed_on", "20/11/2016"),
        }
        assert {row.reason for row in waiting.values()} == {FILLED}
        assert sorted(session.scalars(select(Case.nationality))) == ["PL", "PL", "PL", "ZZ", "ZZ"]  # never put over what is there by itself
        unknown = session.scalars(select(Case.id).where(Case.received_on == date(2016, 3, 13))).one()
    row = waiting["L/13", "referrals.nationality", "Poland"]
    with office.transaction() as session:
        mend_leftover(session, leftover_id=row.id, version=row.version, case_id=unknown, code="PL")
    with office.reading() as session:
        assert session.scalars(select(Case.nationality).where(Case.id == unknown)).one() == "PL"
    before = size(office)
    assert bring_in(office, later)["created"] == {}
    assert size(office) == before


def test_a_number_that_is_filled_later_stands_in_no_list_and_goes_to_its_case(office: Vault, write_csv: Write) -> None:
    number = "07700 900982"
    bring_in(office, write_csv("people.csv", with_column(PEOPLE, "Mobile", "", "07700 900111", "07700 900112", "07700 900113", "07700 900114")))
    later = write_csv("later.csv", with_column(PEOPLE, "Mobile", number, "07700 900111", "07700 900112", "07700 900113", "07700 900114"))

    bring_in(office, later)

    with office.reading(Reading.names()) as session:
        [row] = leftovers(session)
        case = session.scalars(select(Case.id).where(Case.received_on == date(2016, 3, 13))).one()
        assert number not in str(session.sealed_where(select(Note.id)))
    assert (row.field, row.value) == ("referrals.phone", "")
    with office.transaction() as session:
        mend_leftover(session, leftover_id=row.id, version=row.version, case_id=case)
    assert lost(office, later) == []


def test_a_contact_whose_note_is_written_later_is_the_same_contact(office: Vault, write_csv: Write) -> None:
    bare = [row[:4] for row in CALLS]
    bring_in(office, write_csv("people.csv", PEOPLE), write_csv("calls.csv", bare))
    full = write_csv("full.csv", CALLS)

    bring_in(office, full)
    bring_in(office, full)

    assert lost(office, full) == []
    assert size(office)["contact"] == 5
    assert size(office)["leftover"] == 5


def test_a_row_that_waits_is_replaced_by_one_that_says_more(office: Vault, write_csv: Write) -> None:
    bring_in(office, write_csv("calls.csv", CALLS))
    more = write_csv("calls.csv", with_column(CALLS, "Mood", "low", "", "bright"))
    bring_in(office, more)
    with office.reading(Reading.names()) as session:
        assert len(leftovers(session)) == 5
    assert lost(office, more) == []

    bring_in(office, write_csv("people.csv", PEOPLE))

    assert size(office)["contact"] == 5
    assert lost(office, more) == []


def test_a_merged_sheet_imported_three_times_makes_nothing_twice(office: Vault, write_csv: Write) -> None:
    rows = [["Ref", "Date received", "Nationality", "Contact date", "How", "Reached?", "Note"]]
    for day in range(13, 18):
        rows += [[f"L/{day}", f"{day}/03/2016", "Poland", f"{day + one}/04/2016", "Phone", "Spoken to", f"call {one}"] for one in (1, 2)]
    rows[4][2] = "Romania"
    path = write_csv("merged.csv", rows)
    bring_in(office, path)
    before = size(office)
    assert before["leftover"] == 1

    bring_in(office, path)
    bring_in(office, path)

    assert size(office) == before
    assert lost(office, path) == []
