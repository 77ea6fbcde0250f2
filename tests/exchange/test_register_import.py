"""The example register into a real vault: every count, everything twice, half and then whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.exchange.conftest import REGISTER, bring_in, previewed
from victimcare.activity.visits import Visit
from victimcare.casework.barriers import Barrier
from victimcare.casework.cases import Case
from victimcare.casework.contacts import Contact
from victimcare.casework.identity import Identity
from victimcare.casework.notes import Note
from victimcare.casework.safe_contact import SafeChannel
from victimcare.casework.stance import StanceEvent
from victimcare.exchange.leftovers import Leftover, leftovers
from victimcare.exchange.register_import import ImportCancelled, ImportOvertaken, carry_out, planned
from victimcare.justice.arrests import Arrest
from victimcare.justice.prosecutions import Prosecution, completed_outcomes, successful_outcomes
from victimcare.referrals.partners import Partner, first_partners
from victimcare.referrals.referrals import Referral
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

EXPECTED = json.loads((REGISTER / "expected.json").read_text(encoding="utf-8"))


def counts(vault: Vault) -> dict[str, int]:
    """The counts of `expected.json`, from the records."""
    found: Counter[str] = Counter()
    with vault.reading() as session:
        for (received,) in session.execute(select(Case.received_on)):
            found[f"referrals_{received.year}"] += 1
        for (on,) in session.execute(select(Arrest.on).where(Arrest.is_flagged)):
            found[f"arrests_{on.year}"] += 1
        ever = select(Barrier.code, Case.received_on, Case.id).join(Case, Case.id == Barrier.case_id).distinct()
        for code, received, _ in session.execute(ever):
            found[f"barrier_{code}_{received.year}"] += 1
        sent = select(Partner.code, Referral.sent_on, Referral.status).join(Partner, Partner.id == Referral.partner_id)
        for code, on, status in session.execute(sent):
            name = "bakhita" if code == "CBH" else "caritas"
            found[f"{name}_{on.year}"] += 1
            if name == "bakhita" and status == "ACCEPTED":
                found[f"bakhita_accepted_{on.year}"] += 1
        for outcome, on in session.execute(select(Prosecution.outcome, Prosecution.outcome_on)):
            year = "fy1617" if on.isoformat() < "2017-04-01" else "fy1718_to_sep"
            if on.isoformat() >= "2016-04-01" and on.isoformat() <= "2017-09-30" and outcome in completed_outcomes():
                found[f"conv_completed_{year}"] += 1
                found[f"conv_success_{year}"] += outcome in successful_outcomes()
    return dict(found)


def picture(vault: Vault) -> dict[str, object]:
    """All a person could see of a vault, without ids and times: two vaults that hold the same have the same picture."""
    with vault.reading(Reading.names()) as session:
        rows = {
            table.__tablename__: session.scalar(select(func.count()).select_from(table))
            for table in (Case, Contact, Identity, Note, Barrier, StanceEvent, Referral, Arrest, Prosecution, Visit, SafeChannel)
        }
        names = sorted(tuple(sorted(texts.items())) for texts in session.sealed_where(select(Identity.id)).values())
        notes = sorted(texts["text"] for texts in session.sealed_where(select(Note.id)).values())
        facts = sorted(map(tuple, session.execute(select(Case.received_on, Case.source, Case.gender, Case.nationality, Case.age_band, Case.borough))))
    return {"rows": rows, "names": names, "notes": notes, "facts": facts, "counts": counts(vault)}


@pytest.mark.parametrize("paths", [("register.xlsx",), tuple(f"{kind}.csv" for kind in EXPECTED["rows"])], ids=["workbook", "csv"])
def test_the_example_register_gives_every_expected_count(office: Vault, paths: tuple[str, ...]) -> None:
    result = bring_in(office, *(REGISTER / path for path in paths))

    assert result["rows"] == EXPECTED["rows"]
    found = counts(office)
    assert {name: found.get(name, 0) for name in EXPECTED["counts"]} == EXPECTED["counts"]


def test_what_cannot_be_taken_is_listed_by_the_rows_the_office_sees_and_nothing_else_is(office: Vault) -> None:
    result = bring_in(office, REGISTER / "referrals.csv")

    assert [one["row"] for one in result["rejected"]] == [bad["row"] for bad in EXPECTED["bad_rows_in_referrals"]]
    assert [one["column"] for one in result["rejected"]] == ["DOB", "DOB", "Exploitation", "Nationality", "First name", "Stance"]
    assert result["unmapped"] == {"Exploitation": {"Organ grinder": 1}, "Nationality": {"Yugoslav?": 1}, "Stance": {"maybe later": 1}}
    assert result["created"]["referrals"] == 2653


def test_a_bad_cell_stays_in_the_sealed_notes_of_its_case_and_waits(office: Vault) -> None:
    bring_in(office, REGISTER / "referrals.csv")

    with office.reading(Reading.names()) as session:
        notes = [texts["text"] for texts in session.sealed_where(select(Note.id).where(Note.kind == "UNREAD")).values()]
        waiting = leftovers(session)
    assert sorted(notes) == ["DOB: 19/07/2016", "DOB: 31/02/1990", "Exploitation: Organ grinder", "Nationality: Yugoslav?", "Stance: maybe later"]
    assert {(row.row, row.value) for row in waiting} == {
        (67, "31/02/1990"),
        (130, "19/07/2016"),
        (312, "Organ grinder"),
        (1167, "Yugoslav?"),
        (1990, "maybe later"),
    }


def test_spaces_around_a_name_are_cut_and_said(office: Vault) -> None:
    bring_in(office, REGISTER / "referrals.csv")

    with office.reading(Reading.names()) as session:
        assert any(texts.get("given_names") == "Vân" and texts["family_name"] == "Mai" for texts in session.sealed_where(select(Identity.id)).values())


def test_the_same_files_again_and_in_another_format_make_nothing_twice(office: Vault) -> None:
    bring_in(office, *(REGISTER / f"{kind}.csv" for kind in EXPECTED["rows"]))
    before = picture(office)

    for paths in ([REGISTER / "register.xlsx"], [REGISTER / "referrals.csv", REGISTER / "contacts.csv"]):
        assert bring_in(office, *paths)["created"] == {}
    assert picture(office) == before


def test_half_and_then_the_whole_is_the_whole(
    office: Vault, new_vault: Callable[..., Vault], register: dict[str, list[list[str]]], write_csv: Callable[..., Path]
) -> None:
    small = {kind: rows[:1] + rows[1:401] for kind, rows in register.items()}
    whole = [write_csv(f"{kind}.csv", rows) for kind, rows in small.items()]
    half = [write_csv(f"half-{kind}.csv", rows[: len(rows) // 2]) for kind, rows in small.items()]
    other = new_vault()
    with other.transaction() as session:
        first_partners(session)

    bring_in(office, *half)
    bring_in(office, *whole)
    bring_in(other, *whole)

    mine, theirs = picture(office), picture(other)
    assert mine == theirs


def test_contacts_of_an_unknown_case_wait_and_come_in_with_it(office: Vault, register: dict[str, list[list[str]]], write_csv: Callable[..., Path]) -> None:
    referrals, contacts = register["referrals"][:30], register["contacts"][:60]
    bring_in(office, write_csv("first.csv", referrals[:10]), write_csv("contacts.csv", contacts))
    with office.reading() as session:
        waiting = session.scalar(select(func.count()).select_from(Leftover).where(Leftover.reason.startswith("no case")))
    assert waiting

    result = bring_in(office, write_csv("all.csv", referrals), write_csv("contacts.csv", contacts))

    known = {row[0] for row in referrals}
    with office.reading() as session:
        assert session.scalar(select(func.count()).select_from(Contact)) == sum(row[0] in known for row in contacts[1:])
        assert session.scalar(select(func.count()).select_from(Leftover).where(Leftover.status == "OPEN")) == sum(row[0] not in known for row in contacts[1:])
    assert result["created"]["contacts"] > 0


def test_barriers_and_stance_are_dated_on_or_before_the_day_received(
    office: Vault, register: dict[str, list[list[str]]], write_csv: Callable[..., Path]
) -> None:
    bring_in(office, write_csv("referrals.csv", register["referrals"][:60]))

    with office.reading() as session:
        for record in (Barrier.since, StanceEvent.on):
            owner = record.class_
            rows = session.execute(select(record, owner.on_or_before, owner.imported, Case.received_on).join(Case, Case.id == owner.case_id)).all()
            assert rows
            assert all(day == received and before and imported for day, before, imported, received in rows)


def test_a_total_of_visits_becomes_that_many_visits_with_its_premises_and_finding(office: Vault) -> None:
    bring_in(office, REGISTER / "activities.csv")

    with office.reading() as session:
        found = Counter(session.execute(select(Visit.premises, Visit.finding)).all())
        assert session.scalar(select(func.count()).select_from(Visit).where(~Visit.from_total)) == 0
    assert found[("CAR_WASH", "LABOUR_ABUSE")] == 9
    assert found[("CAR_WASH", "NOTHING")] == 5
    assert sum(count for (premises, _), count in found.items() if premises == "BROTHEL") == 20


def test_an_evening_nobody_put_an_hour_to_is_ask_first(office: Vault) -> None:
    bring_in(office, REGISTER / "referrals.csv")

    with office.reading() as session:
        found = dict(Counter(session.scalars(select(SafeChannel.is_safe))))
    assert found == {"YES": 687, "NO": 664, "ASK": 623}


def test_a_preview_says_what_would_come_in_and_changes_nothing(office: Vault) -> None:
    seen = previewed(office, [REGISTER / "register.xlsx"])

    assert planned(seen.plan) == EXPECTED["rows"]
    with office.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 0


def test_a_cancelled_import_changes_nothing(office: Vault) -> None:
    seen = previewed(office, [REGISTER / "register.xlsx"])
    told: list[int] = []

    with pytest.raises(ImportCancelled), office.transaction("import") as session:
        carry_out(session, seen.plan, seen.known, progress=lambda what, done, total: told.append(done), cancelled=lambda: len(told) > 20)

    with office.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 0


def test_an_import_prepared_before_another_one_ended_is_refused(office: Vault, register: dict[str, list[list[str]]], write_csv: Callable[..., Path]) -> None:
    path = write_csv("referrals.csv", register["referrals"][:5])
    seen = previewed(office, [path])
    bring_in(office, path)

    with pytest.raises(ImportOvertaken), office.transaction("import") as session:
        carry_out(session, seen.plan, seen.known)


def test_a_wording_left_by_choice_stays_in_the_notes(office: Vault, write_csv: Callable[..., Path]) -> None:
    path = write_csv("r.csv", [("Ref", "Date received", "Nationality"), ("R/1", "03/01/2015", "Ruritanian"), ("R/2", "14/02/2015", "Poland")])
    mapping = previewed(office, [path]).mappings[0]
    column = next(one for one in mapping.columns if one.heading == "Nationality")
    kept = [mapping.with_column("Nationality", codes={**column.codes, "Ruritanian": ""})]
    assert bring_in(office, path, kept=kept)["rejected"] == []
    with office.reading(Reading.names()) as session:
        assert "Ruritanian" in str(session.sealed_where(select(Note.id)))
