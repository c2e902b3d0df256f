"""What the rewriting is told: names in statements, what a database must be able to do, and what differs between two."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Table

ANEW = "anew_"
PAUSE = 0.03  # seconds between two steps, so that those who wait get their turn
T = TypeVar("T")


class Names:
    """A table of ours, its fresh copy and its key, quoted as both databases read them."""

    def __init__(self, table: Table) -> None:
        self.plain, self.plain_copy = table.name, f"{ANEW}{table.name}"
        self.table, self.copy = f'"{self.plain}"', f'"{self.plain_copy}"'
        self.key_columns = [f'"{column.name}"' for column in table.primary_key.columns]
        self.key = ", ".join(self.key_columns)
        rows = f"(SELECT count(*) FROM {self.table}) - (SELECT count(*) FROM {self.copy})"  # noqa: S608 - our own names
        self.missing = f"SELECT {rows}"

    def same_key(self, row: str) -> str:
        """The condition that a row of a table has the key of this one (OLD or NEW, in a trigger)."""
        return " AND ".join(f"{column} = {row}.{column}" for column in self.key_columns)


class Door(Protocol):
    """What is asked of a database: to do a deed in one write transaction, or a statement outside any."""

    @property
    def dialect(self) -> str: ...

    def in_turn(self, deed: Callable[[Connection], T]) -> T: ...

    def alone(self, statement: str) -> None: ...


class Way(Protocol):
    """What each kind of database does in its own way. All but the last runs in a write transaction."""

    def left_over(self, connection: Connection, names: Names) -> list[str]:
        """Statements that take a copy away; before it the triggers that write to it."""

    def drop(self, connection: Connection, statement: str) -> None:
        """Does one of these statements."""

    def begin(self, connection: Connection, names: Names) -> bool:
        """Makes an empty copy that follows what is changed; False if the table has no row and was emptied for good."""

    def hold(self, connection: Connection, names: Names) -> None:
        """Keeps all writers away until the transaction ends, so that none is half-way while rows are copied."""

    def take_place(self, connection: Connection, names: Names) -> None:
        """The copy becomes the table. Raises RuntimeError if rows are missing."""

    def polish(self, door: Door, names: Names) -> None:
        """Makes the copy as good to ask as the table is."""

    def finish(self, door: Door) -> None:
        """Takes away what is left of the old tables outside of them."""
