"""Every query of a person's file is one PostgreSQL takes too."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.dialects import postgresql

from victimcare.casework import (
    barriers,
    case_list,
    case_now,
    cases,
    contact_points,
    contacts,
    drafts,
    exploitation,
    identity,
    information_given,
    mitigation_changes,
    mitigations,
    names,
    notes,
    offences,
    other_references,
    safe_contact,
    safeguarding,
    stance,
    workers,
)
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault


def test_every_query_compiles_for_postgresql(vault: Vault, case_id: UUID) -> None:
    asked: list[Any] = []

    def listen(session: Any) -> None:
        event.listen(session.connection(), "before_execute", lambda _, clause, *rest: getattr(clause, "is_select", False) and asked.append(clause))

    wanted = case_list.CaseFilter("OPEN", UUID(int=1), "NGO", "RO", "SEXUAL", "DEBT", date(2026, 1, 1), date(2026, 1, 1), UUID(int=1))
    with vault.reading(Reading.names()) as session:
        listen(session)
        for order in case_list.ORDERS:
            case_list.case_list(session, wanted, order=order, descending=True, limit=5)
        for query in (
            barriers.barriers_of,
            barriers.barrier_changes_of,
            contacts.contacts_of,
            contact_points.contact_points,
            exploitation.exploitation_of,
            identity.identities_of,
            mitigations.mitigations_of,
            mitigation_changes.mitigation_changes_of,
            safeguarding.safeguarding_of,
            information_given.information_of,
            notes.notes_of,
            offences.offences_of,
            other_references.other_references_of,
            safe_contact.plans_of,
            stance.stances_of,
            cases.case_facts,
        ):
            query(session, case_id)
        case_now.case_now_differences(session)
        cases.next_references(session, 2026, 1)
        drafts.my_drafts(session)
        drafts.draft_of(session, "contact")
        safe_contact.hours_of(session, [case_id])
        workers.workers(session)
        list(names.known_people(session, [case_id]))
        list(names.known_numbers(session))
    with vault.transaction() as session:
        listen(session)
        workers.my_worker(session)
        offences.record_offence(session, case_id=case_id, code="SOA")
        contacts.log_contact(session, case_id=case_id, at=datetime(2026, 11, 1, tzinfo=UTC), channel="TEXT", outcome="SPOKEN")
    dialect = postgresql.dialect()
    texts = {str(statement.compile(dialect=dialect)) for statement in asked}
    assert len(texts) > 40
    assert any("string_agg" in one for one in texts)
    assert not any("max(identity.id)" in one or "max(safe_contact_plan.id)" in one for one in texts)  # PostgreSQL has no max of a uuid
