"""Every mapped class, imported once: for the mappers, for the schema of a new vault and for the test of the migrations.

And what a new vault holds from its first minute beyond the store's own: the directory of partners.
"""

from __future__ import annotations

from pathlib import Path

from victimcare.activity import activities, visits
from victimcare.casework import (
    barriers,
    case_now,
    cases,
    contact_points,
    contacts,
    drafts,
    exploitation,
    identity,
    mitigations,
    notes,
    offences,
    other_references,
    safe_contact,
    stance,
    workers,
)
from victimcare.exchange import leftovers
from victimcare.justice import arrests, investigations, nrm, prosecutions
from victimcare.referrals import consent, partners, referrals
from victimcare.referrals.partners import first_partners
from victimcare.store import office_keys, tables
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
    activities,
    visits,
    leftovers,
    releases,
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
