"""A second language of what stands in the discussion channel."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("network", sa.Column("second_language", sa.String(), nullable=False, server_default=""))
