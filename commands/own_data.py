"""One's own data: shown in pages, sent as files, deleted after a day; a coordinator may ask it for somebody else."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import own_data as blocks
from bot.blocks.observations import explained, field_errors, loading, notice, refusal, saving
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.errors import N_, InvalidDraft, Problem
from bot.services import networks, own_data, people
from bot.slack import Act, answer_in_time, dig, open_and_fill, push_and_fill, read_act, update_in_time
from bot.texts import Texts

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
    act = read_act(body)
    shows = push_and_fill if dig(body, "view", "type") == "modal" else open_and_fill
    shows(deps.slack, act.trigger, loading(), partial(_drawn, deps, act, 0))


def _drawn(deps: Deps, act: Act, number: int) -> Block:
    try:
        t = people.speak_to(deps, act)
        return blocks.page(t, deps.vocabularies, own_data.stored(deps, act.user), number)
    except Problem as problem:
        return refusal(people.texts(deps, act), problem)


def turn(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, number = read_act(body), blocks.page_in(body.get("view"))
    drawing = deps.workers.submit(_drawn, deps, act, number + 1)
    update_in_time(deps.slack, ack, act.view_id, drawing, loading())


def send(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Both files go to the person's own conversation, and nowhere else."""
    ack()
    act = read_act(body)
    t = people.speak_to(deps, act)
    found, name = own_data.stored(deps, act.user), t("own-data")
    files = {
        f"{name}.txt": blocks.as_text(t, deps.vocabularies, found).encode(),
        f"{name}.json": own_data.as_json(found),
    }
    own_data.hand_out(deps, act.user, files, blocks.handed_out(t), t("What is stored of you"))
    deps.slack.update_view(act.view_id, notice(t, t("The files are in your conversation with me.")))


def take_away(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    own_data.take_away(deps, act.user)
    own_data.clear(deps, blocks.cleared)


def open_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    push_and_fill(deps.slack, act.trigger, loading(), partial(_form, deps, act))


def _form(deps: Deps, act: Act) -> Block:
    try:
        return blocks.erase_form(people.speak_to(deps, act), own_data.look_before(deps, act.user))
    except Problem as problem:
        return refusal(people.texts(deps, act), problem)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, what = read_act(body), blocks.read_what(body.get("view"))
    t = people.texts(deps, act)
    storing = deps.workers.submit(_ask, deps, act, what)
    answer_in_time(deps.slack, ack, act.view_id, storing, saving(t), partial(_told, t))


def _ask(deps: Deps, act: Act, what: str) -> None:
    people.member(deps, act)
    own_data.ask(deps, act.user, what)
    deps.tell(own_data.tell, blocks.to_be_erased)


def _told(t: Texts, problem: Problem | None) -> Block:
    return refusal(t, problem) if problem else notice(t, t("I have written to you how to take it back."))


def keep(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Takes the deletion back; the message says so. Who is no member any more may do so too."""
    ack()
    act = read_act(body)
    t = people.texts(deps, act)
    if own_data.keep(deps, act.user):
        deps.slack.edit(act.channel, act.message_ts, *blocks.kept(t))


def open_other(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    open_and_fill(deps.slack, act.trigger, loading(), partial(_other, deps, act))


def _other(deps: Deps, act: Act) -> Block:
    try:
        return blocks.other_form(networks.speak_to_coordinator(deps, act))
    except Problem as problem:
        return refusal(people.texts(deps, act), problem)


def submit_other(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, view = read_act(body), body.get("view")
    t = people.texts(deps, act)
    storing = deps.workers.submit(_ask_for, deps, act, blocks.read_other(view), blocks.read_what(view))
    drawn, at_fields = partial(_told_other, t), partial(field_errors, t)
    answer_in_time(deps.slack, ack, act.view_id, storing, saving(t), drawn, at_fields)


def _ask_for(deps: Deps, act: Act, user: str, what: str) -> None:
    people.member(deps, act)
    if not user:
        raise InvalidDraft({"user": CHOOSE_ONE})
    own_data.ask(deps, user, what, by=act.user)
    deps.tell(own_data.tell, blocks.to_be_erased)


def _told_other(t: Texts, problem: Problem | None) -> Block:
    return blocks.other_form(t, explained(t, problem)) if problem else notice(t, t("Saved."))
