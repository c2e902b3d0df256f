"""The guess of kind, theme and area: the kind by learned weights, the others by the table rows that a text touches."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules import learned
from bot.rules.words._analysers import Analyser
from bot.rules.words._language import language_told, says_little
from bot.rules.words._places import area_of, named
from bot.rules.words._tables import Clue, once_each, table, words_of

KINDS = ("E", "M", "H")  # in the order of bot/rules/learned/kind.tsv
# Of equal sums the first here wins: the particular before the general.
_THEMES = (
    "SHL11-05", "SHL11-06", "SHL11-10", "SHL11-07", "SHL11-02", "SHL11-08",
    "SHL11-03", "SHL11-09", "SHL11-01", "SHL11-04", "X-90", "X-99",
)  # fmt: skip
_SYSTEM, _CLEAR = "X-90", 4  # how a service works counts half where a need is clearly named
_LEAST, _LEAD = 3, 2  # a smaller sum, or a smaller lead over the next, is asked about, not stated
_LEAD_OF_KIND = 0.8


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
    kind, sure_of_kind = kind_of(text)
    theme, sure_of_theme = _theme(clues)
    return Guess(
        kind=kind,
        theme=theme,
        area=area_of([clue for clue in clues if clue.points_to not in _THEMES]),
        unsure=tuple(name for name, sure in (("kind", sure_of_kind), ("theme", sure_of_theme)) if not sure),
    )


def explain(text: str, analyser: Analyser) -> list[Clue]:
    """The rows that the guess of theme and area adds up: (row of the table or form of the place, code, weight)."""
    text = unicodedata.normalize("NFC", text)
    rows = table(language_told(text) or "fi")
    words = [word for word in words_of(text, analyser) if not says_little(word.written)]
    return once_each([clue for word in words if (clue := rows.clue_of(word))] + rows.together_in(words)) + named(text)


def kind_of(text: str) -> tuple[str, bool]:
    """The kind that the text sounds like most, and whether it is sure."""
    sums = dict(zip(KINDS, learned.sums("kind", text), strict=True))
    first, second, _ = sorted(KINDS, key=sums.__getitem__, reverse=True)  # keeps the first of equals
    return first, sums[first] - sums[second] >= _LEAD_OF_KIND


def _theme(clues: Sequence[Clue]) -> tuple[str, bool]:
    """The theme of the largest sum, X-99 without a clue, and whether it is sure. Rows of weight 0 break ties alone."""
    sums = dict.fromkeys(_THEMES, 0)
    for clue in clues:
        if clue.points_to in sums:
            sums[clue.points_to] += clue.weight
    if any(total >= _CLEAR for code, total in sums.items() if code != _SYSTEM):
        sums[_SYSTEM] //= 2
    told = {clue.points_to for clue in clues}
    ranked = sorted(_THEMES, key=lambda code: (sums[code], code in told), reverse=True)  # keeps the first of equals
    first, second = ranked[:2]
    if first not in told:
        return "X-99", False
    return first, sums[first] >= _LEAST and sums[first] - sums[second] >= _LEAD
