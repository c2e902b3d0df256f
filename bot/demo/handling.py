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
from bot.rules.summaries import Words
from bot.rules.weeks import iso_week, local_day, local_instant, week_label
from bot.services import loop, observations, phenomena, summaries
from storage.models import Delivery, Move, Observation, Run

OLD = timedelta(days=8)  # what is newer than that waits for the newcomer
LONG_OPEN = timedelta(weeks=8)  # what is older than that has come to an end
SOON = timedelta(weeks=5)  # until then nothing old is asked about: what comes is what the newcomer has done
LONG_AGO = "sample"
TOLD = (Kind.FEEDBACK, Kind.PRACTICE, Kind.CHANGED)
TO_WHOM = "Alueellinen HYTE-työryhmä"
DONE = "Asia on kirjattu hyvinvointisuunnitelmaan."
HOUSING = PhenomenonDraft(
    "Nuorille ei löydy tukiasuntoja",
    "Asunnottomuus on vaarassa pitkittyä, kun tuettuja asuntoja on vähän ja jonot ovat pitkiä.",
    "SHL11-02",
    kind="E",
    proposal="Hyvinvointialue ja kunnat varaavat tuettuja asuntoja alle 25-vuotiaille.",
    addressee="joint",
    actor="Asumispalvelut ja kuntien vuokrataloyhtiöt",
    deadline="Seuraavan talousarvion yhteydessä",
)
REACH = PhenomenonDraft(
    "Moni jää palvelun ulkopuolelle",
    "Matka on pitkä, asiointi on siirtynyt verkkoon, eikä neuvontaa saa joka kielellä.",
    "SHL11-04",
    kind="E",
    proposal="Jokaisessa kunnassa on viikoittain paikka, jossa asioida kasvotusten ja tulkin kanssa.",
    addressee="county",
    actor="Hyvinvointialueen neuvontapalvelut",
    deadline="Ensi vuoden aikana",
)
WORDS = {
    "fi": Words(
        subtitle="Asunto ja yhteys palveluihin puuttuvat liian monelta.",
        highlights="Nuorille ei löydy tukiasuntoja.\nPalveluihin on monelle liian pitkä matka.\n"
        "Yhteinen ovi palveluihin toimii siellä, missä sitä on kokeiltu.",
        sender="Harjoitusverkosto. Lisätietoja: verkoston koordinaattori, koordinaattori@example.org.",
    ),
    "sv": Words(
        subtitle="Alltför många saknar en bostad eller når inte fram till tjänsterna.",
        highlights="Unga hittar inga stödbostäder.\nFör många är vägen till tjänsterna för lång.\n"
        "En gemensam dörr till tjänsterna fungerar där den har prövats.",
        sender="Övningsnätverket. Mer information: nätverkets koordinator, koordinaattori@example.org.",
    ),
}


def handle(deps: Deps, rows: Sequence[Observation]) -> None:
    """Two subjects are phenomena, the first one published; other old ones were taken forward, followed or shared."""
    old = [row for row in rows if row.filed_on <= local_day(deps.now()) - OLD]
    for row in old:
        _moves(_later(deps, row.filed_on, 3), row, Step(Status.IN_HAND))
    subjects = {(draft.theme, draft.kind): draft for draft in (HOUSING, REACH)}
    for subject, draft in subjects.items():
        _joins(deps, draft, [row for row in old if (row.theme, row.kind) == subject])
    _count_past_weeks(deps)
    rest = [row for row in old if (row.theme, row.kind) not in subjects]
    for place, row in enumerate(rest):
        for after, step in enumerate(_ways(deps, row)[place % 4], 1):
            _moves(_later(deps, row.filed_on, 3 + 7 * after), row, step, after)


def write_summary(deps: Deps) -> None:
    """What coordinators add to the half-year summary stands there already."""
    period = summaries.latest_half(local_day(deps.now()))
    for language, words in WORDS.items():
        summaries.write(deps, acting(deps, COORDINATORS[0]), period, language, words)


def tell_all(deps: Deps) -> None:
    """Everybody has heard of everything long ago, so that the first change that a newcomer makes is told alone."""
    for when in (deps.now(), deps.now() + SOON):
        loop.ask_due(at(deps, when))
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
    forward, done = Step(Status.TAKEN_FORWARD, receiver=TO_WHOM), Step(Status.CARRIED_OUT, reply=DONE)
    partly = (Step(Status.PARTLY, reply=DONE),) if row.filed_on <= local_day(deps.now()) - LONG_OPEN else ()
    return (forward, *partly), (forward, done), (followed,), (shared,)


def _later(deps: Deps, day: date, days: int) -> Deps:
    """The same parts at ten in the morning so many days after."""
    return at(deps, min(local_instant(day + timedelta(days=days), time(10)), deps.now()))


def _moves(deps: Deps, row: Observation, step: Step, done: int = 0) -> None:
    observations.move_on(deps, acting(deps, COORDINATORS[0]), row.number, row.version + done, step)


def _joins(deps: Deps, draft: PhenomenonDraft, rows: list[Observation]) -> None:
    then = _later(deps, local_day(deps.now()) - OLD, 4)
    made = phenomena.create(then, acting(deps, COORDINATORS[0]), draft, f"sample-{draft.theme}")
    for row in rows:
        _moves(then, row, Step(phenomenon=made.number), 1)
    if draft is HOUSING:
        phenomena.publish(deps, acting(deps, COORDINATORS[0]), made.number)
