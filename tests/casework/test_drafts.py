from uuid import UUID

import pytest

from victimcare.casework.drafts import LONGEST_DRAFT, discard_draft, draft_of, keep_draft, my_drafts
from victimcare.casework.opening import TextRefused
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault


def test_a_draft_is_there_after_the_vault_was_closed_in_its_box(vault: Vault, case_id: UUID) -> None:
    for body in ('{"said": "She"}', '{"said": "She said"}'):
        with vault.transaction() as session:
            keep_draft(session, form="contact", body=body, case_id=case_id)
    with vault.transaction() as session:
        keep_draft(session, form="new case", body='{"name": "Lê"}')
    with vault.reading(Reading.case(case_id)) as session:
        assert draft_of(session, "contact", case_id).body == '{"said": "She said"}'
        assert draft_of(session, "barrier", case_id) is None
        assert my_drafts(session) == ((None, "new case"), (case_id, "contact"))
    with vault.reading(Reading.office("draft")) as session:
        assert draft_of(session, "new case").body == '{"name": "Lê"}'


def test_a_draft_goes_when_it_is_saved(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        keep_draft(session, form="contact", body="{}", case_id=case_id)
    with vault.transaction() as session:
        discard_draft(session, form="contact", case_id=case_id)
        discard_draft(session, form="contact", case_id=case_id)
    with vault.reading() as session:
        assert my_drafts(session) == ()


def test_a_draft_too_long_to_keep_is_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session, pytest.raises(TextRefused):
        keep_draft(session, form="contact", body="x" * (LONGEST_DRAFT + 1), case_id=case_id)
