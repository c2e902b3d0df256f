"""The buttons of a reminder, and their words typed instead: acknowledged at once, and kind also where it is old."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.blocks import reminders as blocks
from bot.blocks.labels import OF_REMINDERS, meant
from bot.blocks.parts import Block, Message
from bot.blocks.submissions import again, carried_in
from bot.deps import Deps
from bot.dialogs import Form, answer, is_put_in_place
from bot.errors import Problem, SlackError
from bot.rules.commands import Asked
from bot.rules.people import CHOOSE, pause_mistake
from bot.rules.weeks import local_day
from bot.services import people, reminders
from bot.slack import Act, read_act
from bot.texts import Texts

log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    for name in DEEDS:
        app.action(f"reminders.{name}")(partial(by_button, deps))
    app.action("reminders.pause")(partial(pause, deps))
    app.view(blocks.PAUSE_FORM)(partial(submit_pause, deps))


def by_command(deps: Deps, act: Act, asked: Asked, _context: BoltContext) -> None:
    """Does what the button does that says so; answered where it was typed."""
    if asked.what == "pause":
        _ask_until(deps, act)
    else:
        deps.slack.whisper(act.response_url, *DEEDS[asked.what](deps, act))


ANSWERS = dict.fromkeys(OF_REMINDERS, by_command)


def by_message(deps: Deps, act: Act) -> None:
    """A pause needs a form, which no message can open."""
    deps.slack.post(act.channel, *DEEDS[meant(act.text)](deps, act))


def by_button(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """An answer now, also where the message is from an earlier round.

    The thanks for "nothing" are whispered: the message and its row stay as those of everybody who is silent.
    """
    ack()
    act = read_act(body)
    asked = act.action.removeprefix("reminders.")
    message = DEEDS[asked](deps, act)
    if asked != "nothing":
        _answer_in_place(deps, act, message)
        return
    try:
        deps.slack.whisper(act.response_url, *message)
    except SlackError as error:  # the answer stands all the same, and no message that stays may tell of it
        log.info("the thanks for an answer could not be whispered: %s", error.code)


def _nothing(deps: Deps, act: Act) -> Message:
    t, who = people.welcome(deps, act)
    reminders.mark_answered(deps, who)
    return blocks.thanked(t)


def _tomorrow(deps: Deps, act: Act) -> Message:
    t, _ = people.welcome(deps, act)
    return blocks.put_off(t, reminders.remind_tomorrow(deps, people.member(deps, act)))


def _stop(deps: Deps, act: Act) -> Message:
    t, who = people.welcome(deps, act)
    reminders.stop(deps, who)
    return blocks.stopped(t)


DEEDS: Mapping[str, Callable[[Deps, Act], Message]] = {"nothing": _nothing, "tomorrow": _tomorrow, "stop": _stop}
MESSAGES = dict.fromkeys(DEEDS, by_message)


def pause(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    _ask_until(deps, read_act(body))


def _ask_until(deps: Deps, act: Act) -> None:
    """Asks until when; which message asked is carried along."""
    carried = {"channel": act.channel, "ts": act.message_ts, "url": act.response_url}
    deps.slack.open_view(act.trigger, blocks.pause_form(people.texts(deps, act), carried))


def submit_pause(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, view = read_act(body), body.get("view") or {}
    t, until = people.texts(deps, act), blocks.read_pause(view)
    wrong = pause_mistake(until, local_day(deps.now()))
    if wrong or until is None:
        ack(response_action="errors", errors={"until": t(wrong or CHOOSE)})
        return
    said = blocks.paused(t, until)
    form = Form(_as_sent(t, view), said[0], t=t, refuses=False, at_fields=False)
    if answer(deps, ack, body, act, lambda who: reminders.pause(deps, who, until), form):
        _answer_in_place(deps, _asked_by(act, view), said)


def _as_sent(t: Texts, view: dict[str, Any]) -> Callable[[Problem], Block]:
    return lambda problem: again(view, t(problem.message, **problem.values))


def _asked_by(act: Act, view: dict[str, Any]) -> Act:
    """The press that opened the form, so that its message can be put right."""
    carried = carried_in(view)
    return Act(
        act.user,
        act.team,
        channel=str(carried.get("channel") or ""),
        message_ts=str(carried.get("ts") or ""),
        response_url=str(carried.get("url") or ""),
    )


def _answer_in_place(deps: Deps, act: Act, message: Message) -> None:
    """A private message is put right and has no buttons from here on; else only the person is answered."""
    if not act.channel.startswith("D") or not act.message_ts:
        deps.slack.whisper(act.response_url, *message)
    elif is_put_in_place(deps, act, message):
        reminders.forget_place(deps, act.channel, act.message_ts)
    else:  # the message may be gone: the answer stands all the same
        deps.slack.post(act.user, *message)
