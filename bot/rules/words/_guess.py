"""The guess of kind, theme and area: a sum of the table rows that a text touches, and nothing else."""

import unicodedata
from dataclasses import dataclass

from bot.rules.words._analysers import Analyser
from bot.rules.words._language import language_told
from bot.rules.words._places import area_of, named
from bot.rules.words._tables import KINDS, Clue, table
from bot.rules.words._tokens import written_words

# Of equal sums the first here wins: a shortcoming before praise before a hunch, the particular before the general.
_KIND_ORDER = KINDS
_THEME_ORDER = (
    "SHL11-05", "SHL11-06", "SHL11-10", "SHL11-07", "SHL11-02", "SHL11-08",
    "SHL11-03", "SHL11-09", "SHL11-01", "SHL11-04", "X-90", "X-99",
)  # fmt: skip
_NO_KIND, _NO_THEME = "E", "X-99"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text seems to be: codes of the vocabularies kind, theme and area."""

    kind: str
    theme: str
    area: str | None


def guess(text: str, analyser: Analyser) -> Guess:
    """The likeliest kind, theme and area of any text, always with codes that exist.

    Where no word speaks: kind E, theme X-99, and no area.
    """
    clues = explain(text, analyser)
    return Guess(
        kind=_heaviest(clues, _KIND_ORDER) or _NO_KIND,
        theme=_heaviest(clues, _THEME_ORDER) or _NO_THEME,
        area=area_of([clue for clue in clues if _is_area(clue)]),
    )


def explain(text: str, analyser: Analyser) -> list[Clue]:
    """The very rows that the guess adds up: (row of the table or form of the place, code, weight)."""
    text = unicodedata.normalize("NFC", text)
    # Base forms lose what some rows need ("useampi" becomes "usea"), so the words as written are asked too.
    words = analyser.lemmas(text) + written_words(text)
    return table(language_told(text) or "fi").touched(words) + named(text)


def _is_area(clue: Clue) -> bool:
    return clue.points_to not in _KIND_ORDER and clue.points_to not in _THEME_ORDER


def _heaviest(clues: list[Clue], order: tuple[str, ...]) -> str | None:
    sums = {code: sum(clue.weight for clue in clues if clue.points_to == code) for code in order}
    heaviest = max(order, key=lambda code: sums[code])  # max() keeps the first of equals
    return heaviest if sums[heaviest] > 0 else None
