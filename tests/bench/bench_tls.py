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
from tests.certificates import new_certificate
from tests.fakes import FakeSlack

SYSTEM = Path("/etc/ssl/certs/ca-certificates.crt")  # Debian's: what a machine reads that talks with Slack
USER = "U0AINO0001"
WARM, COUNT = 3, 60


def main() -> None:
    """The table goes to standard output."""
    with TemporaryDirectory() as folder:
        certificate, server = new_certificate(Path(folder))
        trusted = Path(folder, "trusted.pem")
        trusted.write_bytes(SYSTEM.read_bytes() + certificate.read_bytes())
        os.environ["SSL_CERT_FILE"] = str(trusted)
        with FakeSlack(tls=server, validate=False, record=False) as slack:
            slack.person(USER, "Aino Testinen")
            _measure(slack, len(create_default_context().get_ca_certs()))


def _measure(slack: FakeSlack, certificates: int) -> None:
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
    rows = [f"| {name} | {middle:.1f} | {middle / bare:.2f} |" for name, middle in middles.items()]
    head = f"| `chat.postMessage` over TLS, {certificates} certificates trusted | ms of processor time | ÷ one kept |"
    sys.stdout.write("\n".join([head, "|---|---|---|", *rows]) + "\n")


def _posted(token: str, address: str, context: SSLContext, values: dict[str, str]) -> object:
    return WebClient(token, address, ssl=context).api_call("chat.postMessage", json=values)


if __name__ == "__main__":
    main()
