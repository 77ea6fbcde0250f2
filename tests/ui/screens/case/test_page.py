"""The case page: what it shows, in which order of safety, and that lock leaves nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.screens.given import NUMBER, TODAY, Hands, at, person, settle, texts_of
from victimcare.casework.barriers import record_barrier
from victimcare.casework.contacts import log_contact
from victimcare.casework.mitigations import record_mitigation
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.stance import record_stance
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.referrals import record_past_referral
from victimcare.store.tables import AuditEntry
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.style import look
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]


def part(screen: CaseScreen, name: str) -> list[str]:
    return next(one for one in screen.parts if type(one).__name__ == name).cards()


def audit_kinds(vault: Vault) -> list[str]:
    with vault.reading() as session:
        return list(session.scalars(select(AuditEntry.kind).order_by(AuditEntry.id)))


def test_safe_contact_stands_first_with_who_must_not_know(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        case_id = person(session)
    screen = show(Place("case", case_id))
    assert screen.head.title.text() == "Ana"
    assert "VC-2026-0001" in screen.head.about.text()
    assert screen.safe.summary.text() == "Text only, before 16:00."
    assert "Must not know: her brother." in screen.safe.details.text()
    assert screen.safe.state.accessibleName() == "Safe contact. checked 6 days ago by VLO 17, next check by 16 Dec"
    assert screen.safe.now.accessibleName() == "Safe now. until 16:00: text message"
    assert screen.safe.mapTo(screen, screen.safe.rect().topLeft()).y() < screen.columns.y()


class Drawn(QObject):
    """How high each part was whenever it was drawn."""

    def __init__(self, screen: CaseScreen) -> None:
        super().__init__()
        self.heights: list[dict[str, int]] = []
        self._screen = screen
        for part in screen.parts:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._screen.shown is not None:
            self.heights.append(heights_of(self._screen))
        return False


def heights_of(screen: CaseScreen) -> dict[str, int]:
    return {type(part).__name__: part.height() for part in screen.parts}


def test_nothing_but_the_name_shows_before_the_case_is_read(vault: Vault, show: Show, desk: MainWindow, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        safe, other = person(session, "Ana"), person(session, "Olga")
    screen = show(Place("case", safe))
    assert screen.safe.now.isVisible()
    desk.go(Place("case", other))
    assert (screen.head.title.text(), screen.shown) == ("Olga", None)
    assert not any(one.isVisible() for one in (screen.safe, screen.safe.now, screen.columns))
    settle(qtbot, work)
    assert screen.safe.isVisible()
    assert screen.columns.isVisible()


def test_the_page_is_whole_each_time_it_is_drawn(vault: Vault, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        case_id, empty = person(session), person(session, "Olga")
        for code in ("COURT_FEAR", "DEBT", "FAMILY_ABROAD"):
            record_barrier(session, case_id=case_id, code=code, since=TODAY, strength="STRONG", words="Since the letter came, every day, and at night too")
    screen = show(Place("case", empty))
    drawn = Drawn(screen)
    screen = show(Place("case", case_id))
    with vault.transaction() as session:
        record_stance(session, case_id=case_id, on=TODAY, code="UNDECIDED", words="Ask me again when my mother has moved")
    before, drawn.heights = drawn.heights, []
    qtbot.waitUntil(lambda: bool(drawn.heights))
    settle(qtbot, work)
    assert before
    assert len({tuple(heights.items()) for heights in before}) == 1
    assert all(heights == heights_of(screen) for heights in drawn.heights)
    assert all(heights["BarriersPart"] > 150 for heights in before)


def test_no_entry_of_the_stream_lies_over_the_next(vault: Vault, show: Show, desk: MainWindow, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        for hour in range(8, 20):
            log_contact(
                session, case_id=case_id, at=at(11, 20, hour), channel="TEXT", outcome="SPOKEN", said="Thursday suits, not the front door, " * (hour - 7)
            )
    screen = show(Place("case", case_id))
    for width in (1366, 1180, 1366):
        desk.resize(width, 768)
        settle(qtbot, work)
        qtbot.waitUntil(lambda: is_whole(screen), timeout=1000)


def is_whole(screen: CaseScreen) -> bool:
    """Whether each entry of the stream has the height its words take now."""
    view = screen.stream
    view.drawing.forget()
    rows = [view.entries_model.index(at) for at in range(view.entries_model.rowCount())]
    return all(view.visualRect(row).height() == view.drawing.sizeHint(QStyleOptionViewItem(), row).height() for row in rows)


def test_a_number_is_nowhere_before_it_is_asked_for_and_asking_is_noted(vault: Vault, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        case_id = person(session)
    screen = show(Place("case", case_id))
    assert "900123" not in texts_of(screen)
    assert "number shown" not in audit_kinds(vault)
    hands.press("V")
    assert NUMBER in texts_of(screen.safe)
    assert audit_kinds(vault).count("number shown") == 1
    hands.press("V")
    assert "900123" not in texts_of(screen)


def test_a_number_goes_when_one_leaves_the_page(vault: Vault, show: Show, hands: Hands, desk: MainWindow) -> None:
    with vault.transaction() as session:
        case_id = person(session)
    screen = show(Place("case", case_id))
    hands.press("V")
    assert NUMBER in texts_of(screen)
    desk.go(Place("cases"))
    assert "900123" not in texts_of(screen)


def test_a_stale_plan_is_told_and_asks_before_a_number_shows(vault: Vault, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        case_id = person(session, checked_on=TODAY - timedelta(31))
    screen = show(Place("case", case_id))
    assert screen.safe.property("state") == "caution"
    assert "not checked for 31 days" in screen.safe.state.accessibleName()
    hands.press("V")
    assert "900123" not in texts_of(screen)
    assert not screen.safe.numbers.asking.isHidden()
    assert "number shown" not in audit_kinds(vault)
    hands.press("Shift+Tab")  # from Not now, which has the keyboard first
    hands.press("Space")
    assert NUMBER in texts_of(screen)
    assert audit_kinds(vault).count("number shown after a caution") == 1


def test_a_plan_of_27_days_is_not_stale(vault: Vault, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        case_id = person(session, checked_on=TODAY - timedelta(27))
    screen = show(Place("case", case_id))
    hands.press("V")
    assert NUMBER in texts_of(screen)


def test_outside_the_agreed_hours_the_panel_says_so(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        case_id = person(session, hours=(SafeHours("TEXT", "YES", from_minute=18 * 60),))
    screen = show(Place("case", case_id))
    assert screen.safe.now.accessibleName() == "Not a safe hour. no agreed hour is open now"


def test_the_stream_is_one_list_newest_first_and_narrows_by_kind(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        log_contact(session, case_id=case_id, at=at(11, 20), channel="TEXT", outcome="SPOKEN", said="Yes to Thursday", own_words="Not the front door")
        record_stance(session, case_id=case_id, on=date(2026, 11, 21), code="UNDECIDED")
    screen = show(Place("case", case_id))
    model = screen.stream.entries_model
    headlines = [entry.headline for entry in model.entries]
    assert headlines.index("Stance: undecided, wants time") < headlines.index("Text message")
    screen.kinds.set_value("CONTACT")
    assert [entry.headline for entry in model.entries] == ["Text message"]
    told = model.data(model.index(0))
    assert "Own words: Not the front door" in str(told)


def test_what_is_open_stands_at_the_right(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        barrier = record_barrier(session, case_id=case_id, code="COURT_FEAR", since=date(2026, 11, 1), strength="STRONG", review_on=date(2026, 11, 20))
        record_mitigation(session, case_id=case_id, code="SPECIAL_MEASURES", on=date(2026, 11, 2), status="OFFERED", barrier_ids=(barrier,))
        record_past_referral(session, case_id=case_id, partner_id=partner_ids(session)["CBH"], services=(), sent_on=date(2026, 11, 3))
    screen = show(Place("case", case_id))
    [card] = part(screen, "BarriersPart")
    assert card.startswith("Fear of court, the defendant or cross-examination. open. Strong. Special measures in court offered 2 Nov")
    assert part(screen, "ReferralsPart") == ["Caritas Bakhita House. sent. Sent 3 Nov"]
    assert any("Late, 20 Nov" in line for line in part(screen, "NextDatesPart"))


def test_refer_goes_to_the_screen_that_refers_this_person(vault: Vault, show: Show, hands: Hands, desk: MainWindow) -> None:
    with vault.transaction() as session:
        case_id = person(session)
    show(Place("case", case_id))
    hands.press("R")
    assert desk.history.place == Place("refer", case_id)


def test_lock_leaves_nothing_of_a_person_on_the_page(vault: Vault, show: Show, hands: Hands, desk: MainWindow) -> None:
    with vault.transaction() as session:
        case_id = person(session, "Qamaruddinova")
        log_contact(session, case_id=case_id, at=at(11, 20), channel="TEXT", outcome="SPOKEN", said="zebra crossing")
    screen = show(Place("case", case_id))
    hands.press("V")
    hands.press("L")
    hands.type("zebra again")
    assert "zebra again" in texts_of(screen)
    desk.lock()
    left = texts_of(screen)
    for word in ("Qamaruddinova", "zebra", "900123", "dentist", "brother"):
        assert word not in left
    assert screen.stream.entries_model.rowCount() == 0


def test_at_twice_the_size_parts_stand_under_each_other_whole(vault: Vault, show: Show, qtbot: QtBot, desk: MainWindow) -> None:
    with vault.transaction() as session:
        case_id = person(session)
    screen = show(Place("case", case_id))
    look().set_zoom(200)
    desk.resize(1366, 768)
    qtbot.waitUntil(lambda: screen.columns.is_stacked and all(side.height() >= side.sizeHint().height() for side in screen._sides))
    assert desk.width() <= 1366
    assert screen.columns.verticalScrollBar().maximum() > 0


def test_every_control_has_a_name(vault: Vault, show: Show) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QWidget

    with vault.transaction() as session:
        case_id = person(session)
    screen = show(Place("case", case_id))
    for form in ("contact", "barrier", "stance", "plan", "person", "justice", "investigation"):
        screen.open_box(form)
        for widget in screen.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(screen):
                face = QAccessible.queryAccessibleInterface(widget)
                assert face.text(QAccessible.Text.Name), (form, type(widget).__name__)


def test_another_case_shows_nothing_of_the_one_before(vault: Vault, show: Show, desk: MainWindow, qtbot: QtBot, work: Work) -> None:
    ids: list[UUID] = []
    with vault.transaction() as session:
        for name in ("Qamaruddinova", "Olga"):
            ids.append(person(session, name))
    screen = show(Place("case", ids[0]))
    desk.go(Place("case", ids[1]))
    settle(qtbot, work)
    assert screen.head.title.text() == "Olga"
    assert "Qamaruddinova" not in texts_of(screen)
