from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, text

from victimcare.casework.dates import DateRefused
from victimcare.casework.identity import Identity, identities_of, identity_of, record_identity
from victimcare.store.errors import ReadNotNoted
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault


def test_the_newest_version_counts_and_the_old_one_stays(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_identity(session, case_id=case_id, name_used="Ani", aliases=("Anca", " "), name_as_we_write_it="Ani M", born_on=None)
    with vault.reading(Reading.case(case_id)) as session:
        now = identity_of(session, case_id)
        assert (now.shown_name, now.aliases, now.born_on, now.name_as_we_write_it) == ("Ani", ("Anca",), None, "Ani M")
        assert [one.name_used for one in identities_of(session, case_id)] == ["Ani", "Ana"]
        assert identities_of(session, case_id)[1].born_on == date(1998, 5, 2)


def test_without_a_name_to_use_the_full_name_is_shown(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_identity(session, case_id=case_id, given_names="Lê Thị", family_name="Thảo")
    with vault.reading(Reading.case(case_id)) as session:
        assert identity_of(session, case_id).shown_name == "Lê Thị Thảo"


def test_no_name_opens_without_saying_why(vault: Vault, case_id: UUID) -> None:
    with vault.reading() as session, pytest.raises(ReadNotNoted):
        identity_of(session, case_id)


def test_no_column_holds_anything_of_the_person(vault: Vault, case_id: UUID) -> None:
    with vault.reading() as session:
        row = session.execute(select(Identity.__table__)).one()
        payload = session.execute(text("SELECT payload FROM sealed")).scalars().first()
    assert "Ana" not in str(row)
    assert b"Munteanu" not in payload


@pytest.mark.parametrize("born_on", [date(2026, 11, 25), date(1905, 1, 1)])
def test_a_birth_nobody_can_have_is_refused(vault: Vault, case_id: UUID, born_on: date) -> None:
    with vault.transaction() as session, pytest.raises(DateRefused):
        record_identity(session, case_id=case_id, born_on=born_on)
