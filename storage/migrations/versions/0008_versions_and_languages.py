"""Earlier versions of practice cards, a second language and Slack's own tables for a network, and indexes for queue and digest."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ANSWERS = ("benefits", "challenges", "regional", "improve", "example", "support")
LINES = ("unit", "target", "resources", "evidence", "link")
NARROWED = ["kind", "theme", "area"]


def upgrade() -> None:
    _keep_earlier_cards()
    op.add_column("network", sa.Column("second_language", sa.String(), nullable=False, server_default=""))
    op.add_column("network", sa.Column("new_blocks", sa.String(), nullable=False, server_default="off"))
    op.add_column("summary_words", sa.Column("sender", sa.String(), nullable=False, server_default=""))
    _index_the_queue()


def _keep_earlier_cards() -> None:
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


def _index_the_queue() -> None:
    """SQLite reads no row where an index holds all that is asked for."""
    for name, columns in {
        "observation_by_count": ["week", *NARROWED, "status", "imported", "author"],
        "observation_by_status": ["status", "filed_on", "opened_on", "imported", "warned", "author"],
        "observation_by_due": ["due_on", "status", "noted_on", "filed_on", "review_on", *NARROWED, "author"],
    }.items():
        op.drop_index(name, "observation")
        op.create_index(name, "observation", ["workspace", *columns])
    closed = sa.text("due_on IS NULL")
    op.create_index(
        "observation_by_last_word",
        "observation",
        ["workspace", "noted_on", "status", *NARROWED, "due_on"],
        sqlite_where=closed,
        postgresql_where=closed,
    )
