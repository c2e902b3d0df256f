"""The receipt: sent, corrected by one tap, edited, undone."""

import logging
from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack

from bot.blocks import observations as blocks
from bot.deps import Deps
from bot.errors import DatabaseUnavailable, SlackError, SlackUnclear
from bot.services import observations, people, search
from bot.slack import Act, read_act
from bot.texts import Texts
from storage.models import Observation

log = logging.getLogger(__name__)


def tell_filed(deps: Deps, act: Act, t: Texts, rows: Sequence[Observation]) -> None:
    """One sentence at the command, where it is still open, and a receipt for each observation."""
    if act.response_url:
        try:
            deps.slack.whisper(act.response_url, *blocks.one_sentence(t, deps.vocabularies, rows))
        except SlackError as error:  # after half an hour a command takes no more answers; the receipt says it all
            log.warning("what was filed could not be said at the command: %s", error.code)
    send_receipts(deps, act, t, rows)


def send_receipts(deps: Deps, act: Act, t: Texts, rows: Sequence[Observation]) -> None:
    """One private message for each observation. Where Slack refuses it, the receipt is whispered at the command."""
    for row in rows:
        message = _drawn(deps, t, row)
        try:
            channel, ts = deps.slack.post(act.user, *message)
        except SlackUnclear:
            log.warning("a receipt may not have arrived")  # a repeat could arrive twice; the observation is safe
        except SlackError as error:
            log.warning("a receipt was refused: %s", error.code)
            if act.response_url:
                deps.slack.whisper(act.response_url, *message)
        else:
            _remember(deps, row, channel, ts)


def _drawn(deps: Deps, t: Texts, row: Observation) -> blocks.Message:
    """The receipt with the phenomena that may be the same, until it is known which one is."""
    if row.same_as or row.phenomenon:
        return blocks.receipt(t, deps.vocabularies, row)
    try:
        alike = [(one.phenomenon, one.count) for one in search.similar_phenomena(deps, row.text)]
    except DatabaseUnavailable:  # the receipt itself is worth more
        alike = []
    return blocks.receipt(t, deps.vocabularies, row, alike)


def _remember(deps: Deps, row: Observation, channel: str, ts: str) -> None:
    try:
        observations.place_receipt(deps, row.number, channel, ts)
    except DatabaseUnavailable:  # the receipts that follow are worth more than this note
        log.warning("where a receipt stands was not stored")


def redraw_receipt(deps: Deps, t: Texts, row: Observation) -> None:
    """The bot's message about the observation shows it as it is now."""
    if row.receipt_channel and row.receipt_ts:
        deps.slack.edit(row.receipt_channel, row.receipt_ts, *_drawn(deps, t, row))


def correct(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    t = people.speak_to(deps, act)
    field = act.action.removeprefix("observations.set_")
    row = observations.correct(deps, act.user, act.block_id.removeprefix("correct."), field, act.value)
    _redraw(deps, act, _drawn(deps, t, row))


def undo(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    t = people.speak_to(deps, act)
    row, (channel, ts) = observations.withdraw(deps, act.user, act.value)
    message = blocks.withdrawn(t, row)
    _redraw(deps, act, message)
    if channel and ts != act.message_ts:  # withdrawn elsewhere, so the receipt is put right as well
        deps.slack.edit(channel, ts, *message)


def _redraw(deps: Deps, act: Act, message: blocks.Message) -> None:
    """The message that was acted on is put right, whether it stands in the history or was whispered."""
    if act.ephemeral:
        deps.slack.whisper(act.response_url, *message, replace=True)
    else:
        deps.slack.edit(act.channel, act.message_ts, *message)
