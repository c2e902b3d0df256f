"""The digest's budget: which observations stand in which message, worked out before anything is drawn."""

import html
from collections.abc import Iterable
from dataclasses import dataclass

from bot.rules.vocabularies import Vocabularies

FIRST_WORDS = 200  # characters of an observation that a digest shows
MOST_BLOCKS = 45  # observations in a message of the thread: Slack takes 50 blocks
ROOM = 11_000  # characters in a message of the thread: Slack takes about 13,000 in all blocks together
MAIN_BLOCKS, MAIN_ROOM = 30, 5_000  # what the main message has left beside its figures
FRAME = 40  # characters around an observation: its number, dots, quotation marks, the button


@dataclass(frozen=True, slots=True)
class Shown:
    """An observation as a digest shows it: `text` is its beginning, "" where it was withdrawn meanwhile."""

    number: str
    kind: str
    theme: str
    area: str | None
    status: str
    text: str


def paged(found: Iterable[Shown], vocabularies: Vocabularies) -> list[list[str]]:
    """The numbers of each message's observations, the main one first (empty where there are none); each stands in one.

    Counted is what Slack counts: the text as sent, after escaping, with the labels of the language that takes most.
    """
    pages: list[list[str]] = [[]]
    blocks, room = MAIN_BLOCKS, MAIN_ROOM
    for one in found:
        size = cost(one, vocabularies)
        if blocks == 0 or size > room:
            pages.append([])
            blocks, room = MOST_BLOCKS, ROOM
        pages[-1].append(one.number)
        blocks, room = blocks - 1, room - size
    return pages


def cost(one: Shown, vocabularies: Vocabularies) -> int:
    """At most so many characters does the observation take, in whatever language."""
    labels = sum(
        max(len(escaped(vocabularies.label(name, code, language) or code or "")) for language in ("fi", "sv", "en"))
        for name, code in (("kind", one.kind), ("theme", one.theme), ("area", one.area))
    )
    return FRAME + labels + len(escaped(one.text[:FIRST_WORDS]))


def escaped(text: str) -> str:
    return html.escape(text, quote=False)
