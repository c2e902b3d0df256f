"""Numbers that are dictated: `nolla neljä nolla`, `noll fyra noll`, `2 3 0 9 6 4 viiva 9 5 1 9`, read as figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.rules.privacy._addresses import is_street
from bot.rules.privacy._anew import Finders, Stretch, find_anew
from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen
from bot.rules.privacy._words import rows_of_words

_ROWS = rows_of_words("number_words")
_SILENT = _ROWS["silent"]
_SPOKEN = {word: value.upper() for value, words in _ROWS.items() if value != "silent" for word in words}
_ONES = {word: value for word, value in _SPOKEN.items() if value.isdigit() and len(value) == 1}
_SPOKEN |= {f"{ones}{ten}": f"1{one}" for ones, one in _ONES.items() for ten in ("toista", "toist")}
_SPOKEN |= {
    f"{tens}{ones}": f"{ten[0]}{one}"
    for tens, ten in list(_SPOKEN.items())
    if ten in {"20", "30", "40", "50", "60", "70", "80", "90"} and tens.endswith(("o", "i", "y"))
    for ones, one in _ONES.items()
}
_IN_ONES = "|".join(_ONES)
_WITH_TENS = re.compile(rf"({_IN_ONES})(?:kymmenta|kymment|kytta|kyta|kyt|kymppia|kymppi)({_IN_ONES})?")
_LARGE = (("tuhatta", 1000), ("tuhat", 1000), ("tusen", 1000), ("sataa", 100), ("sata", 100), ("hundra", 100))
_HAS_LARGE = re.compile(r"tuhat|tusen|sata|hundra")
_TIMES = {"tupla": 2, "tuplana": 2, "dubbel": 2, "dubbla": 2, "double": 2, "tripla": 3, "trippel": 3, "triple": 3}
_STARTS_OF_TIMES = frozenset(word[:3] for word in _TIMES)
_SO_MANY = frozenset({"nollaa", "nollor", "zeros", "zeroes"})  # `kolme nollaa`
_HUNDRED = frozenset({"sata", "sataa", "hundra", "hundred"})  # `sex hundra tolv`
_PASSING = _SILENT | frozenset(_TIMES)
_ONE = re.compile("|".join(sorted((one for one in _ONES if len(one) > len("en")), key=len, reverse=True)))
_GLUED = re.compile(rf"(?:{_ONE.pattern}){{2,40}}+")
_TOKEN = re.compile(r"[A-Za-z]+|[0-9]+")
_BETWEEN = re.compile(r"[\s,.:;/()\[\]|_=+-]{0,4}")
_HOME_BEFORE = re.compile(r"(?<![A-Za-z'-])([A-Za-z'-]{2,40})\.?[\s,:]{1,3}\Z")
_BEFORE_ONE_WORD = re.compile(
    r"[a-z]+kuuta|(?:kolma|nelja|viide|kuude|seitsema|kahdeksa|yhdeksa|kymmene)tta|(?:yhde|kahde)ttatoista"
    r"|forsta|andra|tredje|fjarde|femte|sjatte|sjunde|attonde|nionde|tionde|elfte|tolfte"
    r"|[a-z]*(?:januari|februari|mars|april|maj|juni|juli|augusti|tember|ober)|ov(?:i|en|ella|elta)|as(?:unto|unnossa|unnon)?"
    r"|bo?st(?:ad)?|lgh|lagenhet|dorr|door|apt|apartment|flat|talo|nro|numero",
    re.IGNORECASE,
)
# `Mäntytie viidessä`, and not `Mäntytie viidessä minuutissa`.
_IN_A_CASE = re.compile(
    r"(?:yh[dt]e|kah[dt]e|kolme|nelja|vii[dt]e|kuu[dt]e|seitsema|kahdeksa|yhdeksa|kymmene)(?:ssa|sta|en|an)(?:toista)?",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(r" (?!asu)[a-z]{3,}")
_MAY_BE_ARTICLES = frozenset({"en", "ett", "one", "yksi", "yhdet"})
_ENGLISH_TENS = re.compile(r"[a-z]+ty")

_FIGURES_OF_DAY, _FIGURES_OF_TAIL = 6, 3
_FEWEST_WORDS, _FEWEST_FIGURES, _FEWEST_APART, _FEWEST_TO_CALL = 3, 6, 7, 9
_SURELY_MANY = 12  # figures, a few of them in words


@dataclass(slots=True)
class _Row(Stretch):
    """Words and figures that follow one another."""

    words: int = 0
    apart: int = 0
    slashed: bool = False
    marked: bool = False
    figures: int = 0
    since_sign: int = 0
    year: bool = False
    hundred: bool = False

    def add(self, said: str, start: int, end: int) -> None:
        self.signs += [(sign, start, end) for sign in said]
        self.end = end
        if said.isdigit():
            self.figures += len(said)
            self.since_sign += len(said)
        elif said != " ":
            self.since_sign = 0

    def drop(self, figures: int) -> None:
        """Takes the last figures away: what comes now stands in their place."""
        del self.signs[-figures:]
        self.figures, self.since_sign = self.figures - figures, self.since_sign - figures

    def is_number(self) -> bool:
        """Whether it was dictated: enough words, a sign by its name, or figures one by one."""
        one_by_one = self.apart >= (_FEWEST_APART if self.slashed else _FEWEST_TO_CALL)
        told = self.marked or one_by_one or (self.words > 0 and self.figures >= _SURELY_MANY)
        begun = self.words > 0 and self.signs[0][0] == "0" and self.figures >= _FEWEST_TO_CALL
        return begun or self.year or self.words >= _FEWEST_WORDS or (told and self.figures >= _FEWEST_FIGURES)


def find_dictated(seen: Seen, finders: Finders) -> Iterator[Hit]:
    """What the finders see in the dictated numbers once they stand as figures."""
    return find_anew(seen.text, _rows(seen.text), finders)


def _rows(text: str) -> Iterator[_Row]:
    """Every row that says a number, and every house, flat and year of a day, where one word is enough."""
    return (row for row in _all_rows(text) if row.is_number() or _is_of_home(text, row))


def _is_of_home(text: str, row: _Row) -> bool:
    """`Vanha Hämeentie sataneljä, ovi kymmenen`; a street and `en gång` is no house."""
    said = text[row.start : row.end]
    if not row.words or said.lower() in _MAY_BE_ARTICLES:
        return False
    if _IN_A_CASE.fullmatch(said) and _NOUN_AFTER.match(text, row.end):
        return False
    before = _HOME_BEFORE.search(text, max(0, row.start - 40), row.start)
    return before is not None and (is_street(before[1]) or _BEFORE_ONE_WORD.fullmatch(before[1]) is not None)


def _all_rows(text: str) -> Iterator[_Row]:
    row: _Row | None = None
    times = 1
    for token in _TOKEN.finditer(text):
        word = token[0].lower()
        said = _said(word)
        if row and (
            not _BETWEEN.fullmatch(text, row.end, token.start())
            or not (said or word in _PASSING or word in _SO_MANY or word in _HUNDRED)
        ):
            yield row
            row, times = None, 1
        if row and word in _HUNDRED and row.signs[-1][0].isdigit():
            row.add("00", token.start(), token.end())
            row.hundred = True
        elif said.isdigit():
            row = row or _Row(token.start(), token.end())
            _add_figures(text, row, said * times, token)
            times = 1
        elif row and word in _SO_MANY and row.signs[-1][0].isdigit():
            many = int(row.signs[-1][0]) or 1
            row.drop(1)
            row.add("0" * many, token.start(), token.end())
        elif word in _PASSING:
            times = _TIMES.get(word, 1)
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
    said = word if word[0].isdigit() else _spoken(word) or (word.upper() if len(word) == 1 else "")
    if said:
        return said
    if word[:3] in _STARTS_OF_TIMES and (doubled := next((one for one in _TIMES if word.startswith(one)), "")):
        return _said(word[len(doubled) :]) * _TIMES[doubled] if word != doubled else ""
    if _HAS_LARGE.search(word):
        return _with_hundreds(word)
    if _GLUED.fullmatch(word):
        return "".join(_ONES[one] for one in _ONE.findall(word))
    nil = next((one for one in ("nolla", "noll") if word.startswith(one)), "")  # `nollaneljäkymppi`
    rest = _spoken(word.removeprefix(nil)) if nil else ""
    return f"0{rest}" if rest.isdigit() else ""


def _spoken(word: str) -> str:
    """Of the words in the list, and of `neljäkymmentäkaksi`, of which there are too many for a list."""
    tens = _WITH_TENS.fullmatch(word) if "ky" in word else None
    return _ONES[tens[1]] + _ONES.get(tens[2], "0") if tens else _SPOKEN.get(word, "")


def _with_hundreds(word: str) -> str:
    """`yhdeksansataaseitsemantoista`, `nittonhundrasjuttio`, `sataneljä`: one number, though several words."""
    for name, size in _LARGE:
        many, found, rest = word.partition(name)
        if found:
            times, more = (_said(many) if many else "1"), (_said(rest) if rest else "0")
            whole = times.isdigit() and more.isdigit() and int(more) < size
            return str(int(times) * size + int(more)) if whole else ""
    return ""


def _add_figures(text: str, row: _Row, said: str, token: re.Match[str]) -> None:
    typed = text[row.end : token.start()]
    if row.signs and row.figures == _FIGURES_OF_DAY == row.since_sign and ("-" in typed or "+" in typed):
        row.add("+" if "+" in typed else "-", row.end, token.start())
    elif row.signs and typed == "-" and len(said) == 1 and _ENGLISH_TENS.fullmatch(text[: row.end].rpartition(" ")[2]):
        row.drop(1)  # `twenty-three`
    if row.hundred and len(said) <= len("00"):
        row.drop(len(said))
    row.hundred = False
    if token[0][0].isalpha():
        row.words += max(1, len(said) // 2)
        row.year |= len(said) == len("1971") and _HAS_LARGE.search(token[0].lower()) is not None
    row.apart += len(said) == 1
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
