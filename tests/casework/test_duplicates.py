from datetime import date

from victimcare.casework.cases import open_case
from victimcare.casework.contact_points import record_contact_point
from victimcare.casework.duplicates import possible_duplicates
from victimcare.casework.identity import record_identity
from victimcare.casework.search import SearchIndex
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

BORN = date(1998, 5, 2)


def index_of(vault: Vault) -> SearchIndex:
    with vault.transaction() as session:
        for name, born, phone in (("محمد حسن", BORN, "07700 900982"), ("Muhammad Ali", None, ""), ("Ana Munteanu", BORN, "")):
            case = open_case(session, received_on=date(2026, 1, 1), source="NGO")
            record_identity(session, case_id=case, name_used=name, born_on=born)
            if phone:
                record_contact_point(session, case_id=case, kind="PHONE", value=phone)
    with vault.reading(Reading.names()) as session:
        index = SearchIndex.build(session)
        index.add_numbers(session)
    return index


def test_the_more_alike_the_earlier(vault: Vault) -> None:
    index = index_of(vault)
    found = possible_duplicates(index, name="Mohammed", born_on=BORN, phone="+44 7700 900982")
    assert [(one.name, one.reasons) for one in found] == [("محمد حسن", ("phone", "name", "date of birth")), ("Muhammad Ali", ("name",))]


def test_a_date_of_birth_or_a_letter_alone_says_nothing(vault: Vault) -> None:
    index = index_of(vault)
    assert possible_duplicates(index, born_on=BORN) == ()
    assert possible_duplicates(index, name="Mo", phone="982") == ()
