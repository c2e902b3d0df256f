"""The half-year summary: counted once, written for, and said of phenomena; and people's own data: kept and forgotten."""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.models import Utc

revision = "0006"
down_revision = "0005"

OF_PHENOMENA = ("kind", "proposal", "addressee", "actor", "deadline", "cost", "goal", "statistics")
WORDS = ("subtitle", "highlights", "proposals", "residents", "residents_source", "handled")


def _half_year() -> list[sa.Column[Any]]:
    return [sa.Column("workspace", sa.String(), primary_key=True), sa.Column("first", sa.Date(), primary_key=True)]


def _version() -> sa.Column[Any]:
    return sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False)


def upgrade() -> None:
    _make_summary()
    _make_own_data()


def _make_summary() -> None:
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


def _make_own_data() -> None:
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
