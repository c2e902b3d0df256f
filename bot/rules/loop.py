"""The loop that goes on: when people are asked whether something has changed, and what their answers tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.errors import N_
from bot.rules.hashes import keyed
from bot.rules.statuses import Status
from bot.rules.weeks import months_before
from storage.models import Changed, Observation, Phenomenon

MONTHS, LATEST = 3, 5  # months after the step; one that is older than that is not asked about any more
ASKED_AFTER = (Status.TAKEN_FORWARD, Status.CARRIED_OUT)
LONGEST = 500  # characters of a sentence
FEWEST = 5  # answers, before a share is told to others
ANSWERS: Mapping[str, str] = {"yes": N_("Yes"), "partly": N_("Partly"), "no": N_("No"), "unknown": N_("I cannot say")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked about: a phenomenon, or an own observation that belongs to none."""

    phenomenon: Phenomenon | None = None
    observation: Observation | None = None

    @property
    def row(self) -> Phenomenon | Observation:
        found = self.phenomenon or self.observation
        assert found is not None  # noqa: S101 - one of them is always there
        return found

    @property
    def receiver(self) -> str:
        return self.phenomenon.receiver if self.phenomenon else ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What somebody adds to their answer; marks of the guard's warnings that were seen."""

    words: str = ""
    confirmed: frozenset[str] = field(default=frozenset(), compare=False)


def span(today: date) -> tuple[date, date]:
    """Steps of these days, both counted, are asked about today."""
    return months_before(today, LATEST), months_before(today, MONTHS)


def answerer(key: bytes, subject: str, user: str) -> str:
    """What is stored of who has answered: the same person gives the same, and nothing leads back without the key."""
    return keyed(key, "changed", subject, user).hex()


def counted(rows: Sequence[Changed]) -> dict[str, int]:
    """Answer -> how many have given it, in the order of the buttons."""
    return {answer: sum(row.answer == answer for row in rows) for answer in ANSWERS}


def share(yes: int, partly: int, no: int) -> int | None:
    """Of those who could say, how many in a hundred see a change, in tens; None where too few have answered."""
    told = yes + partly + no
    return round((yes + partly) / told * 10) * 10 if told >= FEWEST else None
