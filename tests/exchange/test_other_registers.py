"""The same register as another office would keep it gives the same vault: headings, separators, encodings, dates, wordings, sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import func, select

from tests.exchange.conftest import bring_in
from tests.exchange.headings import OFFICES
from tests.exchange.test_register_import import EXPECTED, counts
from victimcare.activity.visits import Visit
from victimcare.casework.barriers import Barrier
from victimcare.casework.contacts import Contact
from victimcare.casework.notes import Note
from victimcare.exchange.leftovers import Leftover
from victimcare.justice.investigations import Investigation
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

Register = dict[str, list[list[str]]]
DATES = {"referrals": (1, 7), "contacts": (1,), "partner_referrals": (3, 5), "investigations": (1,), "arrests": (1,), "prosecutions": (4,), "activities": (0,)}
WORDINGS = {
    "Male": "M", "Female": "F", "Labour": "Forced labor", "Bakhita House": "Caritas Bakhita House (CBH)", "Accepted": "ACCEPTED ", "Convicted (MSA)": "Guilty - MSA",
    "does not trust police": "distrusts the police", "worried family will find out": "family may find out", "Discontinued": "No further action", "Y": "yes", "N": "no",
    "Activity day": "Day of action", "Poland": "Polska", "Romania": "ROU",
}  # fmt: skip


def redated(rows: list[list[str]], kind: str, pattern: str) -> list[list[str]]:
    made = [list(row) for row in rows]
    for row in made[1:]:
        for place in DATES[kind]:
            try:
                row[place] = datetime.strptime(row[place], "%d/%m/%Y").strftime(pattern)
            except ValueError:
                continue
    return made


def expected_counts(vault: Vault) -> None:
    found = counts(vault)
    assert {name: found.get(name, 0) for name in EXPECTED["counts"]} == EXPECTED["counts"]


@pytest.mark.parametrize(
    ("style", "delimiter", "encoding", "pattern"),
    [
        ("german", ";", "utf-16", "%d.%m.%Y"),
        ("french", "\t", "utf-8-sig", "%Y-%m-%d"),
        ("another force", "|", "utf-8", "%m/%d/%Y"),
        ("polish", ";", "utf-8", "%d-%b-%y"),
    ],
)
def test_another_offices_files(
    office: Vault, style: str, delimiter: str, encoding: str, pattern: str, register: Register, write_csv: Callable[..., Path]
) -> None:
    paths = []
    for number, (kind, rows) in enumerate(sorted(register.items())):
        changed = [OFFICES[style][kind].split("|"), *redated(rows, kind, pattern)[1:]]
        paths.append(write_csv(f"export{number}.csv", changed, delimiter=delimiter, encoding=encoding))

    result = bring_in(office, *paths)

    assert result["rows"] == EXPECTED["rows"]
    assert {one["row"] for one in result["rejected"]} == {bad["row"] for bad in EXPECTED["bad_rows_in_referrals"]}
    expected_counts(office)


def test_one_workbook_with_typed_dates_titles_and_a_sheet_a_year(office: Vault, register: Register, tmp_path: Path) -> None:
    path = tmp_path / "office.xlsx"
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "d mmm yyyy"})
    sheets: dict[str, tuple[str, list[list[str]]]] = {kind: (kind, rows) for kind, rows in register.items() if kind != "referrals"}
    for year in ("2015", "2016", "2017"):
        sheets[year] = ("referrals", register["referrals"][:1] + [row for row in register["referrals"][1:] if row[1].endswith(year)])
    for kind, rows in sheets.values():
        sheet = book.add_worksheet(f"x{len(book.worksheets())}")
        sheet.write(0, 0, "Restricted when complete")
        for line, row in enumerate(rows):
            for place, text in enumerate(row):
                if line and place in DATES[kind] and text and not text.startswith("31/02"):
                    sheet.write_datetime(line + 2, place, datetime.strptime(text, "%d/%m/%Y"), day)
                else:
                    sheet.write_string(line + 2, place, text)
    book.add_worksheet("Notes").write(0, 0, "Ask Sam about the totals.")
    book.close()

    result = bring_in(office, path)

    assert result["rows"] == EXPECTED["rows"]
    expected_counts(office)


def test_the_same_facts_in_other_words(office: Vault, register: Register, write_csv: Callable[..., Path]) -> None:
    paths = []
    for kind, rows in register.items():
        said = [["; ".join(WORDINGS.get(part, part) for part in cell.split("; ")) for cell in row] for row in rows[1:]]
        paths.append(write_csv(f"{kind}.csv", [rows[0], *said]))

    bring_in(office, *paths)

    expected_counts(office)


def merged(register: Register, parent: str, child: str) -> list[list[str]]:
    of: dict[str, list[list[str]]] = defaultdict(list)
    for row in register[child][1:]:
        of[row[0]].append(row[1:])
    more = register[child][0][1:]
    rows = [register[parent][0] + [heading if heading not in register[parent][0] else f"{heading} of {child}" for heading in more]]
    for row in register[parent][1:]:
        rows += [row + other for other in of.get(row[0], [[""] * len(more)])]
    return rows


def test_sheets_merged_into_one_give_what_they_give_apart(office: Vault, register: Register, write_csv: Callable[..., Path]) -> None:
    paths = [
        write_csv("people.csv", merged(register, "referrals", "contacts")),
        write_csv("partners.csv", register["partner_referrals"]),
        write_csv("police.csv", merged(register, "investigations", "arrests")),
        write_csv("court.csv", register["prosecutions"]),
    ]

    result = bring_in(office, *paths)

    assert result["created"]["contacts"] == EXPECTED["rows"]["contacts"]
    assert result["created"]["referrals"] == EXPECTED["rows"]["referrals"]
    expected_counts(office)
    with office.reading() as session:
        assert session.scalar(select(func.count()).select_from(Contact)) == EXPECTED["rows"]["contacts"]
    assert bring_in(office, *paths)["created"] == {}


def test_all_sheets_stacked_in_one_with_a_column_that_says_which(office: Vault, register: Register, write_csv: Callable[..., Path]) -> None:
    names = {
        "referrals": "Referral",
        "contacts": "Contact",
        "partner_referrals": "Onward referral",
        "investigations": "Crime",
        "arrests": "Arrest",
        "prosecutions": "Charge",
    }
    union = list(dict.fromkeys(heading for kind in names for heading in register[kind][0]))
    rows = [["Entry type", *union]]
    for kind, name in names.items():
        for row in register[kind][1:]:
            cells = dict(zip(register[kind][0], row, strict=True))
            rows.append([name, *(cells.get(heading, "") for heading in union)])

    result = bring_in(office, write_csv("log.csv", rows))

    assert result["rows"] == {kind: EXPECTED["rows"][kind] for kind in names}
    expected_counts(office)


def test_a_code_found_in_some_of_the_words_keeps_all_of_them(office: Vault, write_csv: Callable[..., Path]) -> None:
    rows = [["Ref", "Date received", "Nationality", "Barriers"], ["T/1", "13/03/2016", "Albanian national, born in Kosovo", "Fear of reprisals, trauma"]]

    bring_in(office, write_csv("register.csv", rows))

    with office.reading(Reading.names()) as session:
        assert set(session.scalars(select(Barrier.code))) == {"SELF_REPRISAL", "TRAUMA_MEMORY"}
        assert [texts["text"] for texts in session.sealed_where(select(Note.id)).values()] == ["Nationality: Albanian national, born in Kosovo"]


def test_arrests_of_investigations_nobody_listed_count_and_are_filled_in_later(office: Vault, register: Register, write_csv: Callable[..., Path]) -> None:
    bring_in(office, write_csv("arrests.csv", register["arrests"]))
    assert counts(office)["arrests_2016"] == EXPECTED["counts"]["arrests_2016"]

    bring_in(office, write_csv("investigations.csv", register["investigations"]), write_csv("prosecutions.csv", register["prosecutions"]))

    with office.reading() as session:
        assert session.scalar(select(func.count()).select_from(Investigation)) == 91
        assert session.scalar(select(func.count()).select_from(Investigation).where(Investigation.received_on.is_(None))) == 0


def test_columns_nobody_asked_for_are_kept_in_the_notes(office: Vault, write_csv: Callable[..., Path]) -> None:
    rows = [["Ref", "Date received", "Nationality", "Favourite colour"]] + [[f"T/{day}", f"{day}/03/2016", "Poland", "blue"] for day in range(13, 19)]

    result: dict[str, Any] = bring_in(office, write_csv("register.csv", rows))

    assert result["unmapped"] == {"Favourite colour": {"blue": 6}}
    with office.reading(Reading.names()) as session:
        assert {texts["text"] for texts in session.sealed_where(select(Note.id)).values()} == {"Favourite colour: blue"}


def test_bad_cells_of_every_sheet_cost_no_row(office: Vault, register: Register, write_csv: Callable[..., Path]) -> None:
    small = {kind: [list(row) for row in rows[:41]] for kind, rows in register.items()}
    small["contacts"][3][4] = "carrier pigeon"
    small["contacts"][4][2] = "lunch"
    small["partner_referrals"] = [row for row in small["partner_referrals"] if row[0] == "Ref" or int(row[0][-5:]) <= 40]
    small["partner_referrals"][1][1] = "Convent of nowhere"
    small["investigations"][1][2] = "the pub"
    small["arrests"][1][4] = "perhaps"
    small["prosecutions"][1][3] = "odd"
    small["activities"][1][8] = "a strange thing"
    small["activities"][2][6] = "several"

    result = bring_in(office, *(write_csv(f"{kind}.csv", rows) for kind, rows in small.items()))

    assert {kind: result["created"][kind] for kind in result["rows"] if kind != "contacts"} == {
        kind: n for kind, n in result["rows"].items() if kind != "contacts"
    }
    assert {one["value"] for one in result["rejected"]} >= {
        "carrier pigeon",
        "lunch",
        "Convent of nowhere",
        "the pub",
        "perhaps",
        "odd",
        "a strange thing",
        "several",
    }
    with office.reading() as session:
        assert session.scalar(select(func.count()).select_from(Leftover)) >= 8
        assert session.scalar(select(func.count()).select_from(Visit).where(Visit.finding == "NOT_RECORDED")) == 4
