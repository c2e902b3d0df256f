"""How much the privacy guard finds, and how much it finds for nothing, on the labelled sentences beside this file.

`python -m tests.rules.measure_privacy` prints the table of the sentences that the rules were made with;
`python -m tests.rules.measure_privacy SET.tsv` what a set of fresh eyes gives, by kind and language, and with `--lines`
which of its lines differ. docs/privacy-guard.md prints both.
"""

import re
import sys
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


@dataclass(frozen=True)
class Judged:
    """A sentence of a set of fresh eyes: the level that its author gave it, and the level that the guard gave it."""

    line: int
    level: str
    kind: str
    language: str
    text: str
    found: str

    @property
    def right(self) -> bool:
        """A block counts only as a block, a warning as a warning or more, a clean sentence only as clean."""
        return self.found == self.level or (self.level == "warn" and self.found == "block")


def judged(path: Path) -> list[Judged]:
    """The sentences of a set (level, kind, language, sentence; \\n breaks the line) as the guard sees them."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[1:] if line)
    return [
        Judged(line, level, kind, language, typed := text.replace("\\n", "\n"), _level(typed))
        for line, (level, kind, language, text) in enumerate(rows, start=2)
    ]


def _level(text: str) -> str:
    levels = {found.level for found in find_personal_data(text)}
    return "block" if "block" in levels else "warn" if levels else "clean"


@dataclass(frozen=True)
class Totals:
    """What a whole set gave, in sentences."""

    blocks: int
    blocks_found: int
    warns: int
    warns_found: int
    warns_blocked: int
    clean: int
    clean_warned: int
    clean_blocked: int

    @property
    def block_recall(self) -> float:
        return self.blocks_found / self.blocks

    @property
    def block_precision(self) -> float:
        blocked = self.blocks_found + self.warns_blocked + self.clean_blocked
        return self.blocks_found / blocked if blocked else 1.0

    @property
    def warn_recall(self) -> float:
        return self.warns_found / self.warns

    @property
    def clean_warned_share(self) -> float:
        return self.clean_warned / self.clean

    def __str__(self) -> str:
        return (
            f"block recall {self.block_recall:.3f} ({self.blocks_found} of {self.blocks}), "
            f"block precision {self.block_precision:.3f}, warn recall {self.warn_recall:.3f} "
            f"({self.warns_found} of {self.warns}, {self.warns_blocked} of them blocked), "
            f"clean warned {self.clean_warned_share:.1%} ({self.clean_warned} of {self.clean}), "
            f"clean blocked {self.clean_blocked}"
        )


def totals(measured: Iterable[Judged]) -> Totals:
    counted = Counter((one.level, one.found) for one in measured)
    by_level = {level: sum(number for (one, _), number in counted.items() if one == level) for level in _LEVELS}
    return Totals(
        blocks=by_level["block"],
        blocks_found=counted["block", "block"],
        warns=by_level["warn"],
        warns_found=by_level["warn"] - counted["warn", "clean"],
        warns_blocked=counted["warn", "block"],
        clean=by_level["clean"],
        clean_warned=counted["clean", "warn"],
        clean_blocked=counted["clean", "block"],
    )


_LEVELS = ("block", "warn", "clean")


def _print_set(path: Path, *, lines: bool) -> None:
    measured = judged(path)
    print(totals(measured))
    for language in sorted({one.language for one in measured}):
        print(f"{language}: {totals(one for one in measured if one.language == language)}")
    print("\n| level | kind | sentences | right | fi | sv | en |\n|---|---|---|---|---|---|---|")
    for level, kind in sorted(
        {(one.level, one.kind) for one in measured}, key=lambda key: (_LEVELS.index(key[0]), key)
    ):
        some = [one for one in measured if (one.level, one.kind) == (level, kind)]
        cells = (_of(one for one in some if one.language == language) for language in ("fi", "sv", "en"))
        print(f"| {level} | {kind} | {len(some)} | {sum(one.right for one in some)} | {' | '.join(cells)} |")
    for one in measured:
        if lines and not one.right:
            print(f"{one.line}\t{one.level} {one.kind} {one.language}: found {one.found}\t{one.text!r}")


def _of(some: Iterable[Judged]) -> str:
    right = [one.right for one in some]
    return f"{sum(right)}/{len(right)}" if right else ""


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    for path in paths:
        _print_set(path, lines="--lines" in sys.argv)
    if not paths:
        _print_table()


def _print_table() -> None:
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
