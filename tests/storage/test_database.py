"""The door to the database keeps its promises on both databases."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL, event, text
from sqlmodel import select

from bot.deps import cannot_be_used
from bot.logs import trace
from storage import observations
from storage.database import Database, Unavailable, migrate
from storage.models import Observation, Term, Utc
from tests.databases import as_text, new_database
from tests.storage.releases import NEWEST

pytestmark = pytest.mark.own_database


@pytest.fixture
def database(database_url: str):
    database = Database(database_url)
    yield database
    database.close()


def row(number: int, **changes: object) -> Observation:
    values = {
        "key": f"{number:032}", "workspace": "T0", "number": f"2026-{number:04}", "once": f"form:{number}",
        "author": "U0AINO", "filed_at": datetime(2026, 11, 25, 9, tzinfo=UTC), "filed_on": date(2026, 11, 25),
        "week": 202648, "kind": "E", "theme": "X-90", "theme_set": "SHL11-2023", "text": "Jonot ovat pitkiä",
    } | changes  # fmt: skip
    return Observation(**values)


def test_b37_an_instant_comes_back_as_the_same_instant(database: Database) -> None:
    summer, winter = timezone(timedelta(hours=3)), timezone(timedelta(hours=2))
    instants = [
        datetime(2026, 7, 1, 9, 0, tzinfo=summer),
        datetime(2026, 10, 25, 3, 30, tzinfo=summer),
        datetime(2026, 10, 25, 3, 30, tzinfo=winter),
    ]
    with database.write() as session:
        for place, instant in enumerate(instants):
            session.add(row(place, filed_at=instant))
    database.engine.dispose()
    with database.read() as session:
        back = [r.filed_at for r in session.exec(select(Observation).order_by(Observation.key))]
    assert back == instants
    assert back[0] == datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
    assert (back[2] - back[1]).total_seconds() == 3600


def test_b37_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="zone"), database.write() as session:  # noqa: PT012 - the flush refuses
        session.add(row(1, filed_at=datetime(2026, 11, 25, 9)))
        session.flush()


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1)))
def test_stored_instants_sort_as_text_as_they_do_in_time(moment: datetime) -> None:
    class Sqlite:
        name = "sqlite"

    written = [Utc().process_bind_param(m, Sqlite()) for m in (moment, moment + timedelta(microseconds=1))]
    assert written == sorted(written)
    assert Utc().process_result_value(written[0], Sqlite()) == moment


def test_every_write_on_sqlite_begins_immediately_and_every_read_does_not(database: Database) -> None:
    said: list[str] = []
    if database.dialect == "sqlite":
        event.listen(database.engine, "checkout", lambda connection, *_: connection.set_trace_callback(said.append))
    with database.write() as session:
        session.add(row(1))
    with database.read() as session:
        session.exec(select(Observation)).all()
    begins = [statement for statement in said if statement.startswith("BEGIN")]
    assert begins == (["BEGIN IMMEDIATE", "BEGIN"] if database.dialect == "sqlite" else [])


def test_sqlite_is_set_up_to_keep_what_it_was_given(database: Database) -> None:
    if database.engine.dialect.name == "postgresql":
        return
    with database.read() as session:
        told = {
            name: session.connection().execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}


def test_b38_forty_writers_at_once_all_succeed(database: Database) -> None:
    def write(number: int) -> None:
        with database.write() as session:
            session.add(row(number))

    with ThreadPoolExecutor(40) as crowd:
        list(crowd.map(write, range(40)))
    with database.read() as session:
        assert len(session.exec(select(Observation)).all()) == 40
    assert database.engine.pool.checkedout() == 0


def test_b38_after_the_server_has_dropped_the_connections_the_next_write_succeeds(database: Database) -> None:
    with database.write() as session:
        session.add(row(1))
    if database.engine.dialect.name == "postgresql":
        other = Database(str(database.engine.url.render_as_string(hide_password=False)))
        with other.engine.begin() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                     " AND datname = current_database()")
            )  # fmt: skip
        other.close()
    with database.write() as session:
        session.add(row(2))
    with database.read() as session:
        assert len(session.exec(select(Observation)).all()) == 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_b38_who_stands_still_in_a_transaction_is_cut_and_holds_up_nobody(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.STANDING_STILL", 200)
    database = Database(database_url)
    with database.write() as session:
        session.add(row(1))
    lock = select(Observation).with_for_update()

    def stand_still() -> None:
        with database.write() as frozen:
            frozen.exec(lock).one().theme = "X-99"
            with database.write() as other:  # waits for the row until the server has cut the first
                other.exec(lock).one().theme = "X-90"

    with pytest.raises(Unavailable):
        stand_still()

    with database.write() as session:
        assert session.exec(lock).one().theme == "X-90"
    assert database.engine.pool.checkedout() == 0
    database.close()


LEFT_IN_THE_SESSION = """
    SELECT 'prepared ' || name FROM pg_prepared_statements
    UNION ALL SELECT 'set ' || name FROM pg_settings WHERE source = 'session'
    UNION ALL SELECT 'locked ' || objid FROM pg_locks WHERE locktype = 'advisory'
    UNION ALL SELECT 'temporary ' || relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()
    UNION ALL SELECT 'cursor ' || name FROM pg_cursors WHERE name <> ''
    UNION ALL SELECT 'hears ' || channel FROM pg_listening_channels() AS channel
