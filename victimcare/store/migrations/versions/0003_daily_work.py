"""The daily work: suspended channels, withdrawn entries, offered support, risk, deadlines, appointments, people around, documents and the life of a file.

Self-contained: what the models become later changes nothing here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from victimcare.store.types import Id, Instant

revision = "0003"
down_revision = "0002"

# A row of these may go once its case is erased.
APPEND_ONLY = (
    "case_event",
    "channel_review",
    "channel_suspension",
    "deadline",
    "deadline_outcome",
    "disclosure",
    "document",
    "entitlement",
    "entry_sensitivity",
    "information_given",
    "mitigation_change",
    "nrm_refusal_reason",
    "offered_support",
    "office_rule",
    "person_around_contact",
    "person_around_contact_end",
    "retention_review",
    "risk_review",
    "risk_review_type",
    "snooze",
    "special_measure_event",
    "withdrawn",
)
OF_NO_CASE = ("office_rule",)


def upgrade() -> None:
    _tables()
    dialect = op.get_bind().dialect.name
    for name in APPEND_ONLY:
        for statement in _triggers(name, dialect):
            op.execute(sa.text(statement.replace(":", "\\:")))


def _triggers(name: str, dialect: str) -> list[str]:
    erased = "" if name in OF_NO_CASE else "EXISTS (SELECT 1 FROM erased WHERE erased.case_id = OLD.case_id)"
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
        "danger_step",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_danger_step"),
    )
    op.create_table(
        "office_rule",
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_office_rule"),
    )
    op.create_table(
        "cover",
        sa.Column("worker_id", Id(), nullable=False),
        sa.Column("by_id", Id(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["worker.id"], name="fk_cover_by_id_worker", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_cover_worker_id_worker", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_cover"),
    )
    op.create_index("ix_cover_by_id", "cover", ["by_id"], unique=False)
    op.create_index("ix_cover_worker_id", "cover", ["worker_id"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("moved_to_id", Id(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_appointment_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["moved_to_id"], ["appointment.id"], name="fk_appointment_moved_to_id_appointment", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_appointment_worker_id_worker", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
    )
    op.create_index("ix_appointment_at", "appointment", ["at"], unique=False)
    op.create_index("ix_appointment_case_id", "appointment", ["case_id"], unique=False)
    op.create_index("ix_appointment_moved_to_id", "appointment", ["moved_to_id"], unique=False)
    op.create_index("ix_appointment_worker_id", "appointment", ["worker_id"], unique=False)
    op.create_table(
        "approval",
        sa.Column("case_id", Id(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about_id", Id(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decided_by", Id(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_approval_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_approval"),
    )
    op.create_index("ix_approval_about_id", "approval", ["about_id"], unique=False)
    op.create_index("ix_approval_case_id", "approval", ["case_id"], unique=False)
    op.create_index("ix_approval_status", "approval", ["status"], unique=False)
    op.create_table(
        "case_event",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_event_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_case_event_worker_id_worker", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_case_event"),
    )
    op.create_index("ix_case_event_case_id", "case_event", ["case_id"], unique=False)
    op.create_index("ix_case_event_worker_id", "case_event", ["worker_id"], unique=False)
    op.create_table(
        "case_link",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("other_case_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("must_not_know", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_link_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["other_case_id"], ["case.id"], name="fk_case_link_other_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_case_link"),
    )
    op.create_index("ix_case_link_case_id", "case_link", ["case_id"], unique=False)
    op.create_index("ix_case_link_other_case_id", "case_link", ["other_case_id"], unique=False)
    op.create_table(
        "deadline",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("is_enhanced", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("about_id", Id(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_deadline_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_deadline_worker_id_worker", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deadline"),
    )
    op.create_index("ix_deadline_about_id", "deadline", ["about_id"], unique=False)
    op.create_index("ix_deadline_case_id", "deadline", ["case_id"], unique=False)
    op.create_index("ix_deadline_due_on", "deadline", ["due_on"], unique=False)
    op.create_index("ix_deadline_worker_id", "deadline", ["worker_id"], unique=False)
    op.create_table(
        "disclosure",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_disclosure_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure"),
    )
    op.create_index("ix_disclosure_case_id", "disclosure", ["case_id"], unique=False)
    op.create_table(
        "entitlement",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_entitlement_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_entitlement"),
    )
    op.create_index("ix_entitlement_case_id", "entitlement", ["case_id"], unique=False)
    op.create_table(
        "entry_sensitivity",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("row_id", Id(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_entry_sensitivity_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_entry_sensitivity"),
    )
    op.create_index("ix_entry_sensitivity_case_id", "entry_sensitivity", ["case_id"], unique=False)
    op.create_index("ix_entry_sensitivity_row_id", "entry_sensitivity", ["row_id"], unique=False)
    op.create_table(
        "information_given",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("understood", sa.String(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_information_given_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_information_given"),
    )
    op.create_index("ix_information_given_case_id", "information_given", ["case_id"], unique=False)
    op.create_table(
        "merged",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("into_case_id", Id(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_merged_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["into_case_id"], ["case.id"], name="fk_merged_into_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_merged"),
    )
    op.create_index("ix_merged_case_id", "merged", ["case_id"], unique=False)
    op.create_index("ix_merged_into_case_id", "merged", ["into_case_id"], unique=False)
    op.create_table(
        "person_around",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("gender", sa.String(), nullable=True),
        sa.Column("born_year", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_person_around_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person_around"),
    )
    op.create_index("ix_person_around_case_id", "person_around", ["case_id"], unique=False)
    op.create_table(
        "retention_review",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("hold", sa.Boolean(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_retention_review_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_retention_review"),
    )
    op.create_index("ix_retention_review_case_id", "retention_review", ["case_id"], unique=False)
    op.create_index("ix_retention_review_review_on", "retention_review", ["review_on"], unique=False)
    op.create_table(
        "risk_review",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("level_before", sa.String(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_risk_review_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_risk_review_worker_id_worker", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_risk_review"),
    )
    op.create_index("ix_risk_review_case_id", "risk_review", ["case_id"], unique=False)
    op.create_index("ix_risk_review_review_on", "risk_review", ["review_on"], unique=False)
    op.create_index("ix_barrier_review_on", "barrier", ["review_on"], unique=False)
    op.create_index("ix_risk_review_worker_id", "risk_review", ["worker_id"], unique=False)
    op.create_table(
        "snooze",
        sa.Column("case_id", Id(), nullable=True),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about_id", Id(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_snooze_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_snooze"),
    )
    op.create_index("ix_snooze_case_id", "snooze", ["case_id"], unique=False)
    op.create_index("ix_snooze_member_id", "snooze", ["member_id"], unique=False)
    op.create_table(
        "special_measure_event",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_special_measure_event_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_special_measure_event"),
    )
    op.create_index("ix_special_measure_event_case_id", "special_measure_event", ["case_id"], unique=False)
    op.create_table(
        "task",
        sa.Column("case_id", Id(), nullable=True),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_task_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_task_worker_id_worker", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
    )
    op.create_index("ix_task_case_id", "task", ["case_id"], unique=False)
    op.create_index("ix_task_due_on", "task", ["due_on"], unique=False)
    op.create_index("ix_task_worker_id", "task", ["worker_id"], unique=False)
    op.create_table(
        "withdrawn",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("row_id", Id(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_withdrawn_case_id_case", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_withdrawn"),
        sa.UniqueConstraint("row_id", name="uq_withdrawn_row_id"),
    )
    op.create_index("ix_withdrawn_case_id", "withdrawn", ["case_id"], unique=False)
    op.create_table(
        "channel_suspension",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("contact_id", Id(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_channel_suspension_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_channel_suspension_contact_id_contact", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_channel_suspension"),
    )
    op.create_index("ix_channel_suspension_case_id", "channel_suspension", ["case_id"], unique=False)
    op.create_index("ix_channel_suspension_contact_id", "channel_suspension", ["contact_id"], unique=False)
    op.create_table(
        "deadline_outcome",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("deadline_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("understood", sa.String(), nullable=True),
        sa.Column("contact_id", Id(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_deadline_outcome_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_deadline_outcome_contact_id_contact", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name="fk_deadline_outcome_deadline_id_deadline", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deadline_outcome"),
        sa.UniqueConstraint("deadline_id", name="uq_deadline_outcome_deadline_id"),
    )
    op.create_index("ix_deadline_outcome_case_id", "deadline_outcome", ["case_id"], unique=False)
    op.create_index("ix_deadline_outcome_contact_id", "deadline_outcome", ["contact_id"], unique=False)
    op.create_index("ix_deadline_outcome_deadline_id", "deadline_outcome", ["deadline_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("sensitivity", sa.String(), nullable=False),
        sa.Column("contact_id", Id(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_document_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_document_contact_id_contact", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
    )
    op.create_index("ix_document_case_id", "document", ["case_id"], unique=False)
    op.create_index("ix_document_contact_id", "document", ["contact_id"], unique=False)
    op.create_table(
        "mitigation_change",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("mitigation_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_mitigation_change_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["mitigation_id"], ["mitigation.id"], name="fk_mitigation_change_mitigation_id_mitigation", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_mitigation_change_worker_id_worker", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mitigation_change"),
    )
    op.create_index("ix_mitigation_change_case_id", "mitigation_change", ["case_id"], unique=False)
    op.create_index("ix_mitigation_change_mitigation_id", "mitigation_change", ["mitigation_id"], unique=False)
    op.create_index("ix_mitigation_change_worker_id", "mitigation_change", ["worker_id"], unique=False)
    op.create_table(
        "nrm_refusal_reason",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("event_id", Id(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_nrm_refusal_reason_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["event_id"], ["nrm_event.id"], name="fk_nrm_refusal_reason_event_id_nrm_event", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_nrm_refusal_reason"),
    )
    op.create_index("ix_nrm_refusal_reason_case_id", "nrm_refusal_reason", ["case_id"], unique=False)
    op.create_index("ix_nrm_refusal_reason_event_id", "nrm_refusal_reason", ["event_id"], unique=False)
    op.create_table(
        "offered_support",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("regardless", sa.String(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("value_pence", sa.Integer(), nullable=True),
        sa.Column("paid_by", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_language", sa.String(), nullable=True),
        sa.Column("contact_id", Id(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_offered_support_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_offered_support_contact_id_contact", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_offered_support_worker_id_worker", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_offered_support"),
    )
    op.create_index("ix_offered_support_case_id", "offered_support", ["case_id"], unique=False)
    op.create_index("ix_offered_support_contact_id", "offered_support", ["contact_id"], unique=False)
    op.create_index("ix_offered_support_worker_id", "offered_support", ["worker_id"], unique=False)
    op.create_table(
        "person_around_contact",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("person_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_person_around_contact_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person_around.id"], name="fk_person_around_contact_person_id_person_around", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person_around_contact"),
    )
    op.create_index("ix_person_around_contact_case_id", "person_around_contact", ["case_id"], unique=False)
    op.create_index("ix_person_around_contact_person_id", "person_around_contact", ["person_id"], unique=False)
    op.create_table(
        "risk_review_type",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("review_id", Id(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_risk_review_type_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["review_id"], ["risk_review.id"], name="fk_risk_review_type_review_id_risk_review", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name="pk_risk_review_type"),
    )
    op.create_index("ix_risk_review_type_case_id", "risk_review_type", ["case_id"], unique=False)
    op.create_index("ix_risk_review_type_review_id", "risk_review_type", ["review_id"], unique=False)
    op.create_table(
        "safeguarding_request",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("mitigation_id", Id(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("raised_risk", sa.String(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_safeguarding_request_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["mitigation_id"], ["mitigation.id"], name="fk_safeguarding_request_mitigation_id_mitigation", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_safeguarding_request"),
    )
    op.create_index("ix_safeguarding_request_case_id", "safeguarding_request", ["case_id"], unique=False)
    op.create_index("ix_safeguarding_request_mitigation_id", "safeguarding_request", ["mitigation_id"], unique=False)
    op.create_table(
        "channel_review",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("suspension_id", Id(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_channel_review_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["suspension_id"], ["channel_suspension.id"], name="fk_channel_review_suspension_id_channel_suspension", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_channel_review"),
    )
    op.create_index("ix_channel_review_case_id", "channel_review", ["case_id"], unique=False)
    op.create_index("ix_channel_review_suspension_id", "channel_review", ["suspension_id"], unique=False)
    op.create_table(
        "person_around_contact_end",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("contact_id", Id(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_person_around_contact_end_case_id_case", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["person_around_contact.id"],
            name="fk_person_around_contact_end_contact_id_person_around_contact",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person_around_contact_end"),
    )
    op.create_index("ix_person_around_contact_end_case_id", "person_around_contact_end", ["case_id"], unique=False)
    op.create_index("ix_person_around_contact_end_contact_id", "person_around_contact_end", ["contact_id"], unique=False)
    op.add_column("case", sa.Column("may_be_under_18", sa.String(), nullable=True))
    op.add_column("nrm_event", sa.Column("co_operates", sa.String(), nullable=True))
    op.add_column("prosecution", sa.Column("charged_on", sa.Date(), nullable=True))
    op.add_column("mitigation", sa.Column("began_status", sa.String(), nullable=True))
    op.add_column("mitigation", sa.Column("began_on", sa.Date(), nullable=True))
