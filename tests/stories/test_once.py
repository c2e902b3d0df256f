"""One act is one observation and one confirmation, however often Slack delivers it."""

from typing import Any

import pytest

from bot.app import Bot
from bot.deps import Deps
from bot.settings import Settings
from tests.bots import in_hand, running
from tests.fakes import FakeSlack, Person, event
from tests.stories.rows import stored
from tests.stories.test_acknowledging import unavailable

pytestmark = pytest.mark.both_databases

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
FORM = {"kind": "E", "theme": "X-90", "text": "Jonot ovat liian pitkiä kaikille"}


def test_b02_the_same_form_three_times_is_one_observation_and_one_confirmation(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)
    copies = slack.send_copies(form.payload(), "interactive", 3, form.take_answer)
    slack.settles()

    assert all(copy.ack_payload is None for copy in copies)
    assert len(stored(deps)) == 1
    assert len(aino.dms) == 1
    assert len(aino.notes) == 1


def test_b02_the_same_no_name_form_three_times_shows_the_same_code(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM, feedback="anonymous")
    copies = slack.send_copies(form.payload(), "interactive", 3, form.take_answer)

    views = [copy.ack_payload["view"] for copy in copies if copy.ack_payload]
    assert len(views) == len(copies)
    assert all(view == views[0] for view in views)
    assert len(stored(deps)) == 1


def test_one_envelope_that_comes_over_two_sockets_is_one_observation(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    slack.says_disconnect("warning")
    slack.wait_until_connected(2)
    slack.send_twice(slack.command_payload(aino.id, "/raportoi", WORDS), "slash_commands")
    slack.settles()
    assert len(stored(deps)) == 1
    assert len(aino.dms) == 1


def test_two_forms_with_the_same_words_are_two_observations(deps: Deps, aino: Person) -> None:
    for _ in range(2):
        aino.types("/raportoi")
        assert aino.sees_modal(callback_id="observations.form").fill(**FORM).submit().closed
    assert len(stored(deps)) == 2


def test_the_same_command_delivered_again_is_one_observation(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    payload = slack.command_payload(aino.id, "/raportoi", WORDS)
    slack.send_copies(payload, "slash_commands", 3, lambda _: None)
    slack.settles()
    assert len(stored(deps)) == 1
    assert len(aino.dms) == 1


def test_the_same_sentence_typed_twice_is_two_observations(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    for _ in range(2):
        aino.types("/raportoi", WORDS)
    slack.settles()
    assert len(stored(deps)) == 2


def test_b02_a_message_delivered_under_three_event_ids_is_answered_once(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    channel = slack.world.dm_of(aino.id).id
    message = {
        "type": "message", "user": aino.id, "text": "Hei, jonot ovat pitkiä", "channel": channel,
        "channel_type": "im", "ts": "1792389600.000100", "event_ts": "1792389600.000100",
    }  # fmt: skip
    for number in (1, 2, 3):
        slack.send_event(message, event_id=f"Ev{number}")
    aino.sees_dm()
    slack.settles()
    assert len(aino.dms) == 1
    assert not stored(deps)


def to_the_bot(slack: FakeSlack, person: Person) -> dict[str, Any]:
    """A message that the person has written to the bot, as Slack tells of it."""
    ts = slack.world.new_ts()
    about = {"channel": slack.world.dm_of(person.id).id, "channel_type": "im", "ts": ts, "event_ts": ts}
    return {"type": "message", "user": person.id, "text": "Hei, jonot ovat pitkiä", **about}


def test_a_message_that_comes_again_after_a_restart_is_answered_once(
    slack: FakeSlack, settings: Settings, aino: Person
) -> None:
    first, another = to_the_bot(slack, aino), to_the_bot(slack, aino)
    for told, retry in (([first], 0), ([first, another], 3)):
        with running(Bot(settings), slack):
            slack.wait_until_connected()
            for message in told:
                slack.send_event(message, retry_attempt=retry, retry_reason="timeout")
            slack.settles()
    assert len(aino.dms) == 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one process
def test_a_message_that_comes_to_two_processes_at_once_is_answered_once(
    slack: FakeSlack, settings: Settings, aino: Person
) -> None:
    with running(Bot(settings), slack) as one, running(Bot(settings), slack) as other:
        slack.busy = lambda: in_hand(one) or in_hand(other)
        slack.wait_until_connected(2)
        slack.send_copies(event(slack.world, to_the_bot(slack, aino)), "events_api", 6, lambda _: None)
        aino.sees_dm()
        slack.settles()
    assert len(aino.dms) == 1


def test_a_message_is_answered_though_the_database_does_not_answer(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    message = to_the_bot(slack, aino)
    with unavailable(deps):
        for _ in range(2):
            slack.send_event(message)
        aino.sees_dm()
        slack.settles()
    assert len(aino.dms) == 1


def test_a_shortcut_and_a_press_that_come_again_are_not_said_to_be_late(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    again = [aino.uses_shortcut("observations.new").payload]
    aino.sees_modal(callback_id="observations.form").close()
    aino.opens_home()
    again.append(aino.sees_home().press("people.open_settings").payload)
    aino.sees_modal(callback_id="people.settings")
    for payload in again:
        slack.send_copies(payload, "interactive", 2, lambda _: None)
    slack.settles()
    assert not [*aino.dms, *aino.notes]
    assert len(slack.calls_to("views.open")) == 2


def test_undo_pressed_twice_is_calm(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", WORDS)
    receipt = aino.sees_dm(containing="on kirjattu")
    press = receipt.press("observations.undo")
    receipt.waits_for("on peruttu")
    slack.deliver("interactive", press.payload)
    slack.settles()
    assert "on peruttu" in receipt.words
    assert not aino.sees_ephemeral(containing="Kirjattu").is_gone
    assert len(aino.notes) == 1
    assert stored(deps)[0].status == "peruttu"


def test_a_receipt_that_slack_refuses_is_whispered_instead(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    slack.fault("chat.postMessage", error="messages_tab_disabled")
    slack.expects_refusal("messages_tab_disabled")
    aino.types("/raportoi", WORDS)
    whispered = aino.sees_ephemeral(containing="on kirjattu")
    whispered.press("observations.undo")
    aino.sees_ephemeral(containing="on peruttu")
    assert stored(deps)[0].status == "peruttu"


def test_too_many_requests_delay_a_receipt_and_do_not_double_it(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    slack.fault("chat.postMessage", retry_after=1)
    aino.types("/raportoi", WORDS)
    aino.sees_dm(containing="on kirjattu")
    slack.settles()
    assert len(aino.dms) == 1


def test_an_unclear_answer_to_a_receipt_is_not_repeated(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    slack.fault("chat.postMessage", drop="after")
    aino.types("/raportoi", WORDS)
    aino.sees_dm(containing="on kirjattu")
    slack.settles()
    assert len(aino.dms) == 1
    assert len(slack.calls_to("chat.postMessage")) == 1
