"""`make run` without a display: the main job done, and the figures of the statement said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from victimcare.cli.main import run_command
from victimcare.example.vault import PASSPHRASE, USER
from victimcare.overview.lines import Scope
from victimcare.overview.today import today_lines
from victimcare.referrals.listing import referrals_of
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault


def demo(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert run_command(["demo", str(folder), "--json"]) == 0
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def test_the_demo_does_the_main_job_once_and_starts_at_once_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = demo(tmp_path / "example", capsys)
    figures = made["figures"]
    assert (figures["referrals_2015"], figures["referrals_2016"]) == (270, 1013)  # type: ignore[index]
    assert (figures["arrests_2016"], figures["arrests_2017_to_september"]) == (88, 77)  # type: ignore[index]
    assert (figures["successful_2016_17"], figures["completed_2016_17"], figures["success_rate_2016_17"]) == (33, 44, 75)  # type: ignore[index]
    assert figures["successful_2017_18_to_september"] == 22  # type: ignore[index]
    assert demo(tmp_path / "example", capsys)["made"] is False

    vault = Vault.open(tmp_path / "example", USER, PASSPHRASE)
    with vault.reading() as session:
        case = next(line for line in today_lines(session, scope=Scope.ALL) if line.kind == "REFERRAL_UNANSWERED")
        assert case.reference == made["case"]
        assert [one.status for one in referrals_of(session, case.case_id)] == ["SENT"]  # type: ignore[arg-type]
    with vault.reading(Reading.names()) as session:
        words = session.sealed_of_case(case.case_id)  # type: ignore[arg-type]
    vault.close()
    text = "".join(page.extract_text() for file in made["files"] if file.endswith("referral.pdf") for page in PdfReader(file).pages)  # type: ignore[attr-defined]
    assert "Bakhita House" in text
    # What the person said about giving evidence, and what stands in the way, stay here.
    assert any("They know where my mother lives." in part.get("own_words", "") for part in words.values())
    assert "mother" not in text
    assert "barrier" not in text.lower()
