"""The columns of the Cases list: what is shown of a person on one line, from coded facts and the names held in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from victimcare.casework.case_row import CaseRow
from victimcare.reference.codelists import label
from victimcare.ui.widgets.table import Column, Mark
from victimcare.ui.words import ago, day, short_day

DUE = {
    "NEXT_STEP": "Make contact",
    "BARRIER_REVIEW": "Look at a barrier",
    "REFERRAL_ANSWER": "Answer from a partner",
    "DEADLINE": "Deadline",
    "MILESTONE": "A day to know of",
}
SOURCES = {
    "DIRECT_REPORT": "Direct report", "INTELLIGENCE": "Intelligence, UK", "INTELLIGENCE_INTERNATIONAL": "Intelligence, abroad", "NRM": "NRM",
    "NGO": "NGO or charity", "STATUTORY": "Public body", "ACTIVITY_DAY": "Activity day", "CAMPAIGN": "Campaign", "PUBLIC": "Public",
}  # fmt: skip
"""Short enough for a column; the whole words are in the tooltip."""
Names = Callable[[UUID], str]
Today = Callable[[], date]


def is_closed_to_me(row: CaseRow, names: Names) -> bool:
    """Whether the row is of a restricted case whose name this user has no key for."""
    return row.is_restricted and not names(row.id)


def columns_of_cases(names: Names, today: Today) -> tuple[Column, ...]:
    """Every column there is, those shown at first and those one may add. `names`: case -> name, without a read."""

    def name(row: CaseRow) -> str:
        if is_closed_to_me(row, names):
            return f"Restricted. Ask {row.worker or 'a supervisor'}" + (" or a supervisor" if row.worker else "")
        return names(row.id)

    return (
        Column("Reference", lambda row: row.reference, width=124, tone="muted"),
        Column("Name used", name, width=180, tip=name, mark=lambda row: Mark("lock", tone="muted") if row.is_restricted else None),
        Column("Age band", lambda row: "" if row.age_band == "NOT_KNOWN" else label("age_band", row.age_band), width=92, shown=False),
        Column("Nationality", _nationality, width=124, tip=_nationality),
        Column("Exploitation", exploitation_words, width=168, shown=False),
        Column("Source", lambda row: "" if row.source == "UNKNOWN" else SOURCES.get(row.source) or label("case_source", row.source), width=148, tip=_source_tip),
        Column(
            "Last contact", lambda row: ago(row.last_achieved_on, today()) if row.last_achieved_on else "never", sort=_reached, width=108,
            tip=_reached_tip,
        ),
        Column("Barriers", lambda row: str(row.open_barriers), sort=lambda row: row.open_barriers, align="right", width=74),
        Column("Referrals", lambda row: str(row.open_referrals), sort=lambda row: row.open_referrals, align="right", width=78),
        Column(
            "Next date", lambda row: due_words(row, today()), sort=lambda row: row.next_due_on, stretch=True, width=200,
            mark=lambda row: due_mark(row, today()), tip=lambda row: day(row.next_due_on),
        ),
        Column("Worker", lambda row: row.worker or "", width=84, tone="muted"),
        Column("Stance", lambda row: label("stance", row.stance) if row.stance else "", sort=lambda row: None, width=200, shown=False),
        Column("Status", lambda row: "Open" if row.status == "OPEN" else "Closed", width=72, shown=False),
        Column("Received", lambda row: day(row.received_on), sort=lambda row: row.received_on, width=108, shown=False),
        Column("Risk", lambda row: label("risk_level", row.risk) if row.risk else "", sort=lambda row: None, width=120, shown=False),
        Column("Plan checked", lambda row: ago(row.plan_checked_on, today()) if row.plan_checked_on else "never",
               sort=lambda row: row.plan_checked_on or date.min, width=116, shown=False),
        Column("Tries since", lambda row: str(row.attempts_since), sort=lambda row: row.attempts_since, align="right", width=92, shown=False),
        Column("Borough", lambda row: label("borough", row.borough) if row.borough else "", width=140, shown=False),
    )  # fmt: skip


def exploitation_words(row: CaseRow) -> str:
    """`Sexual; domestic servitude`."""
    types = [label("exploitation_type", code).removesuffix(" exploitation") for code in row.exploitation.split(";") if code and code != "UNKNOWN"]
    return "; ".join(types[:1] + [one.lower() for one in types[1:]])


def due_words(row: CaseRow, today: date) -> str:
    """`Make contact, 23 Nov`, or nothing where nothing is due."""
    if row.next_due_on is None:
        return ""
    when = "today" if row.next_due_on == today else short_day(row.next_due_on, today)
    return f"{DUE.get(row.next_due_kind or '', 'Due')}, {when}"


def due_mark(row: CaseRow, today: date) -> Mark | None:
    """Late in word and colour where the date has passed; else a calendar."""
    if row.next_due_on is None:
        return None
    is_late = row.next_due_on < today and row.next_due_kind != "MILESTONE"
    return Mark("late", "Late", "late") if is_late else Mark("calendar")


def _nationality(row: CaseRow) -> str:
    return "" if row.nationality == "ZZ" else label("nationality", row.nationality)


def _reached(row: CaseRow) -> date:
    return row.last_achieved_on or date.min  # never reached counts as longest ago


def _reached_tip(row: CaseRow) -> str:
    reached = f"Reached on {day(row.last_achieved_on)}" if row.last_achieved_on else "Never reached"
    return f"{reached}, tries since: {row.attempts_since}" if row.attempts_since else reached


def _source_tip(row: CaseRow) -> str:
    return label("case_source", row.source)
