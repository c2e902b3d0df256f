"""Small numbers in what is typed for the summary: "three workers in a small place" undoes what the tables hide."""

import re
from collections.abc import Iterator, Mapping

from bot.rules.privacy import Found
from bot.rules.words import place_names

KIND = "small_number"  # a warning beside those of the guard
NEAR = 4  # words on either side
WORDS = {  # number words as they begin, in three languages; those of one are told apart from "not" and articles below
    1: ("yksi", "yhde", "yhtä", "yksittäi", "ainoa", "ainoo", "enda", "enstaka", "ensam", "single", "only one"),
    2: ("kaksi", "kahde", "kahta", "pari", "parin", "paria", "två", "ett par", "two", "couple"),
    3: ("kolme", "tre", "three"),
    4: ("neljä", "fyra", "four"),
    5: ("viisi", "viide", "viittä", "fem", "five"),
    6: ("kuusi", "kuude", "kuutta", "sex", "six"),
    7: ("seitsemä", "sju", "seven"),
    8: ("kahdeksa", "åtta", "eight"),
    9: ("yhdeksä", "nio", "nine"),
}
WHOLE = frozenset(("tre", "fem", "sex", "pari", "six", "sju", "nio"))  # not as the beginning of another word
ARTICLES = frozenset(("en", "ett", "one", "a"))  # of one only right before what they count
COUNTED = (
    r"havain|työntekij|raportoij|tiimi|yksik[kö]|yksikö|asiaka|asiakk|observation|iakttagelse|anställd|arbetstagar"
    r"|medarbetar|rapportör|team|enhet|klient|worker|employee|reporter|unit|client"
)
_WORD = re.compile(r"\d+(?:[.,:/–-]\d+|[ \u00a0\u202f]\d{3}(?!\d))*\.?(?:\s?%|(?=\d))?|[^\W\d_]+", re.UNICODE)
_COUNTED = re.compile(COUNTED, re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=\D)|\n+")


def small_numbers(text: str, floor: int) -> set[str]:
    """What the text says of 1 to floor - 1 observations, workers, teams, units or clients, or near a municipality."""
    return {found for sentence in _SENTENCE.split(text) for found in _in_sentence(sentence, floor)}


def with_small_numbers(found: Found, texts: Mapping[str, str], floor: int) -> Found:
    """What the guard has found, and small numbers, by field."""
    small = {name: words for name, text in texts.items() if (words := small_numbers(text, floor))}
    return {name: {**kinds, **({KIND: small[name]} if name in small else {})} for name, kinds in found.items()}


def _in_sentence(sentence: str, floor: int) -> Iterator[str]:
    words = [match.group() for match in _WORD.finditer(sentence)]
    for place, word in enumerate(words):
        after = words[place + 1 : place + 1 + NEAR]
        around = words[max(0, place - NEAR) : place + 1] + after
        if word.casefold() in ARTICLES:
            if any(_COUNTED.match(one) for one in after[:1]):
                yield f"{word} {after[0]}"
        elif 0 < _value(word) < floor and _tells_whose(around):
            yield " ".join(around)


def _tells_whose(words: list[str]) -> bool:
    return any(map(_COUNTED.match, words)) or bool(place_names(" ".join(word for word in words if word[:1].isupper())))


def _value(word: str) -> int:
    """The number that the word is; 0 for any other word, for decimals, days and shares."""
    if word[0].isdigit():
        whole = word.removesuffix(".")
        return int(whole) if whole.isdecimal() and len(whole) < 4 else 0  # noqa: PLR2004 - no floor has four digits
    plain = word.casefold()
    return next((value for value, begins in WORDS.items() if any(_begins(plain, one) for one in begins)), 0)


def _begins(word: str, beginning: str) -> bool:
    return word == beginning or (beginning not in WHOLE and len(beginning) > 3 and word.startswith(beginning))  # noqa: PLR2004
