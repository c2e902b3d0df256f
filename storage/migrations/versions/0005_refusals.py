"""Who belongs: the channel that was found first, how often the members have changed; what the database belongs to."""

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
    op.create_table(
        "installation",
        sa.Column("one", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("key_check", sa.String(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
