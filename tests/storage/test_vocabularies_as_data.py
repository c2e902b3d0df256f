"""The vocabularies as data: their codes are the ones that others rely on, their labels fit where Slack shows them."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_LABEL = 75  # Slack's limit for an option

with (ROOT / "storage" / "vocabularies.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))

THEMES = [f"SHL11-{number:02}" for number in range(1, 11)] + ["X-90", "X-99"]
SECTORS = "SOS TER KEL TYO ASU SIV YMP OIK MAA DIG JAR LAK MUU".split()  # noqa: SIM905  read against the list of codes
GROUPS = [
    *("nuoret", "tyoikaiset", "lapsiperheet", "ikaantyneet", "vammaiset", "paihde_mieli", "asunnottomat"),
    *("velkaantuneet", "maahanmuuttaneet", "vankila", "omaiset", "useita"),
]
ALPHABET = {letter: place for place, letter in enumerate(" abcdefghijklmnopqrstuvwxyzåäö")}


def codes(vocabulary: str) -> list[str]:
    return [row["code"] for row in ROWS if row["vocabulary"] == vocabulary]


@pytest.mark.parametrize(
    ("vocabulary", "expected"),
    [
        ("kind", ["E", "M", "H"]),
        ("theme", THEMES),
        ("sector", SECTORS),
        ("group", GROUPS),
        ("scale", ["2-5", "6-20", "20+", "eos"]),
        ("subregion", ["loimaa", "salo", "turku", "turunmaa", "vakka-suomi"]),
    ],
)
def test_a_vocabulary_has_the_codes_that_others_rely_on(vocabulary: str, expected: list[str]) -> None:
    assert codes(vocabulary) == expected


def test_the_areas_are_27_municipalities_then_several_and_the_whole_county() -> None:
    areas = codes("area")

    assert areas[-2:] == ["useita", "koko"]
    assert len(areas) == 29
    assert all(len(code) == 3 and code.isdigit() for code in areas[:-2])
    assert {"019", "853", "445", "322"} <= set(areas)


def test_municipalities_stand_in_the_order_of_the_finnish_alphabet() -> None:
    names = [row["fi"] for row in ROWS if row["vocabulary"] == "area"][:-2]

    assert names == sorted(names, key=lambda name: [ALPHABET[letter] for letter in name.lower()])


def test_every_municipality_belongs_to_a_sub_region_and_nothing_else_has_a_parent() -> None:
    members: dict[str, int] = Counter(row["parent"] for row in ROWS if row["parent"])

    assert members == {"turku": 11, "vakka-suomi": 6, "loimaa": 6, "salo": 2, "turunmaa": 2}
    assert all(row["vocabulary"] == "area" for row in ROWS if row["parent"])


def test_positions_count_from_one_without_gaps() -> None:
    positions: dict[str, list[int]] = defaultdict(list)
    for row in ROWS:
        positions[row["vocabulary"]].append(int(row["position"]))

    assert all(found == list(range(1, len(found) + 1)) for found in positions.values())


def test_the_theme_set_names_its_version() -> None:
    versions = {row["vocabulary"]: row["version"] for row in ROWS}

    assert versions.pop("theme") == "SHL11-2023"
    assert set(versions.values()) == {"1"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_labels_fit_an_option_and_can_be_told_apart_in_it(language: str) -> None:
    for vocabulary in {row["vocabulary"] for row in ROWS}:
        labels = [row[language] for row in ROWS if row["vocabulary"] == vocabulary]

        assert all(0 < len(label) <= LONGEST_LABEL and label == label.strip() for label in labels)
        assert len({label.casefold() for label in labels}) == len(labels)


@pytest.mark.parametrize("name", ["observations", "more_observations"])
def test_the_demo_observations_use_codes_that_exist(name: str) -> None:
    with (ROOT / "bot" / "demo" / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    for row in rows:
        assert row["kind"] in codes("kind")
        assert row["theme"] in codes("theme")
        for vocabulary in ("area", "sector", "group", "scale"):
            assert row.get(vocabulary, "") in ["", *codes(vocabulary)]
        assert 10 <= len(row["text"]) <= 3000
