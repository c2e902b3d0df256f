"""The messages about the summary: that it is time for it, that its files follow, and that Slack did not take them."""

from collections.abc import Sequence

from bot.blocks.parts import Message, actions, button, section, unmarked
from bot.errors import FilesNotAllowed
from bot.rules.summaries import Summary, missing
from bot.texts import Texts


def due(t: Texts, found: Summary) -> Message:
    """Three weeks before a meeting: how much is missing, and the way to it. Its files stand in the thread."""
    text = t("The half-year summary before the network meeting: a first version is in the thread.")
    lacks = len(missing(found))
    said = t.many(
        "One thing is missing in it, or could be clearer.", "{n} things are missing in it, or could be clearer.", lacks
    )
    return text, [section(text), *([section(said)] if lacks else []), _way(t)]


def files_follow(t: Texts, title: str) -> Message:
    text = t("The files are in the thread: {title}", title=title)
    return text, [unmarked(text), _way(t)]


def not_sent(t: Texts, names: Sequence[str]) -> Message:
    """Slack has refused files: what is in them can be made again."""
    text = t(
        "Slack did not take these files: {names}. Nothing is lost: make them again with the button in a while.",
        names=", ".join(names),
    )
    return text, [unmarked(text), _way(t)]


def not_allowed(t: Texts) -> Message:
    """The bot may send no files at all: the summary can be read in its form."""
    text = t(FilesNotAllowed.message)
    return text, [section(text), _way(t)]


def _way(t: Texts) -> dict[str, object]:
    return actions(button("summaries.open", t("Open the summary"), "latest", "primary"))
