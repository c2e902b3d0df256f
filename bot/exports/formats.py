"""The formats that a document is drawn in, by the ending of their files: a new one is one new file, and a line here."""

import re
from collections.abc import Callable, Sequence
from importlib import import_module

from bot.errors import TemplateGone
from bot.exports.content import Document, with_words
from bot.exports.phrases import unbroken
from bot.rules.observations import tidy

DRAWERS = {"docx": "word", "html": "page", "xlsx": "workbook", "csv": "separated"}
FORMATS: Sequence[str] = tuple(DRAWERS)
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # what a file cannot hold: seldom met
FLOWING = ("docx", "html")  # whose lines are broken where a reader's page ends
TURNS_LINES = re.compile("[\u202a-\u202e\u2066-\u2069]")  # signs that turn the writing of what comes after them, too


def drawn(document: Document, ending: str) -> bytes:
    """The whole file, with spaces for signs that no file can hold. Raises TemplateGone.

    What draws is loaded here, so that a bot that draws nothing does without it.
    """
    draw: Callable[[Document], bytes] = import_module(f"bot.exports.{DRAWERS[ending]}").drawn
    try:
        return draw(with_words(document, _flowing if ending in FLOWING else writable))
    except FileNotFoundError as error:
        raise TemplateGone from error


def writable(text: str) -> str:
    """The text without what no file can hold, and without what would turn the writing of its neighbours."""
    kept = TURNS_LINES.sub("", text)
    return tidy(kept) if UNWRITABLE.search(kept) else kept.strip()


def _flowing(text: str) -> str:
    return unbroken(writable(text))
