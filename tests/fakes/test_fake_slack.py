"""The fake Slack refuses what it must refuse, shown with a bare Bolt app and with single calls."""

from __future__ import annotations

import copy
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_events.validation import payload_type_for, validate_payload
from slack_sdk import WebClient, WebhookClient
from slack_sdk.errors import SlackApiError

from bot.blocks.tables import data_table, line_chart
from tests.fakes import SECONDS, CannotDoError, Delivery, FakeSlack, Person, opinions
from tests.fakes._slack_types import SCHEMA

Json = dict[str, Any]
AINO, CHANNEL = "U0AINO0001", "C0KESKUST1"


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str, label: str = "nimi") -> Json:
    return {"text": plain(label), "value": value}


def button(action_id: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain("Paina"), **more}


def field(name: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": name, "label": plain(name), "element": {"action_id": name, **element}, **more}


LINE = {"type": "plain_text_input", "max_length": 20}
KIND = {"type": "radio_buttons", "options": [option("E"), option("M")]}
THEME = {"type": "static_select", "options": [option("1"), option("2")], "initial_option": option("2")}


def form(*blocks: Json, **more: Any) -> Json:
    fields = blocks or (field("text", LINE), field("kind", KIND, optional=True), field("theme", THEME))
    named = {"title": plain("Lomake"), "submit": plain("Lähetä"), "callback_id": "form"}
    return {"type": "modal", **named, "blocks": list(fields), **more}


class Bot:
    """A bare Bolt app, connected."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        env = slack.settings_env()
        self.client = WebClient(token=env["SLACK_BOT_TOKEN"], base_url=env["SLACK_API_URL"], retry_handlers=[])
        self.app = App(client=self.client, listener_executor=ThreadPoolExecutor(20))
        self.handler = SocketModeHandler(self.app, env["SLACK_APP_TOKEN"], concurrency=20)

    def connect(self) -> None:
        handler: Any = self.handler
        handler.connect()

    def close(self) -> None:
        """Close at once: the adapter's own close waits a second for its queue, and at times ten for its socket."""
        client: Any = self.handler.client
        client.closed, client.auto_reconnect_enabled = True, False
        socket = client.current_session.sock
        socket.send_close()  # the reader meets the answer to this, and does not wait in its select
        client.message_queue.put(None)
        client.current_session_runner.shutdown()
        socket.shutdown()  # the library leaves the descriptor open after a close frame
        client.current_app_monitor.shutdown()
        client.message_workers.shutdown()
        self.app.listener_runner.listener_executor.shutdown()

    def opens(self, view: Json) -> None:
        def open_it(ack: Callable[[], None], body: Json) -> None:
            ack()
            self.client.views_open(trigger_id=body["trigger_id"], view=view)

        self.app.command("/raportoi")(open_it)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack(manifest=Path("no-such-manifest.yaml")) as workspace:
        yield workspace


@pytest.fixture
def aino(slack: FakeSlack) -> Person:
    return slack.person(AINO, "Aino Testinen")


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    env = slack.settings_env()
    return WebClient(token=env["SLACK_BOT_TOKEN"], base_url=env["SLACK_API_URL"], retry_handlers=[])


@pytest.fixture
def bot(slack: FakeSlack) -> Iterator[Bot]:
    one = Bot(slack)
    one.connect()
    slack.wait_until_connected()
    yield one
    one.close()
    for delivery in slack.sockets.deliveries.values():
        judge_by_types_of_others(delivery.payload)


def judge_by_types_of_others(payload: Json) -> None:
    """Raise ValidationError where something in what the fake has sent is of another type than Slack's."""
    inner = payload.get("event", payload)
    kind = inner.get("type", "slash_command")
    assert kind in ("shortcut", "message_action") or payload_type_for(kind, inner.get("subtype")), kind
    validate_payload(kind, inner.get("subtype"), inner)


def error_of(slack: FakeSlack, call: Callable[[], Any]) -> str:
    """Return the error that a call gets, and expect it as a refusal."""
    with pytest.raises(SlackApiError) as refused:
        call()
    slack.expects_refusal(refused.value.response["error"])
    return str(refused.value.response["error"])


# A story


def test_a_story_of_command_form_message_and_button(slack: FakeSlack, bot: Bot, aino: Person) -> None:
    bot.opens(form())

    @bot.app.view("form")
    def sent(ack: Callable[[], None], body: Json, view: Json) -> None:
        ack()
        words = view["state"]["values"]["text"]["text"]["value"]
        blocks = [{"type": "actions", "elements": [button("undo", value="7"), {**THEME, "action_id": "theme"}]}]
        bot.client.chat_postMessage(channel=body["user"]["id"], text=f"Kiitos: {words}", blocks=blocks)

    @bot.app.action("undo")
    def undo(ack: Callable[[], None], body: Json, respond: Any) -> None:
        ack()
        respond(text=f"Peruttu {body['actions'][0]['value']}", response_type="ephemeral")

    @bot.app.action("theme")
    def theme(ack: Callable[[], None], body: Json, client: WebClient) -> None:
        ack()
        chosen = body["actions"][0]["selected_option"]["value"]
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        client.chat_update(**place, text=f"Teema {chosen}", blocks=[])

    answer = aino.types("/raportoi")
    outcome = aino.sees_modal(callback_id="form").fill(text="ei asuntoja", kind="E").submit()
    message = aino.sees_dm(containing="ei asuntoja")
    message.press("undo")
    message.choose("theme", "1")

    assert answer.acked
    assert outcome.closed
    assert outcome.errors == {}
    assert aino.sees_ephemeral("Peruttu 7").channel == message.channel
    assert message.waits_for("Teema 1").blocks == []


def test_what_a_command_is_acknowledged_with_is_shown_to_that_person_alone(
    slack: FakeSlack, bot: Bot, aino: Person
) -> None:
    bot.app.command("/raportoi")(lambda ack: ack(text="Ohje", response_type="ephemeral"))
    other = slack.person("U0TOINEN01", "Toinen Testinen")

    answer = aino.types("/raportoi", "ohje")

    assert answer.ack_payload == {"text": "Ohje", "response_type": "ephemeral"}
    assert aino.sees_ephemeral("Ohje").text == "Ohje"
    assert other.notes == []


def test_an_acknowledgement_without_response_type_is_a_refusal(slack: FakeSlack, bot: Bot, aino: Person) -> None:
    bot.app.command("/raportoi")(lambda ack: ack("Ohje"))
    aino.types("/raportoi")
    assert [one.error for one in slack.refusals] == ["no_response_type"]
    slack.expects_refusal("no_response_type")


def test_an_act_fails_when_its_acknowledgement_is_late(slack: FakeSlack, bot: Bot, aino: Person) -> None:
    def slow(ack: Callable[[], None]) -> None:
        slack.world.wait_for(lambda: slack.calls_to("api.test"), SECONDS, lambda: "")
        ack()

    bot.app.command("/raportoi")(slow)
    with pytest.raises(AssertionError, match="an ack of slash_commands"):
        aino.types("/raportoi", within=0.2)
    bot.client.api_test()


def test_an_acknowledgement_after_three_seconds_is_a_refusal(slack: FakeSlack) -> None:
    late = Delivery("env1", "slash_commands", {}, sent_at=time.monotonic() - SECONDS - 0.1)
    slack.sockets.settle(late, None, time.monotonic())
    assert [one.error for one in slack.refusals] == ["late_ack"]
    slack.expects_refusal("late_ack")


def test_home_shortcuts_and_events_arrive(slack: FakeSlack, bot: Bot, aino: Person) -> None:
    seen: list[str] = []
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [button("home.new")]}]}

    @bot.app.event("app_home_opened")
    def opened(event: Json, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view=home)

    @bot.app.event("message")
    def told(event: Json) -> None:
        seen.append(event["text"])

    @bot.app.shortcut("observations.new")
    @bot.app.shortcut("observations.from_message")
    @bot.app.action("home.new")
    def noted(ack: Callable[[], None], body: Json) -> None:
        ack()
        seen.append(body["type"])

    aino.opens_home()
    aino.sees_home("Paina").press("home.new")
    aino.uses_shortcut("observations.new")
    ts = aino.writes("hei", channel=CHANNEL)
    aino.uses_message_shortcut("observations.from_message", CHANNEL, ts)
    aino.writes("hei botti")

    slack.world.wait_for(lambda: len(seen) == 4, SECONDS, lambda: str(seen))
    assert sorted(seen) == ["block_actions", "hei botti", "message_action", "shortcut"]


