"""A proposal for every column of every sheet: by the words above it, by what its values look like, by links between sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from victimcare.exchange.cells import Check, checked, go_on
from victimcare.exchange.date_order import Order
from victimcare.exchange.fields import KINDS, LINKS, Field, fields_of, heading_score
from victimcare.exchange.looks import Look, look_at
from victimcare.exchange.mapping import LEAVE, ColumnMapping, SheetMapping, Sure
from victimcare.exchange.reasons import column_mapping
from victimcare.exchange.shared_columns import taken_apart
from victimcare.exchange.sheets import Sheet, read_paths
from victimcare.exchange.stacked_sheets import unstacked
from victimcare.exchange.values import value_score

_ENOUGH = 0.36
_MORE_THAN_ONE = {"text", "phone"}


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """A sheet with the look of each column, and which columns hold references of another sheet."""

    sheet: Sheet
    looks: tuple[Look, ...]
    links: tuple[float, ...]
    """For each column, the share of its values that stand in a column of another sheet where every value is different."""
    linked_to: int | None
    """The sheet its best link leads to."""
    says_little: bool
    """Whether fewer than a third of the headings have a word any field is known by."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A column's claim to a field. `heading` 0 to 1, `value` -1 to 1."""

    place: int
    field: Field
    heading: float
    value: float
    is_loose: bool = False
    """The headings of this sheet say nothing: values count for more."""

    @property
    def total(self) -> float:
        return self.value * 0.85 if self.is_loose and self.heading < 0.3 else self.heading * 0.62 + self.value * 0.5


def read_register(paths: Sequence[Path], check: Check = go_on) -> list[Sheet]:
    """The sheets of all files; sheets with rows of several kinds and columns with two things in them are taken apart. Raises a FileRefused."""
    made: list[Sheet] = []
    for sheet in read_paths(paths, check):
        for part in unstacked(sheet, check):
            check()
            made.append(taken_apart(part))
    return made


def propose(sheets: Sequence[Sheet], check: Check = go_on) -> list[SheetMapping]:
    """A mapping for each sheet, in the order given. A sheet that is none of ours has no kinds and no fields. `check` is called often."""
    seen = _seen(sheets, check)
    first = [_propose_sheet(one, _file_order(one, seen), KINDS, check) for one in seen]
    mappings = [
        _propose_sheet(one, _file_order(one, seen), kinds, check) if (kinds := _allowed(one, first)) != KINDS else first[at] for at, one in enumerate(seen)
    ]
    return [_with_linked_reference(mapping, one) for mapping, one in zip(mappings, seen, strict=True)]


def _allowed(one: Seen, first: Sequence[SheetMapping]) -> tuple[str, ...]:
    """What the rows call themselves counts. Else a sheet that points at investigations holds arrests or charges; one that points at referrals, contacts or referrals to partners."""
    if one.sheet.stated_kind:
        return (one.sheet.stated_kind,)
    parent = first[one.linked_to].kind if one.linked_to is not None else ""
    if parent == "investigations":
        return ("investigations", "arrests", "prosecutions")
    if parent == "referrals":
        return ("referrals", "contacts", "partner_referrals", "investigations", "activities")
    return KINDS


def _seen(sheets: Sequence[Sheet], check: Check) -> list[Seen]:
    looks = [tuple(look_at(checked(sheet.column(place), check)) for place in range(len(sheet.headings))) for sheet in sheets]
    keys: list[tuple[int, set[str]]] = []
    for number, sheet_looks in enumerate(looks):
        for look in sheet_looks:
            if look.filled > 2 and look.unique > 0.95 and look.digits > 0.9 and look.dates < 0.3 and look.phones < 0.5:
                keys.append((number, set(look.counts)))
    made = []
    for number, sheet in enumerate(sheets):
        check()
        best = [max(((_held(look, values), other) for other, values in keys if other != number), default=(0.0, -1)) for look in looks[number]]
        link = max(best, default=(0.0, -1))
        linked = link[1] if link[0] > 0.6 and not _is_key_of_itself(number, link[1], keys) else None
        made.append(Seen(sheet, looks[number], tuple(share for share, _ in best), linked, _says_little(sheet)))
    return made


def _is_key_of_itself(number: int, other: int, keys: list[tuple[int, set[str]]]) -> bool:
    """Two sheets that each have every value once (a year's sheet twice, charges and investigations): the larger is what the smaller points at."""
    mine = max((len(values) for owner, values in keys if owner == number), default=0)
    return mine >= max((len(values) for owner, values in keys if owner == other), default=0)


