"""What everybody may be found by, opened in one go: the only reading of many people's names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from victimcare.casework.case_now import CHUNK
from victimcare.casework.cases import Case
from victimcare.casework.contact_points import ContactPoint, ContactPointEnd
from victimcare.casework.identity import Identity, newest_identities
from victimcare.casework.opening import Sealed, text_of, texts_in
from victimcare.casework.other_references import OtherReference
from victimcare.store.session import VaultSession

_AT_ONCE = 5_000  # cases opened together: bounds what is held beside the index while it is built


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """What one person may be found by. `name`: the one to show."""

    case_id: UUID
    reference: str
    name: str
    all_names: tuple[str, ...]
    written: tuple[str, ...]
    aliases: tuple[str, ...]
    other_references: tuple[str, ...]
    phones: tuple[str, ...]
    born_on: date | None


def known_people(session: VaultSession, case_ids: Collection[UUID] | None = None) -> Iterator[Known]:
    """Everybody the user may read (of `case_ids`, if given), by case. Needs `Reading.names()`; raises ReadNotNoted."""
    query = select(Case.id, Case.reference, Case.is_restricted).order_by(Case.id)
    if case_ids is not None:
        wanted = list(case_ids)
        rows = [row for start in range(0, len(wanted), CHUNK) for row in session.execute(query.where(Case.id.in_(wanted[start : start + CHUNK])))]
    else:
        rows = list(session.execute(query))
    step = _AT_ONCE if case_ids is None else CHUNK
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        yield from _opened(session, part, None if case_ids is None else [row.id for row in part])


def _opened(session: VaultSession, cases: Sequence[Any], ids: Sequence[UUID] | None) -> Iterator[Known]:
    """The people of `cases`, which are neighbours in the order of ids unless `ids` lists them."""

    def of_these(query: Any, case_id: Any) -> list[Any]:
        chosen = case_id.between(cases[0].id, cases[-1].id) if ids is None else case_id.in_(ids)
        return list(session.execute(query.where(chosen)))

    ended = select(ContactPointEnd.id).where(ContactPointEnd.contact_point_id == ContactPoint.id).exists()
    identities = {case_id: row for row, case_id in of_these(newest_identities(), Identity.case_id)}
    references = of_these(select(OtherReference.id, OtherReference.case_id), OtherReference.case_id)
    phones = of_these(select(ContactPoint.id, ContactPoint.case_id).where(ContactPoint.kind == "PHONE", ~ended), ContactPoint.case_id)
    texts = session.sealed([*identities.values(), *(row.id for row in references), *(row.id for row in phones)])
    others, numbers = _by_case(references, texts), _by_case(phones, texts)
    for case_id, reference, is_restricted in cases:
        row = identities.get(case_id)
        if (row is not None and row not in texts) or (row is None and is_restricted and not session.can_open(case_id)):
            continue
        yield _known(case_id, reference, texts.get(row, {}) if row else {}, others.get(case_id, ()), numbers.get(case_id, ()))


def _by_case(rows: Sequence[Any], texts: Sealed) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    for row, case_id in rows:
        found[case_id] = (*found.get(case_id, ()), text_of(texts, row, "value"))
    return found


def _known(case_id: UUID, reference: str, text: Mapping[str, str], references: tuple[str, ...], phones: tuple[str, ...]) -> Known:
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
        other_references=references,
        phones=phones,
        born_on=date.fromisoformat(born) if born else None,
    )
