"""The door to the database: one way to read, to write and to migrate, the same on SQLite and PostgreSQL."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session, SQLModel

import storage.models  # noqa: F401 - fills the metadata
from storage import files
from storage.faults import (
    BUSY,
    DAMAGE,
    ENCODING,
    END_OF_CONNECTION,
    MOVED,
    code_of,
    is_of_the_database,
    is_of_the_values,
    meaning,
)
from storage.hints import Hinting
from storage.rewriting import clear_away, rewrite

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 15
STANDING_STILL = 60_000  # milliseconds in a transaction without a word, after which PostgreSQL cuts the session
KEEPALIVE = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
KEEPALIVE |= {"tcp_user_timeout": 30_000}  # milliseconds; else a statement waits 15 minutes for a machine that is gone
ALWAYS = {"client_encoding": "utf8", "prepare_threshold": None}  # a pooler gives each transaction another session
SMALL = 30_000_000  # bytes, which VACUUM writes anew in less than a second
LOCK_TIMEOUT = 1500  # milliseconds: who waits for a whole table keeps those who come later waiting too
TRIES, PAUSE = 10, 1.0
LOG_PATIENCE = 1000  # milliseconds that readers get to finish: writers wait meanwhile

log = logging.getLogger(__name__)
T = TypeVar("T")


class Unavailable(Exception):
    """The database is locked, gone, or out of connections; nothing of this transaction was stored.

    `code` is the database's own word for why (storage.faults says what it means), "" where there is none.
    """

    def __init__(self, code: str = "") -> None:
        super().__init__(code)
        self.code = code


class Unusable(Exception):
    """What the address names is damaged or no database, or no driver can read the address (then `code` is "")."""

    def __init__(self, code: str = "") -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Writing:
    """When something was last stored; when storing last failed, since when it does, and why (on the steady clock)."""

    stored: float = float("-inf")
    failed: float = float("-inf")
    since: float = float("-inf")
    code: str = ""

    def fails(self, code: str) -> None:
        now = time.monotonic()
        if code != self.code or not self.is_broken:
            log.error("nothing can be stored: %s", meaning(code))
        self.since = self.since if self.is_broken else now
        self.failed, self.code = now, code

    def works(self) -> None:
        self.stored = time.monotonic()

    @property
    def is_broken(self) -> bool:
        """Whether the last try failed."""
        return self.failed > self.stored


class Database:
    """Sessions for reading and for writing. Writes on SQLite queue on one lock: its own busy handler starves threads.

    Raises Unavailable where the database is locked, gone, or out of connections. `damage` is the database's word for
    what it found broken in its file, "" where nothing was.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.writing, self.damage = Writing(), ""
        self._writing = self.engine.execution_options(writes=True)
        self._lock = threading.Lock() if self.dialect == "sqlite" else None
        self._tidying = threading.Lock()
        self.file = files.database(url)  # SQLite's; there is none on PostgreSQL
        self._file = _identity(self.file)
        event.listen(self.engine, "do_connect", self._connect)
        event.listen(self.engine, "handle_error", self._notice_damage)
        event.listen(self.engine, "after_cursor_execute", _notice_change)

    @contextmanager
    def read(self) -> Iterator[Session]:
        with _named_errors(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on any error. `writing` knows afterwards how it went."""
        try:
            with self._turn(), _named_errors():
                with Session(self._writing, expire_on_commit=False) as session, session.begin():
                    self._see_file()
                    kept = session.connection().info
                    kept["changed"] = False
                    yield session
                self._see_file()
        except Unavailable as error:
            self.writing.fails(error.code)
            raise
        except DBAPIError as error:
            if not is_of_the_values(error):
                self.writing.fails(code_of(error.orig))
            raise
        if kept["changed"]:
            self.writing.works()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._lock and not self._lock.acquire(timeout=BUSY_SECONDS):
            raise Unavailable(BUSY)
        try:
            yield
        finally:
            if self._lock:
                self._lock.release()

    @property
    def is_moved(self) -> bool:
        """Whether SQLite's file was removed or replaced: what is written to the open one is gone after a restart."""
        return self._file is not None and _identity(self.file) != self._file

    def _see_file(self) -> None:
        if self.is_moved:
            raise Unavailable(MOVED)

    def _connect(self, dialect: Any, _record: Any, _args: Any, chosen: dict[str, Any]) -> Any:
        """SQLite's connection to the file as it is: one that was taken away is not made anew, which SQLite would do."""
        self._see_file()
        return self.file and dialect.loaded_dbapi.connect(f"{self.file.as_uri()}?mode=rw", uri=True, **chosen)

    def _notice_damage(self, context: ExceptionContext) -> None:
        code = code_of(context.original_exception)
        self.damage = code if code.startswith(DAMAGE) else self.damage

    def require_whole(self) -> None:
        """Raises Unusable where SQLite finds damage in its file; it reads all of it (some 200 MB a second).

        PostgreSQL's server looks by itself. Raises Unavailable.
        """
        if self.file is None:
            return
        try:
            with _named_errors(), self.engine.connect() as connection:
                said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        except Unavailable as error:
            if error.code.startswith(DAMAGE):
                raise Unusable(error.code) from error
            raise
        if said != "ok":
            raise Unusable(DAMAGE[0])

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
            if not log_only and not self._is_vacuumed():
                rewrite(self, SQLModel.metadata.sorted_tables)
            return self._empty_log()

    def _is_vacuumed(self) -> bool:
        """Writes SQLite's file anew by its own command, if it is so small that no writer waits long for it."""
        if not self._lock or not self.file or self.file.stat().st_size > SMALL:
            return False
        with self._lock, _named_errors(), self.engine.connect() as connection:
            plain: Any = connection.connection.driver_connection
            plain.execute("VACUUM").fetchall()
        return True

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
        """Ends all connections; one that somebody still has ends when it is given back."""
        pool = self.engine.pool
        event.listen(pool, "checkin", lambda _connection, record: record.close())
        self.engine.dispose()


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, PoolTimeoutError) as error:
        if not is_of_the_database(error):
            raise
        code = code_of(getattr(error, "orig", None))
        log.warning("the database did not do as asked (%s)", code, exc_info=True)
        raise Unavailable(code) from error


