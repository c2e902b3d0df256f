"""What the clock does for the half-year summary: opening it before a meeting, its message, and its files."""

import json
import logging
from datetime import date

from bot.blocks import summaries as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.errors import SlackError
from bot.exports import summaries as exports
from bot.jobs.deliveries import Handler, Handlers
from bot.rules.kinds import Kind
from bot.rules.summaries import Summary, half_with
from bot.services import people, summaries
from bot.texts import Texts
from storage.models import Delivery

log = logging.getLogger(__name__)


def knock(deps: Deps) -> None:
    """Opens what is due, all or nothing. Raises DatabaseUnavailable, SlackError."""
    summaries.open_due(deps)


def draw(deps: Deps, row: Delivery) -> Message:
    """The message as it reads now, in the recipient's language."""
    return blocks.due(people.words_for(deps, row.recipient), _found(deps, row)[1])


def _found(deps: Deps, row: Delivery) -> tuple[Texts, Summary]:
    """What the summary is made from, and the words of its language: there is none in English."""
    spoken = people.words_for(deps, row.recipient).language
    t = Texts(spoken if spoken in blocks.LANGUAGES else "fi")
    period = half_with(date.fromisoformat(json.loads(row.params)["first"]))
    return t, summaries.gather(deps, period, t.language)


def sent(deps: Deps, row: Delivery) -> None:
    """The message stands: its files follow, when a thread is free for them."""
    deps.run_soon(send_files, row)


def send_files(deps: Deps, row: Delivery) -> None:
    """Puts the files into the message's thread; what Slack refuses is said there. Tried once."""
    t, found = _found(deps, row)
    document, stem = exports.document(t, deps.vocabularies, found), exports.file_stem(t, found)
    place, spoken = (row.channel or row.recipient, row.ts or ""), people.words_for(deps, row.recipient)
    try:
        refused = exports.send(deps, place, t, document.title, exports.files(document, stem))
        told = blocks.not_sent(spoken, refused) if refused else None
    except SlackError:
        told = blocks.not_allowed(spoken)
    try:
        if told:
            deps.slack.post(row.recipient, *told)
    except SlackError as error:
        log.warning("that files were not sent could not be told: %s", error.code)


HANDLERS: Handlers = {Kind.SUMMARY: Handler(draw, summaries.still_wanted, sent)}
