"""What Slack says of the installation when it is asked: the scopes, the channel, the coordinators."""

from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.errors import NotAMember, SlackError, SlackLater, SlackUnclear
from bot.slack import Directory, Slack

MANIFEST = Path(__file__).parents[1] / "manifest.yaml"
INVITE = "Invite the bot there: /invite @Raportoi"


def lasts(error: SlackError) -> bool:
    """Whether Slack has said no, and will say so again until somebody does something."""
    return not isinstance(error, SlackUnclear | SlackLater)


def missing_scopes(granted: set[str] | None) -> list[str]:
    """Those of the manifest that the token does not have; none where Slack did not tell."""
    needed = set(yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"])
    return sorted(needed - granted) if granted is not None else []


def channel_trouble(slack: Slack, bot: str, channel: str) -> str:
    """Why the bot cannot work in the channel, "" where it can. Raises SlackError where Slack does not answer."""
    try:
        inside = bot in slack.channel_members(channel)
    except SlackError as error:
        if not lasts(error):
            raise
        return f"Slack does not show it ({error.code})"
    return "" if inside else "the bot is not in it"


def strangers(people: Directory, users: Iterable[str]) -> list[str]:
    """Those of the users who cannot use the bot. Raises PersonUnknown where Slack does not answer."""
    return [user for user in users if not _is_member(people, user)]


def _is_member(people: Directory, user: str) -> bool:
    try:
        people.member(user)
    except NotAMember:
        return False
    return True


def why_a_stranger(slack: Slack, user: str) -> str:
    """Why somebody cannot use the bot, in words for the operator."""
    try:
        record = slack.user(user)
    except SlackError as error:
        return "nobody has this id" if error.code == "user_not_found" else f"Slack does not tell ({error.code})"
    if record.get("deleted"):
        return "the account is deactivated"
    return "it is a bot" if record.get("is_bot") else "not in the discussion channel, or of another workspace"
