"""Observations of any week, and the clock's work for digests with the real sender, for the tests of digests."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from bot.deps import Deps
from bot.jobs import HANDLERS
from bot.jobs import digests as jobs
from bot.jobs.deliveries import Sender
from bot.rules.weeks import iso_week, local_day
from storage.models import Delivery, Observation
from tests.clocks import TERMS, at, hki

AT_ONCE = replace(TERMS, pace=100_000, burst=100_000, between=timedelta(0), settle=0.0, again=timedelta(0))


def observation(deps: Deps, number: str, moment: str | datetime, text: str = "Havainto", **more: Any) -> Observation:
    day = local_day(hki(moment) if isinstance(moment, str) else moment)
    values = {"kind": "E", "theme": "SHL11-02", "theme_set": "SHL11-2023", "area": "853", "author": "U0AINO0001"}
    place = {"key": secrets.token_hex(16), "workspace": deps.workspace, "number": number, "once": number}
    return Observation(**place, filed_on=day, week=iso_week(day), text=text, **{**values, **more})


def filed(deps: Deps, *rows: Observation) -> list[str]:
    with deps.write() as session:
        session.add_all(rows)
    return [row.number for row in rows]


def sends(deps: Deps, most: int = 3000) -> None:
    """Everything that may go now goes."""
    deps.people.warm()
    sender = Sender(deps, AT_ONCE, HANDLERS)
    for _ in range(most):
        if sender.send_one():
            return


def goes_out(deps: Deps, moment: str | datetime) -> None:
    """The clock knocks at the moment, and what it has entered is sent; replies a while after."""
    there = at(deps, moment)
    jobs.knock(there)
    for later in range(3):
        sends(at(deps, there.now() + timedelta(seconds=20 * later)))


def deliveries(deps: Deps) -> list[Delivery]:
    with deps.read() as session:
        return list(session.exec(select(Delivery).order_by(Delivery.not_before)))
