"""How the installation fares: the operator's check-up, the state of the running program, and its figures."""

from bot.health._asked import WITHOUT
from bot.health._check_up import check_up
from bot.health._files import open_to_others
from bot.health._finding import Finding
from bot.health._metrics import metrics
from bot.health._state import Health, Knock

__all__ = ["WITHOUT", "Finding", "Health", "Knock", "check_up", "metrics", "open_to_others"]
