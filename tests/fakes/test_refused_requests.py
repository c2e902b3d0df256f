"""What Slack's documentation refuses, the practice Slack refuses with the same word."""

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.fakes import FakeSlack
from tests.test_slack_refusals import DOCUMENTED

Json = dict[str, Any]
AINO, OTHER, BOT, CHANNEL, OLD = "U0AINO0001", "U0KUKAAN01", "U0ROBOTTI1", "C0KESKUST1", "C0VANHA001"
UNDOCUMENTED = {("chat.postMessage", "thread_not_found")}  # seen, though it is in no list
LINE = {"type": "plain_text_input", "action_id": "a"}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str, **text: Any) -> Json:
    return {"text": plain("x") | text, "value": value}


def post(**more: Any) -> Json:
    return {"channel": CHANNEL, "text": "x", **more}


def drawn(*elements: Json) -> Json:
    return post(blocks=[{"type": "actions", "elements": [{"action_id": "a", **one} for one in elements]}])


def modal(*blocks: Json, **more: Any) -> Json:
    named = {"title": plain("Lomake"), "submit": plain("Lähetä"), "callback_id": "form"}
    return {"type": "modal", **named, "blocks": list(blocks or [SECTION]), **more}


def asking(**element: Any) -> Json:
    block = {"type": "input", "block_id": "b", "label": plain("x"), "element": {**LINE, **element}}
    return {"trigger_id": "fresh", "view": modal(block)}


REFUSED: dict[str, tuple[str, Json, str]] = {
    # messages
    "no words": ("chat.postMessage", {"channel": CHANNEL}, "no_text"),
    "blocks that are no list": ("chat.postMessage", post(blocks="hei"), "invalid_blocks_format"),
    "blocks that are one object": ("chat.postMessage", post(blocks=SECTION), "invalid_blocks_format"),
    "blocks too long together": (
        "chat.postMessage",
        post(blocks=[{"type": "section", "text": plain("x" * 2900)}] * 5),
        "msg_blocks_too_long",
    ),
    "26 buttons": ("chat.postMessage", drawn(*[{"type": "button", "text": plain("x")}] * 26), "invalid_blocks"),
    "an action without id": (
        "chat.postMessage",
        post(blocks=[{"type": "actions", "elements": [{"type": "button", "text": plain("x")}]}]),
        "invalid_blocks",
    ),
    "mrkdwn in a menu": (
        "chat.postMessage",
        drawn({"type": "static_select", "options": [option("1", type="mrkdwn")]}),
        "invalid_blocks",
    ),
    "options beside groups": (
        "chat.postMessage",
        drawn(
            {
                "type": "static_select",
                "options": [option("1")],
                "option_groups": [{"label": plain("x"), "options": [option("2")]}],
            }
        ),
        "invalid_blocks",
    ),
    "six in an overflow menu": (
        "chat.postMessage",
        drawn({"type": "overflow", "options": [option(sign) for sign in "abcdef"]}),
        "invalid_blocks",
    ),
    "an hour that is none": (
        "chat.postMessage",
        drawn({"type": "timepicker", "initial_time": "25:00"}),
        "invalid_blocks",
    ),
    "11 elements of context": (
        "chat.postMessage",
        post(blocks=[{"type": "context", "elements": [plain("x")] * 11}]),
        "invalid_blocks",
    ),
    "a picture without words for it": (
        "chat.postMessage",
        post(blocks=[{"type": "image", "image_url": "https://example.org/x.png"}]),
        "invalid_blocks",
    ),
    "metadata without a type": (
        "chat.postMessage",
        post(metadata={"event_type": "", "event_payload": {}}),
        "invalid_metadata_format",
    ),
    "large metadata": (
        "chat.postMessage",
        post(metadata={"event_type": "x", "event_payload": {"id": "x" * 9000}}),
        "metadata_too_large",
    ),
    "a thread that is none": ("chat.postMessage", post(thread_ts="1.000001"), "thread_not_found"),
    "a channel that is none": ("chat.postMessage", post(channel="C0EIOLE001"), "channel_not_found"),
    "a channel put away": ("chat.postMessage", post(channel=OLD), "is_archived"),
    "a robot": ("chat.postMessage", post(channel=BOT), "cannot_dm_bot"),
    "an edit of what is not there": ("chat.update", post(ts="1.000001", blocks=[]), "message_not_found"),
    "an edit where all is put away": ("chat.update", post(channel=OLD, ts="1.000001", blocks=[]), "is_archived"),
    "an edit of a person's words": ("chat.update", post(ts="theirs", blocks=[]), "cant_update_message"),
    "taking a person's words away": ("chat.delete", {"channel": CHANNEL, "ts": "theirs"}, "cant_delete_message"),
    # views
    "a used trigger": ("views.open", {"trigger_id": "used", "view": modal()}, "exchanged_trigger_id"),
    "no trigger": ("views.open", {"view": modal()}, "invalid_arguments"),
    "a made-up trigger": ("views.open", {"trigger_id": "1.2.3", "view": modal()}, "invalid_trigger_id"),
    "a view of 250 kB": (
        "views.open",
        {"trigger_id": "fresh", "view": modal(*[{"type": "section", "text": plain("x" * 2999)}] * 90)},
        "view_too_large",
    ),
    "an external id that another has": (
        "views.open",
        {"trigger_id": "fresh", "view": modal(external_id="varattu")},
        "duplicate_external_id",
    ),
    "a number without its kind": ("views.open", asking(type="number_input"), "invalid_arguments"),
    "choosing none at most": (
        "views.open",
        asking(type="multi_users_select", max_selected_items=0),
        "invalid_arguments",
    ),
    "least above most": ("views.open", asking(min_length=20, max_length=10), "invalid_arguments"),
    "an update of nothing named": ("views.update", {"view": modal()}, "invalid_arguments"),
    "an update of what is closed": ("views.update", {"view_id": "V1", "view": modal()}, "not_found"),
    "an old hash": ("views.update", {"view_id": "open", "hash": "1.2", "view": modal()}, "hash_conflict"),
    "a modal as home": ("views.publish", {"user_id": AINO, "view": modal()}, "invalid_arguments"),
    "a home of nobody": (
        "views.publish",
        {"user_id": OTHER, "view": {"type": "home", "blocks": [SECTION]}},
        "invalid_arguments",
    ),
    # people and places
    "a person that is none": ("users.info", {"user": OTHER}, "user_not_found"),
    "a page that is none": ("users.list", {"cursor": "sivu"}, "invalid_cursor"),
    "1001 a page": ("conversations.list", {"limit": 1001}, "invalid_limit"),
    "a kind of channel that is none": ("conversations.list", {"types": "secret"}, "invalid_types"),
    "a conversation with nobody": ("conversations.open", {}, "users_list_not_supplied"),
    "a conversation of ten": ("conversations.open", {"users": ",".join([AINO] * 10)}, "too_many_users"),
    "a beginning that is no time": (
        "conversations.history",
        {"channel": CHANNEL, "oldest": "eilen"},
        "invalid_ts_oldest",
    ),
    "an end that is no time": (
        "conversations.replies",
        {"channel": CHANNEL, "ts": "theirs", "latest": "x"},
        "invalid_ts_latest",
    ),
    "answers to what is not there": (
        "conversations.replies",
        {"channel": CHANNEL, "ts": "1.000001"},
        "thread_not_found",
    ),
    # files
    "a file of no length": ("files.getUploadURLExternal", {"filename": "x.csv", "length": 0}, "missing_argument"),
    "a file's words too long": (
        "files.getUploadURLExternal",
        {"filename": "x.png", "length": 3, "alt_txt": "x" * 1001},
        "alt_txt_too_large",
    ),
    "a file that never came": ("files.completeUploadExternal", {"files": [{"id": "F1"}]}, "file_not_found"),
    "a file that is gone": ("files.delete", {"file": "gone"}, "file_deleted"),
    # who asks
    "the app's token": ("auth.test", {"token": "app"}, "not_allowed_token_type"),
    "the bot's token for a socket": ("apps.connections.open", {"token": "bot"}, "not_allowed_token_type"),
    "no token": ("auth.test", {"token": ""}, "not_authed"),
    "another's token": ("auth.test", {"token": "xoxb-2-theirs"}, "invalid_auth"),
}


