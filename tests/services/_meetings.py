"""A network of a few people around a real database, for the tests of meetings; and as a program, one that presses."""

import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any, cast

from sqlmodel import col, select

from bot.deps import Deps
from bot.errors import NotAMember
from bot.rules.deliveries import PutOff, Send, Skip
from bot.rules.meetings import MeetingDraft, draft_of
from bot.rules.vocabularies import Vocabularies
from bot.services import meetings
from bot.slack import Member
from storage.database import Database
from storage.models import Delivery, Meeting, Rsvp
from tests.clocks import hki

WORKSPACE, CHANNEL = "T0RAPORTOI", "C0KESKUS01"
KOORD = "U0KOORD001"
PEOPLE = ("U0AINO0001", "U0CECILIA1", "U0ELLI0001", KOORD)


class Members:
    """The members of the discussion channel, as the directory knows them."""

    channel: str | None = CHANNEL

    def __init__(self, users: Iterable[str] = PEOPLE) -> None:
        self.found = {user: Member(user, "fi-FI") for user in users}
        self.fresh = True

    def everyone(self) -> list[Member]:
        self.fresh = True
        return list(self.found.values())

    def known(self, user: str) -> Member | None:
        return self.found.get(user)

    def member(self, user: str) -> Member:
        if user not in self.found:
            raise NotAMember
        return self.found[user]

    def read_within(self, _seconds: float) -> bool:
        return self.fresh


def network(url: str, moment: str = "2026-09-01T12:00", users: Iterable[str] = PEOPLE) -> Deps:
    nothing = cast("Any", None)
    threads = ThreadPoolExecutor(1)
    return Deps(
        database=Database(url),
        slack=nothing,
        people=cast("Any", Members(users)),
        workspace=WORKSPACE,
        key=b"k" * 32,
        now=lambda: hki(moment),
        vocabularies=Vocabularies(()),
        analyser=nothing,
        workers=threads,
        tellers=threads,
        first_coordinators=frozenset([KOORD]),
    )


def draft(**more: Any) -> MeetingDraft:
    values = {"title": "Syksyn tapaaminen", "start_date": date(2026, 11, 12), "place": "Linnankatu 1, Turku"}
    return MeetingDraft(**{**values, **more})


def planned(deps: Deps, nonce: str = "n1", **more: Any) -> Meeting:
    return meetings.plan(deps, KOORD, draft(**more), nonce)


def stored(deps: Deps, key: str) -> Meeting:
    with deps.read() as session:
        return session.exec(select(Meeting).where(Meeting.key == key)).one()


def rsvps(deps: Deps, key: str) -> list[Rsvp]:
    with deps.read() as session:
        return list(session.exec(select(Rsvp).where(Rsvp.meeting == key).order_by(col(Rsvp.place), col(Rsvp.user))))


def rows(deps: Deps, kind: str, state: str = "pending") -> list[Delivery]:
    with deps.read() as session:
        found = select(Delivery).where(Delivery.kind == kind, Delivery.state == state)
        return list(session.exec(found.order_by(col(Delivery.recipient))))


def goes_out(deps: Deps, kind: str) -> list[str]:
    """Asks of each waiting message what the ledger asks, and writes down what it would; answers who got one."""
    got = []
    with deps.write() as session:
        for row in session.exec(select(Delivery).where(Delivery.kind == kind, Delivery.state == "pending")):
            if row.not_before > deps.now():
                continue
            verdict = meetings.still_wanted(deps, session, row, deps.now()) if deps.now() < row.expires_at else Skip()
            if isinstance(verdict, Send):
                row.state, row.channel, row.ts = "sent", row.recipient.replace("U", "D", 1), "1.000001"
                got.append(row.recipient)
            elif isinstance(verdict, PutOff):
                row.not_before = verdict.until
            else:
                row.state = "skipped"
            session.add(row)
    return sorted(got)


def press(url: str) -> None:
    """Reads lines "MEETING PRESS…" and does each one's presses at once; a press is USER=ANSWER or capacity=SEATS."""
    deps = network(url)
    with ThreadPoolExecutor(10) as crowd:
        print("ready", flush=True)
        for line in sys.stdin:
            key, *presses = line.split()
            list(crowd.map(lambda one, key=key: _press(deps, key, *one.split("=")), presses))
            print("done", flush=True)
    deps.database.close()


def _press(deps: Deps, key: str, who: str, what: str) -> None:
    if who == "capacity":
        meetings.change(deps, KOORD, key, replace(draft_of(stored(deps, key)), capacity=what))
    else:
        meetings.take_answer(deps, who, key, what)


if __name__ == "__main__":
    press(sys.argv[1])
