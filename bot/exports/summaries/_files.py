"""The files of a summary, one after the other: drawn, sent to who asked, and kept nowhere."""

import logging
from collections.abc import Iterable, Iterator

from bot.deps import Deps
from bot.errors import SlackError
from bot.exports import formats
from bot.exports.content import Document
from bot.texts import Texts

log = logging.getLogger(__name__)


def files(document: Document, stem: str) -> Iterator[tuple[str, bytes]]:
    """(name, content) in every format. Raises TemplateGone."""
    for ending in formats.FORMATS:
        yield f"{stem}.{ending}", formats.drawn(document, ending)


def send(deps: Deps, place: tuple[str, str], t: Texts, title: str, drawn: Iterable[tuple[str, bytes]]) -> list[str]:
    """Puts files, (name, content), into the thread at (channel, ts), each tried once; answers which Slack refused.

    Raises SlackError where the bot may send none at all.
    """
    refused = []
    for name, content in drawn:
        try:
            deps.slack.upload(*place, name, content, t("File: {title}", title=title))
        except SlackError as error:
            log.warning("a file of a summary could not be sent: %s", error.code)
            if error.no_files:
                raise
            refused.append(name)
    return refused
