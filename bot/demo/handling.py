"""What the sample network's coordinators have done with older observations, by the doors that coordinators use."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from sqlalchemy import update
from sqlmodel import col

from bot.demo.network import COORDINATORS, acting, at
from bot.deps import Deps
from bot.rules.kinds import Kind
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.statuses import Status, Step
from bot.rules.weeks import iso_week, local_day, local_instant, week_label
from bot.services import loop, observations, phenomena
from storage.models import Delivery, Move, Observation, Run

OLD = timedelta(weeks=10)  # so old that nothing of it is told to anybody any more
LONG_AGO = "sample"
TOLD = (Kind.FEEDBACK, Kind.PRACTICE, Kind.CHANGED)
TITLE = "Nuorille ei löydy tukiasuntoja"
TEXT = "Asunnottomuus on vaarassa pitkittyä, kun tuettuja asuntoja on vähän ja jonot ovat pitkiä."
TO_WHOM = "Alueellinen HYTE-työryhmä"
DONE = "Asia on kirjattu hyvinvointisuunnitelmaan."


def handle(deps: Deps, rows: Sequence[Observation]) -> None:
    """Housing is one published phenomenon; other old ones have been taken forward, followed, shared or left."""
    old = [row for row in rows if row.filed_on <= local_day(deps.now()) - OLD]
    housing = [row for row in old if row.theme == "SHL11-02" and row.kind == "E"]
    for row in old:
        _moves(_later(deps, row.filed_on, 3), row, Step(Status.IN_HAND))
    if housing:
        _joins(deps, housing)
    _count_past_weeks(deps)
    rest = [row for row in old if row not in housing]
    for place, row in enumerate(rest):
        for after, step in enumerate(_ways(deps, row)[place % 4], 1):
            _moves(_later(deps, row.filed_on, 3 + 7 * after), row, step, after)


def tell_all(deps: Deps) -> None:
    """Everybody has heard of everything long ago, so that the first change that a newcomer makes is told alone."""
    loop.ask_due(deps)
    with deps.write() as session:
        waiting = col(Delivery.kind).in_(TOLD), col(Delivery.state) == "pending"
        session.execute(update(Delivery).where(*waiting).values(state="sent"))
        session.execute(update(Move).where(col(Move.told_in).is_(None)).values(told_in=LONG_AGO))


def _count_past_weeks(deps: Deps) -> None:
    """The digests until last week have been read, so that the next one tells of this week alone."""
    today = local_day(deps.now())
    last = week_label(iso_week(today - timedelta(weeks=1)))
    monday = local_instant(today - timedelta(days=today.weekday()), time(8))
    place = {"workspace": deps.workspace, "kind": Kind.DIGEST, "occurrence": last, "state": "expanded"}
    with deps.write() as session:
        session.add(Run(**place, due_at=min(monday, deps.now()), expires_at=deps.now() + timedelta(weeks=1)))


def _ways(deps: Deps, row: Observation) -> tuple[tuple[Step, ...], ...]:
    followed = Step(Status.FOLLOWED, review_on=local_day(deps.now()) + timedelta(weeks=6))
    shared = (
        Step(Status.SHARED) if row.kind == "M" else Step(Status.NO_ACTION, reason="Asia on jo korjattu toista kautta.")
    )
    forward = Step(Status.TAKEN_FORWARD, receiver=TO_WHOM)
    return (forward,), (forward, Step(Status.CARRIED_OUT, reply=DONE)), (followed,), (shared,)


def _later(deps: Deps, day: date, days: int) -> Deps:
    """The same parts at ten in the morning so many days after."""
    return at(deps, min(local_instant(day + timedelta(days=days), time(10)), deps.now()))


def _moves(deps: Deps, row: Observation, step: Step, done: int = 0) -> None:
    observations.move_on(deps, acting(deps, COORDINATORS[0]), row.number, row.version + done, step)


def _joins(deps: Deps, rows: list[Observation]) -> None:
    then = _later(deps, max(row.filed_on for row in rows), 14)
    made = phenomena.create(then, acting(deps, COORDINATORS[0]), PhenomenonDraft(TITLE, TEXT, "SHL11-02"), "sample")
    for row in rows:
        _moves(then, row, Step(phenomenon=made.number), 1)
    phenomena.publish(deps, acting(deps, COORDINATORS[0]), made.number)
