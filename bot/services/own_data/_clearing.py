"""What the bot takes out of Slack again: files that it has handed out, and messages to somebody who is erased."""

import logging
import secrets
from collections.abc import Callable, Mapping

from bot.deps import Deps
from bot.errors import SlackError
from bot.rules.own_data import HANDED_OUT_FOR
from bot.services.people import words_for
from bot.texts import Texts
from storage import own_data as table
from storage.models import Clearing

Message = tuple[str, list[dict[str, object]]]
EDITS_FORBIDDEN = "edit_window_closed"
log = logging.getLogger(__name__)


def hand_out(deps: Deps, user: str, files: Mapping[str, bytes], message: Message, alt: str) -> None:
    """Puts the files and the message into the person's own conversation; all of it goes by itself after a week.

    What goes is known before it can be seen. Raises SlackError, DatabaseUnavailable.
    """
    for name, content in files.items():
        deps.slack.upload(user, "", name, content, alt, lambda file: _remember(deps, user, file=file))
    channel, ts = deps.slack.post(user, *message)
    _remember(deps, user, channel=channel, ts=ts)


def _remember(deps: Deps, user: str, **place: str) -> None:
    language, due_at = words_for(deps, user).language, deps.now() + HANDED_OUT_FOR
    row = {"key": secrets.token_hex(16), "workspace": deps.workspace, "user": user, "language": language}
    with deps.write() as session:
        session.add(Clearing(**row, due_at=due_at, **place))


def take_away(deps: Deps, user: str) -> int:
    """What was handed out to the person is to go now; answers how many files and messages these are."""
    with deps.write() as session:
        return table.hasten(session, deps.workspace, user, deps.now())


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
        log.info("something of the bot's own could not be taken out of Slack: %s", error.code)
        deps.patience.failed(row.key)
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
