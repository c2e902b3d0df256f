"""Tables are written anew while others go on: nothing is lost, nothing that was deleted is left, the schema stays."""

import random
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    Integer,
    MetaData,
    Table,
    delete,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.schema import ColumnCollectionConstraint
from sqlmodel import AutoString, SQLModel

from storage import database as doors
from storage import rewriting
from storage.database import Database, Unavailable, migrate
from storage.inserts import insert as upsert
from storage.models import Utc
from storage.rewriting import rewrite
from tests.on_disk import contents, read_apart, reading
from tests.storage.releases import schema

pytestmark = pytest.mark.own_database

TABLES = SQLModel.metadata.sorted_tables
GONE, OLD, NEW = "poistettusana", "vanhasana", "uusisana"
LONG = {"text", "proposal", "words", "reason", "outcome", "agenda", "followed", "params"}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven rows in a step, so that much happens between two."""
    for name in ("FIRST", "LEAST", "MOST"):
        monkeypatch.setattr(rewriting, name, 7)
    monkeypatch.setattr(rewriting, "PAUSE", 0)


in_small_steps = pytest.mark.usefixtures("small_steps")


def indexed(table: Table) -> set[str]:
    keys = [*(one for one in table.constraints if isinstance(one, ColumnCollectionConstraint)), *table.indexes]
    return {column.name for key in keys for column in key.columns}


def typed(table: Table) -> set[str]:
    """Columns that hold any text."""
    return {one.name for one in table.columns if isinstance(one.type, AutoString) and not one.type.length}


def made_up(table: Table, number: int, words: str, only: Collection[str]) -> dict[str, Any]:
    """A row that holds the words in these columns; some rows have long texts."""
    row: dict[str, Any] = {}
    for name, column in table.columns.items():
        if isinstance(column.type, Utc):
            row[name] = datetime(2026, 11, 25, 9, number % 60, tzinfo=UTC)
        elif isinstance(column.type, Date):
            row[name] = date(2026, 11, 25)
        elif isinstance(column.type, Boolean):
            row[name] = False
        elif isinstance(column.type, Integer):
            row[name] = number
        elif column.type.length:
            row[name] = f"{number * 7919 % 10_000:0{column.type.length}}"
        else:
            row[name] = f"{words if name in only else 'sanoja'} {number * 7919 % 10_000}"
            if number % 10 == 0 and name in LONG - indexed(table):
                row[name] += secrets.token_hex(4000)  # so long that PostgreSQL puts it elsewhere
    return row


def rows_of(database: Database, table: Table) -> list[tuple[Any, ...]]:
    with database.read() as session:
        return [tuple(row) for row in session.connection().execute(select(table).order_by(*table.primary_key))]


def fill(connection: Connection, table: Table) -> None:
    """Sixty rows of old words and twice as many that will go."""
    old = [made_up(table, number, OLD, typed(table) - indexed(table)) for number in range(60)]
    gone = [made_up(table, number, GONE, typed(table)) for number in range(100, 220)]
    connection.execute(insert(table), [*old, *gone])


def take_away(connection: Connection, table: Table) -> None:
    """The rows that go go, the old words give way to new ones, and one table becomes empty."""
    for number in range(100, 220):
        row = made_up(table, number, GONE, typed(table))
        connection.execute(delete(table).where(*(column == row[column.name] for column in table.primary_key)))
    if changed := typed(table) - indexed(table):
        connection.execute(update(table).values(dict.fromkeys(changed, NEW)))
    if table.name == "useful":
        connection.execute(delete(table))


def stands_in_files(database: Database) -> set[str]:
    files = contents(database.engine)
    return {words for words in (GONE, OLD, NEW) if words.encode() in files}


@pytest.fixture(autouse=True)
def _as_in_a_large_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own command is for small files; here all are written anew in steps, but where a test says so."""
    monkeypatch.setattr("storage.database.SMALL", 0)


