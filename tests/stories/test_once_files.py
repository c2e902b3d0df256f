"""Files and questions go out once for each wish, however often Slack delivers it, and to whatever process."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.deps import Deps
from bot.settings import Settings
from tests.bots import bot_by, running
from tests.clocks import Clock
from tests.fakes import FakeSlack, Person
from tests.stories.test_practices import published, the_list
from tests.stories.test_summaries import desk, fill

pytestmark = pytest.mark.both_databases

KOORD = "U0KOORD001"
Told = Callable[[Callable[[Deps], dict[str, Any]]], None]


@pytest.fixture
def writer(slack: FakeSlack) -> Person:
    return slack.person("U0CECILIA1", "Cecilia Exempel")


@pytest.fixture
def asker(slack: FakeSlack) -> Person:
    return slack.person(KOORD, "Bertta Kokoaja")


@pytest.fixture
def again(slack: FakeSlack, settings: Settings, clock: Clock, patience: None, writer: Person, asker: Person) -> Told:
    """Lets somebody do something, which the same process hears of twice more, and the next one once more."""

    def told(act: Callable[[Deps], dict[str, Any]]) -> None:
        with running(bot_by(clock, settings), slack) as bot:
            slack.wait_until_connected()
            bot.deps.people.warm()
            payload = act(bot.deps)
            slack.settles()
            slack.send_copies(payload, "interactive", 2, lambda _: None)
            slack.settles()
        with running(bot_by(clock, settings), slack) as bot:
            slack.wait_until_connected()
            bot.deps.people.warm()
            slack.send_copies(payload, "interactive", 1, lambda _: None)
            slack.settles()

    return told


def test_an_export_whose_form_comes_again_is_one_message_and_one_file(
    slack: FakeSlack, asker: Person, again: Told
) -> None:
    def takes_out(_deps: Deps) -> dict[str, Any]:
        asker.types("/kooste", "vienti")
        form = asker.sees_modal(callback_id="exports.form").fill(ending="csv")
        payload = form.payload()
        assert form.submit().closed
        asker.sees_dm("Tiedosto on ketjussa")
        return payload

    again(takes_out)
    assert (len(asker.dms), len(slack.world.files)) == (1, 1)


def test_a_press_for_the_same_file_that_comes_again_is_one_more_file(
    slack: FakeSlack, asker: Person, again: Told
) -> None:
    def presses(_deps: Deps) -> dict[str, Any]:
        asker.types("/kooste", "vienti")
        assert asker.sees_modal(callback_id="exports.form").fill(ending="csv").submit().closed
        pressed = asker.sees_dm("Tiedosto on ketjussa").press("exports.again")
        slack.waits_for_call("files.completeUploadExternal", times=2)
        return pressed.payload

    again(presses)
    assert (len(asker.dms), len(slack.world.files)) == (2, 2)


def test_a_summary_whose_form_comes_again_is_one_message_and_its_files_once(
    slack: FakeSlack, asker: Person, again: Told
) -> None:
    def makes(deps: Deps) -> dict[str, Any]:
        fill(deps)
        form = desk(asker)
        payload = form.payload()
        form.submit()
        asker.sees_dm("Tiedostot ovat ketjussa")
        return payload

    again(makes)
    assert len(asker.dms) == 1
    names = [one["name"] for one in slack.world.files.values()]
    assert len(names) == len(set(names)) > 1


def test_a_summary_that_slack_did_not_take_may_be_sent_again_from_the_same_form(
    slack: FakeSlack, asker: Person, again: Told
) -> None:
    def fails(deps: Deps) -> dict[str, Any]:
        fill(deps)
        form = desk(asker)
        payload = form.payload()
        slack.fault("chat.postMessage", error="internal_error")
        slack.expects_refusal("internal_error")
        form.submit()
        slack.settles()
        assert asker.dms == []
        return payload

    again(fails)
    assert len(asker.dms) == 1


@pytest.mark.parametrize("most", [1, 3])
def test_the_files_of_a_card_go_once_though_the_press_comes_again(
    slack: FakeSlack, writer: Person, asker: Person, again: Told, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Where there is room for one more modal, Slack opens it once for each press; without room nothing opens."""
    monkeypatch.setattr("bot.dialogs._opening.MOST_MODALS", most)

    def presses(deps: Deps) -> dict[str, Any]:
        slack.expects_refusal("exchanged_trigger_id")
        published(deps, writer.id)
        the_list(asker).press("practice.read")
        pressed = asker.sees_modal(callback_id="practice.page").press("practice.files")
        asker.sees_modal("yksityisviestinä")
        return pressed.payload

    again(presses)
    assert len([one for one in asker.dms if "ketjussa" in one.words]) == 1
    assert len(slack.world.files) == 2


def test_who_is_asked_more_hears_of_it_once_though_the_press_comes_again(
    slack: FakeSlack, writer: Person, asker: Person, again: Told
) -> None:
    def asks(deps: Deps) -> dict[str, Any]:
        published(deps, writer.id)
        the_list(asker).press("practice.read")
        pressed = asker.sees_modal(callback_id="practice.page").press("practice.ask")
        writer.sees_dm("haluaisi kysyä")
        return pressed.payload

    again(asks)
    assert len([one for one in writer.dms if "haluaisi kysyä" in one.words]) == 1
    assert len([one for one in asker.dms if f"<@{writer.id}>" in one.words]) == 1
