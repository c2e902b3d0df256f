"""Files on disk: whole or not at all, never over another, and folders that go."""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bot.errors import FileNotWritten, FileThere
from bot.exports.files import new_file, passing_file


def test_a_new_file_is_there_once_it_is_whole(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.csv") as path:
        path.write_text("sisältö")
        assert not (tmp_path / "a.csv").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "sisältö"


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("vanha")
    with pytest.raises(FileThere), new_file(tmp_path / "a.csv"):
        pytest.fail("nothing is made for a name that is taken")
    assert (tmp_path / "a.csv").read_text() == "vanha"


def test_a_file_that_comes_meanwhile_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileThere), new_file(tmp_path / "a.csv") as path:  # noqa: PT012 - what happens inside is the test
        path.write_text("uusi")
        (tmp_path / "a.csv").write_text("toisen")
    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {"a.csv": "toisen"}


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), new_file(tmp_path / "a.csv") as path:  # noqa: PT012 - what happens inside is the test
        path.write_text("puolet")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten), new_file(tmp_path / "ei" / "a.csv"):
        pytest.fail("there is no place for it")


def test_a_passing_file_is_gone_whatever_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with passing_file("a.csv") as path:
        path.write_text("x")
    with pytest.raises(ZeroDivisionError), passing_file("a.csv") as path:  # noqa: PT012 - what happens inside is the test
        path.write_text("x")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


WRITES = """
import sys
from datetime import date
from pathlib import Path
from bot.errors import FileNotWritten
from bot.exports.files import new_file
from bot.exports.rows import write_rows
from bot.rules.exports import Taken
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

one = Taken("2026-AAAA", date(2026, 10, 5), "E", "X-90", None, None, None, None, "sana " * 400, "", "uusi", (), "")
file, ending = Path(sys.argv[1]), sys.argv[2]
try:
    with new_file(file) as path:
        write_rows(path, ending, Texts("fi"), Vocabularies(()), (one for _ in range(3000)))
except FileNotWritten as problem:
    print(problem.message)
    sys.exit(1)
"""


def no_room() -> None:
    """No file may grow over a megabyte: to who writes it is the same as a disk without room."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_full_disk_is_said_in_a_sentence_and_nothing_is_left(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"a.{ending}"
    command = [sys.executable, "-c", WRITES, str(file), ending]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=no_room)
    assert ended.stdout.startswith("The file could not be written"), ended.stderr[-300:]
    assert ended.returncode == 1
    assert list(tmp_path.iterdir()) == []
