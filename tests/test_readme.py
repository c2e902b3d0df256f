"""What README and the operator's guide promise is there: paths, make targets, environment variables."""

import re
import shlex
import subprocess
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "docs/operating.md")
TICKED = re.compile(r"`([^`]+)`")


def read(name: str) -> str:
    return (ROOT / name).read_text()


def section(document: str, heading: str) -> str:
    """The text under the heading, up to the next one of the same rank."""
    return document.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def rows(table: str) -> list[list[str]]:
    """Cells of the table's rows, the head and the line under it left out."""
    lines = [line.strip().strip("|") for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")] for line in lines[2:]]


def test_every_answer_of_where_is_names_what_exists() -> None:
    answers = rows(section(read("README.md"), "Where is…?"))

    assert answers
    for question, answer in answers:
        places = TICKED.findall(answer)
        assert places, f"no path answers: {question}"
        assert [place for place in places if not _exists(place)] == [], question


def _exists(place: str) -> bool:
    """A path, or a `git ls-files` that lists something."""
    if place.startswith("git ls-files "):
        command = ["git", "-c", "safe.directory=*", *shlex.split(place)[1:]]
        return bool(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    return (ROOT / place).exists()


def test_the_table_of_what_hurt_others_names_the_files_of_each_number() -> None:
    listed = {number: set(TICKED.findall(files)) for number, _, files in rows(read("docs/cases.md"))}

    found: dict[str, set[str]] = {}
    for file in (ROOT / "tests").rglob("test_*.py"):
        for number in re.findall(r"^def test_(b\d\d)_", file.read_text(), re.MULTILINE):
            found.setdefault(number, set()).add(file.relative_to(ROOT).as_posix())
    assert listed == found


def test_readme_says_how_to_see_it_and_how_to_test_it() -> None:
    assert {"demo", "test"} <= _commands(read("README.md"))


def test_every_make_command_in_the_documents_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))

    written = set().union(
        *(_commands(path.read_text()) for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    )

    assert written - targets == set()


def _commands(document: str) -> set[str]:
    code = re.findall(r"```.*?```|`[^`]+`", document, re.DOTALL)
    return {target for part in code for target in re.findall(r"\bmake ([a-z]+)", part)}


def test_the_documents_list_every_setting_and_no_other() -> None:
    texts = [read(name) for name in DOCUMENTS if (ROOT / name).exists()]
    listed = {name for text in texts for name in re.findall(r"^\| *`([A-Z][A-Z_]+)`", text, re.MULTILINE)}

    assert listed == {name.upper() for name in Settings.model_fields}
