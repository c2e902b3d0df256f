"""What Slack's no means: each word that its documentation has ever listed for a method that we call has a judgment."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import No
from bot.slack._refusals import OF_ALL, PERSONAL, REMOVED, UNCLEAR, is_known, judge, kind_of

HERE = Path(__file__).parent
DOCUMENTED = {  # a line each: method, words; the documentation of November 2026 and what it said before
    method: frozenset(words.split())
    for method, words in (line.split("\t") for line in (HERE / "slack_refusals.tsv").read_text().splitlines())
}
TOKEN = {  # what is said of the token, its scopes and the workspace's rules
    *REMOVED,
    *("invalid_auth", "not_authed", "token_expired", "missing_scope", "not_allowed_token_type", "no_permission"),
    *("access_denied", "accesslimited", "ekm_access_denied", "org_login_required", "team_access_not_granted"),
    *("enterprise_is_restricted", "two_factor_setup_required", "method_deprecated", "deprecated_endpoint", "is_bot"),
}
PLACES = ("", "C0KESKUST1", "G0RYHMA001", "D0AINO0001", "U0AINO0001")
CASES = [(method, word) for method, words in DOCUMENTED.items() for word in sorted(words)]


METHOD = re.compile(r"\b(?:api|apps|auth|chat|conversations|files|users|views)\.[a-zA-Z.]*[a-zA-Z](?=\")")


def asked() -> set[str]:
    """The methods that the code names."""
    files = (HERE.parent / "bot" / "slack").glob("*.py")
    return {name for file in files if file.stem != "_refusals" for name in METHOD.findall(file.read_text())}


def test_every_method_that_we_call_stands_in_the_list() -> None:
    assert "chat.postMessage" in asked()
    assert asked() - DOCUMENTED.keys() == set()


@pytest.mark.parametrize("method", DOCUMENTED)
def test_every_documented_word_has_a_judgment_of_its_own(method: str) -> None:
    assert [word for word in DOCUMENTED[method] if not is_known(word)] == []


@pytest.mark.parametrize("place", PLACES)
def test_a_word_about_the_token_is_never_for_good_nor_the_persons(place: str) -> None:
    found = {(method, word): judge(method, word, place) for method, word in CASES if word in TOKEN}
    assert set(found.values()) == {No.APP}


def test_a_fault_of_slacks_and_too_much_at_once_are_of_the_moment() -> None:
    words = UNCLEAR | {"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"}
    assert {judge(method, word) for method in DOCUMENTED for word in words} == {No.NOW}


@given(st.from_regex(r"[a-z]{3,10}(_[a-z]{3,10}){0,3}", fullmatch=True), st.sampled_from(sorted(DOCUMENTED)))
def test_a_word_that_nobody_has_documented_is_of_the_moment(word: str, method: str) -> None:
    for place in PLACES:
        assert is_known(word) or judge(method, word, place) is No.NOW


@pytest.mark.parametrize("word", ["channel_not_found", "not_in_channel", "is_archived"])
def test_a_channel_is_no_person(word: str) -> None:
    for method in ("chat.postMessage", "chat.update", "conversations.history"):
        assert judge(method, word, "C0KESKUST1") is No.CHANNEL
        assert judge(method, word, "G0RYHMA001") is No.CHANNEL
        assert judge(method, word, "U0AINO0001") is judge(method, word, "D0AINO0001") is No.PERSON
    assert judge("conversations.members", word, "C0KESKUST1") is No.CHANNEL


def test_what_stands_in_slack_is_given_up_only_where_it_is_gone_or_fixed() -> None:
    """A withdrawn word may stand in it: all else is tried again."""
    for_good = {word for method, word in CASES if method == "chat.update" and judge(method, word) is No.FOR_GOOD}
    assert for_good >= {"message_not_found", "cant_update_message", "edit_window_closed"}
    assert {word for word in for_good if "file" not in word and "slack_connect" not in word} == {
        *("message_not_found", "cant_update_message", "edit_window_closed")
    }


def test_what_cannot_be_posted_as_it_is_fails_and_lets_the_others_go() -> None:
    for word in ("invalid_blocks", "msg_too_long", "no_text", "metadata_too_large", "invalid_arguments"):
        assert judge("chat.postMessage", word, "U0AINO0001") is No.FOR_GOOD
        assert word not in OF_ALL


def test_what_stops_all_messages_is_never_about_one() -> None:
    assert {judge("chat.postMessage", word, "U0AINO0001") for word in OF_ALL} == {No.APP, No.NOW}


def test_a_person_who_cannot_be_found_is_none_of_ours() -> None:
    assert {"user_not_found", "user_disabled", "channel_not_found", "account_inactive"} <= PERSONAL
    assert judge("users.info", "user_not_found") is judge("users.info", "user_not_visible") is No.PERSON


def test_every_method_is_a_call_of_some_kind() -> None:
    kinds = {method: kind_of(method) for method in DOCUMENTED}
    assert kinds["chat.postMessage"] == "post"
    assert kinds["chat.delete"] == "delete"
    assert kinds["files.completeUploadExternal"] == "upload"
    assert kinds["conversations.replies"] == "read"
    assert kinds["conversations.members"] == kinds["users.info"] == "directory"
    assert kinds["views.publish"] == "view"
    assert kinds["auth.test"] == kinds["apps.connections.open"] == "start"
    assert kinds["response_url"] == "whisper"
