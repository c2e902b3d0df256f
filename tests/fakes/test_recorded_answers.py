"""What the fake answers has no key that Slack's answers do not have, and none of another type.

`recorded_answers.tsv` has the names and types of keys that stood in recorded answers of the real Web API.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.parts import section
from tests.fakes import HOME_CHANNEL, FakeSlack

KNOWN = [line.split("\t") for line in Path(__file__).with_name("recorded_answers.tsv").read_text("utf-8").splitlines()]
RECORDED = {(method, path): kind for method, path, kind in KNOWN}
AINO, VIEW = "U0AINO0001", {"type": "home", "blocks": [section("Sanat")]}
OUR_OWN = ("blocks", "event_payload", "args", "values")  # below these stands what was sent
UNSEEN = {("users.list", "members[].is_stranger")} | {
    (f"views.{how}", "view.state.values") for how in ("publish", "open", "update", "push")
}
"""Known to Slack's documents; the recordings had no stranger in a list, and no view with a value."""
KINDS = {bool: "bool", int: "number", float: "number", str: "text", list: "list", dict: "object", type(None): "nothing"}


def paths(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for one in value:
            yield from [(f"{at}[]", KINDS[type(one)])] if not isinstance(one, dict | list) else paths(one, f"{at}[]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield (path := f"{at}.{key}".lstrip(".")), KINDS[type(inner)]
            if key not in OUR_OWN:
                yield from paths(inner, path)


def said(client: WebClient, slack: FakeSlack) -> dict[str, Callable[[], Any]]:
    """One call of each method that tells something."""
    ts = client.chat_postMessage(channel=HOME_CHANNEL, text="Sanat", blocks=VIEW["blocks"])["ts"]
    modal = {**VIEW, "type": "modal", "title": {"type": "plain_text", "text": "Otsikko"}, "callback_id": "form"}
    opened: dict[str, str] = {}

    def opens() -> Any:
        answer = client.views_open(trigger_id=slack.world.new_trigger(AINO), view=modal)
        opened["id"] = answer["view"]["id"]
        return answer

    place = {"channel": HOME_CHANNEL, "ts": ts}
    file = {"filename": "luvut.csv", "length": 1}
    return {
        "auth.test": client.auth_test,
        "chat.postMessage": lambda: client.chat_postMessage(channel=AINO, text="Sanat", blocks=VIEW["blocks"]),
        "chat.update": lambda: client.chat_update(**place, text="Muut", blocks=VIEW["blocks"]),
        "conversations.open": lambda: client.conversations_open(users=AINO, return_im=True),
        "conversations.list": client.conversations_list,
        "conversations.members": lambda: client.conversations_members(channel=HOME_CHANNEL),
        "conversations.history": lambda: client.conversations_history(channel=HOME_CHANNEL),
        "conversations.replies": lambda: client.conversations_replies(**place),
        "users.info": lambda: client.users_info(user=AINO, include_locale=True),
        "users.list": client.users_list,
        "views.publish": lambda: client.views_publish(user_id=AINO, view=VIEW),
        "views.open": opens,
        "views.update": lambda: client.views_update(view_id=opened["id"], view=modal),
        "views.push": lambda: client.views_push(trigger_id=slack.world.new_trigger(AINO, opened["id"]), view=modal),
        "files.getUploadURLExternal": lambda: client.files_getUploadURLExternal(**file),
        "chat.delete": lambda: client.chat_delete(**place),
    }


def test_no_answer_of_the_fake_has_a_key_or_a_type_that_slacks_does_not_have(slack: FakeSlack) -> None:
    slack.person(AINO, "Aino Testinen", locale="fi-FI")
    client = WebClient(slack.world.bot_token, slack.settings_env()["SLACK_API_URL"], retry_handlers=[])
    found = {method: dict(paths(call().data)) for method, call in said(client, slack).items()}
    odd = {
        (method, path): kind
        for method, answer in found.items()
        for path, kind in answer.items()
        if RECORDED.get((method, path)) != kind and kind != "nothing" and (method, path) not in UNSEEN
    }
    assert odd == {}


def test_a_refusal_tells_which_scopes_are_missing_as_slack_does(slack: FakeSlack) -> None:
    slack.world.scopes -= {"chat:write"}
    slack.expects_refusal("missing_scope")
    client = WebClient(slack.world.bot_token, slack.settings_env()["SLACK_API_URL"], retry_handlers=[])
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=HOME_CHANNEL, text="Sanat")
    answer = dict(paths(dict(refused.value.response.data)))
    assert answer == {path: RECORDED["chat.postMessage", path] for path in answer}
