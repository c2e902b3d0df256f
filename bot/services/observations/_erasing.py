"""Words that go: out of the tables in one transaction, and after that out of the bot's own messages; and come back."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import NotAMember, PersonUnknown, SlackError
from bot.rules.block_ids import GONE as GONE_WORDS
from bot.rules.block_ids import WORDS, of_gone, what_and_whose
from bot.rules.statuses import GONE
from bot.services import feedback, people, search
from bot.services.erasures import note_erasure
from bot.services.permissions import coordinators
from bot.slack import Act
from bot.texts import Texts
from storage import deliveries, erasures, hidden, loop, moves
from storage import observations as table
from storage.models import Delivery, Erasure, Move, Observation

Block = dict[str, Any]
Withdrawn = Callable[[Texts, Observation], tuple[str, list[Block]]]
"""Draws what stands in place of the words of an observation that is gone."""
Receipt = Callable[[Texts, Observation], tuple[str, list[Block]]]
"""Draws the receipt of an observation that has come back."""
Entry = Callable[[Texts, Observation, str], Block]
"""Draws the block with the words of an observation in a message of this kind."""

Whole = Callable[[Delivery], tuple[str, list[Block]] | None]
"""Draws a message anew as it reads now; None for one that is put right block by block."""

EDITS_FORBIDDEN = "edit_window_closed"  # by the settings of the workspace; deleting is allowed all the same
MOST = 50  # at a time
MOST_TURNS = 5  # with one message at a time: each turn that finds words means that somebody else has just edited it
log = logging.getLogger(__name__)


def erase(
    session: Session,
    deps: Deps,
    row: Observation,
    status: str,
    last_word: Move | None = None,
    *,
    keeps_hidden: bool = False,
) -> None:
    """Empties the observation: words, author and history go; number, day and what it was about stay.

    `last_word` is what a coordinator says to the reporter with it. What was kept aside, to come back, goes too unless
    it has just been put there. The bot's messages are put right by `clean_messages`.
    """
    note_erasure(deps, status, row.number)
    if not keeps_hidden:
        forget_hidden(session, deps, row.number)
        loop.forget_answers(session, deps.workspace, row.key)
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
    mark_for_erasure(session, deps, row, place, people.words_for(deps, author or "").language, author)


def forget_hidden(session: Session, deps: Deps, number: str) -> None:
    """What was kept of it, to come back, goes for good with its history; the caller holds the observation's row."""
    if one := hidden.get_of_number(session, deps.workspace, number):
        moves.forget(session, deps.workspace, one.key)
        hidden.forget(session, one)


def mark_for_erasure(
    session: Session,
    deps: Deps,
    row: Observation,
    place: tuple[str | None, str | None],
    language: str,
    author: str | None = None,
) -> None:
    """The observation as it was stands in the bot's messages, in a receipt at the place, and in the author's home."""
    channel, ts = place
    one = Erasure(workspace=deps.workspace, number=row.number, language=language, channel=channel, ts=ts, author=author)
    one.version = row.version
    erasures.add(session, one)


def clean_messages(deps: Deps, withdrawn: Withdrawn) -> None:
    """Takes the words of what is gone out of the bot's own messages: receipts, feedback, digests; and out of homes.

    In messages every block that shows words of an observation has an id of `bot.rules.block_ids`; it gives way to what
    `withdrawn` draws, and other blocks whose id ends in the number go. The homes of the author and of coordinators,
    where the queue stands, are drawn anew. What Slack does not do now is tried again, and never given up: at the next
    calls, then ever more seldom.
    Raises DatabaseUnavailable.
    """
    with deps.read() as session:
        marked = [one for one in erasures.waiting(session, deps.workspace) if deps.patience.allows(_mark(one))]
        desks = coordinators(session, deps) if marked else frozenset()
    marked = marked[:MOST]
    clean = [one for one in marked if _is_clean(deps, one, withdrawn)]
    homes = (desks if clean else frozenset()) | {one.author for one in clean if one.author}
    kept = {user for user in homes if not _is_done(partial(_is_drawn_anew, deps, user))}
    for one in marked:
        if one not in clean or kept & {*desks, one.author}:
            deps.patience.failed(_mark(one))
            continue
        with deps.write() as session:
            erasures.done(session, one)
        deps.patience.is_over(_mark(one))


def _is_drawn_anew(deps: Deps, user: str) -> bool:
    """Whether the page of the person, if they are a member, shows what is now. Raises SlackError."""
    try:
        deps.people.member(user)
        if deps.draw_home:
            deps.draw_home(deps, Act(user, deps.workspace))
    except NotAMember:
        return True
    except PersonUnknown:
        return False
    return True


def _mark(one: Erasure) -> str:
    return f"erasure {one.number} {one.ts}"


