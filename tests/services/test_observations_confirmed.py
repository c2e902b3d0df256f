"""At every door that takes a text, a confirmed warning covers the words that were seen, and no others."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.app import looking_on
from bot.deps import Deps
from bot.errors import PersonalDataFound
from bot.rules import meetings as meeting_rules
from bot.rules import phenomena as phenomenon_rules
from bot.rules.feedback import Reply
from bot.rules.observations import Draft
from bot.rules.statuses import Step
from bot.services import meetings, observations, phenomena
from bot.services.meetings import Choice
from bot.settings import Settings
from storage.models import Meeting, Observation, Phenomenon
from tests.fakes import FakeSlack

AINO, KOORD = "U0AINO0001", "U0KOORD001"
SEEN, OTHER = "Lisää neuvonnasta: neuvonta@example.org", "Lisää neuvonnasta: kaija.keksitty@example.org"
DRAFT = Draft(text="Jonot ovat pidentyneet", kind="E", theme="SHL11-02")
ABOUT = phenomenon_rules.PhenomenonDraft("Jonot", "Jonot ovat pidentyneet", "SHL11-02")
MEETING = meeting_rules.MeetingDraft(title="Talven tapaaminen", start_date=date(2026, 12, 16))
Confirmed = frozenset[str]


@pytest.fixture
def deps(settings: Settings, slack: FakeSlack) -> Iterator[Deps]:
    slack.person(AINO, "Aino Testinen")
    slack.person(KOORD, "Bertta Kokoaja")
    with looking_on(settings) as parts:
        moment = datetime(2026, 11, 25, 8, tzinfo=UTC)
        yield replace(parts, first_coordinators=frozenset([KOORD]), now=lambda: moment)


def a_row(deps: Deps) -> Observation:
    return observations.file_observation(deps, DRAFT, AINO, "a row").rows[0]


def a_phenomenon(deps: Deps) -> Phenomenon:
    return phenomena.create(deps, KOORD, ABOUT, "a phenomenon")


def a_meeting(deps: Deps) -> Meeting:
    return meetings.plan(deps, KOORD, MEETING, "a meeting")


def files(deps: Deps, text: str, seen: Confirmed) -> object:
    return observations.file_observation(deps, replace(DRAFT, text=text, confirmed=seen), AINO, "nonce")


def edits(deps: Deps, text: str, seen: Confirmed) -> object:
    return observations.edit(deps, replace(DRAFT, proposal=text, confirmed=seen), AINO, a_row(deps).number)


def edits_by_code(deps: Deps, text: str, seen: Confirmed) -> object:
    code = observations.file_observation(deps, replace(DRAFT, named=False), AINO, "by code").code or ""
    return observations.edit_by_code(deps, replace(DRAFT, text=text, confirmed=seen), AINO, code)


def replies(deps: Deps, text: str, seen: Confirmed) -> object:
    return observations.reply(deps, AINO, Reply(text, "nonce", number=a_row(deps).number, confirmed=seen))


def replies_by_code(deps: Deps, text: str, seen: Confirmed) -> object:
    code = observations.file_observation(deps, replace(DRAFT, named=False), AINO, "by code").code or ""
    return observations.reply(deps, AINO, Reply(text, "nonce", code=code, confirmed=seen))


def moves_on(deps: Deps, text: str, seen: Confirmed) -> object:
    return observations.move_on(deps, KOORD, a_row(deps).number, 0, Step("kasittelyssa", reply=text, confirmed=seen))


def makes(deps: Deps, text: str, seen: Confirmed) -> object:
    """In one form: the phenomenon's words, and words to the reporter of what is joined to it."""
    joins = [(a_row(deps).number, 0)], Step(reply=text, confirmed=seen)
    return phenomena.create(deps, KOORD, replace(ABOUT, text=text, confirmed=seen), "nonce", joins)


def moves_phenomenon_on(deps: Deps, text: str, seen: Confirmed) -> object:
    row, step = a_phenomenon(deps), Step("viety", receiver=text, reply=text, confirmed=seen)
    return phenomena.move_on(deps, KOORD, row.number, 0, replace(ABOUT, text=text, confirmed=seen), step)


def plans(deps: Deps, text: str, seen: Confirmed) -> object:
    return meetings.plan(deps, KOORD, replace(MEETING, agenda=text, confirmed=seen), "nonce")


def changes(deps: Deps, text: str, seen: Confirmed) -> object:
    return meetings.change(deps, KOORD, a_meeting(deps).key, replace(MEETING, title=text, confirmed=seen))


def proposes(deps: Deps, text: str, seen: Confirmed) -> object:
    return meetings.propose(deps, AINO, text, "nonce", seen)


def sets_agenda(deps: Deps, text: str, seen: Confirmed) -> object:
    return meetings.set_agenda(deps, KOORD, a_meeting(deps).key, Choice(text, confirmed=seen))


def looks_back(deps: Deps, text: str, seen: Confirmed) -> object:
    return meetings.publish(deps, KOORD, a_meeting(deps).key, text, seen)


DOORS = (
    *(files, edits, edits_by_code, replies, replies_by_code, moves_on, makes, moves_phenomenon_on),
    *(plans, changes, proposes, sets_agenda, looks_back),
)


@pytest.mark.parametrize("door", DOORS)
def test_what_was_confirmed_passes_and_other_words_are_asked_about(
    deps: Deps, door: Callable[[Deps, str, Confirmed], object]
) -> None:
    with pytest.raises(PersonalDataFound) as first:
        door(deps, SEEN, frozenset())
    with pytest.raises(PersonalDataFound) as second:
        door(deps, OTHER, first.value.seen)
    assert not second.value.blocked
    assert {kind for kinds in second.value.warned.values() for kind in kinds} == {"email"}
    door(deps, SEEN, first.value.seen)
