"""Whether a network is shown Slack's own tables and charts."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("network", sa.Column("new_blocks", sa.String(), nullable=False, server_default="off"))
