"""What coordinators do with a meeting that stands: cancel it, make its agenda, look back, give the minutes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import meetings as blocks
from bot.blocks.meetings import TextRead
from bot.blocks.observations import explained, field_errors, notice
from bot.blocks.parts import Option
from bot.blocks.submissions import again
from bot.deps import Deps
from bot.errors import InvalidDraft, PersonalDataFound, Problem
from bot.rules.meetings import LONGEST_FOLLOWED, draft_of, marks
from bot.rules.observations import tidy
from bot.services import meetings, people
from bot.services.meetings import Choice, Desk
from bot.slack import Block, read_act
from bot.texts import Texts
from commands.meetings._forms import answered, opened
from storage.models import AgendaItem

BOXES = ("accept", "phenomena", "decline")


def open_cancel(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    opened(deps, act, lambda t: blocks.cancel_form(t, meetings.sight(deps, act.value).meeting))


def cancel(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_text(body.get("view") or {}, "")
    t = people.texts(deps, act)
    deed = partial(meetings.cancel, deps, act.user, read.key)
    answered(deps, ack, act, deed, t("The meeting is cancelled, and everyone who answered is told."), _as_sent(t, body))


def _as_sent(t: Texts, body: dict[str, Any]) -> Callable[[Problem], Block]:
    """The form with what was typed in it, and above it what went wrong."""
    return lambda problem: again(body.get("view"), explained(t, problem))


def open_agenda(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)

    def draw(t: Texts) -> Block:
        desk = meetings.agenda_desk(deps, act.user, act.value)
        read = TextRead(desk.meeting.agenda, "", act.value, opened=marks(draft_of(desk.meeting)))
        return blocks.agenda_form(t, read, _offered(desk))

    opened(deps, act, draw)


def _offered(desk: Desk) -> tuple[Sequence[AgendaItem], list[Option]]:
    return desk.proposals, [(one.number, f"{one.title} ({one.observations + one.presses})") for one in desk.rising]


def set_agenda(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_text(body.get("view") or {}, "agenda", BOXES)
    t = people.texts(deps, act)
    chosen = read.chosen
    choice = Choice(read.text, chosen["accept"], chosen["decline"], chosen["phenomena"], read.confirmed, read.opened)
    deed = partial(meetings.set_agenda, deps, act.user, read.key, choice)

    def redrawn(problem: Problem) -> Block:
        return blocks.agenda_form(t, read, _offered(meetings.agenda_desk(deps, act.user, read.key)), problem)

    answered(deps, ack, act, deed, t("The agenda is saved."), redrawn)


def open_followed(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)

    def draw(t: Texts) -> Block:
        found = meetings.looked_back(deps, act.user, act.value)
        if found.published:
            return notice(t, t("This was published already."))
        text = blocks.drafted(t, (found.period, found.tables), found.phenomena, LONGEST_FOLLOWED)
        return blocks.followed_form(t, TextRead(text, "", act.value))

    opened(deps, act, draw)


def publish(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Shows how the text will stand in the channel; the very text that was shown is published."""
    act, read = read_act(body), blocks.read_text(body.get("view") or {}, "followed")
    t, read = people.texts(deps, act), replace(read, text=tidy(read.text))
    if not blocks.is_previewed(read):
        _show_as_it_stands(deps, ack, t, read)
        return
    deed = partial(meetings.publish, deps, act.user, read.key, read.text, read.confirmed)
    preview = _post(deps, read.text)
    redrawn = partial(blocks.followed_form, t, read, preview=preview)
    answered(deps, ack, act, deed, t("It is published in the channel."), redrawn)


def _show_as_it_stands(deps: Deps, ack: Ack, t: Texts, read: TextRead) -> None:
    """What the guard only warns of stands above the preview, and is confirmed by publishing."""
    try:
        problem = meetings.examine_followed(deps, read.text, read.confirmed)
    except (PersonalDataFound, InvalidDraft) as wrong:
        ack(response_action="errors", errors=field_errors(t, wrong))
    else:
        ack(response_action="update", view=blocks.followed_form(t, read, problem, _post(deps, read.text)))


def _post(deps: Deps, text: str) -> list[Block]:
    """In the network's language, as the post itself will be."""
    return blocks.followed(people.words_for(deps, ""), text)[1]


def open_minutes(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    opened(deps, act, lambda t: blocks.minutes_form(t, meetings.sight(deps, act.value).meeting))


def give_minutes(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_text(body.get("view") or {}, "minutes")
    t = people.texts(deps, act)
    deed = partial(meetings.give_minutes, deps, act.user, read.key, read.text)
    answered(deps, ack, act, deed, t("The link will be posted in the channel."), _as_sent(t, body))
