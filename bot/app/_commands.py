"""What is typed: commands and messages, understood by their grammar and answered by the story that is named there."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import ModuleType
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.blocks.labels import meant
from bot.deps import Deps
from bot.rules.commands import Asked, Command, command_of, row_of, spoken_by, understand
from bot.services import handled, people
from bot.slack import Act, as_typed, read_act

UNKEPT = ("form", "file", "offer", "near", "channels", "status", "settings")
"""What may be followed by an observation without a name, or asks for one; the settings keep the language themselves."""
Answers = Mapping[str, Mapping[str, Callable[[Deps, Act, Asked, BoltContext], None]]]
"""By story, and by what is asked."""
Hearers = Mapping[str, Callable[[Deps, Act], None]]
"""By what a message means; "" hears all others."""


def register(app: App, deps: Deps, stories: Sequence[ModuleType]) -> None:
    """The listeners for all that is typed: stories have ANSWERS to commands, and some MESSAGES that they hear."""
    answers = {story.__name__.rpartition(".")[2]: getattr(story, "ANSWERS", {}) for story in stories}
    hearers = {meaning: hear for story in stories for meaning, hear in getattr(story, "MESSAGES", {}).items()}
    names = "|".join(re.escape(name) for command in Command for name, _ in command.value)
    app.command(re.compile(f"^({names})$"))(partial(answer, deps, answers))
    app.event("message")(partial(hear_message, deps, hearers))


def answer(deps: Deps, answers: Answers, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
    ack()
    act = read_act(body)
    command, _ = command_of(act.command)
    asked = _asked(command, as_typed(act.text))
    if spoken_by(act.command) and not (command is Command.REPORT and asked.what in UNKEPT):
        deps.run_soon(people.keep_language, act)
    answers[row_of(command, asked.what).story][asked.what](deps, act, asked, context)


def _asked(command: Command, text: str) -> Asked:
    """What was asked; the words of a button mean the button where sentences are filed, and below the meetings."""
    pressed = meant(text) if command is not Command.DIGEST else ""
    if command is Command.MEETING:
        return Asked("list") if pressed == "meetings" else understand(command, text)
    return Asked(pressed) if pressed else understand(command, text)


def hear_message(deps: Deps, hearers: Hearers, event: dict[str, Any], body: dict[str, Any]) -> None:
    """Passes a person's message to the bot on to its story; stores that it was heard, since Slack repeats some."""
    from_person = event.get("user") and not event.get("bot_id") and event.get("subtype") in (None, "file_share")
    if event.get("channel_type") != "im" or not from_person:
        return
    channel, text = str(event.get("channel")), as_typed(str(event.get("text") or ""))
    if handled.first(deps, "message", channel, str(event.get("ts"))):
        team = str(event.get("user_team") or body.get("team_id") or "")
        act = Act(user=str(event["user"]), team=team, text=text, channel=channel)
        asked = "" if event.get("subtype") else meant(text)
        hearers.get(asked, hearers[""])(deps, act)
