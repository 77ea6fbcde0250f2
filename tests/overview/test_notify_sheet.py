"""The sheet of a Duty to Notify holds nothing that tells who the person is, unless they co-operate with public authorities."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

import pypdf
import pytest

from victimcare.casework.cases import open_case
from victimcare.casework.contact_points import record_contact_point
from victimcare.casework.exploitation import record_exploitation
from victimcare.casework.identity import record_identity
from victimcare.casework.other_references import record_other_reference
from victimcare.justice.duty_to_notify import notify
from victimcare.justice.investigations import link_case, open_investigation
from victimcare.overview.notify_sheet import NothingToNotify, notify_pages, notify_pdf
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

TODAY = date(2026, 11, 24)
BORN = date(1998, 4, 3)


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    with vault.transaction() as session:
        case_id = open_case(
            session, received_on=date(2026, 3, 3), source="NRM", gender="FEMALE", age_band="25_34", nationality="AL", language="sq", borough="CROYDON", unit="MSKU"
        )  # fmt: skip
        record_identity(
            session, case_id=case_id, name_used="Merita", given_names="Merita Lule", family_name="Hoxha", aliases=("Mimi",),
            name_as_we_write_it="HOXHA Merita", born_on=BORN, age_recorded="28",
        )  # fmt: skip
        record_contact_point(session, case_id=case_id, kind="PHONE", value="+44 7700 900123")
        record_contact_point(session, case_id=case_id, kind="ADDRESS", value="14 Larch Close, CR0 2XX")
        record_other_reference(session, case_id=case_id, system="NRM", value="NRM-88213")
        link_case(
            session, investigation_id=open_investigation(session, source="NRM", unit="MSKU", crime_reference="3401234/26", received_on=date(2026, 3, 3)), case_id=case_id
        )  # fmt: skip
        record_exploitation(session, case_id=case_id, type="SEXUAL", detail="a flat in Croydon")
        return case_id


def text(vault: Vault, case_id: UUID) -> str:
    with vault.reading(Reading.printed(case_id)) as session:
        reader = pypdf.PdfReader(io.BytesIO(notify_pdf(session, case_id)))
    told = [page.extract_text() for page in reader.pages] + [str(value) for value in (reader.metadata or {}).values()]
    return " ".join(" ".join(told).split())


IDENTIFIERS = (
    "Merita", "Lule", "Hoxha", "HOXHA", "Mimi", "VC-2026", "0001", "1998", "3 Apr", "28", "25", "34", "Albania", "Croydon", "Larch", "CR0",
    "7700", "900123", "NRM-88213", "3401234", "MSKU", "Female", "Gjirokast", "flat",
)  # fmt: skip


def test_no_identifier_of_the_case_is_in_it(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        notify(session, case_id=case_id, on=TODAY, co_operates="NO", reasons=("RETURN", "SHAME"), words="afraid of Gjirokaster")
    told = text(vault, case_id)
    assert [one for one in IDENTIFIERS if one.lower() in told.lower()] == []
    assert "Anonymous" in told
    assert "Sexual" in told
    assert "Fear of being returned or detained; Shame, or somebody finding out" in told


def test_who_co_operates_is_named_but_never_their_number_or_their_words(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        notify(session, case_id=case_id, on=TODAY, co_operates="YES", reasons=("RETURN",), words="afraid of Gjirokaster")
    told = text(vault, case_id)
    for one in ("Merita", "Hoxha", "3 Apr 1998", "Albania", "VC-2026-0001"):
        assert one in told
    for one in ("900123", "Larch", "Gjirokast"):
        assert one not in told


def test_without_a_notification_there_is_nothing_to_print(vault: Vault, case_id: UUID) -> None:
    with vault.reading(Reading.printed(case_id)) as session, pytest.raises(NothingToNotify):
        notify_pages(session, case_id)
