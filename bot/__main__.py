"""The command line: `python -m bot` is `python -m bot serve`."""

import codecs
import gc
import io
import json
import os
import signal
import sys
import threading
import unicodedata
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import logs, settings
from bot.errors import SettingsError
from bot.operator import backup, erase, explained, export, import_file, restore, stored

if TYPE_CHECKING:
    from bot.app import Bot

TOLD_TO_STOP = 128 + signal.SIGTERM  # the exit code of who is told so before the bot stands
YEARS = range(2000, 9000)  # a look ahead, and the days around it, stay among those that a calendar has
cli = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, help="Raportoi, a Slack bot for practitioner networks."
)


@cli.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Without a command: serve."""
    os.umask(0o077)  # whatever is made from here on, nobody else on the machine can read
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TOLD_TO_STOP))  # process 1 of a container would not hear it
    codecs.register_error("plainly", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plainly")
    logs.set_up("CRITICAL")  # until a command wants more, its own sentences are all that is told
    if context.invoked_subcommand is None:
        serve()


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """What a terminal cannot show is shown in letters that it has: "..." for "…", "a" for "ä"."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    known = unicodedata.normalize("NFKD", error.object[error.start : error.end])
    return known.encode("ascii", "ignore").decode() or "?", error.end


@cli.command()
def serve(
    *,
    no_jobs: Annotated[bool, typer.Option("--no-jobs", help="Leave the clock's work to `work` (PostgreSQL).")] = False,
) -> None:
    """Run the bot until it is told to stop (Ctrl-C or SIGTERM)."""
    _start_bot(jobs=not no_jobs)


@cli.command()
def work() -> None:
    """Do the clock's work alone, beside `serve --no-jobs` (PostgreSQL)."""
    _start_bot(listens=False)


def _start_bot(*, listens: bool = True, jobs: bool = True) -> None:
    gc.disable()  # nothing of what is loaded can go: looking for that takes a tenth of the start
    from bot.app import Bot  # noqa: PLC0415 - Slack's libraries load only where they are needed

    gc.freeze()
    gc.enable()
    with explained():
        chosen = settings.load(settings.Settings)
        logs.set_up(chosen.log_level)
        os.environ.pop("SLACK_BOT_TOKEN", None)  # Bolt would read it too, and warn that we have given it a client
        _run(Bot(chosen, listens=listens, jobs=jobs))


@cli.command()
def migrate(
    *,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Take another key: receipt codes given so far are worth nothing then.")
    ] = False,
) -> None:
    """Bring the database's schema up to date."""
    from bot.deps import open_database  # noqa: PLC0415
    from bot.services.installations import take_key  # noqa: PLC0415

    with explained():
        chosen = settings.load(settings.Store)
        logs.set_up(chosen.log_level)
        with closing(open_database(chosen)) as database:
            typer.echo("The schema is up to date.")
            if new_key:
                take_key(database, chosen)
                typer.echo("The database takes this key from now on. Receipt codes given so far are worth nothing.")


