"""What is stored of one person is found by indexes: who did what, what was done with what, and who was written to."""

from alembic import op

revision = "0009"
down_revision = "0008"

FOUND_BY = (("audit", "who"), ("audit", "subject"), ("delivery", "recipient"))


def upgrade() -> None:
    for table, column in FOUND_BY:
        op.create_index(f"{table}_by_{column}", table, ["workspace", column])
