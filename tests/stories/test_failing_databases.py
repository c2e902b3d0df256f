"""A database that fails under the running bot: nobody is told "stored" wrongly, health knows, no restart is needed."""

import http.client
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from bot.app import Bot
from bot.settings import Settings
from storage.database import migrate
from tests.bots import running
from tests.databases import as_text, server_to_restart
from tests.fakes import SECONDS, FakeSlack, Person
from tests.stories.rows import stored

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
NOT_STORED, STORED = "Tallennus ei onnistunut", "Kirjattu"
sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """By the real clock, since the timetable goes by it and health watches that."""
    with FakeSlack() as slack:
        yield slack


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"raportoi_http": "127.0.0.1:0", "raportoi_coordinators": ()})


def health(bot: Bot) -> tuple[int, list[str]]:
    """What /healthz answers: its status, and the reasons."""
    connection = http.client.HTTPConnection("127.0.0.1", bot.port or 0, timeout=60)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    told: dict[str, Any] = json.loads(answer.read())
    connection.close()
    assert told["ok"] is (told["reasons"] == [])
    return answer.status, told["reasons"]


def files(person: Person, told: str) -> None:
    """The person files a line, and is told so."""
    before = len(person.notes)
    person.types("/raportoi", WORDS)
    seen = person._world.wait_for(lambda: person.notes[before:], SECONDS, lambda: "a whispered answer")
    assert told in seen[0].words


@pytest.fixture
def bot(slack: FakeSlack, settings: Settings) -> Iterator[Bot]:
    with running(Bot(settings), slack) as bot:
        slack.wait_until_connected()
        yield bot


