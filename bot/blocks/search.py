"""How a search looks: its hits, page by page, and how to search."""

import json
from typing import Any

from bot.blocks.observations import classified, status_name
from bot.blocks.parts import Block, Message, actions, button, context, field, line_input, modal, quote, said, section
from bot.blocks.submissions import value_in
from bot.errors import N_
from bot.rules.observations import tidy
from bot.rules.searches import FEW, LONGEST, Found, Under
from bot.rules.vocabularies import Vocabularies
from bot.slack import dig
from bot.texts import Texts
from storage.models import Observation, Phenomenon, Practice

MORE, UNDER, FORM, PAGE = "search.more", "search.under", "search.form", "search.page"
ALSO = {
    "theme": N_("There is more of the same theme: {label}."),
    "area": N_("There is more from the same area: {label}."),
}
FIRST_WORDS, LONGEST_TITLE = 80, 150


def hits(
    t: Texts, vocabularies: Vocabularies, found: Found, following: str, reader: str, *, coordinates: bool = False
) -> Message:
    """One page; `following` is what the button to the next carries. The words of the search are not repeated.

    The `reader` opens what is their own; who `coordinates` opens all.
    """
    too = [_also_under(t, vocabularies, *under) for under in found.also]
    if len(found.rows) <= FEW and not found.before and not coordinates:
        too.append(_searched(t))
    if not found.rows:
        text = t("Nothing was found. Try fewer words, or others that mean the same. Any form of a word will do.")
        return text, [section(text), *too]
    text = _title(t, found)
    drawn = [
        block
        for row in found.rows
        for block in _hit(t, vocabularies, row, _opener(t, row, reader, coordinates=coordinates))
    ]
    if found.more:
        drawn.append(actions(button(MORE, t("Show more ({count})", count=found.more), following)))
    return text, [section(f"*{text}*"), *drawn, *too]


def _also_under(t: Texts, vocabularies: Vocabularies, vocabulary: str, code: str) -> Block:
    """The way to what else stands under the theme or the area of the words."""
    label = vocabularies.label(vocabulary, code, t.language) or code
    return section(t(ALSO[vocabulary], label=label), button(UNDER, t("Show them"), carried("", 0, (vocabulary, code))))


def _searched(t: Texts) -> Block:
    """Who finds little is told that this is not all that others have noticed."""
    return context(
        t(
            "I looked in your own observations, published phenomena and practice cards. What others have filed is seen"
            " by coordinators alone. `/kooste` tells of it in numbers."
        )
    )


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
    if isinstance(row, Phenomenon):
        return button("phenomena.review" if coordinates else "phenomena.read", t("Open"), row.number)
    return button("observations.review", t("Open"), row.number) if coordinates else None


def _hit(
    t: Texts, vocabularies: Vocabularies, row: Observation | Phenomenon | Practice, opens: Block | None
) -> list[Block]:
    if isinstance(row, Practice):
        return [section(t("*{number}* · practice card", number=row.number), opens), quote(row.name, LONGEST_TITLE)]
    status = status_name(t, row.status)
    if isinstance(row, Phenomenon):
        line = t("*{number}* · phenomenon · {status}", number=row.number, status=status)
        return [section(line, opens), quote(row.title, LONGEST_TITLE)]
    line = f"*{row.number}* · {t.day(row.filed_on)} · {status}\n{classified(t, vocabularies, row)}"
    return [section(line, opens), quote(row.text, FIRST_WORDS)]


def form(t: Texts) -> Block:
    """Asks for the words of a search."""
    asked = field("words", t("Words"), line_input("words", "", LONGEST), t("Any form of a word will do."))
    return modal(FORM, t("Search"), t("Close"), [asked], t("Search"))


def read_form(view: object) -> str:
    return tidy(str(value_in(view, "words") or ""))[:LONGEST]


def page(t: Texts, message: Message) -> Block:
    """What was found, as a modal."""
    return modal(PAGE, t("Search"), t("Close"), message[1])


def how(t: Texts) -> Message:
    """The answer to a search without words."""
    return said(
        t(
            "Write what you look for after the command: `/raportoi haku asunto jono`. I look in the observations that"
            " you filed with your name, in published phenomena and in practice cards, for coordinators in all"
            " observations. Any form of a word will do."
        )
    )


def carried(words: str, page: int, under: Under | None = None) -> str:
    """What the button to a page carries, of a search by words or of what stands under a theme or an area."""
    return json.dumps(
        {"w": words, "p": page, **({"u": under} if under else {})}, ensure_ascii=False, separators=(",", ":")
    )


def read_carried(value: str) -> tuple[str, int, Under | None]:
    """The words, the page and the theme or area that a button carried, whatever is odd in it."""
    try:
        loaded: Any = json.loads(value)
    except ValueError:
        loaded = None
    words, page, vocabulary, code = (dig(loaded, *path) for path in (("w",), ("p",), ("u", 0), ("u", 1)))
    return (
        words if isinstance(words, str) else "",
        page if isinstance(page, int) and page > 0 else 0,
        (vocabulary, code) if vocabulary in ALSO and isinstance(code, str) else None,
    )
