"""The house rules that a machine can check: sizes, names, docstrings, rooms, and who may read the clock."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("rules", "services", "blocks", "exports", "jobs", "texts", "demo", "dialogs", "slack", "commands", "storage")
OTHER_TESTS = ("stories", "e2e", "bench", "fakes", "chaos")
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "misc", "manager", "base", "handlers"}
READS_THE_CLOCK = ("bot/deps.py",)
CATCHES_EVERYTHING = ("bot/slack/_socket.py", "commands/errors.py", "bot/jobs/deliveries.py", "bot/schedule.py")
HOUSE = ("bot", "commands", "storage")
PERMISSIONS = {"Actor", "Coordinator", "Keeper"}
CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "sqlalchemy.func.now",
}
# Written in halves, so that this file is not among those found.
INDEXES = r"\.".join(("(py" + "pi", "org)")), "python" + "hosted", "registry.npm" + "js", "deb.deb" + "ian"
INDEX_OPTION = r"(?i)index[_-]url|find[_-]links|registry[=]http"


@cache
def tracked() -> tuple[str, ...]:
    """Files that git knows or would add: what a clone holds, and what the next commit may bring."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted({name for name in listed.split("\0") if name and (ROOT / name).is_file()}))


@cache
def parsed(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text())


def modules(*tops: str) -> list[str]:
    """Python files under these folders, migrations apart: they are history and are not tidied."""
    return [
        name for name in tracked() if name.endswith(".py") and name.split("/")[0] in tops and "migrations" not in name
    ]


def house() -> list[str]:
    return modules("bot", "commands", "storage")


