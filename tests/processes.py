"""Programs that tests start: a run that is killed takes them along."""

import shutil


def tied_to_us(how: str = "KILL") -> list[str]:
    """Name what stands before a command so that Linux ends it with the thread that starts it; elsewhere nothing."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", how, "--"] if setpriv else []
