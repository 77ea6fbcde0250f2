"""Wrapping keys: under another key (AES-256-GCM) or to a person (HPKE, hybrid ML-KEM-768 with X25519).

A wrapped key starts with a byte that names its suite, so that a later suite can stand beside it.
The hybrid suite is still an IETF draft: `tests/store/test_wrap.py` keeps one frozen vector that must open for ever.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from victimcare.store.errors import NoKey

UNDER_KEY = b"\x01"
TO_PERSON = b"\x02"
SECRET_BYTES = 128
PUBLIC_BYTES = 1184 + 32 + 32
KEY_BYTES = 32
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def new_key() -> bytes:
    """32 fresh random bytes."""
    return os.urandom(KEY_BYTES)


def wrap_under(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """`plain` under the 32-byte `key`; opens only with the same `bound_to`."""
    nonce = os.urandom(12)
    return UNDER_KEY + nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def unwrap_under(key: bytes, wrapped: bytes, bound_to: bytes) -> bytes:
    """What `wrap_under` wrapped. Raises NoKey."""
    if wrapped[:1] != UNDER_KEY:
        raise NoKey
    try:
        return AESGCM(key).decrypt(wrapped[1:13], wrapped[13:], bound_to)
    except (InvalidTag, ValueError):
        raise NoKey from None


def wrap_to(public: bytes, plain: bytes, info: bytes) -> bytes:
    """`plain` to the holder of the secret half of `public` (1,248 bytes); `info` = purpose, vault, holder, key."""
    key = hpke.MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(public[:1184]), X25519PublicKey.from_public_bytes(public[1184:1216]))
    return TO_PERSON + _SUITE.encrypt(plain, key, info)


def derive(secret: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """`length` bytes from a uniformly random `secret`, for one purpose (HKDF-SHA-256)."""
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=purpose.encode()).derive(secret)


def signed_by(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` over `message` was made with the signing half of `public` (Ed25519)."""
    try:
        Ed25519PublicKey.from_public_bytes(public[1216:1248]).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, repr=False)
class PersonKeys:
    """One person's key pair (or the recovery's): everything that hangs on a passphrase, 128 bytes.

    ML-KEM-768 seed 64, X25519 32, Ed25519 32. The halves are kept since the hybrid key has no serialisation.
    """

    secret: bytes

    @staticmethod
    def fresh() -> PersonKeys:
        return PersonKeys(os.urandom(SECRET_BYTES))

    @staticmethod
    def from_recovery(secret: bytes) -> PersonKeys:
        """The recovery key pair from the 32-byte secret that the SLIP-39 shares rebuild."""
        return PersonKeys(derive(secret, "victimcare recovery key pair", SECRET_BYTES))

    @property
    def public(self) -> bytes:
        """1,248 bytes: ML-KEM-768 1,184, X25519 32, Ed25519 32."""
        return (
            MLKEM768PrivateKey.from_seed_bytes(self.secret[:64]).public_key().public_bytes_raw()
            + X25519PrivateKey.from_private_bytes(self.secret[64:96]).public_key().public_bytes_raw()
            + Ed25519PrivateKey.from_private_bytes(self.secret[96:]).public_key().public_bytes_raw()
        )

    def unwrap(self, wrapped: bytes, info: bytes) -> bytes:
        """What `wrap_to` sent to this person. Raises NoKey."""
        if wrapped[:1] != TO_PERSON:
            raise NoKey
        key = hpke.MLKEM768X25519PrivateKey(MLKEM768PrivateKey.from_seed_bytes(self.secret[:64]), X25519PrivateKey.from_private_bytes(self.secret[64:96]))
        try:
            return _SUITE.decrypt(wrapped[1:], key, info)
        except (InvalidTag, ValueError):
            raise NoKey from None

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature, 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.secret[96:]).sign(message)
