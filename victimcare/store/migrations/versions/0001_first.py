"""The first schema: every table, and the triggers that keep what is append-only from being changed.

Self-contained: what the models become later changes nothing here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from victimcare.store.types import Id, Instant

revision = "0001"
down_revision = None

APPEND_ONLY = (
    "audit",
    "audit_row",
    "audit_witness",
    "barrier_change",
    "consent",
    "contact",
    "contact_point",
    "contact_point_end",
    "erased",
    "identity",
    "member_entry",
    "note",
    "nrm_event",
    "referral_event",
    "release",
    "safe_channel",
    "safe_contact_plan",
    "stance_event",
)
# Of these a row may go once its case is erased.
OF_A_CASE = (
    "barrier_change",
    "consent",
    "contact",
    "contact_point",
    "contact_point_end",
    "identity",
    "note",
    "nrm_event",
    "referral_event",
    "safe_channel",
    "safe_contact_plan",
    "stance_event",
)


def upgrade() -> None:
    _tables()
    dialect = op.get_bind().dialect.name
    for name in APPEND_ONLY:
        for statement in _triggers(name, dialect):
            op.execute(sa.text(statement.replace(":", "\\:")))


def _triggers(name: str, dialect: str) -> list[str]:
    erased = "EXISTS (SELECT 1 FROM erased WHERE erased.case_id = OLD.case_id)" if name in OF_A_CASE else None
    if dialect == "sqlite":
        when = f" WHEN NOT {erased}" if erased else ""
        return [
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON \"{name}\" BEGIN SELECT RAISE(ABORT, 'append-only'); END",
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON \"{name}\"{when} BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        ]
    check = f"IF TG_OP = 'DELETE' AND {erased} THEN RETURN OLD; END IF; " if erased else ""
    return [
        f"CREATE FUNCTION {name}_append_only() RETURNS trigger AS $$ BEGIN {check}RAISE EXCEPTION 'append-only'; END $$ LANGUAGE plpgsql",
        f'CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON "{name}" FOR EACH ROW EXECUTE FUNCTION {name}_append_only()',
    ]


def _tables() -> None:
    op.create_table(
        "activity",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("people_spoken_to", sa.Integer(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
    )
    op.create_index("ix_activity_on", "activity", ["on"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", Id(), nullable=False),
        sa.Column("author", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("case_id", Id(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("author", "seq", name="uq_audit_author_seq"),
    )
    op.create_index("ix_audit_case_id", "audit", ["case_id"], unique=False)
    op.create_table(
        "audit_row",
        sa.Column("entry_id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("row", Id(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "seq", name="pk_audit_row"),
    )
    op.create_index("ix_audit_row_row", "audit_row", ["row"], unique=False)
    op.create_table(
        "audit_witness",
        sa.Column("entry_id", Id(), nullable=False),
        sa.Column("author", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "author", name="pk_audit_witness"),
    )
    op.create_table(
        "erased",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", Id(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_erased"),
    )
    op.create_table(
        "group_grant",
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("holder", Id(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "holder", name="pk_group_grant"),
    )
    op.create_table(
        "group_key",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_group_key"),
    )
    op.create_table(
        "import_batch",
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_taken", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
    )
    op.create_table(
        "import_seen",
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_seen"),
    )
    op.create_table(
        "investigation",
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("outcome_code", sa.String(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_investigation"),
    )
    op.create_index("ix_investigation_received_on", "investigation", ["received_on"], unique=False)
    op.create_table(
        "key_grant",
        sa.Column("key_id", Id(), nullable=False),
        sa.Column("holder", Id(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", "holder", name="pk_key_grant"),
    )
    op.create_index("ix_key_grant_holder", "key_grant", ["holder"], unique=False)
    op.create_table(
        "member_entry",
        sa.Column("id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("member", Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("by", Id(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_member_entry"),
        sa.UniqueConstraint("seq", name="uq_member_entry_seq"),
    )
    op.create_index("ix_member_entry_member", "member_entry", ["member"], unique=False)
    op.create_table(
        "partner",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("accepts_gender", sa.String(), nullable=True),
        sa.Column("accepts_from_age", sa.Integer(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("answers_in_days", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_partner"),
        sa.UniqueConstraint("code", name="uq_partner_code"),
    )
    op.create_table(
        "recovery_key",
        sa.Column("id", Id(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("shares", sa.Integer(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("test", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_key"),
    )
    op.create_table(
        "release",
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("extracted_at", Instant(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("formats", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_release"),
    )
    op.create_table(
        "sealed",
        sa.Column("id", Id(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("key_id", Id(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sealed"),
    )
    op.create_index("ix_sealed_key_id", "sealed", ["key_id"], unique=False)
    op.create_table(
        "sealed_bytes",
        sa.Column("document_id", Id(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("key_id", Id(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "part", name="pk_sealed_bytes"),
    )
    op.create_index("ix_sealed_bytes_key_id", "sealed_bytes", ["key_id"], unique=False)
    op.create_table(
        "vault_info",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_vault_info"),
    )
    op.create_table(
        "worker",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_worker"),
        sa.UniqueConstraint("name", name="uq_worker_name"),
    )
    op.create_index("ix_worker_member_id", "worker", ["member_id"], unique=False)
    op.create_table(
        "activity_agency",
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_activity_agency_activity_id_activity", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_activity_agency"),
    )
    op.create_index("ix_activity_agency_activity_id", "activity_agency", ["activity_id"], unique=False)
    op.create_table(
        "activity_country",
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_activity_country_activity_id_activity", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_activity_country"),
    )
    op.create_index("ix_activity_country_activity_id", "activity_country", ["activity_id"], unique=False)
    op.create_table(
        "arrest",
        sa.Column("investigation_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("offence", sa.String(), nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["investigation_id"],
            ["investigation.id"],
            name="fk_arrest_investigation_id_investigation",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_arrest"),
    )
    op.create_index("ix_arrest_investigation_id", "arrest", ["investigation_id"], unique=False)
    op.create_index("ix_arrest_on", "arrest", ["on"], unique=False)
    op.create_table(
        "case",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("risk", sa.String(), nullable=True),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("age_group", sa.String(), nullable=False),
        sa.Column("nationality", sa.String(), nullable=False),
        sa.Column("nationality2", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=False),
        sa.Column("borough", sa.String(), nullable=True),
        sa.Column("activity_id", Id(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_case_activity_id_activity", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_case_worker_id_worker", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_case"),
        sa.UniqueConstraint("reference", name="uq_case_reference"),
    )
    op.create_index("ix_case_activity_id", "case", ["activity_id"], unique=False)
    op.create_index("ix_case_received_on", "case", ["received_on"], unique=False)
    op.create_index("ix_case_worker_id", "case", ["worker_id"], unique=False)
    op.create_table(
        "leftover",
        sa.Column("batch_id", Id(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_leftover_batch_id_import_batch", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_leftover"),
    )
    op.create_index("ix_leftover_batch_id", "leftover", ["batch_id"], unique=False)
    op.create_index("ix_leftover_status", "leftover", ["status"], unique=False)
    op.create_table(
        "partner_service",
        sa.Column("partner_id", Id(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_partner_service_partner_id_partner", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_partner_service"),
    )
    op.create_index("ix_partner_service_partner_id", "partner_service", ["partner_id"], unique=False)
    op.create_table(
        "prosecution",
        sa.Column("investigation_id", Id(), nullable=False),
        sa.Column("charge", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["investigation_id"],
            ["investigation.id"],
            name="fk_prosecution_investigation_id_investigation",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_prosecution"),
    )
    op.create_index("ix_prosecution_investigation_id", "prosecution", ["investigation_id"], unique=False)
    op.create_index("ix_prosecution_outcome_on", "prosecution", ["outcome_on"], unique=False)
    op.create_table(
        "visit",
        sa.Column("activity_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("premises", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("from_total", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_visit_activity_id_activity", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
    )
    op.create_index("ix_visit_activity_id", "visit", ["activity_id"], unique=False)
    op.create_index("ix_visit_on", "visit", ["on"], unique=False)
    op.create_table(
        "barrier",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("on_or_before", sa.Boolean(), nullable=False),
        sa.Column("strength", sa.String(), nullable=False),
        sa.Column("recorded_from", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_barrier_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_barrier"),
    )
    op.create_index("ix_barrier_case_id", "barrier", ["case_id"], unique=False)
    op.create_index("ix_barrier_code", "barrier", ["code"], unique=False)
    op.create_table(
        "case_now",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("last_achieved_on", sa.Date(), nullable=True),
        sa.Column("last_attempt_on", sa.Date(), nullable=True),
        sa.Column("attempts_since", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(), nullable=True),
        sa.Column("stance_on", sa.Date(), nullable=True),
        sa.Column("open_barriers", sa.Integer(), nullable=False),
        sa.Column("open_referrals", sa.Integer(), nullable=False),
        sa.Column("plan_checked_on", sa.Date(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("next_due_kind", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_now_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_now"),
    )
    op.create_index("ix_case_now_last_achieved_on", "case_now", ["last_achieved_on"], unique=False)
    op.create_index("ix_case_now_next_due_on", "case_now", ["next_due_on"], unique=False)
    op.create_table(
        "consent",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("partner_id", Id(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("told_support_is_not_tied", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_consent_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_consent_partner_id_partner", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_case_id", "consent", ["case_id"], unique=False)
    op.create_index("ix_consent_partner_id", "consent", ["partner_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("is_time_known", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("person_contacted", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("is_achieved", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("corrects_id", Id(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_contact_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["corrects_id"], ["contact.id"], name="fk_contact_corrects_id_contact", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_contact_worker_id_worker", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
    )
    op.create_index("ix_contact_case_id", "contact", ["case_id"], unique=False)
    op.create_index("ix_contact_corrects_id", "contact", ["corrects_id"], unique=False)
    op.create_index("ix_contact_worker_id", "contact", ["worker_id"], unique=False)
    op.create_table(
        "contact_point",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_contact_point_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_contact_point"),
    )
    op.create_index("ix_contact_point_case_id", "contact_point", ["case_id"], unique=False)
    op.create_table(
        "data_key",
        sa.Column("id", Id(), nullable=False),
        sa.Column("case_id", Id(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_data_key_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_data_key"),
    )
    op.create_index("ix_data_key_case_id", "data_key", ["case_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("case_id", Id(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_draft_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
    )
    op.create_index("ix_draft_case_id", "draft", ["case_id"], unique=False)
    op.create_table(
        "exploitation",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("flag", sa.String(), nullable=True),
        sa.Column("on_or_before", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_exploitation_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_exploitation"),
    )
    op.create_index("ix_exploitation_case_id", "exploitation", ["case_id"], unique=False)
    op.create_index("ix_exploitation_type", "exploitation", ["type"], unique=False)
    op.create_table(
        "identity",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_identity_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_identity"),
    )
    op.create_index("ix_identity_case_id", "identity", ["case_id"], unique=False)
    op.create_table(
        "investigation_case",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("investigation_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_investigation_case_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["investigation_id"],
            ["investigation.id"],
            name="fk_investigation_case_investigation_id_investigation",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_investigation_case"),
    )
    op.create_index("ix_investigation_case_case_id", "investigation_case", ["case_id"], unique=False)
    op.create_index("ix_investigation_case_investigation_id", "investigation_case", ["investigation_id"], unique=False)
    op.create_table(
        "mitigation",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_mitigation_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_mitigation_worker_id_worker", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mitigation"),
    )
    op.create_index("ix_mitigation_case_id", "mitigation", ["case_id"], unique=False)
    op.create_index("ix_mitigation_code", "mitigation", ["code"], unique=False)
    op.create_index("ix_mitigation_worker_id", "mitigation", ["worker_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_note_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_case_id", "note", ["case_id"], unique=False)
    op.create_table(
        "nrm_event",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("on_or_before", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_nrm_event_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_nrm_event"),
    )
    op.create_index("ix_nrm_event_case_id", "nrm_event", ["case_id"], unique=False)
    op.create_table(
        "offence",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_offence_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_offence"),
    )
    op.create_index("ix_offence_case_id", "offence", ["case_id"], unique=False)
    op.create_table(
        "other_reference",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_other_reference_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_other_reference"),
    )
    op.create_index("ix_other_reference_case_id", "other_reference", ["case_id"], unique=False)
    op.create_table(
        "safe_contact_plan",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_safe_contact_plan_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_safe_contact_plan"),
    )
    op.create_index("ix_safe_contact_plan_case_id", "safe_contact_plan", ["case_id"], unique=False)
    op.create_table(
        "stance_event",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("on_or_before", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_stance_event_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_stance_event"),
    )
    op.create_index("ix_stance_event_case_id", "stance_event", ["case_id"], unique=False)
    op.create_table(
        "barrier_change",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("barrier_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["barrier_id"], ["barrier.id"], name="fk_barrier_change_barrier_id_barrier", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_barrier_change_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_barrier_change"),
    )
    op.create_index("ix_barrier_change_barrier_id", "barrier_change", ["barrier_id"], unique=False)
    op.create_index("ix_barrier_change_case_id", "barrier_change", ["case_id"], unique=False)
    op.create_table(
        "contact_point_end",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("contact_point_id", Id(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_contact_point_end_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["contact_point_id"],
            ["contact_point.id"],
            name="fk_contact_point_end_contact_point_id_contact_point",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contact_point_end"),
    )
    op.create_index("ix_contact_point_end_case_id", "contact_point_end", ["case_id"], unique=False)
    op.create_index("ix_contact_point_end_contact_point_id", "contact_point_end", ["contact_point_id"], unique=False)
    op.create_table(
        "mitigation_barrier",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("mitigation_id", Id(), nullable=False),
        sa.Column("barrier_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["barrier_id"], ["barrier.id"], name="fk_mitigation_barrier_barrier_id_barrier", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_mitigation_barrier_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["mitigation_id"],
            ["mitigation.id"],
            name="fk_mitigation_barrier_mitigation_id_mitigation",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mitigation_barrier"),
    )
    op.create_index("ix_mitigation_barrier_barrier_id", "mitigation_barrier", ["barrier_id"], unique=False)
    op.create_index("ix_mitigation_barrier_case_id", "mitigation_barrier", ["case_id"], unique=False)
    op.create_index("ix_mitigation_barrier_mitigation_id", "mitigation_barrier", ["mitigation_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("partner_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_how", sa.String(), nullable=True),
        sa.Column("wanted_from", sa.Date(), nullable=True),
        sa.Column("consent_id", Id(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_referral_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name="fk_referral_consent_id_consent", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_referral_partner_id_partner", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
    )
    op.create_index("ix_referral_case_id", "referral", ["case_id"], unique=False)
    op.create_index("ix_referral_consent_id", "referral", ["consent_id"], unique=False)
    op.create_index("ix_referral_partner_id", "referral", ["partner_id"], unique=False)
    op.create_index("ix_referral_status", "referral", ["status"], unique=False)
    op.create_table(
        "safe_channel",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("plan_id", Id(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("is_safe", sa.String(), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("to_minute", sa.Integer(), nullable=False),
        sa.Column("may_leave_message", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_safe_channel_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["safe_contact_plan.id"], name="fk_safe_channel_plan_id_safe_contact_plan", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_safe_channel"),
    )
    op.create_index("ix_safe_channel_case_id", "safe_channel", ["case_id"], unique=False)
    op.create_index("ix_safe_channel_plan_id", "safe_channel", ["plan_id"], unique=False)
    op.create_table(
        "referral_event",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("referral_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decline_reason", sa.String(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_referral_event_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_referral_event_referral_id_referral", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_referral_event"),
    )
    op.create_index("ix_referral_event_case_id", "referral_event", ["case_id"], unique=False)
    op.create_index("ix_referral_event_referral_id", "referral_event", ["referral_id"], unique=False)
    op.create_table(
        "referral_service",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("referral_id", Id(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_referral_service_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_referral_service_referral_id_referral", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_referral_service"),
    )
    op.create_index("ix_referral_service_case_id", "referral_service", ["case_id"], unique=False)
    op.create_index("ix_referral_service_referral_id", "referral_service", ["referral_id"], unique=False)
