"""Every mapped class, imported once: for the mappers, for the schema of a new vault and for the test of the migrations."""

from __future__ import annotations

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
from victimcare.store import tables

MODULES = (
    tables,
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
)
"""Whoever adds a mapped class in a new module adds the module here; a test finds what is missing."""
