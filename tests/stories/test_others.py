"""What came another way is filed with its way and with how many stand behind it; feedback goes to who filed it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.deps import Deps
from bot.errors import InvalidDraft
from bot.rules.observations import Draft
from bot.rules.others import Told
from bot.rules.phenomena import Met, PhenomenonDraft
from bot.rules.statuses import Step
from bot.services import observations, phenomena
from storage.models import Observation
from tests.fakes import FakeSlack, Person
from tests.stories.moves import acts, goes_out

TEXT = "Jonot ovat pidentyneet kaikissa toimipisteissä"


@pytest.fixture(autouse=True)
def _everybody_is_known(deps: Deps, aino: Person, bertta: Person, cecilia: Person) -> None:
    deps.people.warm()


def rows(deps: Deps) -> list[Any]:
    with deps.read() as session:
        return list(session.exec(select(Observation)))


def test_a_coordinator_files_what_was_said_by_phone_and_hears_what_becomes_of_it(
    slack: FakeSlack, deps: Deps, bertta: Person
) -> None:
    bertta.opens_home()
    bertta.sees_home("Muuta kautta tullut").press("observations.for_others")
    form = bertta.sees_modal(callback_id="observations.others_form")
    filled = form.fill(way="phone", people="ei", kind="E", theme="SHL11-02", text=TEXT)
    assert set(filled.submit().errors) == {"people"}
    assert filled.fill(people="3").submit().closed
    (row,) = rows(deps)
    assert (row.way, row.people, row.author) == ("phone", 3, bertta.id)
    assert row.number in bertta.sees_dm("on kirjattu").words
    bertta.opens_home()
    bertta.sees_home(TEXT[:20]).press("observations.review", value=row.number)
    assert "Puhelimitse · asian takana 3 ihmistä" in bertta.sees_modal(callback_id="observations.review").words
    acts(deps, row.number, status="kasittelyssa", moment=deps.now())
    goes_out(deps, deps.now() + timedelta(minutes=11))
    bertta.sees_dm("Uutta havainnostasi")


def test_a_member_tells_for_the_team_only(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.opens_home()
    aino.sees_home("Tiimin havainto").press("observations.for_others")
    form = aino.sees_modal(callback_id="observations.others_form")
    assert "way" not in form.values
    assert form.fill(people="1", kind="E", theme="SHL11-02", text=TEXT).submit().closed
    assert [(row.way, row.people) for row in rows(deps)] == [("team", 1)]
    with pytest.raises(InvalidDraft):
        observations.file_for_others(deps, rows_draft(), Told("phone", 2), aino.id, "other")


def rows_draft() -> Draft:
    return Draft(text=TEXT, kind="E", theme="SHL11-02")


@pytest.mark.parametrize(("typed", "stands"), [(0, None), (None, None), (1, 1), (200, 106)])
def test_it_counts_as_at_least_one_and_at_most_as_the_network_has_members(
    slack: FakeSlack, deps: Deps, bertta: Person, typed: int | None, stands: int | None
) -> None:
    for number in range(103):
        slack.person(f"U0LISAA{number:03}", f"Lisa Testinen {number}")
    deps.people.came_or_went(deps.people.channel or "")
    deps.people.warm()

    def file() -> None:
        observations.file_for_others(deps, rows_draft(), Told("meeting", typed or None), bertta.id, "nonce")

    if stands is None:
        with pytest.raises(InvalidDraft):
            file()
    else:
        file()
    assert [row.people for row in rows(deps)] == ([] if stands is None else [stands])


def test_the_guard_stops_what_is_told_for_others_too(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.opens_home()
    aino.sees_home().press("observations.for_others")
    form = aino.sees_modal(callback_id="observations.others_form")
    told = form.fill(people="2", kind="E", theme="SHL11-02", text="Asiakas 130279-901E odotti")
    assert set(told.submit().errors) == {"text"}
    assert rows(deps) == []


def test_the_people_behind_it_count_in_how_many_have_met_a_phenomenon_at_most_the_networks_members(
    slack: FakeSlack, deps: Deps, bertta: Person
) -> None:
    for number in range(6):
        slack.person(f"U0LISAA00{number}", f"Lisa Testinen {number}")
    deps.people.came_or_went(deps.people.channel or "")
    deps.people.warm()  # nine members
    made = phenomena.create(deps, bertta.id, PhenomenonDraft("Jonot", "Jonot ovat pidentyneet.", "SHL11-02"), "nonce")

    def met_after(people: int) -> Met:
        told = Told("phone", people)
        filed = observations.file_for_others(deps, rows_draft(), told, bertta.id, f"for {people}").rows[0]
        observations.move_on(deps, bertta.id, filed.number, filed.version, Step(phenomenon=made.number))
        return phenomena.review(deps, bertta.id, made.number).shown.met

    assert met_after(4) == Met(4, 0, are_few=True)
    assert met_after(2) == Met(5, 0, are_few=False)
    assert met_after(200) == Met(9, 0, are_few=False)
