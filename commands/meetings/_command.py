"""`/tapaaminen`, and `/rapportera träff`, which shows the same."""

import secrets
from typing import Any

from slack_bolt import Ack

from bot.blocks import meetings as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.errors import DatabaseUnavailable, InvalidDraft, PersonalDataFound
from bot.rules.meetings import asks_for_meetings, drafted, understand
from bot.services import meetings, networks, people
from bot.slack import Act, as_typed, read_act
from bot.texts import Texts
from commands.meetings import _forms


def tapaaminen(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    _do(deps, act, as_typed(act.text))


def by_word(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    if body.get("command") == "/rapportera":
        deps.people.speaks(act.user, "sv")
    _do(deps, act, asks_for_meetings(as_typed(act.text)) or "")


def _do(deps: Deps, act: Act, text: str) -> None:
    asked, rest = understand(text)
    if asked == "new":
        _forms.open_form(deps, act, drafted(rest))
        return
    if asked == "propose":
        _propose(deps, act, rest)
        return
    t = people.speak_to(deps, act)
    coordinator = networks.is_coordinator(deps, act.user)
    if asked == "list":
        deps.slack.whisper(act.response_url, *shown(deps, act, t))
    else:
        deps.slack.whisper(act.response_url, *blocks.help_note(t, coordinator=coordinator))


def shown(deps: Deps, act: Act, t: Texts, said: str = "") -> Message:
    """The next meetings as the person sees them; to coordinators those held lately too."""
    coordinator = networks.is_coordinator(deps, act.user)
    text, drawn = blocks.listed(t, meetings.coming(deps, act.user), coordinator=coordinator, said=said)
    return text, [*drawn, *(blocks.past(t, *meetings.held_lately(deps)) if coordinator else [])]


def _propose(deps: Deps, act: Act, text: str) -> None:
    """Kept at once; what cannot be kept so comes back in the form, with the words in it."""
    read = blocks.TextRead(text, secrets.token_urlsafe(16))
    if not text:
        _forms.open_proposal_form(deps, act, read)
        return
    t = people.speak_to(deps, act)
    try:
        meetings.propose(deps, act.user, text, f"line:{act.trigger}")
    except (PersonalDataFound, InvalidDraft, DatabaseUnavailable) as problem:
        _forms.open_proposal_form(deps, act, read, problem)
        return
    deps.slack.whisper(act.response_url, *blocks.quiet(t, blocks.proposed(t)))
