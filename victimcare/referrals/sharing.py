"""What goes to a partner: which fields may go, which are ticked, the very text, and the copy that is kept.

Only what is ticked goes. The smallest set a partner needs is ticked beforehand (`resources/rules/sharing.json`).
Stance, each barrier and the crime reference are never ticked beforehand and each needs a reason of its own, which
stays here. The account of what happened is not kept at all, so it cannot go.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from victimcare.casework.approvals import RECIPIENT, is_approved
from victimcare.reference.codelists import known, label
from victimcare.reference.dates_text import day_text
from victimcare.reference.languages import language_label
from victimcare.referrals.consent import ConsentRow, consent_now, need_consent
from victimcare.referrals.facts import Told, told_of
from victimcare.referrals.partners import PartnerRow, partner_row
from victimcare.refused import Refused
from victimcare.resources import resource_json
from victimcare.store.errors import NotAllowed
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

CONSENT = "EXPLICIT_CONSENT"


class ReasonMissing(Refused):
    """Something was ticked that goes only with a reason. `field`: its code."""

    def __init__(self, field: str) -> None:
        super().__init__(f"A reason is missing for: {field}.", "Write why the partner needs it, or take the tick away.")
        self.field = field


class NothingAsked(Refused):
    """No service was chosen."""

    def __init__(self) -> None:
        super().__init__("No service is chosen.", "Choose what the partner is asked for.")


class BasisRefused(Refused):
    """The basis cannot stand in for consent."""

    def __init__(self, basis: str) -> None:
        super().__init__(f"The basis {basis} does not allow a referral without consent.", "Ask the person, or choose another basis.")
        self.basis = basis


class FieldUnknown(Refused):
    """A field was ticked that this case does not have. `field`: its code."""

    def __init__(self, field: str) -> None:
        super().__init__(f"There is nothing recorded here for: {field}.", "Take the tick away, or record it first.")
        self.field = field


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """What the worker chose. `ticked`: field code -> reason, "" where none is needed; None takes the usual ticks.

    `needs`, `risk`: the worker's words for the partner. `nrm`, `crime_reference`: what the case page knows of them.
    `basis`: how it may go without consent, with `basis_reason`. `recipient_reason`: why this recipient at all,
    for recipients that a supervisor decides on.
    """

    case_id: UUID
    partner_id: UUID
    services: tuple[str, ...] = ()
    wanted_from: date | None = None
    ticked: Mapping[str, str] | None = None
    needs: str = ""
    risk: str = ""
    nrm: str = ""
    crime_reference: str = ""
    basis: str = CONSENT
    basis_reason: str = ""
    recipient_reason: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Field:
    """One thing that may go. `value` "" when nothing is recorded: then it cannot go."""

    code: str
    label: str
    value: str
    is_usual: bool
    needs_reason: bool


@dataclass(frozen=True, slots=True, repr=False)
class Package:
    """Exactly what goes. `lines`: (label, value) of each ticked field, in order; `field_codes`: the same, coded."""

    to: str
    sender: str
    sent_on: date
    reference: str
    asked_for: str
    lines: tuple[tuple[str, str], ...]
    field_codes: tuple[str, ...]
    consent: str
    anonymity: str
    answer_by: date

    @property
    def text(self) -> str:
        """The preview: the very words of the form, in its order."""
        head = (f"Referral to {self.to}", f"From: {self.sender}. {day_text(self.sent_on)}", f"Our reference: {self.reference}")
        told = (f"{name}: {value}" for name, value in (("Asked for", self.asked_for), *self.lines, ("Consent", self.consent)))
        return "\n".join((*head, "", *told, "", self.anonymity, f"Please answer by {day_text(self.answer_by)}, with our reference."))

    def as_json(self) -> str:
        """The copy that is kept: what the form is printed from, now and later."""
        days = {"sent_on": self.sent_on.isoformat(), "answer_by": self.answer_by.isoformat()}
        return json.dumps({"format": 1, **asdict(self), **days, "text": self.text}, ensure_ascii=False)


def shareable(session: VaultSession, asked: Asked) -> tuple[Field, ...]:
    """Every field of the case that could go, in order, one for each barrier. Raises CaseUnknown, NoKey."""
    return _fields(told_of(session, asked.case_id, nrm=asked.nrm, crime_reference=asked.crime_reference), asked)


def usual_ticks(fields: tuple[Field, ...]) -> dict[str, str]:
    """What is ticked before the worker touches anything: the smallest set, as far as it is recorded."""
    return {one.code: "" for one in fields if one.is_usual and one.value}


def compose(session: VaultSession, asked: Asked, *, number: int) -> Package:
    """What would go now, as referral `number` of its case. Changes nothing.

    Raises FieldUnknown for a tick on what is not recorded, PartnerUnknown, CaseUnknown, NoKey.
    """
    partner = partner_row(session, asked.partner_id)
    told = told_of(session, asked.case_id, nrm=asked.nrm, crime_reference=asked.crime_reference)
    fields = _fields(told, asked)
    ticked = usual_ticks(fields) if asked.ticked is None else asked.ticked
    for code in ticked:
        if not any(one.code == code and one.value for one in fields):
            raise FieldUnknown(code)
    going = [one for one in fields if one.code in ticked]
    return Package(
        to=partner.name,
        sender=", ".join(filter(None, (told.case.unit, session.member.name))),
        sent_on=session.today,
        reference=f"{told.case.reference}/{number}",
        asked_for=_asked_for(asked),
        lines=tuple((one.label, one.value) for one in going),
        field_codes=tuple(one.code for one in going),
        consent=_consent_words(consent_now(session, asked.case_id, asked.partner_id, scope()), asked),
        anonymity=told.anonymity,
        answer_by=answer_due(partner, session.today),
    )


def check_may_go(session: VaultSession, asked: Asked, partner: PartnerRow) -> UUID | None:
    """The consent under which it goes, None where another basis stands in for it.

    Raises NothingAsked, ReasonMissing, NotAllowed (recipients a supervisor decides on and has not approved), BasisRefused, ConsentMissing.
    """
    if not asked.services:
        raise NothingAsked
    for code, reason in (asked.ticked or {}).items():
        if _rule(code)["reason"] and not reason.strip():
            raise ReasonMissing(code)
    if partner.is_exceptional:
        if not session.may(Right.SUPERVISE) and not is_approved(session, case_id=asked.case_id, kind=RECIPIENT, about_id=asked.partner_id):
            raise NotAllowed(Right.SUPERVISE)
        if not asked.recipient_reason.strip():
            raise ReasonMissing("RECIPIENT")
    if asked.basis == CONSENT:
        return need_consent(session, asked.case_id, asked.partner_id, scope()).id
    known("consent_basis", asked.basis)
    if asked.basis not in _rules()["bases_without_consent"]:
        raise BasisRefused(asked.basis)
    if not asked.basis_reason.strip():
        raise ReasonMissing("BASIS")
    return None


def kept_choice(asked: Asked) -> str:
    """JSON of what was chosen and why: kept sealed with the referral, never sent."""
    chosen = asdict(asked)
    for name in ("case_id", "partner_id", "services", "wanted_from", "nrm", "crime_reference"):
        del chosen[name]
    return json.dumps(chosen, ensure_ascii=False)


def scope() -> str:
    """The purpose a referral needs consent for."""
    code: str = _rules()["scope"]
    return code


def answer_due(partner: PartnerRow, sent_on: date) -> date:
    """The day by which `partner` is asked to answer something sent on `sent_on`."""
    return sent_on + timedelta(days=partner.answers_in_days)


def _fields(told: Told, asked: Asked) -> tuple[Field, ...]:
    values = dict(told.values)
    values["NEEDS"] = [("NEEDS", "; ".join(filter(None, (_services(asked.services), asked.needs.strip()))))]
    values["RISK"] = [("RISK", ". ".join(filter(None, (told.values["RISK"][0][1], asked.risk.strip()))))]
    return tuple(
        Field(code=code, label=rule["label"], value=value, is_usual=rule["ticked"], needs_reason=rule["reason"])
        for rule in _rules()["fields"]
        for code, value in values[rule["code"]]
    )


def _services(services: tuple[str, ...]) -> str:
    return "; ".join(label("referral_service", code) for code in services)


def _asked_for(asked: Asked) -> str:
    return f"{_services(asked.services)}, from {day_text(asked.wanted_from)}" if asked.wanted_from else _services(asked.services)


def field_labels() -> dict[str, str]:
    """What a referral may carry at all: kind of field -> the words of its form."""
    return {rule["code"]: rule["label"] for rule in _rules()["fields"]}


def _consent_words(consent: ConsentRow | None, asked: Asked) -> str:
    if asked.basis != CONSENT:
        return f"Sent without the person's consent. Basis: {label('consent_basis', asked.basis).lower()}."
    if consent is None or consent.state != "GIVEN":
        return "Not given yet: this cannot go."
    tongue = f", in {language_label(consent.language)}" if consent.language else ""
    until = f" Ends {day_text(consent.ends_on)}." if consent.ends_on else ""
    return f"Given {day_text(consent.on)}{tongue}, for this partner and this purpose only. May be withdrawn.{until}"


def _rule(code: str) -> Any:
    return next((rule for rule in _rules()["fields"] if rule["code"] == code.partition(".")[0]), {"reason": False})


def _rules() -> Any:
    return resource_json("rules/sharing.json")
