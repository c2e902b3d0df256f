"""How we talk with a person in Slack: a modal opens at once, a submission is answered in time, a press where it was."""

from bot.dialogs._answering import Form, answer, draw_again
from bot.dialogs._opening import (
    Draw,
    has_room,
    open_drawn,
    open_when_drawn,
    put_in_place_of_form,
    put_on_top,
    redraw_form,
)
from bot.dialogs._pressing import is_put_in_place, put_in_place, tell

__all__ = [
    "Draw",
    "Form",
    "answer",
    "draw_again",
    "has_room",
    "is_put_in_place",
    "open_drawn",
    "open_when_drawn",
    "put_in_place",
    "put_in_place_of_form",
    "put_on_top",
    "redraw_form",
    "tell",
]
