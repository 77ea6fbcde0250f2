"""What everybody may be found by, opened in one go: the only reading of many people's names, references and phones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, union
from sqlalchemy.orm import aliased

from victimcare.casework.case_now import CHUNK
from victimcare.casework.cases import Case
from victimcare.casework.contact_points import ContactPoint, ContactPointEnd
from victimcare.casework.identity import Identity
from victimcare.casework.opening import texts_in
from victimcare.casework.other_references import OtherReference
from victimcare.store.session import VaultSession

_AT_ONCE = 2_000


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
    """Everybody the user may read (of `case_ids`, if given), each once. Needs `Reading.names()`; raises ReadNotNoted."""
    query = select(Case.id, Case.reference, Case.is_restricted, Identity.id)
    query = query.outerjoin(Identity, (Identity.case_id == Case.id) & _is_newest()).order_by(Case.id)
    bearers: dict[UUID, tuple[UUID, str]] = {}
    for rows in _parts(session, query, Case.id, case_ids):
        for case_id, reference, is_restricted, identity in rows:
            if identity is not None:
                bearers[identity] = (case_id, reference)
            elif not (is_restricted and not session.can_open(case_id)):
                yield _known(case_id, reference, {})
    newest = select(Identity.id).where(_is_newest())
    texts = session.sealed_each(newest) if case_ids is None else session.sealed(bearers).items()
    for identity, text in texts:
        if identity in bearers:
            yield _known(*bearers[identity], text)


def _is_newest() -> ColumnElement[bool]:
    newer = aliased(Identity)
    return ~select(newer.id).where(newer.case_id == Identity.case_id, newer.id > Identity.id).exists()


def known_numbers(session: VaultSession, case_ids: Collection[UUID] | None = None) -> Iterator[KnownNumber]:
    """The phones in use and other systems' references of everybody the user may read. Needs `Reading.names()`; raises ReadNotNoted."""
    ended = select(ContactPointEnd.id).where(ContactPointEnd.contact_point_id == ContactPoint.id).exists()
    phones = select(ContactPoint.id, ContactPoint.case_id).where(ContactPoint.kind == "PHONE", ~ended)
    for is_phone, query, column in (
        (False, select(OtherReference.id, OtherReference.case_id), OtherReference.case_id),
        (True, phones, ContactPoint.case_id),
    ):
        owners = {row: case_id for rows in _parts(session, query, column, case_ids) for row, case_id in rows}
        ids = query.with_only_columns(query.selected_columns[0])
        texts = session.sealed_each(ids) if case_ids is None else session.sealed(owners).items()
        yield from (KnownNumber(owners[row], is_phone, text.get("value", "")) for row, text in texts if row in owners)


def cases_named_since(session: VaultSession, since: datetime) -> frozenset[UUID]:
    """The cases of which a name, reference or phone was written at `since` or later."""
    written = [
        select(Case.id).where(Case.made_at >= since),
        *(select(one.case_id).where(one.made_at >= since) for one in (Identity, OtherReference, ContactPoint, ContactPointEnd)),
    ]
    return frozenset(session.scalars(union(*written)))


def _parts(session: VaultSession, query: Any, column: Any, case_ids: Collection[UUID] | None) -> Iterator[Iterable[Any]]:
    """The rows of `query`: of `case_ids`, some at a time, or all."""
    if case_ids is None:
        # Straight from the connection, some thousands at a time: a session would first hold the rows of all 100,000.
        yield from session.connection().execute(query).partitions(_AT_ONCE)
        return
    wanted = list(case_ids)
    for start in range(0, len(wanted), CHUNK):
        yield session.execute(query.where(column.in_(wanted[start : start + CHUNK])))


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
