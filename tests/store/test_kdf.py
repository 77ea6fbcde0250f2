"""From a passphrase to a key: the same letters give the same key, and a cost that was tampered with is refused."""

from __future__ import annotations

import pytest

from victimcare.store import kdf
from victimcare.store.errors import HeaderDamaged
from victimcare.store.kdf import CAP, USUAL, KdfCost, slot_key

CHEAP = KdfCost(1, 1, 64)


def test_the_same_letters_typed_elsewhere_give_the_same_key() -> None:
    assert slot_key("café à minuit", b"s" * 16, CHEAP) == slot_key("cafe\u0301 a\u0300 minuit", b"s" * 16, CHEAP)
    assert slot_key("café à minuit", b"s" * 16, CHEAP) != slot_key("café à minuit", b"t" * 16, CHEAP)
    assert slot_key("a", b"s" * 16, CHEAP) != slot_key("b", b"s" * 16, CHEAP)


@pytest.mark.parametrize("cost", [KdfCost(2, 2, 256 * 1024), KdfCost(4, 0, 256 * 1024), KdfCost(4, 2, 19 * 1024), KdfCost(0, 0, 0)], ids=repr)
def test_a_cost_below_what_the_rfc_advises_is_refused(cost: KdfCost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "FLOOR", KdfCost(passes=3, lanes=1, kib=64 * 1024))
    with pytest.raises(HeaderDamaged, match="cost"):
        cost.checked()
    assert USUAL.checked() == USUAL


@pytest.mark.parametrize("cost", [KdfCost(21, 2, 1024), KdfCost(4, 17, 1024), KdfCost(4, 2, CAP.kib + 1), KdfCost(4, 2, 10**12)], ids=repr)
def test_a_cost_that_would_exhaust_the_machine_is_refused(cost: KdfCost) -> None:
    with pytest.raises(HeaderDamaged):
        cost.checked()
