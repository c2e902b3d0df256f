"""How much the privacy guard finds, and how much it finds for nothing, on the labelled sentences beside this file.

`python -m tests.rules.measure_privacy` prints the table of docs/privacy-guard.md.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.rules.privacy import KINDS, find_personal_data

SENTENCES = Path(__file__).with_name("privacy_sentences.tsv")
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|n)")
HELD_OUT_EVERY = 3


@dataclass(frozen=True)
class Sentence:
    text: str
    kinds: tuple[str, ...]
    held_out: bool


@dataclass(frozen=True)
class Score:
    expected: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


def sentences() -> list[Sentence]:
    """The sentences; every third is held out: rules and word lists are not tuned on it."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return [
        Sentence(_typed(text), tuple(filter(None, kinds.split(","))), at % HELD_OUT_EVERY == 0)
        for at, (text, kinds) in enumerate(rows)
    ]


def _typed(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else "\n", text)


def scores(measured: Iterable[Sentence]) -> dict[str, Score]:
    expected: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for sentence in measured:
        wanted, got = Counter(sentence.kinds), Counter(one.kind for one in find_personal_data(sentence.text))
        expected += wanted
        found += got
        right += wanted & got
    return {kind: Score(expected[kind], found[kind], right[kind]) for kind in KINDS}


def main() -> None:
    everything = sentences()
    held_out = scores(one for one in everything if one.held_out)
    print("| kind | level | sentences | precision | recall | held out | precision | recall |")
    print("|---|---|---|---|---|---|---|---|")
    for kind, score in scores(everything).items():
        held = held_out[kind]
        print(
            f"| {kind} | {KINDS[kind]} | {score.expected} | {score.precision:.2f} | {score.recall:.2f} "
            f"| {held.expected} | {held.precision:.2f} | {held.recall:.2f} |"
        )


if __name__ == "__main__":
    main()
