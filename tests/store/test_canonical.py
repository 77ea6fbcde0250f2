"""The bytes a digest is over never change their form: those signed last year must still be found."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from victimcare.store.audit import canonical

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.dictionaries(st.sampled_from(["case_id", "code", "on", "version"]), st.one_of(st.none(), _TEXT, st.integers(), st.booleans())))
def test_they_are_json_without_spaces_in_the_order_of_the_names(values: dict[str, object]) -> None:
    said = [[name, values[name]] for name in sorted(values) if values[name] is not None]
    assert canonical("barrier", values) == json.dumps(["barrier", said], ensure_ascii=False, separators=(",", ":")).encode()
