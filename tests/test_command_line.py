"""The program as an operator runs it: its own process, its exit codes, its one sentence when something is wrong."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import FakeSlack

ROOT = Path(__file__).parent.parent
WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"


def environment(slack: FakeSlack | None, tmp_path: Path, **more: str) -> dict[str, str]:
    """This machine's environment with no setting of ours but these."""
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "RAPORTOI_", "DATABASE_"))
    }
    return plain | {"RAPORTOI_DATA": str(tmp_path)} | (slack.settings_env() if slack else {}) | more


def raportoi(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_settings_it_says_what_is_missing_and_ends_with_2(tmp_path: Path) -> None:
    for command in ([], ["serve"]):
        ended = raportoi(*command, env=environment(None, tmp_path))
        assert ended.returncode == 2
        assert ended.stderr.startswith("SLACK_BOT_TOKEN is missing. ")
        assert len(ended.stderr.strip().splitlines()) == 1


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


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_serve_answers_people_and_stops_politely(tmp_path: Path, database_url: str, how: signal.Signals) -> None:
    with FakeSlack() as slack:
        aino = slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")
        env = environment(
            slack, tmp_path, DATABASE_URL=database_url, RAPORTOI_KEY="k" * 32, RAPORTOI_CHANNEL="#keskustelu"
        )
        with subprocess.Popen(
            [sys.executable, "-m", "bot"], cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True
        ) as bot:
            slack.wait_until_connected()
            aino.types("/raportoi", WORDS)
            aino.sees_dm(containing="on kirjattu", within=10)
            bot.send_signal(how)
            _, written = bot.communicate(timeout=20)
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
        "settings", "bot token", "scopes", "clock", "app token", "channel", "database",
    ]  # fmt: skip


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
    assert "BAD  scopes: missing im:history. Paste bot/manifest.yaml again" in ended.stdout
