"""Checking up on the installation, step by step, and saying of all that is wrong at once what to do."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from bot.deps import open_database
from bot.errors import PersonUnknown, SettingsError, SlackError
from bot.health._asked import INVITE, is_in, lasts, left_out, missing_scopes, strangers, why_a_stranger
from bot.health._backups import backups, disk, key_copy
from bot.health._files import file_modes
from bot.health._finding import Finding
from bot.health._round_trip import round_trip
from bot.health._state import ERASING
from bot.services import installations, own_data
from bot.services.deliveries import lock_trouble
from bot.services.installations import Choices
from bot.settings import Settings, examine
from bot.slack import Directory, Slack, open_socket_address

CLOCK_SECONDS = 60
ALL_THERE = Finding("settings", True, "all there")
GRANT = "To have it all, press Reinstall to Workspace and grant the optional ones."
LATER = "Slack did not tell of it. Try again in a while."
NO_LOCKS = "Nothing is sent without one: move the database to a disk of this machine, or to PostgreSQL."


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the database says of itself, and what the network has chosen in it."""

    findings: Sequence[Finding]
    chosen: Choices = field(default_factory=Choices)


def check_up(now: Callable[[], datetime], *, posts: bool = False) -> Iterator[Finding]:
    """Settings, bot token, scopes, clock, app token, channel, coordinators, database, key, locks, files, backups.

    What is wrong does not keep the others from being looked at, where they can be seen without it. With `posts` a
    message goes to the first coordinator and back.
    """
    settings, wrong = examine(Settings)
    yield from [Finding("settings", False, sentence) for sentence in wrong.values()] or [ALL_THERE]
    slack = Slack(settings.slack_bot_token, settings.slack_api_url)
    me: dict[str, Any] | None = None
    if not {"slack_bot_token", "slack_api_url"} & wrong.keys():
        me, told = _token(slack, settings)
        yield told
    stored = _stored(settings, wrong, str(me["team_id"]) if me else None, now())
    if me:
        yield _scopes(me["scopes"])
        yield _clock(me["date"], now())
    if not {"slack_app_token", "port", "raportoi_http"} & wrong.keys():
        yield _way_in(settings)
    if me:
        yield from _people(slack, me, settings, stored.chosen)
    yield from stored.findings
    if not {"database_url", "raportoi_data"} & wrong.keys():
        yield file_modes(settings)
        yield backups(settings, now())
        yield from disk(settings)
    if posts and me:
        yield round_trip(settings)


def _token(slack: Slack, settings: Settings) -> tuple[dict[str, Any] | None, Finding]:
    """Slack's answer to who we are, None where it gives none, with the finding."""
    try:
        me = slack.me()
    except SlackError as error:
        if not lasts(error):
            return None, Finding("bot token", False, _unreached(settings, error))
        words = f"Slack refused it ({error.code}). {_removed(slack)}{_where('slack_bot_token')}"
        return None, Finding("bot token", False, words)
    return me, Finding("bot token", True, f"workspace {me.get('team')} ({me['team_id']})")


def _unreached(settings: Settings, error: SlackError) -> str:
    host = urlsplit(settings.slack_api_url).hostname
    said = f"nothing is known of it, since Slack did not answer at {host} ({error.code})."
    return f"{said} Look at this machine's way out (network, proxy, firewall, SLACK_API_URL), and try again."


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
        if not lasts(error):
            return Finding("app token", False, _unreached(settings, error))
        return Finding("app token", False, f"Slack refused it ({error.code}). {_where('slack_app_token')}")
    return Finding("app token", True, "Slack gives a socket")


def _scopes(granted: set[str] | None) -> Finding:
    """The scopes that the token has, against those of the manifest."""
    if granted is None:
        return Finding("scopes", True, "Slack did not tell them; nothing to compare")
    if missing := missing_scopes(granted):
        words = f"missing {', '.join(missing)}. Paste bot/manifest.yaml again and press Reinstall to Workspace."
        return Finding("scopes", False, words)
    if without := left_out(granted):
        return Finding("scopes", True, f"all that must be. {'; '.join(without)}. {GRANT}")
    return Finding("scopes", True, "all granted")


def _clock(date: str | None, now: datetime) -> Finding:
    if date is None:
        return Finding("clock", True, "Slack did not tell its time; nothing to compare")
    apart = abs((parsedate_to_datetime(date) - now).total_seconds())
    if apart > CLOCK_SECONDS:
        return Finding("clock", False, f"{apart:.0f} s from Slack's. Set this machine's clock (NTP).")
    return Finding("clock", True, "agrees with Slack's")


