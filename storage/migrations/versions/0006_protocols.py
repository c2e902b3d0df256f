"""Marks of what was answered already, for all processes, so that an event that comes again is answered once."""

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
