"""The short form of the rounds: both databases, and the proof that they would notice."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.chaos._rounds import Plan, run, slowness_here


def test_nothing_is_lost_and_nothing_comes_twice(database_url: str, tmp_path: Path) -> None:
    plan = Plan(database_url, tmp_path, deliveries=150, processes=1, kill_every=6, slowness=slowness_here())
    if database_url.startswith("postgresql"):
        plan = replace(plan, processes=3, kill_every=3, crash_every=8)

    count = run(plan)

    print(count)
    assert count.sound, count


@pytest.mark.long
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_rounds_notice_a_sender_that_tries_again_without_looking(database_url: str, tmp_path: Path) -> None:
    count = run(
        Plan(database_url, tmp_path, deliveries=150, processes=1, kill_every=6, slowness=slowness_here(), blind=True)
    )

    assert count.twice > 0, count
