"""Who belongs: accounts of an organisation, Slackbot, who came and went, and what is said where nobody can tell."""

from collections.abc import Iterable
from typing import Any

import pytest

from bot.errors import AppRefused, ChannelLost, No, NotAMember, PersonUnknown, SlackError
from bot.slack import Directory

TEAM, ELSEWHERE, ORGANISATION, CHANNEL = "T0OURS0001", "T0OTHER001", "E0ORG00001", "C0KESKUST1"
PERSON = {"id": "U0AINO0001", "team_id": TEAM, "deleted": False, "is_bot": False, "is_stranger": False}


class Slack:
    """Answers with what it holds, or with the error that is laid out for a question."""

    def __init__(self, *records: dict[str, Any]) -> None:
        self.records = {record["id"]: record for record in records}
        self.members = frozenset(self.records)
        self.errors: dict[str, SlackError] = {}
        self.asked: list[str] = []

    def user(self, user: str) -> dict[str, Any]:
        self._ask("user")
        return self.records[user]

    def users(self) -> Iterable[dict[str, Any]]:
        self._ask("users")
        return self.records.values()

    def channel_members(self, _channel: str) -> frozenset[str]:
        self._ask("members")
        return self.members

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if error := self.errors.get(what):
            raise error


def of_organisation(team: str | None, *teams: str) -> dict[str, Any]:
    """The record of an account that an organisation has given to these workspaces."""
    organisation = {"id": "W0AINO0001", "enterprise_id": ORGANISATION, "enterprise_name": "Org", "teams": list(teams)}
    return {**PERSON, "team_id": team, "enterprise_user": organisation}


@pytest.mark.parametrize("channel", [CHANNEL, None])
@pytest.mark.parametrize("team", [TEAM, ELSEWHERE, ORGANISATION, None, ""])
def test_who_has_our_workspace_among_the_organisations_belongs(team: str | None, channel: str | None) -> None:
    people = Directory(Slack(of_organisation(team, ELSEWHERE, TEAM)), TEAM, channel)
    for acts_in in ("", TEAM, ELSEWHERE, ORGANISATION):
        assert people.member("U0AINO0001", acts_in).user == "U0AINO0001"
        assert people.known("U0AINO0001", acts_in)
    people.warm()
    assert [one.user for one in people.everyone()] == ["U0AINO0001"]


@pytest.mark.parametrize(
    ("record", "acts_in"),
    [
        (of_organisation(ELSEWHERE, ELSEWHERE), ""),
        (of_organisation(ORGANISATION, ELSEWHERE), ""),
        (of_organisation(ORGANISATION), TEAM),
        (of_organisation(None, ELSEWHERE), TEAM),
        (of_organisation(ORGANISATION, TEAM), "T0THIRD001"),
        ({**of_organisation(ELSEWHERE, TEAM), "is_stranger": True}, ""),
        ({**PERSON, "team_id": ELSEWHERE}, ""),
        ({**PERSON, "team_id": ELSEWHERE}, TEAM),
        (PERSON, ELSEWHERE),
        ({**PERSON, "team_id": None}, ELSEWHERE),
        ({**PERSON, "deleted": True}, ""),
        ({**PERSON, "is_bot": True}, ""),
    ],
)
@pytest.mark.parametrize("channel", [CHANNEL, None])
def test_an_account_of_another_workspace_does_not(record: dict[str, Any], acts_in: str, channel: str | None) -> None:
    people = Directory(Slack(record), TEAM, channel)
    with pytest.raises(NotAMember):
        people.member("U0AINO0001", acts_in)
    assert people.known("U0AINO0001", acts_in) is None


@pytest.mark.parametrize("channel", [CHANNEL, None])
def test_slackbot_is_no_member(channel: str | None) -> None:
    people = Directory(Slack(PERSON, {**PERSON, "id": "USLACKBOT", "name": "slackbot"}), TEAM, channel)
    people.warm()
    assert [one.user for one in people.everyone()] == ["U0AINO0001"]
    with pytest.raises(NotAMember):
        people.member("USLACKBOT")


