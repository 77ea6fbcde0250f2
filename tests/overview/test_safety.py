from datetime import UTC, date, datetime
from uuid import UUID

from tests.overview.test_today import lines, person
from victimcare.casework.cases import close_case
from victimcare.casework.channel_reviews import review_channel
from victimcare.casework.contacts import log_contact
from victimcare.casework.safe_hours import SafeHours
from victimcare.overview.lines import Group
from victimcare.overview.timeline import timeline
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

NINE = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
BOTH = (SafeHours("PHONE", "YES"), SafeHours("TEXT", "YES", to_minute=16 * 60))


def answered_by_someone_else(vault: Vault, *, channel: str = "PHONE", next_on: date | None = None) -> UUID:
    with vault.transaction() as session:
        case_id = person(session, hours=BOTH)
        log_contact(session, case_id=case_id, at=NINE, channel=channel, outcome="WRONG_PERSON", next_on=next_on)
    return case_id


def test_a_suspended_channel_is_a_line_now_and_goes_with_the_review(vault: Vault) -> None:
    case_id = answered_by_someone_else(vault)
    [line] = lines(vault, "SUSPENDED")
    assert (line.group, line.case_id, line.what) == (Group.NOW, case_id, "Review how to reach them safely")
    assert line.why == "calls suspended since 24 Nov 09:12: answered by someone else"
    with vault.transaction() as session:
        review_channel(session, suspension_id=line.about, result="NOT_SAFE")
    assert lines(vault, "SUSPENDED") == []


def test_each_channel_has_one_line_however_often_it_went_wrong(vault: Vault) -> None:
    case_id = answered_by_someone_else(vault)
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=NINE, channel="PHONE", outcome="UNSAFE_ENDED")
        log_contact(session, case_id=case_id, at=NINE, channel="TEXT", outcome="WRONG_PERSON")
    assert [line.why.partition(" since")[0] for line in lines(vault, "SUSPENDED")] == ["calls suspended", "text messages suspended"]


def test_a_closed_case_waits_for_no_review(vault: Vault) -> None:
    case_id = answered_by_someone_else(vault)
    with vault.transaction() as session:
        close_case(session, case_id=case_id, version=1, on=date(2026, 11, 24))
    assert lines(vault, "SUSPENDED") == []


def test_a_planned_contact_offers_no_suspended_channel(vault: Vault) -> None:
    answered_by_someone_else(vault, next_on=date(2026, 11, 24))
    [line] = lines(vault, "CONTACT")
    assert (line.group, line.why) == (Group.NOW, "safe until 16:00: text message")
    [review] = lines(vault, "SUSPENDED")
    with vault.transaction() as session:
        review_channel(session, suspension_id=review.about, result="SAFE_AGAIN", words="Her sister, who knows.")
    assert lines(vault, "CONTACT")[0].why == "safe until 16:00: telephone call or text message"


def test_where_the_only_channel_is_suspended_the_contact_waits(vault: Vault) -> None:
    answered_by_someone_else(vault, channel="TEXT", next_on=date(2026, 11, 24))
    with vault.transaction() as session:
        log_contact(session, case_id=lines(vault, "CONTACT")[0].case_id, at=NINE, channel="PHONE", outcome="UNSAFE_ENDED", next_on=date(2026, 11, 24))
    [line] = lines(vault, "CONTACT")
    assert (line.group, line.why) == (Group.TODAY, "due today; no agreed hour is open now")


def test_the_stream_tells_when_it_was_suspended_and_what_the_review_found(vault: Vault) -> None:
    case_id = answered_by_someone_else(vault)
    [line] = lines(vault, "SUSPENDED")
    with vault.transaction() as session:
        review_channel(session, suspension_id=line.about, result="SAFE_AGAIN", words="Her sister, who knows.")
    with vault.reading(Reading.case(case_id)) as session:
        told = {entry.headline: (entry.muted, entry.parts) for entry in timeline(session, case_id) if entry.kind == "PLAN"}
    assert told["Calls suspended"] == ("answered by someone else, not to be used before a review, logged by VLO 17", ())
    assert told["Calls reviewed: safe again"] == ("by VLO 17", (("", "Her sister, who knows."),))