# Forms


def test_the_client_does_not_send_a_form_that_lacks_a_required_field_or_is_too_long(bot: Bot, aino: Person) -> None:
    bot.opens(form())
    aino.types("/raportoi")
    seen = aino.sees_modal()
    with pytest.raises(CannotDoError, match="required"):
        seen.submit()
    with pytest.raises(CannotDoError, match="21 characters"):
        seen.fill(text="x" * 21).submit()
    with pytest.raises(CannotDoError, match="no option"):
        seen.fill(theme="3")
    with pytest.raises(CannotDoError, match="no field"):
        seen.fill(nothing="x")


def test_a_forced_form_carries_every_field_with_initial_values_and_nulls(bot: Bot, aino: Person) -> None:
    bot.opens(form())
    got: list[Json] = []

    @bot.app.view("form")
    def sent(ack: Callable[..., None], view: Json) -> None:
        got.append(view["state"]["values"])
        ack()

    aino.types("/raportoi")
    aino.sees_modal().submit(force=True)

    assert got == [
        {
            "text": {"text": {"type": "plain_text_input", "value": None}},
            "kind": {"kind": {"type": "radio_buttons", "selected_option": None}},
            "theme": {"theme": {"type": "static_select", "selected_option": option("2")}},
        }
    ]


def test_hostile_submissions_reach_the_bot_as_they_are(bot: Bot, aino: Person) -> None:
    bot.opens(form())
    got: list[Json] = []

    @bot.app.view("form")
    def sent(ack: Callable[[], None], view: Json) -> None:
        got.append(view["state"]["values"])
        ack()

    aino.types("/raportoi")

    def spoil(payload: Json) -> None:
        del payload["view"]["state"]["values"]["kind"]
        payload["view"]["state"]["values"]["text"]["text"]["value"] = "puoli \ud83d merkkiä"

    aino.sees_modal().fill(text="x").submit(change=spoil)

    assert set(got[0]) == {"text", "theme"}
    assert got[0]["text"]["text"]["value"] == "puoli \ud83d merkkiä"


