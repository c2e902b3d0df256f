"""The program as an operator meets trouble with it: starts that must not go on, signals, terminals, the log."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from storage.database import Database
from tests.fakes import FakeSlack
from tests.processes import closed_port
from tests.storage.test_database import row
from tests.test_command_line import BOT, ROOT, environment, process, raportoi, stands

CHANNEL = {"RAPORTOI_CHANNEL": "keskustelu", "RAPORTOI_HTTP": "127.0.0.1:0"}
RESTORE = "Keep it as it is, and bring the newest backup back (docs/operating.md, Backups)."


def said(ended: subprocess.CompletedProcess[str]) -> list[str]:
    """The sentences that it ended with, without the log before them."""
    assert "Traceback" not in ended.stderr
    return [line for line in ended.stderr.splitlines() if not re.match(r"\d{4}-\d\d-\d\d ", line)]


def test_a_second_serve_on_one_sqlite_file_says_so_and_ends_and_others_run_beside_the_first(tmp_path: Path) -> None:
    with FakeSlack() as slack:
        env = environment(slack, tmp_path, **CHANNEL)
        with process(*BOT, env=env) as first:
            stands(slack)
            second = raportoi("serve", env=env)
            assert second.returncode == 2
            (sentence,) = said(second)
            assert sentence.startswith(
                f"DATABASE_URL: another Raportoi is at work on {tmp_path}/raportoi.db; on SQLite"
            )
            for beside in (["doctor"], ["preview", "--days", "1"], ["migrate"]):
                assert raportoi(*beside, env=env).returncode == 0, beside
            first.terminate()
            assert first.wait(30) == 0
        with process(*BOT, env=env) as third:
            slack.waits_for_call("apps.connections.open", times=6, within=60)
            assert third.poll() is None


def test_a_start_writes_no_line_without_words(tmp_path: Path) -> None:
    with FakeSlack() as slack, process(*BOT, env=environment(slack, tmp_path, **CHANNEL)) as bot:
        stands(slack)
        bot.terminate()
        _, written = bot.communicate(timeout=60)
    assert "connected to Slack" in written
    assert [line for line in written.splitlines() if re.search(r" \(\w+:\d+\)$", line)] == []
    assert " WARNING " not in written


def as_process_1(*command: str) -> list[str]:
    """The command as the first process of a namespace of its own, as in a container."""
    alone = ["unshare", "--pid", "--fork", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    if subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no process can have a namespace of its own here")
    return [*alone, *command]


def is_ended(started: subprocess.Popen[str]) -> bool:
    """Process 1 of the namespace is told to stop, and does."""
    (first,) = psutil.Process(started.pid).children()
    first.send_signal(signal.SIGTERM)
    return started.wait(30) == 143


def test_process_1_that_waits_until_slack_is_there_is_ended_at_once(tmp_path: Path) -> None:
    with FakeSlack() as slack:
        env = environment(slack, tmp_path, **CHANNEL)
    with closed_port() as port:
        env |= {"SLACK_API_URL": f"http://127.0.0.1:{port}/api/"}
        with process(*as_process_1(*BOT), env=env) as started:
            assert started.stderr is not None
            assert any("Slack does not answer yet" in line for line in started.stderr)
            assert is_ended(started)


def test_process_1_that_waits_for_slacks_answer_is_ended_before_it_gives_up(tmp_path: Path) -> None:
    with FakeSlack() as slack, socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/api/"
        env = environment(slack, tmp_path, **CHANNEL) | {"SLACK_API_URL": address, "SLACK_APP_TOKEN": "xapp-1"}
        with process(*as_process_1(*BOT), env=env) as started:
            asked, _ = silent.accept()
            with asked:
                assert is_ended(started)
                assert started.stderr is not None
                assert "Slack does not answer yet" not in started.stderr.read()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "iso-8859-15"])
def test_doctor_speaks_on_any_terminal(tmp_path: Path, encoding: str) -> None:
    env = environment(None, tmp_path, PYTHONIOENCODING=encoding, LC_ALL="C")
    ended = subprocess.run([*BOT, "doctor"], cwd=ROOT, env=env, capture_output=True, check=False, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr == b""
    assert b"BAD  settings: SLACK_BOT_TOKEN is missing. The bot token (xoxb-" in ended.stdout


def test_without_voikko_nothing_is_printed_when_the_program_ends() -> None:
    script = """
