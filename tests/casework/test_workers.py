import pytest

from victimcare.casework.opening import TextRefused
from victimcare.casework.workers import WorkerRefused, my_worker, record_worker, worker_named, workers
from victimcare.store.vault import Vault


def test_who_signs_in_takes_the_label_a_register_already_used(vault: Vault) -> None:
    with vault.transaction() as session:
        imported = worker_named(session, "VLO 17")
        assert worker_named(session, " VLO 17 ") == imported
    with vault.transaction() as session:
        assert my_worker(session) == imported
    with vault.transaction() as session:
        assert my_worker(session) == imported
        record_worker(session, name="PC 1182")
    with vault.reading() as session:
        rows = workers(session)
        assert [(row.name, row.member_id == session.member.id) for row in rows] == [("PC 1182", False), ("VLO 17", True)]


@pytest.mark.parametrize(("name", "error"), [("  ", TextRefused), ("x" * 61, WorkerRefused)])
def test_a_label_must_be_there_and_be_short(vault: Vault, name: str, error: type[Exception]) -> None:
    with vault.transaction() as session, pytest.raises(error):
        record_worker(session, name=name)
