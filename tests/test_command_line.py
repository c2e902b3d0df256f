"""The program as an operator runs it: its own process, its exit codes, its one sentence when something is wrong."""

import contextlib
import json
import os
import re
import secrets
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from bot.health import WITHOUT
from tests.clocks import BUSY
from tests.databases import as_text, new_database
from tests.fakes import FakeSlack
from tests.processes import ROOT, run_bot, tied_to_us

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"


def environment(slack: FakeSlack | None, tmp_path: Path, **more: str) -> dict[str, str]:
    """This machine's environment with no setting of ours but these."""
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "RAPORTOI_", "DATABASE_"))
    }
    return plain | {"RAPORTOI_DATA": str(tmp_path)} | (slack.settings_env() if slack else {}) | more


def raportoi(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return run_bot(*arguments, env=env, within=BUSY)


BOT = sys.executable, "-m", "bot"


@contextlib.contextmanager
def process(*command: str, env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A program whose errors can be read, gone afterwards whatever the test found."""
    with subprocess.Popen([*tied_to_us(), *command], cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) as started:
        try:
            yield started
        finally:
            started.kill()


def stands(slack: FakeSlack) -> None:
    """The bot is connected; a start takes its time where many others are at work on the machine."""
    slack.waits_for_call("apps.connections.open", times=2, within=BUSY)
    slack.wait_until_connected()


def test_without_settings_it_says_what_is_missing_and_ends_with_2(tmp_path: Path) -> None:
    for command in ([], ["serve"]):
        ended = raportoi(*command, env=environment(None, tmp_path))
        assert ended.returncode == 2
        told = [line.split(". ")[0] for line in ended.stderr.splitlines()]
        assert told == ["SLACK_BOT_TOKEN is missing", "SLACK_APP_TOKEN is missing"]


@pytest.mark.parametrize(("name", "value"), [("SLACK_BOT_TOKEN", "xoxb-wrong"), ("SLACK_APP_TOKEN", "xapp-wrong")])
def test_a_refused_token_is_named_in_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    with FakeSlack() as slack:
        ended = raportoi(env=environment(slack, tmp_path) | {name: value})
        slack.expects_refusal("invalid_auth")
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1].startswith(f"{name} was refused by Slack (invalid_auth). ")
    assert "Traceback" not in ended.stderr


def test_an_unknown_command_ends_with_2(tmp_path: Path) -> None:
    assert raportoi("fly", env=environment(None, tmp_path)).returncode == 2


def test_migrate_needs_the_database_alone(tmp_path: Path, database_url: str) -> None:
    ended = raportoi("migrate", env=environment(None, tmp_path, DATABASE_URL=database_url))
    assert (ended.returncode, ended.stdout) == (0, "The schema is up to date.\n")


def test_what_is_no_database_ends_it_with_2_and_one_sentence(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Muistiinpanoja, ei tietokanta. " * 100)
    for url in (f"sqlite:///{notes}", "postgresql://u@127.0.0.1:1/d?nosuch=1", f"sqlite:///{tmp_path}", "sqlite://"):
        ended = raportoi("migrate", env=environment(None, tmp_path, DATABASE_URL=url, LOG_LEVEL="ERROR"))
        assert ended.returncode == 2, url
        assert re.fullmatch(r"DATABASE_URL(:| is wrong).*\n", ended.stderr), ended.stderr
    assert notes.read_text().startswith("Muistiinpanoja")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_serve_answers_people_and_stops_politely(tmp_path: Path, database_url: str, how: signal.Signals) -> None:
    with FakeSlack() as slack:
        aino = slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")
        env = environment(
            slack, tmp_path, DATABASE_URL=database_url, RAPORTOI_KEY="k" * 32, RAPORTOI_CHANNEL="#keskustelu"
        )
        with process(*BOT, env=env) as bot:
            stands(slack)
            aino.types("/raportoi", WORDS)
            aino.sees_dm(containing="on kirjattu")
            bot.send_signal(how)
            _, written = bot.communicate(timeout=BUSY)
        assert bot.returncode == 0
        assert len(slack.close_frames) == 1
        assert "Traceback" not in written
        assert WORDS not in written
        assert "xoxb-" not in written


def test_doctor_is_content_with_a_good_installation(tmp_path: Path, database_url: str) -> None:
    with FakeSlack() as slack:
        slack.person("U0AINO0001", "Aino Testinen")
        env = environment(
            slack, tmp_path, DATABASE_URL=database_url, RAPORTOI_KEY="k" * 32, RAPORTOI_CHANNEL="keskustelu"
        )
        ended = raportoi("doctor", "--json", env=env)
    steps = json.loads(ended.stdout)
    assert ended.returncode == 0, ended.stdout
    assert [step["step"] for step in steps] == [
        "settings", "bot token", "scopes", "clock", "app token", "channel", "coordinators", "database",
        *("erasures", "key", "key copy", "workspace"), *(["locks"] if database_url.startswith("sqlite") else []),
        *("files", "backups"), *(["disk"] if database_url.startswith("sqlite") else []),
    ]  # fmt: skip


@contextlib.contextmanager
def served(slack: FakeSlack, env: dict[str, str], **more: Any) -> Iterator[list[str]]:
    """The bot as a program, connected; it has ended afterwards, whatever happened, and its log stands in the list."""
    log: list[str] = []
    command = [sys.executable, "-m", "bot"]
    bot = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True, **more)
    try:
        slack.wait_until_connected()
        yield log
    finally:
        bot.terminate()
        log.append(bot.communicate(timeout=60)[1])


def test_whatever_it_makes_can_be_read_by_its_owner_only_also_under_a_careless_umask(tmp_path: Path) -> None:
    made = tmp_path / "srv" / "raportoi"
    with FakeSlack() as slack:
        slack.person("U0AINO0001", "Aino Testinen")
        env = environment(slack, tmp_path, RAPORTOI_DATA=str(made), RAPORTOI_CHANNEL="keskustelu")
        with served(slack, env, umask=0o000):
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "srv").rglob("*")}
    files = {name: mode for name, mode in modes.items() if name != "raportoi"}
    assert {"raportoi.db", "raportoi.db-wal", "raportoi.db-shm", "raportoi.key"} <= files.keys()
    assert set(files.values()) == {0o600}
    assert modes["raportoi"] == 0o700


def test_what_others_could_read_is_mended_at_the_start_and_what_they_could_replace_is_told(tmp_path: Path) -> None:
    with FakeSlack() as slack:
        slack.person("U0AINO0001", "Aino Testinen")
        env = environment(slack, tmp_path, RAPORTOI_CHANNEL="keskustelu", RAPORTOI_HTTP="127.0.0.1:0")
        with served(slack, env):
            pass  # it makes both files
        for name in ("raportoi.db", "raportoi.key"):
            (tmp_path / name).chmod(0o644)
        tmp_path.chmod(0o777)

        ended = raportoi("doctor", "--json", env=env)
        with served(slack, env) as log:
            pass
    bad = {found["step"]: found["words"] for found in json.loads(ended.stdout) if not found["well"]}
    assert ended.returncode == 1
    assert bad == {
        "files": f"Others can take files out of {tmp_path} and put others in: run chown and chmod 700 {tmp_path}."
    }
    assert bad["files"] in log[0]
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("raportoi.db", "raportoi.key")} == {0o600}


@pytest.mark.parametrize(
    ("wrong", "step", "advice"),
    [
        ({"RAPORTOI_CHANNEL": "nosuch"}, "channel", "/invite"),
        ({"RAPORTOI_CHANNEL": ""}, "channel", "RAPORTOI_CHANNEL"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "database", "DATABASE_URL"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "app token", "Basic Information"),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "bot token", "OAuth & Permissions"),
    ],
)
def test_doctor_says_what_to_do(tmp_path: Path, wrong: dict[str, str], step: str, advice: str) -> None:
    with FakeSlack() as slack:
        env = environment(slack, tmp_path, RAPORTOI_KEY="k" * 32, **({"RAPORTOI_CHANNEL": "keskustelu"} | wrong))
        ended = raportoi("doctor", "--json", env=env)
        slack.expects_refusal("invalid_auth")
    bad = {found["step"]: found["words"] for found in json.loads(ended.stdout) if not found["well"]}
    assert ended.returncode == 1
    assert list(bad) == [step]
    assert advice in bad[step]
    assert not [value for value in wrong.values() if value.startswith("x") and value in ended.stdout]


def test_doctor_finds_a_missing_scope(tmp_path: Path) -> None:
    with FakeSlack(scopes=["chat:write", "commands", "channels:read", "groups:read", "users:read"]) as slack:
        env = environment(slack, tmp_path, RAPORTOI_CHANNEL="keskustelu")
        ended = raportoi("doctor", env=env)
    assert ended.returncode == 1
    missing = "channels:history, im:history, im:write"
    assert f"BAD  scopes: missing {missing}. Paste bot/manifest.yaml again" in ended.stdout


def test_doctor_reads_its_own_message_back_and_takes_it_away(tmp_path: Path) -> None:
    with FakeSlack() as slack:
        aino = slack.person("U0AINO0001", "Aino Testinen")
        slack.world.scopes -= set(WITHOUT)
        slack.expects_refusal("missing_scope")  # of private channels: those that may be seen are looked at then
        env = environment(slack, tmp_path, RAPORTOI_CHANNEL="keskustelu", RAPORTOI_COORDINATORS=aino.id)
        ended = raportoi("doctor", "--slack-round-trip", env=env)
        (sent,) = slack.calls_to("chat.postMessage")
        assert aino.dms == []
    assert ended.returncode == 0, ended.stdout
    assert (
        "ok   scopes: all that must be. files:write is not granted: no chart, calendar file or document" in ended.stdout
    )
    assert re.search(
        r"ok   round trip: seen in the history with its metadata after \d\.\d s; .* deleted again", ended.stdout
    )
    assert sent.args["metadata"]["event_type"] == "raportoi_delivery"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            {"method": "conversations.history", "error": "internal_error", "times": None},
            "could not be read (internal_error)",
        ),
        ({"method": "chat.postMessage", "error": "channel_not_found"}, "could not be posted (channel_not_found)"),
        ({"method": "chat.delete", "error": "cant_delete_message"}, "could not be deleted again (cant_delete_message)"),
    ],
)
def test_doctor_says_where_the_round_trip_broke_off(tmp_path: Path, fault: dict[str, Any], words: str) -> None:
    with FakeSlack() as slack:
        aino = slack.person("U0AINO0001", "Aino Testinen")
        slack.fault(**fault)
        env = environment(slack, tmp_path, RAPORTOI_CHANNEL="keskustelu", RAPORTOI_COORDINATORS=aino.id)
        ended = raportoi("doctor", "--slack-round-trip", env=env)
    assert words in ended.stdout


def test_doctor_says_who_would_get_the_round_trip(tmp_path: Path) -> None:
    with FakeSlack() as slack:
        ended = raportoi(
            "doctor", "--slack-round-trip", env=environment(slack, tmp_path, RAPORTOI_CHANNEL="keskustelu")
        )
    assert ended.returncode == 1
    assert "BAD  round trip: RAPORTOI_COORDINATORS is missing" in ended.stdout


@pytest.mark.parametrize("token", ["account_inactive", "token_revoked"])
def test_b19_doctor_says_that_the_app_was_removed_and_the_data_stays(tmp_path: Path, token: str) -> None:
    with FakeSlack() as slack:
        slack.fault("auth.test", error=token, times=None)
        ended = raportoi("doctor", env=environment(slack, tmp_path))
    assert ended.returncode == 1
    assert "The app was removed from the workspace; what is stored here stays until you erase it." in ended.stdout


def free_port() -> str:
    """Choose a port that nobody has, among those that Linux gives to nobody who asks for any."""
    while True:
        with contextlib.suppress(OSError), socket.create_server(("", 10_000 + secrets.randbelow(20_000))) as free:
            return str(free.getsockname()[1])


def over_http(slack: FakeSlack, tmp_path: Path, **more: str) -> dict[str, str]:
    """Settings of HTTP mode: a signing secret and a port, and no app token."""
    port = free_port()
    slack.request_url = f"http://127.0.0.1:{port}/slack/events"
    return environment(slack, tmp_path, RAPORTOI_CHANNEL="keskustelu") | {"SLACK_APP_TOKEN": "", "PORT": port} | more


def test_a_port_and_a_signing_secret_mean_http_and_sigterm_ends_it_calmly(tmp_path: Path) -> None:
    with FakeSlack() as slack:
        aino = slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")
        env = over_http(slack, tmp_path)
        with process(*BOT, env=env) as bot:
            wait_for_port(int(env["PORT"]))
            aino.types("/raportoi", WORDS)
            aino.sees_dm(containing="on kirjattu")
            bot.send_signal(signal.SIGTERM)
            _, written = bot.communicate(timeout=BUSY)
        assert bot.returncode == 0
        assert slack.calls_to("apps.connections.open") == []
    assert f"listening on port {env['PORT']}" in written
    assert WORDS not in written


def wait_for_port(port: int) -> None:
    deadline = time.monotonic() + BUSY
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=BUSY):
            return
        time.sleep(0.05)
    raise AssertionError("nobody listens")


def test_in_http_mode_a_taken_port_ends_it_with_2_and_one_sentence(tmp_path: Path) -> None:
    with FakeSlack() as slack, socket.create_server(("", 0)) as taken:
        env = over_http(slack, tmp_path, PORT=str(taken.getsockname()[1]))
        ended = raportoi("serve", env=env | {"LOG_LEVEL": "WARNING"})
    assert ended.returncode == 2
    assert re.match(r"PORT \d+ cannot be listened on: Address already in use\. ", ended.stderr.splitlines()[-1])


def test_preview_tells_what_would_be_sent_as_a_list_for_programs(tmp_path: Path) -> None:
    with FakeSlack() as slack:
        slack.person("U0AINO0001", "Aino Testinen")
        env = environment(slack, tmp_path, RAPORTOI_CHANNEL="keskustelu")
        ended = raportoi("preview", "--days", "30", "--at", "2026-11-25T12:00", "--json", env=env)
        shown = raportoi("preview", "--days", "30", "--at", "2026-11-25T10:00:00Z", env=env)
        wrong = raportoi("preview", "--days", "30", "--at", "soon", env=env)
        beyond = raportoi("preview", "--days", "30", "--at", "9999-12-31T12:00", env=env)
        assert slack.calls_to("chat.postMessage") == []
    assert json.loads(ended.stdout) == [
        {
            "at": "2026-12-03T13:00:00+02:00",
            "kind": "report_reminder",
            "recipients": 1,
            "key": "report_reminder:2026-12-03",
        }
    ]
    assert shown.stdout.split() == [
        *("When", "Kind", "To", "Key"),
        "2026-12-03",
        "13:00",
        "+0200",
        *["report_reminder", "1", "report_reminder:2026-12-03"],
    ]
    away = raportoi("preview", "--days", "30", env=env)  # it waits for nobody
    told = "Slack cannot be reached (ConnectionRefusedError). `python -m bot doctor` says more."
    assert (away.returncode, away.stderr.splitlines()) == (2, [told])
    assert (wrong.returncode, wrong.stderr.splitlines()[-1][:20]) == (2, "--at soon is no mome")
    assert (beyond.returncode, beyond.stderr.splitlines()[-1][:20]) == (2, "--at 9999-12-31T12:0")


def hosted(name: str, env: dict[str, str]) -> contextlib.AbstractContextManager[subprocess.Popen[str]]:
    """The Procfile's line as a hosting service runs it: by a shell, with our `python` first in the path."""
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    path = f"{Path(sys.executable).parent}:{env['PATH']}"
    line = f"exec {lines[name]}" if lines[name].startswith("python") else lines[name]
    return process("sh", "-c", line, env=env | {"PATH": path})


def test_the_procfile_runs_as_it_stands_in_socket_mode(tmp_path: Path) -> None:
    with FakeSlack() as slack:
        aino = slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")
        env = environment(slack, tmp_path, RAPORTOI_CHANNEL="keskustelu", RAPORTOI_HTTP="127.0.0.1:0")
        with hosted("release", env) as release:
            assert release.wait(BUSY) == 0
        with hosted("worker", env) as worker:
            stands(slack)
            aino.types("/raportoi", WORDS)
            aino.sees_dm(containing="on kirjattu")
            worker.terminate()
            assert worker.wait(BUSY) == 0


def test_the_procfile_runs_as_it_stands_over_http(tmp_path: Path, postgresql_url: str) -> None:
    with FakeSlack() as slack:
        aino = slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")
        env = over_http(slack, tmp_path, DATABASE_URL=postgresql_url, RAPORTOI_KEY="k" * 32)
        beside = env | {"PORT": free_port()}
        with hosted("web", env) as web, hosted("worker", beside) as worker:
            for port in (env["PORT"], beside["PORT"]):  # who is told to stop before it stands, ends with another code
                wait_for_port(int(port))
            aino.types("/raportoi", WORDS)
            aino.sees_dm(containing="on kirjattu")
            for process in (web, worker):
                process.terminate()
                assert process.wait(BUSY) == 0


@pytest.mark.parametrize("command", [["work"], ["serve", "--no-jobs"]])
def test_on_sqlite_one_process_does_everything(tmp_path: Path, command: list[str]) -> None:
    with FakeSlack() as slack:
        ended = raportoi(*command, env=environment(slack, tmp_path, RAPORTOI_CHANNEL="keskustelu"))
    assert ended.returncode == 2
    assert re.fullmatch(r"DATABASE_URL must be of PostgreSQL .*\n", ended.stderr)


def test_people_and_the_clock_are_served_by_two_processes(tmp_path: Path, postgresql_url: str) -> None:
    with FakeSlack() as slack:
        aino = slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")
        ours = {"DATABASE_URL": postgresql_url, "RAPORTOI_KEY": "k" * 32}
        env = over_http(slack, tmp_path, **ours)
        other = env | {"PORT": free_port()}
        with running("work", env=other) as clock, running("serve", "--no-jobs", env=env) as people:
            for one in (env, other):
                wait_for_port(int(one["PORT"]))
            aino.types("/raportoi", WORDS)
            aino.sees_dm(containing="on kirjattu")
            served, worked = (figures(int(one["PORT"])) for one in (env, other))
            for process in (clock, people):
                process.send_signal(signal.SIGTERM)
                assert process.wait(BUSY) == 0
    assert "raportoi_knock_last_run_seconds{" not in served
    assert 'raportoi_knock_last_run_seconds{knock="' in worked


@contextlib.contextmanager
def running(*arguments: str, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The program in a process of its own, which is gone afterwards whatever the test found."""
    command = [*tied_to_us(), sys.executable, "-m", "bot", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def figures(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=BUSY) as answer:
        return answer.read().decode()


@pytest.fixture
def postgresql_url(postgresql_template: tuple[URL, str | None]) -> Iterator[str]:
    server, template = postgresql_template
    with new_database(server, template) as url:
        yield as_text(url)


def test_the_coordinators_export_is_a_new_file_whole_or_not_at_all(tmp_path: Path, database_url: str) -> None:
    days = ("export", "--rows", "--from", "2026-10-01", "--to", "2027-03-31")
    file, other = tmp_path / "havainnot.csv", tmp_path / "vanha.xlsx"
    other.write_text("vanha")
    with FakeSlack() as slack:
        env = environment(slack, tmp_path, DATABASE_URL=database_url, RAPORTOI_KEY="k" * 32)
        aino = slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")
        with process(*BOT, env=env) as bot:
            stands(slack)
            aino.types("/raportoi", WORDS)
            aino.sees_dm(containing="on kirjattu")
            bot.send_signal(signal.SIGTERM)
            bot.communicate(timeout=BUSY)
        year = time.gmtime().tm_year
        span = ("--from", f"{year - 1}-04-01", "--to", f"{year + 1}-03-31")
        written = raportoi("export", "--rows", *span, "--format", "csv", str(file), env=env)
        swedish = raportoi("export", "--rows", *span, "--language", "sv", str(tmp_path / "sv.xlsx"), env=env)
        there = raportoi(*days, str(other), env=env)
        nowhere = raportoi(*days, str(tmp_path / "ei" / "a.csv"), env=env)
        turned = raportoi(
            "export", "--rows", "--from", "2026-10-02", "--to", "2026-10-01", str(tmp_path / "b"), env=env
        )
        pdf = raportoi(*days, "--format", "pdf", str(tmp_path / "b"), env=env)
    assert written.returncode == 0, written.stderr
    assert written.stdout.startswith(f"Observations in {file}: 1. ")
    lines = file.read_bytes().decode("utf-8-sig").splitlines()
    assert lines[0] == "Vain koordinaattorin työkäyttöön"
    assert WORDS in lines[2]
    assert "U0AINO" not in "".join(lines)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert swedish.returncode == 0
    assert (there.returncode, there.stderr.splitlines()[-1]) == (
        2, f"{other} is there already, and stays as it is. Choose another name for the file."
    )  # fmt: skip
    assert other.read_text() == "vanha"
    assert (nowhere.returncode, "Traceback" in nowhere.stderr) == (1, False)
    assert nowhere.stderr.splitlines()[-1].startswith("The file could not be written")
    assert [one.returncode for one in (turned, pdf)] == [2, 2]
    assert not (tmp_path / "b").exists()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".raportoi")] == []
