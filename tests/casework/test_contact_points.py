from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.contact_points import (
    ContactPointRefused,
    contact_points,
    end_contact_point,
    record_contact_point,
    show_contact_point,
)
from victimcare.store.errors import ReadNotNoted
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault


def test_a_number_opens_only_when_it_is_asked_for(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        point = record_contact_point(session, case_id=case_id, kind="PHONE", value="07700 900982", label="her own")
    with vault.reading(Reading.case(case_id)) as session:
        assert [(row.id, row.kind) for row in contact_points(session, case_id)] == [(point, "PHONE")]
        assert "900982" not in str(session.sealed_of_case(case_id))
        with pytest.raises(ReadNotNoted):
            show_contact_point(session, point)
    with vault.reading(Reading.numbers(case_id)) as session:
        shown = show_contact_point(session, point)
        assert (shown.value, shown.label) == ("07700 900982", "her own")
        assert "900982" not in repr(shown)


def test_a_number_that_ended_stays_in_the_file_behind_those_in_use(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        old = record_contact_point(session, case_id=case_id, kind="PHONE", value="1")
        new = record_contact_point(session, case_id=case_id, kind="PHONE", value="2")
        end_contact_point(session, contact_point_id=old, on=date(2026, 11, 1))
    with vault.reading() as session:
        assert [(row.id, row.ended_on) for row in contact_points(session, case_id)] == [(new, None), (old, date(2026, 11, 1))]
    with vault.transaction() as session, pytest.raises(ContactPointRefused):
        end_contact_point(session, contact_point_id=old, on=date(2026, 11, 2))
