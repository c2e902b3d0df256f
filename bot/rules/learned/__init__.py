"""What a text sounds like, by how its words are written: sums of weights that labelled, invented sentences have given.

A piece is two to five signs of a word, its ends included, so that forms, slips and dialects of a word share pieces.
Each question has a file of weights, made by `make weights` (tests/rules/learning.py). Nobody's observation is learned
from, and nothing changes while the bot runs.
"""

import csv
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SHORTEST, LONGEST = 2, 5  # signs of a piece
FEWEST = 20  # pieces of a text, below which it is too short to sound like anything
CODE = 2  # hyphens of a code
SCALE = 100  # the files hold hundredths


def sums(question: str, text: str) -> list[float]:
    """How much the text sounds like each answer of the question, in the order of its file; above 0 is likely.

    One short word sounds like nothing.
    """
    found, (answers, known) = pieces(text), _weights(question)
    rows = [known[piece] for piece in found if piece in known]
    if len(found) < FEWEST or not rows:
        return [0.0] * answers
    return [sum(column) / SCALE / len(found) ** 0.5 for column in zip(*rows, strict=True)]


def pieces(text: str) -> set[str]:
    """The pieces of all words of a text, in small letters; what looks like a code ("7k2m-9xqw-4hpt") is no word."""
    words = unicodedata.normalize("NFC", text).casefold().split()
    return set(_pieces([word for word in words if word.count("-") < CODE]))


def _pieces(words: list[str]) -> Iterator[str]:
    for word in words:
        ended = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            yield from (ended[at : at + length] for at in range(len(ended) - length + 1))


@cache
def _weights(question: str) -> tuple[int, dict[str, tuple[int, ...]]]:
    """How many answers the question has, and the weights of a piece for each."""
    with (Path(__file__).parent / f"{question}.tsv").open(encoding="utf-8", newline="") as lines:
        (_, *answers), *rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return len(answers), {piece: tuple(map(int, weights)) for piece, *weights in rows}
