"""How alike texts are: the cosine of the pieces of three to five letters that their base forms are made of."""

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

from bot.rules.words._analysers import Analyser
from bot.rules.words._language import says_little

ALIKE = 0.1  # nine of ten pairs above it tell of the same, and nine of ten that do are above it (docs/search.md)
_SIZES = range(3, 6)
Vector = dict[str, float]


def likeness(text: str, others: Sequence[str], analyser: Analyser) -> list[float]:
    """Of each other text how alike it is to the text, 0 to 1. Pieces that many of these texts have weigh little."""
    counted = [_pieces(one, analyser) for one in (text, *others)]
    having = Counter(piece for one in counted for piece in one)
    first, *rest = (_weighed(one, having, len(counted)) for one in counted)
    return [_cosine(first, other) for other in rest]


def _pieces(text: str, analyser: Analyser) -> Counter[str]:
    """Pieces of the base forms and parts of compounds; blanks stand around each, so that beginnings and ends tell."""
    told = (reading for reading in analyser.read(text) if not says_little(reading.written))
    words = [f" {word} " for reading in told for word in (*reading.whole[:1], *reading.parts)]
    return Counter(
        word[start : start + size] for word in words for size in _SIZES for start in range(max(1, len(word) - size + 1))
    )


def _weighed(counted: Counter[str], having: Counter[str], texts: int) -> Vector:
    """TF-IDF of length 1; a piece that occurs often in a text counts a little more than once."""
    vector = {piece: (1 + log(times)) * log((1 + texts) / having[piece]) for piece, times in counted.items()}
    length = sqrt(sum(weight * weight for weight in vector.values())) or 1
    return {piece: weight / length for piece, weight in vector.items()}


def _cosine(one: Vector, other: Vector) -> float:
    return sum(weight * other[piece] for piece, weight in one.items() if piece in other)
