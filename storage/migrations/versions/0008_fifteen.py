"""Indexes by which the queue is narrowed, and by which closed observations are read in the order of their last words."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NARROWED = ["kind", "theme", "area"]


def upgrade() -> None:
    op.drop_index("observation_by_due", "observation")
    overdue = ["workspace", "due_on", "status", "noted_on", "filed_on", "review_on"]
    op.create_index("observation_by_due", "observation", [*overdue, *NARROWED])
    closed = sa.text("due_on IS NULL")
    op.create_index(
        "observation_by_last_word",
        "observation",
        ["workspace", "noted_on", "status", *NARROWED, "due_on"],
        sqlite_where=closed,
        postgresql_where=closed,
    )
