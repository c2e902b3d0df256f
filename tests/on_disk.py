"""What stands in the files of a database: everything that somebody who takes the disk could read."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

BYTES = text(
    """
    SELECT name, pg_read_binary_file(folder || '/' || name, 0, 1000000000, true)
    FROM (SELECT 'base/' || oid AS folder FROM pg_database WHERE datname = current_database()) AS ours,
        pg_ls_dir(folder) AS name
    """
)


READER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN")
print(connection.execute(f"SELECT count(*) FROM {sys.argv[2]}").fetchone()[0], flush=True)
sys.stdin.readline()
"""


@contextmanager
def reading(path: str, table: str) -> Iterator[None]:
    """Another process reads the SQLite file and does not end: a shell, a copy that is being made."""
    command = [sys.executable, "-c", READER, path, table]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        try:
            assert reader.stdout
            assert reader.stdout.readline()
            yield
        finally:
            reader.communicate("\n", timeout=60)


def read_apart(*paths: Path) -> bytes:
    """What stands in the files, read by a process of its own: closing them here would let go of SQLite's locks."""
    return subprocess.run(["cat", *paths], capture_output=True, check=True).stdout


def contents(engine: Engine) -> bytes:
    """All files of the database, one after the other; of PostgreSQL those of tables and indexes, not its log's."""
    if engine.dialect.name == "sqlite":
        path = Path(str(engine.url.database))
        return read_apart(*sorted(path.parent.glob(f"{path.name}*")))
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("CHECKPOINT"))
        return b"".join(bytes(found) for _, found in connection.execute(BYTES) if found)