@cli.command()
def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list for programs.")] = False,
    posts: Annotated[
        bool,
        typer.Option("--slack-round-trip", help="Post a marked message to the first coordinator and read it back."),
    ] = False,
    blocks: Annotated[
        bool,
        typer.Option(
            "--blocks",
            help="Let Slack judge all that the bot can draw, with invented people, and write a dated report.",
        ),
    ] = False,
    key_kept: Annotated[
        datetime | None,
        typer.Option("--key-kept", formats=["%Y-%m-%d"], help="The day when a copy of the key was last kept apart."),
    ] = None,
) -> None:
    """Check settings, tokens, scopes, channel, clock, database and backups, and say what to do."""
    from bot.deps import utc_now  # noqa: PLC0415
    from bot.health import check_up  # noqa: PLC0415

    if key_kept:
        _note_key_copy(key_kept.date(), utc_now())
    if blocks:
        raise typer.Exit(_judge_blocks(utc_now()))
    with explained():
        findings = list(check_up(utc_now, posts=posts))
    if as_json:
        typer.echo(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            typer.echo(finding.as_line())
    raise typer.Exit(0 if all(finding.well for finding in findings) else 1)


def _judge_blocks(now: datetime) -> int:
    """The exit code: 1 where Slack refuses something."""
    _need_practice()
    from bot.judging import report  # noqa: PLC0415

    with explained():
        chosen = settings.load(settings.Settings)
        logs.set_up("ERROR")
        typer.echo("Everything is drawn in three languages, in a practice network: this takes some minutes.")
        file, refused = report(chosen, now, Path.cwd())
    typer.echo(f"Slack refuses {refused}. The report is {file.name}. Nothing was posted.")
    return 1 if refused else 0


def _note_key_copy(day: date, now: datetime) -> None:
    from bot.deps import open_database  # noqa: PLC0415
    from bot.rules.weeks import local_day  # noqa: PLC0415
    from bot.services.installations import note_key_copy  # noqa: PLC0415

    with explained():
        if day > local_day(now):
            message = f"--key-kept {day} is in the future: name the day when the copy was made."
            raise SettingsError(message)
        chosen = settings.load(settings.Store)
        with closing(open_database(chosen)) as database:
            note_key_copy(database, chosen, day)


@cli.command()
def preview(
    *,
    days: Annotated[int, typer.Option(min=0, max=366, help="How far to look ahead.")],
    at: Annotated[str | None, typer.Option(help="The moment to look from, as ISO 8601; now without it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list for programs.")] = False,
) -> None:
    """Show every message that would be sent: when, which kind, to how many. Sends nothing."""
    from bot.app import looking_on  # noqa: PLC0415
    from bot.services.previews import planned  # noqa: PLC0415

    with explained():
        chosen = settings.load(settings.Settings)
        logs.set_up(chosen.log_level)
        with looking_on(chosen) as deps:
            found = planned(deps, _moment(at) if at else deps.now(), days)
    if as_json:
        typer.echo(json.dumps([one.as_dict() for one in found], ensure_ascii=False))
        return
    typer.echo(f"{'When':<22}  {'Kind':<18}  {'To':>5}  Key" if found else "Nothing would be sent.")
    for one in found:
        typer.echo(f"{one.at:%Y-%m-%d %H:%M %z}  {one.kind:<18}  {one.recipients:>5}  {one.key}")


def _moment(text: str) -> datetime:
    """The instant, Helsinki's where no zone is given. Raises SettingsError."""
    from bot.rules.weeks import HOME  # noqa: PLC0415

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.min.replace(tzinfo=HOME)
    if moment.year not in YEARS:
        message = f"--at {text} is no moment. Write it as in 2026-12-03T13:00 or 2026-12-03T13:00+02:00."
        raise SettingsError(message)
    return moment if moment.tzinfo else moment.replace(tzinfo=HOME)


def _need_practice() -> None:
    if find_spec("aiohttp") is None:
        typer.echo("The practice network needs aiohttp: run `make setup`, or install requirements-demo.txt.", err=True)
        raise typer.Exit(2)


@cli.command()
def demo(
    *,
    share: Annotated[bool, typer.Option("--share", help="Let others in this network in, with a password.")] = False,
) -> None:
    """A practice network with the bot in it, and a page to open: no Slack account is needed."""
    _need_practice()
    from bot import demo as sample  # noqa: PLC0415
    from bot.app import Bot  # noqa: PLC0415

    page, told_to_stop, port = sample.Page(sample.new_password() if share else ""), threading.Event(), None
    with explained():
        while not told_to_stop.is_set():  # once more where somebody starts over
            with sample.practice(page, port=port) as running, sample.settings(running) as chosen:
                logs.set_up(chosen.log_level)
                bot = Bot(chosen, now=running.clock.now, terms=sample.TERMS)
                filed = sample.fill(bot.deps)
                running.opens(bot.deps)
                said, port = sample.AGAIN if port else sample.welcome(running, filed), running.port
                _run(bot, partial(typer.echo, said), told_to_stop, page.is_over.is_set)


def _run(
    bot: "Bot",
    ready: Callable[[], None] = lambda: None,
    told_to_stop: threading.Event | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> None:
    """The bot at work until Ctrl-C or SIGTERM, or until it is over; then what is under way is finished.

    Until it stands it may wait for Slack: it is ended at once then.
    """
    told = told_to_stop or threading.Event()
    try:
        bot.start()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told.set())
        ready()
        while not told.wait(1) and not is_over():
            pass  # Python misses a signal that comes just before a wait without an end, until the next one
    finally:
        bot.stop()


cli.command()(backup)
cli.command()(restore)
cli.command()(stored)
cli.command()(erase)
cli.command(name="import")(import_file)
cli.command()(export)

if __name__ == "__main__":
    cli()
