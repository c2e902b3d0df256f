"""One message over TLS, by the bot, with one context for all, with one for each: `python -m tests.bench.bench_tls`."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from ssl import SSLContext, create_default_context
from statistics import median
from tempfile import TemporaryDirectory

from slack_sdk import WebClient

from bot.slack import Slack
from tests.bench._sizes import some
from tests.bench._tables import Goal, goal, table
from tests.certificates import new_certificate
from tests.fakes import FakeSlack

SYSTEM = Path("/etc/ssl/certs/ca-certificates.crt")  # Debian's: what a machine reads that talks with Slack
USER = "U0AINO0001"
WARM, COUNT = 3, some(60)


def main() -> None:
    """The table goes to standard output."""
    sys.stdout.write(f"{measured()[1]}\n")


def measured() -> tuple[list[Goal], str]:
    """The goal that was measured, and the table. The bot's context is made here: nothing may have made it before."""
    with TemporaryDirectory() as folder:
        certificate, server = new_certificate(Path(folder))
        trusted = Path(folder, "trusted.pem")
        trusted.write_bytes(SYSTEM.read_bytes() + certificate.read_bytes())
        os.environ["SSL_CERT_FILE"] = str(trusted)
        with FakeSlack(tls=server, validate=False, record=False) as slack:
            slack.person(USER, "Aino Testinen")
            found = _measure(slack, len(create_default_context().get_ca_certs()))
        del os.environ["SSL_CERT_FILE"]
        return found


def _measure(slack: FakeSlack, certificates: int) -> tuple[list[Goal], str]:
    token, address = slack.world.bot_token, f"{slack.world.base}/api/"
    ours, kept = Slack(token, address), create_default_context()
    values = {"channel": USER, "text": "hei"}
    ways: dict[str, Callable[[], object]] = {
        "a context for each, as urllib has it": lambda: _posted(token, address, create_default_context(), values),
        "one kept context, nothing else": lambda: _posted(token, address, kept, values),
        "the bot's": lambda: ours.post(USER, "hei", []),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(WARM + COUNT):  # by turns, so that a busy moment meets all
        for name, post in ways.items():
            started = time.thread_time()
            post()
            if turn >= WARM:
                taken[name].append((time.thread_time() - started) * 1000)
    middles = {name: median(found) for name, found in taken.items()}
    bare = middles["one kept context, nothing else"]
    rows = [(name, f"{middle:.1f}", f"{middle / bare:.2f}") for name, middle in middles.items()]
    head = f"`chat.postMessage` over TLS, {certificates} certificates trusted"
    told = goal("processor time of a message over TLS, × one kept context", middles["the bot's"] / bare, 1.1)
    return [told], table((head, "ms of processor time", "÷ one kept"), rows)


def _posted(token: str, address: str, context: SSLContext, values: dict[str, str]) -> object:
    return WebClient(token, address, ssl=context).api_call("chat.postMessage", json=values)


if __name__ == "__main__":
    main()
