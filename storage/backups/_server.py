"""Between a PostgreSQL server and a SQLite file: rows as text, in the order of their keys, with flat memory."""

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Boolean, Column, Table, make_url
from sqlmodel import SQLModel

from storage import files
from storage.backups._manifest import Unfit
from storage.database import Unavailable, migrate, newest_schema
from storage.faults import code_of
from storage.models import Utc

if TYPE_CHECKING:
    import psycopg

Slice: TypeAlias = list[tuple[object, ...]]
AS_TEXT = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
LOOKS = 20  # in a second
AT_A_TIME = 2000  # rows in memory
AT_ONCE = 500  # values in a statement; older SQLites take 999
OF_THE_FILE = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
OF_THE_SERVER = """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique"""
OTHERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_type = 'client backend'"""
OTHER_SCHEMA = "The database's schema is {theirs} and this program's {ours}: {advice}."
IN_USE = (
    "{others} other connections hold the database: end `serve` and `work`, and whatever else is connected (a pooler's"
    " sessions too), and try again. Nothing was changed."
)


def copy_out(url: str, file: Path) -> list[str]:
    """Fills the empty file with schema and all rows as they stand at one instant. Raises Unfit, Unavailable.

    Answers the statements of the indexes, which are not made in it: they cost a third of the time.
    """
    from psycopg import IsolationLevel  # noqa: PLC0415 - ten megabytes that SQLite does without

    with _server(url) as server:
        server.isolation_level, server.read_only = IsolationLevel.REPEATABLE_READ, True
        version = _version(server)
        if version != newest_schema():
            newer = version > newest_schema()
            advice = "make the backup with the newer release" if newer else "run `python -m bot migrate` first"
            raise Unfit(OTHER_SCHEMA.format(theirs=version or "none", ours=newest_schema(), advice=advice))
        server.rollback()
        migrate(files.address(file))
        names = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
        server.execute("SET LOCAL cursor_tuple_fraction = 1")  # all rows are wanted
        server.execute(
            f"LOCK TABLE {names} IN ACCESS SHARE MODE"
        )  # no instant is chosen yet; no table is exchanged now
        with closing(sqlite3.connect(file, isolation_level=None)) as copy:
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                copy.execute(f"PRAGMA {pragma}")
            indexes = copy.execute(OF_THE_FILE).fetchall()
            copy.execute("BEGIN")
            for name, _ in indexes:
                copy.execute(f'DROP INDEX "{name}"')
            for table in SQLModel.metadata.sorted_tables:
                for some in _ahead(_slices(server, table)):
                    _put(copy, table, some)
            copy.execute("COMMIT")
    return [sql for _, sql in indexes]


def _version(server: "psycopg.Connection[tuple[object, ...]]") -> str:
    found = server.execute("SELECT to_regclass('alembic_version')").fetchone()
    if not found or found[0] is None:
        return ""
    row = server.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _slices(server: "psycopg.Connection[tuple[object, ...]]", table: Table) -> Iterator[Slice]:
    shown = ", ".join(_as_stored(column) for column in table.columns)
    order = ", ".join(f'"{table.name}"."{column.name}"' for column in table.primary_key.columns)
    with server.cursor(f"rows of {table.name}") as found:
        found.execute(f'SELECT {shown} FROM "{table.name}" ORDER BY {order}')
        while some := found.fetchmany(AT_A_TIME):  # a third of the time that COPY takes in Python
            yield some


def _ahead(slices: Iterator[Slice]) -> Iterator[Slice]:
    """The next slice is asked for while the one before is written, so that server and file work at the same time."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, slices, None)
        while some := coming.result():
            coming = reader.submit(next, slices, None)
            yield some


def _as_stored(column: "Column[object]") -> str:
    """The column as SQLite keeps it, as text."""
    name = f'"{column.name}"'
    if isinstance(column.type, Utc):
        return AS_TEXT.format(name)
    return f"{name}::int::text" if isinstance(column.type, Boolean) else f"{name}::text"


def _put(copy: sqlite3.Connection, table: Table, rows: Slice) -> None:
    """Inserts several rows by one statement, which takes a fifth less than one by one."""
    several = AT_ONCE // len(table.columns)
    for start in range(0, len(rows), several):
        some = rows[start : start + several]
        places = ", ".join([f"({', '.join('?' * len(table.columns))})"] * len(some))
        copy.execute(f'INSERT INTO "{table.name}" ({_names(table)}) VALUES {places}', list(chain.from_iterable(some)))


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def copy_in(file: Path, url: str) -> None:
    """Puts the file's rows in the place of all that the server's tables hold; all or nothing. Raises Unfit."""
    with _server(url) as server, closing(sqlite3.connect(file)) as copy:
        require_alone(server)
        tables = SQLModel.metadata.sorted_tables
        names = ", ".join(f'"{table.name}"' for table in tables)
        server.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE NOWAIT")
        server.execute(f"TRUNCATE {names}")
        indexes = server.execute(OF_THE_SERVER, [[f'"{table.name}"' for table in tables]]).fetchall()
        for name, _ in indexes:  # made anew from whole tables: a third less time
            server.execute(f"DROP INDEX {name}".encode())
        for table in tables:
            rows = copy.execute(f'SELECT {_names(table)} FROM "{table.name}"')
            with server.cursor().copy(f'COPY "{table.name}" ({_names(table)}) FROM STDIN') as into:
                for row in rows:
                    into.write_row(row)
        for _, statement in indexes:
            server.execute(str(statement).encode())
        server.commit()
        server.autocommit = True
        server.execute("ANALYZE")


def require_alone(server: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Raises Unfit while anybody else is connected; who has just left is told of for a moment still."""
    for _ in range(LOOKS):
        found = server.execute(OTHERS).fetchone()
        if not found or not found[0]:
            return
        server.execute("SELECT pg_stat_clear_snapshot()")
        time.sleep(0.05)
    raise Unfit(IN_USE.format(others=found[0] if found else 0))


def holds(url: str, tables: frozenset[str]) -> bool:
    """Whether one of these tables has a row. Raises Unfit while anybody else is connected."""
    with _server(url) as server:
        require_alone(server)
        return any(server.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() for name in sorted(tables))


@contextmanager
def _server(url: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    import psycopg  # noqa: PLC0415 - as above

    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(address, prepare_threshold=None) as server:
            yield server
    except psycopg.Error as error:
        raise Unavailable(code_of(error)) from error
