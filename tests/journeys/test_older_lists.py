"""A code that today's lists no longer have, in every coded column of a case: read everywhere in plain words, and never changed unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date

import pytest
from sqlalchemy import String

from tests.store.raw import without_triggers
from tests.ui.screens.full import Full, full_case
from victimcare.casework.case_list import case_list
from victimcare.overview.case_page import case_page
from victimcare.overview.case_paper import case_file_pdf
from victimcare.overview.coming import coming
from victimcare.overview.disclosure_schedule import schedule_xlsx
from victimcare.overview.hand_over_sheet import sheet_fields, sheet_pdf
from victimcare.overview.lines import Scope
from victimcare.overview.notify_sheet import notify_pdf
from victimcare.overview.offered_sheet import offered_pdf
from victimcare.overview.refer_page import refer_page
from victimcare.overview.today import today_lines
from victimcare.overview.what_we_hold import held, would_go
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.sharing import Asked
from victimcare.store.reading import Reading
from victimcare.store.record import Record
from victimcare.store.vault import Vault
from victimcare.summaries.reports import report_names
from victimcare.summaries.statement import PeriodWithoutRecords, make_statement

OLD = "FORCED_BEGGING"
NO_LIST = {
    ("case", "reference"), ("case", "unit"), ("case", "status"), ("task", "status"), ("approval", "status"), ("entry_sensitivity", "owner"),
    ("withdrawn", "owner"), ("document", "kind"), ("document", "parts"), ("draft", "form"), ("deadline_outcome", "result"),
    ("retention_review", "hold"),
}  # fmt: skip
"""Columns of text that no list stands behind: labels, and states that are part of the program."""


@pytest.fixture
def full(vault: Vault) -> Full:
    return full_case(vault)


def coded_columns() -> list[tuple[str, str]]:
    found = []
    for mapper in Record.registry.mappers:
        table = mapper.class_.__table__
        if issubclass(mapper.class_, Record) and ("case_id" in table.c or table.name == "case"):
            found += [(table.name, column.name) for column in table.c if isinstance(column.type, String) and (table.name, column.name) not in NO_LIST]
    return sorted(set(found))


def on_screen(vault: Vault, full: Full) -> None:
    """All that shows the case without paper."""
    with vault.reading(Reading.case(full.case_id).together_with((full.part,))) as session:
        page = case_page(session, full.case_id)
        case_list(session)
        today_lines(session, scope=Scope.ALL)
        coming(session, scope=Scope.ALL)
        held(page)
        would_go(session, full.case_id)
        refer_page(session, Asked(case_id=full.case_id, partner_id=partner_ids(session)["CBH"], services=("SAFE_HOUSE",)))


def on_paper(vault: Vault, full: Full) -> None:
    """All that is printed of a case, and every statement that can be made of what is recorded."""
    with vault.reading(Reading.case(full.case_id).together_with((full.part,))) as session:
        page = case_page(session, full.case_id)
        case_file_pdf(session, full.case_id, {})
        sheet_pdf(session, full.case_id, [field.code for field in sheet_fields(page)])
        offered_pdf(session, full.case_id)
        schedule_xlsx(session, full.case_id, date(2026, 1, 1), session.today)
        for name in report_names():
            with suppress(PeriodWithoutRecords):
                make_statement(session, name)
    with vault.reading(Reading.case(full.other)) as session:
        notify_pdf(session, full.other)


@contextmanager
def older(vault: Vault, table: str, column: str) -> Iterator[bool]:
    """Every value of a column is a code of an older list; whether there was any."""
    filled = f'"{column}" IS NOT NULL AND "{column}" <> \'\''
    with without_triggers(vault, table) as connection:
        kept = connection.execute(f'SELECT id, "{column}" FROM "{table}" WHERE {filled}').fetchall()
        connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {filled}', (OLD,))
    yield bool(kept)
    with without_triggers(vault, table) as connection:
        connection.executemany(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', [(value, id) for id, value in kept])


def test_each_coded_column_is_read_everywhere(vault: Vault, full: Full) -> None:
    walked = 0
    for table, column in coded_columns():
        with older(vault, table, column) as is_filled:
            if is_filled:
                walked += 1
                on_screen(vault, full)
    assert walked > 40


def test_all_of_them_at_once_are_printed_and_counted(vault: Vault, full: Full) -> None:
    with ExitStack() as stack:
        for table, column in coded_columns():
            if (table, column) not in (("nrm_event", "stage"), ("safeguarding_request", "country")):  # no notice to print; a country has no words but its code
                stack.enter_context(older(vault, table, column))
        on_screen(vault, full)
        on_paper(vault, full)
        with vault.reading(Reading.case(full.case_id)) as session:
            page = case_page(session, full.case_id)
    told = " ".join(f"{entry.headline} {entry.muted}" for entry in page.stream)
    assert OLD not in told
