"""Cards as files: one or all of them for readers, or one in the order of Innokylä's fields; kept nowhere."""

from typing import Any

from slack_bolt import Ack

from bot.blocks import practices as blocks
from bot.blocks.observations import notice
from bot.blocks.parts import Block, Message
from bot.deps import Deps
from bot.dialogs import open_drawn
from bot.errors import FilesNotAllowed, NotTaken, SlackError
from bot.exports import practices as exports
from bot.services import handled, practices
from bot.services.permissions import Actor
from bot.slack import read_act
from bot.texts import Texts

ALL = "all"


def send(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The files go to who asked, in a private message, once for each press; the modal says so."""
    ack()
    act = read_act(body)

    def draw(t: Texts, who: Actor) -> Block:
        cards = practices.cards(deps, who, "" if act.value == ALL else act.value)
        told = Texts(t.language if t.language in exports.LANGUAGES else "fi")
        make = exports.innokyla if act.action.endswith("innokyla") else exports.files
        drawn = list(make(told, deps.vocabularies, cards, deps.now()))
        with handled.once(deps, "files", act.trigger) as is_first:
            if is_first:
                _hand_out(deps, t, who, drawn, blocks.files_follow(t, len(cards)))
        is_cut = make is exports.innokyla and exports.is_long(cards[0])
        cut = (
            t("Innokylä's short description holds 250 characters: the first sentence was cut there.") if is_cut else ""
        )
        return notice(t, " ".join(part for part in (t("The files are in your conversation with me."), cut) if part))

    open_drawn(deps, act, draw)


def _hand_out(deps: Deps, t: Texts, who: Actor, drawn: list[tuple[str, bytes]], message: Message) -> None:
    try:
        place = deps.slack.post(who, *message)
        for name, content in drawn:
            deps.slack.upload(*place, name, content, t("File: {title}", title=name))
    except SlackError as error:
        raise (FilesNotAllowed if error.no_files else NotTaken) from error
