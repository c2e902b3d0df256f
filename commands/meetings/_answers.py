"""Answering a meeting by a button, wherever the button stands, and adding the meeting to one's calendar."""

import logging
from typing import Any

from slack_bolt import Ack

from bot.blocks import meetings as blocks
from bot.deps import Deps
from bot.dialogs import is_put_in_place, tell
from bot.errors import SlackError
from bot.exports import ics
from bot.services import handled, meetings, people
from bot.slack import Act, read_act, whole
from bot.texts import Texts
from commands.meetings import _command
from storage.models import Meeting

log = logging.getLogger(__name__)


def answer(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Kept at once and said to the person alone; who comes from now on gets the calendar file."""
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    key, _, version = act.value.partition(":")
    wanted = act.action.removeprefix("meetings.")
    done = meetings.take_answer(deps, who, key, wanted, whole(version))
    text = blocks.answered(t, done.what, done.sight, new=done.new, moved=done.moved)
    if act.ephemeral:
        deps.slack.whisper(act.response_url, *_command.shown(deps, act, t, text), replace=True)
    elif not (_is_private(act) and done.new and is_put_in_place(deps, act, blocks.answered_here(t, text, done.sight))):
        tell(deps, act, blocks.quiet(t, text))
    if not act.response_url:
        deps.redraw_home(act)
    if done.joined and (error := _file_error(deps, act, t, done.sight.meeting)):
        tell(deps, act, blocks.file_failed(t, for_good=error.no_files))


def _is_private(act: Act) -> bool:
    """Whether the button stands in the bot's own message to the person, which shows their answer."""
    return act.channel.startswith("D") and bool(act.message_ts)


def _file_error(deps: Deps, act: Act, t: Texts, meeting: Meeting) -> SlackError | None:
    """Why Slack has not taken the calendar file, None where it has."""
    try:
        deps.slack.upload(act.user, "", ics.NAME, ics.calendar_file(meeting), t("Calendar file"))
    except SlackError as error:
        log.warning("a calendar file could not be sent: %s", error.code)
        return error
    return None


def add_to_calendar(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The file to the person's own messages, and two addresses that open the meeting in their calendar."""
    ack()
    act = read_act(body)
    if not handled.first(deps, "calendar", act.trigger):
        return
    t, _ = people.welcome(deps, act)
    sight = meetings.sight(deps, act.value.partition(":")[0], act.user)
    meeting = sight.meeting
    if meeting.status == "cancelled":
        tell(deps, act, blocks.quiet(t, blocks.answered(t, "cancelled", sight)))
        return
    sent = _file_error(deps, act, t, meeting) is None
    addresses = ics.google_address(meeting), ics.outlook_address(meeting)
    tell(deps, act, blocks.calendar(t, addresses, file_sent=sent))


def was_useful(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    meetings.was_useful(deps, who, act.value, act.action.removeprefix("meetings.useful_"))
    message = blocks.thanked(t)
    if not is_put_in_place(deps, act, message):
        tell(deps, act, message)


def opened_link(ack: Ack) -> None:
    """The client has opened the address; there is nothing to do."""
    ack()
