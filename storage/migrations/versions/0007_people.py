"""People's own data: what is restored, imported, to be forgotten, and to go from Slack."""

import secrets

import sqlalchemy as sa
from alembic import op

from storage.models import Utc

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("installation", sa.Column("salt", sa.String(), nullable=True))
    op.add_column("installation", sa.Column("copied_at", Utc(), nullable=True))
    op.add_column("installation", sa.Column("restored_at", Utc(), nullable=True))
    op.add_column("installation", sa.Column("key_kept_on", sa.Date(), nullable=True))
    op.execute(sa.text("UPDATE installation SET salt = :salt").bindparams(salt=secrets.token_hex(16)))
    op.create_index("move_by_actor", "move", ["workspace", "actor"])
    op.add_column("observation", sa.Column("imported", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "forgetting",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due_at", Utc(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.UniqueConstraint("workspace", "user"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "departure",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("user", sa.String(), primary_key=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "clearing",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("due_at", Utc(), nullable=False),
        sqlite_with_rowid=False,
    )
