"""Practice cards: written, sent, decided on, read, tried, asked about, and taken down."""

from bot.services.practices._deciding import decide, drop_versions, look_before, take_down, take_down_all
from bot.services.practices._messages import (
    forget_place,
    messages_decided,
    news,
    posted,
    redraw_later,
    request,
    still_wanted,
    take_stale,
)
from bot.services.practices._reading import (
    begun,
    cards,
    draft_of,
    earlier,
    holding,
    listed,
    sight,
    started_from,
    waiting,
)
from bot.services.practices._trying import say_tried
from bot.services.practices._writing import drop_draft, next_version, save
from storage.practices import begun_from

__all__ = [
    "begun",
    "begun_from",
    "cards",
    "decide",
    "draft_of",
    "drop_draft",
    "drop_versions",
    "earlier",
    "forget_place",
    "holding",
    "listed",
    "look_before",
    "messages_decided",
    "news",
    "next_version",
    "posted",
    "redraw_later",
    "request",
    "save",
    "say_tried",
    "sight",
    "started_from",
    "still_wanted",
    "take_down",
    "take_down_all",
    "take_stale",
    "waiting",
]
