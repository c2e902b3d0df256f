"""The guess of kind, theme and area: a sum of the table rows and frames that a text touches, and nothing else."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.words._analysers import Analyser
from bot.rules.words._clauses import clauses_of
from bot.rules.words._frames import kinds_of
from bot.rules.words._language import language_told, says_little
from bot.rules.words._places import area_of, named
from bot.rules.words._tables import KINDS, Clue, once_each, table

# Of equal sums the first here wins: a shortcoming before praise before a hunch, the particular before the general.
_KIND_ORDER = KINDS
_THEME_ORDER = (
    "SHL11-05", "SHL11-06", "SHL11-10", "SHL11-07", "SHL11-02", "SHL11-08",
    "SHL11-03", "SHL11-09", "SHL11-01", "SHL11-04", "X-90", "X-99",
)  # fmt: skip
_NO_KIND, _NO_THEME = "E", "X-99"
_SIGNS = (("?", "H", 3), ("!", "M", 2))  # a question is a hunch, and who is glad writes an exclamation mark
_SYSTEM, _CLEAR = "X-90", 4  # how a service works counts half where a need is clearly named
_LEAST, _LEAD = 3, 2  # a smaller sum, or a smaller lead over the next, is asked about, not stated
_LEAST_KIND, _LEAD_KIND = 2, 1


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text seems to be: codes of the vocabularies kind, theme and area, and which of them only seem so."""

    kind: str
    theme: str
    area: str | None
    unsure: tuple[str, ...] = ()


def guess(text: str, analyser: Analyser) -> Guess:
    """The likeliest kind, theme and area of any text, always with codes that exist.

    Where no word speaks: kind E, theme X-99, both unsure, and no area.
    """
    clues = explain(text, analyser)
    kind, sure_of_kind = _heaviest(clues, _KIND_ORDER, _LEAST_KIND, _LEAD_KIND)
    theme, sure_of_theme = _heaviest(clues, _THEME_ORDER, _LEAST, _LEAD)
    return Guess(
        kind=kind or _NO_KIND,
        theme=theme or _NO_THEME,
        area=area_of([clue for clue in clues if _is_area(clue)]),
        unsure=tuple(name for name, sure in (("kind", sure_of_kind), ("theme", sure_of_theme)) if not sure),
    )


def explain(text: str, analyser: Analyser) -> list[Clue]:
    """The very rows that the guess adds up: (row of the table, frame or form of the place, code, weight)."""
    text = unicodedata.normalize("NFC", text)
    tongue = language_told(text) or "fi"
    rows, clauses = table(tongue), clauses_of(text, analyser)
    words = [word for clause in clauses for word in clause if not says_little(word.written)]
    themes = [clue for word in words if (clue := rows.theme_of(word))] + rows.together_in(words, of_kind=False)
    asked = [Clue(sign, kind, weight) for sign, kind, weight in _SIGNS if sign in text]
    return once_each(kinds_of(clauses, tongue, rows) + asked + themes) + named(text)


def _is_area(clue: Clue) -> bool:
    return clue.points_to not in _KIND_ORDER and clue.points_to not in _THEME_ORDER


def _heaviest(clues: Sequence[Clue], order: tuple[str, ...], least: int, lead: int) -> tuple[str | None, bool]:
    """The code of the largest sum, None without a clue, and whether it is sure. Rows of weight 0 break ties alone."""
    sums = dict.fromkeys(order, 0)
    for clue in clues:
        if clue.points_to in sums:
            sums[clue.points_to] += clue.weight
    if any(total >= _CLEAR for code, total in sums.items() if code != _SYSTEM):
        sums |= {code: total // 2 for code, total in sums.items() if code == _SYSTEM}
    told = {clue.points_to for clue in clues}
    ranked = sorted(order, key=lambda code: (sums[code], code in told), reverse=True)  # keeps the first of equals
    first, second = ranked[:2]
    if first not in told:
        return None, False
    return first, sums[first] >= least and sums[first] - sums[second] >= lead
