"""Which guessed fields of an observation are asked about, and whether a person's area is their own setting."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("observation", sa.Column("asked", sa.String(), nullable=False, server_default=""))
    op.add_column("person", sa.Column("area_set", sa.Boolean(), nullable=False, server_default=sa.false()))