def test_field_errors_keep_the_form_open_and_must_name_inputs(slack: FakeSlack, bot: Bot, aino: Person) -> None:
    header = {"type": "section", "block_id": "head", "text": plain("Ohje")}
    bot.opens(form(header, field("text", LINE)))
    answers = iter([{"text": "Liian lyhyt"}, {"head": "Ei kenttä"}])
    bot.app.view("form")(lambda ack: ack(response_action="errors", errors=next(answers)))
    aino.types("/raportoi")
    seen = aino.sees_modal().fill(text="abc")

    outcome = seen.submit()
    assert (outcome.errors, outcome.closed) == ({"text": "Liian lyhyt"}, False)
    assert slack.refusals == []
    seen.submit()
    assert [one.error for one in slack.refusals] == ["invalid_response_action"]
    slack.expects_refusal("invalid_response_action")


def test_update_push_and_clear_answers_change_the_stack(bot: Bot, aino: Person) -> None:
    bot.opens(form())
    answers: Iterator[Json] = iter(
        [
            {"response_action": "update", "view": form(title=plain("Toinen"))},
            {"response_action": "push", "view": form(title=plain("Kolmas"))},
            {"response_action": "clear"},
        ]
    )
    bot.app.view("form")(lambda ack: ack(**next(answers)))
    aino.types("/raportoi")

    first = aino.sees_modal().fill(text="a")
    second = first.submit().view
    assert second is not None
    assert (second.title, second.view.id) == ("Toinen", first.view.id)
    third = second.submit().view
    assert third is not None
    assert (third.title, third.view.previous) == ("Kolmas", first.view.id)
    assert third.fill(text="b").submit().closed
    assert aino.modal is None


def test_what_was_typed_outlives_a_redraw_where_the_ids_stay(slack: FakeSlack, bot: Bot, aino: Person) -> None:
    dispatching = field("theme", THEME, dispatch_action=True)
    bot.opens(form(field("text", LINE), dispatching))

    @bot.app.action("theme")
    def redraw(ack: Callable[[], None], body: Json, client: WebClient) -> None:
        ack()
        renamed = field("proposal", {**LINE, "initial_value": "uusi"})
        blocks = (field("text", {**LINE, "initial_value": "vanha"}), dispatching, renamed)
        client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=form(*blocks))

    aino.types("/raportoi")
    seen = aino.sees_modal().fill(text="oma", theme="1")
    seen.waits_for_redraw()
    assert seen.values == {"text": "oma", "theme": "1", "proposal": "uusi"}


