"""What the clock does about meetings: reminds, keeps the channel's post true, draws the messages, sends the files."""

import json
import logging
from collections.abc import Callable
from functools import partial

from bot.blocks import meetings as blocks
from bot.blocks.languages import in_each
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.errors import NoSuchMeeting, SlackError
from bot.exports import ics
from bot.jobs._edits import settled
from bot.jobs.deliveries import Handler, Handlers, NotWanted
from bot.rules import meetings as rules
from bot.rules.deliveries import NOT_NEEDED, is_person
from bot.rules.kinds import TRAITS
from bot.rules.meetings import Occurrence, Sight
from bot.rules.weeks import local_day
from bot.services import deliveries, meetings, people
from bot.services.meetings import Drawing
from bot.texts import Texts
from storage.models import Delivery, Meeting

log = logging.getLogger(__name__)
DRAWN: dict[str, Callable[[Texts, Sight], Message]] = {
    rules.NOTICE: blocks.post,
    rules.CANCELLED: blocks.cancelled,
    rules.SEAT: blocks.seat,
}


def knock(deps: Deps) -> None:
    """Whatever is due: reminders, seats, the question afterwards, the nudge to coordinators, old buttons, forgetting.

    Raises DatabaseUnavailable; what Slack does not answer is asked again at the next knock.
    """
    meetings.begin(deps)
    try:
        meetings.remind(deps)
        meetings.seats_of_the_gone(deps)
    except SlackError as error:
        log.warning("the members could not be asked for: %s", error.code)
    meetings.ask_afterwards(deps)
    meetings.miss_one(deps)
    close_earlier(deps)
    meetings.forget(deps)


def redraw(deps: Deps) -> None:
    """Each post that does not show how things stand is edited, once a knock: bursts of answers become one edit."""
    for drawing in meetings.take_drawings(deps):
        if all(_edited(deps, drawing, row) for row in drawing.posts):
            meetings.drawn(deps, drawing)


def _edited(deps: Deps, drawing: Drawing, row: Delivery) -> bool:
    """Whether nothing more is to be done about the post: it was edited, or it can never be."""
    drawn = blocks.minutes if row.kind == rules.FOLLOWUP else blocks.post
    message = in_each(people.channel_words(deps), lambda t: drawn(t, drawing.sight))
    return settled(deps, row.kind, row.channel or row.recipient, row.ts or "", message)


def close_earlier(deps: Deps) -> None:
    """Takes the buttons out of some messages that no longer hold; one that fails does not stop the others."""
    for meeting, row in meetings.messages_to_close(deps):
        moved = not Occurrence.read(row.occurrence).is_present(meeting)
        message = in_each(people.words_for_all(deps, row.recipient), partial(_closed, meeting, moved))
        if settled(deps, row.kind, row.channel or row.recipient, row.ts or "", message):
            meetings.forget_place(deps, row)


def _closed(meeting: Meeting, moved: bool, t: Texts) -> Message:  # noqa: FBT001 - bound above
    return blocks.closed(t, meeting, moved_since=moved)


def draw(deps: Deps, row: Delivery) -> Message:
    """The message as things stand now, in the recipient's language or the channel's. Raises NotWanted."""
    words = people.words_for_all(deps, row.recipient)
    if row.kind == rules.MISSING:
        return blocks.missing(words[0], rules.offered(local_day(deps.now())))
    try:
        sight = meetings.sight(deps, Occurrence.read(row.occurrence).meeting, row.recipient)
    except NoSuchMeeting:
        raise NotWanted(NOT_NEEDED) from None
    return in_each(words, partial(_drawn, deps, row, sight))


def _drawn(deps: Deps, row: Delivery, sight: Sight, t: Texts) -> Message:
    private = is_person(row.recipient)
    if row.kind == rules.REMINDER:
        name = rules.lead(str(json.loads(row.params)["name"]), sight.meeting, deps.now())
        return blocks.reminder(t, name, sight)
    if row.kind == rules.MOVED:
        return blocks.moved(t, sight) if private else blocks.moved_post(t, sight)
    if row.kind == rules.FOLLOWUP:
        return blocks.question(t, sight) if private else blocks.minutes(t, sight)
    if row.kind == rules.FOLLOWED:
        return blocks.followed(t, sight.meeting.followed)
    return DRAWN[row.kind](t, sight)


def sent(deps: Deps, row: Delivery) -> None:
    """The calendar file follows the message in its thread, best effort."""
    if TRAITS[row.kind].has_file and not deliveries.stood_before(row):
        deps.run_soon(_send_file, row)


def _send_file(deps: Deps, row: Delivery) -> None:
    sight = meetings.sight(deps, Occurrence.read(row.occurrence).meeting, row.recipient)
    private = is_person(row.recipient)
    if private and not sight.own.comes:
        return
    content, t = ics.calendar_file(sight.meeting), people.words_for(deps, row.recipient if private else "")
    try:
        deps.slack.upload(row.channel or row.recipient, row.ts or "", ics.NAME, content, t("Calendar file"))
    except SlackError as error:
        log.warning("a calendar file could not be sent: %s", error.code)


HANDLER = Handler(draw, meetings.still_wanted, sent)
HANDLERS: Handlers = dict.fromkeys((*rules.KINDS, rules.MISSING, rules.FOLLOWED), HANDLER)
