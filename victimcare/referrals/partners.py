"""The directory of organisations a person can be referred to: their services and whom they take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import flag_modified

from victimcare.casework.opening import fitting
from victimcare.reference.codelists import codelist, known
from victimcare.refused import Refused
from victimcare.resources import resource_json
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

FACTS = frozenset({"name", "type", "accepts_gender", "accepts_from_age", "area", "answers_in_days", "is_active", "contact"})


class PartnerUnknown(Refused):
    """No partner has this id or code."""

    def __init__(self) -> None:
        super().__init__("That partner is not in the directory.", "Choose one from the list, or add it under Partners first.")


class PartnerThere(Refused):
    """The directory has a partner with this code, or of this name, already."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The directory already has a partner {what}.", "Change that one, also where it is out of use, or give another name.")


class Partner(Record):
    """An organisation that takes referrals. `answers_in_days`: calendar days after which we ask again."""

    __tablename__ = "partner"
    __write_right__ = Right.CASEWORK
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    type: Mapped[str]
    accepts_gender: Mapped[str | None] = mapped_column(default=None)
    accepts_from_age: Mapped[int | None] = mapped_column(default=None)
    area: Mapped[str | None] = mapped_column(default=None)
    answers_in_days: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)
    contact = SealedText()


class PartnerService(Record):
    """One service a partner gives."""

    __tablename__ = "partner_service"
    __write_right__ = Right.CASEWORK
    __deletable__ = True
    partner_id: Mapped[UUID] = link("partner")
    service: Mapped[str]


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner as lists show it. `services` in the order of their code list."""

    id: UUID
    version: int
    code: str
    name: str
    type: str
    accepts_gender: str | None
    accepts_from_age: int | None
    area: str | None
    answers_in_days: int
    is_active: bool
    services: tuple[str, ...]

    @property
    def is_exceptional(self) -> bool:
        """Whether a supervisor must give the reason each time something is sent there."""
        return self.type in _rules()["exceptional_types"]


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a partner says of whom it takes, and where that was read."""

    words: str
    sources: tuple[str, ...]


def first_partners(session: VaultSession) -> int:
    """Fill the directory of a vault that is being made from the code list `referral_partner`.

    Returns how many were added. Partners that are there already stay as they are.
    """
    have = set(session.scalars(select(Partner.code)))
    added = 0
    for entry in codelist("referral_partner").values:
        if entry.code in have:
            continue
        rule = _rules()["partners"].get(entry.code, {})
        add_partner(
            session,
            code=entry.code,
            name=entry.label,
            type=rule.get("type") or entry.fields.get("type") or "OTHER",
            accepts_gender=rule.get("accepts_gender"),
            accepts_from_age=rule.get("accepts_from_age"),
            answers_in_days=rule.get("answers_in_days", _rules()["answers_in_days"]),
            services=tuple(rule.get("services", ())),
        )
        added += 1
    return added


def add_partner(
    session: VaultSession,
    *,
    name: str,
    code: str | None = None,
    type: str,
    answers_in_days: int,
    services: tuple[str, ...] = (),
    accepts_gender: str | None = None,
    accepts_from_age: int | None = None,
    area: str | None = None,
    contact: str = "",
) -> UUID:
    """Add an organisation; without a `code` one is made of its name. Raises PartnerThere, UnknownCode."""
    have = {had: called.casefold() for had, called in session.execute(select(Partner.code, Partner.name))}
    if code in have:
        raise PartnerThere(f"with the code {code}")
    if name.casefold() in have.values():
        raise PartnerThere("of this name")
    if code is None:
        code = _free_code(name, have)
    known("partner_type", type)
    if accepts_gender is not None:
        known("gender", accepts_gender)
    partner = Partner(
        code=code, name=name, type=type, accepts_gender=accepts_gender, accepts_from_age=accepts_from_age, area=area, answers_in_days=answers_in_days
    )
    if contact:
        partner.contact = fitting(contact)
    session.add(partner)
    _add_services(session, partner.id, services)
    return partner.id


