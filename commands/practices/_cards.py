"""One card: read, tried, asked about, decided on, taken down, and asked for."""

import logging
from contextlib import suppress
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import practices as blocks
from bot.blocks.observations import notice
from bot.blocks.parts import Block, said
from bot.blocks.practices import TriedRead
from bot.deps import Deps
from bot.dialogs import Form, answer, open_drawn, put_on_top, redraw_form, tell
from bot.errors import ChangedMeanwhile, PracticeGone, Problem, SlackError
from bot.rules.practices import Decision, Tried
from bot.services import handled, people, practices
from bot.services.networks import welcome_coordinator
from bot.services.permissions import Actor
from bot.slack import Act, dig, read_act, whole
from bot.texts import Texts
from commands.practices._forms import below, redraw_list

log = logging.getLogger(__name__)


def press_read(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    open_drawn(deps, act, partial(_page, deps, act.value))


def _page(deps: Deps, number: str, t: Texts, who: Actor) -> Block:
    return blocks.page(t, deps.vocabularies, practices.sight(deps, who, number))


def press_earlier(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """On top of the page; from one version to the one before in place, since Slack piles up three modals at most."""
    ack()
    act = read_act(body)
    number, _, version = act.value.rpartition(".")

    def draw(t: Texts, who: Actor) -> Block:
        return blocks.earlier_page(t, deps.vocabularies, practices.earlier(deps, who, number, whole(version) or 0))

    if dig(body, "view", "callback_id") == blocks.EARLIER:
        redraw_form(deps, act, draw)
    else:
        open_drawn(deps, act, draw)


def drop_versions(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)

    def draw(t: Texts, who: Actor) -> Block:
        practices.drop_versions(deps, who, act.value)
        return notice(t, t("The earlier versions were deleted."))

    redraw_form(deps, act, draw)


def open_tried(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)

    def draw(t: Texts, who: Actor) -> Block:
        practices.sight(deps, who, act.value)  # it may have been taken down
        return blocks.tried_form(t, TriedRead(Tried(), act.value))

    open_drawn(deps, act, draw)


def submit_tried(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The page below shows it, where there is one."""
    act, read = read_act(body), blocks.read_tried(body.get("view") or {})
    t = people.texts(deps, act)
    form = Form(partial(blocks.tried_form, t, read), t("Thank you. It stands on the card now."), then="show")
    page = str(dig(body, "view", "previous_view_id") or "")
    if answer(deps, ack, body, act, lambda who: practices.say_tried(deps, who, read.number, read.tried), form) and page:
        with suppress(SlackError):  # it was closed
            deps.slack.update_view(page, _page(deps, read.number, *people.welcome(deps, act)))


def ask(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Names the contact to who asks, and who asks to the contact: the conversation is between the two.

    Once for each press, of which only a mark is kept: nobody is named in it.
    """
    ack()
    act = read_act(body)
    if not handled.first(deps, "asks", act.trigger):
        return
    t, who = people.welcome(deps, act)
    found = practices.sight(deps, who, act.value)
    if found.is_own:
        _say(deps, act, t("You are the contact of this card yourself."))
    elif found.contact is None:
        _say(deps, act, t("Nobody is named to be asked more."))
    else:
        tell(deps, act, blocks.contact(t, found.row, found.contact, deps.workspace))
        if deps.seen.first(f"asks {found.row.number} {who}"):
            deps.run_soon(_introduce, found.contact, blocks.introduced, found.row, who)
        if act.depth:
            _say(deps, act, t("I wrote to you how to reach {person}.", person=f"<@{found.contact}>"))


def _introduce(deps: Deps, contact: str, draw: Any, row: Any, who: str) -> None:
    try:
        deps.slack.post(contact, *draw(people.words_for(deps, contact), row, who))
    except SlackError as error:  # who asks has the name all the same
        log.info("a contact could not be told of a question: %s", error.code)


def _say(deps: Deps, act: Act, text: str) -> None:
    """In a modal on top of the page, or where it was pressed."""
    if act.depth:
        put_on_top(deps, act, notice(people.texts(deps, act), text))
    else:
        tell(deps, act, said(text))


def opened_conversation(ack: Ack) -> None:
    """The client has opened the conversation; there is nothing to do."""
    ack()


def take_down(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)

    def draw(t: Texts, who: Actor) -> Block:
        practices.take_down(deps, who, act.value)
        return notice(t, t("The card was taken down."))

    redraw_form(deps, act, draw)
    redraw_list(deps, body)


def open_review(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)

    def draw(t: Texts, who: Actor) -> Block:
        try:
            row = practices.look_before(deps, who, act.value)
        except PracticeGone:
            return _decided(deps, act.value, t, who)
        return blocks.review(t, deps.vocabularies, row, Decision(publishes=True))

    open_drawn(deps, act, draw, welcome_coordinator)


def _decided(deps: Deps, number: str, t: Texts, who: Actor) -> Block:
    """What became of the card that waited: its published page, or that it waits no more."""
    try:
        return _page(deps, number, t, who)
    except PracticeGone:
        return notice(t, t("This card waits no more: it was given back, or its writer took it back."))


def submit_review(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, (number, step, decision) = read_act(body), blocks.read_review(body.get("view") or {})
    t = people.texts(deps, act)

    def again(problem: Problem) -> Block:
        if isinstance(problem, ChangedMeanwhile):  # another coordinator has decided, or the writer has taken it back
            return notice(
                t, t("This card has been decided on meanwhile, or its writer took it back. Nothing was done.")
            )
        row = practices.look_before(deps, welcome_coordinator(deps, act)[1], number)
        return blocks.review(t, deps.vocabularies, row, decision, problem)

    done = t("The card is published.") if decision.publishes else t("The card went back to its writer with your words.")
    form = Form(again, done, "close" if below(body) else "show")
    if answer(deps, ack, body, act, lambda who: practices.decide(deps, who, number, step, decision), form):
        redraw_list(deps, body, done)
        deps.redraw_home(act)


def request(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Asks the writer of a positive observation for a card: from the observation's review."""
    ack()
    act = read_act(body)

    def draw(t: Texts, who: Actor) -> Block:
        is_first = practices.request(deps, who, act.value)
        asked = t("The reporter is asked to write a practice card. The form is half filled for them.")
        return notice(t, asked if is_first else t("The reporter has been asked already. Nobody is asked twice."))

    open_drawn(deps, act, draw, welcome_coordinator)
