"""What coordinators do with a meeting that stands: cancel it, make its agenda, look back, give the minutes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import meetings as blocks
from bot.blocks.languages import in_each
from bot.blocks.meetings import TextRead
from bot.blocks.observations import explained, field_errors, notice
from bot.blocks.parts import Block, Option
from bot.blocks.submissions import again
from bot.deps import Deps
from bot.dialogs import Draw, Form, answer, open_drawn
from bot.errors import InvalidDraft, PersonalDataFound, Problem
from bot.rules.meetings import LONGEST_FOLLOWED, draft_of, marks
from bot.rules.observations import tidy
from bot.services import meetings, people
from bot.services.meetings import Choice, Desk
from bot.services.networks import welcome_coordinator
from bot.services.permissions import Actor
from bot.slack import Act, read_act
from bot.texts import Texts
from storage.models import AgendaItem

BOXES = ("accept", "phenomena", "decline")


def open_managed(deps: Deps, draw: Callable[[Deps, str], Draw], ack: Ack, body: dict[str, Any]) -> None:
    """The form that `draw` makes of the meeting that the button carries."""
    ack()
    act = read_act(body)
    open_drawn(deps, act, draw(deps, act.value), welcome_coordinator)


def _store_and_answer(
    deps: Deps,
    ack: Ack,
    body: dict[str, Any],
    store: Callable[[Actor], object],
    done: str,
    again: Callable[[Problem], Block] | None = None,
    *,
    shows: bool = True,
) -> None:
    """What was done for all to see `shows` in the modal: where that was opened nothing tells it."""
    act = read_act(body)
    answer(deps, ack, body, act, store, Form(again or _as_sent(deps, act, body), done, "show" if shows else "close"))


def _as_sent(deps: Deps, act: Act, body: dict[str, Any]) -> Callable[[Problem], Block]:
    """The form with what was typed in it, and above it what went wrong."""
    return lambda problem: again(body.get("view"), explained(people.texts(deps, act), problem))


def cancelling(deps: Deps, key: str) -> Draw:
    return lambda t, _who: blocks.cancel_form(t, meetings.sight(deps, key).meeting)


def cancel(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    read, t = blocks.read_text(body.get("view") or {}, ""), people.texts(deps, read_act(body))
    done = t("The meeting is cancelled, and everyone who answered is told.")
    _store_and_answer(deps, ack, body, lambda who: meetings.cancel(deps, who, read.key), done)


def agenda(deps: Deps, key: str) -> Draw:
    def draw(t: Texts, who: Actor) -> Block:
        desk = meetings.agenda_desk(deps, who, key)
        read = TextRead(desk.meeting.agenda, "", key, opened=marks(draft_of(desk.meeting)))
        return blocks.agenda_form(t, read, _offered(desk))

    return draw


def _offered(desk: Desk) -> tuple[Sequence[AgendaItem], list[Option]]:
    return desk.proposals, [(one.number, one.title) for one in desk.rising]


def set_agenda(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_text(body.get("view") or {}, "agenda", BOXES)
    t, chosen = people.texts(deps, act), read.chosen
    choice = Choice(read.text, chosen["accept"], chosen["decline"], chosen["phenomena"], read.confirmed, read.opened)

    def redrawn(problem: Problem) -> Block:
        _, who = welcome_coordinator(deps, act)
        return blocks.agenda_form(t, read, _offered(meetings.agenda_desk(deps, who, read.key)), problem)

    store = partial(_set_agenda, deps, read.key, choice)
    _store_and_answer(deps, ack, body, store, t("The agenda is saved."), redrawn, shows=False)


def _set_agenda(deps: Deps, key: str, choice: Choice, who: Actor) -> None:
    meetings.set_agenda(deps, who, key, choice)


def looking_back(deps: Deps, key: str) -> Draw:
    def draw(t: Texts, who: Actor) -> Block:
        found = meetings.looked_back(deps, who, key)
        if found.published:
            return notice(t, t("This was published already."))
        text = blocks.drafted(t, (found.period, found.tables), found.phenomena, LONGEST_FOLLOWED)
        return blocks.followed_form(t, TextRead(text, "", key))

    return draw


def publish(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Shows how the text will stand in the channel; the very text that was shown is published."""
    read, t = blocks.read_text(body.get("view") or {}, "followed"), people.texts(deps, read_act(body))
    read = replace(read, text=tidy(read.text))
    if not blocks.is_previewed(read):
        _show_as_it_stands(deps, ack, t, read)
        return
    redrawn = partial(blocks.followed_form, t, read, preview=_post(deps, read.text))
    done = t("It is published in the channel.")
    _store_and_answer(
        deps, ack, body, lambda who: meetings.publish(deps, who, read.key, read.text, read.confirmed), done, redrawn
    )


def _show_as_it_stands(deps: Deps, ack: Ack, t: Texts, read: TextRead) -> None:
    """What the guard only warns of stands above the preview, and is confirmed by publishing."""
    try:
        problem = meetings.examine_followed(deps, read.text, read.confirmed)
    except (PersonalDataFound, InvalidDraft) as wrong:
        ack(response_action="errors", errors=field_errors(t, wrong))
    else:
        ack(response_action="update", view=blocks.followed_form(t, read, problem, _post(deps, read.text)))


def _post(deps: Deps, text: str) -> list[Block]:
    """In the channel's languages, as the post itself will be."""
    return in_each(people.channel_words(deps), lambda t: blocks.followed(t, text))[1]


def attending(deps: Deps, key: str) -> Draw:
    def draw(t: Texts, who: Actor) -> Block:
        found = meetings.attending(deps, who, key)
        people_of = [("yes", found.yes), ("remote", found.remote), ("waiting", found.waiting)]
        return blocks.attending(t, found.sight, people_of)

    return draw


def minutes(deps: Deps, key: str) -> Draw:
    return lambda t, _who: blocks.minutes_form(t, meetings.sight(deps, key).meeting)


def give_minutes(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    read, t = blocks.read_text(body.get("view") or {}, "minutes"), people.texts(deps, read_act(body))
    done = t("The link will be posted in the channel.")
    _store_and_answer(deps, ack, body, lambda who: meetings.give_minutes(deps, who, read.key, read.text), done)
