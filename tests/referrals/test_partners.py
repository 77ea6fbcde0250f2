"""The directory a vault starts with, and whether a partner fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.reference.codelists import UnknownCode, codelist
from victimcare.referrals.fit import Fits, PersonFacts, ages_in, fits
from victimcare.referrals.partners import (
    PartnerRow,
    PartnerThere,
    PartnerUnknown,
    add_partner,
    change_partner,
    criteria,
    first_partners,
    partner_contacts,
    partner_ids,
    partner_row,
    partners,
)
from victimcare.store.errors import Conflict
from victimcare.store.ids import new_id
from victimcare.store.vault import Reading, Vault

ADULT_WOMAN = PersonFacts(gender="FEMALE", age_from=25, age_to=34, services=("SAFE_HOUSE",))


def house(**facts: object) -> PartnerRow:
    row = {"accepts_gender": "FEMALE", "accepts_from_age": 18, "area": None, "services": ("SAFE_HOUSE", "THERAPY"), **facts}
    return PartnerRow(id=new_id(), version=1, code="CBH", name="A house", type="SAFE_HOUSE", answers_in_days=2, is_active=True, **row)  # type: ignore[arg-type]


@pytest.fixture
def stocked(vault: Vault) -> Vault:
    with vault.transaction() as session:
        first_partners(session)
    return vault


def test_bakhita_house_and_the_caritas_agencies_are_there_from_the_start(stocked: Vault) -> None:
    with stocked.reading() as session:
        found = {row.code: row for row in partners(session)}
    assert {"CBH", "CARITAS_WESTMINSTER", "CARITAS_SALFORD", "CARITAS_BRENTWOOD", "MEDAILLE", "SALVATION_ARMY"} <= set(found)
    assert (found["CBH"].accepts_gender, found["CBH"].accepts_from_age) == ("FEMALE", 18)
    assert "SAFE_HOUSE" in found["CBH"].services


def test_filling_the_directory_again_adds_nothing_and_keeps_what_the_office_changed(stocked: Vault) -> None:
    with stocked.transaction() as session:
        house_id = partner_ids(session)["CBH"]
        change_partner(session, partner_id=house_id, version=partner_row(session, house_id).version, answers_in_days=7)
    with stocked.transaction() as session:
        assert first_partners(session) == 0
        assert partner_row(session, house_id).answers_in_days == 7


def test_immigration_enforcement_is_no_recipient_and_an_embassy_only_when_asked_for(stocked: Vault) -> None:
    with stocked.reading() as session:
        usual = {row.code for row in partners(session)}
        every = {row.code for row in partners(session, also_exceptional=True)}
    assert every - usual == {"EMBASSY"}
    assert not any("IMMIGRATION" in code and code != "LEGAL_IMMIGRATION" for code in every)


def test_a_partner_is_added_changed_and_closed(stocked: Vault) -> None:
    with stocked.transaction() as session:
        added = add_partner(
            session, code="ST_ANNE", name="St Anne's House", type="SAFE_HOUSE", answers_in_days=3, services=("SAFE_HOUSE",), contact="ask for the manager"
        )
        with pytest.raises(PartnerThere):
            add_partner(session, code="ST_ANNE", name="Another", type="CHARITY", answers_in_days=3)
        with pytest.raises(UnknownCode):
            add_partner(session, code="OTHER_2", name="Another", type="CHARITY", answers_in_days=3, services=("CARPENTRY",))
    with stocked.transaction() as session:
        seen = partner_row(session, added).version
        change_partner(session, partner_id=added, version=seen, services=("CHILDREN", "SAFE_HOUSE"), area="London")
    with stocked.transaction() as session:
        row = partner_row(session, added)
        assert (row.services, row.area) == (("SAFE_HOUSE", "CHILDREN"), "London")
        with pytest.raises(Conflict):
            change_partner(session, partner_id=added, version=seen, name="Late")
        change_partner(session, partner_id=added, version=row.version, is_active=False)
    with stocked.reading() as session:
        assert "ST_ANNE" not in {one.code for one in partners(session)}
        assert "ST_ANNE" in {one.code for one in partners(session, also_closed=True)}
        with pytest.raises(PartnerUnknown):
            partner_row(session, new_id())


def test_another_service_alone_is_a_new_version_so_that_two_who_edit_notice(stocked: Vault) -> None:
    with stocked.transaction() as session:
        house_id = partner_ids(session)["CBH"]
        seen = partner_row(session, house_id).version
        change_partner(session, partner_id=house_id, version=seen, services=("SAFE_HOUSE",))
    with stocked.transaction() as session:
        assert partner_row(session, house_id).version == seen + 1
        with pytest.raises(Conflict):
            change_partner(session, partner_id=house_id, version=seen, services=("THERAPY",))
    with stocked.reading() as session:
        assert partner_row(session, house_id).services == ("SAFE_HOUSE",)


def test_a_partner_gets_a_code_of_its_name_and_no_name_stands_there_twice(stocked: Vault) -> None:
    with stocked.transaction() as session:
        facts = {"type": "SAFE_HOUSE", "answers_in_days": 3}
        first, other = add_partner(session, name="St Anne's House", **facts), add_partner(session, name="St. Anne s house", **facts)
        codes = {id: code for code, id in partner_ids(session).items()}
        assert (codes[first], codes[other]) == ("ST_ANNE_S_HOUSE", "ST_ANNE_S_HOUSE_2")
        with pytest.raises(PartnerThere):
            add_partner(session, name="ST ANNE'S HOUSE", **facts)


def test_a_kind_of_organisation_is_one_of_the_list_and_every_starting_partner_has_one(stocked: Vault) -> None:
    with stocked.transaction() as session:
        house_id = partner_ids(session)["CBH"]
        with pytest.raises(UnknownCode):
            add_partner(session, name="Another", type="CIRCUS", answers_in_days=3)
        with pytest.raises(UnknownCode):
            change_partner(session, partner_id=house_id, version=partner_row(session, house_id).version, type="CIRCUS")
        assert {row.type for row in partners(session, also_exceptional=True)} <= set(codelist("partner_type").codes)


def test_the_telephone_of_a_partner_is_sealed(stocked: Vault) -> None:
    with stocked.transaction() as session:
        added = add_partner(session, code="NEW", name="New", type="CHARITY", answers_in_days=3, contact="020 7946 0999")
    with stocked.reading(Reading.office("partners")) as session:
        assert partner_contacts(session) == {added: "020 7946 0999"}


def test_criteria_come_with_their_source() -> None:
    found = criteria("CBH")
    assert found is not None
    assert "Women over 17" in found.words
    assert found.sources
    assert criteria("HESTIA") is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (ADULT_WOMAN, Fits.FITS),
        (PersonFacts(gender="MALE", age_from=25, age_to=34, services=("SAFE_HOUSE",)), Fits.DOES_NOT),
        (PersonFacts(gender="UNKNOWN", age_from=25, age_to=34, services=("SAFE_HOUSE",)), Fits.IN_PART),
        (PersonFacts(gender="FEMALE", age_from=16, age_to=17, services=("SAFE_HOUSE",)), Fits.IN_PART),
        (PersonFacts(gender="FEMALE", services=("SAFE_HOUSE",)), Fits.IN_PART),
        (PersonFacts(gender="FEMALE", age_from=25, age_to=34, services=("SAFE_HOUSE", "ESOL")), Fits.IN_PART),
        (PersonFacts(gender="FEMALE", age_from=25, age_to=34, services=("ESOL",)), Fits.DOES_NOT),
        (PersonFacts(gender="FEMALE", age_from=25, age_to=34), Fits.FITS),
    ],
)
def test_a_house_for_adult_women(facts: PersonFacts, expected: Fits) -> None:
    found = fits(house(), facts)
    assert found.fits == expected
    assert found.reasons


def test_a_partner_of_one_area() -> None:
    local = house(area="Greater Manchester")
    assert fits(local, PersonFacts("FEMALE", 25, 34, "London", ("SAFE_HOUSE",))).fits == Fits.DOES_NOT
    assert fits(local, PersonFacts("FEMALE", 25, 34, "greater manchester", ("SAFE_HOUSE",))).fits == Fits.FITS
    assert fits(local, ADULT_WOMAN).fits == Fits.FITS


def test_what_a_partner_offers_is_not_recorded() -> None:
    assert fits(house(services=()), ADULT_WOMAN).fits == Fits.IN_PART


@given(st.sampled_from(codelist("gender").codes), st.sampled_from(codelist("age_band").codes), st.sets(st.sampled_from(codelist("referral_service").codes)))
def test_a_partner_without_criteria_takes_anybody_as_far_as_it_offers_what_is_wanted(gender: str, band: str, wanted: set[str]) -> None:
    youngest, oldest = ages_in(band)
    offered = ("SAFE_HOUSE", "THERAPY")
    found = fits(house(accepts_gender=None, accepts_from_age=None), PersonFacts(gender, youngest, oldest, None, tuple(wanted)))
    missing = wanted - set(offered)
    assert found.fits == (Fits.FITS if not missing else Fits.DOES_NOT if missing == wanted else Fits.IN_PART)
