"""Earlier versions of practice cards."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ANSWERS = ("benefits", "challenges", "regional", "improve", "example", "support")
LINES = ("unit", "target", "resources", "evidence", "link")


def upgrade() -> None:
    words: list[sa.Column[Any]] = [
        sa.Column(name, sa.String(), nullable=False) for name in ("name", "what", *ANSWERS, *LINES)
    ]
    op.create_table(
        "practice_version",
        sa.Column("practice", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.String(9), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        *words,
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("contact", sa.Boolean(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sqlite_with_rowid=False,
    )
