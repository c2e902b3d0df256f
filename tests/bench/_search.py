"""Search among 100,000 observations: what is found when by whom, and what upkeep costs."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session, SQLModel, col, select

from bot.deps import Compared
from bot.rules.vocabularies import Vocabularies
from bot.rules.words import Analyser, analyser
from bot.services import search
from storage import vocabularies
from storage.database import Database
from storage.models import Observation
from tests.bench._sizes import some

ROWS, AT_A_TIME, AUTHORS, ASKED = some(100_000), some(5000), 1000, 15
WORKSPACE, MEMBER, COORDINATOR = "T0BENCH", "U0000", "U0KOORD"
CLOCK = "not a search"
TODAY = date(2026, 11, 25)
# The share of the texts that a word stands in. Harsh: no field talks of one thing in two texts of five.
COMMON = {"asunto": 0.40, "jono": 0.40, "velka": 0.12, "tulkki": 0.006}
SEARCHES = (
    ("a word in 40 % of the texts", "asunnot"),
    ("a word in 12 %", "velat"),
    ("a word in 0.6 %", "tulkkien"),
    ("two words in 40 % each", "asunto jono"),
    ("a word in 40 % and one in 0.6 %", "asunto tulkki"),
    ("a word in 12 % and one in 0.6 %, never together", "velka tulkki"),
    ("two words in 12 and 40 %, never together", "velka jono"),
    ("a word that is nowhere", "zebra"),
)


@dataclass(frozen=True)
class Parts:
    """What the search asks of the bot's real parts."""

    database: Database
    vocabularies: Vocabularies
    workspace: str = WORKSPACE
    analyser: Analyser = field(default_factory=analyser)
    compared: Compared = field(default_factory=Compared)
    first_coordinators: frozenset[str] = frozenset([COORDINATOR])

    @contextmanager
    def read(self) -> Iterator[Session]:
        with self.database.read() as session:
            yield session


def searching(name: str, database: Database) -> Iterator[tuple[str, str, str, float]]:
    """(database, who, what, milliseconds), once it is filled: the median of fifteen searches, their first page."""
    with database.write() as session:
        vocabularies.bring_up_to_date(session, WORKSPACE)
        terms = Vocabularies.of(vocabularies.of_workspace(session, WORKSPACE))
    return ((name, *found) for found in _asked(Parts(database, terms)))


def _asked(deps: Any) -> Iterator[tuple[str, str, float]]:
    for who, user in (("coordinator", COORDINATOR), ("member", MEMBER)):
        for what, words in SEARCHES:
            yield who, what, _milliseconds(partial(search.find, deps, user, words))
    yield CLOCK, "looks for rows to read anew, finds none", _milliseconds(partial(search.catch_up, deps))
    with deps.read() as session:
        one = session.exec(select(Observation).order_by(col(Observation.key)).limit(1)).one()
    yield (
        CLOCK,
        "similar observations of one that has common words only",
        _milliseconds(partial(search.similar_observations, deps, one, TODAY)),
    )


def _milliseconds(ask: Callable[[], object]) -> float:
    ask()
    times = []
    for _ in range(ASKED):
        started = time.perf_counter()
        ask()
        times.append(time.perf_counter() - started)
    return median(times) * 1000


def fill(database: Database, count: int = ROWS) -> None:
    """Many observations of base forms in three years, straight into the tables."""
    dice = random.Random(3)  # noqa: S311 - the same at every run
    name = analyser().name
    with database.write() as session:
        for start in range(0, count, AT_A_TIME):
            made = [_observation(dice, number, name) for number in range(start, min(start + AT_A_TIME, count))]
            tables = SQLModel.metadata.tables
            session.connection().execute(insert(tables["observation"]), [row for row, _ in made])
            session.connection().execute(insert(tables["word"]), [word for _, words in made for word in words])
    if database.engine.dialect.name == "postgresql":  # as every night
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _observation(dice: random.Random, number: int, words_by: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    key, day = f"{dice.getrandbits(128):032x}", TODAY - timedelta(days=dice.randrange(1000))
    words = {f"sana{int(dice.paretovariate(0.7)) % 20000}" for _ in range(15)}
    words |= {word for word, share in COMMON.items() if dice.random() < share}
    if "velka" in words:
        words -= {"jono", "tulkki"}
    found = [
        {"workspace": WORKSPACE, "lemma": word, "part": dice.random() < 0.3, "day": day, "subject": key}
        for word in sorted(words)
    ]
    row = {
        "key": key, "workspace": WORKSPACE, "number": f"N{number}", "once": str(number),
        "author": f"U{number % AUTHORS:04}", "filed_at": datetime(2026, 11, 25, tzinfo=UTC), "filed_on": day,
        "week": 202648, "kind": "E", "theme": "X-90", "theme_set": "1", "text": " ".join(sorted(words)),
        "proposal": "", "status": "uusi", "version": 0, "words_by": words_by,
    }  # fmt: skip
    return row, found
