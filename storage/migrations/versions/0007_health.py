"""Installations: what ties a database to one workspace and one key."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("one", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("key_check", sa.String(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