def _people(slack: Slack, me: dict[str, Any], settings: Settings, chosen: Choices) -> Iterator[Finding]:
    """The channel in use, and those who read the queue."""
    channel, told = _channel(slack, me, settings.raportoi_channel, chosen)
    yield told
    people = Directory(slack, str(me["team_id"]), channel)
    yield _coordinators(slack, people, settings.raportoi_coordinators, chosen.coordinators)


def _channel(slack: Slack, me: dict[str, Any], wanted: str | None, chosen: Choices) -> tuple[str | None, Finding]:
    """The channel that the network has chosen, or that of the settings, where Slack shows it to us."""
    if not (chosen.channel or wanted):
        words = f"RAPORTOI_CHANNEL is not set, so everyone in the workspace may file. {_where('raportoi_channel')}"
        return None, Finding("channel", False, words)
    try:
        return _looked_up(slack, str(me["user_id"]), wanted or "", chosen)
    except SlackError as error:
        advice = f"Slack does not show it ({error.code}). {INVITE}" if lasts(error) else f"{LATER} ({error.code})"
        return None, Finding("channel", False, advice)


def _looked_up(slack: Slack, bot: str, wanted: str, chosen: Choices) -> tuple[str | None, Finding]:
    found = chosen.channel or slack.find_channel(wanted)
    if chosen.channel is None and chosen.kept not in (None, found, wanted):
        leads = f"leads to {found} now" if found else "leads to no channel that the bot sees"
        words = f"{wanted} {leads}; the network is {chosen.kept}, to which it led first. Write that id there."
        return chosen.kept, Finding("channel", False, words)
    if found is None:
        return None, Finding("channel", False, f"the bot sees no channel {wanted}. {INVITE}")
    if not is_in(slack, bot, found):
        return None, Finding("channel", False, f"the bot is not in {found}. {INVITE}")
    return found, Finding("channel", True, f"{found}, {len(slack.channel_members(found))} members, the bot included")


def _coordinators(slack: Slack, people: Directory, named: Sequence[str], appointed: frozenset[str]) -> Finding:
    """That none is named is no fault, since those whom they have appointed may go on alone."""
    try:
        nobody, left = strangers(people, named), strangers(people, sorted(appointed))
    except PersonUnknown:
        return Finding("coordinators", False, "Slack did not tell who they are. Try again in a while.")
    if nobody:
        who = "; ".join(f"{user}: {why_a_stranger(slack, user)}" for user in nobody)
        return Finding("coordinators", False, f"RAPORTOI_COORDINATORS has {who}. {_where('raportoi_coordinators')}")
    if appointed and len(left) == len(appointed) and not named:
        words = f"all {len(left)} appointed in Slack have left, so nobody sees the observations."
        return Finding("coordinators", False, f"{words} {_where('raportoi_coordinators')}")
    if named:
        return Finding(
            "coordinators", True, f"{len(named)} named in RAPORTOI_COORDINATORS, {len(appointed)} more in Slack"
        )
    words = "RAPORTOI_COORDINATORS names nobody, so only those appointed in Slack see the observations."
    return Finding("coordinators", True, f"{words} {_where('raportoi_coordinators')}")


def _stored(settings: Settings, wrong: dict[str, str], workspace: str | None, now: datetime) -> _Stored:
    """Opens the database where it may be opened, and asks it whether key and workspace are its own."""
    if {"database_url", "raportoi_data"} & wrong.keys():
        return _Stored(())
    file = settings.database_file
    if file and not file.exists() and not settings.lost_database:
        return _Stored([Finding("database", True, f"{file} is not there yet: the first start makes it, and its key")])
    try:
        database = open_database(settings)
    except SettingsError as error:
        return _Stored([Finding("database", False, str(error))])
    with closing(database):
        try:
            found = installations.examine(database, settings, workspace, settings.raportoi_channel or "")
            erasures = _erasures(own_data.unfinished_in(database, now))
        except SettingsError as error:
            return _Stored([Finding("database", False, str(error))])
    written = found.writing or "answers, takes what is written, and its schema is up to date"
    told = [Finding("database", not found.writing, written)]
    told.append(erasures)
    if "raportoi_key" not in wrong:
        told.append(Finding("key", not found.key, found.key or "the one that the database was made with"))
        told.append(key_copy(found.key_kept_on))
    if workspace:
        told.append(Finding("workspace", not found.workspace, found.workspace or "the one of the database"))
    if file:
        trouble = lock_trouble(file.parent)
        told.append(Finding("locks", not trouble, f"{trouble}. {NO_LOCKS}" if trouble else "can be had"))
    return _Stored(told, found.choices)


def _erasures(count: int | None) -> Finding:
    if count is None:
        return Finding("erasures", False, "the database did not tell whether any is late")
    return Finding("erasures", not count, ERASING.format(count=count) if count else "none is late")


def _where(name: str) -> str:
    return str(Settings.model_fields[name].description)
