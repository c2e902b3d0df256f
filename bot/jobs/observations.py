"""What the clock does for observations: words that are gone are taken out of the bot's own messages."""

from bot.blocks.observations import withdrawn
from bot.deps import Deps
from bot.services import observations


def knock(deps: Deps) -> None:
    """Cheap where nothing waits. Raises DatabaseUnavailable."""
    if deps.slack.works():
        observations.clean_messages(deps, withdrawn)
