"""What coordinators see first is counted from indexes alone: what is overdue, and who has filed since a round began."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.drop_index("observation_by_due", "observation")
    op.drop_index("observation_by_day", "observation")
    overdue = ["workspace", "due_on", "status", "noted_on", "filed_on", "review_on"]
    op.create_index("observation_by_due", "observation", overdue)
    of_the_day = ["workspace", "filed_on", "kind", "theme", "area", "status", "filed_at", "author"]
    op.create_index("observation_by_day", "observation", of_the_day)
