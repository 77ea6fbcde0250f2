"""The disclosure schedule: the entries of a period by number, date, kind, author and description, never their content.

Each carries the digest the audit signed for its row (SHA-256 over the row's canonical bytes and its sealed part), so that whoever holds
the schedule can be shown later that an entry is the one that was listed. Corrected and withdrawn entries are listed and marked.
Made for a list in the style of an MG6C; whether an entry is relevant is for the disclosure officer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from victimcare.casework.sensitivity import ORDINARY
from victimcare.overview.case_page import CasePage, case_page
from victimcare.overview.case_paper import paper, when
from victimcare.overview.entry import Entry
from victimcare.paper.csv_text import Cell
from victimcare.paper.pdf import pages, pdf
from victimcare.paper.xlsx import Sheet, xlsx_bytes
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text
from victimcare.store.audit_log import Signed, signed_rows
from victimcare.store.clock import day_of
from victimcare.store.members import Membership
from victimcare.store.session import VaultSession

TITLE = "Disclosure schedule"
COLUMNS = ("No.", "Date", "Kind", "Author", "Description", "Sensitivity", "State", "Digest (SHA-256)")
KINDS = {
    "CONTACT": "Contact",
    "STANCE": "Stance",
    "REFERRAL": "Referral",
    "CONSENT": "Consent",
    "BARRIER": "Barrier",
    "MITIGATION": "Measure",
    "PLAN": "Safe-contact plan",
    "NOTE": "Note",
    "NRM": "NRM",
    "DEADLINE": "Deadline",
    "DOCUMENT": "Document",
    "FILE": "Case file",
}
GENERAL = "Record of this kind"


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """One line of the schedule; `digest`: hexadecimal digits, "" where the audit names no such row."""

    number: int
    at: datetime
    has_time: bool
    kind: str
    author: str
    description: str
    sensitivity: str
    state: str
    digest: str


def listed(page: CasePage, session: VaultSession, first: date, last: date) -> tuple[Listed, ...]:
    """The entries from `first` to `last`, both counted, oldest first. One query for their digests, one for who belongs here."""
    entries = [entry for entry in reversed(page.stream) if first <= day_of(entry.at) <= last]
    signed = signed_rows(session, [entry.id for entry in entries])
    names = {one.id: one.name for one in Membership.load(session.connection()).members.values()}  # of who has left, too
    said = {row.row_id: row for row in reversed(page.file.sensitivities)}
    of_documents = {row.id: row.sensitivity for row in page.file.documents}
    corrected = {row.id for row in page.file.contacts if row.corrected_by}
    found = []
    for number, entry in enumerate(entries, start=1):
        marked = said.get(entry.id)
        code = marked.code if marked else of_documents.get(entry.id, ORDINARY)
        words = marked.description if marked and marked.description else _general(entry)
        state = entry.withdrawn or ("corrected by a later entry" if entry.id in corrected else "")
        row = signed.get(entry.id, Signed("", b"", None))
        author = names.get(row.author, "") if row.author else ""
        found.append(
            Listed(number, entry.at, entry.has_time, KINDS.get(entry.kind, "Entry"), author, words, label("record_sensitivity", code), state, row.digest.hex())
        )
    return tuple(found)


def schedule_pdf(session: VaultSession, case_id: UUID, first: date, last: date) -> bytes:
    """The schedule as a tagged PDF. Needs `Reading.printed`. Raises as `case_page` does, PaperRefused."""
    return pdf("case_paper", _data(session, case_id, first, last), title=TITLE, made_at=session.now)


def schedule_pages(session: VaultSession, case_id: UUID, first: date, last: date) -> tuple[bytes, ...]:
    """The same for a printer, as PNG."""
    return pages("case_paper", _data(session, case_id, first, last), title=TITLE, made_at=session.now)


def schedule_xlsx(session: VaultSession, case_id: UUID, first: date, last: date) -> bytes:
    """The same as a workbook of one sheet. Raises as `case_page` does, SheetTooLarge."""
    page = case_page(session, case_id)
    rows: list[list[Cell]] = [[one.number, *_cells(one)] for one in listed(page, session, first, last)]
    above = [f"{page.facts.reference}. {_period(first, last)}", page.anonymity_words, f"Made on {day_text(session.today)} by {session.member.name}"]
    return xlsx_bytes([Sheet(TITLE, COLUMNS, rows, above)], title=TITLE, made_at=session.now)


def _data(session: VaultSession, case_id: UUID, first: date, last: date) -> dict[str, Any]:
    page = case_page(session, case_id)
    rows = [[str(one.number), *_cells(one, broken=True)] for one in listed(page, session, first, last)]
    told = [f"{_period(first, last)}: {len(rows)} {'entry' if len(rows) == 1 else 'entries'}. Descriptions only, never the content."]
    sections = [{"title": "Entries", "columns": list(COLUMNS), "rows": rows, "note": "" if rows else "None in this period."}]
    return paper(page, sections=sections, told=told, on=session.today, by=session.member.name, what=TITLE, is_wide=True)


def _cells(one: Listed, *, broken: bool = False) -> list[str]:
    digest = " ".join(one.digest[start : start + 16] for start in range(0, len(one.digest), 16)) if broken else one.digest
    return [when(one.at, one.has_time), one.kind, one.author, one.description, one.sensitivity, one.state, digest]


def _period(first: date, last: date) -> str:
    return f"Entries from {day_text(first)} to {day_text(last)}"


def _general(entry: Entry) -> str:
    """What a line says where nobody described the entry: how it came about, from codes alone. Which barrier it was is content already."""
    return entry.headline if entry.kind in ("CONTACT", "PLAN", "REFERRAL", "CONSENT", "DEADLINE") else GENERAL
