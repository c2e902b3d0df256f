"""The installation: what ties a database to one workspace and one key, and from which copy it was restored."""

import secrets
from datetime import date, datetime

from sqlmodel import Field, SQLModel

from storage.models._kept import keep
from storage.models._types import Utc

THE_ONE = 1


class Installation(SQLModel, table=True):
    """The one row about the database itself. It holds no time: nothing here tells when anybody wrote last."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    one: int = Field(default=THE_ONE, primary_key=True)
    workspace: str = Field(description="the workspace whose observations stand here")
    key_check: str = Field(description="made with the key of keyed hashes; another key makes another one")
    beat: int = Field(default=0, description="changed to see whether the database can be written to")
    salt: str | None = Field(
        default_factory=lambda: secrets.token_hex(16),
        description="what is planned again after a restore has the mark that it had before: marks are made with it",
    )
    copied_at: datetime | None = Field(default=None, sa_type=Utc, description="when the restored copy was made")
    restored_at: datetime | None = Field(default=None, sa_type=Utc, description="null: it was never restored")
    key_kept_on: date | None = Field(default=None, description="when a copy of the key was last kept apart, as told")


keep(Installation, none="one workspace key_check beat salt copied_at restored_at key_kept_on")