def _identity(file: Path | None) -> tuple[int, int] | None:
    """What tells a file from another of the same name; None where there is none, or nothing in it."""
    try:
        seen = file.stat() if file else None
    except OSError:
        return None
    return (seen.st_dev, seen.st_ino) if seen and seen.st_size else None


def _notice_change(connection: Connection, cursor: Any, *told: Any) -> None:
    """A transaction that only looked says nothing of whether the database can still be written to."""
    _statement, _values, context, _many = told
    if cursor.rowcount > 0 and context and (context.isinsert or context.isupdate or context.isdelete):
        connection.info["changed"] = True


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
            connect_args=ALWAYS | {name: one for name, one in KEEPALIVE.items() if name not in make_url(url).query},
        )
        engine.dialect.do_begin = _begin_postgresql  # type: ignore[method-assign,assignment]  # the dialect leaves it to the driver
        event.listen(engine, "checkout", _refuse_read_only)
        event.listen(engine, "handle_error", _drop_connection)
        return engine
    files.make(files.of_database(url)[0])
    engine = create_engine(
        url, hide_parameters=True, pool_size=10, max_overflow=40, connect_args={"timeout": BUSY_SECONDS}
    )
    engine.dialect.statement_compiler = Hinting
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _choose_begin)
    engine.dialect.do_begin = _begin_sqlite  # type: ignore[method-assign,assignment]  # the dialect leaves it to the driver
    return engine


def _begin_postgresql(connection: Any) -> None:
    """A process that is frozen, or whose machine is gone, must not hold its locks for ever (the gate's, for one).

    Said in each transaction, since a pooler (PgBouncer) gives the next one another session.
    """
    if not connection.autocommit:
        connection.execute(f"SET LOCAL idle_in_transaction_session_timeout = {STANDING_STILL}")


def _refuse_read_only(connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that was made while the server took no writes stays so for its life: another is made at each use."""
    used, record.info["used"] = record.info.get("used"), True
    told = [connection.info.parameter_status(name) for name in ("default_transaction_read_only", "in_hot_standby")]
    if used and "on" in told:
        raise DisconnectionError


def _drop_connection(context: ExceptionContext) -> None:
    if code_of(context.original_exception).startswith(END_OF_CONNECTION):
        context.is_disconnect = True


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin transactions of its own kind
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _choose_begin(connection: Connection) -> None:
    connection.info["begin"] = "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN"


def _begin_sqlite(connection: Any) -> None:
    connection.execute(connection.info["begin"])


def newest_schema() -> str:
    """The version of the schema that this program brings."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def migrate(url: str) -> str:
    """Brings the schema up to date and returns its version; two processes at once are harmless.

    A schema newer than this program is left as it is: migrations only add, so that an older release still runs on it.
    Raises Unavailable, Unusable.
    """
    newest = newest_schema()
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
    except DBAPIError as error:
        code = code_of(error.orig)
        if code.startswith(DAMAGE):
            raise Unusable(code) from error
        if is_of_the_database(error):
            raise Unavailable(code) from error
        raise
    finally:
        engine.dispose()


def _reach(engine: Engine) -> None:
    try:
        with engine.connect() as connection:
            if engine.dialect.name != "sqlite" and connection.scalar(text("SHOW server_encoding")) != "UTF8":
                raise Unavailable(ENCODING)
    except DBAPIError as error:
        if is_of_the_database(error):
            raise
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
