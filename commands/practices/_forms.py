"""The form of a card: opened empty, half filled or as one's own draft; submitted once, never losing its words."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import practices as blocks
from bot.blocks.observations import notice
from bot.blocks.parts import Block
from bot.blocks.practices import PracticeRead
from bot.deps import Deps
from bot.dialogs import Form, answer, open_drawn, redraw_form
from bot.errors import Problem, SlackError, WordsTakenOut
from bot.rules.practices import Card, Opened, State, Wanted, card_of
from bot.services import people, practices
from bot.services.permissions import Actor
from bot.slack import dig, read_act
from bot.texts import Texts
from commands.practices._lists import drawn as list_drawn
from storage.models import PracticeDraft


def open_new(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    _open(deps, ack, body, lambda _who: PracticeRead(Card(), secrets.token_urlsafe(16)))


def open_from_observation(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Half filled from one's own observation, of which the button carries the number; what was begun so, goes on."""
    number = read_act(body).value
    nonce = practices.begun_from(number)

    def begin(who: Actor) -> PracticeRead:
        if draft := practices.begun(deps, who, nonce):
            return _read_draft(deps, who, draft)
        card, opened = practices.started_from(deps, who, number)
        return PracticeRead(card, nonce, opened=opened)

    _open(deps, ack, body, begin)


def open_draft(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    number = read_act(body).value
    _open(deps, ack, body, lambda who: _read_draft(deps, who, number))


def open_next_version(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The next version begins as the published card stands."""
    number = read_act(body).value

    def begin(who: Actor) -> PracticeRead:
        practices.next_version(deps, who, number)
        return _read_draft(deps, who, number)

    _open(deps, ack, body, begin)


def _read_draft(deps: Deps, who: Actor, number: str) -> PracticeRead:
    """The form with one's own draft in it, under what a coordinator gave it back with."""
    row, opened = practices.draft_of(deps, who, number)
    card, said = card_of(row), "" if row.state == State.WAITING else row.said
    return PracticeRead(card, "", number, opened=opened, said=said)


def _open(deps: Deps, ack: Ack, body: dict[str, Any], read: Callable[[Actor], PracticeRead]) -> None:
    ack()

    def draw(t: Texts, who: Actor) -> Block:
        return blocks.form(t, deps.vocabularies, read(who))

    open_drawn(deps, read_act(body), draw)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Stores the draft; where it is sent, the coordinators hear of it. The list below shows it, or a sentence does."""
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    t = people.texts(deps, act)
    kept = t("Kept as your own draft. `/raportoi malli` shows it.")
    sent = t("Sent to the coordinators. You get a message.") if read.is_sent else ""
    form = Form(partial(_again, deps, t, read), sent or kept, "close" if below(body) else "show")
    if answer(deps, ack, body, act, partial(_store_card, deps, read), form):
        redraw_list(deps, body, sent)


def _again(deps: Deps, t: Texts, read: PracticeRead, problem: Problem) -> Block:
    if isinstance(problem, WordsTakenOut):
        read = replace(read, opened=Opened(problem.marks, problem.times))
    return blocks.form(t, deps.vocabularies, read, problem)


def _store_card(deps: Deps, read: PracticeRead, who: Actor) -> PracticeDraft:
    return practices.save(deps, who, read.card, read.nonce, read.number, is_sent=read.is_sent, opened=read.opened)


def redraw_list(deps: Deps, body: dict[str, Any], said: str = "") -> None:
    """The list at the bottom of the modals, where there is one, as it stands now, under what is said."""
    if root := below(body):
        with suppress(SlackError):  # it was closed
            deps.slack.update_view(root, list_drawn(deps, *people.welcome(deps, read_act(body)), Wanted(), said=said))


def below(body: dict[str, Any]) -> str:
    """The id of the modal at the bottom, under the one that speaks; "" where that is the only one."""
    root = str(dig(body, "view", "root_view_id") or "")
    return "" if root == read_act(body).view_id else root


def drop(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """One's own draft goes; the list below shows it."""
    ack()
    act = read_act(body)

    def draw(t: Texts, who: Actor) -> Block:
        practices.drop_draft(deps, who, act.value)
        return notice(t, t("The draft was deleted."))

    redraw_form(deps, act, draw)
    redraw_list(deps, body)
