"""The long form, `make chaos` (or `python -m tests.chaos --rounds 3 --deliveries 1000`): 1 is its answer to a fault."""

import argparse
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from storage.database import migrate
from tests.chaos._rounds import Count, Plan, run, slowness_here
from tests.databases import as_text, new_database, postgresql_server
from tests.processes import folder_of_a_run


def main() -> int:
    parser = argparse.ArgumentParser(description="Deliveries under kills, crashes and a Slack that misbehaves.")
    parser.add_argument("--rounds", type=int, default=2, help="on each database")
    parser.add_argument("--deliveries", type=int, default=1000)
    chosen = parser.parse_args()
    logging.disable()  # the database is said to crash often enough by the count
    counts: list[Count] = []
    with postgresql_server() as server:
        for number in range(1, chosen.rounds + 1):
            for kind in ("postgresql", "sqlite"):
                counts.append(_round(server, kind, chosen.deliveries, number))
                print(f"{kind} {number}: {counts[-1]}", flush=True)
        calm = {
            kind: _round(server, kind, min(chosen.deliveries, 400), 1, calm=True) for kind in ("postgresql", "sqlite")
        }
        blind = _round(server, "sqlite", min(chosen.deliveries, 300), 1, blind=True)
    for kind, count in calm.items():
        print(f"{kind}, nobody killed and nothing going wrong: {count}")
    print(f"without looking in the history: {blind}")
    _sum_up(counts)
    sound = all(count.sound for count in [*counts, *calm.values()])
    return 0 if sound and blind.twice else 1


def _round(server: URL, kind: str, deliveries: int, seed: int, *, blind: bool = False, calm: bool = False) -> Count:
    with folder_of_a_run("raportoi-chaos-") as folder, _database(server, kind, folder) as url:
        many = kind == "postgresql"
        plan = Plan(
            database=url,
            folder=folder,
            deliveries=deliveries,
            processes=3 if many else 1,
            kill_every=1e9 if calm else 2.5 if many else 7.0,
            crash_every=20.0 if many and not calm else None,
            within=60 + deliveries * 0.3,
            blind=blind,
            calm=calm,
            seed=seed * 1000 + int(time.monotonic()) % 1000,
            slowness=slowness_here(),
        )
        return run(plan)


@contextmanager
def _database(server: URL, kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'chaos.db'}"
        migrate(url)
        yield url
        return
    with new_database(server) as made:
        migrate(as_text(made))
        yield as_text(made)


def _sum_up(counts: list[Count]) -> None:
    total = {
        name: sum(getattr(count, name) for count in counts)
        for name in ("wanted", "lost", "unfinished", "twice", "kills", "freezes", "crashes")
    }
    said = ", ".join(f"{number} {name}" for name, number in total.items())
    print(f"{len(counts)} rounds: {said}")


if __name__ == "__main__":
    sys.exit(main())
