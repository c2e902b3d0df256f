"""Network meetings: the meetings, answers to them, agenda items, and whether they were of use."""

import sqlalchemy as sa
from alembic import op

from storage.models import Utc

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("key", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("workspace", "once", "title")),
        *(sa.Column(name, Utc(), nullable=False) for name in ("starts_at", "ends_at")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("place", "link")),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("agenda", "status")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", Utc(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("minutes", "followed")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("line", "changes", "drawn")),
        sa.Column("drawing_until", Utc(), nullable=True),
        sa.UniqueConstraint("workspace", "once"),
        sqlite_with_rowid=False,
    )
    op.create_index("meeting_by_start", "meeting", ["workspace", "starts_at"])
    op.create_table(
        "rsvp",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("meeting", sa.String(32), primary_key=True),
        sa.Column("user", sa.String(), primary_key=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agenda_item",
        sa.Column("key", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("workspace", "once", "text")),
        sa.Column("proposer", sa.String(), nullable=True),
        sa.Column("meeting", sa.String(32), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.UniqueConstraint("workspace", "once"),
        sqlite_with_rowid=False,
    )
    op.create_index("agenda_item_by_meeting", "agenda_item", ["workspace", "meeting"])
    op.create_table(
        "useful",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("meeting", sa.String(32), primary_key=True),
        sa.Column("who", sa.String(), primary_key=True),
        sa.Column("answer", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
