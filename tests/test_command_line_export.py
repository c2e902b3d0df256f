"""The summary on the command line: whole in a new file or not at all, and a sentence where it cannot be."""

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from tests.fakes import FakeSlack
from tests.test_command_line import environment, raportoi

HALF = ("--from", "2025-10-01", "--to", "2026-03-31")
pytestmark = [pytest.mark.long, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture
def env(tmp_path: Path, database_url: str) -> Iterator[dict[str, str]]:
    with FakeSlack() as slack:
        yield environment(slack, tmp_path, DATABASE_URL=database_url, RAPORTOI_KEY="k" * 32)


def test_a_half_year_is_written_into_a_new_file_and_never_over_another(env: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "yhteenveto.docx"
    first = raportoi("export", "--format", "docx", *HALF, "--language", "sv", str(file), env=env)
    assert (first.returncode, first.stdout) == (0, f"The summary is in {file}.\n")
    words = "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
    assert "Sammanfattning av den sociala rapporteringen 1.10.2025–31.3.2026" in words
    content = file.read_bytes()
    again = raportoi("export", "--format", "docx", *HALF, str(file), env=env)
    assert again.returncode == 2
    assert "there already" in again.stderr
    assert file.read_bytes() == content
    assert sorted(one.name for one in tmp_path.glob("*yhteenveto*")) == ["yhteenveto.docx"]


def test_other_days_are_a_working_paper_that_says_so(env: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "paperi.csv"
    ended = raportoi("export", "--format", "csv", "--from", "2026-01-05", "--to", "2026-02-03", str(file), env=env)
    assert ended.returncode == 0
    assert "only" in ended.stdout
    assert "Vain koordinaattoreille" in file.read_text("utf-8-sig").splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--from", "2026-04-01", "--to", "9999-12-31"), 1, "not over yet"),
        (("--from", "2026-04-01", "--to", "2025-04-01"), 2, "--to is before --from"),
        (("--from", "2026-02-30", "--to", "2026-03-31"), 2, "2026-02-30"),
        (("--from", "1900-04-01", "--to", "2026-09-30"), 2, "8 half-years at most"),
        ((*HALF, "--language", "de"), 2, "de"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence_and_no_file_is_left(
    env: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    file = tmp_path / "ei.html"
    ended = raportoi("export", "--format", "html", *arguments, str(file), env=env)
    assert ended.returncode == code
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list(tmp_path.glob("ei*"))
