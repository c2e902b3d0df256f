"""The sample network: invented people, and half a year of what they noticed."""

import csv
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.demo.slack import HOME_CHANNEL, PracticeSlack
from bot.deps import Deps
from bot.rules.observations import Draft
from bot.rules.weeks import HOME
from bot.services.observations import file_observation
from bot.services.permissions import Actor, actor
from bot.slack import Act
from storage.models import Observation

HERE = Path(__file__).parent
WEEKS = 26
A_WEEK = timedelta(weeks=1)  # the newest: what is new in the first digest is the newcomer's own
NO_NAME_SHARE = 0.2
COORDINATORS = ("U0KOORDIN1", "U0KOORDIN2")
COORDINATOR_NAMES = ("Bertta Kokoaja", "Ingrid Framåt")
NAMES = (
    "Aino Esimerkki", "Eero Mallinen", "Kerttu Näytelä", "Onni Kokeilija", "Saima Harjoitus", "Toivo Testanen",
    "Helmi Opastaja", "Väinö Luonnos", "Ester Kuvitteellinen", "Cecilia Exempel", "Gunnar Provström", "Ulrika Modellin",
)  # fmt: skip
MEMBERS = tuple(f"U0JASEN{number:02}" for number in range(1, len(NAMES) + 1))
EVERYBODY = dict(zip((*MEMBERS, *COORDINATORS), (*NAMES, *COORDINATOR_NAMES), strict=True))
SWEDES = (*MEMBERS[-3:], COORDINATORS[1])
LEADING = {"fi": (MEMBERS[0], COORDINATORS[0]), "sv": (SWEDES[0], COORDINATORS[1])}  # in the week
COFFEE = "C0KAHVI001"


def people(slack: PracticeSlack) -> None:
    """Twelve members and two coordinators, whose discussion channel makes them the network; four speak Swedish."""
    slack.channel(COFFEE, "kahvihuone", bot_is_member=False)
    for user, name in EVERYBODY.items():
        slack.person(user, name, joins=(HOME_CHANNEL, COFFEE), locale="sv-SE" if user in SWEDES else "fi-FI")


def fill(deps: Deps) -> list[Observation]:
    """Files the sample observations over 26 weeks until a week ago, on working days, by the door that everybody uses.

    A fifth of them has no name.
    """
    dice = random.Random(26)  # noqa: S311 - the same network at every start
    drafts = list(_drafts())
    dice.shuffle(drafts)
    rows: list[Observation] = []
    for place, draft in enumerate(drafts):
        when = _working_hour(deps.now() - A_WEEK - timedelta(weeks=WEEKS) * (place / len(drafts)), dice)
        named = dice.random() >= NO_NAME_SHARE
        filed = file_observation(
            at(deps, when), replace(draft, named=named), acting(deps, dice.choice(MEMBERS)), f"sample-{place}"
        )
        rows += filed.rows
    return rows


def acting(deps: Deps, user: str) -> Actor:
    """The invented person, who is a member of the local workspace."""
    return actor(deps, Act(user, deps.workspace))


def at(deps: Deps, when: datetime) -> Deps:
    """The same parts at that moment."""
    return replace(deps, now=lambda: when)


def _working_hour(moment: datetime, dice: random.Random) -> datetime:
    """A time between 8 and 16 on the working day at or before the moment, never after it."""
    day = moment.astimezone(HOME).date()
    day -= timedelta(days=max(0, day.weekday() - 4))
    at = datetime.combine(day, time(dice.randrange(8, 16), dice.randrange(60)), HOME)
    return min(at, moment)


def _drafts() -> Iterator[Draft]:
    for name in ("observations.tsv", "more_observations.tsv"):
        with (HERE / name).open(encoding="utf-8", newline="") as file:
            yield from (_draft(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _draft(row: dict[str, Any]) -> Draft:
    chosen: Any = {name: row.get(name) or None for name in ("kind", "theme", "area", "sector", "group", "scale")}
    return Draft(text=row["text"], proposal=row.get("proposal") or "", **chosen)
