"""What the ledger, the directory and the files rest on, against a Web API that others have written (npm's emulate)."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
import yaml

from bot.blocks.parts import section
from bot.blocks.tables import data_table
from bot.errors import SlackError
from bot.health import WITHOUT
from bot.slack import Slack
from tests.fakes import SECONDS
from tests.processes import tied_to_us

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "node_modules/emulate/dist/index.js"
ASKED_FOR = yaml.safe_load((ROOT / "bot/manifest.yaml").read_text("utf-8"))["oauth_config"]["scopes"]
WHOLE, NEEDED = "xoxb-whole", "xoxb-needed"
MARK = ("0" * 32, "feedback")
SEED = {
    "slack": {
        "strict_scopes": True,
        "users": [{"name": f"testinen{number}", "real_name": f"Testinen {number}"} for number in range(250)],
        "channels": [{"name": "keskustelu"}, {"name": "salainen", "is_private": True}],
        "tokens": [
            {"token": WHOLE, "scopes": [*ASKED_FOR["bot"], *ASKED_FOR["bot_optional"]]},
            {"token": NEEDED, "scopes": ASKED_FOR["bot"]},
        ],
    }
}
pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="a Web API by others needs npm (make node_modules/stamp)")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of the Web API of a workspace that runs while this file is tested."""
    seed = tmp_path_factory.mktemp("emulate") / "seed.json"
    seed.write_text(json.dumps(SEED))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = ["node", str(PROGRAM), "start", "--service", "slack", "--port", str(port), "--seed", str(seed)]
    program = subprocess.Popen([*tied_to_us(), *command], stdout=subprocess.DEVNULL, cwd=seed.parent)
    try:
        until = time.monotonic() + SECONDS
        while not _answers(port):
            assert program.poll() is None, "emulate has ended"
            assert time.monotonic() < until, "emulate does not answer"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/api/"
    finally:
        program.kill()
        program.wait()


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture
def slack(address: str) -> Slack:
    return Slack(WHOLE, address)


def test_a_delivery_is_found_by_its_mark_behind_pages_of_other_messages_and_in_a_thread(slack: Slack) -> None:
    channel = slack.find_channel("keskustelu") or ""
    _, root = slack.deliver(channel, "Viesti", [section("Viesti")], MARK)
    for number in range(120):
        slack.post(channel, f"Muu {number}", [section("Muu")])
    assert slack.find_delivery(channel, MARK[0], float(root) - 600) == root
    assert slack.find_delivery(channel, "1" * 32, float(root) - 600) is None
    _, reply = slack.deliver(channel, "Vastaus", [section("Vastaus")], ("2" * 32, "feedback"), root)
    assert slack.find_delivery(channel, "2" * 32, float(root) - 600, root) == reply


def test_a_private_message_is_edited_read_and_taken_away(slack: Slack) -> None:
    user = next(one["id"] for one in slack.users() if one["name"] == "testinen7")
    channel = slack.open_conversation(user)
    place, ts = slack.post(channel, "Viesti", [section("Viesti")])
    assert place == channel
    slack.edit(channel, ts, "Uusi", [section("Uusi"), data_table("Luvut", ["Laji", "Määrä"], [["E", 1]])])
    assert (slack.message(channel, ts) or {}).get("text") == "Uusi"
    slack.delete(channel, ts)
    assert slack.message(channel, ts) is None


def test_all_pages_of_people_and_of_a_channels_members_are_read(slack: Slack) -> None:
    people = {one["id"] for one in slack.users()}
    assert len(people) > 250
    assert slack.channel_members(slack.find_channel("keskustelu") or "") <= people
    assert len(slack.channel_members(slack.find_channel("keskustelu") or "")) > 250


def test_a_file_is_put_into_a_thread(slack: Slack) -> None:
    channel = slack.find_channel("#keskustelu") or ""
    _, ts = slack.post(channel, "Tiedosto on ketjussa", [section("Tiedosto on ketjussa")])
    known: list[str] = []
    slack.upload(channel, ts, "luvut.csv", b"laji;1\n", "Luvut", known.append)
    assert any(known[0] in json.dumps(one) for one in slack.replies(channel, ts, "0"))
    slack.delete_file(known[0])


def test_with_the_scopes_that_must_be_all_works_but_files_and_private_channels(address: str) -> None:
    slack = Slack(NEEDED, address)
    channel = slack.find_channel("keskustelu") or ""
    assert slack.find_channel("salainen") is None
    assert slack.lacks("groups:read")
    _, ts = slack.deliver(channel, "Viesti", [section("Viesti")], ("3" * 32, "feedback"))
    assert slack.find_delivery(channel, "3" * 32, float(ts) - 600) == ts
    with pytest.raises(SlackError) as refused:
        slack.upload(channel, ts, "luvut.csv", b"laji;1\n", "Luvut")
    assert refused.value.no_files
    assert set(WITHOUT) == set(ASKED_FOR["bot_optional"])
