"""A person whose every shareable fact is recorded, and a directory to refer them to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.barriers import record_barrier
from victimcare.casework.cases import open_case
from victimcare.casework.exploitation import record_exploitation
from victimcare.casework.identity import record_identity
from victimcare.casework.offences import record_offence
from victimcare.casework.other_references import record_other_reference
from victimcare.casework.safe_contact import record_plan
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.stance import record_stance
from victimcare.referrals.consent import record_consent
from victimcare.referrals.partners import first_partners, partner_ids
from victimcare.referrals.sharing import Asked
from victimcare.store.vault import Vault

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Merita:
    """The person of these tests, and what a worker first asks for her."""

    case_id: UUID
    partners: dict[str, UUID]

    def asked(self, partner: str = "CBH", **choice: object) -> Asked:
        return Asked(**{"case_id": self.case_id, "partner_id": self.partners[partner], "services": ("SAFE_HOUSE", "THERAPY"), **choice})  # type: ignore[arg-type]


@pytest.fixture
def merita(vault: Vault) -> Merita:
    with vault.transaction() as session:
        first_partners(session)
        session.flush()
        case_id = open_case(
            session,
            received_on=date(2026, 11, 2),
            source="DIRECT_REPORT",
            unit="MSKU",
            gender="FEMALE",
            age_band="25_34",
            nationality="AL",
            language="sq",
            interpreter="YES",
            risk="HIGH",
        )
        record_identity(session, case_id=case_id, name_used="Merita", given_names="Meritë", family_name="Hoxhaj", born_on=date(1999, 5, 4))
        hours = (SafeHours("PHONE", "YES", weekdays=31, from_minute=600, to_minute=900), SafeHours("TEXT", "NO"))
        record_plan(
            session,
            case_id=case_id,
            checked_on=TODAY,
            hours=hours,
            summary="Number withheld",
            must_not_know="her brother",
            code_word="dentist",
            cover_story="the surgery",
        )
        record_exploitation(session, case_id=case_id, type="SEXUAL", detail="kept in a flat")
        record_offence(session, case_id=case_id, code="MSA_S2")
        record_barrier(session, case_id=case_id, code="FAMILY_ABROAD", since=TODAY, words="they know where my mother lives")
        record_barrier(session, case_id=case_id, code="COURT_FEAR", since=TODAY)
        record_stance(session, case_id=case_id, on=TODAY, code="DECLINES", words="not in court")
        record_other_reference(session, case_id=case_id, system="CRIME", value="3000497/26")
        session.flush()
        partners = partner_ids(session)
        record_consent(
            session,
            case_id=case_id,
            partner_id=partners["CBH"],
            scope="SUPPORT_REFERRAL",
            form="ORAL_THROUGH_INTERPRETER",
            state="GIVEN",
            on=TODAY,
            language="sq",
            told_support_is_not_tied=True,
        )
    return Merita(case_id, partners)
