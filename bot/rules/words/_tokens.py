"""Words and numbers of a text as they are written, lower case and composed (NFC)."""

import re
import unicodedata

# Letters right after a number's colon are its ending, as in "2026:ssa".
_WORD = r"(?<![^\W\d_])(?<!\d:)[^\W\d_]+(?:-[^\W\d_]+)*"
_NUMBER = r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+"  # blanks stand between thousands
_WORDS, _BOTH = re.compile(_WORD), re.compile(f"{_WORD}|{_NUMBER}")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")  # soft hyphens and the like, inside words


def written_words(text: str) -> list[str]:
    """The words of a text in order, lower case, NFC; a hyphenated word is one, digits and signs are none."""
    return _WORDS.findall(_plain(text))


def written(text: str) -> list[str]:
    """The same with the numbers among them; what stands between the thousands of a number stays."""
    return _BOTH.findall(_plain(text))


def numbers_in(token: str) -> tuple[str, ...]:
    """The digits of a number as one, and those of its parts where thousands may be two numbers; none of a word."""
    if not token[0].isdecimal():
        return ()
    parts = ["".join(str(int(digit)) for digit in part) for part in token.split()]
    return ("".join(parts), *(parts if len(parts) > 1 else ()))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text.lower()))
