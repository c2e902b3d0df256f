"""What another release has drawn or declared: answered calmly, over the socket and over HTTP, and no words are lost."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from bot.app import Bot
from bot.deps import Deps, utc_now
from bot.settings import Settings
from tests.bots import running
from tests.clocks import Clock
from tests.fakes import FakeSlack, Person
from tests.stories.rows import stored
from tests.stories.test_triage import presses

FORM = {"kind": "E", "theme": "X-90", "text": "Jonot ovat liian pitkiä kaikille", "area": "853"}
UPDATED = "Minut on päivitetty"


@pytest.fixture
def clock() -> Clock:
    """What comes over HTTP is signed with the time of this machine."""
    return Clock(utc_now())


@pytest.fixture(params=["socket", "http"])
def bot(request: pytest.FixtureRequest, slack: FakeSlack, settings: Settings) -> Iterator[Bot]:
    if request.param == "http":
        secret = slack.settings_env()["SLACK_SIGNING_SECRET"]
        http = {"slack_app_token": None, "slack_signing_secret": secret, "raportoi_http": "127.0.0.1:0"}
        settings = settings.model_copy(update=http)
    with running(Bot(settings), slack) as bot:
        if request.param == "http":
            slack.request_url = f"http://127.0.0.1:{bot.port}/slack/events"
        slack.wait_until_connected()
        yield bot


def test_a_form_of_another_release_says_so_and_shows_its_words(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM, feedback="anonymous")

    def another(payload: dict[str, Any]) -> None:
        payload["view"]["callback_id"] = "observations.form_of_another_release"

    outcome = form.submit(change=another)
    assert outcome.ack_seconds is not None
    assert outcome.ack_seconds < 3
    assert outcome.view is not None
    assert "Minut päivitettiin, kun tämä lomake oli auki" in outcome.view.words
    assert {name: outcome.view.values[name] for name in FORM} == FORM
    assert not stored(deps)
    assert not [*aino.dms, *aino.notes]


def test_a_button_in_a_message_and_in_the_home_says_that_it_does_nothing_any_more(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/raportoi", FORM["text"])
    receipt = aino.sees_dm(containing="on kirjattu")
    button = next(block for block in receipt.blocks if block["type"] == "actions")["elements"][0]
    button["action_id"] = "observations.of_another_release"
    receipt.press("observations.of_another_release")
    assert "`/raportoi ohje`" in aino.sees_ephemeral(containing=UPDATED).words
    presses(slack, aino, "observations.of_another_release", "1")  # where there is no conversation
    aino.sees_dm(containing=UPDATED)


def test_a_command_of_another_release_gives_its_words_back(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    payload = {**slack.command_payload(aino.id, "/raportoi", "Jonot &amp; jonot pitenevät"), "command": "/havainto"}
    slack.deliver("slash_commands", payload)
    aino.sees_ephemeral(containing=UPDATED).press("observations.open_form")
    assert aino.sees_modal(callback_id="observations.form").values["text"] == "Jonot & jonot pitenevät"


def test_a_shortcut_of_another_release_is_answered(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    about = {"callback_id": "x", "user": {"id": aino.id}, "team": {"id": slack.world.team_id}, "trigger_id": "1.2.x"}
    for place, kind in enumerate(("shortcut", "message_action"), 1):
        slack.deliver("interactive", {"type": kind, **about, "trigger_id": f"1.2.{kind}"})
        slack.waits_for_call("chat.postMessage", times=place)
    assert [UPDATED in message.words for message in aino.dms] == [True, True]


UNSPOKEN: tuple[dict[str, Any], ...] = (
    {"type": "view_closed", "view": {"callback_id": "x", "type": "modal"}, "is_cleared": False},
    {"type": "view_closed", "view": {"type": "modal"}},
    {"type": "block_suggestion", "action_id": "x", "block_id": "x", "value": "tu"},
    {"type": "event_callback", "event": {"type": "channel_rename", "channel": {"id": "C1"}}, "event_id": "Ev1"},
    {"type": "event_callback", "event": {"type": "message", "subtype": "huddle_thread", "channel": "C1"}},
)


def test_what_nobody_waits_for_is_acknowledged_without_a_word(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    about = {"user": {"id": aino.id}, "team": {"id": slack.world.team_id}, "team_id": slack.world.team_id}
    for payload in UNSPOKEN:
        kind = "events_api" if payload["type"] == "event_callback" else "interactive"
        slack.deliver(kind, {**about, **payload}, on_ack=lambda _: None)
    slack.settles()
    assert not [*aino.dms, *aino.notes]


def test_a_form_of_any_shape_and_sender_is_acknowledged(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    views: list[dict[str, Any]] = [{"callback_id": "x"}, {"callback_id": ""}, {"callback_id": None}, {}]
    for view, user in product(views, (aino.id, "U0NOBODY01", None)):
        body = {"type": "view_submission", "user": {"id": user}, "view": {"type": "modal", **view}}
        answered = slack.deliver("interactive", body, on_ack=lambda _: None)
        assert answered.ack_payload is not None
        assert answered.ack_payload["response_action"] == "update"
        assert "päivitettiin" in str(answered.ack_payload)
