"""What an operator does with what is stored: backups, one person's data, earlier collections, files for others."""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import logs, settings
from bot.errors import DatabaseUnavailable, FileThere, Problem, Refused, SettingsError, SlackError

if TYPE_CHECKING:
    from bot.deps import Deps
    from storage.backups import Manifest


def backup(
    file: Annotated[Path, typer.Argument(help="A file that is not there yet.")],
    *,
    with_key: Annotated[
        bool, typer.Option("--with-key", help="Put the key into it: who has both reads codes.")
    ] = False,
) -> None:
    """Make a whole copy of the database in one file, while the bot runs or not."""
    from bot.deps import utc_now  # noqa: PLC0415
    from bot.services.backups import back_up  # noqa: PLC0415

    os.nice(10)  # the bot that files meanwhile comes first
    with explained():
        made = back_up(settings.load(settings.Store), file, utc_now(), with_key=with_key)
    typer.echo(f"{file} is whole: {_backup_line(made)}.")
    if with_key:
        typer.echo("The key is in it: whoever has this file can tell receipt codes. Keep it as you keep the key.")
    else:
        typer.echo("The key is not in it: keep a copy of the key in a place of its own. Without it, codes are dead.")


def restore(
    file: Annotated[Path, typer.Argument(help="What `backup` has made.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Keep the database that is there aside.")] = False,
    new_key: Annotated[bool, typer.Option("--new-key", help="The key is lost for good: take the one here.")] = False,
) -> None:
    """Put a backup in the place of the database. The bot must not run."""
    from bot.deps import utc_now  # noqa: PLC0415
    from bot.services import backups  # noqa: PLC0415

    with explained():
        chosen = settings.load(settings.Store)
        logs.set_up(chosen.log_level)
        manifest = backups.look_into(file)
        typer.echo(f"{file} {backups.whole(file)}: {_backup_line(manifest)}.")
        done = backups.restore(chosen, file, manifest, utc_now(), replace=replace, new_key=new_key)
    for line in done.lines():
        typer.echo(line)


def _backup_line(manifest: "Manifest") -> str:
    rows = sum(manifest.counts.values())
    made = f"made at {manifest.made_at:%Y-%m-%d %H:%M} UTC by Raportoi {manifest.version} from {manifest.source}"
    return f"{made}, schema {manifest.schema}, {manifest.counts.get('observation', 0)} observations, {rows} rows"


