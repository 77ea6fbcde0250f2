"""Wrapped keys: who opens them, to what they are bound, and a vector of the draft suite that must open for ever."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.store.errors import NoKey
from victimcare.store.wrap import PersonKeys, derive, new_key, signed_by, unwrap_under, wrap_to, wrap_under

# Made on 24 Nov 2026 with cryptography 50 from the secret bytes 0 to 127. A release of it that does not open this breaks
# every vault: then pin the old release and re-wrap at unlock.
FROZEN = (
    "029676d3c6b1a6d8de301410788ce02b117182f2af7a4a6a376d9401fa921038a82c64289216c226a2cf321346a79c547776994f9f0e3cad80e6d68a"
    "f2919ea2ddad6db1a1703d48a3d9d3efe0d251d36168c76822e90253a3b038ed8e70bbb9780ec08c23cbba071593356a5721e15d93374c73dd1daf8b"
    "35bced8af0756e3bfc01016a2772488b6c15a3b363ef2d9091e0542f94d46b565c6b56800b4434af59585cea68f48e404b62c982112340a3b2e0678f"
    "fc3ef2e9d34774af8e309fab79b28ce2072a101e303382e085d1a40c3bb679bc95098e1617d434ac02a624c64f3d373a4a49312d093704729904b8c2"
    "292a15d48cfc49b77d4f682a8c28467529664dc105053ed1c0f78031196d1e8b399d1e611c62ce498086b0f19f272f343e4c414d9fbc869607aaaa26"
    "6214e65765e442354af1bbe82b2f7175df770ae8b732e9633aeaeb4595be1d6e5e502c82d91e18b013008e55238b3c70d99c8cd3eba80f2d1072c4f2"
    "6fa9f4221b3f006589d992ada1a205bfb532bf599b02f5ba308d68b3b6e1e3d77834e12e1cea625baf6a1ad986440c2029a4f555fb2b8f5860f92ffa"
    "b912eb4f576365695fd2d42ae6a98c80084c5d34f7ca33e8d2aa58765cc0214f3bef042c0b3c6ebffa2614f164679531536536aa9a04c5374517b594"
    "551014f031afe8b7d165e8a16edc18397b573c8b6788f0e19761e7aa7061250189311a5c05ce72b13ba0ffbb6676d3b9a0f4d542e91526823169b985"
    "0a45f4548e03552cc953a9cfa8c321194b65b8d864a1b322a5e62649ae5122ff37530f5a2f2830b6b43d04e5ab635093fb47eb5a1736704e2efa54c3"
    "27b9e3fd69f16530b9b6967890fd1ab12ce33418707778c01453892418049384ae8594f623fe2713ca25804d83328cf6bef0a663072b1e6f60f6b75c"
    "acd8a4c4a563e04a4e60f8ba877c714b401e6f83fa5a76fd704531599bbbde50ad3f2742b08d6bc6dc9f06e6dcb56c9ad0d8b0ce9a9f6d35bf24d2f9"
    "acce446e7c5504e6bdc8b17599d3ad5b798eff6bb83138f086d8132201f3f30f4e21eed51e1473a37e81b83234d0729b8efd1cb81c66fcb9e377032e"
    "96c35758434884555863238f5ff5fe5f72ff6ee3cbf5e066b17592395d2035479dcbfab32583af74a5411d5de93f9704fb3829d6ab3cc3d29578494c"
    "72638af054b8f19bdf97266c1eb36f87a9fa0d4b70bf9ef8ccc8054cc9921b3e30edc05dff0caca33c53b14299ce223904e1077f12d2c2790f1fcbf8"
    "d9e133ec62cd0144a530457fed460b9387105a62e93c0cb978d70bd6a1bd0cc6554c98292940a4e4b97c091a19e0b4e93343f2e0f0311445207e069c"
    "5672e5e0bb3584765a21725a282cb9769fa92611bd3b56dac1385b4dd6be13df2d8cabebf99b008732ffcfdb8dcb663eb23d1f168fe9c677af6396fc"
    "e24bb0edd4d92f9f3a710033c5fcae6f4ca2e9371791a731f17344a46754994f0ed9227080af43789f1c5dec7542c00973464c42f67b61095a9926ec"
    "5a7a0b1fd01a9ec30ef49539a8e650543eac1f2c8bdf7aec2e4239ea6dfa1c55ef27284d1014de695a39373f02745ac824e5e92cb4d7508b7f159a55"
    "9ea88a7255b769147e28b3709b98852d234387038f460bedcb816aa09f"
)
FROZEN_PUBLIC = "9fa9faf090ebc7d1de7bc847432f33dbbc198f2d939eb293852fc2ab35d18ff9"
FROZEN_SIGNATURE = "40b42cd59e10161a2187d06d8648c43845919c26a8b985da8577f52e146b5d0880c7cab306abbeaa2e1935cd59bf0b2b26b4c78df9f04e698586f88f90a7c20d"


def frozen() -> PersonKeys:
    return PersonKeys(bytes(range(128)))


def test_the_frozen_vector_opens() -> None:
    assert frozen().unwrap(bytes.fromhex(FROZEN), b"group key|test vector 1") == b"thirty-two bytes of a group key!"
    assert hashlib.sha256(frozen().public).hexdigest() == FROZEN_PUBLIC
    assert frozen().sign(b"message").hex() == FROZEN_SIGNATURE
    assert signed_by(frozen().public, bytes.fromhex(FROZEN_SIGNATURE), b"message")


def test_only_the_person_it_was_wrapped_to_opens_it_and_only_for_its_purpose() -> None:
    mine, other = PersonKeys.fresh(), PersonKeys.fresh()
    wrapped = wrap_to(mine.public, b"k" * 32, b"purpose")
    assert mine.unwrap(wrapped, b"purpose") == b"k" * 32
    for keys, info in ((other, b"purpose"), (mine, b"another")):
        with pytest.raises(NoKey):
            keys.unwrap(wrapped, info)


@given(st.binary(max_size=200), st.binary(max_size=40), st.integers(min_value=0))
def test_a_wrapped_key_with_any_byte_changed_does_not_open(plain: bytes, bound: bytes, place: int) -> None:
    key = new_key()
    wrapped = bytearray(wrap_under(key, plain, bound))
    assert unwrap_under(key, bytes(wrapped), bound) == plain
    wrapped[place % len(wrapped)] ^= 1
    with pytest.raises(NoKey):
        unwrap_under(key, bytes(wrapped), bound)
    with pytest.raises(NoKey):
        unwrap_under(key, b"", bound)


def test_a_signature_stands_for_one_message_of_one_person() -> None:
    keys = PersonKeys.fresh()
    signature = keys.sign(b"entry")
    assert signed_by(keys.public, signature, b"entry")
    assert not signed_by(keys.public, signature, b"other")
    assert not signed_by(PersonKeys.fresh().public, signature, b"entry")
    assert not signed_by(b"", signature, b"entry")


def test_keys_do_not_show_themselves_and_differ_by_purpose() -> None:
    assert frozen().secret.hex() not in repr(frozen())
    assert repr(frozen().secret) not in repr(frozen())
    assert derive(b"s" * 32, "one") != derive(b"s" * 32, "two")
    assert PersonKeys.from_recovery(b"r" * 32).public == PersonKeys.from_recovery(b"r" * 32).public
