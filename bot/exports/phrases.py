"""What every format says in the same way: the line under the title, numbers, and which headings are listed."""

import re

from bot.exports.content import Cell, Document, Link, Section, all_sections, all_tables
from bot.texts import Texts

LONGEST_AUTHOR = 255
MOST_UPRIGHT = 6  # columns
NO_BREAK_SPACE = "\u00a0"
FEWEST_LISTED, MOST_LISTED = 4, 12  # headings that a list of contents is worth, and has room for on the first page


def made(t: Texts, document: Document) -> str:
    """The line under the title: period, day, version."""
    about = {"period": document.period, "day": t.date(document.day), "version": document.version}
    if document.version:
        return t("Period {period}. Made on {day}, version {version}.", **about)
    return t("Period {period}. Made on {day}.", **about) if document.period else t("Made on {day}.", **about)


def under_title(t: Texts, document: Document) -> list[str]:
    """The lines under title and subtitle: whom to ask, of what days it is, and what is to be known of it."""
    return [line for line in (document.sender, made(t, document), *document.about) if line.strip()]


def author(document: Document) -> str:
    """Who makes it, without whom to ask: for the file's property of that name."""
    return document.sender.partition(". ")[0].strip()[:LONGEST_AUTHOR]


def lies(document: Document) -> bool:
    """Whether a table has more columns than an upright page has room for: then all pages lie."""
    return any(len(table.header) > MOST_UPRIGHT for table in all_tables(document))


def said(t: Texts, cell: Cell) -> str:
    """The cell as the language writes it."""
    return cell if isinstance(cell, str) else t.number(cell)


def unbroken(text: str) -> str:
    """The text where no line ends within a number."""
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d)|%)", NO_BREAK_SPACE, text)


def listed(document: Document, deepest: int = 2) -> list[tuple[int, int, Section]]:
    """(number, level, section) of the headings in the list of contents: two levels where these have room, else one."""
    every = [(number, *found) for number, found in enumerate(all_sections(document), start=1)]
    found = [one for one in every if one[1] <= deepest]
    if len(found) > MOST_LISTED and deepest > 1:
        return listed(document, deepest - 1)
    return found if document.contents and len(found) >= FEWEST_LISTED else []


def leads_out(link: Link) -> bool:
    """Whether the address is one that a reader may be sent to; anything else is written out as words."""
    return re.fullmatch(r"(https?://|mailto:)[^\s<>\"]+", link.address) is not None
