"""Alembic's way in: runs on the connection it is given, inside that connection's transaction."""

from alembic import context
from sqlmodel import SQLModel

import storage.models  # noqa: F401 - fills the metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata)
context.run_migrations()
