"""Words that go: out of the tables in one transaction, and after that out of the bot's own messages."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import SlackError
from bot.services import feedback, people, search
from bot.services.networks import coordinators
from bot.slack import Act
from bot.texts import Texts
from storage import deliveries, erasures, moves
from storage import observations as table
from storage.models import Delivery, Erasure, Move, Observation

Block = dict[str, Any]
Withdrawn = Callable[[Texts, Observation], tuple[str, list[Block]]]
"""Draws what stands in place of the words of an observation that is gone."""

EDITS_FORBIDDEN = "edit_window_closed"  # by the settings of the workspace; deleting is allowed all the same
MOST = 50  # at a time
MOST_TURNS = 5  # with one message at a time: each turn that finds words means that somebody else has just edited it
log = logging.getLogger(__name__)


def erase(session: Session, deps: Deps, row: Observation, status: str, last_word: Move | None = None) -> None:
    """The observation keeps its number, its day and what it was about; words, author and history go.

    `last_word` is what a coordinator says to the reporter with it. The bot's messages are put right by
    `clean_messages`.
    """
    author, place = row.author, (row.receipt_channel, row.receipt_ts)
    moves.forget(session, deps.workspace, row.key)
    row.status, row.text, row.proposal, row.author, row.filed_at = status, "", "", None, None
    row.receipt_channel = row.receipt_ts = row.due_on = row.review_on = row.phenomenon = row.same_as = None
    row.version += 1
    search.index(session, deps, row)
    session.add(row)
    if last_word is not None:
        moves.add(session, last_word)
        if author:
            feedback.promise_last_word(session, deps, author, last_word)
    mark_for_erasure(session, deps, row.number, place, people.words_for(deps, author or "").language)


def mark_for_erasure(
    session: Session, deps: Deps, number: str, place: tuple[str | None, str | None], language: str
) -> None:
    """The words of the observation may stand in the bot's messages, and in a receipt at the place if there is one."""
    channel, ts = place
    one = Erasure(workspace=deps.workspace, number=number, language=language, channel=channel, ts=ts)
    erasures.add(session, one)


def clean_messages(deps: Deps, withdrawn: Withdrawn) -> None:
    """Takes the words of what is gone out of the bot's own messages: receipts, feedback, digests.

    In these every block that shows words of an observation has the id `words.<number>`; it gives way to what
    `withdrawn` draws, and other blocks whose id ends in the number go. Coordinators' homes, where the queue stands, are
    drawn anew. What Slack does not do now is tried again, and never given up: at the next calls, then ever more seldom.
    Raises DatabaseUnavailable.
    """
    with deps.read() as session:
        marked = [one for one in erasures.waiting(session, deps.workspace) if deps.patience.allows(_mark(one))]
        desks = coordinators(session, deps) if marked else frozenset()
    done = False
    for one in marked[:MOST]:
        if _is_clean(deps, one, withdrawn):
            with deps.write() as session:
                erasures.done(session, one)
            deps.patience.is_over(_mark(one))
            done = True
        else:
            deps.patience.failed(_mark(one))
    for user in filter(deps.people.known, desks if done else ()):
        deps.redraw_home(Act(user, deps.workspace))


def _mark(one: Erasure) -> str:
    return f"erasure {one.number} {one.ts}"


def _is_clean(deps: Deps, one: Erasure, withdrawn: Withdrawn) -> bool:
    with deps.read() as session:
        row = table.find(session, deps.workspace, one.number)
        told = deliveries.showing(session, deps.workspace, one.number)
    stands = [(delivery, thread) for delivery, thread in told if delivery.state == "sent"]
    clean = [partial(_clean, deps, delivery, thread, withdrawn) for delivery, thread in stands]
    if row is not None and one.channel and one.ts:
        clean.append(partial(_put_in_place, deps, one.channel, one.ts, withdrawn(Texts(one.language), row)))
    done = [_is_done(deed) for deed in clean]
    return all(done) and len(stands) == len(told)  # what is under way is waited for


def _is_done(deed: Callable[[], bool]) -> bool:
    """Whether the message is clean, or it is of no use to try again: it is gone, or can never be edited."""
    try:
        return deed()
    except SlackError as error:
        if error.passes:
            log.warning("words could not be taken out of a message yet: %s", error.code)
        else:
            log.info("a message that showed words cannot be edited: %s", error.code)
        return not error.passes


def _clean(deps: Deps, row: Delivery, thread: str | None, withdrawn: Withdrawn) -> bool:
    """Whether the message shows no words of what is gone: read again after each edit, since others edit it too.

    Raises SlackError.
    """
    channel, ts = row.channel or "", row.ts or ""
    t = people.words_for(deps, row.recipient)
    for _ in range(MOST_TURNS):
        message = deps.slack.message(channel, ts, thread)
        blocks = list(message["blocks"]) if message else []
        gone = _gone_in(deps, blocks)
        if message is None or not gone:
            return True
        _put_in_place(deps, channel, ts, (str(message.get("text") or ""), _without(t, blocks, gone, withdrawn)))
    return False


def _put_in_place(deps: Deps, channel: str, ts: str, message: tuple[str, list[Block]]) -> bool:
    """True: it is done. Where the workspace allows no late edits, the whole message goes. Raises SlackError."""
    try:
        deps.slack.edit(channel, ts, *message)
    except SlackError as error:
        if error.code != EDITS_FORBIDDEN:
            raise
        deps.slack.delete(channel, ts)
    return True


def _gone_in(deps: Deps, blocks: list[Block]) -> dict[str, Observation]:
    numbers = {number for kind, number in map(_named, blocks) if kind == "words"}
    with deps.read() as session:
        return {row.number: row for row in table.gone(session, deps.workspace, numbers)}


def _without(t: Texts, blocks: list[Block], gone: dict[str, Observation], withdrawn: Withdrawn) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        kind, number = _named(block)
        if number not in gone:
            kept.append(block)
        elif kind == "words":
            kept.append({**withdrawn(t, gone[number])[1][0], "block_id": f"gone.{number}"})
        elif kind == "gone":
            kept.append(block)
    return kept


def _named(block: Block) -> tuple[str, str]:
    kind, _, number = str(block.get("block_id") or "").partition(".")
    return kind, number
