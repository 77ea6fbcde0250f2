"""What goes to a partner: exactly what is ticked, and never a stance by accident."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.referrals.conftest import Merita
from victimcare.casework.contacts import log_contact
from victimcare.referrals.consent import ConsentMissing, withdraw_consent
from victimcare.referrals.form import referral_form
from victimcare.referrals.partners import partner_row
from victimcare.referrals.referrals import preview
from victimcare.referrals.sharing import BasisRefused, FieldUnknown, NothingAsked, ReasonMissing, check_may_go, shareable, usual_ticks
from victimcare.store.vault import Reading, Vault

SMALLEST_SET = {"NAME_USED", "AGE_BAND", "SEX", "LANGUAGE", "RISK", "NEEDS", "SAFE_CONTACT"}
STANCE_WORDS = "Does not support a prosecution"
GUARDED = ("STANCE", "BARRIER.FAMILY_ABROAD", "BARRIER.COURT_FEAR", "CRIME_REFERENCE")


def test_the_smallest_set_is_ticked_and_nothing_else(vault: Vault, merita: Merita) -> None:
    with vault.reading(Reading.case(merita.case_id)) as session:
        fields = shareable(session, merita.asked())
    assert set(usual_ticks(fields)) == SMALLEST_SET
    assert {one.code for one in fields if one.needs_reason} == set(GUARDED)
    assert all(one.value for one in fields if one.code != "NRM")


def test_the_preview_says_what_the_partner_will_read(vault: Vault, merita: Merita) -> None:
    with vault.reading(Reading.case(merita.case_id)) as session:
        package = preview(session, merita.asked(wanted_from=date(2026, 11, 30), risk="Not safe where she is"))
    assert package.text.splitlines() == [
        "Referral to Caritas Bakhita House",
        "From: MSKU, VLO 17. 24 Nov 2026",
        "Our reference: VC-2026-0001/1",
        "",
        "Asked for: Safe house accommodation; Counselling or therapy (art, music, drama), from 30 Nov 2026",
        "Name used: Merita",
        "Age band: 25 to 34",
        "Sex: Female",
        "Language: Albanian; interpreter needed",
        "Immediate risk: High. Not safe where she is",
        "Needs: Safe house accommodation; Counselling or therapy (art, music, drama)",
        "Safe contact: Number withheld. Telephone call: safe, Mon to Fri, 10:00 to 15:00; Text message: never. Must not know: her brother",
        "Consent: Given 24 Nov 2026, in Albanian, for this partner and this purpose only. May be withdrawn.",
        "",
        "Anonymity: it is an offence to publish anything likely to identify the person, for life.",
        "Please answer by 26 Nov 2026, with our reference.",
    ]


def test_what_is_not_ticked_is_nowhere_in_what_goes(vault: Vault, merita: Merita) -> None:
    """Every set of ticks up to three fields: each value is in the text and the copy if and only if it was ticked."""
    with vault.reading(Reading.case(merita.case_id)) as session:
        fields = {one.code: one for one in shareable(session, merita.asked()) if one.value}
        for many in range(4):
            for codes in itertools.combinations(fields, many):
                package = preview(session, merita.asked(ticked=dict.fromkeys(codes, "asked for by the house")))
                assert package.field_codes == tuple(code for code in fields if code in codes)
                for code, one in fields.items():
                    went = f"{one.label}: {one.value}" in package.text.splitlines()
                    assert went == (code in codes)
                assert (STANCE_WORDS in package.as_json()) == ("STANCE" in codes)
                assert ("3000497/26" in package.as_json()) == ("CRIME_REFERENCE" in codes)


def test_words_kept_for_the_worker_never_go(vault: Vault, merita: Merita) -> None:
    with vault.reading(Reading.case(merita.case_id)) as session:
        every = {one.code: "the house asked" for one in shareable(session, merita.asked()) if one.value}
        copy = preview(session, merita.asked(ticked=every)).as_json()
    for secret in ("dentist", "surgery", "mother", "not in court", "kept in a flat", "the house asked"):
        assert secret not in copy


@pytest.mark.parametrize("code", GUARDED)
def test_what_is_guarded_goes_only_with_a_reason_of_its_own(vault: Vault, merita: Merita, code: str) -> None:
    with vault.transaction() as session:
        partner = partner_row(session, merita.partners["CBH"])
        with pytest.raises(ReasonMissing):
            check_may_go(session, merita.asked(ticked={code: " "}), partner)
        assert check_may_go(session, merita.asked(ticked={code: "the house asked"}), partner) is not None


def test_a_tick_on_something_not_recorded_is_refused(vault: Vault, merita: Merita) -> None:
    with vault.reading(Reading.case(merita.case_id)) as session, pytest.raises(FieldUnknown):
        preview(session, merita.asked(ticked={"NRM": ""}))


def test_nothing_goes_without_consent_unless_another_basis_is_given_with_its_reason(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        partner = partner_row(session, merita.partners["MEDAILLE"])
        asked = merita.asked("MEDAILLE")
        with pytest.raises(ConsentMissing):
            check_may_go(session, asked, partner)
        with pytest.raises(ReasonMissing):
            check_may_go(session, replace(asked, basis="VITAL_INTERESTS"), partner)
        with pytest.raises(BasisRefused):
            check_may_go(session, replace(asked, basis="LEGITIMATE", basis_reason="we think so"), partner)
        danger = replace(asked, basis="VITAL_INTERESTS", basis_reason="she cannot be asked")
        assert check_may_go(session, danger, partner) is None
        assert "without the person's consent" in preview(session, danger).text


def test_consent_taken_back_stops_it(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        withdraw_consent(session, case_id=merita.case_id, partner_id=merita.partners["CBH"], scope="SUPPORT_REFERRAL", form="WRITTEN", on=session.today)
        with pytest.raises(ConsentMissing):
            check_may_go(session, merita.asked(), partner_row(session, merita.partners["CBH"]))


def test_something_must_be_asked_for(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session, pytest.raises(NothingAsked):
        check_may_go(session, merita.asked(services=()), partner_row(session, merita.partners["CBH"]))


def test_an_embassy_needs_the_reason_for_the_recipient_too(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        partner = partner_row(session, merita.partners["EMBASSY"])
        asked = merita.asked("EMBASSY", basis="COURT_ORDER", basis_reason="order of the court")
        with pytest.raises(ReasonMissing):
            check_may_go(session, asked, partner)
        assert check_may_go(session, replace(asked, recipient_reason="she wants to go home"), partner) is None


def test_the_paper_holds_what_the_preview_said_and_no_more(vault: Vault, merita: Merita) -> None:
    pypdf = pytest.importorskip("pypdf")
    import io

    with vault.reading(Reading.case(merita.case_id)) as session:
        package = preview(session, merita.asked())
    paper = referral_form(package.as_json())
    assert paper == referral_form(package.as_json())
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages).split())
    for _, value in package.lines:
        assert value.split(";")[0].split(".")[0] in text
    assert "VC-2026-0001/1" in text
    assert "for life" in text
    assert STANCE_WORDS not in text


def test_a_suspended_way_is_what_the_partner_reads_first_of_how_to_reach_her(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        log_contact(session, case_id=merita.case_id, at=datetime(2026, 11, 24, 9, tzinfo=UTC), channel="PHONE", outcome="WRONG_PERSON")
    with vault.reading(Reading.case(merita.case_id)) as session:
        package = preview(session, merita.asked())
    (line,) = [line for line in package.text.splitlines() if line.startswith("Safe contact:")]
    said = "Calls: suspended since 24 Nov 2026, do not use before we say so. Number withheld. Text message: never. Must not know: her brother"
    assert line == f"Safe contact: {said}"
