"""The delivery ledger, the rounds of reminders, and the settings of people and networks."""

import sqlalchemy as sa
from alembic import op

from storage.models import Utc

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("person", sa.Column("language", sa.String(), nullable=True))
    op.add_column("person", sa.Column("reminders", sa.Boolean(), nullable=False, server_default=sa.true()))
    for name in ("paused_until", "absence_start", "absence_end"):
        op.add_column("person", sa.Column(name, sa.Date(), nullable=True))
    op.create_table(
        "network",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("channel", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("language", "reminder_cadence")),
        sa.Column("reminder_weekday", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reminder_time", "reminder_place")),
        sa.Column("digest_weekday", sa.Integer(), nullable=False),
        sa.Column("digest_time", sa.String(), nullable=False),
        sa.Column("min_group", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    for table, names in (
        ("coordinator", ("workspace", "user")),
        ("answered", ("workspace", "occurrence", "user")),
    ):
        op.create_table(
            table, *(sa.Column(name, sa.String(), primary_key=True) for name in names), sqlite_with_rowid=False
        )
    op.create_table(
        "wording",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("workspace", "kind", "language")),
        sa.Column("text", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "run",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("workspace", "kind", "occurrence")),
        *(sa.Column(name, Utc(), nullable=False) for name in ("due_at", "expires_at")),
        sa.Column("state", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "delivery",
        sa.Column("key", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("workspace", "kind", "occurrence", "recipient")),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("params", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *(sa.Column(name, Utc(), nullable=False) for name in ("not_before", "expires_at")),
        sa.Column("first_intent_at", Utc(), nullable=True),
        sa.Column("lease_owner", sa.String(), nullable=True),
        sa.Column("lease_until", Utc(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("fence", "attempts", "verifies")),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("sent_at", Utc(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("evidence", "error")),
        sa.UniqueConstraint("workspace", "kind", "occurrence", "recipient"),
        sqlite_with_rowid=False,
    )
    pending = sa.text("state = 'pending'")
    op.create_index(
        "delivery_pending", "delivery", ["workspace", "priority", "not_before"],
        sqlite_where=pending, postgresql_where=pending,
    )  # fmt: skip
    op.create_index("delivery_open", "delivery", ["state", "lease_until"])
    op.create_table(
        "channel_gate",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("workspace", "channel")),
        sa.Column("free_at", Utc(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rate_gate",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("workspace", "method")),
        sa.Column("tat", Utc(), nullable=False),
        sa.Column("blocked_until", Utc(), nullable=True),
        sqlite_with_rowid=False,
    )
