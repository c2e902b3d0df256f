"""What is stored of one person, found and taken away by what the tables declare; and who is to be forgotten."""

from storage.own_data._declared import erase, rows_of, users
from storage.own_data._departures import left_before, note_departures
from storage.own_data._messages import cleared, hasten, is_under_way, mark_messages, still_stand, to_clear
from storage.own_data._named import ends_of_phenomena, names, opened
from storage.own_data._texts import LongAgo, count_over, keys_over, take_over
from storage.own_data._waiting import ERASED, WAITING, ask, is_over, is_told, of_user, overdue, untold, waiting
from storage.own_data._withdrawing import (
    count_steps,
    empty_numbers,
    empty_sentences,
    numbers_with_words,
    withdraw_all,
    withdraw_numbers,
)

__all__ = [
    "ERASED",
    "WAITING",
    "LongAgo",
    "ask",
    "cleared",
    "count_over",
    "count_steps",
    "empty_numbers",
    "empty_sentences",
    "ends_of_phenomena",
    "erase",
    "hasten",
    "is_over",
    "is_told",
    "is_under_way",
    "keys_over",
    "left_before",
    "mark_messages",
    "names",
    "note_departures",
    "numbers_with_words",
    "of_user",
    "opened",
    "overdue",
    "rows_of",
    "still_stand",
    "take_over",
    "to_clear",
    "untold",
    "users",
    "waiting",
    "withdraw_all",
    "withdraw_numbers",
]
