"""The National Referral Mechanism: every stage a dated event, the current one derived from them.

Recovery period: from the day of a positive reasonable grounds decision to the later of the conclusive grounds
decision and the end of 30 days beginning with that day (Nationality and Borders Act 2022, s61(3)). The number of
days is the rule NRM_RECOVERY_MIN of the code list `deadline_rule`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.casework.dates import possible_day
from victimcare.casework.deadline_events import event_happened
from victimcare.casework.identity import birth_date
from victimcare.casework.opening import Sealed, columns, fitting, opened, text_of
from victimcare.casework.under_18 import is_child_in
from victimcare.reference.codelists import known, label
from victimcare.reference.dates_text import day_text
from victimcare.reference.deadline_rules import due_on, rule_on
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

_DAYS_AFTER = {"CONSENT_SOUGHT": "PLACE_OF_SAFETY", "REFERRED": "NRM_RG", "RG_NEGATIVE": "NRM_RECON", "CG_NEGATIVE": "NRM_RECON"}
ADULTS_ONLY = ("DTN_SENT", "WITHDRAWN")
_FIRST = {
    "RG_POSITIVE": (("REFERRED",), "no referral is recorded before that day"),
    "RG_NEGATIVE": (("REFERRED",), "no referral is recorded before that day"),
    "CG_POSITIVE": (("RG_POSITIVE",), "no positive reasonable grounds decision is recorded before that day (some child cases have both at once)"),
    "CG_NEGATIVE": (("RG_POSITIVE",), "no positive reasonable grounds decision is recorded before that day (some child cases have both at once)"),
    "RG_RECON": (("RG_NEGATIVE",), "no negative reasonable grounds decision is recorded before that day"),
    "CG_RECON": (("CG_NEGATIVE",), "no negative conclusive grounds decision is recorded before that day"),
    "WITHDRAWN": (("REFERRED",), "no referral is recorded before that day"),
}


class AdultsOnly(Refused):
    """Only an adult can refuse the NRM or withdraw from it; a child's referral is made whatever they say."""

    def __init__(self) -> None:
        super().__init__(
            "Only an adult can withdraw from the NRM or be reported without a referral. This person may be under 18 (Modern Slavery Act 2015, s51).",
            "Record the referral. Once they are assessed to be an adult, say so among the facts of the person.",
        )


class NrmEvent(Record):
    """One stage reached on one day. `on_or_before`: the day is the latest possible one.

    `co_operates`: of a Duty to Notify, YES or NO: whether the person co-operates with public authorities, and so is named in it.
    """

    __tablename__ = "nrm_event"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __withdrawable__ = True
    __touches__ = staticmethod(recompute)  # a stage that is withdrawn takes the deadlines it started with it

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    on_or_before: Mapped[bool] = mapped_column(default=False)
    stage: Mapped[str]
    authority: Mapped[str | None] = mapped_column(default=None)
    imported: Mapped[bool] = mapped_column(default=False)
    co_operates: Mapped[str | None] = mapped_column(default=None)
    words = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class NrmRow:
    """A stage as screens show it; `words` "" when not opened."""

    id: UUID
    on: date
    on_or_before: bool
    stage: str
    authority: str | None
    co_operates: str | None
    made_at: datetime
    made_by: UUID
    words: str


@dataclass(frozen=True, slots=True)
class NrmState:
    """Where a person stands. `recovery_until`: the last day the recovery period surely covers, None without one.

    `recovery_is_open`: the conclusive grounds decision has not come, so the period goes on past that day.
    """

    now: NrmRow | None
    recovery_until: date | None
    recovery_is_open: bool


