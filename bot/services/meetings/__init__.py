"""Network meetings: planned, answered, reminded of, moved, cancelled, and looked back on."""

from bot.services.meetings._agenda import Choice, Desk, Rising, agenda_desk, propose, set_agenda
from bot.services.meetings._ahead import ahead
from bot.services.meetings._answers import Answered, Attending, attending, coming, sight, take_answer, was_useful
from bot.services.meetings._clock import (
    ask_afterwards,
    begin,
    forget,
    leave_all,
    miss_one,
    remind,
    seats_of_the_gone,
)
from bot.services.meetings._looking_back import Followed, examine_followed, held_lately, looked_back, publish
from bot.services.meetings._planning import cancel, change, give_minutes, look_ahead, plan
from bot.services.meetings._posts import Drawing, drawn, forget_place, messages_to_close, take_drawings
from bot.services.meetings._wanted import still_wanted

__all__ = [
    "Answered",
    "Attending",
    "Choice",
    "Desk",
    "Drawing",
    "Followed",
    "Rising",
    "agenda_desk",
    "ahead",
    "ask_afterwards",
    "attending",
    "begin",
    "cancel",
    "change",
    "coming",
    "drawn",
    "examine_followed",
    "forget",
    "forget_place",
    "give_minutes",
    "held_lately",
    "leave_all",
    "look_ahead",
    "looked_back",
    "messages_to_close",
    "miss_one",
    "plan",
    "propose",
    "publish",
    "remind",
    "seats_of_the_gone",
    "set_agenda",
    "sight",
    "still_wanted",
    "take_answer",
    "take_drawings",
    "was_useful",
]
