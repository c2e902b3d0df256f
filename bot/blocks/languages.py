"""One message in each language of the channel: the network's own words twice, what a person wrote once."""

import re
from collections.abc import Callable, Sequence
from functools import reduce

from bot.blocks.parts import Block, Message, plain
from bot.texts import Texts

SECTION, HEADER, LABEL, SHORT = 3000, 150, 75, 40
WITHOUT_WORDS = ("actions", "divider")


def in_each(words: Sequence[Texts], draw: Callable[[Texts], Message]) -> Message:
    """The message as drawn in one language; with more, each block in each language below or beside one another."""
    return reduce(_joined, map(draw, words))


def _joined(one: Message, other: Message) -> Message:
    """Both in one. What is the same in both, a title or a coordinator's own text, stands once."""
    text = one[0] if one[0] == other[0] else f"{one[0]} / {other[0]}"
    if [block["type"] for block in one[1]] != [block["type"] for block in other[1]]:
        return text, [*one[1], *(block for block in other[1] if block["type"] not in WITHOUT_WORDS)]
    return text, [block for pair in zip(one[1], other[1], strict=True) for block in _pair(*pair)]


def _pair(one: Block, other: Block) -> list[Block]:
    if one == other:
        return [one]
    if one["type"] == "actions":
        return [{**one, "elements": [_button(*pair) for pair in zip(one["elements"], other["elements"], strict=True)]}]
    if one["type"] == "context":
        return [{**one, "elements": [*one["elements"], *other["elements"]]}]
    most = HEADER if one["type"] == "header" else SECTION
    first, second = one["text"]["text"], other["text"]["text"]
    joined = _lines(first, second, " / " if most == HEADER else "\n")
    if len(joined) <= most:
        return [{**one, "text": {**one["text"], "text": joined}}]
    return [one, {name: value for name, value in other.items() if name not in ("accessory", "block_id")}]


def _lines(one: str, other: str, between: str) -> str:
    """Short lines that stand for each other side by side, what is the same in both once; else one below the other."""
    first, second = one.split("\n"), other.split("\n")
    if len(first) != len(second) or max(map(len, first + second)) > SHORT:
        return one + between + other
    pairs = zip(first, second, strict=True)
    return "\n".join(mine if mine == theirs else f"{mine} / {theirs}" for mine, theirs in pairs)


def _button(one: Block, other: Block) -> Block:
    """A button with both labels, without what stands in brackets where they do not fit; at worst with the first."""
    first, second = one["text"]["text"], other["text"]["text"]
    if first == second:
        return one
    both = f"{first} / {second}"
    short = both if len(both) <= LABEL else re.sub(r" ?\([^()]*\)", "", both)
    return {**one, "text": plain(short if len(short) <= LABEL else first)}
