"""The forms of a meeting and of a proposal: opened at once, submitted once, never losing their words."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import meetings as blocks
from bot.blocks.meetings import FormRead, TextRead
from bot.blocks.observations import explained, field_errors, loading, notice, refusal, saving, seen_in
from bot.deps import Deps
from bot.errors import InvalidDraft, NotAMember, PersonalDataFound, Problem
from bot.rules.meetings import Draft, draft_of, marks
from bot.services import meetings, networks, people
from bot.slack import ANSWER_SECONDS, Act, Block, open_and_fill, read_act, tell_late
from bot.texts import Texts


def open_new(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The empty form; a button that offers a day fills that in."""
    ack()
    act = read_act(body)
    try:
        day = date.fromisoformat(act.value)
    except ValueError:
        day = None
    open_form(deps, act, Draft(start_date=day))


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
        t = people.texts(deps, act)
        try:
            t = people.speak_to(deps, act)
            if not everybody:
                networks.require_coordinator(deps, act.user)
            return draw(t)
        except Problem as problem:
            return refusal(t, problem)

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
    answered(deps, ack, act, deed, done, partial(_redrawn, t, read))


def _redrawn(t: Texts, read: FormRead, problem: Problem) -> Block:
    """The form with its words and what is wrong above them; warnings shown count as seen when it is sent again."""
    seen = seen_in(problem)
    read = replace(read, draft=replace(read.draft, confirmed=seen or read.draft.confirmed))
    return blocks.form(t, read, explained(t, problem), warned=bool(seen))


def answered(
    deps: Deps, ack: Ack, act: Act, deed: Callable[[], object], done: str, redrawn: Callable[[Problem], Block]
) -> None:
    """Does it for a member, and answers within three seconds: closed, errors at their fields, or the form again."""
    t = people.texts(deps, act)
    storing = deps.workers.submit(lambda: (people.member(deps, act), deed()))
    try:
        storing.result(timeout=ANSWER_SECONDS)
    except TimeoutError:
        ack(response_action="update", view=saving(t))
        try:
            storing.result()
        except Problem as problem:
            tell_late(deps.slack, act.view_id, _again(t, problem, redrawn), problem)
        else:
            tell_late(deps.slack, act.view_id, notice(t, done), None)
    except Problem as problem:
        if isinstance(problem, PersonalDataFound | InvalidDraft) and (errors := field_errors(t, problem)):
            ack(response_action="errors", errors=errors)
        else:
            ack(response_action="update", view=_again(t, problem, redrawn))
    else:
        ack()


def _again(t: Texts, problem: Problem, redrawn: Callable[[Problem], Block]) -> Block:
    """The form anew; nothing to who is no member, since what is drawn asks by the account, not by its workspace."""
    return refusal(t, problem) if isinstance(problem, NotAMember) else redrawn(problem)


def open_proposal(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    open_proposal_form(deps, read_act(body), TextRead("", secrets.token_urlsafe(16)))


def open_proposal_form(deps: Deps, act: Act, read: TextRead, problem: Problem | None = None) -> None:
    opened(deps, act, lambda t: redrawn_proposal(t, read, problem), everybody=True)


def redrawn_proposal(t: Texts, read: TextRead, problem: Problem | None) -> Block:
    if problem is None:
        return blocks.propose_form(t, read)
    seen = seen_in(problem)
    read = replace(read, confirmed=seen or read.confirmed)
    return blocks.propose_form(t, read, explained(t, problem), warned=bool(seen))


def submit_proposal(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_text(body.get("view") or {}, "item")
    t = people.texts(deps, act)
    deed = partial(meetings.propose, deps, act.user, read.text, f"form:{read.nonce}", read.confirmed)
    answered(deps, ack, act, deed, blocks.proposed(t), partial(redrawn_proposal, t, read))
