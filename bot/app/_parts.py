"""The real parts, put together from the settings."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from bot.deps import Deps, cannot_be_used, open_database, utc_now
from bot.errors import DatabaseUnavailable, No, SettingsError, SlackError
from bot.health import open_to_others
from bot.rules.vocabularies import Vocabularies
from bot.rules.words import analyser
from bot.services import installations
from bot.services.networks import kept_channel
from bot.services.people import read_languages
from bot.settings import Settings
from bot.slack import Directory, Slack
from storage import memberships, vocabularies
from storage import networks as network_table
from storage.database import Database, Unavailable

LONGEST_PAUSE = 30.0
Answer = TypeVar("Answer")

log = logging.getLogger(__name__)


@contextmanager
def looking_on(settings: Settings) -> Iterator[Deps]:
    """The real parts for a look at what is there, without a bot that answers; a Slack that is away is told at once."""
    with ThreadPoolExecutor(1) as threads:
        deps = put_together(settings, threads, threads, waits=False)
        try:
            yield deps
        finally:
            deps.database.close()


def put_together(
    settings: Settings,
    workers: ThreadPoolExecutor,
    tellers: ThreadPoolExecutor,
    now: Callable[[], datetime] = utc_now,
    checks: Sequence[Callable[[], None]] = (),
    *,
    waits: bool = True,
) -> Deps:
    """The real parts. The schema is brought up to date and the vocabularies are filled.

    A Slack that does not answer is waited for, or is wrong too. Raises SettingsError with all that is wrong: database,
    the `checks`, bot token; and then key, workspace, channel.
    """
    with ExitStack() as undone:
        deps = _put_together(settings, workers, tellers, now, checks, undone, waits=waits)
        read_languages(deps)
        undone.pop_all()
    return deps


def _put_together(
    settings: Settings,
    workers: ThreadPoolExecutor,
    tellers: ThreadPoolExecutor,
    now: Callable[[], datetime],
    checks: Sequence[Callable[[], None]],
    undone: ExitStack,
    *,
    waits: bool,
) -> Deps:
    """As above; `undone` gets what closes the database, for a start that fails."""
    slack, wrong = Slack(settings.slack_bot_token, settings.slack_api_url), list[str]()
    with _gathered(wrong):
        database = open_database(settings)
        undone.callback(database.close)
    _run_all(checks, wrong)
    with _gathered(wrong):
        workspace = str(_patiently(slack.me, _token_refused, waits=waits and not wrong)["team_id"])
    _raise_all(wrong)
    with _gathered(wrong), _usable(settings):
        terms, chosen = _made_ready(settings, database, workspace)
    with _gathered(wrong), _usable(settings):
        channel = (None if wrong else chosen) or _channel(slack, database, workspace, settings.raportoi_channel)
    _raise_all(wrong)
    _warn_of_open_files(settings)
    return Deps(
        database=database,
        slack=slack,
        people=Directory(slack, workspace, channel, partial(_changes, database, workspace)),
        workspace=workspace,
        key=settings.key,
        now=now,
        vocabularies=terms,
        analyser=analyser(),
        workers=workers,
        tellers=tellers,
        **_of_backups(settings),
        first_coordinators=frozenset(settings.raportoi_coordinators),
    )


def _of_backups(settings: Settings) -> dict[str, Any]:
    return {"beside": settings.beside, "backups_kept": timedelta(days=settings.raportoi_backups_kept)}


def _run_all(checks: Sequence[Callable[[], None]], wrong: list[str]) -> None:
    for check in checks:
        with _gathered(wrong):
            check()


def _warn_of_open_files(settings: Settings) -> None:
    for words in open_to_others(settings):
        log.warning("%s", words)


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


@contextmanager
def _usable(settings: Settings) -> Iterator[None]:
    """A database that does not do as asked is a wrong setting."""
    try:
        yield
    except Unavailable as error:
        raise SettingsError(cannot_be_used(settings.database, error)) from error


def _made_ready(settings: Settings, database: Database, workspace: str) -> tuple[Vocabularies, str | None]:
    """The vocabularies, and the channel that the network has chosen; the database is tied to workspace and key.

    Raises SettingsError where the one or the other is not the database's; then nothing was written.
    """
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
        return terms, network_table.get_network(session, workspace).channel


def _changes(database: Database, workspace: str) -> int:
    try:
        with database.read() as session:
            return memberships.changes(session, workspace)
    except Unavailable as error:
        raise DatabaseUnavailable from error


def _patiently(ask: Callable[[], Answer], refused: Callable[[str], str], *, waits: bool = True) -> Answer:
    """The answer; while Slack says no for now, or nothing, it is asked again if it `waits`, else that is told.

    Raises SettingsError, with what `refused` says to Slack's word, where the app or its token is refused.
    """
    pause = 1.0
    while True:
        try:
            return ask()
        except SlackError as error:
            if error.no is not No.NOW:
                raise SettingsError(refused(error.code)) from error
            if not waits:
                raise SettingsError(
                    f"Slack cannot be reached ({error.code}). `python -m bot doctor` says more."
                ) from error
            log.warning("Slack does not answer yet (%s); asking again in %s s", error.code, pause)
            time.sleep(getattr(error, "seconds", pause))
            pause = min(pause * 2, LONGEST_PAUSE)


def _token_refused(code: str) -> str:
    return f"SLACK_BOT_TOKEN was refused by Slack ({code}). Copy it again from OAuth & Permissions."


def _look_up_refused(code: str) -> str:
    return f"RAPORTOI_CHANNEL could not be looked up in Slack ({code}). `python -m bot doctor` says more."


def _channel(slack: Slack, database: Database, workspace: str, wanted: str | None) -> str | None:
    """The discussion channel's id, which is found once and then kept. Raises SettingsError where there is none."""
    if wanted is None:
        log.warning("RAPORTOI_CHANNEL is not set: everyone in the workspace may file observations")
        return None
    if kept := kept_channel(database, workspace, wanted):
        return kept
    found = _patiently(partial(slack.find_channel, wanted), _look_up_refused)
    if found is None:
        message = f"RAPORTOI_CHANNEL: the bot sees no channel {wanted}. Invite it there with /invite @Raportoi."
        raise SettingsError(message)
    with database.write() as session:
        memberships.keep_channel(session, workspace, wanted, found)
    return found


def compare_channel(deps: Deps, wanted: str | None) -> None:
    """Says in the log where the channel's name leads elsewhere by now: that is not followed. Raises SlackError."""
    kept = kept_channel(deps.database, deps.workspace, wanted)
    if not wanted or kept in (None, wanted) or kept != deps.people.channel:
        return
    found = deps.slack.find_channel(wanted)
    if found != kept:
        leads = f"to another channel now ({found})" if found else "to no channel that the bot sees"
        log.warning("RAPORTOI_CHANNEL: the name leads %s; the network stays in %s. Write that id there.", leads, kept)
