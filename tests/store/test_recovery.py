"""Recovery shares: enough of them give the secret however they are typed, fewer or foreign ones give nothing."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shamir_mnemonic.wordlist import WORDLIST

from victimcare.store.recovery import SharesRefused, new_shares, secret_of, typed_share

SHARE = new_shares(2, 3)[1][0]


def test_any_two_of_three_give_the_secret_and_one_gives_nothing() -> None:
    secret, shares = new_shares(2, 3)
    assert [len(share.split()) for share in shares] == [33, 33, 33]
    for some in combinations(shares, 2):
        assert secret_of(some) == secret
    for share in shares:
        with pytest.raises(SharesRefused):
            secret_of([share])


def test_capitals_spaces_and_an_empty_line_do_not_matter() -> None:
    secret, shares = new_shares(2, 2)
    assert secret_of([shares[1].upper(), "", "  " + shares[0].replace(" ", "   \n")]) == secret


def test_shares_of_two_sets_or_with_a_wrong_word_are_refused() -> None:
    _, mine = new_shares(2, 3)
    _, other = new_shares(2, 3)
    words = mine[0].split()
    words[5] = "academic" if words[5] != "academic" else "acid"
    for shares in ([mine[0], other[1]], [" ".join(words), mine[1]], ["not a share", mine[1]], [], [""], [mine[0], mine[0]]):
        with pytest.raises(SharesRefused):
            secret_of(shares)


@pytest.mark.parametrize(("needed", "count"), [(0, 3), (4, 3), (2, 17), (1, 3), (-1, -1)])
def test_a_split_that_cannot_be_is_refused(needed: int, count: int) -> None:
    with pytest.raises(SharesRefused):
        new_shares(needed, count)
    assert secret_of(new_shares(1, 1)[1])


@given(st.integers(0, 32), st.integers(0, 1023))
def test_a_whole_share_is_told_by_its_checksum_and_one_wrong_word_undoes_it(place: int, word: int) -> None:
    words = SHARE.split()
    whole = typed_share(SHARE.upper())
    assert (whole.is_whole, whole.needed, whole.words) == (True, 2, 33)
    changed = [*words[:place], WORDLIST[word], *words[place + 1 :]]
    typed = typed_share(" ".join(changed))
    assert typed.is_whole == (changed == words)
    assert typed.is_mistyped == (changed != words)


@given(st.integers(0, 32))
def test_a_share_on_its_way_is_neither_whole_nor_mistyped(count: int) -> None:
    typed = typed_share(" ".join(SHARE.split()[:count]))
    assert (typed.words, typed.is_whole, typed.is_mistyped, typed.strange) == (count, False, False, ())


def test_only_a_last_word_may_be_half_typed() -> None:
    assert typed_share("acad").strange == ()
    assert typed_share("acad ").strange == ("acad",)
    assert typed_share("acad acid").strange == ("acad",)
    assert typed_share("acid zzz").strange == ("zzz",)
