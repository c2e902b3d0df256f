"""The real parts, put together from the settings."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bot.deps import Deps, open_database, utc_now
from bot.errors import SettingsError, SlackError, SlackUnclear
from bot.health import open_to_others
from bot.rules.vocabularies import Vocabularies
from bot.rules.words import analyser
from bot.services.people import read_languages
from bot.settings import Settings
from bot.slack import Directory, Slack
from storage import networks as network_table
from storage import vocabularies

LONGEST_PAUSE = 30

log = logging.getLogger(__name__)


@contextmanager
def looking_on(settings: Settings) -> Iterator[Deps]:
    """The real parts for a look at what is there, without a bot that answers."""
    with ThreadPoolExecutor(1) as threads:
        deps = put_together(settings, threads, threads)
        try:
            yield deps
        finally:
            deps.database.close()


def put_together(settings: Settings, workers: ThreadPoolExecutor, tellers: ThreadPoolExecutor) -> Deps:
    """The real parts. The schema is brought up to date and the vocabularies are filled.

    Raises SettingsError where the database or Slack cannot be used as set.
    """
    slack = Slack(settings.slack_bot_token, settings.slack_api_url)
    workspace = _workspace(slack)
    database = open_database(settings.database)
    for words in open_to_others(settings):
        log.warning("%s", words)
    with database.write() as session:
        vocabularies.bring_up_to_date(session, workspace)
        terms = Vocabularies.of(vocabularies.of_workspace(session, workspace))
        chosen = network_table.of_workspace(session, workspace).channel
    deps = Deps(
        database=database,
        slack=slack,
        people=Directory(slack, workspace, chosen or _channel(slack, settings.raportoi_channel)),
        workspace=workspace,
        key=settings.key,
        now=utc_now,
        vocabularies=terms,
        analyser=analyser(),
        workers=workers,
        tellers=tellers,
        first_coordinators=frozenset(settings.raportoi_coordinators),
    )
    read_languages(deps)
    return deps


def _workspace(slack: Slack) -> str:
    """The workspace's id; while Slack cannot be reached it is asked again. Raises SettingsError for a bad token."""
    pause = 1
    while True:
        try:
            return str(slack.me()["team_id"])
        except SlackUnclear as error:
            log.warning("Slack cannot be reached (%s); asking again in %s s", error.code, pause)
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        except SlackError as error:
            message = f"SLACK_BOT_TOKEN was refused by Slack ({error.code}). Copy it again from OAuth & Permissions."
            raise SettingsError(message) from error


def _channel(slack: Slack, wanted: str | None) -> str | None:
    """The discussion channel's id. Raises SettingsError where the bot cannot see the channel."""
    if wanted is None:
        log.warning("RAPORTOI_CHANNEL is not set: everyone in the workspace may file observations")
        return None
    try:
        found = slack.find_channel(wanted)
    except SlackError as error:
        message = f"RAPORTOI_CHANNEL could not be looked up in Slack ({error.code})."
        raise SettingsError(message) from error
    if found is None:
        message = f"RAPORTOI_CHANNEL: the bot sees no channel {wanted}. Invite it there with /invite @Raportoi."
        raise SettingsError(message)
    return found
