"""The coordinators' side: statuses and their history, phenomena, the audit trail, search; threads in the ledger."""

import sqlalchemy as sa
from alembic import op

from storage.models import Utc

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("delivery", sa.Column("thread_of", sa.String(), nullable=True))
    for name in ("phenomenon", "same_as"):
        op.add_column("observation", sa.Column(name, sa.String(32), nullable=True))
    for name in ("review_on", "noted_on", "due_on", "opened_on"):
        op.add_column("observation", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("observation", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("observation", sa.Column("words_by", sa.String(), nullable=False, server_default=""))
    op.create_index("observation_by_due", "observation", ["workspace", "due_on", "key"])
    op.create_index("observation_by_phenomenon", "observation", ["workspace", "phenomenon"])
    op.create_index("observation_by_count", "observation", ["workspace", "week", "kind", "theme", "area", "status"])
    op.create_index("observation_by_day", "observation", ["workspace", "filed_on", "kind", "theme", "area", "status"])
    op.create_index("observation_by_status", "observation", ["workspace", "status", "due_on"])
    op.drop_index("observation_by_week", "observation")  # the start of observation_by_count
    day = "date(filed_on, '+14 days')" if op.get_bind().dialect.name == "sqlite" else "filed_on + 14"
    op.execute(f"UPDATE observation SET due_on = {day} WHERE status = 'uusi'")
    op.create_table(
        "phenomenon",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.String(9), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("once", "title", "text", "theme", "status")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("receiver", "outcome")),
        sa.Column("review_on", sa.Date(), nullable=True),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("started_on", "noted_on")),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("words_by", sa.String(), nullable=False),
        sa.UniqueConstraint("workspace", "number"),
        sa.UniqueConstraint("workspace", "once"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "same",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("phenomenon", sa.String(32), primary_key=True),
        sa.Column("who", sa.String(), primary_key=True),
        sa.Column("area", sa.String(), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "move",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("actor", "status")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason", "receiver")),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("phenomenon", sa.String(32), nullable=True),
        sa.Column("told_in", sa.String(32), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.UniqueConstraint("workspace", "subject", "step"),
        sqlite_with_rowid=False,
    )
    op.create_index("move_by_delivery", "move", ["workspace", "told_in"])
    op.create_index("move_by_day", "move", ["workspace", "on_day"])
    op.create_table(
        "audit",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("who", "what", "subject")),
        sqlite_with_rowid=False,
    )
    op.create_index("audit_by_time", "audit", ["workspace", "at"])
    op.create_table(
        "erasure",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("number", sa.String(9), primary_key=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "word",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("lemma", sa.String(), primary_key=True),
        sa.Column("part", sa.Boolean(), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("subject", sa.String(32), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("word_by_subject", "word", ["workspace", "subject"])
