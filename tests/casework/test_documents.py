"""Documents of a case: kept with name, kind and words sealed; refused in words; opened whole or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.store.raw import raw, without_triggers
from victimcare.casework.contacts import log_contact
from victimcare.casework.dates import DateRefused
from victimcare.casework.document_files import LARGEST, DocumentRefused
from victimcare.casework.documents import Document, add_document, document_chunks, documents_of, open_document
from victimcare.casework.opening import CODED_ONLY
from victimcare.casework.sensitivity import EntrySensitivity
from victimcare.reference.codelists import UnknownCode
from victimcare.store.document_bytes import BytesDamaged
from victimcare.store.errors import AppendOnly
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw

LETTER = b"%PDF-1.4 a letter to the court"


def keep(vault: Vault, case_id: UUID, content: bytes = LETTER, name: str = "letter.pdf", **more: object) -> UUID:
    with vault.transaction() as session:
        return add_document(session, case_id=case_id, name=name, size=len(content), chunks=[content], **more)  # type: ignore[arg-type]


def test_documents_come_newest_day_first_with_what_is_known_of_them(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        at = datetime(2026, 5, 1, 9, tzinfo=UTC)
        contact = log_contact(session, case_id=case_id, at=at, channel="EMAIL", outcome="SPOKEN", direction="INBOUND", said="sent a letter")
    keep(vault, case_id, on=date(2026, 5, 1), words="her own copy", contact_id=contact, sensitivity="SAFE_LOCATION")
    keep(vault, case_id, b"plain words", "../note.txt")
    with vault.reading(Reading.case(case_id)) as session:
        newest, older = documents_of(session, case_id)
    assert (newest.name, newest.kind, newest.media_type, newest.on, newest.sensitivity) == ("note.txt", "TEXT", "text/plain", date(2026, 11, 24), "ORDINARY")
    assert (older.name, older.kind, older.size, older.words) == ("letter.pdf", "PDF", len(LETTER), "her own copy")
    assert (older.contact_id, older.sensitivity) == (contact, "SAFE_LOCATION")
    with vault.reading() as session:
        assert {row.name for row in documents_of(session, case_id, CODED_ONLY)} == {""}


def test_the_newest_sensitivity_counts(vault: Vault, case_id: UUID) -> None:
    document = keep(vault, case_id)
    for code in ("THIRD_PARTY", "SAFE_LOCATION"):
        with vault.transaction() as session:
            session.add(EntrySensitivity(case_id=case_id, owner="document", row_id=document, code=code))
    with vault.reading(Reading.case(case_id)) as session:
        assert [row.sensitivity for row in documents_of(session, case_id)] == ["SAFE_LOCATION"]


def test_a_withdrawn_document_is_left_out_and_does_not_open(vault: Vault, case_id: UUID) -> None:
    document = keep(vault, case_id)
    with vault.transaction() as session:
        withdraw(session, row_id=document, reason="WRONG_CASE")
    with vault.reading(Reading.case(case_id)) as session:
        assert documents_of(session, case_id) == ()
        assert [row.name for row in documents_of(session, case_id, also_withdrawn=True)] == [""]
    with vault.reading(Reading.document(case_id)) as session, pytest.raises(DocumentRefused, match="destroyed"):
        open_document(session, document)


@pytest.mark.parametrize(
    ("size", "more", "refused"),
    [
        (0, {}, DocumentRefused),
        (LARGEST + 1, {}, DocumentRefused),
        (len(LETTER), {"sensitivity": "SECRET"}, UnknownCode),
        (len(LETTER), {"on": date(2026, 11, 25)}, DateRefused),
    ],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(vault: Vault, case_id: UUID, size: int, more: dict[str, object], refused: type[Exception]) -> None:
    with pytest.raises(refused), vault.transaction() as session:
        add_document(session, case_id=case_id, name="letter.pdf", size=size, chunks=[LETTER], **more)  # type: ignore[arg-type]
    with vault.reading(Reading.case(case_id)) as session:
        assert documents_of(session, case_id) == ()
    with raw(vault) as connection:
        assert connection.execute("SELECT count(*) FROM sealed_bytes").fetchone() == (0,)


def test_a_document_is_never_changed(vault: Vault, case_id: UUID) -> None:
    document = keep(vault, case_id)
    with pytest.raises(AppendOnly), vault.transaction() as session:
        session.get(Document, document).words = "other words"


def test_what_is_not_what_was_kept_is_not_taken_for_the_whole(vault: Vault, case_id: UUID) -> None:
    document = keep(vault, case_id)
    with without_triggers(vault, "document") as connection:
        connection.execute("UPDATE document SET size = size + 1")
    with vault.reading(Reading.document_saved(case_id)) as session, pytest.raises(BytesDamaged):
        list(document_chunks(session, document))