"""


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_no_transaction_leaves_anything_in_its_session_that_a_pooler_would_give_to_another(database: Database) -> None:
    for number in range(20):
        with database.write() as session:
            observations.lock_act(session, f"act {number}")
            session.add(row(number))
        with database.read() as session:
            assert len(session.exec(select(Observation)).all()) == number + 1
            told = session.connection().execute(text("SHOW idle_in_transaction_session_timeout")).scalar_one()
            assert told == "1min"  # in the transaction, as `SET LOCAL` has it
    database.tidy()
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        assert (
            connection.execute(text("SELECT count(*) FROM pg_stat_activity WHERE pid = pg_backend_pid()")).scalar() == 1
        )
        assert connection.execute(text(LEFT_IN_THE_SESSION)).scalars().all() == []


def test_b43_a_failed_write_leaves_nothing_behind_and_the_next_one_works(database: Database) -> None:
    with database.write() as session:
        session.add(row(1))
    with pytest.raises(Exception, match=r"UNIQUE|unique"), database.write() as session:
        session.add(row(1))
    with database.write() as session:
        session.add(row(2))
    with database.read() as session:
        assert len(session.exec(select(Observation)).all()) == 2


def test_b43_the_same_act_twice_in_parallel_is_one_row(database: Database) -> None:
    def file(number: int) -> bool:
        with database.write() as session:
            return observations.add(session, row(number, once="form:same"))

    with ThreadPoolExecutor(8) as crowd:
        assert sorted(crowd.map(file, range(8))) == [False] * 7 + [True]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_connection_never_makes_anew_a_file_that_was_just_taken_away(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert database.file is not None
    monkeypatch.setattr(database, "_see_file", lambda: None)  # it looked a moment before
    database.file.rename(database.file.with_name("aside"))
    with pytest.raises(Unavailable), database.read() as session:
        session.exec(select(Observation)).all()
    assert not database.file.exists()


def test_a_database_that_does_not_answer_is_named_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        migrate("postgresql+psycopg://nobody:wrong@127.0.0.1:1/none")
    with pytest.raises(Unavailable):
        migrate(f"sqlite:///{tmp_path}/no/such/folder/raportoi.db")


def test_a_database_of_another_encoding_is_refused_in_a_sentence(postgresql_template: tuple[URL, str | None]) -> None:
    encoding = " ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
    with new_database(postgresql_template[0], "template0", encoding) as url, pytest.raises(Unavailable) as refused:
        migrate(as_text(url))
    assert "createdb -E UTF8" in cannot_be_used(as_text(url), refused.value)


def test_what_is_logged_of_a_database_error_never_tells_the_values(database: Database) -> None:
    with pytest.raises(Exception) as caught, database.write() as session:  # noqa: PT011, PT012
        session.add(row(1, text="sananen", kind=None))
        session.flush()
    assert "sananen" not in trace(caught.value)  # PostgreSQL's own message does tell them, so no message is ever logged


def test_migrating_twice_and_in_parallel_is_harmless(database_url: str, tmp_path: Path) -> None:
    url = database_url if database_url.startswith("postgresql") else f"sqlite:///{tmp_path}/fresh.db"
    with ThreadPoolExecutor(4) as crowd:
        assert set(crowd.map(migrate, [url] * 4)) == {NEWEST}


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415
    from sqlmodel import SQLModel  # noqa: PLC0415

    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_an_older_release_starts_on_a_newer_schema(database: Database, database_url: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert migrate(database_url) == "9999"


def test_b40_a_code_that_no_list_knows_is_stored_and_read(database: Database) -> None:
    with database.write() as session:
        session.add(row(1, theme="OLD-7"))
        session.add(Term(workspace="T0", vocabulary="theme", version="1", code="A", position=1, fi="a", sv="a", en="a"))
    with database.read() as session:
        assert session.exec(select(Observation.theme)).one() == "OLD-7"


def test_after_the_night_the_files_do_not_tell_in_which_order_unsigned_rows_came(database: Database) -> None:
    keys = [f"{number * 7919 % 100:032}" for number in range(1, 40)]
    for place, key in enumerate(keys):
        with database.write() as session:
            session.add(row(place, key=key, author=None, filed_at=None, once=f"code:{key}", text=f"sanoja {place}"))
    database.tidy()
    with database.read() as session:
        kept = session.exec(select(Observation)).all()
        assert {one.key: one.text for one in kept} == {key: f"sanoja {place}" for place, key in enumerate(keys)}
        if database.engine.dialect.name == "postgresql":
            order = text("SELECT key, xmin::text FROM observation ORDER BY ctid")
            rows = session.connection().execute(order).all()
            assert [key for key, _ in rows] == sorted(keys)
            assert len({transaction for _, transaction in rows}) == 1


def test_filing_goes_on_while_the_night_tidies(database: Database) -> None:
    def write(number: int) -> None:
        if number % 10 == 0:
            database.tidy()
        with database.write() as session:
            session.add(row(number, author=None, filed_at=None))

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(write, range(40)))
    with database.read() as session:
        assert len(session.exec(select(Observation)).all()) == 40


def test_a_connection_that_somebody_has_at_the_close_ends_when_it_is_given_back(database: Database) -> None:
    held = database.engine.connect()
    driver = held.connection.dbapi_connection
    assert driver is not None
    database.close()
    held.close()
    with pytest.raises((psycopg.Error, sqlite3.Error), match="closed"):
        driver.cursor().execute("SELECT 1")