def test_hashes_are_checked_and_an_empty_one_is_refused(slack: FakeSlack, aino: Person, client: WebClient) -> None:
    opened = client.views_open(trigger_id=slack.world.new_trigger(AINO), view=form())["view"]
    again = client.views_update(view_id=opened["id"], hash=opened["hash"], view=form())["view"]
    assert again["id"] == opened["id"]
    stale = {"view_id": opened["id"], "view": form(), "hash": opened["hash"]}
    assert error_of(slack, lambda: client.views_update(**stale)) == "hash_conflict"
    assert error_of(slack, lambda: client.views_update(**{**stale, "hash": ""})) == "invalid_arguments"


def test_a_trigger_is_good_for_one_view_and_three_seconds(slack: FakeSlack, aino: Person, client: WebClient) -> None:
    once, old = slack.world.new_trigger(AINO), slack.world.new_trigger(AINO)
    client.views_open(trigger_id=once, view=form())
    slack.world.triggers[old].issued -= SECONDS + 0.1
    assert error_of(slack, lambda: client.views_open(trigger_id=once, view=form())) == "exchanged_trigger_id"
    assert error_of(slack, lambda: client.views_open(trigger_id=old, view=form())) == "expired_trigger_id"
    assert error_of(slack, lambda: client.views_open(trigger_id="1.2.3", view=form())) == "invalid_trigger_id"


def test_at_most_three_modals_lie_on_each_other(slack: FakeSlack, aino: Person, client: WebClient) -> None:
    opened = client.views_open(trigger_id=slack.world.new_trigger(AINO), view=form())["view"]["id"]
    for _ in range(2):
        client.views_push(trigger_id=slack.world.new_trigger(AINO, opened), view=form())
    fourth = slack.world.new_trigger(AINO, opened)
    assert error_of(slack, lambda: client.views_push(trigger_id=fourth, view=form())) == "push_limit_reached"


# Limits

SECTION = {"type": "section", "text": mrkdwn("x")}
IMAGE = {"type": "image", "image_url": "https://e.org/x", "alt_text": "x"}
CONFIRM = {"title": plain("Varma"), "text": plain("Poistetaanko"), "confirm": plain("Kyllä"), "deny": plain("Ei")}


def actions(*elements: Json) -> list[Json]:
    return [{"type": "actions", "elements": [{"action_id": "a", **element} for element in elements]}]


BAD_BLOCKS = {
    "51 blocks": [SECTION] * 51,
    "an empty section": [{"type": "section", "text": mrkdwn("")}],
    "3001 characters": [{"type": "section", "text": mrkdwn("x" * 3001)}],
    "11 fields": [{"type": "section", "fields": [plain("x")] * 11}],
    "a field of 2001": [{"type": "section", "fields": [plain("x" * 2001)]}],
    "a header of 151": [{"type": "header", "text": plain("x" * 151)}],
    "a header in mrkdwn": [{"type": "header", "text": mrkdwn("x")}],
    "a button text of 76": [{"type": "actions", "elements": [button("a") | {"text": plain("x" * 76)}]}],
    "a button value of 2001": actions(button("a", value="x" * 2001)),
    "a button in an unknown style": actions(button("a", style="loud")),
    "an action id twice": actions(button("a"), button("a")),
    "a block id twice": [{**SECTION, "block_id": "a"}, {**SECTION, "block_id": "a"}],
    "an option of 76": actions({**THEME, "options": [option("1", "x" * 76)]}),
    "an option value of 151": actions({**KIND, "options": [option("1" * 151)]}),
    "an option value twice": actions({**KIND, "options": [option("1"), option("1")]}),
    "101 options": actions({"type": "static_select", "options": [option(str(n)) for n in range(101)]}),
    "11 radio buttons": actions({**KIND, "options": [option(sign) for sign in "abcdefghijk"]}),
    "an initial option that is not there": actions({**THEME, "initial_option": option("9")}),
    "an unknown block": [{"type": "alert", "text": plain("x")}],
    "an unknown key": [{"type": "divider", "colour": "red"}],
    "a confirm title of 101": actions(button("a", confirm={**CONFIRM, "title": plain("x" * 101)})),
    "a table of one row": [data_table("x", ["a"], [])],
    "a table whose rows differ": [data_table("x", ["a", "b"], [["1"]])],
    "three charts": [line_chart("x", ["1"], [("a", [1])])] * 3,
    "a chart's label of 21": [line_chart("x", ["1" * 21], [("a", [1])])],
    "a chart without a point": [line_chart("x", ["1"], [("a", [1])]) | {"chart": {"type": "line", "series": []}}],
}


