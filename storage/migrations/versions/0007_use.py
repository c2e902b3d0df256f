"""What is new to a coordinator, how they want to hear of it, warnings that were confirmed, and posts taken down."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("observation", sa.Column("warned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("phenomenon", sa.Column("down", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "hearing",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("user", sa.String(), primary_key=True),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "news",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("user", sa.String(), primary_key=True),
        sa.Column("subject", sa.String(32), primary_key=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
