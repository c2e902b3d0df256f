"""Practice cards; followers, and whether a matter has changed; the coordinators' hand on an observation."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ANSWERS = ("benefits", "challenges", "regional", "improve", "example", "support")
LINES = ("unit", "target", "resources", "evidence", "link")


def _card() -> list[sa.Column[Any]]:
    return [
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.String(9), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "what", *ANSWERS, *LINES)),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("contact", sa.Boolean(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
    ]


def upgrade() -> None:
    _make_practices()
    _make_loop()
    op.add_column("observation", sa.Column("chosen", sa.String(), nullable=False, server_default=""))
    op.add_column("observation", sa.Column("way", sa.String(), nullable=False, server_default=""))
    op.add_column("observation", sa.Column("people", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("phenomenon", sa.Column("unchanged_on", sa.Date(), nullable=True))


def _make_practices() -> None:
    op.create_table(
        "practice",
        *_card(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("words_by", sa.String(), nullable=False),
        sa.UniqueConstraint("workspace", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "practice_draft",
        *_card(),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("workspace", "number"),
        sa.UniqueConstraint("workspace", "once"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "practice_tried",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("practice", sa.String(32), primary_key=True),
        sa.Column("who", sa.String(), primary_key=True),
        sa.Column("named", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )


def _make_loop() -> None:
    op.create_table(
        "follower",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("phenomenon", sa.String(32), primary_key=True),
        sa.Column("user", sa.String(), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("follower_by_user", "follower", ["workspace", "user"])
    op.create_table(
        "changed",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("subject", sa.String(32), primary_key=True),
        sa.Column("who", sa.String(), primary_key=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "handling",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("observation", sa.String(32), primary_key=True),
        sa.Column("user", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
