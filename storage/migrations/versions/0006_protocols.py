"""Marks of what was answered already, for all processes; and whose home shows words that are gone."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "handled",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("mark", sa.String(32), primary_key=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("erasure", sa.Column("author", sa.String(), nullable=True))
