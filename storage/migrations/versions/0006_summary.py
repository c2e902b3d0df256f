"""The half-year summary: numbers that are counted once, what is written for it, and what a phenomenon says there."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

OF_PHENOMENA = ("kind", "proposal", "addressee", "actor", "deadline", "cost", "goal", "statistics")
WORDS = ("subtitle", "highlights", "proposals", "residents", "residents_source", "handled")


def _half_year() -> list[sa.Column[Any]]:
    return [sa.Column("workspace", sa.String(), primary_key=True), sa.Column("first", sa.Date(), primary_key=True)]


def _version() -> sa.Column[Any]:
    return sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False)


def upgrade() -> None:
    op.create_table(
        "published",
        *_half_year(),
        _version(),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("median_days", sa.Integer(), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published_cell",
        *_half_year(),
        _version(),
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("attribute", "name")),
        sa.Column("codes", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published_member",
        *_half_year(),
        _version(),
        sa.Column("subject", sa.String(32), primary_key=True),
        sa.Column("codes", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "summary_words",
        *_half_year(),
        sa.Column("language", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in WORDS),
        sqlite_with_rowid=False,
    )
    for name in OF_PHENOMENA:
        op.add_column("phenomenon", sa.Column(name, sa.String(), nullable=False, server_default=""))
