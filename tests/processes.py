"""Programs that tests start: a run that is killed takes them along."""

import ctypes
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

ROOT = Path(__file__).parent.parent
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["bot.__main__", "bot.app", "bot.health"])
SET_PDEATHSIG = 1  # prctl: this process ends with the one that it came from


def tied_to_us(how: str = "KILL") -> list[str]:
    """Name what stands before a command so that Linux ends it with the thread that starts it; elsewhere nothing."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", how, "--"] if setpriv else []


@contextmanager
def folder_of_a_run(prefix: str) -> Iterator[Path]:
    """Give a folder that is gone afterwards; where this process is killed, the next one like it takes it away."""
    for left in Path(gettempdir()).glob(f"{prefix}*-*"):
        maker = left.name.removeprefix(prefix).partition("-")[0]
        if maker.isdecimal() and not _lives(int(maker)):
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=f"{prefix}{os.getpid()}-") as name:
        yield Path(name)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's
    return True


@contextmanager
def closed_port() -> Iterator[int]:
    """Give a port of 127.0.0.1 where nobody listens, nor can: one that is let go may be another test's at once."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def run_bot(*arguments: str, env: dict[str, str], within: float) -> subprocess.CompletedProcess[str]:
    """What `python -m bot` says and ends with: in a process of its own, made from one that has imported the bot.

    A second of each start goes into imports. Ways to start that are stories themselves start Python anew.
    """
    with TemporaryDirectory() as written:
        out, errors = Path(written, "out"), Path(written, "errors")
        program = SERVER.Process(target=_be_the_bot, args=(arguments, env, out, errors))
        program.start()
        program.join(within)
        if program.exitcode is None:
            program.kill()
            raise subprocess.TimeoutExpired(["bot", *arguments], within)
        return subprocess.CompletedProcess(arguments, program.exitcode, out.read_text(), errors.read_text())


def _be_the_bot(arguments: tuple[str, ...], env: dict[str, str], out: Path, errors: Path) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PDEATHSIG, signal.SIGKILL)
    for file, number in ((os.devnull, 0), (out, 1), (errors, 2)):
        os.dup2(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), number)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(env)
    from bot.__main__ import cli  # noqa: PLC0415  the tests' own process need not have it

    cli(arguments, prog_name="python -m bot")
