"""The door to the database: one way to read, to write and to migrate, the same on SQLite and PostgreSQL."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session, SQLModel

import storage.models  # noqa: F401 - fills the metadata
from storage import files
from storage.rewriting import clear_away, rewrite

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 15
STANDING_STILL = 60_000  # milliseconds in a transaction without a word, after which PostgreSQL cuts the session
KEEPALIVE = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
LOCK_TIMEOUT = 1500  # milliseconds: who waits for a whole table keeps those who come later waiting too
TRIES, PAUSE = 10, 1.0
LOG_PATIENCE = 1000  # milliseconds that readers get to finish: writers wait meanwhile

log = logging.getLogger(__name__)
T = TypeVar("T")


class Unavailable(Exception):
    """The database is locked, gone, or out of connections; nothing of this transaction was stored."""


class Unusable(Exception):
    """What the address names is no database, or no driver can read the address."""


class Database:
    """Sessions for reading and for writing. Writes on SQLite queue on one lock: its own busy handler starves threads.

    Raises Unavailable where the database is locked, gone, or out of connections.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(writes=True)
        self._lock = threading.Lock() if self.dialect == "sqlite" else None
        self._tidying = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Session]:
        with _named_errors(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on any error."""
        if self._lock and not self._lock.acquire(timeout=BUSY_SECONDS):
            raise Unavailable
        try:
            with _named_errors(), Session(self._writing, expire_on_commit=False) as session, session.begin():
                yield session
        finally:
            if self._lock:
                self._lock.release()

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    def in_turn(self, deed: Callable[[Connection], T]) -> T:
        """Does the deed in one write transaction; tried again for a while if somebody else holds what it needs."""
        for _ in range(TRIES):
            with suppress(Unavailable):
                return self._patiently(deed)
            time.sleep(PAUSE)
        return self._patiently(deed)

    def _patiently(self, deed: Callable[[Connection], T]) -> T:
        with self.write() as session:
            if not self._lock:
                session.execute(text(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT}"))
            return deed(session.connection())

    def alone(self, statement: str) -> None:
        """Does the statement outside any transaction (PostgreSQL)."""
        with _named_errors(), self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql(statement)

    def tidy(self, *, log_only: bool = False) -> bool:
        """Nothing in the files tells any more in which order rows came, or what was taken away. Writers go on.

        Every table is written anew, and on SQLite the write-ahead log is emptied. Returns False if somebody who reads
        an older state keeps the log from that: then it is to be tried again with `log_only`. Raises Unavailable if a
        table cannot be written anew for now.
        """
        with self._tidying:
            if not log_only:
                rewrite(self, SQLModel.metadata.sorted_tables)
            return self._empty_log()

    def _empty_log(self) -> bool:
        """SQLite: what stands in the log goes to the file, and the log is cut to nothing, unless somebody reads it."""
        if not self._lock:
            return True
        with _named_errors(), self.engine.connect() as connection:
            plain: Any = connection.connection.driver_connection
            plain.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # most of it, while others write
            plain.execute(f"PRAGMA busy_timeout = {LOG_PATIENCE}")
            try:
                with self._lock:
                    busy, _, _ = plain.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                plain.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        return not busy

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeoutError) as error:
        log.warning("the database did not do as asked", exc_info=True)
        raise Unavailable from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable from error
        raise


def _engine(url: str) -> Engine:
    """An engine whose errors never carry the values of a statement (a text would reach the log)."""
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=40,
            pool_timeout=10,
            connect_args={name: value for name, value in KEEPALIVE.items() if name not in make_url(url).query},
        )
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    files.make(files.of_database(url)[0])
    engine = create_engine(
        url, hide_parameters=True, pool_size=10, max_overflow=40, connect_args={"timeout": BUSY_SECONDS}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    """A process that is frozen, or whose machine is gone, must not hold its locks for ever (the gate's, for one)."""
    connection.execute(f"SET idle_in_transaction_session_timeout = {STANDING_STILL}")
    connection.commit()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin transactions of its own kind
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def migrate(url: str) -> str:
    """Brings the schema up to date and answers its version; two processes at once are harmless.

    A schema newer than this program is left as it is: migrations only add, so that an older release still runs on it.
    Raises Unavailable, Unusable.
    """
    newest = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    engine = _engine(url)
    try:
        _reach(engine)
        with engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(722019)"))
            stands = _version(connection)
            if stands is None or stands < newest:
                _upgrade(connection)
                log.info("schema brought from %s to %s", stands, newest)
        for path in files.of_database(url):  # now that we know that it is ours
            files.mend(path)
        return max(stands or "", newest)
    except OperationalError as error:
        raise Unavailable from error
    finally:
        engine.dispose()


def _reach(engine: Engine) -> None:
    try:
        engine.connect().close()
    except OperationalError:
        raise
    except DBAPIError as error:
        raise Unusable from error


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _upgrade(connection: Connection) -> None:
    clear_away(connection, SQLModel.metadata.sorted_tables)
    from alembic import command  # noqa: PLC0415 - 100 ms that most starts can do without
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