@pytest.mark.parametrize("small", [0, pytest.param(30_000_000, marks=pytest.mark.long)])
def test_after_the_night_no_word_that_was_deleted_or_changed_is_in_any_file(
    database: Database, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr("storage.database.SMALL", small)
    for deed in (fill, take_away):
        for table in TABLES:
            with database.write() as session:
                deed(session.connection(), table)
        if database.dialect == "postgresql":
            database.alone("ANALYZE")  # the planner keeps samples
        if deed is fill or database.dialect == "postgresql":  # SQLite blanks most of it at once
            assert stands_in_files(database) >= {GONE, OLD}
    kept = {table.name: rows_of(database, table) for table in TABLES}

    assert database.tidy()

    assert stands_in_files(database) == {NEW}
    assert {table.name: rows_of(database, table) for table in TABLES} == kept
    assert {name for name, rows in kept.items() if len(rows) != 60} == {"useful"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_deleting_alone_leaves_words_where_a_page_was_split_and_the_night_takes_them(database: Database) -> None:
    table = SQLModel.metadata.tables["observation"]
    numbers = list(range(1, 6000, 10))
    random.Random(2).shuffle(numbers)  # noqa: S311 - alike at every run
    with database.write() as session:
        for number in numbers:
            words = GONE if number % 3 else NEW
            session.connection().execute(insert(table), made_up(table, number, words, typed(table)))
    with database.write() as session:
        session.connection().execute(delete(table).where(table.columns["text"].startswith(GONE)))
    assert database.tidy(log_only=True)
    left = GONE in stands_in_files(database)

    database.tidy()

    assert (left, GONE in stands_in_files(database)) == (True, False)


def told_schema(database: Database) -> Any:
    """All that the database tells of its schema: names, statements, constraints, who may do what."""
    with database.read() as session:
        if database.dialect == "sqlite":
            told = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
            return session.connection().execute(text(told)).all()
        asked = (
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2, 3",
            "SELECT relname, reloptions, relacl::text FROM pg_class WHERE relkind = 'r' ORDER BY 1",
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
            "SELECT tgname FROM pg_trigger",
        )
        return [session.connection().exec_driver_sql(question).all() for question in asked]


def test_the_schema_stays_as_it_was_to_the_letter(database: Database, database_url: str) -> None:
    with database.write() as session:
        for table in TABLES:
            fill(session.connection(), table)
        if database.dialect == "postgresql":
            session.connection().exec_driver_sql("GRANT SELECT ON observation, word TO PUBLIC")
            session.connection().exec_driver_sql("GRANT UPDATE ON observation TO pg_monitor")
    before = told_schema(database), schema(database_url)

    database.tidy()
    database.tidy()

    assert (told_schema(database), schema(database_url)) == before
    assert migrate(database_url)
    if database.dialect == "sqlite":
        with database.read() as session:
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]


class Meanwhile:
    """A door at which somebody else is served before each turn."""

    def __init__(self, database: Database, somebody: Callable[[], None]) -> None:
        self._database, self._somebody = database, somebody
        self.dialect, self.alone = database.dialect, database.alone

    def in_turn(self, deed: Callable[[Connection], Any]) -> Any:
        self._somebody()
        return self._database.in_turn(deed)


class Others:
    """Inserts, changes, deletes and puts in place, and knows what must stand in the tables afterwards."""

    def __init__(self, database: Database, table: Table, seed: int) -> None:
        self.dice, self.database, self.table = random.Random(seed), database, table  # noqa: S311 - alike at every run
        self.number = 1000
        self.rows: dict[tuple[Any, ...], dict[str, Any]] = {}

    def act(self, times: int = 3) -> None:
        with self.database.write() as session:
            for _ in range(times):
                deed = self.dice.choice((self._insert, self._change, self._delete, self._put, self._move))
                deed(session)

    def _new(self) -> dict[str, Any]:
        self.number += 1
        return made_up(self.table, self.number, NEW, typed(self.table))

    def _key(self, row: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(row[column.name] for column in self.table.primary_key)

    def _any(self) -> dict[str, Any]:
        return self.rows[self.dice.choice(sorted(self.rows))]

    def _this(self, row: dict[str, Any]) -> list[Any]:
        return [column == row[column.name] for column in self.table.primary_key]

    def _insert(self, session: Any) -> None:
        row = self._new()
        session.connection().execute(insert(self.table), row)
        self.rows[self._key(row)] = row

    def _delete(self, session: Any) -> None:
        row = self._any()
        session.connection().execute(delete(self.table).where(*self._this(row)))
        del self.rows[self._key(row)]

    def _change(self, session: Any) -> None:
        row, changed = self._any(), dict.fromkeys(typed(self.table) - indexed(self.table), secrets.token_hex(4))
        if changed:
            session.connection().execute(update(self.table).where(*self._this(row)).values(changed))
            row |= changed

    def _put(self, session: Any) -> None:
        """An insert that finds its key taken, and changes the row instead, or does nothing."""
        row, changed = self._any(), dict.fromkeys(typed(self.table) - indexed(self.table), secrets.token_hex(4))
        new = upsert(session, self.table).values({**row, **changed})
        keys = [column.name for column in self.table.primary_key]
        session.execute(
            new.on_conflict_do_update(index_elements=keys, set_=changed) if changed else new.on_conflict_do_nothing()
        )
        row |= changed

    def _move(self, session: Any) -> None:
        """The key of a row changes."""
        row, last = self._any(), list(self.table.primary_key)[-1]
        self.number += 1
        key = made_up(self.table, self.number, NEW, typed(self.table))[last.name]
        session.connection().execute(update(self.table).where(*self._this(row)).values({last.name: key}))
        self.rows[self._key({**row, last.name: key})] = {**self.rows.pop(self._key(row)), last.name: key}


@in_small_steps
@pytest.mark.parametrize("name", ["observation", "word", "person", "wording"])
def test_what_others_do_meanwhile_is_in_the_new_table(database: Database, name: str) -> None:
    table = SQLModel.metadata.tables[name]
    others = Others(database, table, seed=len(name))
    with database.write() as session:
        for _ in range(150):
            others._insert(session)

    rewrite(Meanwhile(database, others.act), [table])

    assert len(others.rows) > 100
    expected = sorted(
        tuple(row[column] for column in [one.name for one in table.columns]) for row in others.rows.values()
    )
    assert sorted(rows_of(database, table)) == expected
    others.act()
    assert len(rows_of(database, table)) == len(others.rows)


class Killed(Exception):
    """The process has come to its end."""


class Dying:
    """A door that lets so many turns through, and no more."""

    def __init__(self, database: Database, turns: int) -> None:
        self._database, self.left = database, turns
        self.dialect = database.dialect

    def in_turn(self, deed: Callable[[Connection], Any]) -> Any:
        self._count()
        return self._database.in_turn(deed)

    def alone(self, statement: str) -> None:
        self._count()
        self._database.alone(statement)

    def _count(self) -> None:
        if self.left == 0:
            raise Killed
        self.left -= 1


@in_small_steps
def test_wherever_it_is_cut_off_all_rows_stand_and_the_next_one_finishes(database: Database, database_url: str) -> None:
    table = SQLModel.metadata.tables["observation"]
    others = Others(database, table, seed=1)
    with database.write() as session:
        for _ in range(20):
            others._insert(session)
    before = told_schema(database)
    cut_off = 0
    for turns in range(1000):
        door = Dying(database, turns)
        try:
            rewrite(door, [table])
        except Killed:
            cut_off += 1
        others.act()  # whatever stands there, people go on
        assert sorted(row[0] for row in rows_of(database, table)) == sorted(row["key"] for row in others.rows.values())
        if door.left:
            break
        if turns % 3 == 0:
            database.tidy()
            assert told_schema(database) == before
    assert cut_off > 8
    rewrite(database, [table])
    assert told_schema(database) == before


BACK_TO_0007 = (
    "UPDATE alembic_version SET version_num = '0007'",
    "DROP TABLE practice_version",
    "ALTER TABLE summary_words DROP COLUMN sender",
    "ALTER TABLE network DROP COLUMN new_blocks",
    "ALTER TABLE network DROP COLUMN second_language",
    "DROP INDEX observation_by_due",
    "DROP INDEX observation_by_last_word",
    "CREATE INDEX observation_by_due ON observation (workspace, due_on, status, noted_on, filed_on, review_on)",
)


@in_small_steps
def test_a_new_release_finds_nothing_of_a_night_that_was_cut_off_when_it_changes_the_schema(
    database: Database, database_url: str
) -> None:
    before, table = told_schema(database), SQLModel.metadata.tables["person"]
    others = Others(database, table, seed=1)
    with database.write() as session:
        for _ in range(20):
            others._insert(session)
    with pytest.raises(Killed):
        rewrite(Dying(database, 4), [table])
    assert told_schema(database) != before
    with database.write() as session:
        for statement in BACK_TO_0007:
            session.connection().exec_driver_sql(statement)

    migrate(database_url)

    assert told_schema(database) == before
    others.act(20)
    assert len(rows_of(database, table)) == len(others.rows)


@in_small_steps
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_in_whatever_order_rows_came_their_pages_are_the_same_after_the_night(
    database: Database, sqlite_template: Path, tmp_path: Path
) -> None:
    """Before it they are not: a page is filled from its end, so that the places of its rows tell how they came."""
    other_file = tmp_path / "other.sqlite3"
    shutil.copy(sqlite_template, other_file)
    other = Database(f"sqlite:///{other_file}")
    came = list(range(1, 300))
    for one in (database, other):
        for number in came:
            with one.write() as session:
                for name in ("observation", "word"):
                    table = SQLModel.metadata.tables[name]
                    session.connection().execute(insert(table), made_up(table, number * 10 + 1, NEW, typed(table)))
        random.Random(1).shuffle(came)  # noqa: S311 - alike at every run
    before = pages_of(database), pages_of(other)
    assert before[0].keys() == before[1].keys()
    assert before[0] != before[1]

    database.tidy()
    other.tidy()

    assert pages_of(database) == pages_of(other)
    assert len(pages_of(database)["observation"]) > 10
    other.close()


def pages_of(database: Database) -> dict[str, list[bytes]]:
    """Tree (of a table or an index) -> its leaves, in the order of their keys, as they stand in the file."""
    with database.read() as session:
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        told = "SELECT name, pageno FROM dbstat WHERE pagetype = 'leaf' AND name LIKE ? ORDER BY name, path"
        leaves = [*connection.exec_driver_sql(told, ("%observation%",)), *connection.exec_driver_sql(told, ("%word%",))]
    file = read_apart(Path(str(database.engine.url.database)))
    pages: dict[str, list[bytes]] = {}
    for name, number in leaves:
        pages.setdefault(name, []).append(file[(number - 1) * size : number * size])
    return pages


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_log_that_somebody_reads_is_said_to_be_unfinished_and_emptied_when_they_are_gone(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "LOG_PATIENCE", 50)
    table = SQLModel.metadata.tables["observation"]
    with database.write() as session:
        fill(session.connection(), table)
    with reading(str(database.engine.url.database), "observation"):
        with database.write() as session:
            take_away(session.connection(), table)
        assert database.tidy() is False
        assert GONE in stands_in_files(database)

        with database.write() as session:  # nobody is kept from writing
            session.connection().execute(insert(table), made_up(table, 1000, NEW, typed(table)))
        assert database.tidy(log_only=True) is False

    assert database.tidy(log_only=True) is True
    assert GONE not in stands_in_files(database)
    assert Path(f"{database.engine.url.database}-wal").stat().st_size == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_table_that_somebody_reads_on_and_on_is_left_alone_for_now_and_writers_go_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "LOCK_TIMEOUT", 50)
    monkeypatch.setattr(doors, "TRIES", 2)
    monkeypatch.setattr(doors, "PAUSE", 0)
    before, table = told_schema(database), SQLModel.metadata.tables["observation"]
    with database.write() as session:
        fill(session.connection(), table)
    with database.engine.connect() as copying:  # as pg_dump does
        copying.execute(select(table)).all()
        with pytest.raises(Unavailable):
            database.tidy()
        with database.write() as session:
            session.connection().execute(insert(table), made_up(table, 1000, NEW, typed(table)))

    assert database.tidy()
    assert len(rows_of(database, table)) == 181
    assert told_schema(database) == before


@in_small_steps
def test_a_copy_that_lacks_a_row_never_takes_the_tables_place(database: Database) -> None:
    table = SQLModel.metadata.tables["person"]
    with database.write() as session:
        fill(session.connection(), table)
    lost = delete(table.to_metadata(MetaData(), name="anew_person"))

    def lose() -> None:
        with database.write() as session:
            if inspect(session.connection()).has_table("anew_person"):
                session.connection().execute(lost)

    with pytest.raises(RuntimeError, match="not what the table is"):
        rewrite(Meanwhile(database, lose), [table])

    assert len(rows_of(database, table)) == 180
