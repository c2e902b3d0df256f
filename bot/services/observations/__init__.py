"""Filing, changing and finding observations; the privacy guard stands at every door that stores a text."""

from bot.services.observations._asking import by_code, last_area, latest_of
from bot.services.observations._changing import correct, edit, own, place_receipt, withdraw
from bot.services.observations._filing import Filed, examine_lines, file_lines, file_observation, guessed
from bot.services.observations._triage import examined, look_again, move_on, open_review, take

__all__ = [
    "Filed",
    "by_code",
    "correct",
    "edit",
    "examine_lines",
    "examined",
    "file_lines",
    "file_observation",
    "guessed",
    "last_area",
    "latest_of",
    "look_again",
    "move_on",
    "open_review",
    "own",
    "place_receipt",
    "take",
    "withdraw",
]
