"""What a person corrects in the mapping of a register, and what there is to choose from. Knows no Qt and changes nothing in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from victimcare.exchange.cells import is_blank, text_of
from victimcare.exchange.date_order import Order
from victimcare.exchange.fields import KINDS, Field, fields, fields_of, kind_label
from victimcare.exchange.looks import code_of, look_at
from victimcare.exchange.mapping import LEAVE, ColumnMapping, SheetMapping, Sure
from victimcare.exchange.reasons import column_mapping, parts_of
from victimcare.exchange.safe_calls import is_open_question, safe_call
from victimcare.exchange.sheets import Sheet
from victimcare.reference.codelists import codelist, label, readable

MOST_WORDINGS = 500
ORDERS = (
    (Order.DAY_FIRST, "day first: 24/11/2026"),
    (Order.MONTH_FIRST, "month first: 11/24/2026"),
    (Order.YEAR_FIRST, "year first: 2026-11-24"),
)
DELIMITERS = (
    ("", "not split"),
    (";", "split at ;"),
    (",", "split at ,"),
    ("/", "split at /"),
    ("|", "split at |"),
    ("\n", "split at line ends"),
)
_JOIN = {"phone", "name", "link"}
_MANY = {"notes", "said", "phone", "aliases", "safe_contact_note", "must_not_know", "address", "other_number"}
"""Fields that several columns may go to: what they hold is kept one after the other."""


@dataclass(frozen=True, slots=True, repr=False)
class Wording:
    """One wording of a column and what it means: `code` LEAVE where it is not known. `is_chosen`: a person said so."""

    wording: str
    rows: int
    code: str
    is_chosen: bool

    @property
    def id(self) -> str:
        return self.wording


def field_choices(mapping: SheetMapping) -> tuple[tuple[str, str], ...]:
    """Where a column of this sheet may go: its own kinds first, then any other, and not at all."""
    others = [kind for kind in KINDS if kind not in mapping.kinds]
    own = [(field.key, _named(field, mapping)) for kind in mapping.kinds for field in fields_of(kind)]
    return (
        (LEAVE, "Nowhere: kept in the notes"),
        *own,
        *((field.key, f"{kind_label(kind)}: {field.label}") for kind in others for field in fields_of(kind)),
    )


def field_words(key: str, mapping: SheetMapping) -> str:
    """The words of one such choice."""
    field = fields().get(key)
    return _named(field, mapping) if field else "Nowhere: kept in the notes"


def to_field(sheets: Sequence[Sheet], mappings: Sequence[SheetMapping], at: int, place: int, key: str) -> tuple[SheetMapping, ...]:
    """The mappings with one column going elsewhere. A column that went there before is kept in the notes instead."""
    mapping = mappings[at]
    columns = list(mapping.columns)
    field = fields().get(key)
    if field is None:
        columns[place] = ColumnMapping(columns[place].heading, LEAVE, Sure.SURE, "you chose so")
        return _with(mappings, at, replace(mapping, columns=tuple(columns)))
    for other, column in enumerate(columns):
        if other != place and column.field == key and field.name not in _MANY:
            columns[other] = ColumnMapping(column.heading, LEAVE, Sure.LOOK, f"“{columns[place].heading}” goes there now")
    columns[place] = _chosen(sheets[at], mappings, at, place, field)
    kinds = mapping.kinds if field.sheet in mapping.kinds else (*mapping.kinds, field.sheet)
    kinds = tuple(kind for kind in KINDS if kind in kinds and any(column.field.startswith(f"{kind}.") for column in columns))
    return _with(mappings, at, replace(mapping, kinds=kinds, columns=tuple(columns)))


def with_code(mappings: Sequence[SheetMapping], at: int, place: int, wording: str, code: str) -> tuple[SheetMapping, ...]:
    """The mappings with one wording of a column meaning `code`, LEAVE for not known."""
    column = mappings[at].columns[place]
    codes = {**column.codes, wording: code}
    if column.target is not None and code == _own_code(column.target, wording):
        del codes[wording]
    return _with_column(mappings, at, place, codes=codes)


def without_code(mappings: Sequence[SheetMapping], at: int, place: int, wording: str) -> tuple[SheetMapping, ...]:
    """The mappings with nothing said about one wording of a column."""
    codes = {said: code for said, code in mappings[at].columns[place].codes.items() if said != wording}
    return _with_column(mappings, at, place, codes=codes)


def with_order(mappings: Sequence[SheetMapping], at: int, place: int, order: Order) -> tuple[SheetMapping, ...]:
    """The mappings with the dates of one column written in that order."""
    return _with_column(mappings, at, place, order=Order(order), sure=Sure.SURE, why=f"{dict(ORDERS)[order].partition(':')[0]}, as you said")


def with_delimiter(mappings: Sequence[SheetMapping], at: int, place: int, delimiter: str) -> tuple[SheetMapping, ...]:
    """The mappings with the cells of one column split at `delimiter`."""
    return _with_column(mappings, at, place, delimiter=delimiter)


def with_hour(mappings: Sequence[SheetMapping], at: int, place: int, hour: int | None) -> tuple[SheetMapping, ...]:
    """The mappings with evenings beginning at `hour` in a safe-to-call column, None where nobody said."""
    if hour is None:
        return _with_column(mappings, at, place, from_hour=None, sure=Sure.LOOK, why="evenings from no hour anyone said: they will be “ask first”")
    return _with_column(mappings, at, place, from_hour=hour, sure=Sure.SURE, why=f"evenings begin at {hour}:00, as you said")


def asks_hour(sheet: Sheet, place: int) -> bool:
    """Whether a cell of the column says evenings without an hour."""
    return any(is_open_question(wording) for wording in dict.fromkeys(text_of(cell).strip() for cell in sheet.column(place)))


def wordings(sheet: Sheet, column: ColumnMapping, place: int) -> tuple[Wording, ...]:
    """What stands in the column and what it means: what is not known first, then the commonest."""
    target, counts = column.target, Counter[str]()
    for cell in sheet.column(place):
        if not is_blank(cell):
            text = text_of(cell).strip()
            counts.update(parts_of(target, text, column.delimiter) if target is not None and target.codelist else (text,))
    found = [_wording(column, wording, rows) for wording, rows in counts.most_common(MOST_WORDINGS)]
    if target is None or not has_codes(target):
        return tuple(found)
    return tuple(sorted(found, key=lambda one: one.code != LEAVE))


def has_codes(field: Field | None) -> bool:
    """Whether wordings of the field mean codes."""
    return field is not None and (bool(field.codelist) or field.kind == "safe_call")


@cache
def code_choices(list_name: str, empty: str = "Not known") -> tuple[tuple[str, str], ...]:
    """The codes of a list by their words, and none of them first."""
    return ((LEAVE, empty), *((value.code, value.label) for value in codelist(list_name).values))


def list_of(field: Field) -> str:
    """The list a field's wordings are of."""
    return "safe" if field.kind == "safe_call" else field.codelist


