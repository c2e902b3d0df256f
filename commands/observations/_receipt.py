"""The receipt: sent, corrected by one tap, edited, undone."""

import logging
import secrets
from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack

from bot.blocks import observations as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.dialogs import is_put_in_place, put_in_place
from bot.errors import DatabaseUnavailable, No, NoLongerEditable, SlackError
from bot.rules.kinds import Kind
from bot.rules.observations import Own
from bot.services import observations, people
from bot.slack import Act, read_act, whole
from bot.texts import Texts
from storage.models import Observation

log = logging.getLogger(__name__)


def tell_filed(deps: Deps, act: Act, t: Texts, rows: Sequence[Observation]) -> None:
    """A receipt for each observation, and one sentence at the command, where it is still open, with the ways there."""
    places = send_receipts(deps, act, t, rows)
    if act.response_url:
        try:
            links = {number: deps.slack.permalink(*place) for number, place in places.items()}
        except SlackError as error:
            log.warning("the way to a receipt is not known: %s", error.code)
            links = {}
        try:
            deps.slack.whisper(act.response_url, *blocks.one_sentence(t, deps.vocabularies, rows, links))
        except SlackError as error:  # after half an hour a command takes no more answers; the receipt says it all
            log.warning("what was filed could not be said at the command: %s", error.code)


def send_receipts(deps: Deps, act: Act, t: Texts, rows: Sequence[Observation]) -> dict[str, tuple[str, str]]:
    """One private message for each observation: at once, whispered at the command, or later by the ledger.

    Who is written to has filed with a name, so that the language of their command may be kept.
    Returns number -> (conversation, ts) of the receipts that stand.
    """
    deps.run_soon(people.keep_language, act)
    places: dict[str, tuple[str, str]] = {}
    for row in rows:
        alike, area_from = observations.alike(deps, row), observations.area_from(deps, row)
        message = blocks.receipt(t, deps.vocabularies, row, alike, area_from=area_from)
        mark = secrets.token_hex(16)
        try:
            channel, ts = deps.slack.deliver(act.user, *message, (mark, Kind.RECEIPT))
        except SlackError as error:
            log.warning("a receipt did not arrive, or not for sure: %s", error.code)
            if error.no is No.NOW or not _whispered(deps, act, message):
                observations.promise_receipt(deps, act.user, row.number, mark, error)
        else:
            places[row.number] = channel, ts
            _remember(deps, t, row.number, channel, ts)
    return places


def _whispered(deps: Deps, act: Act, message: Message) -> bool:
    """Whether the person has the receipt at the command, where Slack takes no message to them now."""
    if not act.response_url:
        return False
    try:
        deps.slack.whisper(act.response_url, *message)
    except SlackError as error:
        log.warning("a receipt could not be whispered: %s", error.code)
        return False
    return True


def _remember(deps: Deps, t: Texts, number: str, channel: str, ts: str) -> None:
    """Where the message stands; where the observation has gone meanwhile, its words go from there too."""
    try:
        if not observations.place_receipt(deps, number, channel, ts, t.language):
            observations.clean_messages(deps, blocks.withdrawn)
    except DatabaseUnavailable:  # the receipts that follow are worth more than this note
        log.warning("where a receipt stands was not stored")


def redraw_receipt(deps: Deps, act: Act, t: Texts, number: str) -> None:
    """The bot's message about the observation shows it as it is now."""
    own = observations.one_of(deps, act.user, number)
    if own.row.receipt_channel and own.row.receipt_ts:
        _draw(deps, act, t, own, own.row.receipt_channel, own.row.receipt_ts)
    deps.redraw_home(act)


def _draw(deps: Deps, act: Act, t: Texts, own: Own, channel: str, ts: str) -> None:
    fixed = t(own.fixed.message, number=own.row.number) if own.fixed else ""
    alike, area_from = observations.alike(deps, own.row), observations.area_from(deps, own.row)
    message = blocks.receipt(t, deps.vocabularies, own.row, alike, fixed, area_from)
    if act.ephemeral:
        deps.slack.whisper(act.response_url, *message, replace=True)
        return
    deps.slack.edit(channel, ts, *message)
    _remember(deps, t, own.row.number, channel, ts)


def correct(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """One tap; where the observation is not to be changed any more, the receipt says why and offers it no more."""
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    field, number = act.action.removeprefix("observations.set_"), act.block_id.removeprefix("correct.")
    try:
        observations.correct(deps, who, number, field, act.value)
    except NoLongerEditable:
        _draw(deps, act, t, observations.one_of(deps, who, number), act.channel, act.message_ts)
        raise
    _draw(deps, act, t, observations.one_of(deps, who, number), act.channel, act.message_ts)


def undo(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """From the receipt: it says so; from a list or the home: that is drawn anew and says so, too."""
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    message = blocks.withdrawn(t, observations.withdraw(deps, who, act.value))
    deps.run_soon(_clean_up, act, "" if act.channel else message[0])
    deps.redraw_home(act)
    if act.action == "observations.undo":
        is_put_in_place(deps, act, message)  # where it is not: the receipt is put right with the other messages
    elif act.ephemeral:
        listed = blocks.own_list(t, deps.vocabularies, observations.latest_of(deps, who))
        is_put_in_place(deps, act, (message[0], [*message[1], *listed[1]]))


def _clean_up(deps: Deps, act: Act, said: str) -> None:
    """Homes are drawn anew by it, without words: what is `said` in the person's own comes after."""
    observations.clean_messages(deps, blocks.withdrawn)
    if said:
        deps.redraw_home(act, said)


def turn_page(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The list of own observations goes on from the place that the button carries."""
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    beyond = whole(act.value) or 0
    found = observations.latest_of(deps, who, beyond)
    put_in_place(deps, act, blocks.own_list(t, deps.vocabularies, found, beyond))


def withdraw_by_code(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    row = observations.withdraw_by_code(deps, who, act.value)
    deps.run_soon(observations.clean_messages, blocks.withdrawn)
    try:
        deps.slack.whisper(act.response_url, *blocks.withdrawn(t, row), replace=True)
    except SlackError as error:  # it is withdrawn all the same, and no message that stays may speak of it
        log.info("what was withdrawn could not be whispered: %s", error.code)
