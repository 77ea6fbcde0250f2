"""What "safe to call?" answers mean: yes, no, at some hours, or ask first. An hour nobody stated is never made up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from victimcare.exchange.dates import moment_of
from victimcare.exchange.looks import code_of

DAY = 24 * 60
_EVENING = re.compile(r"\b(eve|evening|evenings|eves|pm|soir|abend|abends|noche|tarde|wieczor\w*|seara|sera|avond|este|night|nights)\b", re.IGNORECASE)
_HOUR = r"(\d{1,2}(?:[:.h]\d{2})?\s*(?:am|pm)?)"
_AFTER = re.compile(rf"\b(?:after|from|since|nach|ab|apr[eè]s|despu[eé]s|po|dup[aă]|dopo|na)\s*{_HOUR}", re.IGNORECASE)
_BEFORE = re.compile(rf"\b(?:before|until|till|vor|bis|avant|antes|przed|do|[iî]nainte|prima|voor)\s*(?:de\s*)?{_HOUR}", re.IGNORECASE)
_BETWEEN = re.compile(rf"{_HOUR}\s*(?:-|–|to|and|bis|à)\s*{_HOUR}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class SafeCall:
    """`is_safe`: YES, NO or ASK. Minutes of the day, `to_minute` up to 1440. `words`: what was typed, when it says more than yes or no."""

    is_safe: str
    from_minute: int = 0
    to_minute: int = DAY
    words: str = ""


def safe_call(text: str, *, from_hour: int | None = None, codes: dict[str, str] | None = None) -> SafeCall:
    """What one cell says. `from_hour`: when evenings begin, if the user said so. `codes`: what the user said a wording means."""
    typed = text.strip()
    chosen = (codes or {}).get(typed) or code_of("safe", typed) or code_of("yes_no", typed)
    if chosen in ("YES", "NO"):
        return SafeCall(chosen)
    hours = _hours(typed)
    if hours:
        return SafeCall("YES", hours[0], hours[1], typed)
    if is_open_question(typed) and from_hour is not None:
        return SafeCall("YES", from_hour * 60, DAY, typed)
    return SafeCall("ASK", words=typed)


def is_open_question(text: str) -> bool:
    """Whether the cell says evenings without saying from when."""
    return bool(_EVENING.search(text)) and _hours(text) is None


def _hours(text: str) -> tuple[int, int] | None:
    if re.search(r"\b(not|never|no|nicht|pas|nie|nu)\b", text, re.IGNORECASE):
        return None
    between = _BETWEEN.search(text)
    if between:
        first, last = _minute(between.group(1)), _minute(between.group(2))
        return (first, last) if first is not None and last is not None and first < last else None
    after, before = _AFTER.search(text), _BEFORE.search(text)
    start = _minute(after.group(1)) if after else 0
    end = _minute(before.group(1)) if before else DAY
    if (after or before) and start is not None and end is not None and start < end:
        return start, end
    return None


def _minute(text: str) -> int | None:
    """The minute of the day; an hour alone such as "after 6" is not clear and gives None."""
    clear = text.strip().lower()
    if re.fullmatch(r"\d{1,2}", clear):
        return int(clear) * 60 if 13 <= int(clear) <= 24 else None
    at = moment_of(clear.replace(".", ":")).at
    return at.hour * 60 + at.minute if at else None
