"""Every release's database serves the newest program, and the newest schema serves every older one (a rollback)."""

from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlmodel import SQLModel, select

from storage.database import Database, migrate
from storage.models import Delivery
from tests.storage.releases import NEWEST, RELEASES, bring_to_life, migrate_to, play, schema

each = pytest.mark.parametrize("release", RELEASES)


def test_every_release_but_the_one_in_the_making_has_its_database() -> None:
    numbers = [f"{number:04}" for number in range(1, int(NEWEST) + 1)]
    assert list(RELEASES) in (numbers, numbers[:-1]), "python -m tests.storage.releases writes one"


@each
def test_a_migration_that_was_released_is_never_changed(release: str, empty_url: str, other_empty_url: str) -> None:
    bring_to_life(release, empty_url)
    engine = create_engine(other_empty_url)
    with engine.begin() as connection:
        migrate_to(release, connection)
    engine.dispose()
    assert schema(other_empty_url) == schema(empty_url)


@each
def test_an_older_release_finds_everything_that_it_reads_and_writes(
    release: str, database_url: str, empty_url: str
) -> None:
    bring_to_life(release, empty_url)
    older, newest = schema(empty_url), schema(database_url)
    for table, was in older.items():
        now = newest[table]
        assert (now["key"], now["unique"]) == (was["key"], was["unique"]), table
        assert {name: now["columns"].get(name) for name in was["columns"]} == was["columns"], table
        for name in now["columns"].keys() - was["columns"].keys():
            _type, may_be_null, has_default = now["columns"][name]
            assert may_be_null or has_default, f"an older program cannot insert into {table} without {name}"


@each
def test_what_an_older_release_writes_after_a_rollback_is_read_by_the_newest(release: str, database_url: str) -> None:
    database = Database(database_url)
    with database.engine.begin() as connection:
        play(release, "rows", connection)
    with database.read() as session:
        found = {one.__tablename__: session.exec(select(one)).all() for one in _models()}
    database.close()
    written = {table for table, rows in found.items() if rows}
    assert {"observation", "person", "term"} <= written
    assert release == "0001" or {"delivery", "run", "answered", "network", "wording", "coordinator"} <= written
    assert all(row.thread_of is None for row in found[Delivery.__tablename__])


@each
def test_bringing_a_release_up_to_date_keeps_every_row(release: str, empty_url: str) -> None:
    bring_to_life(release, empty_url)
    before = counts(empty_url)
    before["published_cell"] = before.get("published_cell", 0) - len(told(empty_url, "forward"))
    assert migrate(empty_url) == NEWEST
    after = counts(empty_url)
    assert {table: after[table] for table in before} == before
    assert sum(before.values()) > 5


@pytest.mark.parametrize("release", ["0008"])
def test_what_was_frozen_and_never_told_is_gone(release: str, empty_url: str) -> None:
    bring_to_life(release, empty_url)
    migrate(empty_url)
    assert told(empty_url, "forward") == []
    assert told(empty_url, "within") == [("yes", 21)]
    members = asked(empty_url, "SELECT codes FROM published_member WHERE length(codes) > 20 ORDER BY codes")
    assert [codes.split("|")[6:] for (codes,) in members] == [["forward", "no"], ["handled", "yes"]]


def told(url: str, attribute: str) -> list[Any]:
    if "published_cell" not in schema(url):
        return []
    return asked(url, f"SELECT name, count FROM published_cell WHERE attribute = '{attribute}'")  # noqa: S608


def asked(url: str, question: str) -> list[Any]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(question)]
    engine.dispose()
    return found


def counts(url: str) -> dict[str, int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - our own tables
            for table in schema(url)
        }
    engine.dispose()
    return found


def _models() -> list[type[SQLModel]]:
    return [one for one in SQLModel.__subclasses__() if hasattr(one, "__table__")]
