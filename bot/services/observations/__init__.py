"""Filing, changing and finding observations; the privacy guard stands at every door that stores a text."""

from bot.services.observations._asking import Own, by_code, last_area, latest_of, one_of, standing
from bot.services.observations._changing import (
    correct,
    edit,
    edit_by_code,
    own,
    own_by_code,
    place_receipt,
    withdraw,
    withdraw_by_code,
)
from bot.services.observations._erasing import clean_messages, erase
from bot.services.observations._filing import Filed, examine_lines, file_lines, file_observation, guessed
from bot.services.observations._replying import reply

__all__ = [
    "Filed",
    "Own",
    "by_code",
    "clean_messages",
    "correct",
    "edit",
    "edit_by_code",
    "erase",
    "examine_lines",
    "file_lines",
    "file_observation",
    "guessed",
    "last_area",
    "latest_of",
    "one_of",
    "own",
    "own_by_code",
    "place_receipt",
    "reply",
    "standing",
    "withdraw",
    "withdraw_by_code",
]
