"""The rounds of reminders: opened, answered, put off, stopped, closed. Coordinators get numbers, never who."""

from bot.services.reminders._answers import forget_place, mark_answered, pause, remind_tomorrow, stop
from bot.services.reminders._outlook import next_for, nudge, nudge_ahead, outlook, stop_round
from bot.services.reminders._rounds import (
    forget_delivery,
    messages_replaced,
    messages_to_close,
    open_due_round,
    still_wanted,
)

__all__ = [
    "forget_delivery",
    "forget_place",
    "mark_answered",
    "messages_replaced",
    "messages_to_close",
    "next_for",
    "nudge",
    "nudge_ahead",
    "open_due_round",
    "outlook",
    "pause",
    "remind_tomorrow",
    "still_wanted",
    "stop",
    "stop_round",
]
