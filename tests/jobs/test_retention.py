"""The night's work comes once, at night."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import SlackError
from bot.jobs.retention import knock


@dataclass
class Night:
    """What the night's work touches."""

    moment: datetime
    silent: bool = False
    done: list[str] = field(default_factory=list)

    @property
    def people(self) -> Any:
        return self

    def now(self) -> datetime:
        return self.moment

    def tidy(self) -> None:
        self.done.append("tidied")

    def everyone(self) -> None:
        if self.silent:
            raise SlackError("ratelimited")
        self.done.append("looked over")


@pytest.mark.parametrize(("hour", "done"), [(0, []), (1, ["tidied", "looked over"]), (2, []), (12, [])])
def test_it_is_done_at_three_in_helsinki(hour: int, done: list[str]) -> None:
    night = Night(datetime(2026, 11, 25, hour, 40, tzinfo=UTC))
    knock(night)  # type: ignore[arg-type]
    assert night.done == done


@pytest.mark.parametrize("hour_before", ["2026-10-24T21:10", "2027-03-27T22:10"])
def test_b24_it_is_done_once_in_the_night_when_three_oclock_comes_twice_or_never(hour_before: str) -> None:
    night = Night(datetime.fromisoformat(hour_before).replace(tzinfo=UTC))
    for _ in range(24):
        night.moment += timedelta(hours=1)
        knock(night)  # type: ignore[arg-type]
    assert night.done.count("tidied") == 1


def test_a_slack_that_does_not_answer_does_not_stop_the_tidying() -> None:
    night = Night(datetime(2026, 11, 25, 1, 40, tzinfo=UTC), silent=True)
    knock(night)  # type: ignore[arg-type]
    assert night.done == ["tidied"]
