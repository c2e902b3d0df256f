"""Examining the rows as the guard and the form do, and storing what may be stored in one transaction."""

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.deps import Deps
from bot.errors import PersonalDataFound
from bot.rules import imports as rules
from bot.rules import observations as forms
from bot.rules.hashes import keyed
from bot.rules.observations import Draft
from bot.rules.weeks import local_day
from bot.services.observations import Earlier, refuse_codes, store_earlier
from storage import observations

STORED, WARNED, REFUSED, WRONG, TWICE, KNOWN = "stored", "warned", "refused", "wrong", "twice", "known"
HEAD = ("row", "what", "why")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a row (its number in the file, the head being 1), and why; never a word of it."""

    row: int
    what: str
    why: str = ""
    earlier: Earlier | None = None


def examine_rows(deps: Deps, mapping: rules.Plan, rows: Sequence[dict[str, str]]) -> list[Outcome]:
    """What would become of each row. Nothing is stored."""
    today, seen, found = local_day(deps.now()), dict[str, int](), list[Outcome]()
    for number, row in enumerate(rows, 2):
        one = _examined(deps, mapping, row, number, today)
        if one.earlier and (first := seen.setdefault(one.earlier.once, number)) != number:
            one = Outcome(number, TWICE, f"the same as row {first}")
        found.append(one)
    return found


def _examined(deps: Deps, mapping: rules.Plan, row: dict[str, str], number: int, today: date) -> Outcome:
    read = rules.read_row(mapping, row, deps.vocabularies, today)
    wrong = {**dict.fromkeys(forms.mistakes(read.draft, deps.vocabularies), "missing or too long"), **read.wrong}
    if wrong or read.day is None:
        return Outcome(number, WRONG, "; ".join(f"{name}: {why}" for name, why in sorted(wrong.items())))
    earlier = Earlier(read.draft, read.day, _once(deps, read.draft, read.day))
    try:
        with deps.read() as session:
            if observations.get_by_once(session, deps.workspace, earlier.once):
                return Outcome(number, KNOWN, "brought in before")
            refuse_codes(deps, session, text=read.draft.text, proposal=read.draft.proposal)
        forms.guard(read.draft, deps.key, asks_of_urgent=False)
    except PersonalDataFound as found:
        kinds = sorted({kind for kinds in (found.blocked or found.warned).values() for kind in kinds})
        if found.blocked:
            return Outcome(number, REFUSED, ", ".join(kinds))
        return Outcome(number, WARNED, ", ".join(kinds), earlier)
    return Outcome(number, STORED, "", earlier)


def _once(deps: Deps, draft: Draft, day: date) -> str:
    """By its content a row is known again, however often its file is brought in."""
    said = (draft.text, draft.proposal, *(str(getattr(draft, name)) for name in rules.LISTS))
    return "import:" + keyed(deps.key, "import", f"{day}", *said).hex()


def bring_in(deps: Deps, outcomes: Sequence[Outcome]) -> int:
    """Stores all rows that may be stored, in one transaction; answers how many were not there yet.

    Nothing where a row is wrong: then the mapping is to be mended first. Raises DatabaseUnavailable.
    """
    if any(one.what == WRONG for one in outcomes):
        return 0
    return store_earlier(deps, [one.earlier for one in outcomes if one.earlier])


def write_report(file: Path, outcomes: Sequence[Outcome]) -> Path:
    """Row by row, in a CSV beside the file, for its owner alone; an earlier one gives way. Raises OSError."""
    report = file.with_name(f"{file.name}.report.csv")
    opened = os.open(report, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8-sig", newline="") as into:
        writer = csv.writer(into, delimiter=";")
        writer.writerow(HEAD)
        writer.writerows((one.row, one.what, one.why) for one in outcomes)
    return report
