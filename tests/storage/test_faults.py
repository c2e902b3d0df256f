"""What the door to the database makes of refusals: whose fault it was, and whether anything can still be stored."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from storage.database import Database, Unavailable
from storage.faults import BUSY, MOVED, meaning
from tests.storage.test_database import row


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


def stores(database: Database, number: int) -> None:
    with database.write() as session:
        session.add(row(number))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("SQLITE_FULL", "the disk is full (SQLITE_FULL)"),
        ("SQLITE_IOERR_WRITE", "the disk does not do as asked, or is full (SQLITE_IOERR_WRITE)"),
        ("SQLITE_BUSY_SNAPSHOT", "another program holds it (SQLITE_BUSY_SNAPSHOT)"),
        ("SQLITE_READONLY_DBMOVED", "its file or folder may not be written to (SQLITE_READONLY_DBMOVED)"),
        ("25006", "the server takes no writes (it is read-only) (25006)"),
        ("53100", "the server's disk is full (53100)"),
        ("53300", "the server has no room or no connection left (53300)"),
        ("57P01", "the server is stopping or starting (57P01)"),
        ("08006", "the server cannot be reached (08006)"),
        ("XX001", "what the server has stored is damaged (XX001)"),
        ("40001", "it does not answer as it should (40001)"),
        ("", "it does not answer"),
        (MOVED, "its file was removed or replaced while the bot runs"),
        (BUSY, "too many wait for it"),
    ],
)
def test_a_refusal_is_told_in_words_with_its_code(code: str, words: str) -> None:
    assert meaning(code) == words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_file_that_may_not_grow_is_known_until_something_is_stored_again(database: Database) -> None:
    limits = [1_000_000]
    event.listen(
        database.engine, "checkout", lambda one, *_: one.execute(f"PRAGMA max_page_count = {limits[0]}").fetchall()
    )
    stores(database, 1)
    limits[0] = 1  # SQLite takes what the file has by now
    with pytest.raises(Unavailable) as refused:  # noqa: PT012 - sooner or later
        for number in range(2, 1000):
            stores(database, number)
    assert (refused.value.code, database.writing.code) == ("SQLITE_FULL", "SQLITE_FULL")
    assert database.writing.is_broken
    limits[0] = 1_000_000
    stores(database, 1001)
    assert not database.writing.is_broken


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_transaction_that_turned_read_only_costs_its_connection(database: Database) -> None:
    stores(database, 1)
    with pytest.raises(Unavailable) as refused, database.write() as session:  # noqa: PT012 - the flush refuses
        session.execute(text("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"))
        session.execute(text("SET TRANSACTION READ ONLY"))
        session.add(row(2))
        session.flush()
    assert refused.value.code == "25006"
    assert database.writing.is_broken
    for number in range(3, 7):
        stores(database, number)
    assert not database.writing.is_broken


def test_who_only_looks_or_gives_wrong_values_says_nothing_of_whether_anything_can_be_stored(
    database: Database,
) -> None:
    with database.write() as session:
        session.execute(text("SELECT 1"))
    assert database.writing.stored == float("-inf")
    stores(database, 1)
    stored = database.writing.stored
    assert stored > 0
    with pytest.raises(IntegrityError):
        stores(database, 1)
    assert not database.writing.is_broken
    database.writing.fails("SQLITE_FULL")
    with database.write() as session:
        session.execute(text("UPDATE observation SET text = '' WHERE false"))
    assert database.writing.is_broken
