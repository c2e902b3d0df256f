"""The goals of the guard on sentences of somebody who had not seen its rules, and what the document says of them.

The rules have been mended after both sets, so this holds what was mended; only the first readings that the document
prints were readings of an unseen set.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.rules.measure_privacy import judged, totals

SETS = ("guard_2026_12", "guard_second")
DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy-guard.md"
SIZES = {"guard_2026_12": (75, 75, 150), "guard_second": (38, 37, 75)}
FIRST_READINGS = {"guard_2026_12": (74, 69, 3, 0), "guard_second": (38, 37, 5, 1)}


def path(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.tsv")


@pytest.mark.parametrize("name", SETS)
def test_the_goals_hold_on_the_sets_of_fresh_eyes(name: str) -> None:
    reached = totals(judged(path(name)))

    assert (reached.blocks, reached.warns, reached.clean) == SIZES[name]
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


def by_kind() -> dict[tuple[str, str], list[str]]:
    """The document's table of first readings: level and kind, then the other cells."""
    lines = re.findall(r"^\| (?:block|warn|clean) \|.*$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {(row[0], row[1]): row[2:] for row in rows}


def test_the_document_counts_every_sentence_of_the_sets_by_kind_and_language() -> None:
    table = by_kind()
    first, second = (judged(path(name)) for name in SETS)

    for measured, place in ((first, 0), (second, 6)):
        written = {key: int(cells[place]) for key, cells in table.items() if cells[place] != "0"}
        assert written == Counter((one.level, one.kind) for one in measured)
        for column, language in enumerate(("fi", "sv", "en"), start=place + (3 if measured is first else 2)):
            sentences = {key: int(cells[column].partition("/")[2]) for key, cells in table.items() if cells[column]}
            assert sentences == Counter((one.level, one.kind) for one in measured if one.language == language)


@pytest.mark.parametrize(("name", "place"), [("guard_2026_12", 2), ("guard_second", 7)])
def test_the_document_prints_the_first_reading_and_not_a_later_one(name: str, place: int) -> None:
    right = Counter[str]()
    for (level, _), cells in by_kind().items():
        right[level] += int(cells[place] or 0)

    blocks, warns, clean_warned, clean_blocked = FIRST_READINGS[name]
    assert (right["block"], right["warn"]) == (blocks, warns)
    assert right["clean"] == SIZES[name][2] - clean_warned - clean_blocked
    recalls = f"{blocks / SIZES[name][0]:.3f} | {blocks / (blocks + clean_blocked):.3f} | {warns / SIZES[name][1]:.3f}"
    share = f"{clean_warned / SIZES[name][2]:.1%}".replace("%", " %")
    row = rf"\*\*first reading\*\*[^|]*2026-11-30 \| {re.escape(recalls)} \| {re.escape(share)} \| {clean_blocked} \|"
    assert re.search(row, DOCUMENT.read_text(encoding="utf-8"))