@pytest.mark.parametrize("blocks", BAD_BLOCKS.values(), ids=BAD_BLOCKS.keys())
def test_a_message_beyond_a_limit_is_refused(
    slack: FakeSlack, aino: Person, client: WebClient, blocks: list[Json]
) -> None:
    assert error_of(slack, lambda: client.chat_postMessage(channel=AINO, text="x", blocks=blocks)) == "invalid_blocks"
    assert aino.dms == []


BAD_VIEWS: dict[str, Json] = {
    "a title of 25": form(title=plain("x" * 25)),
    "a submit of 25": form(submit=plain("x" * 25)),
    "no submit": form(submit=None),
    "private_metadata of 3001": form(private_metadata="x" * 3001),
    "a callback_id of 256": form(callback_id="x" * 256),
    "101 blocks": form(*[SECTION] * 101),
    "no blocks": {**form(), "blocks": []},
    "a placeholder of 151": form(field("text", {**LINE, "placeholder": plain("x" * 151)})),
    "a max_length of 3001": form(field("text", {**LINE, "max_length": 3001})),
    "two in focus": form(*[field(name, {**LINE, "focus_on_load": True}) for name in "ab"]),
    "an input's action id twice": form(field("a", LINE), {**field("a", LINE), "block_id": "b"}),
    "a date that is none": form(field("day", {"type": "datepicker", "initial_date": "2026-02-30"})),
    "a button as input": form(field("a", {"type": "button", "text": plain("x")})),
    "a home": {"type": "home", "blocks": [SECTION]},
    "a table": form(data_table("x", ["a"], [["1"]])),
    "a lone surrogate": form(field("text", {**LINE, "initial_value": "\ud83d"})),
}


@pytest.mark.parametrize("view", BAD_VIEWS.values(), ids=BAD_VIEWS.keys())
def test_a_view_beyond_a_limit_is_refused(slack: FakeSlack, aino: Person, client: WebClient, view: Json) -> None:
    trigger = slack.world.new_trigger(AINO)
    assert error_of(slack, lambda: client.views_open(trigger_id=trigger, view=view)) == "invalid_arguments"
    assert aino.modal is None


def test_all_kinds_of_blocks_that_the_product_draws_pass_all_validators(
    slack: FakeSlack, aino: Person, client: WebClient
) -> None:
    options = {"options": [option("1"), option("2")]}
    blocks: list[Json] = [
        {"type": "header", "text": plain("Kooste")},
        {"type": "divider"},
        {**SECTION, "accessory": button("a", style="danger", confirm=CONFIRM)},
        {"type": "section", "fields": [mrkdwn("*a*"), plain("*b*")]},
        {"type": "context", "elements": [mrkdwn("x"), IMAGE]},
        {**IMAGE, "title": plain("x")},
        *actions({"type": "overflow", "action_id": "o", **options}, {**THEME, "action_id": "s"}),
    ]
    inputs = [
        field("text", {**LINE, "multiline": True, "placeholder": plain("x")}, hint=plain("x"), optional=True),
        field("kind", {**KIND, "initial_option": option("E")}),
        field("theme", {"type": "static_select", "option_groups": [{"label": plain("x"), **options}]}),
        field("many", {"type": "checkboxes", **options, "initial_options": [option("1")]}),
        field("day", {"type": "datepicker", "initial_date": "2026-10-26"}),
        field("who", {"type": "multi_users_select"}),
        field("where", {"type": "conversations_select", "filter": {"include": ["public"]}}),
    ]
    client.chat_postMessage(channel=AINO, text="x", blocks=blocks)
    client.views_open(trigger_id=slack.world.new_trigger(AINO), view=form(*blocks, *inputs))
    client.views_publish(user_id=AINO, view={"type": "home", "blocks": blocks})


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's own types need npm (make node_modules/stamp)")
@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "text": mrkdwn("sanat"), "stray": 1},
        {"type": "section", "text": mrkdwn("sanat"), "accessory": {**button("a"), "colour": "red"}},
        {"type": "header", "text": mrkdwn("sanat")},
        {"type": "image", "image_url": "https://example.org/kuva.png"},
        {"type": "picture", "text": mrkdwn("sanat")},
    ],
)
def test_slacks_own_types_refuse_what_they_do_not_know(block: Json) -> None:
    message = {"type": "message", "text": "sanat", "blocks": [{"type": "divider"}]}
    assert opinions(message) == []
    found = opinions({**message, "blocks": [block]})
    assert [fault for fault in found if fault.startswith("@slack/types: blocks/0")]


