"""Observations: filed, changed, asked for, reviewed, erased; the guard stands at every door that stores a text."""

from bot.services.observations._asking import area_from, by_code, last_area, latest_of, one_of, standing
from bot.services.observations._changing import (
    correct,
    edit,
    edit_by_code,
    get_editable,
    get_editable_by_code,
    withdraw,
    withdraw_by_code,
)
from bot.services.observations._deleting import delete, finish_deletions, look_before_deleting, restore
from bot.services.observations._erasing import clean_messages, erase, put_back_messages
from bot.services.observations._filing import Filed, examine_lines, file_lines, file_observation, guessed, refuse_codes
from bot.services.observations._handling import hand_over, handlers, let_go, take, taken
from bot.services.observations._importing import Earlier, store_earlier
from bot.services.observations._mending import reclassify, redact
from bot.services.observations._others import file_for_others
from bot.services.observations._receipts import (
    alike,
    number_in,
    place_receipt,
    promise_receipt,
    receipt_wanted,
    settle_receipt,
)
from bot.services.observations._replying import reply
from bot.services.observations._triage import (
    NOT_OPEN,
    At,
    examined,
    get_several,
    lock_several,
    look_again,
    move_on,
    open_review,
    take_steps,
)

__all__ = [
    "NOT_OPEN",
    "At",
    "Earlier",
    "Filed",
    "alike",
    "area_from",
    "by_code",
    "clean_messages",
    "correct",
    "delete",
    "edit",
    "edit_by_code",
    "erase",
    "examine_lines",
    "examined",
    "file_for_others",
    "file_lines",
    "file_observation",
    "finish_deletions",
    "get_editable",
    "get_editable_by_code",
    "get_several",
    "guessed",
    "hand_over",
    "handlers",
    "last_area",
    "latest_of",
    "let_go",
    "lock_several",
    "look_again",
    "look_before_deleting",
    "move_on",
    "number_in",
    "one_of",
    "open_review",
    "place_receipt",
    "promise_receipt",
    "put_back_messages",
    "receipt_wanted",
    "reclassify",
    "redact",
    "refuse_codes",
    "reply",
    "restore",
    "settle_receipt",
    "standing",
    "store_earlier",
    "take",
    "take_steps",
    "taken",
    "withdraw",
    "withdraw_by_code",
]
