"""The sample network and the local workspace it lives in, and what a newcomer may try there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.demo.gathering import gather
from bot.demo.handling import handle
from bot.demo.network import COORDINATOR_NAMES, COORDINATORS, NAMES, config, fill
from bot.demo.practices import publish_cards
from bot.demo.untouched import fill_untouched
from bot.demo.workspace import LocalSlackError, Workspace, start_workspace, stop
from bot.errors import SettingsError
from bot.settings import Settings

__all__ = ["fill", "fill_untouched", "gather", "handle", "publish_cards", "settings", "welcome", "workspace"]

PORT = 3000

WELCOME = """
Raportoi is running in a local Slack workspace. Open {url}{moved}

Seven things to try (you are {name}; the menu at the top right changes who you are):
  1. Type  /raportoi Nuorille ei löydy Turusta tukiasuntoja  and see the receipt under Direct messages.
  2. In the receipt, choose another theme from the menu, press Muokkaa, or press Peru havainto.
  3. Type  /raportoi  alone and fill in the form; choose "Ilman nimeä" at the end and get a receipt code.
  4. Type  /raportoi Asiakas 130279-901E jäi ilman asuntoa  and see the identity code being stopped (it is artificial).
  5. Type  /rapportera Det finns för få stödbostäder i Pargas  and be answered in Swedish.
  6. Press Tulen under the meeting in the channel; then open raportoi under Apps: your observations, meeting, settings.
  7. Choose {coordinator} at the top right and open raportoi again: the queue, the phenomena; and type  /kooste
     or  /tapaaminen  to move the meeting and make its agenda.

{count} observations of half a year are in the database. Nothing leaves this machine. Ctrl-C ends everything.
"""


@contextmanager
def workspace() -> Iterator[Workspace]:
    """The local Slack with the sample network in it, ended on the way out. Raises SettingsError where it fails."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)  # nothing leaves this machine, and slack_sdk would ask the proxy for 127.0.0.1 too
    try:
        running = start_workspace(config(), port=PORT)
    except LocalSlackError as error:
        raise SettingsError(str(error)) from error
    try:
        yield running
    finally:
        stop(running)


@contextmanager
def settings(running: Workspace) -> Iterator[Settings]:
    """The settings of a bot in that workspace; its data lives in a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="raportoi-demo-") as folder:
        yield Settings(
            slack_bot_token=running.bot_token,
            slack_app_token=running.app_token,
            slack_api_url=running.api_url,
            database_url=None,
            raportoi_data=Path(folder),
            raportoi_key=None,
            raportoi_channel=running.channel_id,
            raportoi_coordinators=COORDINATORS,
            raportoi_http="127.0.0.1:0",  # any free port: nobody looks at the demo's health
            log_level="WARNING",
        )


def welcome(running: Workspace, count: int) -> str:
    """What a newcomer reads: the page's address, and seven things to try."""
    moved = "" if running.port == PORT else f"\n(Port {PORT} was taken; this is the next free one.)"
    return WELCOME.format(url=running.url, moved=moved, name=NAMES[0], coordinator=COORDINATOR_NAMES[0], count=count)
