"""Whether a number may be called, from whatever an office typed: never more than it says."""

from __future__ import annotations

import pytest

from victimcare.exchange.safe_calls import DAY, SafeCall, is_open_question, safe_call


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Y", SafeCall("YES")),
        ("No", SafeCall("NO")),
        ("never", SafeCall("NO")),
        ("eve only", SafeCall("ASK", words="eve only")),
        ("after 18:00", SafeCall("YES", 1080, DAY, "after 18:00")),
        ("before 4pm", SafeCall("YES", 0, 960, "before 4pm")),
        ("9:00-17:30", SafeCall("YES", 540, 1050, "9:00-17:30")),
        ("after 6", SafeCall("ASK", words="after 6")),
        ("not after 18:00", SafeCall("ASK", words="not after 18:00")),
        ("text first", SafeCall("ASK", words="text first")),
    ],
)
def test_what_a_cell_says(text: str, expected: SafeCall) -> None:
    assert safe_call(text) == expected


def test_evenings_begin_when_the_user_says() -> None:
    assert safe_call("eve only", from_hour=18) == SafeCall("YES", 1080, DAY, "eve only")
    assert is_open_question("evenings")
    assert not is_open_question("evenings after 19:00")


def test_a_wording_the_user_explained() -> None:
    assert safe_call("via sister", codes={"via sister": "NO"}) == SafeCall("NO")
