"""A case on paper: the whole file by section, each of which may be withheld with its ground; made for a subject access request or a disclosure.

Numbers and addresses are never on it: they open only when asked for by themselves. Entries marked as revealing a safe address, or as
holding what must not be kept here, are left out one by one and said to be. A link to another case is left out without a word: it is
about somebody else, and that they are known here must not be learnt from a paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from victimcare.casework.contacts import PERSON
from victimcare.casework.dates import in_office_time
from victimcare.casework.sensitivity import ORDINARY
from victimcare.overview.case_page import CasePage, case_page
from victimcare.overview.entry import Entry
from victimcare.paper.pdf import pages, pdf
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text
from victimcare.store.session import VaultSession

TITLE = "Case file"
THIRD_PARTY = "THIRD_PARTY"
LOOK = "Speaks of other people: look through it before it leaves."
SECTIONS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("PERSON", "The person", frozenset()),
    ("CONTACTS", "Contacts", frozenset({"CONTACT"})),
    ("SAFE_CONTACT", "How the person may be reached", frozenset({"PLAN"})),
    ("BARRIERS", "What stands in the way, and what is done about it", frozenset({"BARRIER", "MITIGATION"})),
    ("STANCE", "What the person said of a prosecution", frozenset({"STANCE"})),
    ("REFERRALS", "Referrals and consent", frozenset({"REFERRAL", "CONSENT"})),
    ("JUSTICE", "NRM, court and deadlines", frozenset({"NRM", "MEASURE", "DEADLINE"})),
    ("DOCUMENTS", "Documents, by name", frozenset({"DOCUMENT"})),
    ("NOTES", "Notes", frozenset({"NOTE"})),
    ("REST", "Support, risk and the life of the file", frozenset()),
)
"""(code, title, kinds of entry), in the order of the paper; the last takes every other kind."""
_LINK, _PEOPLE = "LINK", "PEOPLE"
_NAMES_FREELY = frozenset({"DOCUMENT", "FILE"})
"""Kinds whose headline ends in somebody's own words: the name of a document, who got a paper."""
_NAMED = frozenset(kind for _, _, kinds in SECTIONS for kind in kinds)


@dataclass(frozen=True, slots=True, repr=False)
class Section:
    """One section. `pairs` (label, value), `entries` oldest first; `is_of_others`: it speaks of other people."""

    code: str
    title: str
    pairs: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    is_of_others: bool


def sections_of(page: CasePage) -> tuple[Section, ...]:
    """The sections of a case that hold anything; sensitive entries without their words."""
    said = {row.row_id: row.code for row in reversed(page.file.sensitivities)}
    said.update((row.id, row.sensitivity) for row in page.file.documents if row.id not in said)
    others = {row.id for row in page.file.contacts if row.person_contacted != PERSON} | {row_id for row_id, code in said.items() if code == THIRD_PARTY}
    others |= {entry.id for entry in page.stream if entry.kind == _PEOPLE}
    found = []
    for code, title, kinds in SECTIONS:
        of_kind = [entry for entry in page.stream if entry.kind in kinds or (code == "REST" and entry.kind not in _NAMED and entry.kind != _LINK)]
        entries = tuple(_shown(entry, said.get(entry.id, ORDINARY)) for entry in reversed(of_kind))
        pairs = _person(page) if code == "PERSON" else ()
        if entries or pairs:
            found.append(Section(code, title, pairs, entries, any(entry.id in others for entry in of_kind)))
    return tuple(found)


def case_file_pdf(session: VaultSession, case_id: UUID, withheld: Mapping[str, str]) -> bytes:
    """The case file as a tagged PDF. `withheld`: section -> ground. Needs `Reading.printed`. Raises as `case_page` does, PaperRefused."""
    return pdf("case_paper", _data(case_page(session, case_id), withheld, session), title=TITLE, made_at=session.now)


