"""What every test gets: no network but loopback, a database of each kind, and skips that nobody can overlook."""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import hypothesis
import pytest
from pytest_socket import socket_allow_hosts
from sqlalchemy import URL

from tests.databases import as_text, emptied, new_database, postgresql_server

if TYPE_CHECKING:
    from bot.settings import Settings
    from tests.fakes import FakeSlack, Person
    from tests.ledger import Desk

gc.set_threshold(100_000, 20, 20)  # a sixth of a story's processor time went into looking through what modules hold

# Both have no deadline: a slow machine is not a failing property. In CI the examples are the same on every run.
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


KINDS = ("sqlite", "postgresql")
ON_ONE = ("stories", "services", "jobs", "chaos", "test_web.py")
DRAWN_FROM_BOTH = "test_triage.py"
ROOM = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--databases",
        choices=("chosen", "rest", "both"),
        default="chosen",
        help="what runs: each story on one database, nothing long (chosen), what that leaves out (rest; of those in "
        "a browser one file), or all on both; a test that is named with :: runs always",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("databases")
    if wanted == "both" or any("::" in argument for argument in config.args):
        return
    left_out = [item for item in items if _runs_with(item) != wanted]
    items[:] = [item for item in items if _runs_with(item) == wanted]
    config.hook.pytest_deselected(items=left_out)


def _runs_with(item: pytest.Item) -> str:
    """When the test runs on this database: in rooms ON_ONE chosen is the one that its name falls on; elsewhere both.

    Races, locks, erasing and what goes through the ledger are the same only where both databases tell it: these are
    marked with both_databases. What is marked as long is left to the rest. What is drawn in a browser is the same
    whatever stores it: one file shows that it is.
    """
    if item.get_closest_marker("long"):
        return "rest"
    callspec = getattr(item, "callspec", None)
    kind = callspec.params.get("database_url") if callspec else None
    named = ["database_url" in mark.args[0] for mark in item.iter_markers("parametrize")]
    if kind is None or any(named) or item.get_closest_marker("both_databases"):
        return "chosen"
    room = item.path.relative_to(ROOM).parts[0]
    if room == "e2e":
        return "chosen" if kind == KINDS[0] else "rest" if item.path.name == DRAWN_FROM_BOTH else "both"
    return "chosen" if room not in ON_ONE or kind == KINDS[crc32(item.name.partition("[")[0].encode()) % 2] else "rest"


def pytest_runtest_setup() -> None:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    yield  # everything else has its say first
    reasons = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []))
    if reasons:
        listed = "; ".join(f"{reason.removeprefix('Skipped: ')} ({count})" for reason, count in reasons.items())
        terminalreporter.write_line(f"NOT TESTED HERE: {listed}", red=True, bold=True)


@pytest.fixture
def slack() -> Iterator["FakeSlack"]:
    """A strict fake Slack with nobody in it yet."""
    from tests.fakes import FakeSlack  # noqa: PLC0415  tests of pure rules need not wait for it

    with FakeSlack() as slack:
        yield slack


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot has as much time for its answers as this busy machine needs; lateness is a story of its own."""
    from tests.bots import give_time  # noqa: PLC0415  as above

    give_time(monkeypatch)


@pytest.fixture
def settings(slack: "FakeSlack", database_url: str, tmp_path: Path) -> "Settings":
    """Settings that lead to the fake Slack and to the test's own database."""
    from bot.settings import Settings  # noqa: PLC0415

    env = slack.settings_env()
    return Settings(
        slack_bot_token=env["SLACK_BOT_TOKEN"],
        slack_app_token=env["SLACK_APP_TOKEN"],
        slack_api_url=env["SLACK_API_URL"],
        database_url=database_url,
        raportoi_data=tmp_path,
        raportoi_key="k" * 64,
        raportoi_channel="keskustelu",
        raportoi_http="127.0.0.1:0",
    )


@pytest.fixture
def aino(slack: "FakeSlack") -> "Person":
    return slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")


@pytest.fixture
def desk(database_url: str) -> Iterator["Desk"]:
    """The ledger on the test's own database, with a Slack that answers as scripted and a clock that can be set."""
    from tests.ledger import Desk  # noqa: PLC0415

    desk = Desk(database_url)
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def shared_statements() -> None:
    from tests.compiled import share_compiled  # noqa: PLC0415  tests without a database need not wait for the ORM

    share_compiled()


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path, shared_statements: None) -> Iterator[str]:
    """Address of an empty database with the current schema, which nobody else uses meanwhile.

    The test runs on each kind, or on one (see `_is_chosen`). It may not change the schema, or look at places inside the
    files, unless it is marked with own_database.
    """
    if request.param == "sqlite":
        file = tmp_path / "raportoi.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
    elif request.node.get_closest_marker("own_database"):
        server, template = request.getfixturevalue("postgresql_template")
        with new_database(server, template) as url:
            yield as_text(url)
    else:
        url = request.getfixturevalue("shared_database")
        yield as_text(url)
        emptied(url)


@pytest.fixture
def empty_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without any table, of the same kind as database_url."""
    yield from _empty(database_url, request, tmp_path / "empty.sqlite3")


@pytest.fixture
def other_empty_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of one more; a file of its own folder, since more is kept beside it."""
    folder = tmp_path / "other"
    folder.mkdir()
    yield from _empty(database_url, request, folder / "other.sqlite3")


def _empty(database_url: str, request: pytest.FixtureRequest, file: Path) -> Iterator[str]:
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{file}"
        return
    server, _ = request.getfixturevalue("postgresql_template")
    with new_database(server) as url:
        yield as_text(url)


@pytest.fixture(scope="session")
def shared_database(postgresql_template: tuple[URL, str | None]) -> Iterator[URL]:
    """The one database of PostgreSQL that the tests of this process use one after the other."""
    with new_database(*postgresql_template) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that the project's migrations have been run on once."""
    from storage.database import migrate  # noqa: PLC0415  tests without a database need not wait for the ORM

    file = tmp_path_factory.mktemp("template") / "template.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[tuple[URL, str | None]]:
    """A server, and the name of a database on it that the project's migrations have been run on once."""
    from storage.database import migrate  # noqa: PLC0415  tests without a database need not wait for the ORM

    with postgresql_server() as server, new_database(server) as template:
        migrate(as_text(template))
        yield server, template.database
