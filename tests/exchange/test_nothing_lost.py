"""Nothing a register says is lost: each cell of each row is found again in the vault, as a code or in its own words."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.exchange.conftest import KINDS, REGISTER, bring_in, previewed
from tests.exchange.test_other_registers import merged
from tests.exchange.voices import lost
from victimcare.casework.contacts import Contact
from victimcare.exchange.date_order import Order
from victimcare.exchange.leftovers import open_leftovers
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

Rows = list[list[str]]
# fmt: off
ODD: dict[str, Rows] = {
    "people": [
        ["Ref", "Date received", "Source", "Unit", "Full name", "DOB", "Age", "Sex", "Nationality", "Second nationality", "Language", "Interpreter needed", "Exploitation", "Borough", "Phone", "Email", "Address", "Safe to call?", "Must not know", "Stance", "Barriers", "NRM", "Risk", "Worker", "Date closed", "Notes", "Shoe size", "Favourite saint"],
        ["N/1", "13/04/2016", "NGO", "MSKU", "ALBESCU, Ana-Maria", "14/05/1991", "c. 24", "Female / Male", "Romannia; Moldovan; UK; French", "Polish", "Polish; Romani; English", "sometimes", "Labour; Organ grinding", "Brent", "+44 7700 900982; 07700 900 983 (sister, after 6)", "ana at home", "12 Long Lane", "eve only, never text", "her brother", "Full", "Fear of reprisals; hates paperwork", "Positive RG", "High", "DC longname longname longname longname longname longname longname longname longname ", "01/02/2016", "Came with a cat.", "38 1/2", "Rita"],
        ["N/2", "14/04/2016", "the pub", "MSKU", "Bo", "n/k", "about 30", "unk", "dual British/Polish", "-", "n/k", "Y", "TBC", "?", "none", "", "", "?", "", "maybe later", "not known", "CG neg", "amber-ish", "DC 1", "", "", "", ""],
        ["N/3", "15/04/2016", "NGO", "MSKU", "Chen", "2001", "17y 3m", "F", "Stateless", "", "Mandarin (Fuzhou)", "", "Sexual explotation", "Camdenn", "01632 960001", "", "", "Y", "", "Undecided", "Trauma", "", "Low", "DC 1", "13/11/2016", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "40", ""],
    ],
    "contacts": [
        ["Ref", "Date", "Time", "How", "Reached?", "Minutes", "Agency", "By", "Next contact", "Note", "Mood"],
        ["n / 1", "25/04/2016", "12:45", "Phone", "Spoken to", "9999", "Some odd charity", "DC 3310", "01/01/2016", "Rang.", "low"],
        ["N/2", "25/04/2016 09:15", "10:20", "Owl post", "perhaps", "20 minutes ish", "NGO", "DC 3310", "", "Rang again.", "bright"],
        ["N/3", "26/04/2016", "half past two", "Phone", "No answer", "5", "", "DC 3310", "someday", "", "dark"],
    ],
    "partners": [
        ["Ref", "Partner", "Service", "Date sent", "Status", "Status date", "Reason declined", "Remarks", "Bed"],
        ["N/1", "Bakhita House", "Safe house; Haircut", "09/05/2016", "Sent", "16/05/2016", "Full", "rang twice", "bed 4"],
        ["N/2", "Caritas of the North Pole", "English classes", "10/05/2016", "Accepted", "01/05/2016", "", "", "bed 5"],
        ["N/3", "Caritas", "English classes", "10/05/2016", "Draft", "12/05/2016", "", "waiting for her", ""],
        ["N/3", "Bakhita House", "Safe house", "11/05/2016", "Declined", "12/05/2016", "the moon was wrong", "", ""],
    ],
    "investigations": [
        ["Crime ref", "Allegation received", "Source", "Overseen by", "Outcome code", "Notes", "Judge"],
        ["3000007/16", "14/02/2016", "Direct to police", "MSKU", "1", "Phone seized.", "Smith"],
        ["3000008/16", "15/02/2016", "a bird", "MSKU", "odd", "Phone lost.", "Jones"],
    ],
    "arrests": [
        ["Crime ref", "Arrest date", "Suspect", "Offence", "Slavery flag", "Remarks", "Cell"],
        ["3000007/16", "25/05/2016", "SUS-0001", "MSA s2", "Y", "Released on bail", "C12"],
        ["3000099/16", "06/05/2016", "SUS-0002", "Controlling prostitution", "perhaps", "Nobody home", "C13"],
    ],
    "prosecutions": [
        ["Crime ref", "Defendant", "Charge", "Outcome", "Outcome date", "Remarks", "Court room"],
        ["3000007/16", "DEF-0001", "MSA s2", "Convicted (MSA)", "15/10/2016", "Four years", "R7"],
        ["3000008/16", "DEF-0002", "MSA s1", "went sideways", "soon", "Appeal", "R8"],
    ],
    "activities": [
        ["Date", "Type", "Title", "Premises", "Agencies", "Countries", "Visits", "Workers spoken to", "Finding", "Comments", "Weather"],
        ["25/02/2017", "Activity day", "Nail bars", "Nail bar", "MPS; NGO; Girl guides", "Poland; Ruritania", "4", "17", "Potential victim identified", "Good day", "rain"],
        ["26/02/2017", "Conference", "Talk", "Igloo", "MPS", "", "", "many", "", "Bad day", "sun"],
    ],
}
# fmt: on
JUNK = (
    "the moon",
    "n/k",
    "-",
    "31/02/2016",
    "99999",
    "a; b; c",
    "Polish/Roma",
    "Romannia",
    "x" * 250,
    "“quoted”, with a comma",
    "17:99",
    "=1+1",
    "c. 30",
    "перевод",
)


def test_the_example_register(office: Vault) -> None:
    paths = [REGISTER / f"{kind}.csv" for kind in KINDS]

    bring_in(office, *paths)

    assert lost(office, *paths) == []


def test_a_register_where_every_row_has_something_odd(office: Vault, write_csv: Callable[..., Path]) -> None:
    paths = [write_csv(f"{name}.csv", rows) for name, rows in ODD.items()]

    result = bring_in(office, *paths)

    assert result["rows"] == {kind: result["created"][kind] for kind in result["rows"]}
    assert lost(office, *paths) == []


@pytest.mark.parametrize("seed", range(4))
def test_random_cells_spoiled_and_columns_nobody_knows(office: Vault, register: dict[str, Rows], write_csv: Callable[..., Path], seed: int) -> None:
    chance = random.Random(seed)
    paths = []
    for kind, rows in register.items():
        some = [list(row) for row in [rows[0], *chance.sample(rows[1:], min(60, len(rows) - 1))]]
        some[0] += ["Zqx", "Vbn"]
        for row in some[1:]:
            row += [chance.choice(("", "violet", "12 b")), chance.choice(JUNK)]
            for _ in range(chance.choice((0, 0, 1, 2))):
                row[chance.randrange(2, len(row))] = chance.choice(JUNK)
        paths.append(write_csv(f"{kind}.csv", some, delimiter=chance.choice(",;\t|")))

    bring_in(office, *paths)

    assert lost(office, *paths) == []


def test_what_no_field_takes_in_a_merged_sheet_stays_with_its_row(office: Vault, register: dict[str, Rows], write_csv: Callable[..., Path]) -> None:
    rows = merged({kind: some[:60] for kind, some in register.items()}, "referrals", "contacts")
    for number, row in enumerate(rows):
        row.append(f"mood {number}" if number else "Mood")
    rows.append([*rows[1][: len(register["referrals"][0])], "", "", "", "", "", "", "", "no contact, said so"])
    path = write_csv("people.csv", rows)

    bring_in(office, path)

    assert lost(office, path) == []


def test_contacts_that_came_before_their_people_come_in_with_them(office: Vault, write_csv: Callable[..., Path]) -> None:
    contacts = write_csv(
        "calls.csv",
        [["Ref", "Date of contact", "How", "Reached?", "Note"]]
        + [[f" w {day}", f"{day}/04/2016", "Phone", "Spoken to", f"call {day}"] for day in range(13, 19)],
    )
    people = write_csv("people.csv", [["Ref", "Date received", "Nationality"]] + [[f"W{day}", f"{day}/03/2016", "Poland"] for day in range(13, 19)])

    assert bring_in(office, contacts)["created"] == {}
    assert bring_in(office, people)["created"]["contacts"] == 6

    assert lost(office, contacts, people) == []
    assert bring_in(office, contacts)["created"] == {}
    with office.reading(Reading.names()) as session:
        assert open_leftovers(session) == 0


def test_days_of_contacts_nobody_can_tell_wait_until_a_mapping_says_so(office: Vault, write_csv: Callable[..., Path]) -> None:
    contacts = write_csv(
        "calls.csv",
        [["Ref", "Date of contact", "How", "Reached?", "Note"]] + [[f"W{day}", f"0{day}/04/2016", "Phone", "Spoken to", f"call {day}"] for day in (1, 2, 3)],
    )
    people = write_csv("people.csv", [["Ref", "Date received", "Nationality"]] + [[f"W{day}", f"1{day}/03/2016", "Poland"] for day in (1, 2, 3, 4, 5)])

    result = bring_in(office, contacts, people)
    assert result["created"].get("contacts", 0) == 0
    assert {(one["column"], one["value"]) for one in result["rejected"]} == {("Date of contact", f"0{day}/04/2016") for day in (1, 2, 3)}
    mappings = [mapping.with_column("Date of contact", order=Order.DAY_FIRST) for mapping in previewed(office, [contacts]).mappings]

    assert bring_in(office, contacts, kept=mappings)["created"]["contacts"] == 3

    with office.reading(Reading.names()) as session:
        assert open_leftovers(session) == 0
        assert {one.at.day for one in session.scalars(select(Contact))} == {1, 2, 3}
