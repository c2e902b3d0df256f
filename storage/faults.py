"""What a database's refusal means: why, in words for the operator, and whether the connection is of no more use."""

from typing import Any

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

MOVED = "moved"
BUSY = "busy"
ENCODING = "encoding"
# By the beginning of SQLite's name for the error or of PostgreSQL's SQLSTATE; the first that fits counts.
MEANINGS = {
    MOVED: "its file was removed or replaced while the bot runs",
    BUSY: "too many wait for it",
    ENCODING: "it cannot hold every letter (make it with `createdb -E UTF8 -T template0`)",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_BUSY": "another program holds it",
    "SQLITE_LOCKED": "another program holds it",
    "SQLITE_READONLY": "its file or folder may not be written to",
    "SQLITE_PERM": "its file or folder may not be written to",
    "SQLITE_CANTOPEN": "its file cannot be opened",
    "SQLITE_CORRUPT": "its file is damaged",
    "SQLITE_NOTADB": "its file is damaged, or is no database",
    "SQLITE_IOERR": "the disk does not do as asked, or is full",
    "08": "the server cannot be reached",
    "25006": "the server takes no writes (it is read-only)",
    "28": "the server refuses the user or the password",
    "3D000": "the server has no database of that name",
    "42501": "the user may not do that in the database",
    "53100": "the server's disk is full",
    "53": "the server has no room or no connection left",
    "55P03": "another program holds it",
    "57P": "the server is stopping or starting",
    "58": "the server's disk does not do as asked",
    "XX": "what the server has stored is damaged",
}
DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002")
END_OF_CONNECTION = ("08", "25006", "25P03", "57P")  # of use no more, or read-only for as long as it lives


def code_of(error: BaseException | None) -> str:
    """SQLite's name for the error or PostgreSQL's SQLSTATE; "" where the driver has none."""
    found: Any = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return str(found or "")


def meaning(code: str) -> str:
    """The words for the operator, with the code."""
    words = next((words for begins, words in MEANINGS.items() if code.startswith(begins)), "")
    if not words:
        return f"it does not answer as it should ({code})" if code else "it does not answer"
    return words if code in (MOVED, BUSY, ENCODING) else f"{words} ({code})"


def is_of_the_database(error: DBAPIError | PoolTimeoutError) -> bool:
    """Whether the database is at fault, and not the statement or its values."""
    if isinstance(error, OperationalError | PoolTimeoutError) or error.connection_invalidated:
        return True
    return code_of(error.orig).startswith((*DAMAGE, "42501"))


def is_of_the_values(error: DBAPIError) -> bool:
    """Whether the database works and has refused what it was given."""
    return isinstance(error, IntegrityError | DataError)
