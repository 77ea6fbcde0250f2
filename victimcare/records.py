"""Every mapped class, imported once: for the mappers, for the schema of a new vault and for the test of the migrations.

And what a new vault holds from its first minute beyond the store's own: the directory of partners.
"""

from __future__ import annotations

from pathlib import Path

from victimcare.activity import activities, visits
from victimcare.casework import (
    appointments,
    approvals,
    barriers,
    case_events,
    case_links,
    case_now,
    cases,
    contact_points,
    contacts,
    cover,
    danger_steps,
    deadlines,
    disclosures,
    documents,
    drafts,
    entitlements,
    exploitation,
    identity,
    information_given,
    merging,
    mitigation_changes,
    mitigations,
    notes,
    offences,
    offered_support,
    office_rules,
    other_references,
    people_around,
    retention,
    risk,
    safe_contact,
    safeguarding,
    sensitivity,
    snoozes,
    stance,
    suspensions,
    tasks,
    workers,
)
from victimcare.exchange import leftovers, rows_seen
from victimcare.justice import arrests, duty_to_notify, investigations, nrm, prosecutions, special_measures
from victimcare.referrals import consent, partners, referrals
from victimcare.referrals.partners import first_partners
from victimcare.store import office_keys, tables, withdrawn
from victimcare.store.clock import Clock, system_clock
from victimcare.store.vault import Vault
from victimcare.summaries import releases

MODULES = (
    tables,
    office_keys,
    workers,
    cases,
    case_now,
    identity,
    other_references,
    notes,
    safe_contact,
    contact_points,
    contacts,
    stance,
    exploitation,
    offences,
    barriers,
    mitigations,
    drafts,
    partners,
    consent,
    referrals,
    investigations,
    arrests,
    prosecutions,
    nrm,
    duty_to_notify,
    activities,
    visits,
    leftovers,
    rows_seen,
    releases,
    withdrawn,
    suspensions,
    sensitivity,
    documents,
    offered_support,
    office_rules,
    risk,
    entitlements,
    deadlines,
    information_given,
    tasks,
    snoozes,
    cover,
    appointments,
    people_around,
    case_links,
    merging,
    case_events,
    retention,
    disclosures,
    mitigation_changes,
    safeguarding,
    special_measures,
    approvals,
    danger_steps,
)
"""Whoever adds a mapped class in a new module adds the module here; a test finds what is missing."""


def make_vault(
    folder: Path, *, name: str, user: str, passphrase: str, recovery: tuple[int, int] = (2, 3), clock: Clock = system_clock
) -> tuple[Vault, list[str]]:
    """A new vault with the directory of partners in it, open, and its recovery shares. Raises what `Vault.create` raises."""
    vault, shares = Vault.create(folder, name=name, user=user, passphrase=passphrase, recovery=recovery, clock=clock)
    with vault.transaction("directory of partners") as session:
        first_partners(session)
    return vault, shares