def case_file_pages(session: VaultSession, case_id: UUID, withheld: Mapping[str, str]) -> tuple[bytes, ...]:
    """The same for a printer, as PNG."""
    return pages("case_paper", _data(case_page(session, case_id), withheld, session), title=TITLE, made_at=session.now)


def paper(page: CasePage, *, sections: Sequence[Mapping[str, Any]], told: Sequence[str], on: date, by: str, what: str, is_wide: bool = False) -> dict[str, Any]:
    """The data of the template `case_paper`. `what`: what the paper is, for its foot."""
    about = [{"label": "Our reference", "value": page.facts.reference}]
    about += [{"label": "Crime reference", "value": ", ".join(page.crime_references)}] if page.crime_references else []
    about.append({"label": "Made on", "value": f"{day_text(on)}{f' by {by}' if by else ''}"})
    empty = {"withheld": "", "note": "", "pairs": [], "entries": [], "columns": [], "rows": []}
    return {
        "about": about,
        "anonymity": page.anonymity_words,
        "told": list(told),
        "sections": [{**empty, **section} for section in sections],
        "footer": f"{page.facts.reference}. {what}, made on {day_text(on)}; that it was made is noted in the case. For the recipient only.",
        "is_wide": is_wide,
    }


def as_pairs(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """(label, value) pairs as the template takes them."""
    return [{"label": name, "value": value} for name, value in pairs]


def when(at: datetime, has_time: bool) -> str:
    """Such as "24 Nov 2026, 14:02"."""
    here = in_office_time(at)
    return f"{day_text(here.date())}, {here:%H:%M}" if has_time else day_text(here.date())


def _data(page: CasePage, withheld: Mapping[str, str], session: VaultSession) -> dict[str, Any]:
    told = ["Numbers and addresses are not on this paper. What was corrected or withdrawn is marked as that."]
    sections = [_section(section, withheld.get(section.code, "")) for section in sections_of(page)]
    return paper(page, sections=sections, told=told, on=session.today, by=session.member.name, what=TITLE)


def _section(section: Section, ground: str) -> dict[str, Any]:
    if ground:
        return {"title": section.title, "withheld": f"[section withheld: {label('withholding_ground', ground).lower()}]"}
    entries = [
        {"when": when(entry.at, entry.has_time), "headline": entry.headline, "muted": _muted(entry), "parts": as_pairs(entry.parts)}
        for entry in section.entries
    ]
    return {"title": section.title, "pairs": as_pairs(section.pairs), "entries": entries}


def _muted(entry: Entry) -> str:
    return ", ".join(filter(None, (entry.muted, entry.withdrawn)))


def _shown(entry: Entry, sensitivity: str) -> Entry:
    """The entry, without its words where they must not be on paper. What names a third party stays, for somebody to look at."""
    if sensitivity in (ORDINARY, THIRD_PARTY):
        return entry
    headline = entry.headline.partition(":")[0] if entry.kind in _NAMES_FREELY else entry.headline
    return replace(entry, headline=headline, muted="", parts=(("", f"[entry withheld: {label('record_sensitivity', sensitivity).lower()}]"),))


def _person(page: CasePage) -> tuple[tuple[str, str], ...]:
    person, facts = page.person, page.facts
    pairs = (
        ("Name used", person.shown_name if person else ""),
        ("Full name", f"{person.given_names} {person.family_name}".strip() if person else ""),
        ("Other names", ", ".join(person.aliases) if person else ""),
        ("Date of birth", day_text(person.born_on) if person and person.born_on else ""),
        ("Age", label("age_band", facts.age_band)),
        ("Gender", label("gender", facts.gender)),
        ("Nationality", label("nationality", facts.nationality)),
        ("Language", label("language", facts.language) if facts.language else ""),
        ("Received", day_text(facts.received_on)),
        ("Source", label("case_source", facts.source)),
        ("Exploitation", ", ".join(dict.fromkeys(label("exploitation_type", row.type) for row in page.exploitation))),
        ("Offences recorded", ", ".join(label("offence", row.code) for row in page.offences)),
    )
    return tuple(pair for pair in pairs if pair[1])
