"""Starts the local Slack that the demo and the browser tests run on, and sees that it ends with the program."""

import http.client
import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

BINARY = Path(__file__).parents[2] / "node_modules/local-slack-linux-x64/bin/local-slack"
TRIES = 3  # somebody else may take the port between the moment it was found free and the start
READY_WITHIN = 15.0  # seconds; it takes 0.1, a cold disk and a busy machine more


class LocalSlackError(Exception):
    """The local Slack could not be started; the message says what to do."""


@dataclass(frozen=True)
class Person:
    """One member of the made-up workspace; `name` is the handle, `real_name` is what the page shows."""

    id: str
    name: str
    real_name: str
    email: str
    tz: str = "Europe/Helsinki"


@dataclass(frozen=True)
class Channel:
    """One channel; the bot sees messages only where its own id is among `members` (ids)."""

    id: str
    name: str
    members: Sequence[str]
    topic: str = ""
    is_private: bool = False


@dataclass(frozen=True)
class WorkspaceConfig:
    """What the local Slack is filled with; the first person and the first channel are what the page opens on."""

    people: Sequence[Person]
    channels: Sequence[Channel]
    name: str = "Verkosto"
    team_id: str = "T0VERKOSTO"
    bot_name: str = "raportoi"
    bot_user_id: str = "U0RAPORTOI"


@dataclass(frozen=True)
class Workspace:
    """A running local Slack: `url` is its page, `api_url` goes to SLACK_API_URL, `channel_id` is the first channel.

    It accepts any token, so these guard nothing. It listens on every network interface and has no switch for that.
    """

    url: str
    api_url: str
    port: int
    team_id: str
    channel_id: str
    process: subprocess.Popen[bytes]
    bot_token: str = "xoxb-local-slack"
    app_token: str = "xapp-local-slack"


def start_workspace(config: WorkspaceConfig, *, port: int = 3000) -> Workspace:
    """A local Slack that answers, on `port` or on the next free one after it; port 0 means any free one.

    It ends with `stop`, and also when the thread that started it ends in any way, kill -9 of the program included.
    Raises LocalSlackError with a sentence to show.
    """
    if not BINARY.is_file():
        raise LocalSlackError(f"The local Slack is missing ({BINARY.name}). Run `npm ci` in {BINARY.parents[3]}.")
    with tempfile.TemporaryDirectory(prefix="raportoi-") as folder:  # it is read once, at the start
        written = Path(folder, "workspace.yaml")  # JSON is YAML
        written.write_text(json.dumps(_as_settings(config), ensure_ascii=False), encoding="utf-8")
        for _ in range(TRIES):
            free = next((found for wanted in range(port, port + 20) if (found := _free(wanted))), 0)
            process = _launch("--config", str(written), "--port", str(free), "--base-host", "127.0.0.1")
            url = f"http://127.0.0.1:{free}/"
            workspace = Workspace(url, f"{url}api/", free, config.team_id, config.channels[0].id, process)
            if _answers(workspace):
                return workspace
            stop(workspace)
    raise LocalSlackError(f"The local Slack did not start; the last port was {free}. Run `npm ci`, and try again.")


def stop(workspace: Workspace) -> None:
    """The local Slack is gone when this returns; asking twice does no harm."""
    workspace.process.terminate()
    try:
        workspace.process.wait(timeout=3)
    except subprocess.TimeoutExpired:
        workspace.process.kill()
        workspace.process.wait()


def _launch(*arguments: str) -> subprocess.Popen[bytes]:
    setpriv = shutil.which("setpriv")  # makes Linux end the child when we are gone, however that happens
    return subprocess.Popen(
        [*([setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []), str(BINARY), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,  # Ctrl-C reaches the program alone, which then ends this in order
    )


def _as_settings(config: WorkspaceConfig) -> dict[str, object]:
    return {
        "workspace": {"name": config.name, "domain": "verkosto", "teamId": config.team_id},
        "app": {
            "appId": "A0RAPORTOI",
            "botUserId": config.bot_user_id,
            "botName": config.bot_name,
            "botToken": Workspace.bot_token,
            "appToken": Workspace.app_token,
        },
        "users": [asdict(person) for person in config.people],
        "channels": [asdict(channel) for channel in config.channels],
    }


def _answers(workspace: Workspace) -> bool:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and workspace.process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", workspace.port, timeout=1)
        try:
            connection.request("GET", "/_control/state")
            return connection.getresponse().status == http.client.OK and workspace.process.poll() is None
        except OSError:
            time.sleep(0.03)
        finally:
            connection.close()
    return False


def _free(port: int) -> int | None:
    """The port if nobody listens on it (any free one for 0), else None."""
    try:
        with socket.create_server(("", port)) as probe:
            return int(probe.getsockname()[1])
    except OSError:
        return None