@pytest.fixture(scope="module")
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as workspace:
        workspace.person(AINO, "Aino Testinen")
        workspace.person(BOT, "Robotti", is_bot=True)
        workspace.channel(OLD, "vanha", is_archived=True)
        yield workspace


@pytest.fixture(scope="module")
def found(slack: FakeSlack) -> Json:
    """What the rows call by a name of theirs."""
    client = client_of(slack)
    opened = client.views_open(trigger_id=(used := slack.world.new_trigger(AINO)), view=modal(external_id="varattu"))
    told = client.files_getUploadURLExternal(filename="x.csv", length=1)
    client.files_delete(file=told["file_id"])
    theirs = slack.someone(AINO).writes("hei", channel=CHANNEL)
    tokens = {"app": slack.world.app_token, "bot": slack.world.bot_token}
    return {"used": used, "open": opened["view"]["id"], "theirs": theirs, "gone": told["file_id"], **tokens}


def client_of(slack: FakeSlack) -> WebClient:
    env = slack.settings_env()
    return WebClient(env["SLACK_BOT_TOKEN"], env["SLACK_API_URL"], retry_handlers=[])


@pytest.mark.parametrize(("method", "args", "word"), REFUSED.values(), ids=REFUSED.keys())
def test_a_request_is_refused_with_slacks_word(
    slack: FakeSlack, found: Json, method: str, args: Json, word: str
) -> None:
    assert word in DOCUMENTED[method] or (method, word) in UNDOCUMENTED
    named = {key: found.get(value, value) if isinstance(value, str) else value for key, value in args.items()}
    if named.get("trigger_id") == "fresh":
        named["trigger_id"] = slack.world.new_trigger(AINO)
    env, token = slack.settings_env(), named.pop("token", slack.world.bot_token)
    client = WebClient(token, env["SLACK_API_URL"], retry_handlers=[])
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json=named)
    slack.expects_refusal(word)
    assert refused.value.response["error"] == word


@pytest.mark.parametrize(("body", "path", "word"), [("{", "", "invalid_payload"), ('{"text": "x"}', "x", "no_service")])
def test_a_response_url_refuses_what_it_cannot_read_and_knows_none_that_was_not_given(
    slack: FakeSlack, body: str, path: str, word: str
) -> None:
    hook = urlsplit(slack.world.new_hook(AINO, CHANNEL) + path)
    connection = HTTPConnection(str(hook.hostname), hook.port)
    connection.request("POST", hook.path, body, {"Content-Type": "application/json"})
    assert word in connection.getresponse().read().decode()
    connection.close()
    slack.expects_refusal(word)
