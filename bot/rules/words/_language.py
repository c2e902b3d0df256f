"""Which of Finnish and Swedish a text is written in, told from its words."""

import re
from typing import Literal

from bot.rules.words._tokens import written_words

Language = Literal["fi", "sv"]

_FINNISH_WORD = re.compile(
    "ja|ei|eivät|on|ovat|oli|olla|että|kun|jos|mutta|tai|sekä|myös|vain|niin|kuin|jotka|joka|mitä|nyt|enää|"
    "ilman|yhä|koska|eikä|se|ne|hän|he|tämä|liian|moni|paljon|vielä|vasta"
)
_SWEDISH_WORD = re.compile(
    "och|att|det|är|på|för|inte|av|med|som|den|ett|har|om|till|de|får|när|kan|vi|eller|man|men|i|från|under|"
    "hos|utan|vid|mellan|allt|fler|sig|ska|blir|var|också|mycket|efter|före|än|bara|någon|många|inga|ingen"
)
# A Finnish word doubles its vowels and ends in a vowel or in n, t, s, l, r; a Swedish one does neither by rule.
_FINNISH_SHAPE = re.compile(r"aa|ää|uu|yy|ii|oo|öö|ee|uo|yö|(?:ll|lt|ss|st)[aä]$|\w\w[iuyäö]$")
_SWEDISH_SHAPE = re.compile(
    r"å|[^aeiouyäöåntslr]$|^(?:b|d|f|g|[sfgkpt][rl]|s[ktpvmn])|(?:ning|het|else|arna|erna|orna|ar|er|or)$"
)
_PLAIN, _SURE = 1, 3


def says_little(word: str) -> bool:
    """Whether the word (as written, lower case) only holds others together: nothing is found or told apart by it."""
    return bool(_FINNISH_WORD.fullmatch(word) or _SWEDISH_WORD.fullmatch(word))


def language_told(text: str, *, lead: int = 1) -> Language | None:
    """The language that more of the words speak for, by at least the lead; None where neither does, as in a name."""
    finnish = swedish = 0
    for word in written_words(text):
        finnish += _SURE * bool(_FINNISH_WORD.fullmatch(word)) or _PLAIN * bool(_FINNISH_SHAPE.search(word))
        swedish += _SURE * bool(_SWEDISH_WORD.fullmatch(word)) or _PLAIN * bool(_SWEDISH_SHAPE.search(word))
    if abs(finnish - swedish) < lead:
        return None
    return "fi" if finnish > swedish else "sv"
