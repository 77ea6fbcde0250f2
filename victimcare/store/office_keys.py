"""The office's own keys: an age identity that partners encrypt to, and an Ed25519 key that signs what the office sends.

Made with the vault. Their private halves are sealed under the office key, so that who holds no key to cases can neither open what
partners send nor sign for the office; their public halves stand in the clear, in the forms that `age` and OpenSSH print and read.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat, load_ssh_private_key
from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Mapped

from victimcare.refused import Refused
from victimcare.store.errors import NoKey, StoreDamaged
from victimcare.store.record import Record, SealedText
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

if TYPE_CHECKING:
    from victimcare.store.vault import Vault

KIND = "office keys made"
_ALTERED = "the office's public keys are not those of its private ones"


class NoOfficeKeys(Refused):
    """An older vault that nobody who reads cases has opened for writing since."""

    def __init__(self) -> None:
        super().__init__("This vault has no keys of the office's own yet.", "They are made when somebody who reads cases next opens it.")


class OfficeIdentity(Record):
    """One pair of keys; the newest counts, older ones stay to open what was encrypted to them.

    `recipient`: `age1...`. `signer`: `ssh-ed25519 AAAA...`, without a comment. `age_identity`: `AGE-SECRET-KEY-1...`.
    `signing_key`: a private key in OpenSSH's text form, under no passphrase of its own.
    """

    __tablename__ = "office_identity"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __sealed_apart__ = True

    recipient: Mapped[str]
    signer: Mapped[str]
    age_identity = SealedText()
    signing_key = SealedText()


@dataclass(frozen=True, slots=True)
class OfficePublicKeys:
    """What a partner is handed. `fingerprint`: of `signer`, `SHA256:...` as `ssh-keygen -l` prints it."""

    id: UUID
    recipient: str
    signer: str
    made_at: datetime

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.signer)


@dataclass(frozen=True, repr=False)
class OfficeKeys:
    """Both halves. `age`: the identities that open what was encrypted to the office, the newest first. `signing`: signs for the office now."""

    age: tuple[pyrage.x25519.Identity, ...]
    signing: Ed25519PrivateKey
    public: OfficePublicKeys


def fingerprint_of(signer: str) -> str:
    """`SHA256:` and the base64 of the key's hash without padding, of an `ssh-ed25519 AAAA...` line (OpenSSH, `ssh-keygen -l`)."""
    blob = base64.b64decode(signer.split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


# Actions


def make_office_keys(session: VaultSession) -> UUID:
    """Fresh keys, which count from now on. Raises NotAllowed, NoKey."""
    age, signing = pyrage.x25519.Identity.generate(), Ed25519PrivateKey.generate()
    record = OfficeIdentity(recipient=str(age.to_public()), signer=_public_line(signing))
    record.age_identity = str(age)
    record.signing_key = signing.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode("ascii")
    session.add(record)
    return record.id


def settle_office_keys(vault: Vault) -> None:
    """Give an older vault its keys, at its first opening for writing by somebody who holds the casework key."""
    if vault.store.is_read_only or Right.CASEWORK not in vault.member.rights or not vault.keyring.holds_casework:
        return
    with vault.reading() as session:
        if _has_keys(session):
            return
    with vault.transaction(KIND) as session:
        # Another program may have made them between the look and the turn to write.
        if not _has_keys(session):
            make_office_keys(session)


# Queries


def office_public_keys(session: VaultSession) -> OfficePublicKeys | None:
    """The public halves that count now; None in a vault that nobody who reads cases has opened since it was brought up to date."""
    row = session.execute(_columns().limit(1)).first()
    return None if row is None else OfficePublicKeys(*row)


def office_keys(session: VaultSession) -> OfficeKeys:
    """Both halves, in a transaction or a `Reading.office_keys()`.

    Raises NoOfficeKeys, NoKey, ReadNotNoted, and StoreDamaged where a public half is not that of the private one.
    """
    public = [OfficePublicKeys(*row) for row in session.execute(_columns())]
    if not public:
        raise NoOfficeKeys
    texts = session.sealed(one.id for one in public)
    if len(texts) < len(public):
        raise NoKey
    ages = tuple(_age_identity(one, texts[one.id].get("age_identity", "")) for one in public)
    return OfficeKeys(ages, _signing_key(public[0], texts[public[0].id].get("signing_key", "")), public[0])


def _columns() -> Select[UUID, str, str, datetime]:
    return select(OfficeIdentity.id, OfficeIdentity.recipient, OfficeIdentity.signer, OfficeIdentity.made_at).order_by(OfficeIdentity.id.desc())


def _has_keys(session: VaultSession) -> bool:
    return bool(session.scalar(select(exists().select_from(OfficeIdentity))))


def _public_line(signing: Ed25519PrivateKey) -> str:
    return signing.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode("ascii")


def _age_identity(public: OfficePublicKeys, text: str) -> pyrage.x25519.Identity:
    # Who can write to the store but holds no key to cases could put a public key of their own in the clear columns.
    try:
        age = pyrage.x25519.Identity.from_str(text)
    except pyrage.IdentityError:
        raise StoreDamaged(_ALTERED) from None
    if str(age.to_public()) != public.recipient:
        raise StoreDamaged(_ALTERED)
    return age


def _signing_key(public: OfficePublicKeys, text: str) -> Ed25519PrivateKey:
    try:
        signing = load_ssh_private_key(text.encode(), None)
    except ValueError:
        raise StoreDamaged(_ALTERED) from None
    if not isinstance(signing, Ed25519PrivateKey) or _public_line(signing) != public.signer:
        raise StoreDamaged(_ALTERED)
    return signing