def record_nrm(
    session: VaultSession,
    *,
    case_id: UUID,
    stage: str,
    on: date,
    authority: str | None = None,
    words: str = "",
    on_or_before: bool = False,
    imported: bool = False,
    co_operates: str | None = None,
) -> UUID:
    """Record a stage; the deadlines it starts, meets or ends follow. Stages may come in any order, for the file may lack some; `doubt` asks.

    Raises UnknownCode, DateRefused for a day to come, AdultsOnly where a child's referral would be withdrawn or replaced by a notification.
    """
    known("nrm_stage", stage)
    if authority is not None:
        known("competent_authority", authority)
    possible_day(on, today=session.today, born_on=None if imported else birth_date(session, case_id))
    if stage in ADULTS_ONLY and not imported and is_child_in(session, case_id):
        raise AdultsOnly
    event = NrmEvent(case_id=case_id, on=on, on_or_before=on_or_before, stage=stage, authority=authority, imported=imported, co_operates=co_operates)
    if words:
        event.words = fitting(words)
    session.add(event)
    if not imported:
        _take_note(session, case_id, on)
    return event.id


def recovery_floor(positive_on: date) -> date:
    """The last day of the shortest recovery period: the day of the decision is day 1.

    >>> recovery_floor(date(2026, 3, 12))
    datetime.date(2026, 4, 10)
    """
    return due_on("NRM_RECOVERY_MIN", positive_on, enhanced=True)


def nrm_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[NrmRow, ...]:
    """The stages of a case, newest first."""
    wanted = columns(NrmEvent, NrmRow.__slots__[:-1])
    here = select(*wanted).where(NrmEvent.case_id == case_id, standing(NrmEvent, also_withdrawn=also_withdrawn))
    rows = session.execute(here.order_by(NrmEvent.on.desc(), NrmEvent.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(NrmRow(**row, words=text_of(texts, row["id"], "words")) for row in rows)


def nrm_state(stages: tuple[NrmRow, ...]) -> NrmState:
    """Where a person stands after `stages` (newest first, as `nrm_of` gives them).

    A positive decision starts the period; a later negative one, a disqualification or a withdrawal ends it.
    """
    if not stages:
        return NrmState(None, None, False)
    decided: date | None = None
    for row in stages:
        if row.stage in ("CG_POSITIVE", "CG_NEGATIVE"):
            decided = row.on
        elif row.stage in ("RG_NEGATIVE", "DISQUALIFIED", "WITHDRAWN"):
            break
        elif row.stage == "RG_POSITIVE":
            floor = recovery_floor(row.on)
            return NrmState(stages[0], floor if decided is None else max(floor, decided), decided is None)
    return NrmState(stages[0], None, False)


def doubt(stages: Sequence[NrmRow], stage: str, on: date) -> str:
    """What is asked once before a stage is recorded that does not follow from what is there; "" when it does. `stages`: as `nrm_of` gives them."""
    before = [row for row in stages if row.on <= on]
    referred = next((row for row in stages if row.stage == "REFERRED"), None)
    if stage == "REFERRED" and referred is not None:
        return f"A referral is recorded already, on {day_text(referred.on)}: there is one referral a person, also in a family. Is this really another?"
    if stage == "DTN_SENT" and referred is not None:
        return f"A referral is recorded, on {day_text(referred.on)}: a Duty to Notify is for adults who are not referred. Is that so?"
    wanted, missing = _FIRST.get(stage, ((), ""))
    if wanted and not any(row.stage in wanted for row in before):
        return f"{label('nrm_stage', stage)}: {missing}. Is that so?"
    return ""


def next_day(now: NrmRow | None) -> tuple[str, date, str] | None:
    """(what, day, whether that was verified) of the day a person or an authority has after the stage `now`; None where the law sets none."""
    rule = _DAYS_AFTER.get(now.stage) if now is not None else None
    if now is None or rule is None:
        return None
    version = rule_on(rule, now.on)
    return version.label, version.due_on(now.on, enhanced=True), version.verification_words()


def _take_note(session: VaultSession, case_id: UUID, since: date) -> None:
    """Let the stages from `since` on start, meet and end what they do, in their order: somebody may write an earlier one down last."""
    stages = select(NrmEvent.id, NrmEvent.stage, NrmEvent.on).where(
        NrmEvent.case_id == case_id, NrmEvent.on >= since, NrmEvent.imported.is_(False), standing(NrmEvent)
    )
    for stage in session.execute(stages.order_by(NrmEvent.on, NrmEvent.id)).all():
        event_happened(session, event=f"NRM.{stage.stage}", on=stage.on, about_id=stage.id, case_ids=(case_id,))
