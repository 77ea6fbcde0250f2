"""Letting people in and out of a vault, passphrases and recovery: what each can and cannot open afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import PASSPHRASE, StandingClock
from victimcare.store import people, recovering
from victimcare.store.errors import InvitationFound, InvitationOver, NotAllowed, PassphraseTooShort, WrongPassphrase
from victimcare.store.keyring import Keyring
from victimcare.store.members import State
from victimcare.store.reading import Reading
from victimcare.store.recovery import SharesRefused
from victimcare.store.rights import Role
from victimcare.store.tables import Sealed
from victimcare.store.vault import Vault
from victimcare.store.verify import verify

OWN = "another long passphrase"
CASEWORKER, ANALYST, ADMINISTRATOR = (frozenset({role}) for role in (Role.CASEWORKER, Role.ANALYST, Role.ADMINISTRATOR))


def joined(vault: Vault, name: str, roles: frozenset[Role], clock: StandingClock) -> Vault:
    code = people.invite(vault, name, roles)
    return Vault.join(vault.folder, name, code, OWN, clock=clock)


def test_a_newcomer_waits_until_a_caseworker_lets_them_in(vault: Vault, clock: StandingClock) -> None:
    newcomer = joined(vault, "VLO 23", CASEWORKER, clock)
    assert newcomer.member.state is State.WAITING
    assert not newcomer.keyring.holds_casework
    seen = people.waiting(vault)[0]
    assert seen.words == newcomer.member.words
    assert len(seen.words) == 6
    people.approve(vault, seen.id)
    newcomer.refresh_membership()
    assert newcomer.member.state is State.ACTIVE
    assert newcomer.keyring.groups == vault.keyring.groups
    newcomer.close()


def test_the_code_opens_nothing_but_the_invitation(vault: Vault, clock: StandingClock) -> None:
    code = people.invite(vault, "VLO 23", CASEWORKER)
    with pytest.raises(InvitationFound):
        Vault.open(vault.folder, "VLO 23", code, clock=clock)
    with pytest.raises(WrongPassphrase):
        Vault.join(vault.folder, "VLO 23", "AAAA-BBBB-CCCC-DDDD", OWN, clock=clock)
    with pytest.raises(PassphraseTooShort):
        Vault.join(vault.folder, "VLO 23", code, "short", clock=clock)
    clock.forward(days=8)
    with pytest.raises(InvitationOver):
        Vault.join(vault.folder, "VLO 23", code, OWN, clock=clock)


def test_an_analyst_holds_no_key_to_any_sealed_row(vault: Vault, clock: StandingClock) -> None:
    analyst = joined(vault, "Analyst 2", ANALYST, clock)
    assert analyst.member.state is State.ACTIVE
    with analyst.reading(Reading.names()) as session:
        assert session.sealed_where(select(Sealed.id)) == {}
    assert not analyst.keyring.groups
    analyst.close()


def test_who_is_refused_cannot_sign_in_again(vault: Vault, clock: StandingClock) -> None:
    stranger = joined(vault, "VLO 23", CASEWORKER, clock)
    stranger.close()
    people.refuse(vault, stranger.member.id)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.folder, "VLO 23", OWN, clock=clock)
    with pytest.raises(people.NotWaiting):
        people.approve(vault, stranger.member.id)


def test_only_an_administrator_invites(vault: Vault, clock: StandingClock) -> None:
    analyst = joined(vault, "Analyst 2", ANALYST, clock)
    with pytest.raises(NotAllowed):
        people.invite(analyst, "VLO 99", CASEWORKER)
    analyst.close()


def test_removal_closes_the_door_and_marks_the_casework_key(vault: Vault, clock: StandingClock) -> None:
    leaver = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, leaver.member.id)
    leaver.close()
    assert not people.casework_key_is_stale(vault)
    people.remove(vault, leaver.member.id)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.folder, "VLO 23", OWN, clock=clock)
    assert people.casework_key_is_stale(vault)


def test_the_last_caseworker_and_the_last_administrator_stay(vault: Vault, clock: StandingClock) -> None:
    with pytest.raises(people.LastCaseworker):
        people.remove(vault, vault.member.id)
    colleague = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, colleague.member.id)
    with pytest.raises(people.LastAdministrator):
        people.remove(vault, vault.member.id)
    colleague.close()


def test_ones_own_passphrase_changes_and_nothing_else(vault: Vault, clock: StandingClock) -> None:
    people.change_passphrase(vault, PASSPHRASE, OWN)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    again = Vault.open(vault.folder, "vlo  17", OWN, clock=clock)
    assert again.keyring.holds_casework
    again.close()
    with pytest.raises(WrongPassphrase):
        people.change_passphrase(vault, "not the old one at all", "a third long passphrase")


def test_a_forgotten_passphrase_is_a_new_invitation_for_the_same_user(vault: Vault, clock: StandingClock) -> None:
    colleague = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, colleague.member.id)
    colleague.close()
    code = people.invite(vault, "VLO 23", ANALYST)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.folder, "VLO 23", OWN, clock=clock)
    again = Vault.join(vault.folder, "VLO 23", code, "yet another passphrase", clock=clock)
    assert again.member.id == colleague.member.id
    assert again.member.roles == CASEWORKER
    assert again.member.state is State.WAITING
    again.close()


def test_shares_open_a_vault_whose_people_are_gone(new_vault: Callable[..., Vault], tmp_path: Path, clock: StandingClock) -> None:
    vault = new_vault(tmp_path / "lost")
    shares = vault.test_shares  # type: ignore[attr-defined]
    groups: dict[object, bytes] = dict(vault.keyring.groups)
    recovering.recovery_drill(vault, shares[1:])
    vault.close()
    with pytest.raises(SharesRefused):
        recovering.recover(tmp_path / "lost", shares[:1], user="Recovered", passphrase=OWN, clock=clock)
    opened, new_shares = recovering.recover(tmp_path / "lost", shares[:2], user="Recovered", passphrase=OWN, clock=clock)
    assert opened.keyring.groups == groups
    assert Role.ADMINISTRATOR in opened.member.roles
    with pytest.raises(SharesRefused):
        recovering.recovery_drill(opened, shares[:2])
    recovering.recovery_drill(opened, new_shares[:2])
    opened.close()


def test_shares_of_another_vault_are_refused(new_vault: Callable[..., Vault], tmp_path: Path, clock: StandingClock) -> None:
    one, other = new_vault(tmp_path / "one"), new_vault(tmp_path / "other")
    with pytest.raises(SharesRefused):
        recovering.recover(other.folder, one.test_shares[:2], user="Recovered", passphrase=OWN, clock=clock)  # type: ignore[attr-defined]


def test_a_closed_vault_keeps_no_key(vault: Vault) -> None:
    vault.close()
    assert isinstance(vault.keyring, Keyring)
    assert not vault.keyring.groups
    assert vault._file_key == b""


def test_a_recovery_stopped_half_way_can_be_done_again(
    new_vault: Callable[..., Vault], tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = new_vault(tmp_path / "lost")
    shares = vault.test_shares  # type: ignore[attr-defined]
    vault.close()

    def no_power(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(recovering, "write_header", no_power)
        with pytest.raises(KeyboardInterrupt):
            recovering.recover(tmp_path / "lost", shares[:2], user="First try", passphrase=OWN, clock=clock)
    shutil.copytree(tmp_path / "lost", tmp_path / "again")
    with monkeypatch.context() as patch:
        patch.setattr(recovering, "change_header", no_power)
        with pytest.raises(KeyboardInterrupt):
            recovering.recover(tmp_path / "lost", shares[:2], user="Second try", passphrase=OWN, clock=clock)
    # Whose way in was never written is entered again under the same name, and nothing is left half done.
    opened, again = recovering.recover(tmp_path / "again", shares[:2], user="First try", passphrase=OWN, clock=clock)
    assert verify(opened).findings == []
    recovering.recovery_drill(opened, again[:2])
    opened.close()
    # The second try's user is in, though the new shares were never shown: they make new ones.
    opened = Vault.open(tmp_path / "lost", "Second try", OWN, clock=clock)
    assert opened.keyring.holds_casework
    recovering.recovery_drill(opened, recovering.renew_shares(opened)[:2])
    opened.close()


def test_renewed_shares_open_the_vault_and_the_old_do_not(new_vault: Callable[..., Vault], tmp_path: Path, clock: StandingClock) -> None:
    vault = new_vault(tmp_path / "v")
    old = vault.test_shares  # type: ignore[attr-defined]
    new = recovering.renew_shares(vault, (2, 2))
    vault.close()
    with pytest.raises(SharesRefused):
        recovering.recover(tmp_path / "v", old[:2], user="Recovered", passphrase=OWN, clock=clock)
    opened, _ = recovering.recover(tmp_path / "v", new, user="Recovered", passphrase=OWN, clock=clock)
    assert opened.keyring.holds_casework
    opened.close()


def test_a_reading_of_names_says_how_many(vault: Vault) -> None:
    with vault.reading(Reading.names()) as session:
        assert session.keyring.count_cases(session.connection()) == 0


def test_other_roles_before_the_first_sign_in_keep_the_invitation_good(vault: Vault, clock: StandingClock) -> None:
    code = people.invite(vault, "VLO 23", ANALYST)
    invited = vault.membership.by_name("VLO 23")
    assert invited is not None
    people.change_roles(vault, invited.id, CASEWORKER)
    with pytest.raises(people.NotWaiting):
        people.approve(vault, invited.id)
    newcomer = Vault.join(vault.folder, "VLO 23", code, OWN, clock=clock)
    assert newcomer.member.state is State.WAITING
    people.approve(vault, invited.id)
    newcomer.close()