def _held(look: Look, values: set[str]) -> float:
    """Share of the column's own values that stand among `values`; small whole numbers stand everywhere and say nothing."""
    if not look.filled or look.dates > 0.5 or (look.whole and look.whole[1] < 100 and look.numbers > 0.9):
        return 0.0
    return sum(wording in values for wording in look.counts) / len(look.counts)


def _file_order(one: Seen, seen: Sequence[Seen]) -> Order | None:
    """What the other date columns of the same file prove about day and month."""
    proofs = {Order.DAY_FIRST: 0, Order.MONTH_FIRST: 0}
    for other in seen:
        if other.sheet.file == one.sheet.file:
            for look in other.looks:
                if look.order.order in proofs and look.dates > 0.5:
                    proofs[look.order.order] += look.order.proofs
    best = max(proofs, key=lambda order: proofs[order])
    worst = min(proofs.values())
    return best if proofs[best] > 0 and proofs[best] >= 20 * worst else None


def _propose_sheet(one: Seen, order: Order | None, kinds: tuple[str, ...], check: Check) -> SheetMapping:
    fits = {}
    for kind in kinds:
        check()
        fits[kind] = _assigned(one, kind)
    scores = {kind: _kind_score(fits[kind], kind) for kind in kinds}
    first = max(kinds, key=lambda kind: scores[kind])
    if scores[first] < 0.9 or sum(fit.field.kind not in ("text", "name") for fit in fits[first].values()) < 2:
        return _no_sheet(one)
    found, chosen = _merged(one, first, fits)
    columns = []
    is_thin = one.says_little and sum(fit.value >= 0.6 for fit in chosen.values()) < 3
    if is_thin and one.linked_to is None and max(fit.heading for fit in chosen.values()) < 0.5:
        return _no_sheet(one)
    for place, heading in enumerate(one.sheet.headings):
        fit = chosen.get(place)
        column = column_mapping(heading, one.looks[place], fit.field, fit.heading, fit.value, order) if fit else _left(heading, one.looks[place])
        if fit and fit.field.is_required and fit.heading < 0.3 and is_thin:
            column = replace(column, sure=Sure.UNCLEAR, why="no heading says what it is, and too few values do")
        columns.append(column)
    return SheetMapping(one.sheet.file, one.sheet.name, found, tuple(columns))


def _no_sheet(one: Seen) -> SheetMapping:
    columns = tuple(ColumnMapping(heading, LEAVE, Sure.UNCLEAR, "no sheet of a register") for heading in one.sheet.headings)
    return SheetMapping(one.sheet.file, one.sheet.name, (), columns)


def _left(heading: str, look: Look) -> ColumnMapping:
    return ColumnMapping(heading, LEAVE, Sure.LOOK if look.filled else Sure.SURE, "kept in the notes: no field fits" if look.filled else "empty")


def _assigned(one: Seen, kind: str) -> dict[int, Fit]:
    taken = _assign(_fits(one, kind), one)
    have = {fit.field.name for fit in taken.values()}
    for field in fields_of(kind):
        if field.is_required and field.name not in have:
            _find_needed(one, field, taken)
    return taken


def _find_needed(one: Seen, field: Field, taken: dict[int, Fit]) -> None:
    """A field that must be there and that no heading names: the one free column whose values can be it, if there is but one."""
    free = [place for place, look in enumerate(one.looks) if place not in taken and look.filled > 0.9 * len(one.sheet.rows)]
    able = [(value_score(one.looks[place], field, one.links[place]), place) for place in free]
    able = sorted((pair for pair in able if pair[0] >= 0.3), reverse=True)
    if able and (len(able) == 1 or able[0][0] > able[1][0] + 0.2):
        taken[able[0][1]] = Fit(able[0][1], field, 0.0, able[0][0])


def _says_little(sheet: Sheet) -> bool:
    known = sum(max(heading_score(heading, field) for kind in KINDS for field in fields_of(kind)) >= 0.5 for heading in sheet.headings)
    return known * 3 < len(sheet.headings)


def _fits(one: Seen, kind: str) -> list[Fit]:
    found = []
    for place, heading in enumerate(one.sheet.headings):
        look = one.looks[place]
        for field in fields_of(kind):
            said = heading_score(heading, field)
            if not look.filled:
                if said > 0.8:
                    found.append(Fit(place, field, said, 0.0))
                continue
            value = value_score(look, field, one.links[place])
            fit = Fit(place, field, said, value, one.says_little)
            if value > -0.45 and fit.total >= _ENOUGH:
                found.append(fit)
    return found


