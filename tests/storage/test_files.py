"""The database's files are for their owner alone, from the first moment on, and whatever the account's umask is."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import files
from storage.database import Database, Unavailable, Unusable, migrate
from storage.models import Person


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """What is made here could be written by everybody, if the program did not care."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Everybody may look into it, as into a folder that an operator has made beforehand."""
    tmp_path.chmod(0o755)
    return tmp_path


def modes(folder: Path) -> dict[str, str]:
    return {path.name: f"{stat.S_IMODE(path.stat().st_mode):o}" for path in folder.iterdir()}


def write(database: Database) -> None:
    with database.write() as session:
        session.add(Person(workspace="T0", user="U0AINO0001"))


def test_a_new_database_and_what_stands_beside_it_can_be_read_by_its_owner_only(folder: Path) -> None:
    url = f"sqlite:///{folder}/raportoi.db"
    migrate(url)
    database = Database(url)
    write(database)

    assert modes(folder) == dict.fromkeys(("raportoi.db", "raportoi.db-wal", "raportoi.db-shm"), "600")
    database.close()


def test_the_first_moment_of_a_database_is_private_too(folder: Path) -> None:
    database = Database(f"sqlite:///{folder}/raportoi.db")  # nothing was asked of it yet

    assert modes(folder) == {"raportoi.db": "600"}
    database.close()


def test_files_that_others_could_read_are_mended_at_the_start_also_while_they_are_open(folder: Path) -> None:
    url = f"sqlite:///{folder}/raportoi.db"
    migrate(url)
    (folder / "raportoi.db").chmod(0o644)
    other = Database(url)
    write(other)
    assert modes(folder)["raportoi.db-wal"] == "644"

    migrate(url)

    assert set(modes(folder).values()) == {"600"}
    with other.read() as session:
        assert session.get(Person, ("T0", "U0AINO0001"))
    other.close()


def test_a_file_that_is_no_database_keeps_its_mode(folder: Path) -> None:
    notes = folder / "notes.txt"
    notes.write_text("Muistiinpanoja, ei tietokanta. " * 100)
    notes.chmod(0o644)

    with pytest.raises(Unusable):
        migrate(f"sqlite:///{notes}")

    assert modes(folder) == {"notes.txt": "644"}


def test_a_folder_that_is_not_there_is_not_made(folder: Path) -> None:
    with pytest.raises(Unavailable):
        migrate(f"sqlite:///{folder}/missing/raportoi.db")
    assert modes(folder) == {}


@pytest.mark.parametrize(
    ("file", "of_folder", "told"),
    [
        (0o600, 0o755, []),
        (0o600, 0o1777, []),
        (0o640, 0o755, ["can open"]),
        (0o604, 0o700, ["can open"]),
        (0o600, 0o777, ["can take files out"]),
        (0o600, 0o770, ["can take files out"]),
        (0o666, 0o777, ["can open", "can take files out"]),
    ],
)
def test_what_others_could_do_is_told(folder: Path, file: int, of_folder: int, told: list[str]) -> None:
    path = folder / "raportoi.db"
    path.touch()
    path.chmod(file)
    folder.chmod(of_folder)

    found = files.trouble(files.of_database(f"sqlite:///{path}"))

    assert [words for words, sentence in zip(told, found, strict=True) if words in sentence] == told


def test_a_folder_of_another_account_is_told(folder: Path) -> None:
    files.make(folder / "raportoi.db")
    if folder.stat().st_uid == 0:  # root could change the file anyway
        os.chown(folder, 4711, -1)

    (found,) = files.trouble([folder / "raportoi.db"], us=4712)

    assert "can take files out" in found


def test_postgresql_has_no_files_of_ours() -> None:
    assert files.of_database("postgresql+psycopg://u:p@127.0.0.1/d") == []
