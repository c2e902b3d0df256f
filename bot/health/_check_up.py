"""Checking up on the installation, step by step, and saying what to do."""

from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import yaml

from bot.deps import open_database
from bot.errors import SettingsError, SlackError
from bot.health._files import file_modes
from bot.health._finding import Finding
from bot.health._round_trip import round_trip
from bot.settings import Settings, load
from bot.slack import Slack, open_socket_address

MANIFEST = Path(__file__).parents[1] / "manifest.yaml"
CLOCK_SECONDS = 60


def check_up(now: Callable[[], datetime], *, posts: bool = False) -> Iterator[Finding]:
    """Settings, bot token, scopes, clock, app token, channel, database, files; stops where no more can be seen.

    With `posts` a message goes to the first coordinator and back.
    """
    try:
        settings = load(Settings)
        key = settings.key
    except SettingsError as error:
        yield Finding("settings", False, str(error))
        return
    yield Finding("settings", True, f"all there; the key has {len(key)} characters")
    slack = Slack(settings.slack_bot_token, settings.slack_api_url)
    yield from _slack(settings, slack, now)
    yield _database(settings)
    yield file_modes(settings)
    if posts:
        yield round_trip(settings)


def _slack(settings: Settings, slack: Slack, now: Callable[[], datetime]) -> Iterator[Finding]:
    try:
        me = slack.me()
    except SlackError as error:
        yield Finding(
            "bot token", False, f"Slack refused it ({error.code}). {_removed(slack)}{_where('slack_bot_token')}"
        )
        return
    yield Finding("bot token", True, f"workspace {me.get('team')} ({me['team_id']})")
    yield _scopes(me["scopes"])
    yield _clock(me["date"], now())
    yield _way_in(settings)
    yield _channel(slack, settings.raportoi_channel)
    yield _coordinators(settings)


def _removed(slack: Slack) -> str:
    if not slack.removed:
        return ""
    return "The app was removed from the workspace; what is stored here stays until you erase it. "


def _way_in(settings: Settings) -> Finding:
    """How Slack reaches the bot."""
    if settings.slack_app_token is None:
        return Finding("way in", True, f"over HTTP: Slack must reach port {settings.address[1]} at /slack/events")
    try:
        open_socket_address(settings.slack_app_token, settings.slack_api_url)
    except SlackError as error:
        return Finding("app token", False, f"Slack refused it ({error.code}). {_where('slack_app_token')}")
    return Finding("app token", True, "Slack gives a socket")


def _scopes(granted: set[str] | None) -> Finding:
    """The scopes that the token has, against those of the manifest."""
    needed = set(yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"])
    if granted is None:
        return Finding("scopes", True, "Slack did not tell them; nothing to compare")
    if missing := needed - granted:
        words = f"missing {', '.join(sorted(missing))}. Paste bot/manifest.yaml again and press Reinstall to Workspace."
        return Finding("scopes", False, words)
    return Finding("scopes", True, "all granted")


def _clock(date: str | None, now: datetime) -> Finding:
    if date is None:
        return Finding("clock", True, "Slack did not tell its time; nothing to compare")
    apart = abs((parsedate_to_datetime(date) - now).total_seconds())
    if apart > CLOCK_SECONDS:
        return Finding("clock", False, f"{apart:.0f} s from Slack's. Set this machine's clock (NTP).")
    return Finding("clock", True, "agrees with Slack's")


def _channel(slack: Slack, wanted: str | None) -> Finding:
    if wanted is None:
        return Finding(
            "channel",
            False,
            f"RAPORTOI_CHANNEL is not set, so everyone in the workspace may file. {_where('raportoi_channel')}",
        )
    try:
        found = slack.find_channel(wanted)
        members = len(slack.channel_members(found)) if found else 0
    except SlackError as error:
        return Finding("channel", False, f"Slack refused to show it ({error.code}). Invite the bot: /invite @Raportoi")
    if found is None:
        return Finding("channel", False, f"the bot sees no channel {wanted}. Invite it there: /invite @Raportoi")
    return Finding("channel", True, f"{found}, {members} members, the bot included")


def _coordinators(settings: Settings) -> Finding:
    """The first ones; that there are none is no fault, since those whom they have appointed may go on alone."""
    if named := len(settings.raportoi_coordinators):
        return Finding("coordinators", True, f"{named} named in RAPORTOI_COORDINATORS")
    nobody = "RAPORTOI_COORDINATORS names nobody, so only those appointed in Slack see the observations."
    return Finding("coordinators", True, f"{nobody} {_where('raportoi_coordinators')}")


def _database(settings: Settings) -> Finding:
    try:
        open_database(settings.database).close()
    except SettingsError as error:
        return Finding("database", False, str(error))
    return Finding("database", True, "answers, and its schema is up to date")


def _where(name: str) -> str:
    return str(Settings.model_fields[name].description)
