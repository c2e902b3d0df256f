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
READY_WITHIN = 15.0  # seconds; it takes 0.1, a cold disk and a busy machine more
ENDS_WITHIN = 3.0
PORTS_TRIED = 20


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
    bot_token: str = "xoxb-local-slack"  # noqa: S105 - made up, and the local Slack takes any
    app_token: str = "xapp-local-slack"  # noqa: S105 - made up, and the local Slack takes any


def start_workspace(config: WorkspaceConfig, *, port: int = 3000) -> Workspace:
    """A local Slack that answers, on `port` or on the next free one after it; port 0 means any free one.

    It ends with `stop`, and also when the thread that started it ends in any way, kill -9 of the program included.
    Raises LocalSlackError with a sentence to show.
    """
    if not BINARY.is_file():
        raise LocalSlackError(f"The local Slack is missing ({BINARY.name}). Run `npm ci` in {BINARY.parents[3]}.")
    for candidate in range(port, port + PORTS_TRIED) if port else [0] * PORTS_TRIED:
        if (free := _free(candidate)) and (process := _launch(config, free)):
            url = f"http://127.0.0.1:{free}/"
            return Workspace(url, f"{url}api/", free, config.team_id, config.channels[0].id, process)
    raise LocalSlackError(f"The local Slack did not start on port {port} or the {PORTS_TRIED - 1} after it.")


def stop(workspace: Workspace) -> None:
    """The local Slack is gone when this returns; asking twice does no harm."""
    _end(workspace.process)


def _launch(config: WorkspaceConfig, port: int) -> subprocess.Popen[bytes] | None:
    with tempfile.TemporaryDirectory(prefix="raportoi-") as folder:
        written = Path(folder, "workspace.yaml")  # JSON is YAML
        written.write_text(json.dumps(_as_settings(config), ensure_ascii=False), encoding="utf-8")
        process = subprocess.Popen(  # noqa: S603 - our own binary and our own arguments
            [*_tied_to_us(), str(BINARY), "--config", str(written), "--port", str(port), "--base-host", "127.0.0.1"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C reaches the program alone, which then ends this in order
        )
        if _answers(process, port):
            return process
    _end(process)
    return None


def _tied_to_us() -> list[str]:
    """The prefix that makes Linux end the child when we are gone, however that happens."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _as_settings(config: WorkspaceConfig) -> dict[str, object]:
    return {
        "workspace": {"name": config.name, "domain": "verkosto", "teamId": config.team_id},
        "app": {
            "appId": "A0RAPORTOI",
            "botUserId": config.bot_user_id,
            "botName": config.bot_name,
            "botToken": Workspace.bot_token,
            "appToken": Workspace.app_token,
            "mode": "socket",
        },
        "users": [asdict(person) for person in config.people],
        "channels": [asdict(channel) for channel in config.channels],
    }


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", "/_control/state")
            return connection.getresponse().status == http.client.OK and process.poll() is None
        except OSError:
            time.sleep(0.03)
        finally:
            connection.close()
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free(port: int) -> int | None:
    """The port if nobody listens on it (any free one for 0), else None."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that has just been left is free
        try:
            probe.bind(("", port))
        except OSError:
            return None
        return int(probe.getsockname()[1])
