"""Of the frozen numbers of a half-year only those stay that are told: how many were taken forward was never shown."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("DELETE FROM published_cell WHERE attribute = 'forward'")
    op.execute(  # its code was the last one of each observation
        "UPDATE published_member SET codes = substr(codes, 1, length(codes) - CASE WHEN codes LIKE '%|yes' THEN 4 ELSE 3 END)"
        " WHERE codes LIKE '%|yes' OR codes LIKE '%|no'"
    )
