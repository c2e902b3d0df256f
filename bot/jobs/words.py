"""What the clock does for search: rows that no analyser has read, or another one, are read anew."""

import logging

from bot.deps import Deps
from bot.services import search

log = logging.getLogger(__name__)


def knock(deps: Deps) -> None:
    """One look where there is nothing to do. Raises DatabaseUnavailable."""
    if done := search.catch_up(deps):
        log.info("the words of %s rows were read with %s", done, deps.analyser.name)
