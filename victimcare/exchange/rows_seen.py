"""What earlier imports took, by digests, so that nothing comes in twice and what a later file says more of a row is noticed.

A row has one digest of what its known columns say. Beside it stand a digest for each cell no field took, and which fields were
filled: by these a row that has gained a cell is told from another row.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.store.record import Record, SealedText
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

_DIGEST = 12  # bytes of each digest
Shape = tuple[str, ...]
"""The names of the fields a row had filled, in order."""
Said = tuple[tuple[str, str, str], ...]
"""What a row says, field by field in order: (name of the field, its words made plain, heading)."""


class ImportSeen(Record):
    """Digests of the rows and cells one import took. `shapes`: JSON of which fields they had filled, by owner."""

    __tablename__ = "import_seen"
    __write_right__ = Right.CASEWORK
    __deletable__ = True

    rows: Mapped[int]
    digests = SealedText()
    shapes = SealedText()


@dataclass(slots=True)
class RowsSeen:
    """How often each digest was taken; the shapes of rows by `owner_of`."""

    digests: Counter[str] = field(default_factory=Counter)
    shapes: defaultdict[str, set[Shape]] = field(default_factory=lambda: defaultdict(set))


def digest_of(parts: object) -> str:
    """A digest of anything JSON can say."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[: 2 * _DIGEST]


def stamp_of(kind: str, link: str, said: Iterable[tuple[str, str, str]]) -> str:
    """What makes a row the same row again, whatever its file's format, headings or order of dates."""
    return digest_of([kind, link, [(name, text) for name, text, _ in said]])


def cell_stamp(stamp: str, heading: str, text: str) -> str:
    """What makes a cell no field takes the same cell of the same row again."""
    return digest_of([stamp, *(" ".join(part.split()).casefold() for part in (heading, text))])


def owner_of(kind: str, link: str) -> str:
    """What rows of a kind with one reference have in common."""
    return digest_of([kind, "".join(link.split()).casefold()])


def fuller_than(said: Said, shapes: Iterable[Shape], kind: str, link: str) -> Iterator[tuple[str, Shape]]:
    """The rows this one may have been before more of it was filled in: (stamp, what is filled now and was not), the fullest first.

    A row of which less than half was filled says too little to be taken for the same one.
    """
    names = {name for name, _, _ in said}
    for shape in sorted(shapes, key=len, reverse=True):
        had = names.intersection(shape)
        if len(had) == len(shape) < len(names) and len(shape) >= max(2, len(names) / 2):
            yield stamp_of(kind, link, (one for one in said if one[0] in had)), tuple(name for name, _, _ in said if name not in had)


def rows_seen(session: VaultSession) -> RowsSeen:
    """All of it, over all imports. Opens office texts."""
    seen = RowsSeen()
    for texts in session.sealed_where(select(ImportSeen.id)).values():
        packed = base64.b64decode(texts.get("digests", ""))
        seen.digests.update(packed[at : at + _DIGEST].hex() for at in range(0, len(packed), _DIGEST))
        kept = json.loads(texts.get("shapes") or '{"shapes": [], "owners": {}}')
        shapes = [tuple(shape) for shape in kept["shapes"]]
        for owner, places in kept["owners"].items():
            seen.shapes[owner].update(shapes[place] for place in places)
    return seen


def keep_seen(session: VaultSession, stamps: Iterable[str], shapes: Iterable[tuple[str, Shape]] = ()) -> None:
    """Remember rows and cells as taken. `shapes`: (`owner_of` a row, its shape)."""
    packed = b"".join(bytes.fromhex(stamp) for stamp in stamps)
    if packed:
        seen = ImportSeen(rows=len(packed) // _DIGEST)
        seen.digests = base64.b64encode(packed).decode()
        numbers: dict[Shape, int] = {}
        owners: dict[str, list[int]] = defaultdict(list)
        for owner, shape in dict.fromkeys(shapes):
            owners[owner].append(numbers.setdefault(shape, len(numbers)))
        if owners:
            seen.shapes = json.dumps({"shapes": list(numbers), "owners": owners}, separators=(",", ":"))
        session.add(seen)
