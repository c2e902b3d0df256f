"""A fresh database of each kind with the current schema, and a look into it from outside."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine, text

from storage.database import migrate
from tests.databases import as_text, new_database, postgresql_server
from tests.processes import folder_of_a_run

ACTS = text("SELECT once FROM observation")


@contextmanager
def stores() -> Iterator[dict[str, Callable[[], AbstractContextManager[str]]]]:
    """Name of the kind -> a context that gives the address of an empty, migrated database and removes it."""
    with folder_of_a_run("raportoi-bench-") as folder, postgresql_server() as server:
        yield {"SQLite": lambda: _sqlite(folder), "PostgreSQL": lambda: _postgresql(server)}


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    file = folder / "bench.sqlite3"
    migrate(f"sqlite:///{file}")
    try:
        yield f"sqlite:///{file}"
    finally:
        for left in folder.glob("bench.sqlite3*"):
            left.unlink()


@contextmanager
def _postgresql(server: URL) -> Iterator[str]:
    with new_database(server) as url:
        migrate(as_text(url))
        yield as_text(url)


@contextmanager
def looking_into(url: str) -> Iterator[Callable[[], Iterable[str]]]:
    """A function that answers the `once` of every committed observation, asked again at each call."""
    engine = create_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield lambda: connection.scalars(ACTS).all()
    engine.dispose()
