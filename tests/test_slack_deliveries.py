"""Posting once over a real connection: each answer has one meaning, and nothing is repeated by itself."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.blocks.parts import section
from bot.deps import utc_now
from bot.errors import No, SlackError, SlackLater, SlackUnclear, SlackUnreachable
from bot.slack import Slack
from tests.fakes import FakeSlack
from tests.processes import closed_port

AINO = "U0AINO0001"
MARK = ("0" * 32, "feedback")


@pytest.fixture
def workspace() -> Iterator[FakeSlack]:
    with FakeSlack() as workspace:
        workspace.person(AINO, "Aino Testinen")
        yield workspace


@pytest.fixture
def slack(workspace: FakeSlack) -> Slack:
    return Slack(workspace.world.bot_token, workspace.settings_env()["SLACK_API_URL"], timeout=1)


def deliver(slack: Slack) -> tuple[str, str]:
    return slack.deliver(AINO, "Viesti", [section("Viesti")], MARK)


def posts(workspace: FakeSlack) -> int:
    return len(workspace.world.messages["D0AINO0001"])


def test_a_delivery_carries_its_mark_and_is_found_by_it(workspace: FakeSlack, slack: Slack) -> None:
    channel, ts = deliver(slack)

    (call,) = workspace.calls_to("chat.postMessage")
    payload = {"id": MARK[0], "kind": "feedback"}
    assert call.args["metadata"] == {"event_type": "raportoi_delivery", "event_payload": payload}
    assert slack.open_conversation(AINO) == channel
    assert slack.find_delivery(channel, MARK[0], float(ts) - 600) == ts
    assert slack.find_delivery(channel, "1" * 32, float(ts) - 600) is None


def test_a_mark_is_found_behind_pages_of_other_messages(workspace: FakeSlack, slack: Slack) -> None:
    channel, ts = deliver(slack)
    for number in range(250):
        slack.post(AINO, f"Muu viesti {number}", [section("Muu")])

    assert slack.find_delivery(channel, MARK[0], float(ts) - 600) == ts


def test_the_address_of_a_message_is_slacks_own_and_is_asked_for_once(workspace: FakeSlack, slack: Slack) -> None:
    places = [deliver(slack), deliver(slack)]
    another = Slack(workspace.world.bot_token, workspace.settings_env()["SLACK_API_URL"])

    assert slack.permalink(*places[0]) != slack.permalink(*places[1]) == another.permalink(*places[1])
    assert len(workspace.calls_to("chat.getPermalink")) == 2


@pytest.mark.parametrize(
    ("fault", "meaning", "taken"),
    [
        ({"retry_after": 7}, SlackLater, 0),
        ({"status": 503}, SlackUnclear, 0),
        ({"status": 500, "drop": "after"}, SlackUnclear, 1),
        ({"error": "internal_error", "drop": "after"}, SlackUnclear, 1),
        ({"error": "fatal_error"}, SlackUnclear, 0),
        ({"drop": "before"}, SlackUnclear, 0),
        ({"drop": "after"}, SlackUnclear, 1),
        ({"hangs": 1.5}, SlackUnclear, 1),
        ({"error": "is_archived"}, SlackError, 0),
        ({"error": "restricted_action"}, SlackError, 0),
        ({"error": "account_inactive"}, SlackError, 0),
        ({"error": "invalid_auth"}, SlackLater, 0),
        ({"error": "access_denied"}, SlackLater, 0),
        ({"error": "message_limit_exceeded"}, SlackLater, 0),
        ({"error": "messages_tab_disabled"}, SlackError, 0),
        ({"error": "a_word_of_tomorrow"}, SlackError, 0),
        ({"error": "missing_scope", "fields": {"needed": "chat:write"}}, SlackLater, 0),
    ],
)
def test_each_answer_has_one_meaning_and_is_asked_for_once(
    workspace: FakeSlack, slack: Slack, fault: dict[str, Any], meaning: type[SlackError], taken: int
) -> None:
    laid = workspace.fault("chat.postMessage", times=None, **fault)

    with pytest.raises(SlackError) as caught:
        deliver(slack)

    assert type(caught.value) is meaning
    assert (laid.struck, posts(workspace)) == (1, taken)


def test_too_many_requests_says_how_long_to_wait(workspace: FakeSlack, slack: Slack) -> None:
    workspace.fault("chat.postMessage", retry_after=7)

    with pytest.raises(SlackLater) as caught:
        deliver(slack)

    assert caught.value.seconds == 7


def test_b14_an_inactive_recipient_does_not_end_the_use_of_the_token(workspace: FakeSlack, slack: Slack) -> None:
    workspace.fault("chat.postMessage", error="account_inactive")

    with pytest.raises(SlackError):
        deliver(slack)

    assert slack.removed == ""
    assert deliver(slack)


def test_b14_nor_does_one_whose_message_is_edited(workspace: FakeSlack, slack: Slack) -> None:
    channel, ts = deliver(slack)
    workspace.fault("chat.update", error="account_inactive")

    with pytest.raises(SlackError) as caught:
        slack.edit(channel, ts, "Toinen", [section("Toinen")])

    assert caught.value.no is No.PERSON
    assert slack.removed == ""


def test_b19_an_inactive_account_of_the_bot_does(workspace: FakeSlack, slack: Slack) -> None:
    workspace.fault("*", error="account_inactive", times=2)

    with pytest.raises(SlackLater):
        deliver(slack)

    assert slack.removed == "account_inactive"
    with pytest.raises(SlackLater):
        deliver(slack)
    assert len(workspace.calls) == 2


def test_where_nobody_listens_nothing_was_done() -> None:
    with closed_port() as port, pytest.raises(SlackUnreachable):
        deliver(Slack("xoxb-made-up", f"http://127.0.0.1:{port}/api/", timeout=1))


def test_a_page_of_a_proxy_is_no_answer_of_slack(slack: Slack, workspace: FakeSlack) -> None:
    with pytest.raises(SlackUnclear) as caught:
        deliver(Slack("xoxb-made-up", f"{workspace.world.base}/nothing/here/", timeout=1))

    assert caught.value.code == "not_slack"


def test_slacks_clock_is_what_its_last_answer_said(workspace: FakeSlack, slack: Slack) -> None:
    assert slack.clock() is None
    deliver(slack)

    assert abs(_told(slack) - utc_now()) < timedelta(seconds=3)

    ahead = workspace.world.clock
    workspace.world.clock = lambda: ahead() + 3600
    assert abs(_told(slack) - utc_now()) < timedelta(seconds=3), "not asked while it is fresh"
    assert slack.clock(ask_after=0) is not None
    assert abs(_told(slack) - utc_now() - timedelta(hours=1)) < timedelta(seconds=3)


def _told(slack: Slack) -> datetime:
    told = slack.clock(ask_after=60)
    assert told is not None
    return told
