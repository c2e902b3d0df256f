"""`/kooste vienti`: coordinators take out observations for their own work, as a file in the bot's conversation."""

import re
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import exports as blocks
from bot.blocks.observations import loading, refusal, saving
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.errors import NotKnown, Problem, SlackError
from bot.exports.files import passing_file
from bot.exports.rows import ENDINGS, write_rows
from bot.rules.exports import Selection, asks_for_export, mistakes
from bot.rules.weeks import local_day
from bot.services import exports, networks, people
from bot.slack import Act, answer_in_time, open_and_fill, read_act
from bot.texts import Texts


def register(app: App, deps: Deps) -> None:
    app.command(re.compile(r"^/(kooste|sammandrag)$"), matchers=[for_export])(partial(open_form, deps))
    app.view(blocks.CALLBACK)(partial(submit, deps))
    app.action(blocks.AGAIN)(partial(make_again, deps))


def for_export(body: dict[str, Any]) -> bool:
    return asks_for_export(read_act(body).text)


def open_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Opens at once; to who is no coordinator it says that it is not for them."""
    ack()
    act = read_act(body)
    open_and_fill(deps.slack, act.trigger, loading(), partial(_form, deps, act))


def _form(deps: Deps, act: Act) -> Block:
    try:
        return blocks.form(networks.speak_to_coordinator(deps, act), deps.vocabularies, local_day(deps.now()))
    except Problem as problem:
        return refusal(people.texts(deps, act), problem)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The modal closes, and the file comes into the conversation with the bot."""
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    t = people.texts(deps, act)
    if wrong := mistakes(read.first, read.last):
        ack(response_action="errors", errors={name: t(message) for name, message in wrong.items()})
        return
    if read.first is None or read.last is None or read.ending not in ENDINGS:
        raise NotKnown
    selection = Selection(read.first, read.last, read.kind, read.theme, read.status)
    asking = deps.workers.submit(_begin, deps, act, selection, read.ending)
    answer_in_time(deps.slack, ack, act.view_id, asking, saving(t), partial(_refused, t))


def _refused(t: Texts, problem: Problem | None) -> Block:
    return refusal(t, problem) if problem else blocks.coming(t)


def make_again(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The same days and choices, as they stand now."""
    ack()
    act = read_act(body)
    if (kept := blocks.read_again(act.value)) is None or kept[1] not in ENDINGS:
        raise NotKnown
    _begin(deps, act, *kept)


def _begin(deps: Deps, act: Act, selection: Selection, ending: str) -> None:
    t = networks.speak_to_coordinator(deps, act)
    deps.tell(send, t, act.user, selection, ending)


def send(deps: Deps, t: Texts, user: str, selection: Selection, ending: str) -> None:
    """Puts the file into a thread of the coordinator's conversation with the bot. Tried once; nothing stays on disk."""
    channel, ts = deps.slack.post(user, *blocks.making(t))
    try:
        message = _sent(deps, t, user, selection, ending, (channel, ts))
    except Problem as problem:
        message = blocks.failed(t, selection, ending, problem)
    except SlackError:
        message = blocks.failed(t, selection, ending)
    deps.slack.edit(channel, ts, *message)


def _sent(
    deps: Deps, t: Texts, user: str, selection: Selection, ending: str, place: tuple[str, str]
) -> tuple[str, list[Block]]:
    name = t("observations-{first}-{last}", first=selection.first, last=selection.last) + f".{ending}"
    with passing_file(name) as path:
        count = write_rows(path, ending, t, deps.vocabularies, exports.take_out(deps, user, selection))
        exports.note(deps, user, selection, count)
        message = blocks.made(t, deps.vocabularies, selection, ending, count)
        deps.slack.upload(*place, name, path.read_bytes(), message[0])
    return message
