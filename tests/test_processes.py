"""A run of tests that is killed leaves no program behind."""

import subprocess
import sys
import time

import psutil

from tests.processes import tied_to_us

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
