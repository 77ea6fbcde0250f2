"""Recovery shares: enough of them give the secret however they are typed, fewer or foreign ones give nothing."""

from __future__ import annotations

from itertools import combinations

import pytest

from victimcare.store.recovery import SharesRefused, new_shares, secret_of


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
