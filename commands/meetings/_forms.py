"""The forms of a meeting and of a proposal: opened at once, submitted once, never losing their words."""

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import meetings as blocks
from bot.blocks.meetings import FormRead, TextRead
from bot.blocks.observations import field_errors, loading, notice, refusal, saving
from bot.blocks.submissions import day_of
from bot.deps import Deps
from bot.errors import NotAMember, Problem
from bot.rules.meetings import Draft, draft_of, marks
from bot.services import meetings, networks, people
from bot.slack import Act, Block, answer_in_time, open_and_fill, read_act
from bot.texts import Texts


def open_new(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The empty form; a button that offers a day fills that in."""
    ack()
    act = read_act(body)
    open_form(deps, act, Draft(start_date=day_of(act.value)))


def open_form(deps: Deps, act: Act, draft: Draft) -> None:
    read = FormRead(draft, secrets.token_urlsafe(16))
    opened(deps, act, lambda t: blocks.form(t, read))


def open_to_edit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)

    def draw(t: Texts) -> Block:
        meeting = meetings.sight(deps, act.value).meeting
        draft = draft_of(meeting)
        return blocks.form(t, FormRead(draft, "", meeting.key, marks(draft)))

    opened(deps, act, draw)


def opened(deps: Deps, act: Act, draw: Callable[[Texts], Block], *, everybody: bool = False) -> None:
    """Opens at once, and shows what `draw` makes; to coordinators only, unless it is for `everybody`."""

    def drawn() -> Block:
        try:
            return draw(people.speak_to(deps, act) if everybody else networks.speak_to_coordinator(deps, act))
        except Problem as problem:
            return refusal(people.texts(deps, act), problem)

    open_and_fill(deps.slack, act.trigger, loading(), drawn)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    t = people.texts(deps, act)
    if read.key:
        deed = partial(meetings.change, deps, act.user, read.key, read.draft, read.opened)
        done = t("The meeting is saved.")
    else:
        deed = partial(meetings.plan, deps, act.user, read.draft, read.nonce)
        done = t("The meeting is published in the channel.")
    answered(deps, ack, act, deed, done, partial(blocks.form, t, read))


def answered(
    deps: Deps, ack: Ack, act: Act, deed: Callable[[], object], done: str, redrawn: Callable[[Problem], Block]
) -> None:
    """Does it for a member, and answers within three seconds: closed, errors at their fields, or the form again."""
    t = people.texts(deps, act)
    storing = deps.workers.submit(lambda: (people.member(deps, act), deed()))

    def drawn(problem: Problem | None) -> Block:
        if isinstance(problem, NotAMember):  # what is drawn asks by the account, not by its workspace
            return refusal(t, problem)
        return redrawn(problem) if problem else notice(t, done)

    answer_in_time(deps.slack, ack, act.view_id, storing, saving(t), drawn, partial(field_errors, t))


def _again(t: Texts, problem: Problem, redrawn: Callable[[Problem], Block]) -> Block:
    """The form anew; nothing to who is no member, since what is drawn asks by the account, not by its workspace."""
    return refusal(t, problem) if isinstance(problem, NotAMember) else redrawn(problem)


def open_proposal(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    open_proposal_form(deps, read_act(body), TextRead("", secrets.token_urlsafe(16)))


def open_proposal_form(deps: Deps, act: Act, read: TextRead, problem: Problem | None = None) -> None:
    opened(deps, act, lambda t: blocks.propose_form(t, read, problem), everybody=True)


def submit_proposal(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_text(body.get("view") or {}, "item")
    t = people.texts(deps, act)
    deed = partial(meetings.propose, deps, act.user, read.text, f"form:{read.nonce}", read.confirmed)
    answered(deps, ack, act, deed, blocks.proposed(t), partial(blocks.propose_form, t, read))
