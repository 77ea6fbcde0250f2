"""Papers made of a case: what is withheld is not on them, an address never is, the same case gives the same bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

import openpyxl
import pypdf
import pytest
from sqlalchemy import select

from tests.overview.conftest import Merita
from tests.ui.screens.given import person
from victimcare.casework.case_links import link_cases
from victimcare.casework.cases import case_facts
from victimcare.casework.contact_points import record_contact_point
from victimcare.casework.contacts import log_contact
from victimcare.casework.disclosures import Disclosure, record_disclosure
from victimcare.casework.documents import add_document
from victimcare.casework.notes import record_note
from victimcare.casework.people_around import add_person_around
from victimcare.casework.sensitivity import mark_sensitivity
from victimcare.overview.case_page import case_page
from victimcare.overview.case_paper import case_file_pdf, sections_of
from victimcare.overview.disclosure_schedule import listed, schedule_pdf, schedule_xlsx
from victimcare.overview.hand_over_sheet import sheet_fields, sheet_pdf
from victimcare.overview.what_we_hold import what_we_hold_pdf
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw

TODAY = date(2026, 11, 24)
ADDRESS = "14 Willow Court"


def text_of(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made)).pages).split())


@pytest.fixture
def noted(vault: Vault, merita: Merita) -> dict[str, UUID]:
    with vault.transaction() as session:
        record_contact_point(session, case_id=merita.case_id, kind="ADDRESS", value=ADDRESS)
        found = {
            "open": record_note(session, case_id=merita.case_id, on=TODAY, text="asked for a solicitor"),
            "shelter": record_note(session, case_id=merita.case_id, on=TODAY, text=f"moved to {ADDRESS}"),
            "mistake": record_note(session, case_id=merita.case_id, on=TODAY, text="saved by mistake"),
            "sister": log_contact(
                session,
                case_id=merita.case_id,
                at=datetime(2026, 11, 20, 9, tzinfo=UTC),
                channel="PHONE",
                outcome="SPOKEN",
                person_contacted="FAMILY",
                said="her sister asked after her",
            ),
        }
        mark_sensitivity(session, row_id=found["shelter"], code="SAFE_LOCATION", description="note of a move")
        withdraw(session, row_id=found["mistake"], reason="TAKEN_BACK")
    return found


def printed(vault: Vault, case_id: UUID, withheld: dict[str, str]) -> bytes:
    with vault.reading(Reading.printed(case_id)) as session:
        return case_file_pdf(session, case_id, withheld)


def test_the_file_holds_what_goes_and_no_address(vault: Vault, merita: Merita, noted: dict[str, UUID]) -> None:
    made = printed(vault, merita.case_id, {})
    said = text_of(made)
    assert "asked for a solicitor" in said
    assert ADDRESS not in said
    assert "entry withheld: reveals a safe address" in said
    assert "saved by mistake, withdrawn" in said
    assert "that it was made is noted in the case" in said
    assert "Anonymity" in said
    assert made == printed(vault, merita.case_id, {})


def test_a_withheld_section_says_so_and_holds_nothing(vault: Vault, merita: Merita, noted: dict[str, UUID]) -> None:
    said = text_of(printed(vault, merita.case_id, {"NOTES": "CRIME"}))
    assert "[section withheld: would prejudice the prevention or detection of crime]" in said
    assert "asked for a solicitor" not in said
    assert "her sister asked after her" in said


def test_sections_that_speak_of_others_are_marked_for_a_look(vault: Vault, merita: Merita, noted: dict[str, UUID]) -> None:
    with vault.reading(Reading.printed(merita.case_id)) as session:
        sections = {one.code: one.is_of_others for one in sections_of(case_page(session, merita.case_id))}
    assert sections["CONTACTS"]
    assert not sections["NOTES"]


def test_another_case_is_on_no_paper_and_a_document_that_is_withheld_not_by_its_name(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        other = person(session, "Bea")
        session.flush()
        reference = case_facts(session, other).reference  # type: ignore[union-attr]
        link_cases(session, case_id=merita.case_id, other_case_id=other, kind="FAMILY", must_not_know=True, words="sisters, one accused the other")
        add_person_around(session, case_id=merita.case_id, role="DANGEROUS", name="the cousin")
        document = add_document(session, case_id=merita.case_id, name=f"lease {ADDRESS}.pdf", size=5, chunks=[b"hello"], sensitivity="SAFE_LOCATION")
        record_disclosure(session, case_id=merita.case_id, kind="HAND_OVER_SHEET", recipient="the house at the mill")
        session.flush()
        [sheet] = session.scalars(select(Disclosure.id))
    for row in (document, sheet):
        with vault.transaction() as session:
            mark_sensitivity(session, row_id=row, code="SAFE_LOCATION", description="a paper")
    said = text_of(printed(vault, merita.case_id, {}))
    assert "the cousin" in said
    for kept_back in (reference, "Linked", "sisters", ADDRESS, "at the mill"):
        assert kept_back not in said
    assert said.count("entry withheld: reveals a safe address") == 2
    with vault.reading(Reading.printed(merita.case_id)) as session:
        assert next(one for one in sections_of(case_page(session, merita.case_id)) if one.code == "REST").is_of_others


def test_the_sheet_has_what_was_ticked_and_nothing_else_is_ticked_beforehand(vault: Vault, merita: Merita, noted: dict[str, UUID]) -> None:
    with vault.reading(Reading.printed(merita.case_id)) as session:
        fields = {one.code: one for one in sheet_fields(case_page(session, merita.case_id))}
        made = sheet_pdf(session, merita.case_id, {"NAME", "SAFE_CONTACT"})
    assert {code for code, one in fields.items() if one.is_needed} <= {"NAME", "LANGUAGE", "SAFE_CONTACT"}
    assert "STANCE" in fields
    assert ADDRESS not in " ".join(one.words for one in fields.values())
    said = text_of(made)
    assert fields["NAME"].words in said
    assert fields["STANCE"].words not in said
    assert len(pypdf.PdfReader(BytesIO(made)).pages) == 1


def test_what_we_hold_counts_in_plain_words(vault: Vault, merita: Merita, noted: dict[str, UUID]) -> None:
    with vault.reading(Reading.printed(merita.case_id)) as session:
        said = text_of(what_we_hold_pdf(session, merita.case_id))
    assert "Support does not depend on what you say to the police" in said
    assert "What you agreed to" in said
    assert "asked for a solicitor" not in said


def test_the_schedule_lists_descriptions_and_digests_never_content(vault: Vault, merita: Merita, noted: dict[str, UUID]) -> None:
    with vault.reading(Reading.printed(merita.case_id)) as session:
        lines = listed(case_page(session, merita.case_id), session, date(2026, 1, 1), TODAY)
        said = text_of(schedule_pdf(session, merita.case_id, date(2026, 1, 1), TODAY))
        book = openpyxl.load_workbook(BytesIO(schedule_xlsx(session, merita.case_id, date(2026, 1, 1), TODAY)))
    by_words = {one.description: one for one in lines}
    assert by_words["note of a move"].sensitivity == "Reveals a safe address"
    assert [one.number for one in lines] == list(range(1, len(lines) + 1))
    assert all(len(one.digest) == 64 for one in lines)
    assert {one.author for one in lines} == {"VLO 17"}
    assert any(one.state.startswith("saved by mistake, withdrawn") for one in lines)
    for words in ("asked for a solicitor", "her sister asked", ADDRESS):
        assert words not in said
    rows = [row for row in book.active.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(rows) == len(lines)
    assert rows[0][-1] == lines[0].digest


def test_the_period_is_kept_to(vault: Vault, merita: Merita, noted: dict[str, UUID]) -> None:
    with vault.reading(Reading.printed(merita.case_id)) as session:
        lines = listed(case_page(session, merita.case_id), session, date(2026, 11, 20), date(2026, 11, 20))
    assert [one.kind for one in lines if one.description != "Record of this kind"] != []
    assert {one.at.date() for one in lines} == {date(2026, 11, 20)}


def test_every_script_is_set(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        record_note(session, case_id=merita.case_id, on=TODAY, text="Мерита آمنة Nguyễn ሰላም")
    assert "Nguyễn" in text_of(printed(vault, merita.case_id, {}))
