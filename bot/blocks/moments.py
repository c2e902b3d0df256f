"""How an instant is written: the day with its weekday, and the time, by Helsinki's clock."""

from datetime import datetime

from bot.rules.weeks import HOME
from bot.texts import Texts


def moment(t: Texts, at: datetime) -> str:
    """In words: to 26.11.2026 klo 10.00."""
    local = at.astimezone(HOME)
    return t("{day} at {clock}", day=t.day(local.date()), clock=t.clock(local.time()))