import libvoikko
def open(path=None): raise OSError("libvoikko.so.1: cannot open shared object file")
libvoikko.VoikkoLibrary.open = open
from bot.rules.words import analyser
print(type(analyser()).__name__)
"""
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert (ended.stdout, ended.stderr) == ("SimplemmaAnalyser\n", "")


def overwritten_in_the_middle(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(8192)
        opened.write(os.urandom(file.stat().st_size - 8192))


def overwritten_at_its_beginning(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.write(os.urandom(100))


def cut_in_half(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def one_page_is_another(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size - 4096)
        opened.write(os.urandom(4096))


@pytest.mark.parametrize(
    "what", [overwritten_in_the_middle, overwritten_at_its_beginning, cut_in_half, one_page_is_another]
)
def test_a_damaged_database_asks_for_the_backup_and_never_for_a_new_file(
    tmp_path: Path, sqlite_template: Path, what: object
) -> None:
    file = tmp_path / "raportoi.db"
    shutil.copy(sqlite_template, file)
    assert callable(what)
    what(file)
    with FakeSlack() as slack:
        ended = raportoi("serve", env=environment(slack, tmp_path, **CHANNEL))
    assert ended.returncode == 2
    (sentence,) = said(ended)
    assert sentence.startswith(f"DATABASE_URL: the database {file} cannot be used: its file is damaged")
    assert sentence.endswith(RESTORE)


def test_a_key_is_not_made_anew_beside_a_database_that_needs_the_old_one(tmp_path: Path) -> None:
    key = tmp_path / "raportoi.key"
    with FakeSlack() as slack:
        env = environment(slack, tmp_path, **CHANNEL)
        assert raportoi("preview", "--days", "0", env=env).returncode == 0
        kept = key.read_bytes()
        key.unlink()
        lost, other = raportoi(env=env), raportoi(env=env | {"RAPORTOI_KEY": "another key " * 4})
        assert not key.exists()
        doctor = raportoi("doctor", env=env)
        taken = raportoi("migrate", "--new-key", env=env)
        assert raportoi("preview", "--days", "0", env=env).returncode == 0
    assert [one.returncode for one in (lost, other, doctor, taken)] == [2, 2, 1, 0]
    assert said(lost)[0].startswith(
        f"RAPORTOI_KEY is missing: this database needs its key, and {key} is not there. Bring it back from its copy"
    )
    assert said(other)[0].startswith("RAPORTOI_KEY is not the key that this database was made with")
    assert f"BAD  key: {said(lost)[0]}" in doctor.stdout
    assert "Receipt codes given so far are worth nothing." in taken.stdout
    assert key.read_bytes() != kept


def test_a_database_is_not_made_anew_beside_its_key(tmp_path: Path) -> None:
    with FakeSlack() as slack:
        env = environment(slack, tmp_path, **CHANNEL)
        assert raportoi("preview", "--days", "0", env=env).returncode == 0
        (tmp_path / "raportoi.db").rename(tmp_path / "aside")
        lost = raportoi(env=env)
        assert raportoi("doctor", env=env).returncode == 1
        assert not (tmp_path / "raportoi.db").exists()
        (tmp_path / "aside").rename(tmp_path / "raportoi.db")
        assert raportoi("doctor", env=env).returncode == 0
    assert lost.returncode == 2
    assert said(lost)[0].startswith(
        f"DATABASE_URL: {tmp_path}/raportoi.key is there, and its database {tmp_path}/raportoi.db is not. Bring it back"
    )


def test_the_token_of_another_workspace_is_refused_once_there_are_observations(tmp_path: Path) -> None:
    with FakeSlack() as slack:
        env = environment(slack, tmp_path, **CHANNEL)
        assert raportoi("preview", "--days", "0", env=env).returncode == 0
        slack.world.team_id = "T0SECOND01"
        assert raportoi("preview", "--days", "0", env=env).returncode == 0  # nothing is there to be lost sight of
        database = Database(f"sqlite:///{tmp_path}/raportoi.db")
        with database.write() as session:
            session.add(row(1, workspace="T0SECOND01"))
        database.close()
        slack.world.team_id = "T0THIRD001"
        ended = raportoi(env=env)
    assert ended.returncode == 2
    assert said(ended)[0].startswith(
        "SLACK_BOT_TOKEN is of the workspace T0THIRD001, and the observations in this database are of T0SECOND01:"
    )


def test_a_start_tells_all_that_slack_and_the_database_refuse_at_once(tmp_path: Path) -> None:
    with FakeSlack() as slack:
        wrong = {"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": "xapp-wrong"}
        wrong |= {"DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder/raportoi.db"}
        ended = raportoi(env=environment(slack, tmp_path, **CHANNEL) | wrong)
        slack.expects_refusal("invalid_auth")
    assert ended.returncode == 2
    assert [line.split()[0] for line in said(ended)] == ["DATABASE_URL:", "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"]
