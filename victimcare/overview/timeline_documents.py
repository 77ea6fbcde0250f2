"""Documents in the stream of a case: that one came, what it is, and with which contact. Its words, never its content."""

from __future__ import annotations

from collections.abc import Iterator

from victimcare.casework.documents import ORDINARY, DocumentRow
from victimcare.overview.case_file import CaseFile
from victimcare.overview.entry import Entry, moment, plain_words
from victimcare.reference.codelists import label

KINDS = {"TEXT": "text", "IMAGE": "picture", "PDF": "PDF", "MAIL": "e-mail", "OTHER": "file"}


def document_entries(file: CaseFile) -> Iterator[Entry]:
    """An entry a document."""
    for row in file.documents:
        at, has_time = moment(row.on, row.made_at)
        by = file.names.get(row.made_by, "")
        muted = ", ".join(filter(None, (about_document(row), "with a contact" if row.contact_id else "", f"by {by}" if by else "")))
        yield Entry(at, has_time, "DOCUMENT", "document", f"Document: {row.name}" if row.name else "Document", muted, plain_words(row.words), row.id, row.id)


def about_document(row: DocumentRow) -> str:
    """Such as "PDF, 1.2 MB, reveals a safe address"."""
    said = label("record_sensitivity", row.sensitivity).lower() if row.sensitivity != ORDINARY else ""
    return ", ".join(filter(None, (KINDS[row.kind], size_text(row.size), said)))


def size_text(size: int) -> str:
    """Such as "812 bytes", "14 KB", "1.2 MB"."""
    if size < 1024:
        return f"{size} byte{'' if size == 1 else 's'}"
    return f"{size / 1024:,.0f} KB" if size < 1024 * 1000 else f"{size / 1024 / 1024:,.1f} MB"
