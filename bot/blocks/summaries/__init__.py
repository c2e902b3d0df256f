"""How the half-year summary looks in Slack: what is in it and what is missing, its form, and the messages about it."""

from bot.blocks.summaries._desk import CALLBACK, LANGUAGES, Choice, chosen, desk, made, making, read_desk
from bot.blocks.summaries._form import FORM, SummaryRead, form, read_form
from bot.blocks.summaries._messages import due, files_follow, not_allowed, not_sent

__all__ = [
    "CALLBACK",
    "FORM",
    "LANGUAGES",
    "Choice",
    "SummaryRead",
    "chosen",
    "desk",
    "due",
    "files_follow",
    "form",
    "made",
    "making",
    "not_allowed",
    "not_sent",
    "read_desk",
    "read_form",
]
