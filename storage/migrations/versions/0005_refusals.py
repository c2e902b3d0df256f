"""Who belongs: the channel that was found first, and how often the members have changed."""

import sqlalchemy as sa
from alembic import op

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
