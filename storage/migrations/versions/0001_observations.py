"""Observations, what is remembered of their authors, and the vocabularies."""

import sqlalchemy as sa
from alembic import op

from storage.models import Utc

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "observation",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.String(9), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("filed_at", Utc(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("theme_set", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("proposal", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("client_group", sa.String(), nullable=True),
        sa.Column("scale", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("receipt_channel", sa.String(), nullable=True),
        sa.Column("receipt_ts", sa.String(), nullable=True),
        sa.UniqueConstraint("workspace", "number"),
        sa.UniqueConstraint("workspace", "once"),
        sqlite_with_rowid=False,
    )
    op.create_index("observation_by_week", "observation", ["workspace", "week"])
    op.create_index("observation_by_author", "observation", ["workspace", "author"])
    op.create_table(
        "person",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("user", sa.String(), primary_key=True),
        sa.Column("area", sa.String(), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "term",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("vocabulary", sa.String(), primary_key=True),
        sa.Column("version", sa.String(), primary_key=True),
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fi", sa.String(), nullable=False),
        sa.Column("sv", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
