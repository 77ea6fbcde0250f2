"""Restricting a case to named users: a new key granted to them and to recovery alone, its parts sealed anew, the old key gone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from victimcare.refused import Refused
from victimcare.store import seal
from victimcare.store.document_bytes import seal_bytes_anew
from victimcare.store.errors import NoKey, NotAllowed, StoreDamaged
from victimcare.store.header import recovery_holder
from victimcare.store.ids import new_id
from victimcare.store.members import Member, Membership
from victimcare.store.record import Record, Table
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.tables import DataKey, KeyGrant, Sealed
from victimcare.store.wrap import new_key


class MayNotRead(Refused):
    """A case can be restricted only to people who may read cases, and to at least one."""

    def __init__(self) -> None:
        super().__init__("A case can be restricted only to users who may read cases.", "Choose at least one, and only caseworkers or supervisors.")


def restrict(session: VaultSession, *, case_id: UUID, version: int, members: Iterable[UUID]) -> None:
    """Let only `members` (and recovery) read the case from now on. Also changes who may read one restricted before.

    Raises NotAllowed, NoKey, MayNotRead, Conflict.
    """
    case = _case_for_change(session, case_id, version)
    chain = _trusted(session)
    readers = {one.id: one for one in chain.active_with(Right.CASEWORK)}
    wanted = sorted(set(members))
    if not wanted or not set(wanted) <= set(readers):
        raise MayNotRead
    key_id, key = new_id(), new_key()
    holders = [(one, readers[one].public) for one in wanted] + [(recovery_holder(session.vault_id), chain.recovery)]
    session.write_rows(DataKey, [{"id": key_id, "case_id": case_id, "made_at": session.now}])
    grants = [{"key_id": key_id, "holder": one, "wrapped": session.keyring.wrapped_to(key_id, key, one, public)} for one, public in holders]
    session.write_rows(KeyGrant, grants)
    case.is_restricted = True
    _seal_anew(session, case_id, key_id, key)
    session.forget_key(case_id)


def lift_restriction(session: VaultSession, *, case_id: UUID, version: int) -> None:
    """Let every caseworker read the case again. Raises NotAllowed, NoKey, Conflict."""
    case = _case_for_change(session, case_id, version)
    key_id, key = session.make_key(case_id)
    case.is_restricted = False
    _seal_anew(session, case_id, key_id, key)


def readers_of(session: VaultSession, case_id: UUID) -> tuple[Member, ...]:
    """Who can read a case now, by name: whoever its keys are granted to, by name or as a caseworker. Recovery is not among them."""
    holders = set(session.scalars(select(KeyGrant.holder).join(DataKey, DataKey.id == KeyGrant.key_id).where(DataKey.case_id == case_id)))
    caseworkers = may_read_cases(session)
    named = tuple(one for one in caseworkers if one.id in holders)
    return named if holders <= {one.id for one in caseworkers} | {recovery_holder(session.vault_id)} else caseworkers


def may_read_cases(session: VaultSession) -> tuple[Member, ...]:
    """Everybody a case can be restricted to, by name."""
    return tuple(sorted(_trusted(session).active_with(Right.CASEWORK), key=lambda one: one.name))


def _case_for_change(session: VaultSession, case_id: UUID, version: int) -> Any:
    if not session.may(Right.SUPERVISE):
        raise NotAllowed(Right.SUPERVISE)
    kind = next(one for one in _records() if one.__makes_case_key__)
    case = session.get_for_change(kind, case_id, version=version)
    if not session.can_open(case_id):
        raise NoKey
    return case


def _trusted(session: VaultSession) -> Membership:
    """The membership as it stands, if it begins where the session's own member was let in. Raises StoreDamaged."""
    chain = Membership.load(session.connection())
    member = chain.members.get(session.member.id)
    if chain.founding != session.keyring.founding or member is None or member.public != session.member.public:
        raise StoreDamaged("its membership does not begin where yours did")
    return chain


def _records() -> list[type[Record]]:
    return [mapper.class_ for mapper in Table.registry.mappers if issubclass(mapper.class_, Record)]


def _seal_anew(session: VaultSession, case_id: UUID, key_id: UUID, key: bytes) -> None:
    """Seal every part of the case under the new key, sign for each row as it now stands, and let the old keys go."""
    session.flush()
    texts = session.sealed_of_case(case_id)
    old = list(session.scalars(select(DataKey.id).where(DataKey.case_id == case_id, DataKey.id != key_id)))
    parts = session.execute(select(Sealed.id, Sealed.owner).where(Sealed.key_id.in_(old))).all()
    if {row.id for row in parts} - texts.keys():
        raise NoKey
    payloads = {row.id: seal.closed(key, row.owner, row.id, key_id, texts[row.id]) for row in parts}
    with session.door("restriction") as connection:
        for number, payload in payloads.items():
            connection.execute(update(Sealed).where(Sealed.id == number).values(key_id=key_id, payload=payload))
    seal_bytes_anew(session, old, key_id, key)
    for kind in _records():
        if kind.__sealed_fields__ and "case_id" in kind.__table__.c:
            for record in session.scalars(select(kind).where(kind.__table__.c.case_id == case_id)):
                if record.id in payloads:
                    session.note_as_it_stands(record, payloads[record.id])
    session.delete_rows(KeyGrant, KeyGrant.key_id.in_(old))
    session.delete_rows(DataKey, DataKey.id.in_(old))
