"""Phenomena: made, joined, moved on and edited by coordinators, published, and met by members."""

from bot.services.phenomena._making import create, move_on
from bot.services.phenomena._posts import Pressed, draw_again, posted, press, publish, take_back, take_stale
from bot.services.phenomena._reading import listed, review

__all__ = [
    "Pressed",
    "create",
    "draw_again",
    "listed",
    "move_on",
    "posted",
    "press",
    "publish",
    "review",
    "take_back",
    "take_stale",
]
