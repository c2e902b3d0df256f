"""What the bot takes out of Slack again: files that it has handed out, and messages to somebody who is erased."""

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import SlackError
from bot.rules.own_data import HANDED_OUT_FOR, TOLD_AFTER
from bot.services.people import words_for
from bot.texts import Texts
from storage import own_data as table
from storage.database import Database, Unavailable
from storage.models import Clearing

Message = tuple[str, list[dict[str, object]]]
EDITS_FORBIDDEN = "edit_window_closed"
NOT_THERE = ("message_not_found", "channel_not_found", "file_not_found", "file_deleted")
log = logging.getLogger(__name__)


def hand_out(deps: Deps, user: str, files: Mapping[str, bytes], message: Message, alt: str) -> None:
    """Puts the files and the message into the person's own conversation; all of it goes by itself after a week.

    A file is known before it can be seen; the message goes at once if its files were taken away before it was known
    where it stands. Raises SlackError, DatabaseUnavailable.
    """
    keys = [secrets.token_hex(16) for _ in files]
    for key, (name, content) in zip(keys, files.items(), strict=True):
        deps.slack.upload(user, "", name, content, alt, partial(_remember_file, deps, user, key))
    channel, ts = deps.slack.post(user, *message)
    _remember(deps, user, secrets.token_hex(16), keys, channel=channel, ts=ts)


def _remember_file(deps: Deps, user: str, key: str, file: str) -> None:
    _remember(deps, user, key, file=file)


def _remember(deps: Deps, user: str, key: str, beside: Sequence[str] = (), **place: str) -> None:
    now = deps.now()
    row = {"key": key, "workspace": deps.workspace, "user": user, "language": words_for(deps, user).language}
    with deps.write() as session:
        stands = table.still_stand(session, beside, now)
        session.add(Clearing(**row, due_at=now + HANDED_OUT_FOR if stands else now, **place))


def take_away(deps: Deps, user: str) -> int:
    """What was handed out to the person is to go now; answers how many files and messages these are."""
    with deps.write() as session:
        return table.hasten(session, deps.workspace, user, deps.now())


def unfinished(session: Session, now: datetime) -> int:
    """How many people and messages should have been erased an hour ago, and are not."""
    return table.overdue(session, now - TOLD_AFTER)


def unfinished_in(database: Database, now: datetime) -> int | None:
    """The same for whoever has no bot; None where the database does not answer."""
    try:
        with database.read() as session:
            return unfinished(session, now)
    except Unavailable:
        return None


def clear(deps: Deps, gone: Callable[[Texts], Message]) -> None:
    """Takes away what is due: files go, messages say `gone`. What Slack does not do now is tried again.

    Raises DatabaseUnavailable.
    """
    with deps.read() as session:
        rows = table.to_clear(session, deps.workspace, deps.now())
    for row in rows:
        if deps.patience.allows(row.key) and _is_cleared(deps, row, gone(Texts(row.language))):
            with deps.write() as session:
                table.cleared(session, row.key)


def _is_cleared(deps: Deps, row: Clearing, message: Message) -> bool:
    try:
        _take_out_of_slack(deps, row, message)
    except SlackError as error:
        deps.patience.failed(row.key)
        if not error.passes and error.code not in NOT_THERE:
            log.warning("something of the bot's own stays in Slack, which refuses to take it out: %s", error.code)
        else:
            log.info("something of the bot's own could not be taken out of Slack: %s", error.code)
        return not error.passes
    return True


def _take_out_of_slack(deps: Deps, row: Clearing, message: Message) -> None:
    if row.file:
        deps.slack.delete_file(row.file)
        return
    try:
        deps.slack.edit(row.channel or "", row.ts or "", *message)
    except SlackError as error:
        if error.code != EDITS_FORBIDDEN:
            raise
        deps.slack.delete(row.channel or "", row.ts or "")
