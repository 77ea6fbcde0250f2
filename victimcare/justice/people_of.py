"""Whose cases belong to an investigation, as arrests and charges ask it: they cannot import the module that reads them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import column, select, table

from victimcare.store.session import VaultSession
from victimcare.store.types import Id

_link = table("investigation_case", column("case_id", Id), column("investigation_id", Id))


def people_of(session: VaultSession, investigation_id: UUID) -> tuple[UUID, ...]:
    """The cases linked to an investigation, in the order of their ids."""
    return tuple(session.scalars(select(_link.c.case_id).where(_link.c.investigation_id == investigation_id).order_by(_link.c.case_id)))
