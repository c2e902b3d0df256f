"""The installation: what ties a database to one workspace and one key."""

from sqlmodel import Field, SQLModel

THE_ONE = 1


class Installation(SQLModel, table=True):
    """The one row about the database itself. It holds no time: nothing here tells when anybody wrote last."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    one: int = Field(default=THE_ONE, primary_key=True)
    workspace: str = Field(description="the workspace whose observations stand here")
    key_check: str = Field(description="made with the key of keyed hashes; another key makes another one")
    beat: int = Field(default=0, description="changed to see whether the database can be written to")
