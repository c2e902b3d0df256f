"""Backups and coming back from them: what goes with the file, what must fit, and what nobody is to get twice."""

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from bot.deps import cannot_be_used
from bot.errors import Refused, SettingsError
from bot.rules.weeks import local_day
from bot.services.erasures import count_since, replay
from bot.services.installations import check_of
from bot.settings import Store, version
from storage import backups, erasure_log, files, installations
from storage.backups import Manifest, Unfit
from storage.database import Unavailable, Unusable, migrate
from storage.ledger import Waiting

MADE = "backups.log"  # beside the database: where backups were made
NO_KEY = (
    "The key of this backup is not here: RAPORTOI_KEY is not set, and {file} is not there. Bring the key back from its"
    " copy first. Where it is lost for good, `--new-key` takes another: {dead}. Nothing was changed."
)
OTHER_KEY = (
    "The key here is not the one of this backup. Bring that one back from its copy. Where it is lost for good,"
    " `--new-key` takes the one here: {dead}. Nothing was changed."
)
NO_LOG = (
    "WARNING: No erasures.log is at {file}: what was erased since {day} is in the database again. Find the file and"
    " restore again, or give `erase` again for each."
)
DEAD = "{codes} receipt codes are worth nothing then, and what stands in erasures.log cannot be erased again"
DIED = (
    "WARNING: With another key {codes} receipt codes are worth nothing now. Erasures asked for after the backup was"
    " made that could not be done again: {erasures}."
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a restore: where it stands, where the old one, what is looked for before it is sent, the key."""

    place: str
    kept: Path | None
    doubted: Sequence[Waiting]
    erased: int
    key_file: Path | None
    warnings: Sequence[str] = ()

    def lines(self) -> Iterator[str]:
        """What the operator is told."""
        yield f"The backup stands in the place of the database: {self.place}. Start the bot when you have read this."
        yield from self.warnings
        if self.kept:
            yield f"What was there before is kept as {self.kept}: take it away once all is well."
        if self.key_file:
            yield f"The key came with the backup, and is in {self.key_file}."
        if self.erased:
            yield f"Erasures asked for after the backup was made, and done again now: {self.erased}."
        total = sum(one.messages for one in self.doubted)
        looked_for = " Each is looked for first." * bool(total)
        yield f"Messages that may have gone out after the backup was made: {total}.{looked_for}"
        for one in self.doubted:
            yield f"  {one.at:%Y-%m-%d %H:%M} UTC  {one.kind}  {one.occurrence}  to {one.messages}"
        yield "What the clock plans anew is looked for as well. What people did in between is lost: tell them."


def back_up(settings: Store, file: Path, now: datetime, *, with_key: bool = False) -> Manifest:
    """Makes a backup, while the bot runs or not, with the key in it only where that is asked for. Raises Refused."""
    key = settings.key.decode() if with_key else None
    try:
        made = backups.make(settings.database, file, now, version(), key)
    except Unfit as error:
        raise Refused(str(error)) from error
    _remember(settings, file, now)
    return made


def _remember(settings: Store, file: Path, made_at: datetime) -> None:
    """`doctor` looks at it from here on."""
    with suppress(OSError), (settings.beside / MADE).open("a", encoding="utf-8") as known:
        known.write(json.dumps({"file": str(file.absolute()), "made_at": made_at.isoformat()}) + "\n")


def known_backups(folder: Path) -> dict[Path, datetime]:
    """The backups that are still where they were made, and what restores have kept; with their times."""
    found = {file: datetime.fromtimestamp(file.stat().st_mtime, UTC) for file in folder.glob("*.before-restore*")}
    with suppress(OSError):
        for line in (folder / MADE).read_text(encoding="utf-8").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                told = json.loads(line)
                found[Path(told["file"])] = datetime.fromisoformat(told["made_at"])
    return {file: made_at for file, made_at in found.items() if files.size(file) and not file.name.endswith("-wal")}


def whole(file: Path) -> str:
    """How surely the file that was looked into is whole, in words."""
    if backups.is_sealed(file):
        return "is whole"
    return "has no checksum, as an older release made it: its structure is whole, changed words would not be seen"


def look_into(file: Path) -> Manifest:
    """What the backup tells of itself; it was read to its end. Raises Refused."""
    try:
        return backups.read(file)
    except Unfit as error:
        raise Refused(str(error)) from error


def restore(
    settings: Store, file: Path, manifest: Manifest, now: datetime, *, replace: bool = False, new_key: bool = False
) -> Restored:
    """Puts the backup in the place of the database, all or nothing. No bot may run. Raises Refused, SettingsError.

    Nothing goes twice: what was due between the copy and now is looked for in Slack before it is sent.
    """
    given = _key(settings, manifest, new_key=new_key)
    made = secrets.token_hex(32) if new_key and not given else None
    key = made.encode() if made else given
    if settings.database_file is None:
        _bring_up_to_date(settings)
    ready_at, erased = settings.beside / "raportoi.restoring", list[int]()
    try:
        with (
            backups.held(settings.database, replace=replace) as has_data,
            backups.prepared(file, manifest, ready_at, now, _change(settings, manifest, key, now, erased)) as (
                ready,
                doubted,
            ),
        ):
            kept = _put(settings, ready, now, keeps=has_data)
    except Unfit as error:
        raise Refused(str(error)) from error
    _remember(settings, file, manifest.made_at)
    place, key_file = backups.place_of(settings.database), _keep_key(settings, made or manifest.key)
    warnings = list(_warnings(settings, manifest, key, is_new=bool(made)))
    return Restored(place, kept, doubted, sum(erased), None if made else key_file, warnings)


def _key(settings: Store, manifest: Manifest, *, new_key: bool) -> bytes | None:
    """The key that the database is to have, None where there is none yet. Raises Refused, SettingsError."""
    given = settings.key if settings.raportoi_key or settings.key_file.exists() else None
    key = given or (manifest.key.encode() if manifest.key else None)
    if new_key or not manifest.key_check or (key and check_of(key) == manifest.key_check):
        return key
    dead = DEAD.format(codes=manifest.codes)
    raise Refused(OTHER_KEY.format(dead=dead) if key else NO_KEY.format(file=settings.key_file, dead=dead))


def _bring_up_to_date(settings: Store) -> None:
    try:
        migrate(settings.database)
    except Unusable as error:
        raise SettingsError("DATABASE_URL is wrong: no PostgreSQL database can be used there.") from error
    except Unavailable as error:
        raise SettingsError(cannot_be_used(settings.database, error)) from error


def _change(
    settings: Store, manifest: Manifest, key: bytes | None, now: datetime, erased: list[int]
) -> Callable[[Session], None]:
    """What is changed in the backup before it takes its place; how much was erased again is added to the list."""

    def change(session: Session) -> None:
        if key and manifest.workspace:
            installations.tie(session, manifest.workspace, check_of(key))
        if key:
            erased.append(replay(session, settings.beside, key, manifest.workspace, now, manifest.made_at))

    return change


def _put(settings: Store, ready: Path, now: datetime, *, keeps: bool) -> Path | None:
    """On PostgreSQL what stood there is kept as a backup of its own."""
    if file := settings.database_file:
        return backups.put_into_file(ready, file, keeps=keeps)
    kept = backups.keep_aside(settings.beside / "raportoi") if keeps else None
    if kept:
        backups.make(settings.database, kept, now, version())
    backups.put_into_server(ready, settings.database)
    return kept


def _warnings(settings: Store, manifest: Manifest, key: bytes | None, *, is_new: bool) -> Iterator[str]:
    """What is not in the restored database as it should be, and what to do."""
    if not erasure_log.can_be_read(settings.beside):
        yield NO_LOG.format(file=settings.beside / erasure_log.NAME, day=local_day(manifest.made_at))
    if key and manifest.key_check and check_of(key) != manifest.key_check:
        yield DIED.format(codes=manifest.codes, erasures=count_since(settings.beside, manifest.made_at))
    if is_new:
        yield f"A new key stands in {settings.key_file}: copy it now."
    if settings.database_file is None and not settings.raportoi_key and settings.key_file.exists():
        yield f"Set RAPORTOI_KEY to what stands in {settings.key_file} before the start."


def _keep_key(settings: Store, key: str | None) -> Path | None:
    """A key that came with the backup, or was made, is written where none is; answers where."""
    if not key or settings.raportoi_key or settings.key_file.exists():
        return None
    settings.keep_key(key)
    return settings.key_file
