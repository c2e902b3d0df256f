"""Gathering all that is stored of one person, for them to read and to take along."""

import json
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.hashes import keyed
from bot.rules.own_data import Stored
from bot.rules.statuses import CLOSED
from bot.rules.weeks import local_day
from storage import own_data as table


def stored(deps: Deps, user: str) -> Stored:
    """Everything; other people appear as roles. What cannot be tied to the person is not among it."""
    with deps.read() as session:
        rows = table.rows_of(session, user, lambda purpose, of: keyed(deps.key, purpose, of, user).hex())
        taken = table.handled(session, [row["observation"] for row in rows.get("handling", ())])
        own = [*rows.get("observation", ()), *taken]
        trail = table.deeds(session, {row["number"] for row in own})
        names = table.names(session, _keys(rows)) | {row["key"]: row["number"] for row in taken}
        closed = _closed(session, own)
        met_on = {key: local_day(at) for key, at in table.ends_of_meetings(session, _keys(rows)).items()}
    deeds = {number: [(what, local_day(at)) for what, at in found] for number, found in trail.items()}
    until = local_day(deps.now()) + deps.backups_kept
    return Stored(rows, deeds, names, closed, met_on, until, user in deps.first_coordinators)


def _keys(rows: dict[str, list[dict[str, Any]]]) -> set[str]:
    """Of the phenomena and meetings that the rows name."""
    return {
        str(row[name])
        for found in rows.values()
        for row in found
        for name in ("phenomenon", "meeting")
        if row.get(name)
    }


def _closed(session: Session, observations: list[dict[str, Any]]) -> dict[str, date]:
    """Number -> the day, of those that are closed; what is joined to a phenomenon is closed with it."""
    phenomena = table.ends_of_phenomena(session, CLOSED)
    found: dict[str, date] = {}
    for row in observations:
        joined = row["status"] == "yhdistetty" and row["phenomenon"]
        day = phenomena.get(row["phenomenon"]) if joined else row["noted_on"] if row["status"] in CLOSED else None
        if day:
            found[row["number"]] = day
    return found


def as_json(found: Stored) -> bytes:
    """For programs: the rows by table, as they stand."""
    told = {"tables": found.rows, "deeds": found.deeds, "titles": found.names}
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
