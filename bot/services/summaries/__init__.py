"""The half-year summary: numbers counted once, the coordinators' words, and what the document is made from."""

from bot.services.summaries._clock import ahead, due_at, open_due, still_wanted
from bot.services.summaries._gathering import gather, gathered, latest_half
from bot.services.summaries._tables import correct, counted_now, published
from bot.services.summaries._words import words, write

__all__ = [
    "ahead",
    "correct",
    "counted_now",
    "due_at",
    "gather",
    "gathered",
    "latest_half",
    "open_due",
    "published",
    "still_wanted",
    "words",
    "write",
]
