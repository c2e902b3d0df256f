"""Whether what the bot marks its messages with can be read back from Slack: what sending exactly once rests on."""

import secrets
import time

from bot.blocks.parts import section
from bot.errors import N_, SlackError
from bot.health._finding import Finding
from bot.settings import Settings
from bot.slack import Slack
from bot.texts import DEFAULT, Texts

WITHIN_SECONDS = 30  # the settle time that verification waits
PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 14.0)
STEP = "round trip"
WORDS = N_("Raportoi is testing its connection to Slack. This message goes away by itself.")


def round_trip(settings: Settings) -> Finding:
    """Posts to the first coordinator with metadata, reads it back from the history, and deletes it again."""
    if not settings.raportoi_coordinators:
        field = Settings.model_fields["raportoi_coordinators"]
        return Finding(
            STEP, False, f"RAPORTOI_COORDINATORS is missing: the first gets the message. {field.description}"
        )
    slack, mark = Slack(settings.slack_bot_token, settings.slack_api_url), secrets.token_hex(16)
    words = Texts(DEFAULT)(WORDS)
    try:
        channel, ts = slack.deliver(settings.raportoi_coordinators[0], words, [section(words)], (mark, "doctor"))
    except SlackError as error:
        return Finding(STEP, False, f"the message could not be posted ({error.code}).")
    posted = time.monotonic()
    seen = _read_back(slack, channel, ts, mark, posted)
    return Finding(STEP, seen.well, f"{seen.words}{_taken_away(slack, channel, ts)}")


def _read_back(slack: Slack, channel: str, ts: str, mark: str, posted: float) -> Finding:
    """The finding on how long it took until the message stood in the history, and whether its metadata did."""
    for pause in PAUSES:
        time.sleep(pause)
        try:
            found = next((one for one in slack.history(channel, ts) if one.get("ts") == ts), None)
        except SlackError as error:
            return Finding(STEP, False, f"the history could not be read ({error.code}): is the scope im:history there?")
        lag = time.monotonic() - posted
        if found and ((found.get("metadata") or {}).get("event_payload") or {}).get("id") == mark:
            words = f"seen in the history with its metadata after {lag:.1f} s; {channel[:1]}… is the conversation."
            return Finding(STEP, True, words)
        if found:
            return Finding(STEP, False, f"seen in the history after {lag:.1f} s, but its metadata did not survive.")
    return Finding(STEP, False, f"not seen in the history within {WITHIN_SECONDS} s.")


def _taken_away(slack: Slack, channel: str, ts: str) -> str:
    try:
        slack.delete(channel, ts)
    except SlackError as error:
        return f" The message could not be deleted again ({error.code})."
    return " The message is deleted again."
