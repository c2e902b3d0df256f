"""Numbers that are dictated: `nolla neljä nolla`, `noll fyra noll`, `2 3 0 9 6 4 viiva 9 5 1 9`, read as figures."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen
from bot.rules.privacy._words import rows_of_words

_ROWS = rows_of_words("number_words")
_SILENT = _ROWS["silent"]
_SPOKEN = {word: value.upper() for value, words in _ROWS.items() if value != "silent" for word in words}
_ONES = {word: value for word, value in _SPOKEN.items() if value.isdigit() and len(value) == 1}
_SPOKEN |= {
    f"{tens}{middle}{ones}": f"{ten}{one}"
    for tens, ten in _ONES.items()
    for middle in ("kymmenta", "kymment", "kyta", "kytta", "kyt")
    for ones, one in {**_ONES, "": "0"}.items()
}
_SPOKEN |= {f"{ones}{ten}": f"1{one}" for ones, one in _ONES.items() for ten in ("toista", "toist")}
_SPOKEN |= {
    f"{tens}{ones}": f"{ten[0]}{one}"
    for tens, ten in list(_SPOKEN.items())
    if ten in {"20", "30", "40", "50", "60", "70", "80", "90"} and tens.endswith(("o", "i", "y"))
    for ones, one in _ONES.items()
}
_TWICE = frozenset({"tupla", "tuplana", "dubbel", "dubbla", "double"})
_PASSING = _SILENT | _TWICE
_ONE = re.compile("|".join(sorted((one for one in _ONES if len(one) > len("en")), key=len, reverse=True)))
_GLUED = re.compile(rf"(?:{_ONE.pattern}){{2,40}}+")
_TOKEN = re.compile(r"[A-Za-z]+|[0-9]+")
_BETWEEN = re.compile(r"[\s,.:/()+-]{0,4}")
_ENGLISH_TENS = re.compile(r"[a-z]+ty")

_FIGURES_OF_DAY, _FIGURES_OF_TAIL = 6, 3
_FEWEST_WORDS, _FEWEST_FIGURES, _FEWEST_APART, _FEWEST_TO_CALL = 3, 6, 7, 9
_CONTEXT, _AFTER = 60, 30  # what may name the number before it, and what it may count or where it may lie after it


_Sign = tuple[str, int, int]  # as read, and where it begins and ends in the text


@dataclass(slots=True)
class _Row:
    """Words and figures that follow one another, and what they say; each sign knows the place it was read from."""

    start: int
    end: int
    signs: list[_Sign] = field(default_factory=list)
    words: int = 0
    apart: int = 0
    slashed: bool = False
    marked: bool = False
    figures: int = 0
    since_sign: int = 0

    def add(self, said: str, start: int, end: int) -> None:
        self.signs += [(sign, start, end) for sign in said]
        self.end = end
        if said.isdigit():
            self.figures += len(said)
            self.since_sign += len(said)
        elif said != " ":
            self.since_sign = 0

    def is_number(self) -> bool:
        """Whether it was dictated: enough words, a sign by its name, or figures one by one that a slash parts."""
        told = self.marked or (self.slashed and self.apart >= _FEWEST_APART)
        begun = self.words > 0 and self.signs[0][0] == "0" and self.figures >= _FEWEST_TO_CALL
        return begun or self.words >= _FEWEST_WORDS or (told and self.figures >= _FEWEST_FIGURES)


def find_dictated(seen: Seen, finders: tuple[Callable[[Seen], Iterator[Hit]], ...]) -> Iterator[Hit]:
    """What the finders see in the dictated numbers once they stand as figures."""
    signs, dictated = _as_figures(seen.text)
    if not signs:
        return
    read = "".join(sign for sign, _, _ in signs)
    figures = Seen(read, read, range(len(read)))
    for find in finders:
        for kind, start, end in find(figures):
            if any(dictated[start:end]):
                yield kind, signs[start][1], signs[end - 1][2]


def _as_figures(text: str) -> tuple[list[_Sign], bytearray]:
    """The dictated rows as figures with the words around them, each sign with its place; and which signs are theirs."""
    signs: list[_Sign] = []
    dictated = bytearray()
    told = 0
    for row in _rows(text):
        after, before = min(told + _AFTER, row.start), max(told, row.start - _CONTEXT)
        if signs and after < before:
            signs += [*_typed(text, told, after), ("\n", after, after), ("\n", after, after)]
        signs += _typed(text, before if not signs or after < before else told, row.start)
        dictated += bytes(len(signs) - len(dictated)) + b"\x01" * len(row.signs)
        signs += row.signs
        told = row.end
    if signs:
        signs += _typed(text, told, min(told + _AFTER, len(text)))
    return signs, dictated + bytes(len(signs) - len(dictated))


def _typed(text: str, start: int, end: int) -> list[_Sign]:
    return [(text[at], at, at + 1) for at in range(start, end)]


def _rows(text: str) -> Iterator[_Row]:
    """Every row that says a number."""
    return (row for row in _all_rows(text) if row.is_number())


def _all_rows(text: str) -> Iterator[_Row]:
    row: _Row | None = None
    twice = False
    for token in _TOKEN.finditer(text):
        word = token[0].lower()
        said = _said(word)
        if row and (not _BETWEEN.fullmatch(text, row.end, token.start()) or not (said or word in _PASSING)):
            yield row
            row, twice = None, False
        if said.isdigit():
            row = row or _Row(token.start(), token.end())
            _add_figures(text, row, said * 2 if twice else said, token)
            twice = False
        elif word in _PASSING:
            twice = word in _TWICE
            if row:
                row.end = token.end()
        elif row:
            _add_sign(row, said, token)
    if row:
        yield row


def _said(word: str) -> str:
    """The figures or the sign that a word says, several when they are written together; empty for other words."""
    if word in _PASSING:
        return ""
    said = word if word[0].isdigit() else _SPOKEN.get(word) or (word.upper() if len(word) == 1 else "")
    if said or not _GLUED.fullmatch(word):
        return said
    return "".join(_ONES[one] for one in _ONE.findall(word))


def _add_figures(text: str, row: _Row, said: str, token: re.Match[str]) -> None:
    typed = text[row.end : token.start()]
    if row.signs and row.figures == _FIGURES_OF_DAY == row.since_sign and ("-" in typed or "+" in typed):
        row.add("+" if "+" in typed else "-", row.end, token.start())
    elif row.signs and typed == "-" and len(said) == 1 and _ENGLISH_TENS.fullmatch(text[: row.end].rpartition(" ")[2]):
        row.signs.pop()  # `twenty-three`
        row.figures, row.since_sign = row.figures - 1, row.since_sign - 1
    row.words += max(1, len(said) // 2) if token[0][0].isalpha() else 0
    row.apart += len(token[0]) == 1 and token[0].isdigit()
    row.slashed |= "/" in typed
    row.add(said, token.start(), token.end())


def _add_sign(row: _Row, said: str, token: re.Match[str]) -> None:
    """A sign between figures by its name, a stair between a house and a flat, or the letters of an identity code."""
    if not said.isalpha():
        row.marked = True
        row.add(said, token.start(), token.end())
    elif row.figures == _FIGURES_OF_DAY == row.since_sign or row.since_sign == _FIGURES_OF_TAIL:
        row.add(said, token.start(), token.end())
    else:
        row.words += row.figures <= len("123") and len(token[0]) == 1 and token[0].isupper()
        row.add(f" {said} ", token.start(), token.end())
