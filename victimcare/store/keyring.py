"""The keys a member holds while the vault is open, and the one way from a key's grants to the key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from victimcare.store.errors import NoKey
from victimcare.store.tables import DataKey, GroupGrant, GroupKey, KeyGrant
from victimcare.store.wrap import TO_PERSON, PersonKeys, unwrap_under, wrap_to, wrap_under

CASEWORK = "casework"
_CHUNK = 500


def group_info(vault: UUID, group: UUID, holder: UUID) -> bytes:
    """HPKE info of a group key wrapped to a holder."""
    return b"|".join([b"group key", vault.bytes, holder.bytes, group.bytes])


def data_key_info(vault: UUID, key_id: UUID, holder: UUID) -> bytes:
    """What a wrapped data key is bound to: purpose, vault, holder, key."""
    return b"|".join([b"data key", vault.bytes, holder.bytes, key_id.bytes])


class Keyring:
    """What `member` can open. Dropped at lock.

    `groups`: generations of group keys they hold. `founding`: the hash of the membership's first entry that they trust. Data keys are unwrapped when first needed and kept.
    """

    def __init__(self, vault: UUID, member: UUID, keys: PersonKeys) -> None:
        self.vault, self.member, self.keys = vault, member, keys
        self.groups: dict[UUID, bytes] = {}
        self.current_group: UUID | None = None
        self.founding = b""
        self._data: dict[UUID, bytes] = {}
        self._current: dict[UUID | None, UUID] = {}
        self._asked: set[UUID] = set()  # the cases `reach` was asked about

    def load_groups(self, connection: Connection) -> None:
        """Open every group key granted to the member; the newest of `casework` is what new keys are wrapped under."""
        rows = connection.execute(
            select(GroupKey.id, GroupGrant.wrapped)
            .join(GroupGrant, GroupGrant.group_id == GroupKey.id)
            .where(GroupGrant.holder == self.member, GroupKey.name == CASEWORK)
            .order_by(GroupKey.id)
        ).all()
        for row in rows:
            self.groups[row.id] = self.keys.unwrap(row.wrapped, group_info(self.vault, row.id, self.member))
            self.current_group = row.id

    @property
    def holds_casework(self) -> bool:
        return bool(self.groups)

    def unwrapped(self, key_id: UUID, holder: UUID, wrapped: bytes, *, keep: bool = True) -> bytes | None:
        """The data key behind one grant, kept from then on (unless one opens everybody's); None where the member is not its holder."""
        known = self._data.get(key_id)
        if known is None:
            info = data_key_info(self.vault, key_id, holder)
            if holder in self.groups:
                known = unwrap_under(self.groups[holder], wrapped, info)
            elif holder == self.member and wrapped[:1] == TO_PERSON:
                known = self.keys.unwrap(wrapped, info)
            if known is not None and keep:
                self._data[key_id] = known
        return known

    def known(self, key_id: UUID) -> bytes | None:
        return self._data.get(key_id)

    def current(self, connection: Connection, case_id: UUID | None) -> tuple[UUID, bytes]:
        """The id and bytes of the key that seals new parts of a case (None: the office). Raises NoKey."""
        if case_id not in self._current:
            self.load_current(connection, [case_id])
        key_id = self._current.get(case_id)
        if key_id is None or key_id not in self._data:
            raise NoKey
        return key_id, self._data[key_id]

    def load_current(self, connection: Connection, cases: Iterable[UUID | None], *, afresh: bool = False) -> None:
        """Find the current keys of many cases with one query for 500.

        `afresh`: also of those known, as a writer must: another program may have restricted a case and let its old key go.
        """
        wanted = [case for case in cases if afresh or case not in self._current]
        found: dict[UUID | None, UUID] = {}
        named = [case for case in wanted if case is not None]
        conditions: list[Any] = [DataKey.case_id.in_(named[start : start + _CHUNK]) for start in range(0, len(named), _CHUNK)]
        if None in wanted:
            conditions.append(DataKey.case_id.is_(None))
        for condition in conditions:
            query = (
                select(DataKey.id, DataKey.case_id, KeyGrant.holder, KeyGrant.wrapped)
                .join(KeyGrant, KeyGrant.key_id == DataKey.id)
                .where(condition)
                .order_by(DataKey.id)
            )
            for row in connection.execute(query):
                if self.unwrapped(row.id, row.holder, row.wrapped) is not None:
                    found[row.case_id] = row.id
        for case in wanted:
            if case in found:
                self._current[case] = found[case]
            else:
                self._current.pop(case, None)

    def reach(self, connection: Connection, case_id: UUID) -> dict[UUID, bool]:
        """Of `case_id`, and of each case asked about before: whether the member holds its current key, as it is in the store now."""
        self._asked.add(case_id)
        asked = list(self._asked)
        self.load_current(connection, asked, afresh=True)
        return {case: self._current.get(case) in self._data for case in asked}

    def count_cases(self, connection: Connection) -> int:
        """How many cases the member's keys reach: a case has one key, and of each key a member has one grant.

        Counted by the index of holders; only the office's few keys are looked up.
        """
        mine = KeyGrant.holder.in_([*self.groups, self.member])
        offices = select(DataKey.id).where(DataKey.case_id.is_(None))
        query = select(
            select(func.count()).select_from(KeyGrant).where(mine).scalar_subquery()
            - select(func.count()).select_from(KeyGrant).where(mine, KeyGrant.key_id.in_(offices)).scalar_subquery()
        )
        return connection.execute(query).scalar_one()

    def wrapped_for_group(self, key_id: UUID, key: bytes) -> tuple[UUID, bytes]:
        """The holder and wrapped form of a new data key for the casework group. Raises NoKey."""
        if self.current_group is None:
            raise NoKey
        group = self.current_group
        return group, wrap_under(self.groups[group], key, data_key_info(self.vault, key_id, group))

    def wrapped_to(self, key_id: UUID, key: bytes, holder: UUID, public: bytes) -> bytes:
        """A new data key for one person or recovery."""
        return wrap_to(public, key, data_key_info(self.vault, key_id, holder))

    def wrapped_under(self, group_key: bytes, group: UUID, key_id: UUID, key: bytes) -> bytes:
        """A data key for another generation of the group."""
        return wrap_under(group_key, key, data_key_info(self.vault, key_id, group))

    def use_group(self, group: UUID, key: bytes) -> None:
        """The only generation of the group from now on."""
        self.groups, self.current_group = {group: key}, group

    def adopt(self, case_id: UUID | None, key_id: UUID, key: bytes) -> None:
        """Keep a key whose transaction has committed."""
        self._data[key_id] = key
        self._current[case_id] = key_id

    def forget_case(self, case_id: UUID) -> None:
        """Look a case's key up again: it was restricted, opened to others or erased."""
        self._data.pop(self._current.pop(case_id, case_id), None)