def _assign(fits: list[Fit], one: Seen) -> dict[int, Fit]:
    """Best claims first; a field takes one column, but notes and phones may stand in several."""
    taken: dict[int, Fit] = {}
    used: set[str] = set()
    for fit in sorted(fits, key=lambda fit: (-fit.total, fit.place)):
        again = fit.field.key in used and not (fit.field.is_several and fit.field.kind in _MORE_THAN_ONE and fit.heading > 0.5)
        if fit.place in taken or again:
            continue
        taken[fit.place] = fit
        used.add(fit.field.key)
    _settle_names(taken)
    return taken


def _settle_names(taken: dict[int, Fit]) -> None:
    """A column that says only "name" beside one that says "surname" holds the given names."""
    by_name = {fit.field.name: fit for fit in taken.values() if fit.field.sheet == "referrals"}
    full, family, given = by_name.get("full_name"), by_name.get("family_name"), by_name.get("given_names")
    if full and family and not given and full.heading > 0:
        wanted = next(field for field in fields_of("referrals") if field.name == "given_names")
        taken[full.place] = replace(full, field=wanted)


def _kind_score(chosen: dict[int, Fit], kind: str) -> float:
    score = sum(fit.total if fit.field.kind != "text" or fit.heading > 0.5 else fit.total * 0.4 for fit in chosen.values())
    have = {fit.field.name for fit in chosen.values() if fit.total > 0.3}
    for field in fields_of(kind):
        if field.is_required:
            score += 0.35 if field.name in have else -1.2
    return score


def _merged(one: Seen, first: str, fits: dict[str, dict[int, Fit]]) -> tuple[tuple[str, ...], dict[int, Fit]]:
    """Other kinds whose columns stand in the same rows: a referral and where the person was sent, an investigation and its arrests."""
    chosen = dict(fits[first])
    kinds = [first]
    family = (
        ("referrals", "contacts", "partner_referrals")
        if first in ("referrals", "contacts", "partner_referrals")
        else ("investigations", "arrests", "prosecutions")
    )
    if first == "activities":
        return (first,), chosen
    for kind in (kind for kind in family if kind != first):
        more = _more(one, kind, chosen)
        if more:
            kinds.append(kind)
            chosen.update(more)
    _notes_to_neighbours(one, chosen, kinds)
    return tuple(sorted(kinds, key=KINDS.index)), chosen


def _notes_to_neighbours(one: Seen, chosen: dict[int, Fit], kinds: list[str]) -> None:
    """In a merged sheet a column of notes belongs with the columns it stands next to."""
    if len(kinds) < 2:
        return
    for place, fit in list(chosen.items()):
        if fit.field.name not in ("notes", "said"):
            continue
        left = next(
            (chosen[other].field.sheet for other in range(place - 1, -1, -1) if other in chosen and chosen[other].field.name not in ("notes", "said")), None
        )
        field = next((field for field in fields_of(left or "") if field.name in ("notes", "said")), None)
        if field is not None:
            chosen[place] = replace(fit, field=field)


def _more(one: Seen, kind: str, chosen: dict[int, Fit]) -> dict[int, Fit]:
    link = LINKS.get(kind, {"referrals": "reference", "investigations": "crime_reference"}.get(kind, ""))
    claims = []
    for fit in _fits(one, kind):
        held = chosen.get(fit.place)
        stronger = held is not None and not held.field.is_required and fit.total > held.total + 0.12
        if fit.field.name != link and (held is None or stronger):
            claims.append(fit)
    found = _assign(claims, one)
    have = {fit.field.name for fit in found.values() if fit.heading >= 0.6 or fit.value >= 0.8}
    wanted = {field.name for field in fields_of(kind) if field.is_required and field.name != link}
    needed = {"contacts": {"on", "channel"}, "investigations": {"outcome_code", "received_on"}, "referrals": {"received_on", "nationality"}}.get(kind, wanted)
    return found if needed <= have and len(have) >= 2 else {}


def _with_linked_reference(mapping: SheetMapping, one: Seen) -> SheetMapping:
    if mapping.kind not in LINKS:
        return mapping
    key = f"{mapping.kind}.{LINKS[mapping.kind]}"
    place = mapping.place_of(key)
    best = max(range(len(one.links)), key=lambda number: one.links[number], default=None)
    if best is None or one.links[best] < 0.6 or best == place or (place is not None and one.links[place] >= one.links[best] - 0.1):
        return mapping
    columns = list(mapping.columns)
    if place is not None:
        columns[place] = replace(columns[place], field=LEAVE, sure=Sure.LOOK, why="kept in the notes: another column is found in the other sheet")
    share = round(one.links[best] * 100)
    columns[best] = ColumnMapping(columns[best].heading, key, Sure.SURE, f"{share} % of its values stand in the other sheet")
    return replace(mapping, columns=tuple(columns))
