"""Contacts: every try to reach the person and every time it worked, by any agency. Only ever added to.

What was said, the person's own words and the worker's view are kept apart, since entries may be disclosed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.casework.dates import NOT_ASKED, not_before, possible_time
from victimcare.casework.identity import known_birth
from victimcare.casework.opening import Sealed, columns, fitting, opened, texts_of
from victimcare.casework.suspensions import is_suspended_by, suspend
from victimcare.reference.codelists import codelist, known
from victimcare.refused import Refused
from victimcare.store.clock import day_of
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

PERSON = "VICTIM"  # the code for the person supported, as `contact_channel.person_contacted` has it
MOST_MINUTES = 24 * 60


class ContactRefused(Refused):
    """An entry that cannot be right."""


class Contact(Record):
    """One contact or try. `agency`: who made it, "" for this office. `is_time_known`: else only the day of `at` counts."""

    __tablename__ = "contact"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __withdrawable__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    at: Mapped[datetime]
    is_time_known: Mapped[bool] = mapped_column(default=True)
    channel: Mapped[str]
    direction: Mapped[str]
    person_contacted: Mapped[str] = mapped_column(default=PERSON)
    kind: Mapped[str]
    outcome: Mapped[str]
    is_achieved: Mapped[bool]
    minutes: Mapped[int | None] = mapped_column(default=None)
    agency: Mapped[str] = mapped_column(default="")
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    interpreter: Mapped[str | None] = mapped_column(default=None)
    next_on: Mapped[date | None] = mapped_column(default=None)
    corrects_id: Mapped[UUID | None] = link("contact", optional=True)
    imported: Mapped[bool] = mapped_column(default=False)
    said = SealedText()
    own_words = SealedText()
    view = SealedText()
    next_step = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class ContactRow:
    """One entry. `corrected_by`: the newer entry that puts it right, if any; both stay visible. Texts are "" when not opened."""

    id: UUID
    at: datetime
    is_time_known: bool
    channel: str
    direction: str
    person_contacted: str
    kind: str
    outcome: str
    is_achieved: bool
    minutes: int | None
    agency: str
    worker_id: UUID | None
    interpreter: str | None
    next_on: date | None
    corrects_id: UUID | None
    imported: bool
    made_at: datetime
    made_by: UUID
    corrected_by: UUID | None
    said: str
    own_words: str
    view: str
    next_step: str


class Facts(TypedDict, total=False):
    """What may also be known of a contact. `minutes`: how long it took. `interpreter`: YES, NO or UNKNOWN. `next_on`: when to do the next step."""

    is_time_known: bool
    minutes: int | None
    agency: str
    worker_id: UUID | None
    interpreter: str | None
    next_on: date | None
    corrects_id: UUID | None
    imported: bool


TEXTS = ("said", "own_words", "view", "next_step")
CODED = ContactRow.__slots__[: -len(TEXTS) - 1]
_LISTS = {
    "channel": "contact_channel",
    "direction": "contact_channel.direction",
    "person_contacted": "contact_channel.person_contacted",
    "kind": "engagement_kind",
    "outcome": "contact_outcome",
}


def is_achieved(outcome: str, person_contacted: str) -> bool:
    """Whether the person was reached: spoken to themselves, by an outcome the code list counts as contact achieved."""
    return person_contacted == PERSON and codelist("contact_outcome").value(outcome).definition.startswith("Counts as contact achieved")


def needs_safety_review(outcome: str) -> bool:
    """Whether what happened calls for a look at the safe-contact plan, as the code list says of the outcome."""
    return codelist("contact_outcome").value(outcome).definition.startswith("Raises a safety review")


def log_contact(
    session: VaultSession,
    *,
    case_id: UUID,
    at: datetime,
    channel: str,
    outcome: str,
    direction: str = "OUTBOUND",
    kind: str = "ROUTINE",
    person_contacted: str = PERSON,
    said: str = "",
    own_words: str = "",
    view: str = "",
    next_step: str = "",
    born_on: date | None = NOT_ASKED,
    **facts: Unpack[Facts],
) -> UUID:
    """Log a contact or a try. `at`: aware. An outcome that needs a safety review suspends the channel at once, unless `imported`.

    Raises UnknownCode, DateRefused, ContactRefused, TextRefused.
    """
    codes = {"channel": channel, "outcome": outcome, "direction": direction, "kind": kind, "person_contacted": person_contacted}
    for field, code in codes.items():
        known(_LISTS[field], code)
    when = possible_time(at, now=session.now, born_on=known_birth(session, case_id, born_on))
    _possible(facts, day_of(when))
    contact = Contact(case_id=case_id, at=when, is_achieved=is_achieved(outcome, person_contacted), **codes, **facts)
    for field, value in zip(TEXTS, (said, own_words, view, next_step), strict=True):
        if value:
            setattr(contact, field, fitting(value))
    session.add(contact)
    if needs_safety_review(outcome) and not contact.imported:
        _suspend(session, contact)
    return contact.id


def correct_contact(session: VaultSession, *, contact_id: UUID, **entry: object) -> UUID:
    """Put an entry right by a new one that names it; `entry`: what `log_contact` takes, but the case.

    Raises ContactRefused when the entry is not here or was corrected before (correct the newer one), and as `log_contact` does.
    """
    wrong = session.get(Contact, contact_id)
    if wrong is None:
        raise ContactRefused("That entry is not here.", "Look at the case again.")
    if session.scalar(select(Contact.id).where(Contact.corrects_id == contact_id, standing(Contact))) is not None:
        raise ContactRefused("That entry has been corrected already.", "Correct the newer entry.")
    return log_contact(session, case_id=wrong.case_id, corrects_id=contact_id, **entry)  # type: ignore[arg-type]


def contacts_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[ContactRow, ...]:
    """Every entry of one case, newest first, corrected ones among them."""
    later = aliased(Contact)
    rows = session.execute(
        select(*columns(Contact, CODED), later.id)
        .outerjoin(later, and_(later.corrects_id == Contact.id, standing(later)))
        .where(Contact.case_id == case_id, standing(Contact, also_withdrawn=also_withdrawn))
        .order_by(Contact.at.desc(), Contact.id.desc())
    ).all()
    texts = opened(session, [row[0] for row in rows], sealed)
    return tuple(ContactRow(*row, **texts_of(texts, row[0], TEXTS)) for row in rows)


def _suspend(session: VaultSession, contact: Contact) -> None:
    """Take the channel of `contact` out of use; a correction of what suspended it already does not do so anew."""
    if contact.corrects_id is None or not is_suspended_by(session, contact.corrects_id, contact.channel):
        suspend(session, case_id=contact.case_id, channel=contact.channel, at=contact.at, reason=contact.outcome, contact_id=contact.id)


def _possible(facts: Facts, day: date) -> None:
    """Raises UnknownCode, DateRefused, ContactRefused for a fact that cannot be so of a contact on `day`."""
    if facts.get("agency"):
        known("agency", facts["agency"])
    if facts.get("interpreter") is not None:
        known("yes_no", str(facts["interpreter"]))
    minutes, next_on = facts.get("minutes"), facts.get("next_on")
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise ContactRefused("A contact lasts between 0 minutes and a day.", "Give its length in minutes.")
    if next_on is not None:
        not_before(next_on, day)
