"""The goals of the guard on sentences of somebody who had not seen its rules, and what the document says of them.

The rules have been mended after every set, so this holds what was mended; only the first readings that the document
prints were readings of an unseen set.
"""

import re
from collections import Counter
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import pytest

from tests.rules.measure_privacy import judged, totals

SETS = ("guard_2026_12", "guard_second", "guard_third", "guard_fifth", "guard_sixth")  # a fourth was read and not kept
DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy-guard.md"
SIZES = {
    "guard_2026_12": (75, 75, 150),
    "guard_second": (38, 37, 75),
    "guard_third": (75, 75, 150),
    "guard_fifth": (75, 75, 150),
    "guard_sixth": (75, 75, 150),
}
# Where a set's table stands in the document, and its columns: sentences, right, and right by language.
TABLES = {
    "guard_2026_12": ("By kind, ", 2, 4, 5, 6, 7),
    "guard_second": ("By kind, ", 8, 9, 10, 11, 12),
    "guard_third": ("The third set, ", 2, 3, 4, 5, 6),
    "guard_fifth": ("The fifth set, ", 2, 3, 4, 5, 6),
    "guard_sixth": ("The sixth set, ", 2, 3, 4, 5, 6),
}
FIRST_READINGS = {
    "guard_2026_12": (74, 69, 3, 0),
    "guard_second": (38, 37, 5, 1),
    "guard_third": (69, 62, 0, 0),
    "guard_fifth": (65, 68, 3, 0),
    "guard_sixth": (75, 74, 0, 0),
}
# The fifth set's writer would stop a date of birth. The product asks about it, and is measured by that.
ASKED_ABOUT = {("guard_fifth", "birth_date")}


def path(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.tsv")


@pytest.mark.parametrize("name", SETS)
def test_the_goals_hold_on_the_sets_of_fresh_eyes(name: str) -> None:
    labelled = judged(path(name))
    reached = totals(replace(one, level="warn") if (name, one.kind) in ASKED_ABOUT else one for one in labelled)

    assert (totals(labelled).blocks, totals(labelled).warns, reached.clean) == SIZES[name]
    assert reached.block_recall >= 0.99
    assert reached.block_precision == 1
    assert reached.warn_recall >= 0.95
    assert reached.clean_warned_share <= 0.03
    assert reached.clean_blocked == 0


@pytest.mark.parametrize("name", SETS)
def test_no_sentence_of_fresh_eyes_stands_among_those_that_the_rules_were_made_with(name: str) -> None:
    own = {
        line.partition("\t")[0]
        for file in ("privacy_sentences", "privacy_found_2026_11")
        for line in path(file).read_text(encoding="utf-8").splitlines()
    }

    assert [one.line for one in judged(path(name)) if one.text in own] == []


def by_kind(name: str) -> dict[tuple[str, str], list[str]]:
    """The document's table of a set's first reading: level and kind, then sentences, right, and right by language."""
    marker, *columns = TABLES[name]
    after = DOCUMENT.read_text(encoding="utf-8").partition(f"\n{marker}")[2]
    lines = takewhile(lambda line: line.startswith("|"), after.split("\n\n")[1].splitlines()[2:])
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {(row[0], row[1]): [row[column] for column in columns] for row in rows if row[columns[0]] != "0"}


@pytest.mark.parametrize("name", SETS)
def test_the_document_counts_every_sentence_of_the_sets_by_kind_and_language(name: str) -> None:
    table, measured = by_kind(name), judged(path(name))

    assert {key: int(cells[0]) for key, cells in table.items()} == Counter((one.level, one.kind) for one in measured)
    for column, language in enumerate(("fi", "sv", "en"), start=2):
        sentences = {key: int(cells[column].partition("/")[2]) for key, cells in table.items() if cells[column]}
        assert sentences == Counter((one.level, one.kind) for one in measured if one.language == language)


@pytest.mark.parametrize("name", SETS)
def test_the_document_prints_the_first_reading_and_not_a_later_one(name: str) -> None:
    right = Counter[str]()
    for (level, _), cells in by_kind(name).items():
        right[level] += int(cells[1])

    blocks, warns, clean_warned, clean_blocked = FIRST_READINGS[name]
    assert (right["block"], right["warn"]) == (blocks, warns)
    assert right["clean"] == SIZES[name][2] - clean_warned - clean_blocked
    recalls = f"{blocks / SIZES[name][0]:.3f} | {blocks / (blocks + clean_blocked):.3f} | {warns / SIZES[name][1]:.3f}"
    share = f"{clean_warned / SIZES[name][2]:.1%}".replace("%", " %")
    row = rf"\*\*first reading\*\*[^|]*2026-11-30 \| {re.escape(recalls)} \| {re.escape(share)} \| {clean_blocked} \|"
    assert re.search(row, DOCUMENT.read_text(encoding="utf-8"))
