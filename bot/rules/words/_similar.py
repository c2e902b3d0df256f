"""How alike texts are: the cosine of the pieces of three to five letters that their base forms are made of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from math import hypot, log, log1p, sqrt
from operator import mul

from bot.rules.words._analysers import Analyser
from bot.rules.words._language import says_little
from bot.rules.words._places import place_words

ALIKE = 0.2  # of what is below, most tells of something else (docs/search.md)
_SIZES = range(3, 6)
_ONE_WORD = 0.5
_FEW, _LEAST = 20, 0.1  # stored texts that tell nothing yet; what the commonest word still weighs
_CUT = 4096  # words whose pieces are remembered
Vector = dict[str, float]
Pieces = Counter[str]
Subject = tuple[tuple[str, ...], ...]
"""What a text is about: of each word that tells something its base form and its parts."""


@dataclass(frozen=True, slots=True)
class Stored:
    """How many texts have each word, and how many there are, or have the commonest: what many have tells little."""

    texts: int = 0
    having: Mapping[str, int] = field(default_factory=dict)

    def rarity(self, word: str) -> float:
        """1 for a word that no other text has, near 0 for one that all have; 1 where few texts are known."""
        if self.texts < _FEW:
            return 1
        return max(_LEAST, 1 - log(1 + self.having.get(word, 0)) / log(1 + self.texts))


def likeness(text: Subject, others: Sequence[Subject], stored: Stored | None = None) -> list[float]:
    """Of each other text how alike it is to the text, 0 to 1.

    Pieces that many of these texts have weigh little, and so do those of words that many of the stored ones have. Where
    one word alone is shared, the texts are alike by half as much.
    """
    counted = [_pieces(one, stored or Stored()) for one in (text, *others)]
    having = Counter(chain.from_iterable(counted))
    rarity = {piece: log((1 + len(counted)) / texts) for piece, texts in having.items()}
    first, *rest = counted
    weighed = {piece: log1p(times) * rarity[piece] for piece, times in first.items()}
    shared = [_shared(text, other) for other in others]
    return [
        _cosine(weighed, other, rarity) * (1 if words > 1 else _ONE_WORD)
        for other, words in zip(rest, shared, strict=True)
    ]


def subject(text: str, analyser: Analyser) -> Subject:
    """The text, read once for all comparisons; where something happens makes nobody's matter another one."""
    places = place_words(text)
    told = (one for one in analyser.read(text) if not says_little(one.written) and one.written not in places)
    return tuple((*reading.whole[:1], *reading.parts) for reading in told)


@lru_cache(_CUT)
def _cut(form: str) -> tuple[str, ...]:
    """Its pieces, with a blank before and after it, so that beginnings and ends tell."""
    padded = f" {form} "
    return tuple(padded[start : start + size] for size in _SIZES for start in range(max(1, len(padded) - size + 1)))


def _pieces(words: Sequence[tuple[str, ...]], stored: Stored) -> Vector:
    """Pieces with how much they weigh: each word as much, of however many parts."""
    found: Vector = {}
    for forms in words:
        for form in forms:
            weight = stored.rarity(form) / len(forms)
            for piece in _cut(form):
                found[piece] = found.get(piece, 0) + weight
    return found


def _shared(text: Subject, other: Subject) -> int:
    """How many words of the text the other has too."""
    known = {form for forms in other for form in forms}
    return sum(not known.isdisjoint(forms) for forms in text)


def _cosine(weighed: Vector, other: Vector, rarity: Vector) -> float:
    """By TF-IDF; a piece that occurs often in a text counts a little more than once."""
    both = [piece for piece in weighed if piece in other]
    product = sum(weighed[piece] * log1p(other[piece]) * rarity[piece] for piece in both)
    length = hypot(*map(mul, map(log1p, other.values()), map(rarity.__getitem__, other)))  # most of the time is here
    return product / (hypot(*weighed.values()) * length or 1)


def pieces(text: Subject) -> Pieces:
    """How often the text has each piece of its base forms and parts of compounds."""
    return Counter(piece for forms in text for form in forms for piece in _cut(form))


class Nearness:
    """Texts made ready to be compared with any other: it costs as much as they share pieces with it.

    It tells less well than `likeness` what is alike, but tells of thousands which few may be.
    """

    def __init__(self, texts: Sequence[Pieces]) -> None:
        self._having: dict[str, list[tuple[int, float]]] = {}  # piece -> places of the texts that have it, how often
        self._count, self._squares = len(texts), [0.0] * len(texts)  # of the lengths
        for place, counted in enumerate(texts):
            entries = {times: (place, 1 + log(times)) for times in counted.values()}  # one for many pieces: for memory
            for piece, times in counted.items():
                self._having.setdefault(piece, []).append(entries[times])
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
            weight = often * rarity**2
            change = rarity**2 - self._rarity(len(having)) ** 2 if having else 0.0
            for place, theirs in having:
                products[place] += weight * theirs
                squares[place] += change * theirs * theirs
        return [product / (sqrt(own * square) or 1) for product, square in zip(products, squares, strict=True)]

    def _rarity(self, having: int) -> float:
        return log((2 + self._count) / having)
