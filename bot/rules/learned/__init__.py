"""What a text sounds like, by how its words are written: sums of weights that labelled, invented sentences have given.

A piece is two to five signs of a word, its ends included, so that forms, slips and dialects of a word share pieces.
Each question has a file of weights, made by `make weights` (tests/rules/learning.py). Nobody's observation is learned
from, and nothing changes while the bot runs.
"""

import csv
import re
import unicodedata
from array import array
from functools import cache
from pathlib import Path

SIZES = range(2, 6)  # signs of a piece
FEWEST = 30  # pieces of a text, below which it is too short to sound like anything
GROUP, CODE = re.compile(r"\w+"), 3  # groups of signs in a code
SCALE = 100  # the files hold hundredths


def sums(question: str, text: str) -> list[float]:
    """How much the text sounds like each answer of the question, in the order of its file; above 0 is likely.

    One short word sounds like nothing.
    """
    found, (places, columns) = pieces(text), _weights(question)
    known = [places[piece] for piece in found if piece in places] if len(found) >= FEWEST else []
    size = SCALE * max(len(found), 1) ** 0.5
    return [sum(map(column.__getitem__, known)) / size for column in columns]


def pieces(text: str) -> set[str]:
    """The pieces of all words of a text, in small letters; three groups ("7k2m-9xqw-4hpt") are a code, no word."""
    words = unicodedata.normalize("NFC", text).casefold().split()
    ended = [f" {word} " for word in words if len(GROUP.findall(word)) < CODE]
    return {word[at : at + size] for word in ended for size in SIZES for at in range(len(word) - size + 1)}


@cache
def _weights(question: str) -> tuple[dict[str, int], "list[array[int]]"]:
    """The place of each piece in the columns, and for each answer a column of weights."""
    places: dict[str, int] = {}
    with (Path(__file__).parent / f"{question}.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        columns = [array("h") for _ in next(rows)[1:]]
        for place, (piece, *weights) in enumerate(rows):
            places[piece] = place
            for column, weight in zip(columns, weights, strict=True):
                column.append(int(weight))
    return places, columns
