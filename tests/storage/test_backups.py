"""Backups while others write, on both databases: whole, checked, one format, and nobody else's to read."""

import resource
import secrets
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlmodel import SQLModel, select

from storage import backups
from storage.backups import Manifest, Unfit
from storage.database import Database, newest_schema
from storage.models import Installation, Observation
from tests.databases import as_text, new_database

NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
WORKSPACE = "T0RAPORTOI"


def observation(number: str, text: str = "Havainto; \t \\N 'lainaus'\nja ääkkönen \U0001f469‍\U0001f469") -> Observation:
    return Observation(
        key=secrets.token_hex(16),
        workspace=WORKSPACE,
        number=number,
        once=number,
        author="U0AINO0001",
        filed_at=NOON,
        filed_on=date(2026, 12, 2),
        week=202649,
        kind="E",
        theme="X-90",
        theme_set="SHL11-2023",
        text=text,
    )


def filled(url: str, count: int = 3) -> Database:
    database = Database(url)
    with database.write() as session:
        session.add(Installation(workspace=WORKSPACE, key_check="c" * 64))
        session.add_all(observation(f"2026-{n:04}") for n in range(count))
    return database


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything that stands in the database, by table."""
    database = Database(url)
    with database.engine.connect() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in SQLModel.metadata.sorted_tables
        }
    database.close()
    return found


def indexes(url: str) -> set[str | None]:
    database = Database(url)
    names = inspect(database.engine)
    found = {one["name"] for name in names.get_table_names() for one in names.get_indexes(name) if not one["unique"]}
    database.close()
    return found


def copied(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [number for (number,) in opened.execute("SELECT number FROM observation ORDER BY number")]


def test_a_backup_tells_of_itself_and_can_be_read_by_its_owner_only(database_url: str, tmp_path: Path) -> None:
    database, file = filled(database_url), tmp_path / "kopio"
    made = backups.make(database_url, file, NOON, "0.1.0")
    database.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert backups.read(file) == made
    assert made == Manifest(
        "0.1.0",
        newest_schema(),
        database.dialect,
        WORKSPACE,
        NOON,
        made.counts,
        "c" * 64,
        codes=0,
        indexes=made.indexes,
    )
    assert (made.counts["observation"], made.counts["installation"]) == (3, 1)
    assert bool(made.indexes) == (database.dialect == "postgresql")
    assert sorted(path.name for path in tmp_path.glob("kopio*")) == ["kopio"]


@pytest.mark.parametrize("turns", [5, pytest.param(20, marks=pytest.mark.long)])
def test_each_backup_under_writes_holds_every_row_that_was_committed_before_it_began(
    turns: int, database_url: str, tmp_path: Path
) -> None:
    database, stored, stopping = filled(database_url, 0), list[str](), threading.Event()

    def write() -> None:
        while not stopping.is_set():
            number = f"{len(stored):09}"
            with database.write() as session:
                session.add(observation(number))
            stored.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(turns):
            before = list(stored)
            backups.make(database_url, tmp_path / f"{turn}", NOON, "0.1.0")
            found = copied(tmp_path / f"{turn}")
            assert found[: len(before)] == before
            assert found == [f"{n:09}" for n in range(len(found))]
    finally:
        stopping.set()
        writer.join()
        database.close()
    assert stored


def test_what_was_deleted_stands_on_no_page_of_a_backup(database_url: str, tmp_path: Path) -> None:
    database, file = filled(database_url), tmp_path / "kopio"
    with database.write() as session:
        session.add(observation("2026-SALA", "merkkisanaxyz " * 50))
    with database.write() as session:
        session.delete(session.exec(select(Observation).where(Observation.number == "2026-SALA")).one())
    backups.make(database_url, file, NOON, "0.1.0")
    database.close()
    assert b"merkkisanaxyz" not in file.read_bytes()


def test_the_road_from_sqlite_to_postgresql_and_back_keeps_every_row_and_index(
    postgresql_template: tuple[object, str], sqlite_template: Path, tmp_path: Path
) -> None:
    first, last = tmp_path / "first.db", tmp_path / "last.db"
    first.write_bytes(sqlite_template.read_bytes())
    start = f"sqlite:///{first}"
    with filled(start, 7000).write() as session:
        session.add(observation("2026-ZZZZ", ""))
    with new_database(*postgresql_template) as server:  # type: ignore[arg-type]
        brought(start, as_text(server), tmp_path / "1")
        assert rows(as_text(server)) == rows(start)
        assert indexes(as_text(server)) == indexes(start)
        brought(as_text(server), f"sqlite:///{last}", tmp_path / "2")
    assert rows(f"sqlite:///{last}") == rows(start)
    assert indexes(f"sqlite:///{last}") == indexes(start)


def brought(source: str, target: str, folder: Path) -> None:
    """A backup of the one, in the place of the other, as it is."""
    folder.mkdir()
    file = folder / "kopio"
    manifest = backups.make(source, file, NOON, "0.1.0")
    with (
        backups.held(target, replace=False),
        backups.prepared(file, manifest, folder / "valmis", NOON, lambda _: None) as (ready, _),
    ):
        with closing(sqlite3.connect(ready)) as opened:  # a restore begins an epoch, which is no row of the old one
            opened.execute("UPDATE installation SET copied_at = NULL, restored_at = NULL")
            opened.commit()
        if target.startswith("sqlite"):
            backups.put_into_file(ready, Path(target.removeprefix("sqlite:///")), keeps=False)
        else:
            backups.put_into_server(ready, target)


def test_a_file_that_is_there_is_never_written_over(database_url: str, tmp_path: Path) -> None:
    filled(database_url).close()
    file = tmp_path / "kopio"
    file.write_text("tärkeää")
    with pytest.raises(Unfit, match="is there already"):
        backups.make(database_url, file, NOON, "0.1.0")
    assert file.read_text() == "tärkeää"


def test_without_a_database_or_a_folder_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="There is no database at"):
        backups.make(f"sqlite:///{tmp_path}/none.db", tmp_path / "kopio", NOON, "0.1.0")
    with pytest.raises(Unfit, match="There is no folder"):
        backups.make(f"sqlite:///{tmp_path}/none.db", tmp_path / "none" / "kopio", NOON, "0.1.0")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_gets_full_in_the_middle_leaves_nothing_but_a_sentence(database_url: str, tmp_path: Path) -> None:
    filled(database_url, 2000).close()
    code = (
        "import resource, sys, datetime\n"
        "from pathlib import Path\n"
        "from storage import backups\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try:\n"
        "    backups.make(sys.argv[1], Path(sys.argv[2]), datetime.datetime.now(datetime.UTC), '0')\n"
        "except backups.Unfit as error:\n"
        "    print(error)\n"
    )
    assert resource.RLIMIT_FSIZE  # a file that may not grow is what a full disk is to a program
    command = [sys.executable, "-c", code, database_url, str(tmp_path / "kopio")]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "disk" in told.stdout
    assert "Nothing was left there." in told.stdout
    assert list(tmp_path.glob("kopio*")) == []


@pytest.mark.parametrize("keeps", [0, 20_000, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_told_as_that(keeps: float, database_url: str, tmp_path: Path) -> None:
    filled(database_url, 500).close()
    file = tmp_path / "kopio"
    backups.make(database_url, file, NOON, "0.1.0")
    whole = file.read_bytes()
    file.write_bytes(whole[: keeps if keeps > 1 else int(len(whole) * keeps)])
    with pytest.raises(Unfit, match=r"damaged or cut off|no backup that"):
        backups.read(file)


def test_a_word_that_rots_in_a_backup_is_seen_and_one_of_an_older_release_is_still_read(
    database_url: str, tmp_path: Path
) -> None:
    filled(database_url, 500).close()
    file = tmp_path / "kopio"
    made = backups.make(database_url, file, NOON, "0.1.0")
    whole = file.read_bytes()
    assert backups.is_sealed(file)
    file.write_bytes(whole.replace(b"Havainto", b"Havainta", 1))
    with pytest.raises(Unfit, match=r"checksum does not fit\): use an older backup\. Nothing was changed\."):
        backups.read(file)
    with (
        pytest.raises(Unfit, match="checksum does not fit"),
        backups.prepared(file, made, tmp_path / "valmis", NOON, lambda _: None),
    ):
        pass
    assert not (tmp_path / "valmis").exists()
    file.write_bytes(whole[: len(whole) // 512 * 512])
    assert not backups.is_sealed(file)
    assert backups.read(file) == made


def test_a_file_in_which_rows_are_missing_is_told_as_that(database_url: str, tmp_path: Path) -> None:
    filled(database_url).close()
    file = tmp_path / "kopio"
    backups.make(database_url, file, NOON, "0.1.0")
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("DELETE FROM observation WHERE number = '2026-0001'")
        opened.commit()
    with pytest.raises(Unfit, match="rows are missing in observation"):
        backups.read(file)


def test_an_empty_file_is_told_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "kopio").touch()
    with pytest.raises(Unfit, match=r"has made, or it is cut off \(0 bytes\)\. Nothing was changed\.$"):
        backups.read(tmp_path / "kopio")


@pytest.mark.parametrize("content", [b"", b"moi", b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_backup_is_told_as_that(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "kopio"
    with pytest.raises(Unfit, match="There is no file"):
        backups.read(file)
    file.write_bytes(content)
    with pytest.raises(Unfit, match=r"damaged or cut off|no backup that"):
        backups.read(file)
    assert file.read_bytes() == content
