"""The Refer page: who fits and why, in an order stance has no part in."""

from __future__ import annotations

from datetime import date

import pytest

from tests.referrals.conftest import Merita
from victimcare.casework.stance import record_stance
from victimcare.justice.investigations import link_case, open_investigation
from victimcare.justice.nrm import record_nrm
from victimcare.overview.refer_page import ReferPage, refer_page
from victimcare.referrals.facts import CaseUnknown
from victimcare.referrals.fit import Fits
from victimcare.store.ids import new_id
from victimcare.store.vault import Reading, Vault


def page(vault: Vault, merita: Merita, **choice: object) -> ReferPage:
    with vault.reading(Reading.case(merita.case_id)) as session:
        return refer_page(session, merita.asked(**choice))  # type: ignore[arg-type]


def test_bakhita_house_fits_with_its_consent_and_what_it_says_it_takes(vault: Vault, merita: Merita) -> None:
    choices = {choice.partner.code: choice for choice in page(vault, merita).choices}
    house = choices["CBH"]
    assert house.fit.fits == Fits.FITS
    assert house.fit.reasons == ("Takes people recorded as female.", "Takes people from 18.", "Offers what is wanted.")
    assert house.criteria is not None
    assert house.criteria.sources
    assert house.consent is not None
    assert house.consent.state == "GIVEN"
    assert choices["MEDAILLE"].consent is None
    assert choices["MEDAILLE"].fit.fits == Fits.IN_PART
    assert choices["LA_HOUSING"].fit.fits == Fits.DOES_NOT


def test_the_best_fit_stands_first_and_recipients_a_supervisor_decides_on_are_left_out(vault: Vault, merita: Merita) -> None:
    choices = page(vault, merita).choices
    order = [list(Fits).index(choice.fit.fits) for choice in choices]
    assert order == sorted(order)
    assert not {"EMBASSY", "IE"} & {choice.partner.code for choice in choices}


def test_what_the_case_knows_of_nrm_and_crime_reference_can_be_ticked(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        record_nrm(session, case_id=merita.case_id, stage="RG_POSITIVE", on=date(2026, 11, 20))
        matter = open_investigation(session, source="DIRECT_REPORT", unit="MSKU", crime_reference="77/26")
        session.flush()
        link_case(session, investigation_id=matter, case_id=merita.case_id)
    seen = page(vault, merita)
    values = {one.code: one.value for one in seen.fields}
    assert values["NRM"] == "Positive reasonable grounds (20 Nov 2026)"
    assert values["CRIME_REFERENCE"] == "77/26"
    assert "NRM" not in seen.usual
    assert seen.safe_now == "safe until 15:00: telephone call"


def test_stance_changes_nothing_of_the_choice(vault: Vault, merita: Merita) -> None:
    before = page(vault, merita).choices
    for code in ("FULL", "RETRACTED", "LOST_CONTACT"):
        with vault.transaction() as session:
            record_stance(session, case_id=merita.case_id, on=date(2026, 11, 24), code=code)
        assert page(vault, merita).choices == before


def test_a_case_that_is_not_here(vault: Vault, merita: Merita) -> None:
    with vault.reading(Reading.case(merita.case_id)) as session, pytest.raises(CaseUnknown):
        refer_page(session, Merita(new_id(), merita.partners).asked())
