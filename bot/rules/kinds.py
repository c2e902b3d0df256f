"""The kinds of messages that the ledger sends, and all that is asked of a kind anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Self
from zoneinfo import ZoneInfo

from bot.rules.weeks import HOME, open_instant, working_instant
from storage.models import WEEKLY_DIGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """`on_doubt` is what is right where nobody knows whether a message arrived: hold it, or send it again.

    `priority` is its place in the queue, the lowest goes first. `given_back`: where the channel refuses it, a
    coordinator is to ask for it again; else it waits for the channel. `superseded_by`: which change of its meeting
    makes it untrue while it still waits ("moved" counts for a cancelled meeting too).
    """

    on_doubt: Literal["hold", "resend"]  # a missing nudge is better than two; other things are better twice than never
    priority: int
    given_back: bool = False
    rests_in_seasons: bool = False  # it does not go in July and at Christmas
    is_urgent: bool = False  # it goes at once where it would be too late at working hours
    superseded_by: Literal["", "moved", "cancelled"] = ""
    has_file: bool = False  # a calendar file follows in its thread
    has_buttons: bool = False  # which are taken out when they no longer hold


class Kind(StrEnum):
    """The names of all kinds, as the database, the preview and the messages' metadata have them, with their traits."""

    traits: Traits

    def __new__(cls, name: str, traits: Traits) -> Self:
        kind = str.__new__(cls, name)
        kind._value_, kind.traits = name, traits
        return kind

    CANCELLED = "meeting_cancelled", Traits(on_doubt="resend", priority=1, is_urgent=True, has_file=True)
    MOVED = (
        "meeting_moved",
        Traits(on_doubt="resend", priority=1, is_urgent=True, superseded_by="moved", has_file=True, has_buttons=True),
    )
    FEEDBACK = "feedback", Traits(on_doubt="resend", priority=2)
    PRACTICE = "practice", Traits(on_doubt="resend", priority=3)
    PRACTICE_POST = "practice_post", Traits(on_doubt="hold", priority=4)
    CHANGED = "has_it_changed", Traits(on_doubt="hold", priority=6, rests_in_seasons=True)
    FOLLOWING = "phenomenon_news", Traits(on_doubt="resend", priority=3)
    RECEIPT = "receipt", Traits(on_doubt="hold", priority=2)
    SEAT = (
        "meeting_seat",
        Traits(on_doubt="resend", priority=2, is_urgent=True, superseded_by="moved", has_file=True, has_buttons=True),
    )
    MEETING_REMINDER = (
        "meeting_reminder",
        Traits(on_doubt="resend", priority=3, rests_in_seasons=True, superseded_by="moved", has_buttons=True),
    )
    NOTICE = "meeting_notice", Traits(on_doubt="resend", priority=3, superseded_by="cancelled", has_file=True)
    DIGEST = WEEKLY_DIGEST, Traits(on_doubt="hold", priority=4)
    PHENOMENON = "phenomenon", Traits(on_doubt="hold", priority=4, given_back=True)
    FOLLOWED = "what_followed", Traits(on_doubt="hold", priority=4)
    SUMMARY = "half_year_summary", Traits(on_doubt="resend", priority=5)
    MISSING = "meeting_missing", Traits(on_doubt="resend", priority=5, rests_in_seasons=True)
    NEWS = "coordinator_news", Traits(on_doubt="hold", priority=4)
    TEXTS_GO = "texts_go", Traits(on_doubt="resend", priority=5)
    FOLLOWUP = "meeting_followup", Traits(on_doubt="hold", priority=6)
    TOMORROW = "reminder_tomorrow", Traits(on_doubt="hold", priority=6, rests_in_seasons=True)
    REMINDER = "report_reminder", Traits(on_doubt="hold", priority=7, rests_in_seasons=True)
    NUDGE = "nudge", Traits(on_doubt="hold", priority=7, rests_in_seasons=True)


TRAITS: Mapping[str, Traits] = {kind: kind.traits for kind in Kind}
"""By the kind's name, as rows have it."""


def next_hours(kind: str, now: datetime, zone: ZoneInfo = HOME) -> datetime:
    """From when on a message of the kind may go to somebody of this zone: now, or when the next working hours begin."""
    return (open_instant if TRAITS[kind].rests_in_seasons else working_instant)(now, zone)
