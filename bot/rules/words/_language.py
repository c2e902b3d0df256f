"""Which of Finnish, Swedish and English a text is written in, told from its words."""

import re
from typing import Literal

from bot.rules.words._tokens import written_words

Language = Literal["fi", "sv"]  # those whose base forms are known
Tongue = Literal["fi", "sv", "en"]


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FINNISH_WORDS = _set_of(
    "ja ei eivät on ovat oli olla että kun jos mutta tai sekä myös vain niin kuin jotka joka mitä nyt enää "
    "ilman yhä koska eikä se ne hän he tämä liian moni paljon vielä vasta"
)
_SWEDISH_WORDS = _set_of(
    "och att det är på för inte av med som den ett har om till de får när kan vi eller man men i från under "
    "hos utan vid mellan allt fler sig ska blir var också mycket efter före än bara någon många inga ingen"
)
# English is told from Swedish by its function words; of those that are words of the others, too, none counts.
_ENGLISH_WORDS = _set_of(
    "the and is are of to with not have has had their there they who but this that because when we our from cannot "
    "more than been be was were which about would should could it its as or these those does do get into nobody for"
)
# A Finnish word doubles its vowels and ends in a vowel or in n, t, s, l, r; a Swedish one does neither by rule.
_FINNISH_SHAPE = re.compile(r"aa|ää|uu|yy|ii|oo|öö|ee|uo|yö|(?:ll|lt|ss|st)[aä]$|\w\w[iuyäö]$")
_SWEDISH_SHAPE = re.compile(
    r"å|[^aeiouyäöåntslr]$|^(?:b|d|f|g|[sfgkpt][rl]|s[ktpvmn])|(?:ning|het|else|arna|erna|orna|ar|er|or)$"
)
_ENGLISH_SHAPE = re.compile(r"^th|^wh|tion|ing$|[^i]ly$|gh|[^aeiouyäöå]ed$|^c[^h]")
_LITTLE = _FINNISH_WORDS | _SWEDISH_WORDS | _ENGLISH_WORDS
_PLAIN, _SURE = 1, 3


def says_little(word: str) -> bool:
    """Whether the word (as written, lower case) only holds others together: nothing is found or told apart by it."""
    return word in _LITTLE


def language_told(text: str, *, lead: int = 1) -> Tongue | None:
    """The language that more of the words speak for, by at least the lead; None where none does, as in a name."""
    words = written_words(text)
    sums: dict[Tongue, int] = {
        tongue: sum([_SURE if word in surely else _PLAIN if shape.search(word) else 0 for word in words])
        for tongue, surely, shape in _TONGUES
    }
    first, second = sorted(sums, key=lambda tongue: sums[tongue], reverse=True)[:2]
    return first if sums[first] - sums[second] >= lead else None


_TONGUES: tuple[tuple[Tongue, frozenset[str], re.Pattern[str]], ...] = (
    ("fi", _FINNISH_WORDS, _FINNISH_SHAPE), ("sv", _SWEDISH_WORDS, _SWEDISH_SHAPE),
    ("en", _ENGLISH_WORDS, _ENGLISH_SHAPE),
)  # fmt: skip
