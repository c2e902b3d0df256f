"""Backups that can be seen from here, their age and place; and the room on the database's disk."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.health._finding import Finding
from bot.rules.weeks import local_day
from bot.services.backups import known_backups
from bot.settings import Store
from storage import erasure_log, files

OLD = timedelta(days=8)
LEAST_FREE = 200_000_000  # bytes, beside twice the database: at night a fresh copy stands beside each table
NONE = "none that can be seen from here: `python -m bot backup FILE` makes one, while the bot runs"


def backups(settings: Store, now: datetime) -> Finding:
    """Age and place of the newest; which are too old, and which hold what was erased since."""
    found = sorted((made_at, file) for file, made_at in known_backups(settings.beside).items())
    if not found:
        return Finding("backups", True, NONE, warns=True)
    made_at, newest = found[-1]
    words = [f"the newest that can be seen from here is {newest}, of {made_at:%Y-%m-%d}"]
    if _same_disk(newest, settings.database_file):
        words.append("it is on the disk of the database: keep one elsewhere")
    outdated = [file for at, file in found if now - at > timedelta(days=settings.raportoi_backups_kept)]
    if outdated:
        words.append(f"take away what is older than {settings.raportoi_backups_kept} days: {_listed(outdated)}")
    holding, may_hold = _from_before_an_erasure(settings.beside, found)
    if holding:
        words.append(f"these still hold what was erased after they were made: {_listed(holding)}")
    if may_hold:
        words.append(f"these may hold it, made on the day of an erasure: {_listed(may_hold)}")
    is_old = now - made_at > OLD
    if is_old:
        words.insert(1, f"{(now - made_at).days} days old: make a new one")
    return Finding("backups", not (is_old or outdated), "; ".join(words))


def _from_before_an_erasure(folder: Path, found: list[tuple[datetime, Path]]) -> tuple[list[Path], list[Path]]:
    """Those from days before the last erasure, and those of its day, of which the log has no hour."""
    last = max((line.day for line in erasure_log.read(folder)), default=date.min)
    days = [(local_day(made_at), file) for made_at, file in found]
    return [file for day, file in days if day < last], [file for day, file in days if day == last]


def _listed(paths: list[Path]) -> str:
    return ", ".join(str(path) for path in paths)


def _same_disk(file: Path, database: Path | None) -> bool:
    try:
        return database is not None and file.stat().st_dev == database.stat().st_dev
    except OSError:
        return False


def disk(settings: Store) -> Iterator[Finding]:
    """The room beside SQLite's file; PostgreSQL's server has its own."""
    if not (file := settings.database_file) or not file.parent.is_dir():
        return
    free, needed = shutil.disk_usage(file.parent).free, LEAST_FREE + 2 * files.size(file)
    said = f"{files.in_words(free)} are free at {file.parent}"
    words = said if free > needed else f"{said}, {files.in_words(needed)} are needed at night: free some room"
    yield Finding("disk", free > needed, words)


def key_copy(kept_on: object) -> Finding:
    """When the key was last kept apart, which only the operator knows: it is asked once and remembered."""
    if kept_on:
        return Finding("key copy", True, f"kept apart on {kept_on}, as you have said")
    ask = "nobody has said yet that a copy of the key is kept apart: `doctor --key-kept 2026-11-30` remembers the day"
    return Finding("key copy", True, ask, warns=True)
