"""What Slack says of the installation when it is asked: the scopes, the channel, the coordinators."""

from collections.abc import Iterable
from pathlib import Path

from bot.errors import No, NotAMember, SlackError
from bot.slack import Directory, Slack

MANIFEST = Path(__file__).parents[1] / "manifest.yaml"
INVITE = "Invite the bot there: /invite @Raportoi"
WITHOUT = {  # the manifest's optional scopes, and what is missing without them
    "files:write": "no chart, calendar file or document can be sent",
    "groups:history": "whether a message arrived in a private discussion channel cannot be looked up",
    "groups:read": "the discussion channel cannot be a private one",
}
TO_DO = "Invite it there again (/invite @Raportoi), or let a coordinator choose a channel (/kooste asetukset)."


def lasts(error: SlackError) -> bool:
    """Whether Slack has said no, and will say so again until somebody does something."""
    return error.no is not No.NOW


def missing_scopes(granted: set[str] | None) -> list[str]:
    """Those of the manifest that the token must have and does not; none where Slack did not tell."""
    import yaml  # noqa: PLC0415 - a hundredth of the start, and only asked for by the check-up

    needed = set(yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"])
    return sorted(needed - granted) if granted is not None else []


def left_out(granted: set[str] | None) -> list[str]:
    """What does not work because whoever installed the app left scopes out that may be left out."""
    return [f"{scope} is not granted: {what}" for scope, what in WITHOUT.items() if scope not in (granted or WITHOUT)]


def is_in(slack: Slack, bot: str, channel: str) -> bool:
    """Whether the bot is in the channel; one that anybody may see shows its members to a bot that is not."""
    return bot in slack.channel_members(channel)


def unseen(why: str) -> str:
    """What health says of a channel that Slack does not show."""
    return f"Slack does not show the bot who is in the discussion channel ({why}). {TO_DO}"


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
