"""One's own data: shown in pages, sent as files, deleted after a day; a coordinator may ask it for somebody else."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import own_data as blocks
from bot.blocks.observations import explained, notice, refusal
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.dialogs import Form, answer, open_drawn, put_in_place_of_form
from bot.errors import N_, FilesNotAllowed, InvalidDraft, SlackError
from bot.services import handled, networks, own_data, people
from bot.services.permissions import Actor
from bot.slack import read_act
from bot.texts import Texts
from storage.models import Forgetting

CHOOSE_ONE = N_("Choose one person.")


def register(app: App, deps: Deps) -> None:
    app.action("own_data.open")(partial(open_pages, deps))
    app.view(blocks.PAGE)(partial(turn, deps))
    app.action("own_data.send")(partial(send, deps))
    app.action("own_data.take_away")(partial(take_away, deps))
    app.action("own_data.erase")(partial(open_form, deps))
    app.view(blocks.ERASE)(partial(submit, deps))
    app.action("own_data.keep")(partial(keep, deps))
    app.action("own_data.erase_other")(partial(open_other, deps))
    app.view(blocks.OTHER)(partial(submit_other, deps))


def open_pages(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """From the settings, on top of them; from App Home."""
    ack()
    open_drawn(deps, read_act(body), partial(_page, deps, 0))


def _page(deps: Deps, number: int, t: Texts, who: Actor) -> Block:
    return blocks.page(t, deps.vocabularies, own_data.stored(deps, who), number)


def turn(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    number = blocks.page_in(body.get("view"))
    put_in_place_of_form(deps, ack, read_act(body), partial(_page, deps, number + 1))


def send(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Both files go to the person's own conversation, and nowhere else; once, however often the button is pressed."""
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    with handled.once(deps, "own data", act.view_id) as is_first:
        if not is_first:
            return
        _hand_out(deps, t, who)
    deps.slack.update_view(act.view_id, notice(t, t("The files are in your conversation with me.")))


def _hand_out(deps: Deps, t: Texts, who: Actor) -> None:
    found, name = own_data.stored(deps, who), t("own-data")
    files = {
        f"{name}.txt": blocks.as_text(t, deps.vocabularies, found).encode(),
        f"{name}.json": own_data.as_json(found),
    }
    try:
        own_data.hand_out(deps, who, files, blocks.handed_out(t), t("What is stored of you"))
    except SlackError as error:
        if error.no_files:
            raise FilesNotAllowed from error
        raise


def take_away(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Takes away at once what the person was shown of their own data: messages and files."""
    ack()
    act = read_act(body)
    own_data.take_away(deps, act.user)
    own_data.clear(deps, blocks.cleared)


def open_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    open_drawn(deps, read_act(body), partial(_form, deps))


def _form(deps: Deps, t: Texts, who: Actor) -> Block:
    return blocks.erase_form(t, own_data.look_before(deps, who))


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, what = read_act(body), blocks.read_what(body.get("view"))
    t = people.texts(deps, act)
    form = Form(partial(refusal, t), t("I have written to you how to take it back."))
    answer(deps, ack, body, act, partial(_ask, deps, what), form)


def _ask(deps: Deps, what: str, who: Actor) -> None:
    _tell(deps, own_data.ask(deps, who, what))


def _tell(deps: Deps, row: Forgetting) -> None:
    deps.run_soon(own_data.tell, blocks.to_be_erased)
    if row.ts:
        deps.run_soon(own_data.tell_anew, blocks.to_be_erased, row)


def keep(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Takes the deletion back; the message says so. Anyone who is no member any more may do so too."""
    ack()
    act = read_act(body)
    t = people.texts(deps, act)
    if own_data.keep(deps, act.user):
        deps.slack.edit(act.channel, act.message_ts, *blocks.kept(t))


def open_other(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    open_drawn(deps, read_act(body), lambda t, _who: blocks.other_form(t), networks.welcome_coordinator)


def submit_other(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, view = read_act(body), body.get("view")
    t = people.texts(deps, act)
    done = t("The data will be deleted in a day. The person hears of it, and may take it back until then.")
    form = Form(lambda problem: blocks.other_form(t, explained(t, problem)), done, then="show")
    answer(deps, ack, body, act, partial(_ask_for, deps, blocks.read_other(view), blocks.read_what(view)), form)


def _ask_for(deps: Deps, user: str, what: str, who: Actor) -> None:
    if not user:
        raise InvalidDraft({"user": CHOOSE_ONE})
    _tell(deps, own_data.ask_for(deps, who, user, what))
