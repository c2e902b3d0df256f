"""A run of tests that is killed leaves no program behind, and its folder to the next one."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from tests.processes import folder_of_a_run, tied_to_us

PARENT = """
import subprocess, sys
print(subprocess.Popen([*sys.argv[1:], "sleep", "6000"]).pid, flush=True)
sys.stdin.read()
"""


def test_a_killed_run_takes_the_programs_along_that_it_has_started() -> None:
    command = [sys.executable, "-c", PARENT, *tied_to_us()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        while child.name() != "sleep":  # until then it may be asked too early to die with its parent
            time.sleep(0.01)
        parent.kill()
    deadline = time.monotonic() + 60
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "it is left behind"
        time.sleep(0.01)


def test_the_next_run_takes_away_what_a_killed_one_has_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed = subprocess.Popen(["true"])
    killed.wait()
    left = tmp_path / f"raportoi-test-{killed.pid}-left"
    left.mkdir()
    with folder_of_a_run("raportoi-test-") as one, folder_of_a_run("raportoi-test-") as two:
        assert set(tmp_path.iterdir()) == {one, two}
    assert not list(tmp_path.iterdir())
