"""The header: what it gives away, what of it can be altered unseen (nothing), and what a damaged or hostile one does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import PASSPHRASE, StandingClock
from victimcare.refused import Refused
from victimcare.store.errors import HeaderDamaged, NewerVault, WrongPassphrase
from victimcare.store.header import header_bytes, lookup_of, parse_header, read_header, write_whole
from victimcare.store.vault import NoVault, Vault


def altered(vault: Vault, change: Callable[[dict[str, Any]], None]) -> None:
    path = vault.folder / "header.json"
    raw = json.loads(path.read_text())
    change(raw)
    path.write_text(json.dumps(raw))


def test_it_holds_no_name_and_comes_back_as_it_was(vault: Vault) -> None:
    content = (vault.folder / "header.json").read_bytes()
    assert b"VLO" not in content
    assert b"MSKU" not in content
    assert parse_header(content) == read_header(vault.folder)
    assert header_bytes(read_header(vault.folder)) == content


@pytest.mark.parametrize("typed", ["vlo 17", "  VLO   17 ", "\uff36\uff2c\uff2f 17"])
def test_a_name_is_found_however_it_is_typed(vault: Vault, typed: str) -> None:
    assert lookup_of(typed, vault.header.vault) == lookup_of("VLO 17", vault.header.vault)


def test_wrong_passphrase_and_unknown_user_say_the_same_and_cost_the_same(vault: Vault, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    from victimcare.store import header, kdf

    costs: list[object] = []

    def counted(passphrase: str, salt: bytes, cost: kdf.KdfCost) -> bytes:
        costs.append(cost)
        return kdf.slot_key(passphrase, salt, cost)

    monkeypatch.setattr(header, "slot_key", counted)
    said = []
    for user, passphrase in (("VLO 17", "not it at all"), ("VLO 99", PASSPHRASE), ("", "")):
        with pytest.raises(WrongPassphrase) as caught:
            Vault.open(vault.folder, user, passphrase, clock=clock)
        said.append(str(caught.value))
    assert len(set(said)) == 1
    assert len(costs) == 3
    assert len(set(costs)) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.update(erased=["00" * 16]),
        lambda raw: raw.update(recovery_file_key="AAAA"),
        lambda raw: raw["slots"].append({**raw["slots"][0], "lookup": "00" * 32}),
        lambda raw: raw.update(epoch=2),
        lambda raw: raw["slots"][0].update(file_key="AgAA"),
        lambda raw: raw.update(mac="AAAA"),
        lambda raw: raw["slots"][0].update(expires="2030-01-01T00:00:00+00:00"),
    ],
)
def test_an_altered_header_is_refused(vault: Vault, clock: StandingClock, change: Callable[[dict[str, Any]], None]) -> None:
    altered(vault, change)
    with pytest.raises(HeaderDamaged):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)


def test_a_cost_lowered_or_raised_in_a_slot_is_refused_before_it_is_paid(vault: Vault, clock: StandingClock) -> None:
    for cost in ({"passes": 1, "lanes": 1, "kib": 8}, {"passes": 10**9, "lanes": 1, "kib": 10**12}):
        altered(vault, lambda raw, cost=cost: raw["slots"][0].update(kdf=cost))  # type: ignore[misc]
        with pytest.raises(HeaderDamaged):
            Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)


def test_a_later_format_is_refused_before_a_passphrase_is_asked(vault: Vault, clock: StandingClock) -> None:
    altered(vault, lambda raw: raw.update(min_reader=99))
    with pytest.raises(NewerVault):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)


@given(
    st.one_of(st.binary(max_size=300), st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5).map(lambda one: json.dumps(one).encode()))
)
def test_any_other_content_is_refused_in_the_same_words(content: bytes) -> None:
    with pytest.raises(HeaderDamaged):
        parse_header(content)
    with pytest.raises(HeaderDamaged):
        parse_header(b"[" * 100_000 + content)


@pytest.mark.parametrize("name", ["vault", "epoch", "kdf", "slots", "recovery_file_key", "erased", "min_reader", "mac"])
@pytest.mark.parametrize("value", [None, -1, "x", [], {}, True])
def test_a_field_of_another_kind_is_refused(vault: Vault, clock: StandingClock, name: str, value: object) -> None:
    raw = json.loads((vault.folder / "header.json").read_text())
    if name in ("slots", "erased") and value == []:
        return
    raw[name] = value
    (vault.folder / "header.json").write_text(json.dumps(raw))
    with pytest.raises(Refused):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)


def test_a_missing_far_too_large_or_half_written_header_is_told_apart(vault: Vault, clock: StandingClock) -> None:
    path = vault.folder / "header.json"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(HeaderDamaged, match="not what victimcare wrote"):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    with open(path, "wb") as file:
        file.truncate(9 * 1024 * 1024)
    with pytest.raises(HeaderDamaged, match="too large"):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    path.unlink()
    # A store without its header is a damaged vault, to be restored; a folder with neither is none.
    with pytest.raises(HeaderDamaged, match="its file is missing"):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    with pytest.raises(NoVault):
        Vault.open(vault.folder.parent, "VLO 17", PASSPHRASE, clock=clock)
    write_whole(path, whole)
    Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock).close()
