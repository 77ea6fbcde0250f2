"""`header.json`: only what is needed before the store opens, and no names.

Per user a lookup (HMAC of the typed user name under the vault id: hides it from a glance, not from a guess), a slot that
the passphrase opens, and the file key wrapped to that user. A MAC under the file key keeps strangers out.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from victimcare.store.errors import HeaderDamaged, NewerVault, NoKey, WrongPassphrase
from victimcare.store.kdf import SALT_BYTES, KdfCost, slot_key
from victimcare.store.wrap import PersonKeys, derive, unwrap_under, wrap_to, wrap_under

FILE_NAME = "header.json"
FORMAT = 1
LARGEST = 8 * 1024 * 1024
USER, INVITATION = "user", "invitation"


@dataclass(frozen=True, repr=False)
class Slot:
    """One way in: a user's, or an invitation's until it is used or expires."""

    lookup: bytes
    kind: str
    member: UUID
    cost: KdfCost
    salt: bytes
    secret: bytes
    file_key: bytes
    expires: datetime | None = None

    def bound_to(self, vault: UUID) -> bytes:
        """What the slot's seal is bound to: nothing of it can be altered or moved to another vault."""
        cost = f"{self.cost.passes},{self.cost.lanes},{self.cost.kib}"
        return b"|".join([b"slot", vault.bytes, self.lookup, self.kind.encode(), self.member.bytes, cost.encode(), self.salt])


@dataclass(frozen=True, repr=False)
class Header:
    """The header of one vault. `recovery_file_key`: the file key wrapped to the recovery key pair."""

    vault: UUID
    epoch: int
    cost: KdfCost
    slots: tuple[Slot, ...]
    recovery_file_key: bytes
    erased: tuple[UUID, ...] = ()
    min_reader: int = FORMAT
    mac: bytes = field(default=b"")

    @property
    def store_name(self) -> str:
        return f"store-{self.epoch}.db"

    def sealed_with(self, file_key: bytes) -> Header:
        """The same header with the MAC that `file_key` gives it."""
        return replace(self, mac=hmac.digest(derive(file_key, "victimcare header"), _canonical(self), "sha256"))

    def is_sealed_with(self, file_key: bytes) -> bool:
        return hmac.compare_digest(self.mac, self.sealed_with(file_key).mac)

    def slot_of(self, user: str) -> Slot | None:
        wanted = lookup_of(user, self.vault)
        return next((slot for slot in self.slots if hmac.compare_digest(slot.lookup, wanted)), None)

    def with_slot(self, slot: Slot) -> Header:
        """The same header with `slot` in place of any of the same lookup or the same member."""
        kept = tuple(other for other in self.slots if other.lookup != slot.lookup and other.member != slot.member)
        return replace(self, slots=(*kept, slot))

    def without_member(self, member: UUID) -> Header:
        return replace(self, slots=tuple(slot for slot in self.slots if slot.member != member))


def lookup_of(user: str, vault: UUID) -> bytes:
    """Where a typed user name is found: case, width and spaces do not matter."""
    folded = " ".join(unicodedata.normalize("NFKC", user).casefold().split())
    return hmac.digest(vault.bytes, folded.encode(), "sha256")


def file_key_info(vault: UUID, holder: UUID, epoch: int) -> bytes:
    return b"|".join([b"file key", vault.bytes, holder.bytes, str(epoch).encode()])


def recovery_holder(vault: UUID) -> UUID:
    """The fixed id that stands for the recovery key pair of a vault."""
    return UUID(bytes=hashlib.sha256(b"recovery" + vault.bytes).digest()[:16])


def make_slot(
    header: Header,
    *,
    user: str,
    kind: str,
    member: UUID,
    passphrase: str,
    keys: PersonKeys,
    founding: bytes,
    file_key: bytes,
    expires: datetime | None = None,
) -> Slot:
    """A slot that `passphrase` opens to `keys` and to the hash of the founding entry that the person trusts (32 bytes)."""
    bare = Slot(lookup_of(user, header.vault), kind, member, header.cost, os.urandom(SALT_BYTES), b"", b"", expires)
    sealed = wrap_under(slot_key(passphrase, bare.salt, bare.cost), keys.secret + founding, bare.bound_to(header.vault))
    return replace(bare, secret=sealed, file_key=wrap_to(keys.public, file_key, file_key_info(header.vault, member, header.epoch)))


