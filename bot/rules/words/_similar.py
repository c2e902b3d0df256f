"""How alike texts are: the cosine of the pieces of three to five letters that their base forms are made of."""

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

from bot.rules.words._analysers import Analyser
from bot.rules.words._language import says_little

ALIKE = 0.1  # nine of ten pairs above it tell of the same, and nine of ten that do are above it (docs/search.md)
_SIZES = range(3, 6)
Pieces = Counter[str]


def likeness(text: str, others: Sequence[str], analyser: Analyser) -> list[float]:
    """Of each other text how alike it is to the text, 0 to 1. Pieces that many of these texts have weigh little."""
    return Likeness([pieces(other, analyser) for other in others]).to(pieces(text, analyser))


def pieces(text: str, analyser: Analyser) -> Pieces:
    """Pieces of the base forms and parts of compounds; blanks stand around each, so that beginnings and ends tell."""
    told = (reading for reading in analyser.read(text) if not says_little(reading.written))
    words = [f" {word} " for reading in told for word in (*reading.whole[:1], *reading.parts)]
    return Counter(
        word[start : start + size] for word in words for size in _SIZES for start in range(max(1, len(word) - size + 1))
    )


class Likeness:
    """Texts made ready to be compared with any other: who asks pays for the pieces that they share with it alone.

    Texts are vectors of TF-IDF: a piece that occurs often in a text counts a little more than once.
    """

    def __init__(self, texts: Sequence[Pieces]) -> None:
        self._having: dict[str, list[tuple[int, float]]] = {}  # piece -> places of the texts that have it, how often
        self._count, self._squares = len(texts), [0.0] * len(texts)  # of the lengths
        for place, counted in enumerate(texts):
            for piece, times in counted.items():
                self._having.setdefault(piece, []).append((place, 1 + log(times)))
        for having in self._having.values():
            for place, often in having:
                self._squares[place] += (often * self._rarity(len(having))) ** 2

    def to(self, text: Pieces) -> list[float]:
        """Of each text how alike it is to this one, which counts as one of them: its pieces are less rare by that."""
        squares, products, own = self._squares.copy(), [0.0] * self._count, 0.0
        for piece, times in text.items():
            having = self._having.get(piece, ())
            often, rarity = 1 + log(times), self._rarity(len(having) + 1)
            own += (often * rarity) ** 2
            change = rarity**2 - self._rarity(len(having)) ** 2 if having else 0.0
            for place, theirs in having:
                products[place] += often * theirs * rarity**2
                squares[place] += theirs**2 * change
        return [product / (sqrt(own * square) or 1) for product, square in zip(products, squares, strict=True)]

    def _rarity(self, having: int) -> float:
        return log((2 + self._count) / having)
