"""What the clock does for people's own data: tells of an erasure, does it a day later, and clears up in Slack."""

from bot.blocks import own_data as blocks
from bot.deps import Deps
from bot.services import own_data


def knock(deps: Deps) -> None:
    """Cheap where nothing waits. Raises DatabaseUnavailable."""
    own_data.tell(deps, blocks.to_be_erased)
    own_data.finish(deps, blocks.erased)
    if deps.slack.works():
        own_data.clear(deps, blocks.cleared)
