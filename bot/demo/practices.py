"""The sample network's practice cards, written and published by the doors that everybody uses."""

import tomllib
from pathlib import Path
from typing import Any

from bot.demo.network import COORDINATORS, MEMBERS, acting
from bot.deps import Deps
from bot.rules.practices import Card, Decision, Tried
from bot.services import practices

FILE = Path(__file__).with_name("practices.toml")
TRIED = "Toimi meilläkin, kun aika oli joka viikko sama."


def publish_cards(deps: Deps) -> None:
    """Each in both languages; some have tried the first."""
    numbers = [_publish(deps, place, written) for place, written in enumerate(samples())]
    for user in MEMBERS[3:8]:
        practices.say_tried(deps, acting(deps, user), numbers[0], Tried(TRIED if user == MEMBERS[3] else ""))


def leave_one(deps: Deps) -> None:
    """One more card waits for a coordinator."""
    waits = Card(name="Kävelytapaaminen", what="Tapaaminen pidetään kävellen, jos asiakas niin toivoo.")
    practices.save(deps, acting(deps, MEMBERS[2]), waits, "sample-waits", is_sent=True)


def _publish(deps: Deps, place: int, written: Card) -> str:
    writer = acting(deps, MEMBERS[place % len(MEMBERS)])
    draft = practices.save(deps, writer, written, f"sample-{place}", is_sent=True)
    practices.decide(deps, acting(deps, COORDINATORS[0]), draft.number, draft.step, Decision(publishes=True))
    return draft.number


def samples() -> list[Card]:
    """The cards of the file, in its order."""
    loaded: dict[str, list[dict[str, Any]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [Card(**{name: text for name, text in one.items() if name != "language"}) for one in loaded["card"]]