def _is_clean(deps: Deps, one: Erasure, withdrawn: Withdrawn) -> bool:
    with deps.read() as session:
        row = table.get_by_number(session, deps.workspace, one.number)
        told = deliveries.showing(session, deps.workspace, one.number)
    if row is None or row.status not in GONE:  # it has come back
        return False
    stands = [place for place in told if place[0].state == "sent"]
    deeds = [partial(_is_cleaned, deps, *place, withdrawn) for place in stands]
    if one.channel and one.ts:
        message = withdrawn(Texts(one.language), row)
        deeds.append(partial(_put_in_place, deps, one.channel, one.ts, message, or_delete=True))
    done = [_is_done(deed) for deed in deeds]
    return all(done) and len(stands) == len(told)  # what is under way is waited for


def _is_done(deed: Callable[[], bool]) -> bool:
    """Whether the message or home is as it should be, or it is of no use to try again: it can never be drawn anew."""
    try:
        return deed()
    except SlackError as error:
        log.info("a message or a home that shows words was not drawn anew: %s", error.code)
        return not error.passes


def put_back_messages(deps: Deps, receipt: Receipt, entry: Entry, whole: Whole) -> None:
    """Puts the words as they are now into the bot's own messages: of what has come back, or was redacted.

    `whole` draws a message anew that quotes more than the observation itself; others are put right block by block. The
    homes of the author and of coordinators are drawn anew too. What is deleted again meanwhile is marked anew, so that
    no edit of here lasts. Raises DatabaseUnavailable.
    """
    with deps.read() as session:
        marked = erasures.waiting(session, deps.workspace)
        desks = coordinators(session, deps) if marked else frozenset()
    for one in marked:
        with deps.read() as session:
            row = table.get_by_number(session, deps.workspace, one.number)
            told = deliveries.showing(session, deps.workspace, one.number)
        if row is None or row.status in GONE:
            continue
        stands = [place for place in told if place[0].state == "sent"]
        deeds = [partial(_put_back_in, deps, *place, row, entry, whole) for place in stands]
        if one.channel and one.ts:
            deeds.append(partial(_put_in_place, deps, one.channel, one.ts, receipt(Texts(one.language), row)))
        homes = desks | ({row.author} if row.author else set())
        deeds += [partial(_is_drawn_anew, deps, user) for user in sorted(homes)]
        done = [_is_done(deed) for deed in deeds]
        _settle(deps, one, is_done=all(done) and len(stands) == len(told))


def _settle(deps: Deps, one: Erasure, *, is_done: bool) -> None:
    with deps.write() as session:
        row = table.lock_by_number(session, deps.workspace, one.number)
        if row is not None and row.status in GONE:
            mark_for_erasure(session, deps, row, (one.channel, one.ts), one.language)
        elif is_done:
            erasures.done(session, one)


def _put_back_in(
    deps: Deps, delivery: Delivery, thread: str | None, row: Observation, entry: Entry, whole: Whole
) -> bool:
    channel, ts = delivery.channel or "", delivery.ts or ""
    message = deps.slack.message(channel, ts, thread)
    blocks, places = list(message["blocks"]) if message else [], {(GONE_WORDS, row.number), (WORDS, row.number)}
    here = places & set(map(_named, blocks))
    if message is None or not here:
        return True
    if (GONE_WORDS, row.number) not in here and (anew := whole(delivery)):
        return _put_in_place(deps, channel, ts, anew)
    drawn = entry(people.words_for(deps, delivery.recipient), row, delivery.kind)
    kept = [drawn if _named(block) in places else block for block in blocks]
    return _put_in_place(deps, channel, ts, (str(message.get("text") or ""), kept))


def _is_cleaned(deps: Deps, row: Delivery, thread: str | None, withdrawn: Withdrawn) -> bool:
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
        kept = str(message.get("text") or ""), _without(t, blocks, gone, withdrawn)
        _put_in_place(deps, channel, ts, kept, or_delete=True)
    return False


def _put_in_place(
    deps: Deps, channel: str, ts: str, message: tuple[str, list[Block]], *, or_delete: bool = False
) -> bool:
    """Edits the message; one that shows words goes whole (`or_delete`) where the workspace forbids edits.

    Raises SlackError; returns True.
    """
    try:
        deps.slack.edit(channel, ts, *message)
    except SlackError as error:
        if not or_delete or error.code != EDITS_FORBIDDEN:
            raise
        deps.slack.delete(channel, ts)
    return True


def _gone_in(deps: Deps, blocks: list[Block]) -> dict[str, Observation]:
    numbers = {number for kind, number in map(_named, blocks) if kind == WORDS}
    with deps.read() as session:
        return {row.number: row for row in table.get_gone(session, deps.workspace, numbers)}


def _without(t: Texts, blocks: list[Block], gone: dict[str, Observation], withdrawn: Withdrawn) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        kind, number = _named(block)
        if number not in gone:
            kept.append(block)
        elif kind == WORDS:
            kept.append({**withdrawn(t, gone[number])[1][0], "block_id": of_gone(number)})
        elif kind == GONE_WORDS:
            kept.append(block)
    return kept


def _named(block: Block) -> tuple[str, str]:
    return what_and_whose(block.get("block_id"))