def change_partner(session: VaultSession, *, partner_id: UUID, version: int, services: tuple[str, ...] | None = None, **facts: Any) -> None:
    """Change what is known of a partner: any of FACTS, `contact` among them, or its services.

    `version`: the one the worker saw; it rises although only the services are others. Raises Conflict, UnknownCode.
    """
    if not set(facts) <= FACTS:
        raise TypeError("not a fact of a partner")
    partner = session.get_for_change(Partner, partner_id, version=version)
    if facts.get("accepts_gender") is not None:
        known("gender", facts["accepts_gender"])
    if "type" in facts:
        known("partner_type", facts["type"])
    if "contact" in facts:
        facts["contact"] = fitting(facts["contact"])
    for name, value in facts.items():
        setattr(partner, name, value)
    if services is None:
        return
    flag_modified(partner, "name")  # services stand in a table of their own: without this two who edit would not notice each other
    for row in session.scalars(select(PartnerService).where(PartnerService.partner_id == partner_id)).all():
        if row.service not in services:
            session.delete(row)
    have = set(session.scalars(select(PartnerService.service).where(PartnerService.partner_id == partner_id)))
    _add_services(session, partner_id, tuple(code for code in services if code not in have))


def partners(session: VaultSession, *, also_exceptional: bool = False, also_closed: bool = False) -> tuple[PartnerRow, ...]:
    """The directory by name. Recipients a supervisor must decide on are left out unless asked for."""
    services = _services(session)
    rows = (_row(partner, services.get(partner.id, ())) for partner in session.scalars(select(Partner).order_by(Partner.name)))
    return tuple(row for row in rows if (also_exceptional or not row.is_exceptional) and (also_closed or row.is_active))


def partner_row(session: VaultSession, partner_id: UUID) -> PartnerRow:
    """One partner. Raises PartnerUnknown."""
    partner = session.get(Partner, partner_id)
    if partner is None:
        raise PartnerUnknown
    return _row(partner, _services(session, partner_id).get(partner_id, ()))


def partner_ids(session: VaultSession) -> dict[str, UUID]:
    """Every partner's id by its code, closed ones too: what an import looks up."""
    return dict(session.execute(select(Partner.code, Partner.id)).all())


def partner_contacts(session: VaultSession) -> dict[UUID, str]:
    """How each partner is reached, by its id; partners without it are left out. Needs a reading of the office."""
    return {id: texts["contact"] for id, texts in session.sealed_where(select(Partner.id)).items() if texts.get("contact")}


def exceptional_warning() -> str:
    """What to think of before anything is sent to a recipient a supervisor must decide on."""
    words: str = _rules()["exceptional_warning"]
    return words


def criteria(code: str) -> Criteria | None:
    """Whom the partner with `code` says it takes; None where the starting directory knows nothing."""
    rule: Mapping[str, Any] = _rules()["partners"].get(code, {})
    return Criteria(rule["criteria"], tuple(rule.get("source", ()))) if "criteria" in rule else None


def _free_code(name: str, have: Mapping[str, str]) -> str:
    """`St Anne's House` is ST_ANNE_S_HOUSE, or ST_ANNE_S_HOUSE_2 where that one is taken."""
    made = re.sub("[^A-Z0-9]+", "_", name.upper()).strip("_") or "PARTNER"
    return next(code for at in range(1, len(have) + 2) if (code := made if at == 1 else f"{made}_{at}") not in have)


def _add_services(session: VaultSession, partner_id: UUID, services: tuple[str, ...]) -> None:
    for service in services:
        known("referral_service", service)
        session.add(PartnerService(partner_id=partner_id, service=service))


def _services(session: VaultSession, partner_id: UUID | None = None) -> dict[UUID, tuple[str, ...]]:
    query = select(PartnerService.partner_id, PartnerService.service)
    if partner_id is not None:
        query = query.where(PartnerService.partner_id == partner_id)
    found: dict[UUID, set[str]] = {}
    for owner, service in session.execute(query):
        found.setdefault(owner, set()).add(service)
    order = [entry.code for entry in codelist("referral_service").values]
    return {owner: tuple(code for code in order if code in codes) for owner, codes in found.items()}


def _row(partner: Partner, services: tuple[str, ...]) -> PartnerRow:
    return PartnerRow(
        id=partner.id,
        version=partner.version,
        code=partner.code,
        name=partner.name,
        type=partner.type,
        accepts_gender=partner.accepts_gender,
        accepts_from_age=partner.accepts_from_age,
        area=partner.area,
        answers_in_days=partner.answers_in_days,
        is_active=partner.is_active,
        services=services,
    )


def _rules() -> Any:
    return resource_json("rules/partners.json")
