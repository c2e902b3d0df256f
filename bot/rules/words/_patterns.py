"""Whole words, beginnings ("häätö*") and ends ("*velka") as the tables have them, and which of them a word fits."""

from typing import Generic, TypeVar

_KEYS = (2, 3)  # letters by which beginnings and ends are found: none is shorter than two
Said = TypeVar("Said")


class Patterns(Generic[Said]):
    """What is said of each pattern. Before an end stand so many letters at least, or none: "vräkning" no "räkning"."""

    def __init__(self, shortest_first: int = 0) -> None:
        self._shortest_first = shortest_first
        self._whole: dict[str, list[Said]] = {}
        self._begins: dict[str, list[tuple[str, Said]]] = {}
        self._ends: dict[str, list[tuple[str, Said]]] = {}

    def add(self, pattern: str, said: Said) -> None:
        letters = pattern.strip("*")
        if pattern.endswith("*"):
            self._begins.setdefault(letters[: _KEYS[-1]], []).append((letters, said))
        elif pattern.startswith("*"):
            self._ends.setdefault(letters[-_KEYS[-1] :], []).append((letters, said))
        else:
            self._whole.setdefault(letters, []).append(said)

    def fitting(self, word: str) -> list[tuple[int, int, Said]]:
        """What is said of those that fit, each with how well: whole words, beginnings, ends; then by length."""
        fit = [(2, len(word), said) for said in self._whole.get(word, ())]
        for size in _KEYS:
            for letters, said in self._begins.get(word[:size], ()):
                if word.startswith(letters):
                    fit.append((1, len(letters), said))
            for letters, said in self._ends.get(word[-size:], ()):
                if word.endswith(letters) and (word == letters or len(word) - len(letters) >= self._shortest_first):
                    fit.append((0, len(letters), said))
        return fit