def code_words(field: Field, code: str) -> str:
    """The words of a code, also of one with a flag: `CRIMINAL:COUNTY_LINES`."""
    main, _, flag = code.partition(":")
    return label(list_of(field), main) + (f", {readable(flag).lower()}" if flag else "") if main else "Not known"


def names_among(sheets: Sequence[Sheet], mappings: Sequence[SheetMapping]) -> frozenset[str]:
    """Texts that a kept mapping would hold and that also stand in a column of names, numbers or notes, folded."""
    kept = {text.strip().casefold() for mapping in mappings for column in mapping.columns for text in (column.heading, *column.codes)}
    private: set[str] = set()
    for sheet, mapping in zip(sheets, mappings, strict=True):
        for place, column in enumerate(mapping.columns):
            if column.target is not None and column.target.kind in ("name", "phone", "email"):
                private.update(text_of(cell).strip().casefold() for cell in sheet.column(place) if not is_blank(cell))
    return frozenset(kept & private)


def without_names(mappings: Sequence[SheetMapping], names: Iterable[str]) -> tuple[SheetMapping, ...]:
    """The mappings without the columns and wordings whose text is among `names`."""
    private = set(names)

    def cleaned(column: ColumnMapping) -> ColumnMapping:
        return replace(column, codes={wording: code for wording, code in column.codes.items() if wording.strip().casefold() not in private})

    return tuple(
        replace(mapping, columns=tuple(cleaned(column) for column in mapping.columns if column.heading.strip().casefold() not in private))
        for mapping in mappings
    )


def _wording(column: ColumnMapping, wording: str, rows: int) -> Wording:
    target = column.target
    if target is None or not has_codes(target):
        return Wording(wording, rows, LEAVE, False)
    if target.kind == "safe_call":
        said = safe_call(wording, from_hour=column.from_hour, codes=dict(column.codes))
        return Wording(wording, rows, said.is_safe, wording in column.codes)
    chosen = column.codes.get(wording)
    return Wording(wording, rows, _own_code(target, wording) if chosen is None else chosen, chosen is not None)


def _own_code(field: Field, wording: str) -> str:
    if field.kind == "safe_call":
        return safe_call(wording).is_safe
    return code_of(field.codelist, wording) or LEAVE


def _chosen(sheet: Sheet, mappings: Sequence[SheetMapping], at: int, place: int, field: Field) -> ColumnMapping:
    """The column as it would be proposed for the field a person chose."""
    same_file = [
        column.order for mapping in mappings if mapping.file == sheet.file for column in mapping.columns if column.order in (Order.DAY_FIRST, Order.MONTH_FIRST)
    ]
    order = Counter(same_file).most_common(1)[0][0] if same_file else None
    look = look_at(sheet.column(place))
    made = column_mapping(mappings[at].columns[place].heading, look, field, 1.0, 0.0, order)
    return replace(made, why=f"you chose so; {made.why}" if made.why else "you chose so") if look.filled else made


def _named(field: Field, mapping: SheetMapping) -> str:
    several = len(mapping.kinds) > 1 or field.sheet not in mapping.kinds
    sealed = ", sealed" if field.kind in ("name", "phone", "email") or field.name in ("date_of_birth", "address") else ""
    return (f"{kind_label(field.sheet)}: " if several else "") + field.label + sealed


def _with_column(mappings: Sequence[SheetMapping], at: int, place: int, **changes: Any) -> tuple[SheetMapping, ...]:
    columns = list(mappings[at].columns)
    columns[place] = replace(columns[place], **changes)
    return _with(mappings, at, replace(mappings[at], columns=tuple(columns)))


def _with(mappings: Sequence[SheetMapping], at: int, mapping: SheetMapping) -> tuple[SheetMapping, ...]:
    return (*mappings[:at], mapping, *mappings[at + 1 :])
