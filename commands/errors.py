"""The one place where what went wrong is said: in the person's language, where they are, with what to do next."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse

from bot.blocks import observations as blocks
from bot.blocks.submissions import again
from bot.deps import Deps
from bot.errors import N_, Problem, SlackError
from bot.logs import trace
from bot.rules.observations import ALPHABET
from bot.services import people
from bot.slack import Act, read_act
from bot.texts import Texts

log = logging.getLogger(__name__)
BROKEN = N_(
    "Something broke on my side. Please try again. If it happens again, give your coordinator this: {reference}"
)


class LastingAck(Ack):
    """An acknowledgement that stays given: Bolt takes it back when the listener fails within the next 10 ms."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "response" or value is not None or not hasattr(self, "response"):
            super().__setattr__(name, value)


def register(app: App, deps: Deps) -> None:
    """Bolt's error listener: expected problems are said as they are, the unknown gets a reference for the log."""

    @app.middleware
    def acknowledge_for_good(context: BoltContext, next: Callable[[], None]) -> None:  # noqa: A002 - Bolt's name for it
        context["ack"] = LastingAck()  # type: ignore[no-untyped-call]
        next()

    @app.error
    def say_what_happened(
        error: Exception, body: dict[str, Any], context: BoltContext, ack: Ack
    ) -> BoltResponse | None:
        """What was not acknowledged yet is so by the answer."""
        act = read_act(body)
        t = people.texts(deps, act)
        text = t(error.message, **error.values) if isinstance(error, Problem) else t(BROKEN, reference=_logged(error))
        if body.get("type") == "view_submission" and ack.response is None:
            return ack(response_action="update", view=again(body.get("view"), text))
        try:
            _say(deps, act, t, text, str(context.get("ticket") or ""))
        except SlackError as unheard:
            log.warning("what went wrong could not be told: %s", unheard.code)
        return ack() if ack.response is None else None


def _logged(error: Exception) -> str:
    reference = "".join(secrets.choice(ALPHABET) for _ in range(6))
    log.error("reference %s: %s", reference, trace(error))
    return reference


def _say(deps: Deps, act: Act, t: Texts, text: str, ticket: str) -> None:
    message = blocks.trouble(t, text, ticket) if ticket else blocks.said(text)
    if act.response_url:
        try:
            deps.slack.whisper(act.response_url, *message)
        except SlackError:  # a command takes answers for half an hour only
            deps.slack.post(act.user, *message)
    elif act.user:
        deps.slack.post(act.user, *message)
