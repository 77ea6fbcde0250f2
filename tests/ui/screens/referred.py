"""A person ready to be referred, for window tests."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from victimcare.casework.barriers import record_barrier
from victimcare.casework.cases import open_case
from victimcare.casework.identity import record_identity
from victimcare.casework.offences import record_offence
from victimcare.casework.other_references import record_other_reference
from victimcare.casework.safe_contact import record_plan
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.stance import record_stance
from victimcare.casework.workers import my_worker
from victimcare.referrals.consent import record_consent
from victimcare.referrals.partners import first_partners, partner_ids
from victimcare.referrals.referrals import preview, send_printed
from victimcare.referrals.sharing import Asked
from victimcare.store.vault import Vault

TODAY = date(2026, 11, 24)
STANCE = "Does not support a prosecution"
CRIME_REFERENCE = "3000497/26"


def merita(vault: Vault) -> UUID:
    """Merita: everything that could go is recorded, and a stance that must not."""
    with vault.transaction() as session:
        if not partner_ids(session):
            first_partners(session)
        case_id = open_case(
            session, received_on=date(2026, 11, 2), source="DIRECT_REPORT", unit="MSKU", worker_id=my_worker(session), gender="FEMALE",
            age_band="25_34", nationality="AL", language="sq", interpreter="YES", risk="HIGH",
        )  # fmt: skip
        record_identity(session, case_id=case_id, name_used="Merita", family_name="Hoxhaj")
        hours = (SafeHours("PHONE", "YES", weekdays=31, from_minute=600, to_minute=900), SafeHours("TEXT", "NO"))
        record_plan(session, case_id=case_id, checked_on=TODAY, hours=hours, summary="Number withheld", must_not_know="her brother", code_word="dentist")
        record_offence(session, case_id=case_id, code="MSA_S2")
        record_barrier(session, case_id=case_id, code="FAMILY_ABROAD", since=TODAY)
        record_stance(session, case_id=case_id, on=TODAY, code="DECLINES", words="not in court")
        record_other_reference(session, case_id=case_id, system="CRIME", value=CRIME_REFERENCE)
    return case_id


def referred(vault: Vault, case_id: UUID, partner: str = "CBH", **choice: Any) -> UUID:
    """A referral that was sent today, with consent."""
    with vault.transaction() as session:
        partner_id = partner_ids(session)[partner]
        record_consent(
            session, case_id=case_id, partner_id=partner_id, scope="SUPPORT_REFERRAL", form="ORAL_THROUGH_INTERPRETER", state="GIVEN",
            on=session.today, ends_on=session.today + timedelta(days=90), told_support_is_not_tied=True,
        )  # fmt: skip
        session.flush()
        asked = Asked(case_id=case_id, partner_id=partner_id, services=("SAFE_HOUSE",), **choice)
        return send_printed(session, asked, seen=preview(session, asked).text)


def how_many(vault: Vault, kind: Any) -> int:
    """Rows of a kind in the vault."""
    with vault.reading() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def save_to(qtbot: QtBot, screen: Any, path: Path) -> None:
    """Type into the dialog that asks where the file goes, and save."""
    qtbot.waitUntil(lambda: isinstance(screen.paper.dialog, QFileDialog))
    dialog = screen.paper.dialog
    dialog.findChild(QLineEdit).setText(str(path))
    dialog.accept()
