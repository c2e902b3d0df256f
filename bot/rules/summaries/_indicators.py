"""Names of public statistics that may stand beside a theme; figures are looked up at their source by who writes."""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path


def indicators(theme: str, language: str) -> Sequence[str]:
    """Names with their numbers in Sotkanet; Finnish where there is no Swedish asked for."""
    name = "sv" if language == "sv" else "fi"
    return [f"{row[name]} (ind. {row['id']})" for row in _table() if row["theme"] == theme]


@cache
def _table() -> tuple[dict[str, str], ...]:
    with Path(__file__).with_name("indicators.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t"))
