"""How the weekly digest looks, its replies, the week so far, and the network's own picture of its last half-years."""

from bot.blocks.digests._figures import chart_title, drawn, kind_rows
from bot.blocks.digests._message import entry, main, reply, week_so_far
from bot.blocks.digests._published import help_note, page, published

__all__ = [
    "chart_title",
    "drawn",
    "entry",
    "help_note",
    "kind_rows",
    "main",
    "page",
    "published",
    "reply",
    "week_so_far",
]
