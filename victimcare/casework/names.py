"""What everybody may be found by, opened in one go: the only reading of many people's names, references and phones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
    nameless = select(Case.id, Case.reference, Case.is_restricted).where(~select(Identity.id).where(Identity.case_id == Case.id).exists())
    for case_id, reference, is_restricted in _rows(session.connection().execute, nameless, Case.id, case_ids):
        if not is_restricted or session.can_open(case_id):
            yield _known(case_id, reference, {})
    named = select(Identity.id, Identity.case_id, Case.reference).join(Case, Case.id == Identity.case_id).where(_is_newest())
    for (_, case_id, reference), text in _rows(session.sealed_each, named, Identity.case_id, case_ids):
        yield _known(case_id, reference, text)


def _is_newest() -> ColumnElement[bool]:
    newer = aliased(Identity)
    return ~select(newer.id).where(newer.case_id == Identity.case_id, newer.id > Identity.id).exists()


def known_numbers(session: VaultSession, case_ids: Collection[UUID] | None = None) -> Iterator[KnownNumber]:
    """The phones in use and other systems' references of everybody the user may read. Needs `Reading.names()`; raises ReadNotNoted."""
    ended = select(ContactPointEnd.id).where(ContactPointEnd.contact_point_id == ContactPoint.id).exists()
    phones = select(ContactPoint.id, ContactPoint.case_id).where(ContactPoint.kind == "PHONE", ~ended)
    references = select(OtherReference.id, OtherReference.case_id)
    for is_phone, query, column in ((False, references, OtherReference.case_id), (True, phones, ContactPoint.case_id)):
        for (_, case_id), text in _rows(session.sealed_each, query, column, case_ids):
            yield KnownNumber(case_id, is_phone, text.get("value", ""))


def cases_named_since(session: VaultSession, since: datetime) -> frozenset[UUID]:
    """The cases of which a name, reference or phone was written at `since` or later."""
    written = [
        select(Case.id).where(Case.made_at >= since),
        *(select(one.case_id).where(one.made_at >= since) for one in (Identity, OtherReference, ContactPoint, ContactPointEnd)),
    ]
    return frozenset(session.scalars(union(*written)))


def _rows(read: Callable[[Any], Iterable[Any]], query: Any, column: Any, case_ids: Collection[UUID] | None) -> Iterator[Any]:
    """What `read` gives for `query`: of `case_ids`, some at a time, or all."""
    if case_ids is None:
        yield from read(query)
        return
    wanted = list(case_ids)
    for start in range(0, len(wanted), CHUNK):
        yield from read(query.where(column.in_(wanted[start : start + CHUNK])))


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