def open_slot(header: Header, user: str, passphrase: str) -> tuple[Slot, PersonKeys, bytes, bytes]:
    """The slot, the person's keys, the founding hash they trust, and the file key.

    Raises WrongPassphrase (an unknown user costs one Argon2id at the default cost and gets the same message), HeaderDamaged.
    """
    slot = header.slot_of(user)
    if slot is None:
        slot_key(passphrase, b"\0" * SALT_BYTES, header.cost.checked())
        raise WrongPassphrase
    key = slot_key(passphrase, slot.salt, slot.cost.checked())
    try:
        secret = unwrap_under(key, slot.secret, slot.bound_to(header.vault))
    except NoKey:
        raise WrongPassphrase from None
    keys = PersonKeys(secret[:128])
    try:
        file_key = keys.unwrap(slot.file_key, file_key_info(header.vault, slot.member, header.epoch))
    except NoKey:
        raise HeaderDamaged("a user's file key does not open") from None
    if not header.is_sealed_with(file_key):
        raise HeaderDamaged("it was altered by somebody without a key")
    return slot, keys, secret[128:], file_key


def read_header(folder: Path) -> Header:
    """Raises HeaderDamaged, NewerVault."""
    path = folder / FILE_NAME
    try:
        if path.stat().st_size > LARGEST:
            raise HeaderDamaged("it is far too large")
        text = path.read_bytes()
    except OSError:
        raise HeaderDamaged("it cannot be read") from None
    return parse_header(text)


def parse_header(text: bytes) -> Header:
    """Strict: raises HeaderDamaged for anything that is not exactly a header, NewerVault for a later format."""
    try:
        raw = json.loads(text)
        if raw["min_reader"] > FORMAT:
            raise NewerVault
        return Header(
            vault=UUID(raw["vault"]),
            epoch=_whole(raw["epoch"]),
            cost=_cost(raw["kdf"]),
            slots=tuple(_slot(one) for one in _listed(raw["slots"])),
            recovery_file_key=b64decode(raw["recovery_file_key"], validate=True),
            erased=tuple(UUID(one) for one in _listed(raw["erased"])),
            min_reader=_whole(raw["min_reader"]),
            mac=b64decode(raw["mac"], validate=True),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise HeaderDamaged("it is not what victimcare wrote") from None


def write_header(folder: Path, header: Header) -> None:
    """Beside, synced, then one rename: the only commit point of rotation and restore."""
    write_whole(folder / FILE_NAME, header_bytes(header))


def header_bytes(header: Header) -> bytes:
    return json.dumps({**json.loads(_canonical(header)), "mac": _text(header.mac)}, indent=1).encode()


def write_whole(path: Path, content: bytes) -> None:
    """`path` holds `content` or what it held before, whatever happens in between."""
    beside = path.with_name(path.name + ".tmp")
    with open(beside, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable (Windows has no such call and needs none)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _canonical(header: Header) -> bytes:
    return json.dumps(
        {
            "format": FORMAT,
            "min_reader": header.min_reader,
            "vault": header.vault.hex,
            "epoch": header.epoch,
            "kdf": _cost_json(header.cost),
            "erased": [one.hex for one in header.erased],
            "recovery_file_key": _text(header.recovery_file_key),
            "slots": [_slot_json(one) for one in header.slots],
        },
        sort_keys=True,
        separators=(",", ":"),
    ).encode()


def _text(value: bytes) -> str:
    return b64encode(value).decode()


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("not a whole number")
    return value


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _cost_json(cost: KdfCost) -> dict[str, int]:
    return {"passes": cost.passes, "lanes": cost.lanes, "kib": cost.kib}


def _cost(raw: Mapping[str, Any]) -> KdfCost:
    return KdfCost(_whole(raw["passes"]), _whole(raw["lanes"]), _whole(raw["kib"]))


def _slot_json(slot: Slot) -> dict[str, Any]:
    return {
        "lookup": slot.lookup.hex(),
        "kind": slot.kind,
        "member": slot.member.hex,
        "kdf": _cost_json(slot.cost),
        "salt": _text(slot.salt),
        "secret": _text(slot.secret),
        "file_key": _text(slot.file_key),
        "expires": slot.expires and slot.expires.astimezone(UTC).isoformat(),
    }


def _slot(raw: Mapping[str, Any]) -> Slot:
    if raw["kind"] not in (USER, INVITATION):
        raise ValueError("unknown kind of slot")
    return Slot(
        bytes.fromhex(raw["lookup"]),
        raw["kind"],
        UUID(raw["member"]),
        _cost(raw["kdf"]),
        b64decode(raw["salt"], validate=True),
        b64decode(raw["secret"], validate=True),
        b64decode(raw["file_key"], validate=True),
        datetime.fromisoformat(raw["expires"]) if raw["expires"] else None,
    )
