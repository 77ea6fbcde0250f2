"""Referrals: who was referred where, what came back. An answer is recorded beside the list, in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from victimcare.casework.case_now import under_way
from victimcare.casework.opening import CODED_ONLY
from victimcare.casework.suspensions import channel_plural
from victimcare.reference.codelists import label
from victimcare.referrals.listing import WAITING, EventRow, ReferralRow, events_of, referral_list
from victimcare.referrals.referrals import frozen_copy
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place
from victimcare.ui.people import People
from victimcare.ui.screens.form_paper import FormPaper
from victimcare.ui.screens.list_screen import ListScreen
from victimcare.ui.screens.referrals_side import WIDTH, ReferralSide
from victimcare.ui.style import size
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.widgets.table import Column, Mark
from victimcare.ui.words import count, day, number

WAITS, OPEN, EVERY = "WAITING", "UNDER_WAY", "ALL"


@dataclass(frozen=True, slots=True, repr=False)
class Referred:
    """A referral with the name the person uses. `is_late`: the day to answer by has passed."""

    row: ReferralRow
    name: str
    is_late: bool

    @property
    def id(self) -> UUID:
        return self.row.id


def status_words(row: ReferralRow) -> str:
    """What became of it: "Sent, no answer" until something comes back; and what of reaching the person is suspended."""
    told = label("referral_status", row.status)
    if row.is_unanswered():
        told = "From a register, no answer recorded" if row.imported else "Sent, no answer"
    return "; ".join((told, *(f"{channel_plural(one.channel).lower()} suspended" for one in row.suspended)))


def mark(one: Referred) -> Mark | None:
    """What must be seen at once: a suspended way to reach the person before a late answer."""
    if one.row.suspended:
        return Mark("caution", "Late" if one.is_late else "", "caution")
    return Mark("late", "Late", "late") if one.is_late else None


COLUMNS = (
    Column("Sent", lambda one: day(one.row.sent_on), sort=lambda one: one.row.sent_on, width=112),
    Column("Name used", lambda one: one.name, width=112, tip=lambda one: one.name),
    Column("Reference", lambda one: f"{one.row.reference}/{one.row.number}", width=136, tone="muted"),
    Column("Partner", lambda one: one.row.partner, width=176, tip=lambda one: one.row.partner),
    Column("State", lambda one: status_words(one.row), width=220, stretch=True, mark=mark,
           tip=lambda one: status_words(one.row)),
    Column("Answer by", lambda one: day(one.row.answer_by), sort=lambda one: one.row.answer_by, width=112, shown=False),
    Column("Services", lambda one: "; ".join(label("referral_service", code) for code in one.row.services), width=220, shown=False),
    Column("Worker", lambda one: one.row.worker or "", width=88, tone="muted", shown=False),
)  # fmt: skip


class ReferralsScreen(ListScreen):
    """`Place("referrals", referral_id or None)`. `answer()` opens the box for the chosen one. `people` names cases from memory."""

    name = "referrals"
    title = "Referrals"
    reads = frozenset({"channel_suspension", "channel_review", "referral", "referral_event", "referral_service", "partner", "case", "worker"})
    rows = staticmethod(referral_list)

    def __init__(self, work: Any, window: Any, people: People) -> None:
        super().__init__(work, window)
        self._people = people
        self._answers_next = False
        self.which = Segments([(WAITS, "Waiting"), (OPEN, "Under way"), (EVERY, "All")], "Which")
        self.partner = CodeBox((), "Partner", empty="All partners", small=True)
        self.head, self.table, self.side = PageHead("Referrals"), RowsTable(COLUMNS, "Referrals"), ReferralSide(work)
        self.paper = FormPaper(self)
        self.head.beside(self.which)
        size(self.partner, width=260)
        self._stand(self.partner, (), self.side.frame, WIDTH, least_height=300)
        self._connect()

    def keys(self) -> list[Key]:
        return [
            Key("Return", "Open the case of what is chosen"),
            Key("A", "Record an answer", self.answer),
            Key("V", "Show the copy that went", self._show_copy),
            Key("P", "Print the form again", partial(self._hand_over, self.paper.print)),
            *(Key(str(at), f"Show {words}", partial(self.which.set_value, value)) for at, (value, words) in enumerate(_WHICH, start=1)),
        ]

    def answer(self) -> None:
        """Open the box that records what the partner answered; as soon as the list is read, where it is not yet."""
        row = self.table.current_row()
        if row is None or self._wanted is not None:
            self._answers_next = True
        else:
            self.side.open_box()

    def has_unsaved(self) -> bool:
        return self.side.has_unsaved()

    def keep_draft(self) -> None:
        self.side.keep_draft()

    def forget(self) -> None:
        self._rows, self._wanted = (), None
        self.table.show_rows(())
        self.side.forget()

    # Inside

    def _connect(self) -> None:
        self.table.opened.connect(lambda one: self.frame.go(Place("case", one.row.case_id)))
        self.which.chosen.connect(lambda _: self._show())
        self.partner.chosen.connect(lambda _: self._show())
        self._people.changed.connect(self._show)
        self.side.case_asked.connect(lambda case_id: self.frame.go(Place("case", case_id)))
        self.side.finish_asked.connect(lambda case_id: self.frame.go(Place("refer", case_id)))
        self.side.copy_asked.connect(self._show_copy)
        self.side.print_asked.connect(lambda: self._hand_over(self.paper.print))
        self.side.save_asked.connect(lambda: self._hand_over(self.paper.save))
        self.side.recorded.connect(self._recorded)
        self.paper.done.connect(lambda words: self.frame.say("info", words) if words else None)
        self.work.changed.connect(self._changed_unseen)

    def _changed_unseen(self, kinds: set[str]) -> None:
        """The number in the rail holds, although another screen is shown."""
        if kinds & self.reads and not self.isVisible():
            self._read()

    def _recorded(self, words: str) -> None:
        self.frame.say("safe", words)
        self.table.setFocus()

    def _take(self, answer: tuple[tuple[ReferralRow, ...], date]) -> None:
        self.partner.fill(sorted({(row.partner_id, row.partner) for row in answer[0]}, key=lambda one: one[1]))
        super()._take(answer)
        if self._answers_next and self.table.current_row() is not None:
            self._answers_next = False
            self.side.open_box()

    def _go_to(self, referral_id: UUID) -> None:
        """Choose a referral, showing more of them where the filter hides it."""
        if any(row.id == referral_id for row in self._rows):
            self.partner.set_value(None)
            if self.table.rows_model.place_of(referral_id) is None:
                self.which.set_value(EVERY)
            self.table.choose(referral_id)

    def _show(self) -> None:
        if self._today == date.min:
            return
        shown = [row for row in self._rows if self._is_shown(row)]
        waiting = sum(row.status in WAITING and not row.imported for row in self._rows)
        self.frame.set_count("referrals", waiting)
        self._fill(
            [Referred(row, self._people.name(row.case_id), row.is_late(self._today) and not row.imported) for row in shown],
            f"{number(len(shown))} of {count(len(self._rows), 'referral', 'referrals')}",
            "Nothing waits for an answer." if self.which.value() == WAITS and self._rows else "Nobody was referred yet. Open a case and press R.",
        )

    def _is_shown(self, row: ReferralRow) -> bool:
        partner = self.partner.value()
        if partner is not None and row.partner_id != partner:
            return False
        if self.which.value() == WAITS:
            return (row.status in WAITING and not row.imported) or row.status in ("DRAFT", "AWAITING_CONSENT")
        return self.which.value() == EVERY or row.status in (*under_way(), "DRAFT", "AWAITING_CONSENT")

    def _choose(self, one: Referred | None) -> None:
        self.side.show_referral(one.row if one else None, one.name if one else "", self._today)
        if one is None:
            return
        case_id, referral_id = one.row.case_id, one.row.id

        def events(session: Any) -> tuple[EventRow, ...]:
            return tuple(row for row in events_of(session, case_id, CODED_ONLY) if row.referral_id == referral_id)

        self.work.read(self, events, partial(self.side.show_events, referral_id), key="events")

    def _show_copy(self) -> None:
        one = self.table.current_row()
        if one is not None:
            case_id, referral_id = one.row.case_id, one.row.id
            self.work.read(
                self, lambda session: frozen_copy(session, referral_id), partial(self.side.show_copy, referral_id), key="copy", reading=Reading.case(case_id)
            )

    def _hand_over(self, how: Callable[[UUID, UUID, str], None]) -> None:
        one = self.table.current_row()
        if one is not None and one.row.sent_how == "PRINTED":
            how(one.row.id, one.row.case_id, f"{one.row.reference}/{one.row.number}")


_WHICH = ((WAITS, "what waits"), (OPEN, "what is under way"), (EVERY, "all"))
