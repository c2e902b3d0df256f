"""`/tapaaminen`, and `/rapportera träff`, which shows the same."""

import secrets

from slack_bolt import BoltContext

from bot.blocks import meetings as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.errors import DatabaseUnavailable, InvalidDraft, PersonalDataFound
from bot.rules.commands import Asked, Command, understand
from bot.rules.meetings import drafted
from bot.services import meetings, people
from bot.services.permissions import is_coordinator
from bot.slack import Act
from bot.texts import Texts
from commands.meetings import _forms


def by_word(deps: Deps, act: Act, asked: Asked, context: BoltContext) -> None:
    """What stands after the word is what may stand after `/tapaaminen`."""
    answer(deps, act, understand(Command.MEETING, asked.rest), context)


def answer(deps: Deps, act: Act, asked: Asked, _context: BoltContext) -> None:
    if asked.what == "new":
        _forms.open_form(deps, act, drafted(asked.rest))
        return
    if asked.what == "propose":
        _propose(deps, act, asked.rest)
        return
    t, _ = people.welcome(deps, act)
    coordinator = is_coordinator(deps, act.user)
    if asked.what == "list":
        deps.slack.whisper(act.response_url, *shown(deps, act, t))
    else:
        deps.slack.whisper(act.response_url, *blocks.help_note(t, coordinator=coordinator))


ANSWERS = {"meetings": by_word, **dict.fromkeys(("list", "new", "propose", "help", "unknown"), answer)}


def shown(deps: Deps, act: Act, t: Texts, said: str = "") -> Message:
    """The next meetings as the person sees them; to coordinators those held lately too."""
    coordinator = is_coordinator(deps, act.user)
    text, drawn = blocks.listed(t, meetings.coming(deps, act.user), coordinator=coordinator, said=said)
    return text, [*drawn, *(blocks.past(t, *meetings.held_lately(deps)) if coordinator else [])]


def _propose(deps: Deps, act: Act, text: str) -> None:
    """Kept at once; what cannot be kept so comes back in the form, with the words in it."""
    read = blocks.TextRead(text, secrets.token_urlsafe(16))
    if not text:
        _forms.open_proposal_form(deps, act, read)
        return
    t, who = people.welcome(deps, act)
    try:
        meetings.propose(deps, who, text, f"line:{act.trigger}")
    except (PersonalDataFound, InvalidDraft, DatabaseUnavailable) as problem:
        _forms.open_proposal_form(deps, act, read, problem)
        return
    deps.slack.whisper(act.response_url, *blocks.quiet(t, blocks.proposed(t)))
