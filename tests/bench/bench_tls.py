"""One message over TLS, with one context for all and with one for each: `python -m tests.bench.bench_tls`."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from ssl import create_default_context
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
    ours = Slack(slack.world.bot_token, f"{slack.world.base}/api/")
    each = WebClient(slack.world.bot_token, f"{slack.world.base}/api/")
    ways: dict[str, Callable[[], object]] = {
        "a context for each": lambda: each.api_call("chat.postMessage", json={"channel": USER, "text": "hei"}),
        "one for all": lambda: ours.post(USER, "hei", []),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(WARM + COUNT):  # by turns, so that a busy moment meets both
        for name, post in ways.items():
            started = time.perf_counter()
            post()
            if turn >= WARM:
                taken[name].append((time.perf_counter() - started) * 1000)
    first, second = (median(taken[name]) for name in ways)
    rows = [f"| {name} | {median(taken[name]):.1f} |" for name in ways]
    head = f"| `chat.postMessage` over TLS, {certificates} certificates trusted | ms, median of {COUNT} |"
    sys.stdout.write("\n".join([head, "|---|---|", *rows, f"| times faster | {first / second:.1f} |"]) + "\n")


if __name__ == "__main__":
    main()
