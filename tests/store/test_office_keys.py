"""The office's own keys: what partners are handed works with stock formats, the private halves open for caseworkers alone, and outlive every change of keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_ssh_public_key

from tests.conftest import PASSPHRASE, StandingClock
from tests.journeys.test_canary import forms
from tests.store.conftest import make_case
from tests.store.older import CASE_AT_0001, SHARES_AT_0001, vault_at_0001
from tests.store.raw import raw, without_triggers
from tests.store.test_backup import notes
from tests.store.test_people import ADMINISTRATOR, ANALYST, CASEWORKER, OWN, joined
from victimcare.store import people
from victimcare.store.audit_log import audit_log
from victimcare.store.backup import backup
from victimcare.store.errors import AppendOnly, NoKey, NotAllowed, ReadNotNoted, StoreDamaged
from victimcare.store.office_keys import (
    KIND,
    NoOfficeKeys,
    OfficeIdentity,
    OfficeKeys,
    OfficePublicKeys,
    fingerprint_of,
    make_office_keys,
    office_keys,
    office_public_keys,
    settle_office_keys,
)
from victimcare.store.reading import Reading
from victimcare.store.recovering import recover
from victimcare.store.rescue import rescue
from victimcare.store.restore import restore
from victimcare.store.rotation import renew_casework_key, rotate_file_key
from victimcare.store.schema import NeedsUpdate
from victimcare.store.vault import Vault
from victimcare.store.verify import verify

# GitHub's host key and the fingerprint it publishes for it.
KNOWN_LINE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
KNOWN_FINGERPRINT = "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU"


def public_of(vault: Vault) -> OfficePublicKeys:
    with vault.reading() as session:
        found = office_public_keys(session)
    assert found is not None
    return found


def keys_of(vault: Vault) -> OfficeKeys:
    with vault.reading(Reading.office_keys()) as session:
        return office_keys(session)


def opens(vault: Vault, handed_out: OfficePublicKeys) -> None:
    """What a partner sends to the keys handed out opens, and what the office signs checks against them."""
    keys = keys_of(vault)
    assert public_of(vault) == keys.public == handed_out
    sent = pyrage.encrypt(b"a room from Friday", [pyrage.x25519.Recipient.from_str(handed_out.recipient)])
    assert pyrage.decrypt(sent, list(keys.age)) == b"a room from Friday"
    partner_has = load_ssh_public_key(handed_out.signer.encode())
    assert isinstance(partner_has, Ed25519PublicKey)
    partner_has.verify(keys.signing.sign(b"referral"), b"referral")
    with pytest.raises(InvalidSignature):
        partner_has.verify(keys.signing.sign(b"another"), b"referral")


def kinds(vault: Vault) -> list[str]:
    with vault.reading() as session:
        return [line.what for line in audit_log(session, vault.membership)]


def test_a_new_vault_has_keys_in_stock_formats(vault: Vault, clock: StandingClock) -> None:
    found = public_of(vault)
    assert found.recipient.startswith("age1")
    assert found.signer.startswith("ssh-ed25519 AAAA")
    assert found.made_at == clock.now
    opens(vault, found)
    assert verify(vault).findings == []


def test_the_fingerprint_is_what_stock_tools_print() -> None:
    assert fingerprint_of(KNOWN_LINE) == KNOWN_FINGERPRINT
    assert fingerprint_of(KNOWN_LINE + " git@example") == KNOWN_FINGERPRINT


def test_the_private_halves_open_only_when_they_are_asked_for_and_the_audit_says_so(vault: Vault) -> None:
    case_id = make_case(vault)
    for reading in (None, Reading.case(case_id), Reading.office("visits")):
        with vault.reading(reading) as session, pytest.raises(ReadNotNoted):
            office_keys(session)
    assert "office keys used" not in kinds(vault)
    keys_of(vault)
    assert "office keys used" in kinds(vault)


def test_who_holds_no_key_to_cases_sees_the_public_halves_alone(vault: Vault, clock: StandingClock) -> None:
    for name, roles in (("Analyst 2", ANALYST), ("Admin 3", ADMINISTRATOR)):
        other = joined(vault, name, roles, clock)
        assert public_of(other) == public_of(vault)
        with other.reading(Reading.office_keys()) as session, pytest.raises(NoKey):
            office_keys(session)
        with pytest.raises(NotAllowed), other.transaction() as session:
            make_office_keys(session)
        other.close()


def test_newer_keys_count_and_what_was_sent_to_the_older_still_opens(vault: Vault, clock: StandingClock) -> None:
    before = public_of(vault)
    sent = pyrage.encrypt(b"sent last week", [pyrage.x25519.Recipient.from_str(before.recipient)])
    clock.forward(days=1)
    with vault.transaction() as session:
        make_office_keys(session)
    assert public_of(vault) != before
    opens(vault, public_of(vault))
    assert pyrage.decrypt(sent, list(keys_of(vault).age)) == b"sent last week"


def test_a_row_of_keys_is_never_changed(vault: Vault) -> None:
    before = public_of(vault)
    with vault.transaction() as session:
        record = session.get_for_change(OfficeIdentity, before.id, version=1)
        record.recipient = "age1another"
        with pytest.raises(AppendOnly):
            session.flush()
        session.rollback()
    opens(vault, before)


@pytest.mark.parametrize("column", ["recipient", "signer"])
def test_a_public_half_put_in_by_somebody_else_is_named_and_not_used(vault: Vault, column: str) -> None:
    foreign = {"recipient": str(pyrage.x25519.Identity.generate().to_public()), "signer": KNOWN_LINE}[column]
    with without_triggers(vault, "office_identity") as connection:
        connection.execute(f"UPDATE office_identity SET {column} = ?", (foreign,))
    assert [(one.table, one.kind) for one in verify(vault).findings] == [("office_identity", "altered")]
    with vault.reading(Reading.office_keys()) as session, pytest.raises(StoreDamaged):
        office_keys(session)


def test_they_outlive_every_change_of_keys(vault: Vault, clock: StandingClock, tmp_path: Path) -> None:
    handed_out = public_of(vault)
    renew_casework_key(vault)
    opens(vault, handed_out)
    rotate_file_key(vault)
    opens(vault, handed_out)
    made = backup(vault, tmp_path / "one.vcbackup")
    assert made.is_verified
    vault.close()
    restore(made.path, tmp_path / "restored", "VLO 17", PASSPHRASE, clock=clock)
    assert rescue(vault.folder, "VLO 17", PASSPHRASE, tmp_path / "rescued").is_whole
    for folder in (vault.folder, tmp_path / "restored", tmp_path / "rescued"):
        again = Vault.open(folder, "VLO 17", PASSPHRASE, clock=clock)
        opens(again, handed_out)
        assert verify(again).findings == []
        again.close()


def test_recovery_shares_give_them_to_the_new_user(vault: Vault, clock: StandingClock) -> None:
    handed_out, shares = public_of(vault), vault.test_shares[:2]  # type: ignore[attr-defined]
    vault.close()
    again, _ = recover(vault.folder, shares, user="PC 1182", passphrase=OWN, clock=clock)
    opens(again, handed_out)
    again.close()


def test_a_newcomer_who_was_let_in_opens_them(vault: Vault, clock: StandingClock) -> None:
    other = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, other.member.id)
    other.refresh_membership()
    opens(other, public_of(vault))
    other.close()


def test_a_vault_from_before_gets_them_when_a_caseworker_opens_it(tmp_path: Path, clock: StandingClock) -> None:
    folder = vault_at_0001(tmp_path / "older")
    with pytest.raises(NeedsUpdate):
        Vault.open(folder, "VLO 17", PASSPHRASE, clock=clock, read_only=True)
    clock.forward(days=30)
    vault = Vault.open(folder, "VLO 17", PASSPHRASE, clock=clock)
    handed_out = public_of(vault)
    assert handed_out.made_at == clock.now
    opens(vault, handed_out)
    assert kinds(vault).count(KIND) == 1
    assert notes(vault, CASE_AT_0001) == ["she asked for the same worker"]
    assert verify(vault).findings == []
    vault.close()
    again = Vault.open(folder, "VLO 17", PASSPHRASE, clock=clock)
    settle_office_keys(again)
    opens(again, handed_out)
    assert kinds(again).count(KIND) == 1
    again.close()


def test_a_backup_from_before_is_restored_and_gets_them_too(tmp_path: Path, clock: StandingClock) -> None:
    folder = vault_at_0001(tmp_path / "older")
    Vault.open(folder, "VLO 17", PASSPHRASE, clock=clock).close()
    (made,) = folder.glob("before-update-*.vcbackup")
    restore(made, tmp_path / "restored", "VLO 17", PASSPHRASE, clock=clock)
    vault = Vault.open(tmp_path / "restored", "VLO 17", PASSPHRASE, clock=clock)
    assert notes(vault, CASE_AT_0001) == ["she asked for the same worker"]
    opens(vault, public_of(vault))
    assert verify(vault).findings == []
    vault.close()


def test_recovery_of_a_vault_from_before_gives_it_keys(tmp_path: Path, clock: StandingClock) -> None:
    folder = vault_at_0001(tmp_path / "older")
    vault, _ = recover(folder, SHARES_AT_0001, user="PC 1182", passphrase=OWN, clock=clock)
    opens(vault, public_of(vault))
    assert notes(vault, CASE_AT_0001) == ["she asked for the same worker"]
    vault.close()


def test_who_holds_no_key_to_cases_opens_an_older_vault_without_making_any(vault: Vault, clock: StandingClock) -> None:
    joined(vault, "Analyst 2", ANALYST, clock).close()
    with without_triggers(vault, "office_identity") as connection:
        connection.execute("DELETE FROM office_identity")
    vault.close()
    analyst = Vault.open(vault.folder, "Analyst 2", OWN, clock=clock)
    with analyst.reading() as session:
        assert office_public_keys(session) is None
        with pytest.raises(NoOfficeKeys):
            office_keys(session)
    analyst.close()
    again = Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    opens(again, public_of(again))
    again.close()


def private_forms(keys: OfficeKeys) -> Iterator[bytes]:
    """The private halves as a file might hold them."""
    for age in keys.age:
        yield from forms(str(age))
        yield str(age).lower().encode()
    seed = keys.signing.private_bytes_raw()
    yield seed
    yield seed.hex().encode()
    yield from forms(seed.hex())


def test_no_private_half_stands_outside_the_sealed_part(vault: Vault, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    keys = keys_of(vault)
    backup(vault, tmp_path / "one.vcbackup")
    wanted = list(private_forms(keys))
    with raw(vault) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [cell for table in tables for row in connection.execute(f'SELECT * FROM "{table}"') for cell in row]
    stored = [cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells]
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    said = "".join(capfd.readouterr()) + repr(keys) + repr(keys.public)
    for content in [*stored, *written, said.encode()]:
        assert not any(form in content for form in wanted)
        assert b"AGE-SECRET-KEY" not in content
        assert b"OPENSSH PRIVATE" not in content
