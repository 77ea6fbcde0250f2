"""What everybody may be found by, opened in one go: the only reading of many people's names, references and phones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.orm import aliased

from victimcare.casework.case_now import CHUNK
from victimcare.casework.cases import Case
from victimcare.casework.contact_points import ContactPoint, ContactPointEnd
from victimcare.casework.identity import Identity
from victimcare.casework.opening import text_of, texts_in
from victimcare.casework.other_references import OtherReference
from victimcare.store.session import VaultSession

_AT_ONCE = 5_000  # rows opened together: bounds what is held beside the index while it is built


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """Names of one person. `name`: the one to show; `all_names`: it and the full name; `written`: as we write it."""

    case_id: UUID
    reference: str
    name: str
    all_names: tuple[str, ...]
    written: tuple[str, ...]
    aliases: tuple[str, ...]
    born_on: date | None


@dataclass(frozen=True, slots=True, repr=False)
class KnownNumber:
    """A phone, or a reference in another system, of one person."""

    case_id: UUID
    is_phone: bool
    value: str


def known_people(session: VaultSession, case_ids: Collection[UUID] | None = None) -> Iterator[Known]:
    """Everybody the user may read (of `case_ids`, if given), by case. Needs `Reading.names()`; raises ReadNotNoted."""
    newer = aliased(Identity)
    is_newest = ~select(newer.id).where(newer.case_id == Identity.case_id, newer.id > Identity.id).exists()
    query = select(Case.id, Case.reference, Case.is_restricted, Identity.id.label("identity"))
    query = query.outerjoin(Identity, (Identity.case_id == Case.id) & is_newest).order_by(Case.id)
    for rows in _parts(session, query, Case.id, case_ids):
        texts = session.sealed([row.identity for row in rows if row.identity is not None])
        for case_id, reference, is_restricted, identity in rows:
            text = texts.get(identity) if identity is not None else None
            if text is not None or (identity is None and not (is_restricted and not session.can_open(case_id))):
                yield _known(case_id, reference, text or {})


def known_numbers(session: VaultSession, case_ids: Collection[UUID] | None = None) -> Iterator[KnownNumber]:
    """The phones in use and other systems' references of everybody the user may read. Needs `Reading.names()`; raises ReadNotNoted."""
    ended = select(ContactPointEnd.id).where(ContactPointEnd.contact_point_id == ContactPoint.id).exists()
    phones = select(ContactPoint.id, ContactPoint.case_id).where(ContactPoint.kind == "PHONE", ~ended)
    for is_phone, query, column in (
        (False, select(OtherReference.id, OtherReference.case_id), OtherReference.case_id),
        (True, phones, ContactPoint.case_id),
    ):
        for rows in _parts(session, query, column, case_ids):
            texts = session.sealed([row.id for row in rows])
            yield from (KnownNumber(case_id, is_phone, text_of(texts, row, "value")) for row, case_id in rows if row in texts)


def cases_named_since(session: VaultSession, since: datetime) -> frozenset[UUID]:
    """The cases of which a name, reference or phone was written at `since` or later."""
    written = [
        select(Case.id).where(Case.made_at >= since),
        *(select(one.case_id).where(one.made_at >= since) for one in (Identity, OtherReference, ContactPoint, ContactPointEnd)),
    ]
    return frozenset(session.scalars(union(*written)))


def _parts(session: VaultSession, query: Any, column: Any, case_ids: Collection[UUID] | None) -> Iterator[Sequence[Any]]:
    """The rows of `query` a part at a time: of `case_ids`, or all."""
    if case_ids is not None:
        wanted = list(case_ids)
        for start in range(0, len(wanted), CHUNK):
            yield session.execute(query.where(column.in_(wanted[start : start + CHUNK]))).all()
        return
    rows = session.execute(query).all()
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def _known(case_id: UUID, reference: str, text: Mapping[str, str]) -> Known:
    used, written = text.get("name_used", ""), text.get("name_as_we_write_it", "")
    full = f"{text.get('given_names', '')} {text.get('family_name', '')}".strip()
    born = text.get("date_of_birth", "")
    return Known(
        case_id=case_id,
        reference=reference,
        name=used or full or written,
        all_names=tuple(dict.fromkeys(filter(None, (used, full)))),
        written=(written,) if written else (),
        aliases=texts_in(text.get("aliases", "")),
        born_on=date.fromisoformat(born) if born else None,
    )