def statement(url: str, *words: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for one in words:
            connection.execute(one.encode())


OTHERS = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
CUT = f"SELECT pg_terminate_backend(pid) {OTHERS}"


@postgresql
def test_connections_that_were_made_while_a_server_was_read_only_are_made_anew(
    bot: Bot, aino: Person, database_url: str
) -> None:
    name = make_url(database_url).database
    files(aino, STORED)
    statement(database_url, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on', CUT)
    for _ in range(3):
        files(aino, NOT_STORED)
    status, (reason,) = health(bot)
    assert status == 503
    assert reason.startswith(
        "Nothing can be stored: the server takes no writes (it is read-only) (25006); it has failed"
    )
    assert "raportoi_database_writable 0.0" in bot_figures(bot)

    statement(database_url, "SET default_transaction_read_only = off", f'ALTER DATABASE "{name}" RESET ALL')
    for _ in range(4):
        files(aino, STORED)
    assert len(stored(bot.deps)) == 5
    assert health(bot) == (200, [])


def bot_figures(bot: Bot) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", bot.port or 0, timeout=60)
    connection.request("GET", "/metrics")
    found = connection.getresponse().read().decode()
    connection.close()
    return found


def test_a_server_restarted_read_only_and_back_is_written_to_again_without_a_restart_of_the_bot(
    slack: FakeSlack,
) -> None:
    env = slack.settings_env()
    aino = slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")
    with server_to_restart() as server:
        with server() as url:
            migrate(as_text(url))
            settings = Settings(
                slack_bot_token=env["SLACK_BOT_TOKEN"], slack_app_token=env["SLACK_APP_TOKEN"],
                slack_api_url=env["SLACK_API_URL"], database_url=as_text(url), raportoi_key="k" * 64,
                raportoi_channel="keskustelu", raportoi_http="127.0.0.1:0",
            )  # fmt: skip
            bot = Bot(settings)
            bot.start()
            slack.wait_until_connected()
            files(aino, STORED)
        assert health(bot)[0] == 503
        with server("default_transaction_read_only=on"):
            files(aino, NOT_STORED)
            files(aino, NOT_STORED)
            assert any("takes no writes" in reason for reason in health(bot)[1])
        with server():
            for _ in range(4):
                files(aino, STORED)
            assert len(stored(bot.deps)) == 5
            assert health(bot) == (200, [])
            bot.stop()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes of the test's own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("a disk can be mounted by root alone")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def test_words_outlive_a_full_disk_and_are_stored_once_there_is_room(
    slack: FakeSlack, settings_on: Callable[[Path], Settings], small_disk: Path
) -> None:
    aino = slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")
    with running(Bot(settings_on(small_disk / "raportoi.db")), slack) as bot:
        slack.wait_until_connected()
        files(aino, STORED)
        filler = small_disk / "filler"
        fill(filler)
        while NOT_STORED not in aino.notes[-1].words:  # the log of the database has room for some
            before = len(aino.notes)
            aino.types("/raportoi", WORDS)
            slack.world.wait_for(lambda: len(aino.notes) > before, SECONDS, lambda: "an answer")  # noqa: B023
        kept = len(stored(bot.deps))
        status, reasons = health(bot)
        assert (status, [one for one in reasons if "disk" in one and "full" in one]) == (503, reasons)

        filler.unlink()
        aino.notes[-1].press("observations.open_form")
        form = aino.sees_modal(callback_id="observations.form")
        assert form.values["text"] == WORDS
        assert form.fill(kind="E", theme="SHL11-02").submit().closed
        assert len(stored(bot.deps)) == kept + 1
        assert health(bot) == (200, [])


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as filler:
        for size in (1 << 16, 1 << 12):
            try:
                while True:
                    filler.write(b"x" * size)
            except OSError:
                continue


@pytest.fixture
def settings_on(slack: FakeSlack, sqlite_template: Path) -> Callable[[Path], Settings]:
    """Settings with the database in this file."""
    env = slack.settings_env()

    def made(file: Path) -> Settings:
        shutil.copy(sqlite_template, file)
        return Settings(
            slack_bot_token=env["SLACK_BOT_TOKEN"], slack_app_token=env["SLACK_APP_TOKEN"],
            slack_api_url=env["SLACK_API_URL"], database_url=f"sqlite:///{file}", raportoi_key="k" * 64,
            raportoi_channel="keskustelu", raportoi_http="127.0.0.1:0",
        )  # fmt: skip

    return made


def removed(file: Path) -> None:
    file.unlink()


def renamed(file: Path) -> None:
    file.rename(file.with_name("aside"))


def replaced(file: Path) -> None:
    shutil.copy(file, file.with_name("copy"))
    file.with_name("copy").rename(file)


def emptied(file: Path) -> None:
    os.truncate(file, 0)


@sqlite
@pytest.mark.parametrize("what", [removed, renamed, replaced, emptied])
def test_what_would_be_lost_with_a_swapped_file_is_not_called_stored(
    bot: Bot, aino: Person, what: Callable[[Path], None]
) -> None:
    assert bot.deps.database.file is not None
    files(aino, STORED)
    what(bot.deps.database.file)
    assert health(bot)[0] == 503  # before anybody writes
    files(aino, NOT_STORED)
    _, reasons = health(bot)
    assert [one for one in reasons if one.startswith("Nothing can be stored: its file was removed or replaced")], (
        reasons
    )


@sqlite
def test_a_file_that_is_put_back_is_written_to_again(bot: Bot, aino: Person) -> None:
    file = bot.deps.database.file
    assert file is not None
    renamed(file)
    files(aino, NOT_STORED)
    file.with_name("aside").rename(file)
    files(aino, STORED)
    assert len(stored(bot.deps)) == 1
    assert health(bot) == (200, [])


@sqlite
def test_a_damaged_file_is_told_in_json_and_nobody_is_told_stored(bot: Bot, aino: Person) -> None:
    file = bot.deps.database.file
    assert file is not None
    files(aino, STORED)
    bot.deps.database.engine.dispose()  # what connections hold in memory is of no help after a restart
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(os.urandom(file.stat().st_size - 4096))
    status, reasons = health(bot)
    assert status == 503
    assert "The database is damaged (SQLITE_CORRUPT): stop the bot, and bring the newest backup back." in reasons
    files(aino, NOT_STORED)


def test_nobody_writes_and_health_tries_by_itself(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.health._state.UNWRITTEN_SECONDS", 0)
    before = bot.deps.database.writing.stored
    assert health(bot) == (200, [])
    assert bot.deps.database.writing.stored > before