@pytest.mark.parametrize(
    ("text", "error"),
    [("", "no_text"), ("   ", "no_text"), ("x" * 4000, "msg_too_long"), ("\ud83d", "invalid_arguments")],
)
def test_a_text_that_is_empty_too_long_or_broken_is_refused(
    slack: FakeSlack, aino: Person, client: WebClient, text: str, error: str
) -> None:
    post = {"channel": AINO, "text": text, "blocks": [SECTION]}
    assert error_of(slack, lambda: client.api_call("chat.postMessage", json=post)) == error


def test_an_update_without_blocks_is_refused(slack: FakeSlack, aino: Person, client: WebClient) -> None:
    sent = client.chat_postMessage(channel=AINO, text="x")
    place = {"channel": sent["channel"], "ts": sent["ts"]}
    assert error_of(slack, lambda: client.chat_update(**place, text="y")) == "invalid_arguments"
    assert (
        error_of(slack, lambda: client.chat_update(**{**place, "ts": "1.2"}, text="y", blocks=[]))
        == "message_not_found"
    )
    client.chat_delete(**place)
    assert aino.dms == []


def test_a_response_url_takes_five_posts_in_half_an_hour(aino: Person) -> None:
    now = [1_792_389_600.0]
    with FakeSlack(clock=lambda: now[0], manifest=Path("none.yaml")) as slack:
        slack.person(AINO, "Aino Testinen")
        first, second = (WebhookClient(slack.world.new_hook(AINO, CHANNEL)) for _ in range(2))
        statuses = [first.send(text="x", response_type="ephemeral").status_code for _ in range(6)]
        now[0] += 1801
        statuses.append(second.send(text="x", response_type="ephemeral").status_code)
        assert statuses == [200, 200, 200, 200, 200, 404, 404]
        assert [one.error for one in slack.refusals] == ["used_url", "expired_url"]
        slack.expects_refusal("used_url", "expired_url")


def test_a_post_to_a_response_url_must_say_who_sees_it(slack: FakeSlack, aino: Person) -> None:
    hook = WebhookClient(slack.world.new_hook(AINO, CHANNEL))
    assert hook.send(text="x").status_code == 404
    slack.expects_refusal("no_response_type")


# Places and people


def test_posts_go_where_the_bot_is_and_to_people(slack: FakeSlack, aino: Person, client: WebClient) -> None:
    slack.channel("C0MUUALLA1", "muualla", bot_is_member=False)
    slack.channel("G0PRIV001", "salainen", bot_is_member=False, is_private=True)
    slack.channel("C0VANHA001", "vanha", is_archived=True)
    assert client.chat_postMessage(channel=AINO, text="x")["channel"] == "D0AINO0001"
    assert client.conversations_open(users=AINO)["channel"]["id"] == "D0AINO0001"
    for place, error in {
        "C0MUUALLA1": "not_in_channel",
        "G0PRIV001": "channel_not_found",
        "D0OTHER01": "channel_not_found",
        "U0KUKAAN01": "channel_not_found",
        "C0VANHA001": "is_archived",
    }.items():
        post = partial(client.chat_postMessage, channel=place, text="x")
        assert error_of(slack, post) == error


def test_an_ephemeral_message_needs_its_reader_in_the_channel(
    slack: FakeSlack, aino: Person, client: WebClient
) -> None:
    slack.person("U0ULKONA01", "Ulla Testinen", joins=[])
    client.chat_postEphemeral(channel=CHANNEL, user=AINO, text="vain sinulle")
    aino.sees_ephemeral("vain sinulle")
    assert aino.messages_in(CHANNEL) == []
    outside: Json = {"channel": CHANNEL, "user": "U0ULKONA01", "text": "x"}
    assert error_of(slack, lambda: client.chat_postEphemeral(**outside)) == "user_not_in_channel"


