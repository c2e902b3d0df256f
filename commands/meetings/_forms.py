"""The forms of a meeting and of a proposal: opened at once, submitted once, never losing their words."""

import secrets
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import meetings as blocks
from bot.blocks.languages import in_each
from bot.blocks.meetings import MeetingRead, TextRead
from bot.blocks.observations import field_errors
from bot.blocks.parts import Block
from bot.blocks.submissions import day_of
from bot.deps import Deps
from bot.dialogs import Form, answer, open_drawn
from bot.errors import InvalidDraft, PersonalDataFound, Problem
from bot.rules.meetings import MeetingDraft, Sight, draft_of, marks
from bot.services import meetings, people
from bot.services.networks import welcome_coordinator
from bot.services.permissions import Actor
from bot.slack import Act, read_act
from bot.texts import Texts


def open_new(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The empty form; a button that offers a day fills that in."""
    ack()
    act = read_act(body)
    open_form(deps, act, MeetingDraft(start_date=day_of(act.value)))


def open_form(deps: Deps, act: Act, draft: MeetingDraft) -> None:
    read = MeetingRead(draft, secrets.token_urlsafe(16))
    open_drawn(deps, act, lambda t, _who: blocks.form(t, read), welcome_coordinator)


def open_to_edit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)

    def draw(t: Texts, _who: Actor) -> Block:
        meeting = meetings.sight(deps, act.value).meeting
        draft = draft_of(meeting)
        return blocks.form(t, MeetingRead(draft, "", meeting.key, marks(draft)))

    open_drawn(deps, act, draw, welcome_coordinator)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    t = people.texts(deps, act)
    if not read.key and not read.is_previewed:
        _show_as_it_will_stand(deps, ack, t, read)
        return
    done = t("The meeting is saved.") if read.key else t("The meeting is published in the channel.")

    def store(who: Actor) -> object:
        if read.key:
            return meetings.change(deps, who, read.key, read.draft, read.opened)
        return meetings.plan(deps, who, read.draft, read.nonce)

    answer(deps, ack, body, act, store, Form(partial(blocks.form, t, read), done))


def _show_as_it_will_stand(deps: Deps, ack: Ack, t: Texts, read: MeetingRead) -> None:
    """In the channel's languages, as the post itself will be; what the guard asks about is confirmed by publishing."""
    try:
        meeting, problem = meetings.look_ahead(deps, read.draft)
    except (PersonalDataFound, InvalidDraft) as wrong:
        ack(response_action="errors", errors=field_errors(t, wrong))
    else:
        channel = people.channel_words(deps)
        post = in_each(channel, lambda words: blocks.post(words, Sight(meeting)))[1]
        shown = blocks.preview(t, read.draft, post, [words.language for words in channel])
        view = blocks.form(t, read, problem, shown)
        ack(response_action="update", view=view)


def open_proposal(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    open_proposal_form(deps, read_act(body), TextRead("", secrets.token_urlsafe(16)))


def open_proposal_form(deps: Deps, act: Act, read: TextRead, problem: Problem | None = None) -> None:
    open_drawn(deps, act, lambda t, _who: blocks.propose_form(t, read, problem))


def submit_proposal(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_text(body.get("view") or {}, "item")
    t = people.texts(deps, act)
    done = blocks.proposed(t)
    form = Form(partial(blocks.propose_form, t, read), done)
    answer(
        deps,
        ack,
        body,
        act,
        lambda who: meetings.propose(deps, who, read.text, f"form:{read.nonce}", read.confirmed),
        form,
    )
