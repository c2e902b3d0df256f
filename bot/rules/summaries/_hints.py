"""Hints of plain language, for who writes for readers that have never seen the network; nothing is refused for them."""

import re
from collections.abc import Mapping

from bot.errors import N_

LONGEST_SENTENCE = 25  # words
NAMES_ONLY = N_("The title names a theme only. Say what happens, to whom: “Young people find no supported housing”.")
LONG = N_("A sentence has over 25 words. Divide it into two.")
NOBODY_DOES = N_("A proposal does not say who does it. Name the actor, and by when.")
TREND = N_("A text tells of a growing or falling number. The observations cannot show that: say where it is from.")
_TREND = re.compile(
    r"\byhä (?:use|ene|harv|väh)|\b(?:lisäänty|yleisty|vähenty|vähene|kasvanut|kasvaneet)"
    r"|\ballt (?:oftare|fler|mer|färre)\b|\b(?:ökat|minskat)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?…]+(?:\s+|$)|\n+")
# A finite verb, as far as its form tells: what a title that only names something does not have.
_VERB = re.compile(
    r"\b(?:ei|eivät|on|oli|olivat|saa|jää|käy|vie|tuo|voi|har|är|blir|saknas?|ökar|får|kan|inte|finns|hittar|väntar"
    r"|måste|behöver|is|are|has|have|can|cannot|not|finds?|lacks?|grows?"
    r"|\w{2,}(?:vat|vät|taan|tään|daan|dään|uu|yy|ee|aa|ää|oo|öö))\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"(?:^|\b(\w+)\s+)(?:tulisi|pitäisi|täytyisi|olisi|on|tulee|pitää)\s+(?:syytä\s+)?"
    r"(?:kehittä|paranta|lisä|vahvista|edistä|tehostaa|selkeyttä|varmista|huomioi|turvata|järjestä)\w*"
    r"|\b(?:bör|borde|ska|skulle|måste)\s+\w+(?:as|es)\b",
    re.IGNORECASE,
)


def of_title(title: str) -> tuple[str, ...]:
    """Message ids of the hints for a phenomenon's title."""
    return () if _VERB.search(title) else (NAMES_ONLY,)


def of_text(text: str) -> tuple[str, ...]:
    """Message ids of the hints for running text or a proposal."""
    sentences = [one for one in _SENTENCE.split(text) if one.strip()]
    long = any(len(one.split()) > LONGEST_SENTENCE for one in sentences)
    nobody = any(_nobody_does(one) for one in sentences)
    return (*((LONG,) if long else ()), *((NOBODY_DOES,) if nobody else ()))


def tells_of_a_trend(text: str) -> bool:
    """Whether it says that something has become more or less common."""
    return _TREND.search(text) is not None


def hints(title: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """All hints of a phenomenon, each once."""
    found = [*of_title(title), *(hint for text in texts.values() for hint in of_text(text))]
    return tuple(dict.fromkeys(found))


def _nobody_does(sentence: str) -> bool:
    """Whether something should be done and no word in the genitive right before says who is to do it."""
    match = _PASSIVE.search(sentence.strip())
    return match is not None and not (match[1] or "").endswith("n")
