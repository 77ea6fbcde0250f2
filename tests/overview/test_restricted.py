"""A case restricted to others: no list, line or page of these packages shows it to a colleague."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import StandingClock
from tests.referrals.conftest import Merita
from tests.ui.screens.given import person
from victimcare.casework.cases import Case
from victimcare.casework.contacts import log_contact
from victimcare.casework.merging import Merged
from victimcare.overview.case_page import case_page
from victimcare.overview.lines import Scope
from victimcare.overview.refer_page import refer_page
from victimcare.overview.today import today_lines
from victimcare.referrals.facts import CaseUnknown
from victimcare.referrals.listing import count_waiting, referral_list, referrals_of, referrals_waiting
from victimcare.referrals.referrals import preview, send_printed
from victimcare.store import people
from victimcare.store.errors import NoKey
from victimcare.store.restrict import restrict
from victimcare.store.rights import Role
from victimcare.store.vault import Reading, Vault


@pytest.fixture
def colleague(vault: Vault, merita: Merita, clock: StandingClock) -> Iterator[Vault]:
    """A caseworker who was let in before Merita's case, due and with a referral, was restricted to VLO 17."""
    with vault.transaction() as session:
        asked = merita.asked()
        send_printed(session, asked, seen=preview(session, asked).text)
        log_contact(session, case_id=merita.case_id, at=session.now, channel="PHONE", outcome="SPOKEN", next_on=date(2026, 11, 24))
    code = people.invite(vault, "VLO 23", frozenset({Role.CASEWORKER}))
    other = Vault.join(vault.folder, "VLO 23", code, "another long passphrase", clock=clock)
    people.approve(vault, other.member.id)
    other.refresh_membership()
    with other.reading(Reading.case(merita.case_id)) as session:
        assert case_page(session, merita.case_id).person is not None
    with vault.transaction() as session:
        case = session.get(Case, merita.case_id)
        assert case is not None
        restrict(session, case_id=merita.case_id, version=case.version, members=[vault.member.id])
    yield other
    other.close()


def test_its_lines_are_nowhere_for_the_colleague_and_there_for_who_may(vault: Vault, merita: Merita, colleague: Vault) -> None:
    with colleague.reading() as session:
        assert not [line for line in today_lines(session, scope=Scope.ALL) if line.case_id == merita.case_id]
        assert referral_list(session) == ()
        assert referrals_waiting(session) == ()
        assert count_waiting(session) == 0
        assert referrals_of(session, merita.case_id) == ()
    with vault.reading() as session:
        kinds = {line.kind for line in today_lines(session, scope=Scope.ALL) if line.case_id == merita.case_id}
        assert kinds == {"CONTACT", "REFERRAL_UNANSWERED"}
        assert len(referral_list(session)) == 1


def test_what_is_read_as_part_of_it_does_not_name_it(vault: Vault, merita: Merita, colleague: Vault) -> None:
    with vault.transaction() as session:
        part = person(session, "Merita D.")
        log_contact(session, case_id=part, at=session.now, channel="PHONE", outcome="SPOKEN", next_on=date(2026, 11, 24))
        session.flush()
        link = Merged(case_id=part, into_case_id=merita.case_id, from_on=date(2026, 11, 24))  # as it may stand from before both were shut as one
        session.add(link)
    with colleague.reading() as session:
        lines = today_lines(session, scope=Scope.ALL)
        assert merita.case_id not in {line.case_id for line in lines}
        assert "VC-2026-0001" not in {line.reference for line in lines}
    with vault.reading() as session:
        assert sum(line.kind == "CONTACT" for line in today_lines(session, scope=Scope.ALL) if line.case_id == merita.case_id) >= 1


def test_its_page_does_not_open_for_the_colleague(merita: Merita, colleague: Vault) -> None:
    with colleague.reading(Reading.case(merita.case_id)) as session:
        with pytest.raises(NoKey):
            case_page(session, merita.case_id)
        with pytest.raises(CaseUnknown):
            refer_page(session, merita.asked())


def test_nothing_of_it_can_be_told_to_a_partner_by_the_colleague(merita: Merita, colleague: Vault) -> None:
    with colleague.reading(Reading.case(merita.case_id)) as session, pytest.raises(NoKey):
        preview(session, replace(merita.asked(), needs="a bed"))
