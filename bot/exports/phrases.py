"""The few words that every format says in the same way."""

from bot.exports.content import Cell, Document
from bot.texts import Texts


def made(t: Texts, document: Document) -> str:
    """The line under the title: period, day, version."""
    about = {"period": document.period, "day": t.date(document.day), "version": document.version}
    return t("Period {period}. Made on {day}, version {version}.", **about)


def said(t: Texts, cell: Cell) -> str:
    """The cell as the language writes it."""
    return cell if isinstance(cell, str) else t.number(cell)
