"""The clock moved by hand: everything knocks, everything due is sent by the real sender, files have followed."""

from dataclasses import replace
from datetime import timedelta

from bot.deps import Deps
from bot.jobs import HANDLERS
from bot.jobs import meetings as jobs
from bot.jobs.deliveries import Sender
from tests.clocks import TERMS, at

AT_ONCE = replace(TERMS, pace=1000, burst=1000, between=timedelta(0), settle=0.1)


def passes(deps: Deps, moment: str) -> Deps:
    """The clock of Helsinki shows the moment."""
    there = at(deps, moment)
    jobs.knock(there)
    sender = Sender(there, AT_ONCE, HANDLERS)
    for _ in range(50):
        if sender.send_one():
            break
    deps.tellers.submit(lambda: None).result()  # what is told afterwards has been told
    jobs.redraw(there)
    return there
