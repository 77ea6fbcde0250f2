"""Documents: sealed in parts of 1 MiB, opened in memory, never written out in clear but where the user asks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.casework.dates import possible_day
from victimcare.casework.document_files import DocumentRefused, check_size, kind_of, name_kept
from victimcare.casework.opening import Sealed, columns, fitting, opened, texts_of
from victimcare.casework.sensitivity import EntrySensitivity
from victimcare.reference.codelists import known
from victimcare.store.document_bytes import BytesDamaged, Progress, read_bytes, write_bytes
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

ORDINARY: Final = "ORDINARY"


class Document(Record):
    """One document. `kind`: TEXT, IMAGE, PDF, MAIL or OTHER. `size`: bytes. `parts`: how many sealed parts. `contact_id`: the contact it came with."""

    __tablename__ = "document"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __has_bytes__ = True
    __withdrawable__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    kind: Mapped[str]
    size: Mapped[int]
    parts: Mapped[int]
    sensitivity: Mapped[str]
    contact_id: Mapped[UUID | None] = link("contact", optional=True)
    name = SealedText()
    media_type = SealedText()
    sha256 = SealedText()
    words = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class DocumentRow:
    """One document without its bytes. `sensitivity`: as last said. Texts are "" when not opened."""

    id: UUID
    case_id: UUID
    on: date
    kind: str
    size: int
    parts: int
    sensitivity: str
    contact_id: UUID | None
    made_at: datetime
    made_by: UUID
    name: str
    media_type: str
    sha256: str
    words: str


TEXTS = ("name", "media_type", "sha256", "words")
CODED = ("id", "case_id", "on", "kind", "size", "parts", "sensitivity", "contact_id", "made_at", "made_by")


def add_document(
    session: VaultSession,
    *,
    case_id: UUID,
    name: str,
    size: int,
    chunks: Iterable[bytes],
    sensitivity: str = ORDINARY,
    on: date | None = None,
    words: str = "",
    contact_id: UUID | None = None,
    progress: Progress | None = None,
) -> UUID:
    """Keep a document of `size` bytes that come as `chunks`; whole, or not at all. `on`: its day, today when left out.

    What kind it is is judged from its bytes. `progress(done, size)` may raise to stop it.
    Raises DocumentRefused, BytesChanged, UnknownCode, DateRefused, TextRefused, NoKey.
    """
    known("record_sensitivity", sensitivity)
    day = possible_day(on or session.today, today=session.today)
    check_size(size)
    given = iter(chunks)
    first = next(given, b"")
    kind, media_type = kind_of(first, name)
    document = Document(case_id=case_id, on=day, kind=kind, size=size, parts=0, sensitivity=sensitivity, contact_id=contact_id)
    written = write_bytes(session, document_id=document.id, case_id=case_id, size=size, chunks=chain([first], given), progress=progress)
    document.parts = written.parts
    document.name, document.media_type, document.sha256 = name_kept(name), media_type, written.sha256
    document.words = fitting(words)
    session.add(document)
    return document.id


def documents_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[DocumentRow, ...]:
    """The documents of a case, newest first. No bytes are read."""
    said = (
        select(EntrySensitivity.code)
        .where(EntrySensitivity.owner == Document.__tablename__, EntrySensitivity.row_id == Document.id)
        .order_by(EntrySensitivity.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(*columns(Document, CODED), said)
        .where(Document.case_id == case_id, standing(Document, also_withdrawn=also_withdrawn))
        .order_by(Document.on.desc(), Document.id.desc())
    ).all()
    texts = opened(session, [row[0] for row in rows], sealed)
    return tuple(_row(row, texts_of(texts, row[0], TEXTS)) for row in rows)


def open_document(session: VaultSession, document_id: UUID) -> bytes:
    """The whole of a document, in memory, proved against what was kept of it. Raises as `document_chunks` does."""
    return b"".join(document_chunks(session, document_id))


def document_chunks(session: VaultSession, document_id: UUID) -> Iterator[bytes]:
    """The bytes of a document, at most 1 MiB at a time; only when the last has come is it sure that the whole is right.

    Needs `Reading.document` or `Reading.document_saved` of its case. Raises ReadNotNoted, NoKey, BytesDamaged, DocumentRefused.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise DocumentRefused("That document is not here.", "Look at the case again.")
    expected = document.sha256
    if not expected:
        raise DocumentRefused("What was in this document was destroyed when it was withdrawn.", "The entry says who withdrew it and when.")
    whole, size = hashlib.sha256(), 0
    for part in read_bytes(session, document_id, parts=document.parts):
        whole.update(part)
        size += len(part)
        yield part
    if size != document.size or whole.hexdigest() != expected:
        raise BytesDamaged("it is not what was kept")


def _row(row: Any, texts: dict[str, Any]) -> DocumentRow:
    """`row`: the columns of CODED, then what was last said of its sensitivity, None where nothing was."""
    facts = dict(zip(CODED, row, strict=False))
    facts["sensitivity"] = row[-1] or facts["sensitivity"]
    return DocumentRow(**facts, **texts)
