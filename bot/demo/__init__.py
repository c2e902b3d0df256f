"""The sample network, the practice Slack that it lives in with its page, and what a newcomer may try there."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from socket import gethostname
from tempfile import TemporaryDirectory
from typing import Any

from bot.demo import network
from bot.demo.clock import Clock, first_morning
from bot.demo.gathering import gather
from bot.demo.handling import handle, tell_all, write_summary
from bot.demo.moving import Mover
from bot.demo.page import Page, new_password
from bot.demo.page.words import WEEK
from bot.demo.practices import leave_one, publish_cards
from bot.demo.slack import HOME_CHANNEL, PracticeSlack
from bot.deps import Deps, utc_now
from bot.errors import SettingsError
from bot.jobs import words
from bot.rules.deliveries import Terms
from bot.rules.words import Reading, SimplemmaAnalyser, written_words
from bot.settings import Settings

__all__ = ["AGAIN", "TERMS", "Page", "Practice", "fill", "new_password", "practice", "settings", "welcome"]

PORTS = range(3000, 3020)
TERMS = Terms(  # time is moved here, and nobody wants to wait for a pace that is Slack's
    pace=100.0, burst=100, between=timedelta(0), poll=0.1, most_skew=timedelta(days=3650)
)
WELCOME = """
Raportoi is running in a practice network of its own. Open {url}{moved}{shared}

The page leads through a week in five minutes:
{week}
{count} observations of half a year are in the database. Nothing leaves this machine. Ctrl-C ends everything.
"""
AGAIN = "The practice network has begun anew."
SHARED = """
Others in this network open http://{name}:{port}/ (or this machine's address instead of its name).
Password: {password}
Each chooses a person of their own at the top of the page. Only at this machine can everything be started over."""


@dataclass
class Practice:
    """A practice Slack that runs, its clock, and its page."""

    slack: PracticeSlack
    clock: Clock
    page: Page
    port: int

    @property
    def url(self) -> str:
        return f"{self.slack.world.base}/"

    def opens(self, deps: Deps) -> None:
        """From now on the page answers; `deps` are those of the bot that serves here."""
        self.page.opens(self.slack, Mover(deps, self.clock, self.slack.rings))
        deps.run_soon(words.knock)


@contextmanager
def practice(
    page: Page | None = None, *, now: datetime | None = None, port: int | None = None, **how: Any
) -> Iterator[Practice]:
    """The practice Slack with the sample network in it, ended on the way out. Raises SettingsError where it fails.

    A page with a password lets the room around this machine in. `how` goes to the Slack itself.
    """
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)  # nothing leaves this machine, and slack_sdk would ask the proxy for 127.0.0.1 too
    clock, page = Clock(first_morning(now or utc_now())), page or Page()
    how = {"host": "0.0.0.0", **how} if page.password else how  # noqa: S104 - asked for, and guarded by the password
    slack, found = _started(clock, page, PORTS if port is None else (port,), how)
    network.people(slack)
    try:
        yield Practice(slack, clock, page, found)
    finally:
        slack.stop()


def _started(clock: Clock, page: Page, ports: Sequence[int], how: dict[str, Any]) -> tuple[PracticeSlack, int]:
    """On the first of these ports that is free."""
    for port in ports:
        slack = PracticeSlack(clock=clock.seconds, port=port, pages=page.add_to, **{"record": False, **how})
        try:
            return slack.start(), port
        except OSError as error:
            slack.stop()
            if error.errno != errno.EADDRINUSE:
                raise
    message = f"The ports from {ports[0]} to {ports[-1]} are all taken. End what uses them, and try again."
    raise SettingsError(message)


@contextmanager
def settings(running: Practice) -> Iterator[Settings]:
    """The settings of a bot in that workspace; its data lives in a folder that is gone afterwards."""
    env = running.slack.settings_env()
    with TemporaryDirectory(prefix="raportoi-demo-") as folder:
        yield Settings(
            slack_bot_token=env["SLACK_BOT_TOKEN"],
            slack_app_token=env["SLACK_APP_TOKEN"],
            slack_api_url=env["SLACK_API_URL"],
            database_url=None,
            raportoi_data=Path(folder),
            raportoi_key=None,
            raportoi_channel=HOME_CHANNEL,
            raportoi_coordinators=network.COORDINATORS,
            raportoi_http="127.0.0.1:0",  # any free port: nobody looks at the demo's health
            log_level="WARNING",
        )


class Later(SimplemmaAnalyser):
    """Reads no lists of words, which takes seconds: the page opens first, and what is stored is read anew then."""

    name = ""

    def read(self, text: str) -> list[Reading]:
        return [Reading(word, ()) for word in written_words(text)]


def fill(deps: Deps) -> int:
    """Half a year of the network's life is in the database. Returns how many observations there are."""
    deps = replace(deps, analyser=Later())
    filed = network.fill(deps)
    handle(deps, filed)
    gather(deps)
    publish_cards(deps)
    write_summary(deps)
    tell_all(deps)
    leave_one(deps)
    return len(filed)


def welcome(running: Practice, count: int) -> str:
    """What a newcomer reads: the page's address, and what to try there."""
    moved = "" if running.port == PORTS[0] else f"\n(Port {PORTS[0]} was taken; this is the next free one.)"
    week = "".join(f"  {place}. {step.name}\n" for place, step in enumerate(WEEK, 1))
    shared = SHARED.format(name=gethostname(), port=running.port, password=running.page.password)
    return WELCOME.format(
        url=running.url, moved=moved, week=week, count=count, shared=shared if running.page.password else ""
    )
