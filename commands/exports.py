"""`/kooste vienti`: coordinators take out observations for their own work, as a file in the bot's conversation."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.blocks import exports as blocks
from bot.blocks.observations import refusal
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.dialogs import Form, answer, open_drawn
from bot.errors import FilesNotAllowed, NotKnown, Problem, SlackError
from bot.exports.files import passing_file
from bot.exports.rows import ENDINGS, write_rows
from bot.rules.commands import Asked
from bot.rules.exports import Selection, mistakes
from bot.rules.weeks import local_day
from bot.services import exports, handled, networks, people, permissions
from bot.services.permissions import Actor
from bot.slack import Act, read_act
from bot.texts import Texts


def register(app: App, deps: Deps) -> None:
    app.view(blocks.CALLBACK)(partial(submit, deps))
    app.action(blocks.AGAIN)(partial(make_again, deps))


def open_form(deps: Deps, act: Act, _asked: Asked, _context: BoltContext) -> None:
    """Opens at once; anyone who is no coordinator reads that it is not for them."""
    open_drawn(deps, act, partial(_form, deps), networks.welcome_coordinator)


ANSWERS = {"export": open_form}


def _form(deps: Deps, t: Texts, _who: Actor) -> Block:
    return blocks.form(t, deps.vocabularies, local_day(deps.now()))


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
    form = Form(partial(refusal, t), lambda _: blocks.coming(t))
    answer(deps, ack, body, act, partial(_begin, deps, act.view_id, t, selection, read.ending), form)


def make_again(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The same days and choices, as they stand now."""
    ack()
    act = read_act(body)
    if (kept := blocks.read_again(act.value)) is None or kept[1] not in ENDINGS:
        raise NotKnown
    t, who = people.welcome(deps, act)
    _begin(deps, act.trigger, t, *kept, who)


def _begin(deps: Deps, asked: str, t: Texts, selection: Selection, ending: str, who: Actor) -> None:
    permissions.coordinator(deps, who)
    deps.run_soon(send, asked, t, who, selection, ending)


def send(deps: Deps, asked: str, t: Texts, who: Actor, selection: Selection, ending: str) -> None:
    """Puts the file into a thread of the coordinator's conversation with the bot. Tried once; nothing stays on disk.

    `asked` is what the wish is known by: once for each, however often Slack delivers it.
    """
    with handled.once(deps, "files", asked) as is_first:
        if not is_first:
            return
        channel, ts = deps.slack.post(who, *blocks.making(t))
    try:
        message = _sent(deps, t, who, selection, ending, (channel, ts))
    except Problem as problem:
        message = blocks.failed(t, selection, ending, problem)
    except SlackError as error:
        message = blocks.failed(t, selection, ending, FilesNotAllowed() if error.no_files else None)
    deps.slack.edit(channel, ts, *message)


def _sent(
    deps: Deps, t: Texts, who: Actor, selection: Selection, ending: str, place: tuple[str, str]
) -> tuple[str, list[Block]]:
    name = t("observations-{first}-{last}", first=selection.first, last=selection.last) + f".{ending}"
    with passing_file(name) as path:
        count = write_rows(path, ending, t, deps.vocabularies, exports.take_out(deps, who, selection))
        exports.note(deps, who, selection, count)
        message = blocks.made(t, deps.vocabularies, selection, ending, count)
        deps.slack.upload(*place, name, path.read_bytes(), message[0])
    return message
