"""The stream of a case: everything that happened, in one order, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

from victimcare.casework.contacts import ContactRow
from victimcare.casework.sensitivity import ORDINARY
from victimcare.overview.case_file import CaseFile, case_file
from victimcare.overview.entry import Entry, moment, or_before, own_words, plain_words
from victimcare.overview.timeline_barriers import barrier_entries, information_entries, mitigation_entries, safeguarding_entries
from victimcare.overview.timeline_dates import appointment_entries, people_entries, task_entries
from victimcare.overview.timeline_deadlines import deadline_entries
from victimcare.overview.timeline_documents import document_entries
from victimcare.overview.timeline_file import file_entries
from victimcare.overview.timeline_safety import suspension_entries
from victimcare.overview.timeline_support import support_entries
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text
from victimcare.store.clock import day_of
from victimcare.store.session import VaultSession

CHANNEL_ICONS = {
    "PHONE": "phone",
    "TEXT": "text",
    "EMAIL": "mail",
    "POST": "mail",
    "IN_PERSON": "people",
    "VIDEO": "people",
    "MESSAGING": "text",
    "VIA_WORKER": "person",
    "VIA_LAWYER": "person",
}
TEXT_LABELS = (("said", "Said"), ("own_words", "Own words"), ("view", "My view"), ("next_step", "Next"))


def timeline(session: VaultSession, case_id: UUID) -> tuple[Entry, ...]:
    """The stream of one case; its texts are opened with one query."""
    return stream_of(case_file(session, case_id))


def stream_of(file: CaseFile) -> tuple[Entry, ...]:
    """The stream of a case that was read already, newest first."""
    entries = [_said(entry, file) for kind in KINDS for entry in kind(file)]
    if file.withdrawn is not None:
        entries += [_struck(entry, file) for kind in KINDS for entry in kind(file.withdrawn)]
    return tuple(sorted(entries, key=lambda entry: (entry.at, entry.id), reverse=True))


def _said(entry: Entry, file: CaseFile) -> Entry:
    """An entry with how sensitive somebody said it is, where that is more than ordinary; the newest word counts."""
    code = next((row.code for row in file.sensitivities if row.row_id == entry.id), ORDINARY)
    return entry if code == ORDINARY else replace(entry, muted=", ".join(filter(None, (entry.muted, label("record_sensitivity", code).lower()))))


def _struck(entry: Entry, file: CaseFile) -> Entry:
    """An entry that counts no more: who withdrew it, when and why; its words only where they were kept."""
    row = file.withdrawals.get(entry.id)
    if row is None:  # a step of a barrier or mitigation that was withdrawn
        return replace(entry, withdrawn="withdrawn with its barrier" if entry.kind == "BARRIER" else "withdrawn with its mitigation")
    by = file.names.get(row.made_by, "")
    told = (label("withdrawal_reason", row.reason).lower(), f"withdrawn{f' by {by}' if by else ''} on {day_text(day_of(row.made_at))}")
    return replace(entry, withdrawn=", ".join(told), parts=(*entry.parts, *((("Why", row.why),) if row.why else ())))


def _contacts(file: CaseFile) -> Iterator[Entry]:
    for row in file.contacts:
        parts = tuple((name, getattr(row, field)) for field, name in TEXT_LABELS if getattr(row, field))
        icon = CHANNEL_ICONS.get(row.channel, "voice")
        yield Entry(row.at, row.is_time_known, "CONTACT", icon, label("contact_channel", row.channel), _how(row, file), parts, row.id, row.id)


def _how(row: ContactRow, file: CaseFile) -> str:
    """Such as "reached and spoken to, 40 minutes, by VLO 17"."""
    by = file.names.get(row.worker_id or row.made_by, "")
    whom = "" if row.person_contacted == "VICTIM" else f"with: {label('contact_channel.person_contacted', row.person_contacted).lower()}"
    told = (
        label("contact_outcome", row.outcome).lower(),
        label("contact_channel.direction", row.direction).lower() if row.direction == "INBOUND" else "",
        whom,
        f"{row.minutes} minutes" if row.minutes else "",
        f"by {by}" if by and not row.agency else "",
        f"by {label('agency', row.agency)}" if row.agency else "",
        "with an interpreter" if row.interpreter == "YES" else "",
        "corrected by a later entry" if row.corrected_by else "",
        "corrects an earlier entry" if row.corrects_id else "",
        "from a register" if row.imported else "",
    )
    return ", ".join(filter(None, told))


def _stances(file: CaseFile) -> Iterator[Entry]:
    for place, row in enumerate(file.stances):
        before = file.stances[place + 1].code if place + 1 < len(file.stances) else ""
        told = (f"before: {label('stance', before).lower()}" if before else "", or_before(row.on_or_before, row.on), "from a register" if row.imported else "")
        at, has_time = moment(row.on, row.made_at)
        yield Entry(
            at,
            has_time,
            "STANCE",
            "quotes",
            f"Stance: {label('stance', row.code).lower()}",
            ", ".join(filter(None, told)),
            own_words(row.words),
            row.id,
            row.id,
        )


def _referrals(file: CaseFile) -> Iterator[Entry]:
    by_id = {row.id: row for row in file.referrals}
    for row in file.events:
        referral = by_id.get(row.referral_id)
        if referral is None:
            continue
        services = ", ".join(label("referral_service", code).lower() for code in referral.services)
        by = file.names.get(row.made_by, "")
        told = (
            services if row.status in ("DRAFT", "SENT") else label("referral_decline_reason", row.decline_reason).lower() if row.decline_reason else "",
            {"PRINTED": "printed form", "PACKAGE": "sealed package", "IMPORTED": "from a register"}.get(referral.sent_how or "", "")
            if row.status == "SENT"
            else "",
            f"by {by}" if by and not referral.imported else "",
        )
        at, has_time = moment(row.on, row.made_at)
        headline = f"Referred to {referral.partner}" if row.status == "SENT" else f"{referral.partner}: {label('referral_status', row.status).lower()}"
        yield Entry(at, has_time, "REFERRAL", "refer", headline, ", ".join(filter(None, told)), plain_words(row.words), row.id, row.referral_id)


def _consents(file: CaseFile) -> Iterator[Entry]:
    partners = {row.partner_id: row.partner for row in file.referrals}
    for row in file.consents:
        to = partners.get(row.partner_id, "a partner")
        told = (
            label("consent_basis.consent_scope", row.scope).lower(),
            label("consent_basis.consent_form", row.form).lower(),
            f"ends {day_text(row.ends_on)}" if row.ends_on else "",
            "told that support is not tied to it" if row.told_support_is_not_tied else "",
        )
        at, has_time = moment(row.on, row.made_at)
        explained = file.texts.get(row.id, {}).get("explained", "")
        headline = f"Consent for {to}: {label('consent_basis.consent_state', row.state).lower()}"
        yield Entry(at, has_time, "CONSENT", "pen", headline, ", ".join(filter(None, told)), (("Explained", explained),) if explained else (), row.id, row.id)


def _plans(file: CaseFile) -> Iterator[Entry]:
    for place, row in enumerate(file.plans):
        before = file.plans[place + 1] if place + 1 < len(file.plans) else None
        same = before is not None and row.is_same(before)
        headline = "Safe-contact plan checked" if same else "Safe-contact plan changed" if before else "Safe-contact plan made"
        by = file.names.get(row.made_by, "")
        told = ("no change" if same else "", "from a register" if row.imported else f"by {by}" if by else "")
        at, has_time = moment(row.checked_on or day_of(row.made_at), row.made_at)
        yield Entry(at, has_time, "PLAN", "safe", headline, ", ".join(filter(None, told)), () if same else plain_words(row.summary), row.id, row.id)


def _notes(file: CaseFile) -> Iterator[Entry]:
    for row in file.notes:
        at, has_time = moment(row.on, row.made_at)
        by = file.names.get(row.made_by, "")
        muted = f"by {by}" if row.kind == "WORKER" and by else "from a register"
        yield Entry(
            at, has_time, "NOTE", "document", "Note" if row.kind != "UNREAD" else "Not understood at the import", muted, plain_words(row.text), row.id, row.id
        )


def _nrm(file: CaseFile) -> Iterator[Entry]:
    for row in file.nrm:
        at, has_time = moment(row.on, row.made_at)
        told = (
            label("competent_authority", row.authority) if row.authority else "",
            {"YES": "co-operates with public authorities: named", "NO": "anonymous"}.get(row.co_operates or "", ""),
            *(label("nrm_refusal_reason", code).lower() for code in file.refusal_reasons.get(row.id, ())),
            or_before(row.on_or_before, row.on),
        )
        yield Entry(
            at, has_time, "NRM", "court", f"NRM: {label('nrm_stage', row.stage).lower()}", ", ".join(filter(None, told)), plain_words(row.words), row.id, row.id
        )


KINDS: tuple[Callable[[CaseFile], Iterator[Entry]], ...] = (
    _contacts,
    _stances,
    _referrals,
    _consents,
    barrier_entries,
    mitigation_entries,
    safeguarding_entries,
    information_entries,
    _plans,
    _notes,
    _nrm,
    deadline_entries,
    document_entries,
    appointment_entries,
    task_entries,
    people_entries,
    suspension_entries,
    file_entries,
    support_entries,
)
"""Whoever adds a concept to the stream writes its entries in a module `timeline_<what>.py` and adds its function here."""
