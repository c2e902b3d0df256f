"""What cannot wait for the weekly digest: what of it is told to a coordinator, and when."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.rules.people import CHOOSE, TIMES
from bot.rules.weeks import DAY, local_day, local_instant, next_working_day

CLOSES = time(17)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of each; no text and no person."""

    answer: int = 0
    warned: int = 0
    proposal: int = 0
    filed: int = 0

    def __bool__(self) -> bool:
        return any(asdict(self).values())


def counted(kinds: Iterable[str]) -> Counts:
    """Of the kinds of things that wait: one whose guard has asked is a new observation too."""
    found = Counter(kinds)
    return Counts(found["answer"], found["warned"], found["proposal"], found["filed"] + found["warned"])


def next_at(now: datetime, clock: str, zone: ZoneInfo) -> datetime:
    """When a coordinator hears next: on a working day, at the chosen time of their own zone."""
    day = next_working_day(local_day(now, zone))
    at = local_instant(day, time.fromisoformat(clock), zone)
    return at if at >= now else local_instant(next_working_day(day + DAY), time.fromisoformat(clock), zone)


def end_of(at: datetime, zone: ZoneInfo) -> datetime:
    """Until when the message of that day is of use."""
    return local_instant(local_day(at, zone), CLOSES, zone)


def mistakes(clock: str) -> dict[str, str]:
    """Field -> message id of what is wrong with the choice."""
    return {} if clock in TIMES else {"at": CHOOSE}
