"""The list for the disclosure officer says of each offer whether it hung on anything, and leaves withdrawn ones out."""

from __future__ import annotations

import io
from datetime import date

import pypdf

from victimcare.casework.cases import open_case
from victimcare.casework.offences import record_offence
from victimcare.casework.offered_support import record_offer
from victimcare.overview.offered_sheet import offered_pages, offered_pdf
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw

TODAY = date(2026, 11, 24)


def test_the_list_holds_every_standing_offer_its_answer_and_the_banner(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = open_case(session, received_on=date(2026, 3, 3), source="NRM")
        record_offence(session, case_id=case_id, code="MSA_S2")
        record_offer(
            session, case_id=case_id, on=date(2026, 11, 2), code="PHONE", response="ACCEPT", regardless="YES", detail="old handset", value_pence=1250,
            told_on=date(2026, 11, 2), told_language="sq",
        )  # fmt: skip
        record_offer(session, case_id=case_id, on=TODAY, code="EXPENSES", response="DECLINE", regardless="NO", note="DI 4 decided: fares to court")
        gone = record_offer(session, case_id=case_id, on=TODAY, code="MONEY", response="ACCEPT", regardless="YES", detail="withdrawn words")
        withdraw(session, row_id=gone, reason="TAKEN_BACK")
    with vault.reading(Reading.printed(case_id)) as session:
        reader = pypdf.PdfReader(io.BytesIO(offered_pdf(session, case_id)))
        assert len(offered_pages(session, case_id)) == len(reader.pages)
    told = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in ("VC-2026-0001", "Phone or SIM", "old handset", "£12.50", "Albanian", "fares to court", "No: see the note", "2 recorded"):
        assert words in told
    assert "anonymity" in told.lower()
    assert "withdrawn words" not in told
    assert told.index("Phone or SIM") < told.index("Witness expenses"), "oldest first"
