"""The half-year summary: numbers counted once, the coordinators' words, and what the document is made from."""

from bot.services.summaries._gathering import gather, gathered, is_counted, latest_half
from bot.services.summaries._tables import correct, counted_now, published, working_paper
from bot.services.summaries._words import words, write

__all__ = [
    "correct",
    "counted_now",
    "gather",
    "gathered",
    "is_counted",
    "latest_half",
    "published",
    "words",
    "working_paper",
    "write",
]