def test_scopes_and_unknown_methods_are_checked() -> None:
    with FakeSlack(scopes=["chat:write"]) as slack:
        env = slack.settings_env()
        client = WebClient(token=env["SLACK_BOT_TOKEN"], base_url=env["SLACK_API_URL"])
        with pytest.raises(SlackApiError) as refused:
            client.users_info(user=AINO)
        assert refused.value.response["needed"] == "users:read"
        slack.expects_refusal("missing_scope")
        assert error_of(slack, lambda: client.api_call("chat.shout")) == "unknown_method"
        assert error_of(slack, lambda: client.api_call("auth.test", auth=None, params={"token": "x"})) == "invalid_auth"
        assert client.auth_test().headers["x-oauth-scopes"] == "chat:write"


def test_lists_come_in_pages_and_records_lack_what_they_lack(slack: FakeSlack, client: WebClient) -> None:
    slack.world.page_limit = 2
    slack.person("U0VAJAA001", "Ville Testinen", missing=["tz", "locale"], is_restricted=True, display_name="")
    slack.person("U0POISSA01", "Pia Testinen", deleted=True)
    pages = [page["members"] for page in client.users_list(limit=200, include_locale=True)]
    assert [len(page) for page in pages] == [2, 1]
    assert "tz" not in pages[0][1]
    assert "locale" not in pages[0][1]
    assert pages[0][1]["is_restricted"]
    members = [one for page in client.conversations_members(channel=CHANNEL) for one in page["members"]]
    assert members == [slack.world.bot_user, "U0VAJAA001", "U0POISSA01"]
    assert "locale" not in client.users_info(user="U0POISSA01")["user"]


def test_history_tells_metadata_only_when_asked(slack: FakeSlack, aino: Person, client: WebClient) -> None:
    metadata = {"event_type": "raportoi_delivery", "event_payload": {"id": "1", "kind": "feedback"}}
    sent = client.chat_postMessage(channel=AINO, text="x", metadata=metadata)
    client.chat_postMessage(channel=AINO, text="vastaus", thread_ts=sent["ts"])
    place = sent["channel"]
    assert "metadata" not in client.conversations_history(channel=place)["messages"][0]
    told = client.conversations_history(channel=place, include_all_metadata=True)["messages"]
    assert [one.get("metadata") for one in told] == [metadata]
    assert len(client.conversations_replies(channel=place, ts=sent["ts"])["messages"]) == 2
    wrong = copy.deepcopy(metadata) | {"event_payload": "1"}
    assert (
        error_of(slack, lambda: client.chat_postMessage(channel=AINO, text="x", metadata=wrong))
        == "invalid_metadata_format"
    )


def test_files_go_to_conversations_only(slack: FakeSlack, aino: Person, client: WebClient) -> None:
    place = client.conversations_open(users=AINO)["channel"]["id"]
    client.files_upload_v2(channel=place, filename="kokous.ics", content="BEGIN:VCALENDAR")
    assert [(file["name"], file["bytes"]) for file in slack.world.files.values()] == [
        ("kokous.ics", b"BEGIN:VCALENDAR")
    ]
    to_person: Json = {"channel": AINO, "filename": "x.ics", "content": "x"}
    assert error_of(slack, lambda: client.files_upload_v2(**to_person)) == "invalid_arguments"
    thread: Json = {"channel": place, "filename": "x.ics", "content": "x", "thread_ts": "1.000001"}
    with pytest.raises(SlackApiError, match="thread_not_found"):
        client.files_upload_v2(**thread)


def test_a_file_is_as_long_as_announced_and_keeps_its_text_alternative(slack: FakeSlack, client: WebClient) -> None:
    told = client.files_getUploadURLExternal(filename="kuva.png", length=3, alt_txt="Kuvassa on pylväitä")
    assert slack.world.files[told["file_id"]]["alt"] == "Kuvassa on pylväitä"
    client._upload_file(url=told["upload_url"], data=b"xx", logger=client._logger, timeout=5, proxy=None, ssl=None)
    files = [{"id": told["file_id"], "title": "kuva"}]
    assert error_of(slack, lambda: client.files_completeUploadExternal(files=files)) == "invalid_arguments"


