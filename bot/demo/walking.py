"""A walk through the practice network in which everything is tried once, so that all is drawn that the bot can draw."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from bot.demo.moving import Mover
from bot.demo.network import COORDINATORS, MEMBERS, acting
from bot.demo.slack import (
    HOME_CHANNEL,
    CannotDoError,
    Json,
    Person,
    PracticeSlack,
    SeenMessage,
    SeenModal,
    SeenView,
    state_of,
    usable,
)
from bot.deps import Deps
from bot.rules.commands import ROWS
from bot.services import networks

WALKERS = (MEMBERS[0], COORDINATORS[0])
LOCALES = {"fi": "fi-FI", "sv": "sv-SE", "en": "en-GB"}
SENTENCES = (
    *("", "Nuorille ei löydy Turusta tukiasuntoja", "Asiakas 130279-901E jäi ilman asuntoa", "Miten tämä toimii?"),
    *("Nyt on hätä, asiakas uhkaa itseään", "Det finns för få stödbostäder i Pargas"),
)
TYPED = "Jonot ovat liian pitkiä kaikille nuorille"
NEWEST = 8  # messages of a conversation, among which what is new is looked for
QUIET = 0.1  # seconds without a word of the bot's, after which it has answered
AHEAD = timedelta(days=30)
MOST_ACTS = 1500  # of a person; a walk that finds ever more to press has lost its way
BY_NAME = ("type", "style", "action_id", "callback_id")

Act = Callable[[], object]


@dataclass
class Drawn:
    """What was drawn, one of each shape in each language; the workspace asks it for an opinion, and it has none."""

    language: str = ""
    kept: dict[str, Json] = field(default_factory=dict)

    def __call__(self, surface: Json) -> list[str]:
        self.kept.setdefault(f"{self.language} {json.dumps(_shape(surface))}", json.loads(json.dumps(surface)))
        return []

    @property
    def by_name(self) -> dict[str, Json]:
        """Each with its language, kind, ids and title, and a number where several are called so."""
        named: dict[str, Json] = {}
        for shape, surface in self.kept.items():
            title = (surface.get("title") or {}).get("text", "")
            name = " ".join(filter(None, (shape[:2], surface["type"], surface.get("callback_id"), title)))
            alike = sum(one.rpartition(" #")[0] == name for one in named)
            named[f"{name} #{alike + 1}"] = surface
        return named


def _shape(value: Any, key: str = "") -> Any:
    """A piece of JSON without its words; of parts that are alike, one."""
    if isinstance(value, dict):
        return {name: _shape(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return list({json.dumps(shape): shape for shape in map(_shape, value)}.values())
    return value if key in BY_NAME else type(value).__name__


@dataclass
class Walk:
    """Through one network, whose bot is at work."""

    slack: PracticeSlack
    mover: Mover
    deps: Deps
    tried: set[tuple[str, ...]] = field(default_factory=set)

    def goes(self, language: str) -> None:
        """A member and a coordinator who speak this language try everything, now and after each kind of message."""
        network = networks.settings(self.deps).network
        network = network.model_copy(update={"language": language, "new_blocks": "on"})
        networks.choose(self.deps, acting(self.deps, COORDINATORS[0]), network, ())
        for person in self._people():
            person.record["locale"] = LOCALES[language]
            for command, text in _lines(language):
                person.types(command, text)
                self._tries_all(person)
        gone: set[str] = set()
        while stop := next((one for one in self.mover.stops() if one.name not in gone), None):
            gone.add(stop.name)
            self.mover.move_to(stop.at)
            for person in self._people():
                self._tries_all(person)

    def _people(self) -> Iterator[Person]:
        return (self.slack.someone(user) for user in WALKERS)

    def _tries_all(self, person: Person) -> None:
        person.opens_home()
        for _ in range(MOST_ACTS):
            self.slack.settles(QUIET)
            if (act := self._next(person)) is None:
                return
            with suppress(CannotDoError):  # what was there is gone
                act()

    def _next(self, person: Person) -> Act | None:
        """What has not been tried yet, in the modal that is open, else anywhere; a modal without news is closed."""
        modal = person.modal
        if modal is None:
            return self._new_act(person, *_in_sight(self.slack, person))
        return self._new_act(person, modal) or self._sending(person, modal) or modal.close

    def _new_act(self, person: Person, *seen: SeenView | SeenMessage) -> Act | None:
        for one in seen:
            where = one.callback_id if isinstance(one, SeenModal) else type(one).__name__
            for block, element in usable(one.drawn):
                if block["type"] == "input" and not block.get("dispatch_action"):
                    continue
                for value in _values(element, self._later):
                    if self._is_new(person.id, where, element["action_id"], str(value)):
                        return partial(one.use, block["block_id"], element["action_id"], value)
        return None

    def _sending(self, person: Person, modal: SeenModal) -> Act | None:
        """The form as it stands, which is told what is missing; then filled in; then with other choices."""
        if not modal.drawn.get("submit"):
            return None
        if self._is_new(person.id, modal.callback_id, modal.title, "sent as it stands"):
            return partial(modal.submit, force=True)
        for anew in (False, True):
            if self._is_new(person.id, modal.callback_id, modal.title, f"filled {anew}"):
                return partial(_sent_filled, modal, self._later, anew=anew)
        return None

    @property
    def _later(self) -> str:
        """The day that is put where a day is asked for."""
        return (self.mover.clock.now() + AHEAD).date().isoformat()

    def _is_new(self, *act: str) -> bool:
        """Whether it was not tried before; from now on it was."""
        is_new = act not in self.tried
        self.tried.add(act)
        return is_new


def _lines(language: str) -> Iterator[tuple[str, str]]:
    """All that can be typed: sentences, and each word after its command."""
    report = ROWS[0].command.value[0][0]
    yield from ((report, sentence) for sentence in SENTENCES)
    for row in ROWS:
        for word in row.words.get(language, ())[:1]:
            yield row.command.value[0][0], word


def _in_sight(slack: PracticeSlack, person: Person) -> list[SeenView | SeenMessage]:
    messages = [*person.notes[-NEWEST:], *person.dms[-NEWEST:], *person.messages_in(HOME_CHANNEL)[-NEWEST:]]
    home = slack.world.homes.get(person.id)
    return [*reversed(messages), *([SeenView(slack, home)] if home else [])]


def _sent_filled(modal: SeenModal, day: str, *, anew: bool) -> None:
    """What is empty is filled in; `anew`, what has been chosen is chosen otherwise too."""
    state = state_of(modal.view)
    for block, element in usable(modal.drawn):
        told = state.get(block["block_id"], {}).get(element["action_id"], {})
        is_empty = not any(value for key, value in told.items() if key != "type")
        if block["type"] == "input" and (is_empty or (anew and "options" in element)):
            modal.put(block["block_id"], element["action_id"], _something(element, day))
    modal.submit()


def _values(element: Json, day: str) -> list[Any]:
    """What the element is used with: a button with nothing, a menu of deeds with each, others with one of theirs."""
    if element["type"] == "button":
        return [] if element.get("url") else [None]
    if element["type"] == "overflow":
        return [option["value"] for option in element["options"]]
    return [_something(element, day)]


def _something(element: Json, day: str) -> Any:
    kind = element["type"]
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    options = [option["value"] for group in groups for option in group["options"]]
    one = {
        "plain_text_input": TYPED[: element.get("max_length", len(TYPED))],
        "number_input": "3",
        "datepicker": day,
        "timepicker": "12:00",
    }.get(kind)
    if one is None:
        one = options[-1] if options else MEMBERS[1] if "users" in kind else HOME_CHANNEL
    return [one] if kind.startswith(("multi_", "checkboxes")) else one
