"""Deleted observations that can come back for a day; and which change of an observation its messages wait for."""

import sqlalchemy as sa
from alembic import op

from storage.models import Utc

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("erasure", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "hidden",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.String(9), nullable=False),
        sa.Column("until", Utc(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("status", "text", "proposal")),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("filed_at", Utc(), nullable=True),
        *(sa.Column(name, sa.String(32), nullable=True) for name in ("phenomenon", "same_as")),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("review_on", "noted_on", "due_on")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("receipt_channel", "receipt_ts")),
        sa.UniqueConstraint("workspace", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index("hidden_by_end", "hidden", ["workspace", "until"])
