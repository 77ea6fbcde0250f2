"""The sentence that support goes on whatever is decided, in the languages it is there in: `resources/translations/support_goes_on.json`."""

from __future__ import annotations

from victimcare.resources import resource_json


def support_goes_on(language: str | None) -> str:
    """The sentence in a language (a code of `language`); in English where none is known; "" where there is no translation yet.

    No translation has been checked by a translator: whoever shows one says so.
    """
    return str(resource_json("translations/support_goes_on.json")["values"].get(language or "en", ""))
