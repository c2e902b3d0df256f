"""Reading stretches of a text in another way (figures for words, words for spaced letters), places kept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen

Sign = tuple[str, int, int]  # as read, and where it begins and ends in the text
Finders = tuple[Callable[[Seen], Iterator[Hit]], ...]

_CONTEXT, _AFTER = 60, 30  # what may name a stretch before it, and what it may count or where it may lie after it


@dataclass(slots=True)
class Stretch:
    """A part of the text and what it says; each sign knows the place it was read from."""

    start: int
    end: int
    signs: list[Sign] = field(default_factory=list)


def find_anew(text: str, stretches: Iterable[Stretch], finders: Finders) -> Iterator[Hit]:
    """What the finders see in the stretches once they are read in their other way."""
    signs, theirs = _read(text, stretches)
    if not signs:
        return
    read = "".join(sign for sign, _, _ in signs)
    seen = Seen(read, read, range(len(read)))
    for find in finders:
        for kind, start, end in find(seen):
            if any(theirs[start:end]):
                yield kind, signs[start][1], signs[end - 1][2]


def _read(text: str, stretches: Iterable[Stretch]) -> tuple[list[Sign], bytearray]:
    """The stretches as they are read with the words around them, each sign with its place; and which are theirs."""
    signs: list[Sign] = []
    theirs = bytearray()
    told = 0
    for one in stretches:
        after, before = min(told + _AFTER, one.start), max(told, one.start - _CONTEXT)
        if signs and after < before:
            signs += [*_typed(text, told, after), ("\n", after, after), ("\n", after, after)]
        signs += _typed(text, before if not signs or after < before else told, one.start)
        theirs += bytes(len(signs) - len(theirs)) + b"\x01" * len(one.signs)
        signs += one.signs
        told = one.end
    if signs:
        signs += _typed(text, told, min(told + _AFTER, len(text)))
    return signs, theirs + bytes(len(signs) - len(theirs))


def _typed(text: str, start: int, end: int) -> list[Sign]:
    return [(text[at], at, at + 1) for at in range(start, end)]
