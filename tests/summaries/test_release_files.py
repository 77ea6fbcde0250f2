"""Statements that leave: the files, the register, who may, and that a refusal leaves nothing behind."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from victimcare.casework.barriers import Barrier, record_barrier
from victimcare.casework.cases import Case, open_case
from victimcare.reference.codelists import UnknownCode
from victimcare.reference.periods import parse_period
from victimcare.store.errors import AppendOnly, NotAllowed
from victimcare.store.people import invite
from victimcare.store.rights import Role
from victimcare.store.vault import Vault
from victimcare.summaries.release_files import FolderRefused, release_statement
from victimcare.summaries.releases import Release, register, release_body
from victimcare.summaries.withhold import ThresholdRefused
from victimcare.summaries.writers import FormatRefused


def second_member(vault_dir, vault, name, role, clock):
    code = invite(vault, name, frozenset({role}))
    vault.close()
    return Vault.join(vault_dir, name, code, "seven dry stones by the gate", clock=clock)


def registered(vault):
    with vault.reading() as session:
        return register(session)


def json_of(released):
    return json.loads(next(path for path in released.paths if path.suffix == ".json").read_text())


def test_the_four_files_carry_the_same_numbers(example, tmp_path):
    released = release_statement(example, "santa-marta", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"santa-marta_2017-01-01_to_2017-10-31_made-2026-11-24.{kind}" for kind in ("csv", "json", "pdf", "xlsx")
    ]
    by_kind = {path.suffix: path for path in released.paths}
    lines = list(csv.DictReader(io.StringIO(by_kind[".csv"].read_text("utf-8-sig"))))
    in_csv = {(line["Table"], line["Row"], line["Column"]): line["Value"] for line in lines}
    assert in_csv[("People referred", "2016", "People")] == "1013"
    assert in_csv[("Prosecutions by financial year", "2016/17", "Success rate (%)")] == "75"
    assert in_csv[("Answers of Bakhita House", "", "")] == "[c]"
    assert all(line["Definition"] for line in lines)
    book = openpyxl.load_workbook(by_kind[".xlsx"])
    assert book.sheetnames[:2] == ["About", "1 People referred"]
    assert ["2016", 1013] in [[cell.value for cell in row[:2]] for row in book["1 People referred"]]
    pdf = PdfReader(by_kind[".pdf"])
    text = "".join(page.extract_text() for page in pdf.pages)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for words in ("1\u202f013", "270", "33 44 75", "22 29 75.9", "(part-year)", "under 10 people"):
        assert words in text


def test_the_json_is_the_format_anyone_may_attack(example, tmp_path):
    body = json_of(release_statement(example, "santa-marta", tmp_path, formats=("json",)))
    assert {key: body[key] for key in ("report", "period", "threshold", "zeros", "rounding")} == {
        "report": "santa-marta",
        "period": "2017-01-01..2017-10-31",
        "threshold": 10,
        "zeros": "hidden",
        "rounding": None,
    }
    parts = {"name", "unit", "population", "definition", "protected", "restrict", "dimensions", "cells", "rates", "revised"}
    for table in body["tables"]:
        assert set(table) == parts
        for dimension in table["dimensions"]:
            children = {child for below in dimension["hierarchy"].values() for child in below}
            assert "Total" in dimension["hierarchy"]
            assert set(dimension["levels"]) <= children | {"Total"}
        for cell in table["cells"]:
            assert all(level in dimension["levels"] for level, dimension in zip(cell["key"], table["dimensions"], strict=True))
            assert not table["protected"] or cell["value"] == "c" or cell["value"] >= 10


def test_no_count_of_people_under_the_threshold_is_in_any_file(receive, vault, tmp_path):
    receive(30, date(2016, 12, 5))
    for case_id in receive(7, date(2015, 2, 1)):
        with vault.transaction() as session:
            record_barrier(session, case_id=case_id, code="DEBT", since=date(2016, 3, 1))
    released = release_statement(vault, "santa-marta", tmp_path / "out", period=parse_period("2016"))
    assert "People referred" in released.statement.withheld
    people = next(table for table in json_of(released)["tables"] if table["name"] == "People referred")
    assert [cell["value"] for cell in people["cells"]] == ["c", "c"]
    assert {rate["value"] for rate in people["rates"]} == {"c"}


def test_the_register_keeps_every_word_with_whom_it_went_to(example, tmp_path):
    released = release_statement(example, "santa-marta", tmp_path / "a", recipient="HOME_OFFICE", formats=("json", "csv"))
    row = registered(example)[0]
    assert (row.report, row.period, row.recipient, row.threshold, row.formats) == (
        "santa-marta", "2017-01-01..2017-10-31", "HOME_OFFICE", 10, "json,csv",
    )  # fmt: skip
    with example.reading() as session:
        assert release_body(session, row.id) == next(path for path in released.paths if path.suffix == ".json").read_text()


def test_a_release_cannot_be_changed(example, tmp_path):
    release_statement(example, "barriers", tmp_path, formats=("json",))
    with pytest.raises(AppendOnly), example.transaction() as session:
        session.scalars(select(Release)).one().recipient = "PUBLIC"


def test_one_late_person_does_not_show_between_two_statements(example, tmp_path):
    first = release_statement(example, "santa-marta", tmp_path / "first", formats=("json",))
    with example.transaction() as session:
        late = open_case(session, received_on=date(2016, 5, 3), source="NGO")
        record_barrier(session, case_id=late, code="DEBT", since=date(2016, 5, 3))
        other = session.scalars(
            select(Case.id).where(Case.received_on.between(date(2017, 5, 1), date(2017, 5, 31)), Case.id.not_in(select(Barrier.case_id)))
        ).first()
        record_barrier(session, case_id=other, code="FAMILY_FIND_OUT", since=date(2017, 5, 2))
    second = release_statement(example, "santa-marta", tmp_path / "second", formats=("json",))
    cells = [{table["name"]: table["cells"] for table in json_of(one)["tables"]} for one in (first, second)]
    assert cells[0] == cells[1]


def test_another_report_to_another_reader_does_not_tell_it_either(example, tmp_path):
    release_statement(example, "santa-marta", tmp_path / "first", formats=("json",))
    with example.transaction() as session:
        open_case(session, received_on=date(2016, 5, 3), source="NGO")
    board = json_of(release_statement(example, "partnership-board", tmp_path / "second", formats=("json",)))
    assert board["tables"][0]["cells"][1] == {"key": ["2016"], "value": 1013}


def test_a_day_more_than_before_is_withheld(example, tmp_path):
    release_statement(example, "barriers", tmp_path / "first", formats=("json",), period=parse_period("2017-01-01..2017-08-29"))
    released = release_statement(example, "barriers", tmp_path / "second", formats=("json",), period=parse_period("2017-01-01..2017-08-30"))
    assert released.statement.withheld == ("People referred", "What stands between people and giving evidence")


def test_an_analyst_without_a_key_to_any_case_makes_the_statement(receive, vault, vault_dir, tmp_path, clock):
    receive(40, date(2016, 12, 5))
    analyst = second_member(vault_dir, vault, "Analyst 2", Role.ANALYST, clock)
    released = release_statement(analyst, "santa-marta", tmp_path / "out", period=parse_period("2016"), formats=("json",))
    assert json_of(released)["tables"][0]["cells"] == [{"key": ["2016"], "value": 40}]
    assert registered(analyst)[0].made_by == analyst.member.id
    analyst.close()


def test_an_administrator_who_is_nothing_else_may_not(receive, vault, vault_dir, tmp_path, clock):
    receive(40, date(2016, 2, 1))
    administrator = second_member(vault_dir, vault, "Admin 3", Role.ADMINISTRATOR, clock)
    with pytest.raises(NotAllowed):
        release_statement(administrator, "santa-marta", tmp_path / "out")
    assert registered(administrator) == ()
    assert not (tmp_path / "out").exists()
    administrator.close()


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"threshold": 4}, ThresholdRefused),
        ({"formats": ("docx",)}, FormatRefused),
        ({"formats": ()}, FormatRefused),
        ({"recipient": "Mrs Kelly"}, UnknownCode),
    ],
)
def test_a_refused_statement_leaves_no_file_and_no_entry(receive, vault, tmp_path, asked, refusal):
    receive(40, date(2016, 2, 1))
    with pytest.raises(refusal):
        release_statement(vault, "santa-marta", tmp_path / "out", **asked)
    assert registered(vault) == ()
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_leaves_no_entry(receive, vault, tmp_path):
    receive(40, date(2016, 2, 1))
    (tmp_path / "out").write_text("a file, not a folder")
    with pytest.raises(FolderRefused):
        release_statement(vault, "santa-marta", tmp_path / "out")
    assert registered(vault) == ()


def test_a_file_that_cannot_be_written_takes_the_others_with_it(receive, vault, tmp_path):
    receive(40, date(2016, 2, 1))
    (tmp_path / "santa-marta_2016-01-01_to_2016-02-29_made-2026-11-24.csv.part").mkdir()
    with pytest.raises(FolderRefused):
        release_statement(vault, "santa-marta", tmp_path, formats=("pdf", "csv"))
    assert registered(vault) == ()
    assert not list(tmp_path.glob("*.pdf*"))


def test_no_file_says_who_made_it(receive, vault, tmp_path):
    receive(40, date(2016, 2, 1))
    for path in release_statement(vault, "santa-marta", tmp_path / "out").paths:
        assert b"VLO 17" not in path.read_bytes()
        assert vault.member.id.hex.encode() not in path.read_bytes()
