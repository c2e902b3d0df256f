"""How phenomena look: the post in the channel, the coordinators' list, the forms, and reading them back."""

from bot.blocks.phenomena._form import (
    PhenomenonRead,
    form,
    read_form,
    read_review,
    review,
    unread,
)
from bot.blocks.phenomena._list import listed
from bot.blocks.phenomena._post import page, post, pressed, preview, read_preview, taken_back

__all__ = [
    "PhenomenonRead",
    "form",
    "listed",
    "page",
    "post",
    "pressed",
    "preview",
    "read_form",
    "read_preview",
    "read_review",
    "review",
    "taken_back",
    "unread",
]
