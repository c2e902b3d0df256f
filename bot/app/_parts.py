"""The real parts, put together from the settings."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bot.deps import Deps, cannot_be_used, open_database, utc_now
from bot.errors import SettingsError, SlackError, SlackUnclear
from bot.rules.vocabularies import Vocabularies
from bot.rules.words import analyser
from bot.services import installations
from bot.services.people import read_languages
from bot.settings import Settings
from bot.slack import Directory, Slack
from storage import networks as network_table
from storage import vocabularies
from storage.database import Database, Unavailable

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


def put_together(
    settings: Settings,
    workers: ThreadPoolExecutor,
    tellers: ThreadPoolExecutor,
    *checks: Callable[[], None],
) -> Deps:
    """The real parts. The schema is brought up to date and the vocabularies are filled.

    Raises SettingsError with all that is wrong: database, the `checks`, bot token; and then key, workspace, channel.
    """
    slack, wrong = Slack(settings.slack_bot_token, settings.slack_api_url), list[str]()
    with _gathered(wrong):
        database = open_database(settings)
    for check in checks:
        with _gathered(wrong):
            check()
    with _gathered(wrong):
        workspace = _workspace(slack, waits=not wrong)
    _raise_all(wrong)
    with _gathered(wrong):
        terms, chosen = _made_ready(settings, database, workspace)
    with _gathered(wrong):
        channel = (None if wrong else chosen) or _channel(slack, settings.raportoi_channel)
    _raise_all(wrong)
    deps = Deps(
        database=database,
        slack=slack,
        people=Directory(slack, workspace, channel),
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


@contextmanager
def _gathered(wrong: list[str]) -> Iterator[None]:
    """What is wrong with one part is kept, so that all of it is told at once."""
    try:
        yield
    except SettingsError as error:
        wrong.append(str(error))


def _raise_all(wrong: list[str]) -> None:
    if wrong:
        raise SettingsError("\n".join(wrong))


def _made_ready(settings: Settings, database: Database, workspace: str) -> tuple[Vocabularies, str | None]:
    """The vocabularies, and the channel that the network has chosen; the database is tied to workspace and key.

    Raises SettingsError where the one or the other is not the database's; then nothing was written.
    """
    try:
        with database.read() as session:
            if not installations.needs_its_key(session):
                settings.make_key()
            in_key = installations.mistake_in_key(session, settings)
            in_workspace = installations.mistake_in_workspace(session, workspace)
            _raise_all([mistake for mistake in (in_key, in_workspace) if mistake])
        with database.write() as session:
            vocabularies.bring_up_to_date(session, workspace)
            installations.tie(session, workspace, settings.key)
            terms = Vocabularies.of(vocabularies.of_workspace(session, workspace))
            return terms, network_table.of_workspace(session, workspace).channel
    except Unavailable as error:
        raise SettingsError(cannot_be_used(settings.database, error)) from error


def _workspace(slack: Slack, *, waits: bool) -> str:
    """The workspace's id. While Slack cannot be reached it is asked again, if it `waits`; else that is told.

    Raises SettingsError for a bad token.
    """
    pause = 1
    while True:
        try:
            return str(slack.me()["team_id"])
        except SlackUnclear as error:
            if not waits:
                raise SettingsError(f"Slack cannot be reached ({error.code}).") from error
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
