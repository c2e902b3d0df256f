"""Phenomena: made, joined, moved on and edited by coordinators, published, and met by members."""

from bot.services.phenomena._making import create, join, move_on
from bot.services.phenomena._posts import (
    Pressed,
    draw_again,
    finish_taking_down,
    get_taken_down,
    posted,
    press,
    publish,
    take_back,
    take_down,
    take_press_back,
    take_stale,
)
from bot.services.phenomena._reading import listed, read_published, review, to_join

__all__ = [
    "Pressed",
    "create",
    "draw_again",
    "finish_taking_down",
    "get_taken_down",
    "join",
    "listed",
    "move_on",
    "posted",
    "press",
    "publish",
    "read_published",
    "review",
    "take_back",
    "take_down",
    "take_press_back",
    "take_stale",
    "to_join",
]
