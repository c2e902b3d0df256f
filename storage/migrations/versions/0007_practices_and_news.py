"""What coordinators hear and do, practice cards, followers and whether a matter has changed, and wider indexes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ANSWERS = ("benefits", "challenges", "regional", "improve", "example", "support")
LINES = ("unit", "target", "resources", "evidence", "link")
FOUND_BY = (("audit", "who"), ("audit", "subject"), ("delivery", "recipient"))


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
    _add_columns()
    _make_news()
    _make_practices()
    _make_loop()
    _widen_indexes()


def _add_columns() -> None:
    op.add_column("observation", sa.Column("warned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("phenomenon", sa.Column("down", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("observation", sa.Column("asked", sa.String(), nullable=False, server_default=""))
    op.add_column("person", sa.Column("area_set", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("observation", sa.Column("chosen", sa.String(), nullable=False, server_default=""))
    op.add_column("observation", sa.Column("way", sa.String(), nullable=False, server_default=""))
    op.add_column("observation", sa.Column("people", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("phenomenon", sa.Column("unchanged_on", sa.Date(), nullable=True))


def _make_news() -> None:
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


def _widen_indexes() -> None:
    for table, column in FOUND_BY:
        op.create_index(f"{table}_by_{column}", table, ["workspace", column])
    op.drop_index("observation_by_due", "observation")
    op.drop_index("observation_by_day", "observation")
    overdue = ["workspace", "due_on", "status", "noted_on", "filed_on", "review_on"]
    op.create_index("observation_by_due", "observation", overdue)
    of_the_day = ["workspace", "filed_on", "kind", "theme", "area", "status", "filed_at", "author"]
    op.create_index("observation_by_day", "observation", of_the_day)
