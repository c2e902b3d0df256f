"""Names of persons in other scripts than ours, read in the text as typed."""

import re
from collections.abc import Iterator

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._titles import is_title
from bot.rules.privacy._words import typed_words

_CASED = "\u0370-\u03ff\u0400-\u058f\u1f00-\u1fff"  # Greek, Cyrillic, Armenian
_UNCASED = (  # Hebrew, Arabic, those of India and South-East Asia, Georgian, Ethiopic, Japanese, Korean
    "\u0590-\u109f\u10a0-\u10ff\u1200-\u139f\u1780-\u17ff\u1c90-\u1cbf\u3040-\u30ff\uac00-\ud7af"
    "\ufb1d-\ufdff\ufe70-\ufefc"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_ANY = re.compile(f"[{_CASED}{_UNCASED}{_HAN}]")
_JOINED = "\u0300-\u036f\u200c\u200d\u00ad'\u2019"
_WORDS = re.compile(
    rf"(?<![\w-])(?:[{_CASED}][{_CASED}{_JOINED}-]+|[{_UNCASED}][{_UNCASED}{_JOINED}]*|[{_HAN}]{{2,4}})(?!\w)"
)
_GAP = re.compile(r"[ \u00a0\u3000,.]{1,3}")
_BEFORE = re.compile(r"([A-Za-z\u00c0-\u00ff]+)\.?\s{1,2}\Z")
_NO_NAMES = typed_words("other_scripts")
_SHORTEST_IN_CAPITALS = 3


def find_names_in_other_scripts(text: str) -> Iterator[Hit]:
    """Two words in a row that may be a name, one after a title, or two to four Chinese signs; languages' names pass."""
    if text.isascii() or not _ANY.search(text):
        return
    row: list[re.Match[str]] = []
    for word in _WORDS.finditer(text):
        if row and not _GAP.fullmatch(text, row[-1].end(), word.start()):
            yield from _named(text, row)
            row = []
        if _may_be_name(word[0]):
            row.append(word)
        else:
            yield from _named(text, row)
            row = []
    yield from _named(text, row)


def _may_be_name(word: str) -> bool:
    """With a capital where the script has them; digits of other scripts alone are numbers."""
    if word in _NO_NAMES or not any(sign.isalpha() for sign in word):
        return False
    capital = word[0].isupper() and (word[1:].islower() or (word.isupper() and len(word) >= _SHORTEST_IN_CAPITALS))
    return capital or not re.match(f"[{_CASED}]", word)


def _named(text: str, row: list[re.Match[str]]) -> Iterator[Hit]:
    if not row:
        return
    before = _BEFORE.search(text, max(0, row[0].start() - 30), row[0].start())
    titled = before is not None and is_title(before[1])
    if len(row) > 1 or titled or re.match(f"[{_HAN}]", row[0][0]):
        yield "name", row[0].start(), row[-1].end()
