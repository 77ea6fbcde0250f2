"""Offences and charges become codes, units stay short labels; the office's own words are kept, sealed. Two matters of one reference are never joined."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.exchange.conftest import bring_in
from tests.exchange.voices import lost
from victimcare.casework.cases import Case
from victimcare.exchange.leftovers import leftovers
from victimcare.exchange.looks import code_of
from victimcare.exchange.mending import needed_for
from victimcare.justice.arrests import Arrest
from victimcare.justice.investigations import Investigation, notes_among, open_investigation
from victimcare.justice.prosecutions import Prosecution
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

Write = Callable[..., Path]
SECRET = "Ring her brother on 07700 900123"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("MSA_S1", "MSA_S1"),
        ("Human trafficking (MSA s2)", "MSA_S2"),
        ("s1 Modern Slavery Act", "MSA_S1"),
        ("Sec. 2 of the Modern Slavery Act 2015", "MSA_S2"),
        ("MSA s.2", "MSA_S2"),
        ("holding in slavery", "MSA_S1"),
        ("GBH; MSA s2", "MSA_S2"),
        ("Controlling prostitution", "SOA"),
        ("s2 Theft Act", None),
        ("MSA s1 or s2, not decided", None),
    ],
)
def test_an_offence_is_told_from_the_words_an_office_uses(said: str, code: str | None) -> None:
    assert code_of("offence", said) == code


def test_offences_come_in_as_codes_and_their_words_stay_sealed(office: Vault, write_csv: Write) -> None:
    arrests = write_csv(
        "arrests.csv",
        [
            ["Crime ref", "Arrest date", "Suspect", "Offence", "Remarks"],
            ["3000001/16", "25/05/2016", "SUS-1", "s.2 Modern Slavery Act", "bailed"],
            ["3000002/16", "26/05/2016", "SUS-2", "MSA s1", ""],
            ["3000003/16", "27/05/2016", "SUS-3", f"the usual. {SECRET}", ""],
            ["3000004/16", "28/05/2016", "SUS-4", "Controlling prostitution", ""],
        ],
    )
    charges = write_csv(
        "charges.csv",
        [
            ["Crime ref", "Defendant", "Charge", "Outcome", "Outcome date"],
            ["3000001/16", "DEF-1", "MSA s2", "Convicted (MSA)", "15/10/2016"],
            ["3000002/16", "DEF-2", "Stole a hat", "Acquitted", "16/10/2016"],
        ],
    )

    result = bring_in(office, arrests, charges)

    assert lost(office, arrests, charges) == []
    with office.reading(Reading.office("test")) as session:
        assert sorted((row.offence, row.is_flagged) for row in session.scalars(select(Arrest))) == [
            ("", False), ("MSA_S1", True), ("MSA_S2", True), ("SOA", False),
        ]  # fmt: skip
        assert sorted(row.charge for row in session.scalars(select(Prosecution))) == ["", "MSA_S2"]
        notes = notes_among(session, list(session.scalars(select(Arrest.id))))
        assert leftovers(session) == ()
    assert f"Offence: the usual. {SECRET}" in notes.values()
    assert "Offence: s.2 Modern Slavery Act\nbailed" in notes.values()
    assert {one["reason"] for one in result["rejected"]} == {"not in the list: kept in its own words"}


def test_a_unit_that_is_no_label_is_kept_sealed_and_listed(office: Vault, write_csv: Write) -> None:
    long = "The team on the second floor " * 4
    path = write_csv(
        "people.csv",
        [
            ["Ref", "Date received", "Unit", "Nationality"],
            ["U/1", "13/04/2016", "MSKU", "Poland"],
            ["U/2", "14/04/2016", long, "Poland"],
            ["U/3", "15/04/2016", SECRET, "Poland"],
        ],
    )

    result = bring_in(office, path)

    assert lost(office, path) == []
    with office.reading() as session:
        assert sorted(session.scalars(select(Case.unit))) == ["", "", "MSKU"]
    assert [one["value"] for one in result["rejected"]] == [long, SECRET]


def test_a_reference_two_investigations_have_is_listed_and_joins_neither(office: Vault, write_csv: Write) -> None:
    with office.transaction() as session:
        for unit in ("MSKU", "SCD"):
            open_investigation(session, source="NRM", unit=unit, received_on=session.today, crime_reference="3000001/16")
    arrests = write_csv(
        "arrests.csv",
        [
            ["Crime ref", "Arrest date", "Suspect", "Offence"],
            ["3000001/16", "25/05/2016", "SUS-1", "MSA s2"],
            ["3000002/16", "26/05/2016", "SUS-2", "MSA s1"],
            ["3000003/16", "27/05/2016", "SUS-3", "MSA s1"],
        ],
    )

    first = bring_in(office, arrests)
    bring_in(office, arrests)

    assert [(one["reference"], one["why"]) for one in first["duplicates"]] == [("3000001/16", "two investigations have this reference")]
    with office.reading(Reading.office("test")) as session:
        assert len(list(session.scalars(select(Arrest)))) == 2
        assert len(list(session.scalars(select(Investigation)))) == 4
        [waiting] = leftovers(session)
    assert (waiting.link, waiting.is_row) == ("3000001/16", True)
    assert needed_for(waiting).by_hand
