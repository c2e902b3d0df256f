"""The one place where what went wrong is said: in the person's language, where they are, with what to do next."""

import logging
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.middleware import Middleware

from bot.blocks import observations as blocks
from bot.blocks.parts import Message, said
from bot.blocks.submissions import act_in, again, carried_in, holds_words, offered
from bot.deps import Deps
from bot.dialogs import tell
from bot.errors import (
    N_,
    ChangedMeanwhile,
    CodeNotFound,
    FormNotKnown,
    No,
    NoLongerEditable,
    NotACode,
    NotKnown,
    Problem,
    SlackError,
    TooManyGuesses,
    TriggerExpired,
    ViewClosed,
    WordsGone,
)
from bot.logs import trace
from bot.rules.observations import ALPHABET, Draft
from bot.services import people
from bot.slack import Act, as_typed, read_act
from bot.texts import Texts

PAUSES = (5.0, 30.0, 180.0)  # seconds; a command takes answers for half an hour
log = logging.getLogger(__name__)
BROKEN = N_(
    "Something broke on my side. Please try again. If it happens again, give your coordinator this: {reference}"
)
UNHEARD = N_("Slack did not answer just now. Please try again in a moment.")
ACTS = ("view_submission", "block_actions", "shortcut", "message_action")
UNSPOKEN = ("event_callback", "view_closed", "block_suggestion")  # nobody waits for words


class LastingAck(Ack):
    """An acknowledgement that stays given: Bolt takes it back when the listener fails within the next 10 ms."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "response" or value is not None or not hasattr(self, "response"):
            super().__setattr__(name, value)


class _AckForGood(Middleware):
    """A class of Bolt's own kind, as in commands.repeats."""

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse | None:  # noqa: A002, ARG002 - as Bolt calls it
        req.context["ack"] = LastingAck()  # type: ignore[no-untyped-call]
        return next()


def register(app: App, deps: Deps) -> None:
    """Bolt's error listener: expected problems are said as they are, the unknown gets a reference for the log.

    What no listener knows is another release's, and is told so.
    """
    app.use(_AckForGood())
    app.error(partial(say_what_happened, deps))
    app.action("submissions.open_again")(partial(open_again, deps))


def say_what_happened(
    deps: Deps, error: Exception, body: dict[str, Any], context: BoltContext, ack: Ack
) -> BoltResponse | None:
    """Says what went wrong, and acknowledges what was not acknowledged yet.

    The first of these that fits decides:
    1. What no listener knows comes from another release: that is said, but not of events and closed views.
    2. A form that somebody closed with nothing typed in it: nothing is said.
    3. A submitted form without an answer yet: the form again, with the sentence above what was typed.
    4. Words on the shelf: the sentence, and a button that opens the form with them.
    5. A submitted form that was answered already: the sentence, and a button that opens the same form again.
    6. Anything else: the sentence, where the person acted or in a private message.
    """
    if isinstance(error, BoltUnhandledRequestError):
        if (unknown := _unknown(deps, body, context)) is None:
            return ack(options=[]) if body.get("type") in UNSPOKEN else None
        error = unknown
    act, ticket = act_in(body), str(context.get("ticket") or "")
    t, is_form = people.texts(deps, act), body.get("type") == "view_submission"
    if isinstance(error, ViewClosed) and not (ticket or (is_form and holds_words(body.get("view")))):
        return ack() if ack.response is None else None  # they did not want it any more, and nothing is lost
    text = _words_of(t, error)
    if is_form and ack.response is None:
        return ack(response_action="update", view=again(body.get("view"), text))
    lasting = _lasting(t, error, act, body) or text
    text = text if act.response_url else lasting
    if is_form and not ticket:
        message = offered(t, text, deps.forms.put(act.user, again(body.get("view"), text)))
    else:
        message = blocks.trouble(t, text, f"{ticket} {act.command}") if ticket else said(text)
    saying = (act, message, message if text == lasting else said(lasting), PAUSES)
    if ack.response is None:  # what Slack waits for comes first
        deps.run_soon(say_patiently, *saying)
        return ack()
    say_patiently(deps, *saying)
    return None


def _unknown(deps: Deps, body: dict[str, Any], context: BoltContext) -> NotKnown | None:
    """What is said of a request that no listener knows, and the words of a command kept; None where nothing is said."""
    kind, act = "command" if body.get("command") else body.get("type"), read_act(body)
    log.warning("Slack sent what this release does not know (%s)", kind if kind in (*ACTS, *UNSPOKEN) else "other")
    if kind == "command" and act.text:
        context["ticket"] = deps.shelf.put(act.user, Draft(text=as_typed(act.text)))
    if kind == "view_submission":
        return FormNotKnown()
    return NotKnown() if kind in ("command", *ACTS) else None


def open_again(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The form that could not be stored, or that another one stands in the place of, with all that was typed in it."""
    ack()
    act = read_act(body)
    if (view := deps.forms.get(act.user, act.value)) is None:
        raise WordsGone
    if act.depth:
        deps.slack.update_view(act.view_id, view)
    else:
        deps.slack.open_view(act.trigger, view)


def _words_of(t: Texts, error: Exception) -> str:
    if isinstance(error, ViewClosed):
        return t(TriggerExpired.message)
    return t(error.message, **error.values) if isinstance(error, Problem) else t(BROKEN, reference=_logged(error))


def _logged(error: Exception) -> str:
    reference = "".join(secrets.choice(ALPHABET) for _ in range(6))
    log.error("reference %s: %s", reference, trace(error))
    return reference


def _lasting(t: Texts, error: Exception, act: Act, body: dict[str, Any]) -> str:
    """What is said instead in a message that stays, where the words would tell that somebody has filed without a name.

    "" where they would not.
    """
    by_code = act.action.endswith("_by_code") or carried_in(body.get("view") or {}).get("k")
    if isinstance(error, NoLongerEditable) and by_code:
        return t(ChangedMeanwhile.message)
    return t(UNHEARD) if isinstance(error, CodeNotFound | NotACode | TooManyGuesses) else ""


def say_patiently(deps: Deps, act: Act, message: Message, lasting: Message, pauses: Sequence[float]) -> None:
    """Says it now, or after the pauses where Slack refuses it at this moment: words that wait are offered with it."""
    try:
        tell(deps, act, message, lasting)
    except SlackError as unheard:
        log.warning("what went wrong could not be told: %s", unheard.code)
        if unheard.no is No.NOW and pauses:
            deps.run_after(pauses[0], say_patiently, act, message, lasting, pauses[1:])
