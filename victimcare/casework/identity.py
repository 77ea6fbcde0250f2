"""Who the person is: names, date of birth, age as recorded. Sealed whole; each change is a new version and the newest counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.casework.dates import NOT_ASKED, DateRefused, possible_day
from victimcare.casework.opening import Sealed, fitting, list_text, opened, text_of, texts_in, texts_of
from victimcare.reference.ages import age_on
from victimcare.store.errors import Conflict
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession


class Identity(Record):
    """One version of who the person is. `aliases`: JSON list; `date_of_birth`: ISO, "" when not known."""

    __tablename__ = "identity"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    name_used = SealedText()
    given_names = SealedText()
    family_name = SealedText()
    aliases = SealedText()
    name_as_we_write_it = SealedText()
    date_of_birth = SealedText()
    age_recorded = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Who the person is, opened. `shown_name`: the name to call them by; "" when none is recorded."""

    id: UUID
    made_at: datetime
    name_used: str
    given_names: str
    family_name: str
    aliases: tuple[str, ...]
    name_as_we_write_it: str
    born_on: date | None
    age_recorded: str

    @property
    def shown_name(self) -> str:
        return self.name_used or f"{self.given_names} {self.family_name}".strip() or self.name_as_we_write_it


def record_identity(
    session: VaultSession,
    *,
    case_id: UUID,
    name_used: str = "",
    given_names: str = "",
    family_name: str = "",
    aliases: Sequence[str] = (),
    name_as_we_write_it: str = "",
    born_on: date | None = None,
    age_recorded: str = "",
) -> UUID:
    """Say who the person is; what was said before stays in the file. Everything may be unknown.

    Raises DateRefused for a birth in the future or longer ago than anybody lives, TextRefused.
    """
    possible_birth(born_on, session.today)
    identity = Identity(case_id=case_id)
    for field, value in (
        ("name_used", name_used),
        ("given_names", given_names),
        ("family_name", family_name),
        ("aliases", list_text(map(fitting, aliases))),
        ("name_as_we_write_it", name_as_we_write_it),
        ("date_of_birth", born_on.isoformat() if born_on else ""),
        ("age_recorded", age_recorded),
    ):
        if value:
            setattr(identity, field, fitting(value))
    session.add(identity)
    return identity.id


def possible_birth(born_on: date | None, today: date) -> None:
    """Raises DateRefused for a date of birth nobody alive can have."""
    if born_on is not None and age_on(possible_day(born_on, today=today), today) is None:
        raise DateRefused("That date of birth is too long ago.", "Check the year.")


def identity_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> Person | None:
    """The newest version, opened; None when there is none or its key is not held."""
    newest = session.execute(select(Identity.id, Identity.made_at).where(Identity.case_id == case_id).order_by(Identity.id.desc()).limit(1)).one_or_none()
    if newest is None:
        return None
    texts = opened(session, [newest.id], sealed)
    return _person(newest.id, newest.made_at, texts) if newest.id in texts else None


def refuse_newer_identity(session: VaultSession, case_id: UUID, seen: UUID | None) -> None:
    """Raises Conflict where the newest version is not the one that was `seen` (None: there was none)."""
    if session.scalar(select(Identity.id).where(Identity.case_id == case_id).order_by(Identity.id.desc()).limit(1)) != seen:
        raise Conflict(Identity.__tablename__, seen, 0, 1)


def identities_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[Person, ...]:
    """Every version, newest first."""
    rows = session.execute(select(Identity.id, Identity.made_at).where(Identity.case_id == case_id).order_by(Identity.id.desc())).all()
    texts = opened(session, [row.id for row in rows], sealed)
    return tuple(_person(row.id, row.made_at, texts) for row in rows if row.id in texts)


def birth_date(session: VaultSession, case_id: UUID) -> date | None:
    """The date of birth as now recorded; None when it is not known or not to be read."""
    person = identity_of(session, case_id)
    return person.born_on if person else None


def known_birth(session: VaultSession, case_id: UUID, born_on: date | None) -> date | None:
    """`born_on` as an action was given it, looked up when it is NOT_ASKED."""
    return birth_date(session, case_id) if born_on == NOT_ASKED else born_on


def _person(row: UUID, made_at: datetime, sealed: Sealed) -> Person:
    born = text_of(sealed, row, "date_of_birth")
    return Person(
        id=row,
        made_at=made_at,
        aliases=texts_in(text_of(sealed, row, "aliases")),
        born_on=date.fromisoformat(born) if born else None,
        **texts_of(sealed, row, ("name_used", "given_names", "family_name", "name_as_we_write_it", "age_recorded")),
    )
