"""A person's own data: shown, handed out, erased after a day of grace, and taken out of Slack."""

from bot.services.own_data._clearing import clear, hand_out, take_away, unfinished, unfinished_in
from bot.services.own_data._erasing import (
    ask,
    ask_for,
    erase_for_operator,
    erase_now,
    finish,
    keep,
    look_before,
    tell,
    tell_anew,
)
from bot.services.own_data._stored import as_json, stored

__all__ = [
    "as_json",
    "ask",
    "ask_for",
    "clear",
    "erase_for_operator",
    "erase_now",
    "finish",
    "hand_out",
    "keep",
    "look_before",
    "stored",
    "take_away",
    "tell",
    "tell_anew",
    "unfinished",
    "unfinished_in",
]