@pytest.mark.parametrize(
    ("what", "error", "told"),
    [
        ("members", SlackError("channel_not_found", no=No.CHANNEL), ChannelLost),
        ("members", SlackError("missing_scope", no=No.APP), AppRefused),
        ("members", SlackError("fetch_members_failed", no=No.NOW), PersonUnknown),
        ("user", SlackError("invalid_auth", no=No.APP), AppRefused),
        ("user", SlackError("internal_error", no=No.NOW), PersonUnknown),
        ("user", SlackError("user_not_visible", no=No.PERSON), NotAMember),
        ("user", SlackError("user_not_found", no=No.PERSON), NotAMember),
    ],
)
def test_what_slack_does_not_tell_is_said_as_what_it_is(what: str, error: SlackError, told: type[Exception]) -> None:
    slack = Slack(PERSON)
    people = Directory(slack, TEAM, CHANNEL)
    slack.errors[what] = error
    with pytest.raises(Exception, match=told.__name__) as caught:
        people.member("U0AINO0001")
    assert type(caught.value) is told
    assert people.trouble == (error.code if what == "members" and error.no is not No.NOW else "")
    slack.errors.clear()
    assert people.member("U0AINO0001")
    assert people.trouble == ""


def test_a_look_now_and_then_finds_out_that_the_channel_is_lost_and_that_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.slack._directory.SEEN_SECONDS", 0)
    monkeypatch.setattr("bot.slack._directory.LOST_SECONDS", 0)
    slack = Slack(PERSON)
    people = Directory(slack, TEAM, CHANNEL)
    slack.errors["members"] = SlackError("channel_not_found", no=No.CHANNEL)
    with pytest.raises(SlackError):
        people.look()
    assert people.trouble == "channel_not_found"
    slack.errors.clear()
    people.look()
    assert people.trouble == ""


def test_nobody_asks_more_often_than_now_and_then() -> None:
    slack = Slack(PERSON)
    people = Directory(slack, TEAM, CHANNEL)
    for _ in range(5):
        people.look()
    assert slack.asked == ["members"]


def test_who_has_left_is_not_known_from_that_moment_on() -> None:
    slack = Slack(PERSON)
    people = Directory(slack, TEAM, CHANNEL)
    people.warm()
    assert people.known("U0AINO0001")
    assert people.came_or_went(CHANNEL, "U0AINO0001")
    assert people.known("U0AINO0001") is None
    assert not people.came_or_went("C0MUU00001", "U0AINO0001")


def test_a_change_that_another_process_has_heard_of_makes_what_is_known_old() -> None:
    slack, changes = Slack(PERSON), [0]
    people = Directory(slack, TEAM, CHANNEL, lambda: changes[0])
    people.warm()
    assert people.read_within(60)
    changes[0] += 1
    assert not people.read_within(60)
    slack.members = frozenset()
    assert people.everyone() == []
    assert people.read_within(60)


def test_who_is_in_another_channel_is_asked_before_anybody_counts_as_gone() -> None:
    people = Directory(Slack(PERSON), TEAM, CHANNEL)
    people.warm()
    people.follow("C0UUSI0001")
    assert not people.read_within(3600)


@pytest.mark.parametrize(
    ("news", "matters"),
    [
        ({"deleted": True}, True),
        ({"is_bot": True}, True),
        ({"team_id": ELSEWHERE}, True),
        ({"profile": {"status_emoji": ":palm_tree:"}}, True),
        ({"profile": {"status_emoji": ":coffee:"}}, False),
        ({"tz": "Europe/Stockholm"}, False),
    ],
)
def test_only_what_decides_who_is_written_to_is_told_to_others(news: dict[str, Any], matters: bool) -> None:
    people = Directory(Slack(PERSON), TEAM, CHANNEL)
    people.warm()
    assert people.heard({"id": "U0AINO0001", **news}) is matters
    assert people.heard({"id": "U0VIERAS01", **news}) is False
