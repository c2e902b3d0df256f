"""One sender process, as the rounds start and kill it; `BLIND` makes it try again without looking, as an ablation."""

import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, cast

from sqlmodel import Session

from bot.blocks.parts import Block, section
from bot.deps import Deps, utc_now
from bot.jobs.deliveries import Handler, Sender
from bot.rules.deliveries import Send, Skip, Terms, Verdict
from bot.services import deliveries as ledger
from bot.slack import Slack
from storage.database import Database
from storage.models import Answered, Delivery

KINDS = ("feedback", "report_reminder")
PACE = 40
SLOWNESS = float(os.environ.get("SLOWNESS", "1"))  # times that a step takes here, where others are at work
TERMS = Terms(
    pace=PACE,
    lease=timedelta(seconds=4) * SLOWNESS,
    check_lease=timedelta(seconds=10) * SLOWNESS,
    settle=3.0 * SLOWNESS,
    frozen=1.0 * SLOWNESS,
    poll=0.1,
    most_attempts=30,
    again=timedelta(seconds=0.1),
    longest_pause=timedelta(seconds=2),
    put_off=timedelta(seconds=0.5),
)


def deps_for(database: str, api_url: str, token: str, workspace: str) -> Deps:
    nothing = cast("Any", None)  # the sender asks for none of these
    return Deps(
        database=Database(database),
        slack=Slack(token, api_url, timeout=int(SLOWNESS)),
        people=nothing,
        workspace=workspace,
        key=b"",
        now=utc_now,
        vocabularies=nothing,
        analyser=nothing,
        workers=ThreadPoolExecutor(1),
        tellers=ThreadPoolExecutor(1),
    )


def _draw(_deps: Deps, row: Delivery) -> tuple[str, list[Block]]:
    return f"Viesti {row.occurrence}", [section(f"Viesti {row.occurrence}")]


def _still_wanted(deps: Deps, session: Session, row: Delivery, _now: datetime) -> Verdict:
    return Skip() if session.get(Answered, (deps.workspace, "chaos", row.recipient)) else Send()


class Blind(Sender):
    """What does not know its outcome is sent again, as most queues do."""

    def _looked_for(self, row: Delivery) -> Callable[[], object]:
        return lambda: ledger.absent(self._deps, self._terms, row)


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    env = os.environ
    deps = deps_for(env["DATABASE_URL"], env["SLACK_API_URL"], env["SLACK_BOT_TOKEN"], env["WORKSPACE"])
    kind = Blind if env.get("BLIND") else Sender
    kind(deps, TERMS, {name: Handler(_draw, _still_wanted) for name in KINDS}).start()
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()
