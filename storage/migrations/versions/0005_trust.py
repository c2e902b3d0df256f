"""Who belongs, what was answered already, whose database this is, and what a coordinator deleted for a day."""

import sqlalchemy as sa
from alembic import op

from storage.models import Utc

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "membership",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("named", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "handled",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("mark", sa.String(32), primary_key=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "installation",
        sa.Column("one", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("key_check", sa.String(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("erasure", sa.Column("author", sa.String(), nullable=True))
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
