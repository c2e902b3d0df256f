"""Times as Helsinki's clocks show them, and parts whose clock stands still."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.rules.weeks import HOME

if TYPE_CHECKING:
    from bot.deps import Deps  # tests of pure rules need not wait for it


def hki(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HOME).astimezone(UTC)


def at(deps: "Deps", moment: str | datetime) -> "Deps":
    now = hki(moment) if isinstance(moment, str) else moment
    return replace(deps, now=lambda: now)
