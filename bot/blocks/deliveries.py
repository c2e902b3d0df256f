"""How messages that did not get through are told to coordinators: numbers and reasons in words, never who."""

from collections import Counter
from collections.abc import Sequence

from bot.errors import N_
from bot.rules.deliveries import NEVER_SEEN, UNCLEAR
from bot.texts import Texts

GONE = N_("the account is no longer in use")
CLOSED = N_("the app's messages are closed to the recipient")
REASONS = {
    "account_inactive": GONE,
    "user_not_found": GONE,
    "user_disabled": GONE,
    "messages_tab_disabled": CLOSED,
    "cannot_dm_bot": CLOSED,
    "restricted_action": N_("the workspace's settings forbid it; ask your Slack administrator"),
    "is_archived": N_("the channel is archived; choose another in the network settings"),
    "channel_not_found": N_("the bot does not see the channel; invite it there"),
    "not_in_channel": N_("the bot is not in the channel; invite it there"),
    UNCLEAR: N_("Slack did not tell whether it arrived, and it was not sent again"),
    NEVER_SEEN: N_("it did not arrive in spite of several tries"),
}
OTHER = N_("Slack refused it ({code}); ask whoever runs the bot")


def failed(t: Texts, found: Sequence[tuple[str, int]]) -> list[str]:
    """A sentence for each reason, from (Slack's word, how many); nothing where all has gone through."""
    counts: Counter[tuple[str, str]] = Counter()
    for code, count in found:
        counts[REASONS.get(code, OTHER), "" if code in REASONS else code] += count
    return [
        t.many("{n} message could not be sent: {why}.", "{n} messages could not be sent: {why}.", count,
               why=t(reason, code=code))
        for (reason, code), count in counts.items()
    ]  # fmt: skip