# Faults


def test_faults_strike_as_laid_out_and_haste_after_429_is_a_refusal(
    slack: FakeSlack, aino: Person, client: WebClient
) -> None:
    slack.fault("chat.postMessage", retry_after=7, skip=1)
    slack.fault("users.info", error="internal_error", times=2)
    client.chat_postMessage(channel=AINO, text="x")
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel=AINO, text="x")
    assert limited.value.response.headers["Retry-After"] == "7"
    client.chat_postMessage(channel=AINO, text="x")
    slack.expects_refusal("called_during_retry_after")
    assert [error_of(slack, lambda: client.users_info(user=AINO)) for _ in range(2)] == ["internal_error"] * 2
    client.users_info(user=AINO)


def test_a_dropped_connection_loses_the_answer_and_perhaps_the_call(
    slack: FakeSlack, aino: Person, client: WebClient
) -> None:
    for drop, kept in (("before", 0), ("after", 1)):
        slack.fault("chat.postMessage", drop=drop)
        with pytest.raises(OSError, match=r"Remote end closed|reset"):
            client.chat_postMessage(channel=AINO, text="x")
        assert len(aino.dms) == kept


def test_a_bot_comes_back_after_cut_sockets_and_closes_with_a_frame(slack: FakeSlack, aino: Person) -> None:
    bot = Bot(slack)
    bot.app.command("/raportoi")(lambda ack: ack())
    bot.connect()
    slack.wait_until_connected()
    assert slack.drops_sockets() == 1
    slack.world.wait_for(lambda: slack.live_sockets == 0, SECONDS, lambda: "the cut")
    aino.types("/raportoi")
    slack.says_disconnect("warning")
    slack.world.wait_for(lambda: len(slack.socket_history) >= 5, SECONDS, lambda: str(slack.socket_history))
    aino.types("/raportoi")
    bot.close()
    slack.world.wait_for(lambda: slack.live_sockets == 0, SECONDS, lambda: "the end")
    assert slack.most_live_sockets <= 2
    assert slack.close_frames


def test_copies_of_a_submission_are_each_acknowledged(bot: Bot, slack: FakeSlack, aino: Person) -> None:
    bot.opens(form())
    bot.app.view("form")(lambda ack: ack())
    aino.types("/raportoi")
    seen = aino.sees_modal().fill(text="x")
    sent = slack.send_copies(seen.payload(), "interactive", 3, seen.take_answer)
    assert all(one.acked for one in sent)
    assert not seen.is_open


def test_every_string_that_goes_out_is_told(slack: FakeSlack, bot: Bot, aino: Person) -> None:
    bot.app.command("/raportoi")(lambda ack: ack(text="tunnus", response_type="ephemeral"))
    aino.types("/raportoi")
    bot.client.chat_postMessage(channel=AINO, text="teksti", blocks=[{"type": "section", "text": plain("lohko")}])
    WebhookClient(slack.world.new_hook(AINO, CHANNEL)).send(text="vastaus", response_type="ephemeral")
    assert {"tunnus", "teksti", "lohko", "vastaus"} <= set(slack.outgoing_strings())


def test_a_burst_tells_how_long_each_acknowledgement_took() -> None:
    with FakeSlack(validate=False, record=False) as slack:
        slack.person(AINO, "Aino Testinen")
        bot = Bot(slack)
        bot.app.command("/raportoi")(lambda ack: ack())
        bot.connect()
        delays = slack.burst(50, 10, user=AINO)
        bot.close()
    assert len(delays) == 50
    assert max(delays) < 3


def test_signed_http_carries_the_same_payloads(slack: FakeSlack, aino: Person) -> None:
    got: list[tuple[str, str]] = []

    class Door(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            got.append((self.headers["X-Slack-Signature"], body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        slack.request_url = f"http://127.0.0.1:{server.server_port}/slack/events"
        answer = aino.types("/raportoi", "ohje")
        server.shutdown()
    assert answer.acked
    assert got[0][0].startswith("v0=")
    assert "command=%2Fraportoi&text=ohje" in got[0][1]


def test_the_fake_starts_and_stops_quickly() -> None:
    began = time.monotonic()
    with FakeSlack():
        pass
    assert time.monotonic() - began < 1