def stored(
    user: Annotated[str, typer.Argument(help="A user id of Slack (U…).")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rows by table, for programs.")] = False,
) -> None:
    """Show what is stored of a person, as the person sees it in Slack."""
    from bot.app import looking_on  # noqa: PLC0415
    from bot.blocks.own_data import as_text  # noqa: PLC0415
    from bot.services import own_data  # noqa: PLC0415
    from bot.services.people import words_for  # noqa: PLC0415

    with explained():
        chosen = _for_one_person(user)
        with looking_on(chosen) as deps:
            found = own_data.stored(deps, user)
            text = as_text(words_for(deps, user), deps.vocabularies, found)
    typer.echo(own_data.as_json(found).decode() if as_json else text, nl=as_json)


def erase(
    user: Annotated[str, typer.Argument(help="A user id of Slack (U…).")],
    *,
    texts: Annotated[
        bool, typer.Option("--texts", help="The person's texts too, not only what leads to them.")
    ] = False,
) -> None:
    """Delete a person's data at once. A second time changes nothing."""
    from bot.app import looking_on  # noqa: PLC0415
    from bot.services import own_data  # noqa: PLC0415

    with explained("erased"):
        chosen = _for_one_person(user)
        with looking_on(chosen) as deps:
            found = own_data.erase_for_operator(deps, user, texts=texts)
    counted = ", ".join(f"{table} {len(rows)}" for table, rows in sorted(found.rows.items()))
    typer.echo(f"The data of {user} is deleted. Rows that were found: {counted or 'none'}.")
    if not texts:
        typer.echo(
            "Their texts stay, without their writer, and cannot be found through this id any more: --texts must be said"
            " the first time."
        )
    typer.echo("The bot takes out of Slack what it has written to them, as soon as it runs.")
    if found.is_first_coordinator:
        typer.echo("RAPORTOI_COORDINATORS still names them: take the id out there.")


def import_file(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX with a head row.")],
    *,
    mapping: Annotated[Path, typer.Option(help="YAML: which column is which field, and what their values mean.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Store nothing; tell what would be stored.")] = False,
) -> None:
    """Bring in observations that were collected earlier, elsewhere. Twice gives once."""
    from bot.app import looking_on  # noqa: PLC0415
    from bot.services import imports  # noqa: PLC0415

    with explained():
        chosen = settings.load(settings.Settings)
        logs.set_up(chosen.log_level)
        known = imports.read_mapping(mapping)
        rows = imports.read_file(file, known)
        with looking_on(chosen) as deps:
            outcomes = imports.examine_rows(deps, known, rows)
            new = None if dry_run else imports.bring_in(deps, outcomes)
        report = imports.write_report(file, outcomes)
    counted = Counter(one.what for one in outcomes)
    is_tried = dry_run or counted["wrong"]
    words = {"stored": "would be stored"} if is_tried else {}
    kinds = ("stored", "warned", "refused", "wrong", "twice", "known")
    told = ", ".join(f"{words.get(what, what)} {counted[what]}" for what in kinds)
    typer.echo(f"{len(outcomes)} rows: {told}. Row by row: {report}")
    if counted["wrong"]:
        typer.echo("Nothing was stored: mend what is wrong in the file or the mapping first.", err=True)
        raise typer.Exit(1)
    typer.echo("Nothing was stored (dry run)." if new is None else f"{new} observations are new.")


def _for_one_person(user: str) -> settings.Settings:
    if not re.fullmatch(r"[UW][A-Z0-9]+", user):
        message = f"{user} is no user id: in Slack, a profile's menu, Copy member ID (U…)."
        raise SettingsError(message)
    chosen = settings.load(settings.Settings)
    logs.set_up(chosen.log_level)
    return chosen


class Format(StrEnum):
    """The formats of files; the coordinators' own export knows the last two."""

    DOCX = "docx"
    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"


class Language(StrEnum):
    """Of the words in a file."""

    FI = "fi"
    SV = "sv"
    EN = "en"


FULL = ("SQLITE_FULL", "53100", "ENOSPC", "EDQUOT", "EFBIG")  # of a database or a file
A_DAY = ["%Y-%m-%d"]
MOST_HALVES = 8  # have room beside each other


def export(
    file: Annotated[Path, typer.Argument(help="The file to write: one that is not there yet.")],
    *,
    first: Annotated[datetime, typer.Option("--from", formats=A_DAY, help="The first day.")],
    last: Annotated[datetime, typer.Option("--to", formats=A_DAY, help="The last day.")],
    rows: Annotated[bool, typer.Option("--rows", help="The observations themselves, for coordinators.")] = False,
    ending: Annotated[Format, typer.Option("--format", help="The format of the file.")] = Format.XLSX,
    language: Annotated[Language, typer.Option(help="The language of the words in it.")] = Language.FI,
) -> None:
    """Write the summary of one half-year or several to a new file; of other days a working paper; or --rows."""
    from bot.app import looking_on  # noqa: PLC0415

    with explained():
        if rows and ending not in (Format.XLSX, Format.CSV):
            raise SettingsError("--rows is written as xlsx or csv: say --format xlsx.")
        if last < first:
            raise SettingsError("--to is before --from: write the first day first.")
        chosen, days = settings.load(settings.Settings), (first.date(), last.date())
        logs.set_up(chosen.log_level)
        with looking_on(chosen) as deps:
            write = _write_rows if rows else _write_summary
            typer.echo(write(deps, file, ending, language, days))


def _write_summary(deps: "Deps", file: Path, ending: str, language: str, days: tuple[date, date]) -> str:
    from bot.exports import formats, summaries  # noqa: PLC0415
    from bot.exports.files import new_file  # noqa: PLC0415
    from bot.rules.summaries import Period, halves_of  # noqa: PLC0415
    from bot.services.summaries import gather  # noqa: PLC0415
    from bot.texts import Texts  # noqa: PLC0415

    period = Period(*days)
    if len(halves_of(period)) > MOST_HALVES:
        raise SettingsError(f"A summary is of {MOST_HALVES} half-years at most: write nearer days.")
    with new_file(file) as path:
        found = gather(deps, period, language)
        document = summaries.document(Texts(language), deps.vocabularies, found)
        path.write_bytes(formats.drawn(document, ending))
    if found.is_working_paper:
        return (
            f"A working paper is in {file}. It is for coordinators only: a summary is of whole half-years, and beside"
            " one this paper may tell of single people."
        )
    return f"The summary is in {file}."


def _write_rows(deps: "Deps", file: Path, ending: str, language: str, days: tuple[date, date]) -> str:
    from bot.exports.files import new_file  # noqa: PLC0415
    from bot.exports.rows import write_rows  # noqa: PLC0415
    from bot.rules.exports import Selection  # noqa: PLC0415
    from bot.services import exports  # noqa: PLC0415
    from bot.texts import Texts  # noqa: PLC0415

    selection = Selection(*days)
    found = _telling(exports.read_all(deps, selection))
    with new_file(file) as path:
        count = write_rows(path, ending, Texts(language), deps.vocabularies, found)
        exports.note(deps, exports.OPERATOR, selection, count)
    return f"Observations in {file}: {count}. It is for the coordinators' own work only."


def _telling(found: Iterator[Any]) -> Iterator[Any]:
    """The same; after each thousand a line tells how far it is, where somebody looks on."""
    for count, one in enumerate(found, start=1):
        if count % 1000 == 0 and sys.stderr.isatty():
            typer.echo(f"\r{count} observations …", nl=False, err=True)
        yield one


def _refused_by_the_database(code: str, undone: str) -> str:
    from storage.faults import meaning  # noqa: PLC0415

    if code.startswith(FULL):
        return f"The disk is full: nothing was {undone}. Free room and say it again."
    return f"The database cannot be used: {meaning(code)}. Nothing was {undone}: say it again later."


@contextmanager
def explained(undone: str = "changed") -> Iterator[None]:
    """Wrong settings and calls end the program with a sentence for each and exit code 2, other faults with 1."""
    try:
        yield
    except SettingsError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except DatabaseUnavailable as problem:
        typer.echo(_refused_by_the_database(problem.cause(), undone), err=True)
        sys.exit(1)
    except Problem as problem:
        typer.echo(problem.message.format(**problem.values), err=True)
        sys.exit(2 if isinstance(problem, FileThere) else 1)
    except Refused as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except SlackError as error:
        typer.echo(f"Slack did not answer as it should ({error.code}). `python -m bot doctor` says more.", err=True)
        sys.exit(1)
    except OSError as error:
        owner = " Give the command as the bot's account, which must own the file." * isinstance(error, PermissionError)
        typer.echo(f"{error.filename or 'A file'} cannot be used ({error.strerror or error}).{owner}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:  # before the bot stood
        sys.exit(130)
