"""What can be done about a line of Today, by its kind: where Enter leads, and the letters.

Whoever adds a kind of line adds an entry to `STEPS` for what is done with it in its case, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from victimcare.overview.lines import Line
from victimcare.ui.navigation import Place
from victimcare.ui.screens.today_rows import FOLD, STEPS, TodayRow
from victimcare.ui.screens.today_side import Deed

REFERRED = ("REFERRAL_UNANSWERED", "REFERRAL_ASKED_MORE")
OPENS = {"REFERRAL_DRAFT": "Finish the referral", "CONSENT": "Ask again for consent"}
OFFICE = {"cases.imported": "Look through them", "leftovers": "Mend them"}
WRITTEN_HERE = ("draft.put_off", "draft.cover")


@dataclass(frozen=True, slots=True)
class Here:
    """What is done on the screen itself."""

    show_all: Callable[[], object]
    fold: Callable[[], object]
    put_off: Callable[[TodayRow], object]
    take_up: Callable[[UUID], object]
    go_on: Callable[[Line], object]
    throw_away: Callable[[Line], object]


class Deeds:
    """`of(row)`: everything, the first for Enter. `places`: where lines about no single case are worked on, by their `place`."""

    def __init__(self, frame: Any, places: Mapping[str, Place], here: Here) -> None:
        self._frame, self._places, self._here = frame, places, here

    def of(self, row: TodayRow | None) -> list[Deed]:
        """What can be done about a line, each with its key."""
        if row is None:
            return []
        line, first = row.line, self._first(row.line)
        found = [*first, *self._steps(line), *self._of_case(line, first)]
        if line.place in WRITTEN_HERE:
            found.append(Deed("Throw it away", "X", partial(self._here.throw_away, line)))
        if row.put_off is not None:
            found.append(Deed("Show it again now", "S", partial(self._here.take_up, row.put_off.snooze_id)))
        elif line.kind not in ("MORE", FOLD):
            found.append(Deed("Put off", "S", partial(self._here.put_off, row)))
        return found

    def _steps(self, line: Line) -> list[Deed]:
        case_id = line.case_id
        if line.kind in REFERRED:
            return [Deed("Record the answer", "A", partial(self._answer, line.about))]
        if case_id is None:
            return []
        return [Deed(words, key, partial(self._begin, case_id, form.format(line.about))) for words, key, form in STEPS.get(line.kind, ()) if key != "Enter"]

    def _of_case(self, line: Line, first: list[Deed]) -> list[Deed]:
        if line.case_id is None:
            return []
        found = [Deed("Log contact", "L", partial(self._log, line.case_id))]
        if first[0].words != "Open the case":
            found.append(Deed("Open the case", "C", partial(self._frame.go, Place("case", line.case_id))))
        return found

    def _first(self, line: Line) -> list[Deed]:
        """What Enter does."""
        if line.kind == "MORE":
            return [Deed("Show all", "Enter", self._here.show_all)]
        if line.kind == FOLD:
            return [Deed(line.what, "Enter", self._here.fold)]
        if line.place in WRITTEN_HERE:
            return [Deed("Go on with it", "Enter", partial(self._here.go_on, line))]
        for words, key, form in STEPS.get(line.kind, ()):
            if key == "Enter" and line.case_id is not None:
                return [Deed(words, key, partial(self._begin, line.case_id, form.format(line.about)))]
        words, place = self._where(line)
        return [Deed(words, "Enter", partial(self._frame.go, place))] if place is not None else []

    def _where(self, line: Line) -> tuple[str, Place | None]:
        if line.kind in OPENS:
            return OPENS[line.kind], Place("refer", line.case_id)
        if line.place == "referral":
            return "Open the referral", Place("referrals", line.about)
        if line.case_id is not None:
            return "Open the case", Place("case", line.case_id)
        place = self._places.get(line.place)
        if line.kind == "DRAFT":
            return "Go on with it", place and Place(place.screen, line.about)
        return OFFICE.get(line.place, "Go on with it"), place

    def _log(self, case_id: UUID) -> None:
        self._case(case_id).log()

    def _begin(self, case_id: UUID, form: str) -> None:
        self._case(case_id).begin(form)

    def _case(self, case_id: UUID) -> Any:
        self._frame.go(Place("case", case_id))
        return self._frame.screen_shown

    def _answer(self, referral_id: UUID | None) -> None:
        self._frame.go(Place("referrals", referral_id))
        self._frame.screen_shown.answer()