def functions() -> list[tuple[int, str]]:
    """Length in lines and place of every function of the house, inner ones too."""
    return sorted(
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{name}:{node.name}")
        for name in house()
        for node in ast.walk(parsed(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def lengths() -> list[tuple[int, str]]:
    return sorted((len((ROOT / name).read_text().splitlines()), name) for name in house())


def test_no_function_is_longer_than_40_lines() -> None:
    assert [found for found in functions() if found[0] > 40] == []


def test_nine_functions_of_ten_have_at_most_20_lines() -> None:
    found = functions()

    assert found[int(len(found) * 0.9)][0] <= 20, f"over 20: {[one for one in found if one[0] > 20]}"


def test_no_file_is_longer_than_400_lines() -> None:
    assert [found for found in lengths() if found[0] > 400] == []


def test_half_the_files_are_shorter_than_90_lines() -> None:
    assert median(length for length, _ in lengths()) < 90


def test_every_module_says_in_its_first_sentence_what_lives_there() -> None:
    silent = [name for name in modules("bot", "commands", "storage", "tests") if not ast.get_docstring(parsed(name))]

    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name for name in tracked() if NAMES_THAT_SAY_NOTHING & set(Path(name).with_suffix("").parts)] == []


def test_every_module_of_the_bot_has_its_layer() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    listed = {name for layer in layers for name in re.findall(r"[\w.]+", layer)}

    children = {Path(name).with_suffix("").parts[1] for name in modules("bot")} - {"__init__"}

    assert {f"bot.{child}" for child in children} - listed == set()


def test_every_test_stands_in_the_room_of_what_it_tests() -> None:
    assert [name for name in modules("tests") if not _has_its_room(Path(name).parts[1:])] == []


def _has_its_room(parts: tuple[str, ...]) -> bool:
    """tests/rules/test_weeks.py and tests/rules/test_weeks_of_winter.py are about bot/rules/weeks.py."""
    *rooms, file = parts
    if not rooms or rooms[0] in OTHER_TESTS:
        return True
    if not file.startswith("test_"):
        return rooms[0] in ROOMS
    folder = ROOT.joinpath(*rooms) if rooms[0] in {"commands", "storage"} else ROOT.joinpath("bot", *rooms)
    words = file.removeprefix("test_").removesuffix(".py").split("_")
    stems = ["_".join(words[:count]) for count in range(1, len(words) + 1)]
    return any((folder / f"{stem}.py").exists() or (folder / stem).is_dir() for stem in stems)


@pytest.mark.parametrize("pattern", [*INDEXES, INDEX_OPTION])
def test_no_file_names_a_package_index(pattern: str) -> None:
    texts = {name: (ROOT / name).read_text(errors="ignore") for name in tracked()}

    assert [name for name, text in texts.items() if re.search(pattern, text)] == []


def test_the_clock_is_read_in_one_place() -> None:
    found = [
        f"{name}:{line}" for name in house() if name not in READS_THE_CLOCK for line in clock_readings(parsed(name))
    ]

    assert found == [], "time is passed in: ask deps.now"


def test_only_the_edges_catch_everything() -> None:
    found = [
        f"{name}:{line}" for name in house() if name not in CATCHES_EVERYTHING for line in broad_excepts(parsed(name))
    ]

    assert found == []


def test_simplemma_is_loaded_by_one_module() -> None:
    found = [name for name in house() if "simplemma" in {one.split(".")[0] for one in _imported(parsed(name)).values()}]

    assert found == ["bot/rules/words/_lists.py"], "two threads that load it from different ends find it half loaded"


def clock_readings(tree: ast.Module) -> Iterator[int]:
    """Lines that name a clock, under whatever name it was imported."""
    names = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and _dotted(node, names) in CLOCKS:
            yield node.lineno


def broad_excepts(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(one is None or _dotted(one, {}) in {"Exception", "BaseException"} for one in caught):
                yield node.lineno


def _imported(tree: ast.Module) -> dict[str, str]:
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _dotted(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, names)}.{node.attr}"
    return names.get(node.id, node.id) if isinstance(node, ast.Name) else ""


def test_only_the_checks_make_permissions() -> None:
    home, makers = "bot/services/permissions.py", set[str]()
    made = {f"bot.services.permissions.{one}" for one in PERMISSIONS}
    for name in house():
        names = _imported(parsed(name))
        calls = [node.func for node in ast.walk(parsed(name)) if isinstance(node, ast.Call)]
        if any(_dotted(call, names) in made or (name == home and _dotted(call, {}) in PERMISSIONS) for call in calls):
            makers.add(name)

    assert makers == {home}


@pytest.mark.parametrize(
    "code",
    [
        "import datetime\ndatetime.datetime.now()",
        "from datetime import datetime as dt\nwhen = dt.now",
        "from datetime import date\ndate.today()",
        "import time as t\nt.time()",
        "from time import time\ntime()",
        "from sqlalchemy import func\nfunc.now()",
    ],
)
def test_a_clock_is_found_under_any_name(code: str) -> None:
    assert list(clock_readings(ast.parse(code))) == [2]


@pytest.mark.parametrize("caught", ["", " Exception", " (ValueError, Exception)", " BaseException as error"])
def test_a_broad_except_is_found_in_any_form(caught: str) -> None:
    assert list(broad_excepts(ast.parse(f"try:\n    pass\nexcept{caught}:\n    pass"))) == [3]


def test_the_drawing_of_the_rooms_is_what_the_imports_are() -> None:
    document = (ROOT / "docs/architecture.md").read_text()
    drawing = document.split("## The rooms", 1)[1].split("```")[1].strip().splitlines()
    height = {room.strip(): -place for place, line in enumerate(drawing) for room in line.split("|")}
    imported = {(room, other) for name in house() if (room := _room(name)) for other in _rooms_imported(name)}

    assert {room for pair in imported for room in pair} | {"bot.__main__"} == set(height)
    assert [(room, other) for room, other in imported if room != other and height[room] <= height[other]] == []


def _room(name: str) -> str:
    """bot/rules/words/_index.py lies in bot.rules; the packages bot and commands themselves are no rooms."""
    parts = Path(name).with_suffix("").parts
    return parts[0] if parts[0] != "bot" else ".".join(parts[:2]) if parts[1] != "__init__" else ""


def _rooms_imported(name: str) -> set[str]:
    nodes = list(ast.walk(parsed(name)))
    modules = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            modules += [f"{node.module}.{alias.name}" for alias in node.names]
    tops = [module.split(".") for module in modules]
    return {parts[0] if parts[0] != "bot" else ".".join(parts[:2]) for parts in tops if parts[0] in HOUSE}
