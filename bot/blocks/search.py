"""How a search looks: its hits, page by page, and how to search."""

import json
from typing import Any

from bot.blocks.observations import classified, status_name
from bot.blocks.parts import Block, Message, actions, button, quote, said, section
from bot.rules.searches import Found
from bot.rules.vocabularies import Vocabularies
from bot.slack import dig
from bot.texts import Texts
from storage.models import Observation, Phenomenon, Practice

MORE = "search.more"
FIRST_WORDS, LONGEST_TITLE = 80, 150


def hits(
    t: Texts, vocabularies: Vocabularies, found: Found, following: str, reader: str, *, coordinates: bool = False
) -> Message:
    """One page; `following` is what the button to the next carries. The words of the search are not repeated.

    The `reader` opens what is their own; who `coordinates` opens all.
    """
    if not found.rows:
        return said(t("Nothing was found. Try fewer words, or others that mean the same. Any form of a word will do."))
    text = _title(t, found)
    drawn = [
        block
        for row in found.rows
        for block in _hit(t, vocabularies, row, _opener(t, row, reader, coordinates=coordinates))
    ]
    if found.more:
        drawn.append(actions(button(MORE, t("Show more ({count})", count=found.more), following)))
    return text, [section(f"*{text}*"), *drawn]


def _title(t: Texts, found: Found) -> str:
    first, last = found.before + 1, found.before + len(found.rows)
    if found.endless:
        return t("Search results {first}–{last} of over {all}. Add a word to find fewer.",
                 first=first, last=last, all=last + found.more)  # fmt: skip
    if found.before or found.more:
        return t("Search results {first}–{last} of {all}", first=first, last=last, all=last + found.more)
    return t.many("{n} search result", "{n} search results", len(found.rows))


def _opener(t: Texts, row: Observation | Phenomenon | Practice, reader: str, *, coordinates: bool) -> Block | None:
    if isinstance(row, Practice):
        return button("practice.read", t("Read"), row.number)
    if isinstance(row, Observation) and row.author == reader:
        return button("observations.open_own", t("Open"), row.number)
    desk = "observations.review" if isinstance(row, Observation) else "phenomena.review"
    return button(desk, t("Open"), row.number) if coordinates else None


def _hit(
    t: Texts, vocabularies: Vocabularies, row: Observation | Phenomenon | Practice, opens: Block | None
) -> list[Block]:
    if isinstance(row, Practice):
        return [section(t("*{number}* · practice card", number=row.number), opens), quote(row.name, LONGEST_TITLE)]
    status = status_name(t, row.status)
    if isinstance(row, Phenomenon):
        line = t("*{number}* · phenomenon · {status}", number=row.number, status=status)
        return [section(line, opens), quote(row.title, LONGEST_TITLE)]
    line = f"*{row.number}* · {t.date(row.filed_on)} · {status}\n{classified(t, vocabularies, row)}"
    return [section(line, opens), quote(row.text, FIRST_WORDS)]


def how(t: Texts) -> Message:
    """The answer to a search without words."""
    return said(
        t(
            "Write what you look for after the word: `/raportoi haku asunto jono`. I look in the observations that you"
            " filed with your name and in published phenomena, for coordinators in all. Any form of a word will do."
        )
    )


def carried(words: str, page: int) -> str:
    """What the button to a page carries."""
    return json.dumps({"w": words, "p": page}, ensure_ascii=False, separators=(",", ":"))


def read_carried(value: str) -> tuple[str, int]:
    """The words and the page that a button carried, whatever is odd in it."""
    try:
        loaded: Any = json.loads(value)
    except ValueError:
        loaded = None
    words, page = dig(loaded, "w"), dig(loaded, "p")
    return (words if isinstance(words, str) else "", page if isinstance(page, int) and page > 0 else 0)
