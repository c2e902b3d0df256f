"""Words that are gone are taken out of messages however often Slack fails, and others' edits are not undone."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest
from sqlmodel import select

from bot.blocks.observations import withdrawn
from bot.blocks.parts import Block, quote, section
from bot.deps import Deps
from bot.errors import No, NotAMember, SlackError, SlackLater, SlackUnclear
from bot.rules.words import analyser
from bot.services import observations
from storage.models import Delivery, Erasure, Observation
from tests.ledger import WORKSPACE, Desk

WORDS = {"2026-AAAA": "Jonot ovat liian pitkiä", "2026-BBBB": "Velkaneuvontaan ei pääse"}


class Messages:
    """A Slack with one message; each call first gets the next scripted answer, if there is any."""

    def __init__(self) -> None:
        self.answers: list[SlackError | None] = []
        self.calls = 0
        shows = [{**quote(words), "block_id": f"words.{number}"} for number, words in WORDS.items()]
        self.blocks: list[Block] | None = [section("Kooste"), *shows]
        self.before_edit: Any = None

    def _answer(self) -> None:
        self.calls += 1
        if self.answers and (error := self.answers.pop(0)):
            raise error

    def message(self, _channel: str, ts: str, _thread: str | None = None) -> Block | None:
        self._answer()
        return None if self.blocks is None else {"ts": ts, "text": "Kooste", "blocks": list(self.blocks)}

    def edit(self, _channel: str, _ts: str, _text: str, blocks: list[Block]) -> None:
        self._answer()
        if meanwhile := self.before_edit:
            self.before_edit = None
            meanwhile()
        self.blocks = blocks

    def delete(self, _channel: str, _ts: str) -> None:
        self._answer()
        self.blocks = None


class Nobody:
    """A directory that knows no one."""

    def known(self, _user: str) -> None:
        return None

    def member(self, _user: str) -> None:
        raise NotAMember


@pytest.fixture
def slack() -> Messages:
    return Messages()


@pytest.fixture
def deps(database_url: str, slack: Messages) -> Iterator[Deps]:
    desk = Desk(database_url)
    deps = replace(desk.deps, slack=cast("Any", slack), people=cast("Any", Nobody()), analyser=analyser())
    deps.languages.fill({}, "fi")
    now = desk.now
    with deps.write() as session:
        for number, words in WORDS.items():
            session.add(
                Observation(
                    key=number, workspace=WORKSPACE, number=number, once=number, author="U1", filed_at=now,
                    filed_on=now.date(), week=202648, kind="E", theme="X-90", theme_set="1", text=words,
                )
            )  # fmt: skip
        session.add(
            Delivery(
                key="d", workspace=WORKSPACE, kind="weekly_digest", occurrence="2026-W48", recipient="U2", ts="1.1",
                state="sent", params='{"numbers": ["2026-AAAA", "2026-BBBB"]}', not_before=now, expires_at=now,
                channel="D2",
            )
        )  # fmt: skip
    yield deps
    desk.close()


def waiting(deps: Deps) -> list[str]:
    with deps.read() as session:
        return list(session.exec(select(Erasure.number)))


def cleaned(deps: Deps) -> list[str]:
    observations.clean_messages(deps, withdrawn)
    return waiting(deps)


def set_state(deps: Deps, state: str) -> None:
    with deps.write() as session:
        row = session.get(Delivery, "d")
        assert row is not None
        row.state = state
        session.add(row)


PASSING = (
    SlackUnclear("timeout"),
    SlackLater("ratelimited", 1),
    SlackError("missing_scope", no=No.APP),
    SlackError("channel_not_found", no=No.CHANNEL),
    SlackError("a_word_of_tomorrow", no=No.NOW),
)


@pytest.mark.parametrize("error", PASSING)
@pytest.mark.parametrize("call", [0, 1, 2])
def test_what_slack_does_not_answer_to_is_tried_again(
    deps: Deps, slack: Messages, error: SlackError, call: int
) -> None:
    observations.withdraw(deps, "U1", "2026-AAAA")
    slack.answers = [*[None] * call, error]
    assert cleaned(deps) == ["2026-AAAA"]
    assert cleaned(deps) == []
    assert WORDS["2026-AAAA"] not in str(slack.blocks)
    assert WORDS["2026-BBBB"] in str(slack.blocks)
    assert "gone.2026-AAAA" in str(slack.blocks)
    before = slack.calls
    assert cleaned(deps) == []
    assert slack.calls == before


def test_a_message_that_is_gone_or_cannot_be_edited_counts_as_done(deps: Deps, slack: Messages) -> None:
    observations.withdraw(deps, "U1", "2026-AAAA")
    slack.answers = [None, SlackError("cant_update_message")]
    assert cleaned(deps) == []
    observations.withdraw(deps, "U1", "2026-BBBB")
    slack.blocks = None
    assert cleaned(deps) == []


def test_a_message_that_can_never_be_edited_is_tried_once(deps: Deps, slack: Messages) -> None:
    observations.withdraw(deps, "U1", "2026-AAAA")
    slack.answers = [None, SlackError("cant_update_message")] * 5
    assert cleaned(deps) == []
    assert slack.calls == 2


def test_where_the_workspace_allows_no_edit_any_more_the_message_goes(deps: Deps, slack: Messages) -> None:
    observations.withdraw(deps, "U1", "2026-AAAA")
    slack.answers = [None, SlackError("edit_window_closed")]
    assert cleaned(deps) == []
    assert slack.blocks is None


def test_words_are_never_given_up_and_what_keeps_failing_holds_up_nobody(deps: Deps, slack: Messages) -> None:
    deps.patience._free, deps.patience._first = 1, 3600
    observations.withdraw(deps, "U1", "2026-AAAA")
    with deps.write() as session:  # more than are looked at in one turn, all of which keep failing
        for number in range(60):
            one = Erasure(workspace=WORKSPACE, number=f"2026-0{number:03}", language="fi", channel="D1", ts="1.1")
            deps.patience.failed(f"erasure {one.number} {one.ts}")
            session.add(one)
    assert "2026-AAAA" not in cleaned(deps)
    assert len(waiting(deps)) == 60


@pytest.mark.parametrize("state", ["sending", "unknown", "verifying"])
def test_a_message_under_way_is_waited_for(deps: Deps, slack: Messages, state: str) -> None:
    set_state(deps, state)
    observations.withdraw(deps, "U1", "2026-AAAA")
    assert cleaned(deps) == ["2026-AAAA"]
    assert slack.calls == 0
    set_state(deps, "sent")
    assert cleaned(deps) == []
    assert WORDS["2026-AAAA"] not in str(slack.blocks)


def test_an_edit_between_reading_and_writing_does_not_bring_other_words_back(deps: Deps, slack: Messages) -> None:
    def another_does_its_part() -> None:
        observations.withdraw(deps, "U1", "2026-BBBB")
        assert cleaned(deps) == []  # both are done here, and then the older edit lands on top

    observations.withdraw(deps, "U1", "2026-AAAA")
    slack.before_edit = another_does_its_part
    assert cleaned(deps) == []
    assert not [words for words in WORDS.values() if words in str(slack.blocks)]


def test_a_receipt_drawn_after_the_withdrawal_is_marked_for_cleaning(deps: Deps, slack: Messages) -> None:
    assert observations.place_receipt(deps, "2026-AAAA", "D1", "2.2", "sv")
    observations.withdraw(deps, "U1", "2026-AAAA")
    assert cleaned(deps) == []
    assert not observations.place_receipt(deps, "2026-AAAA", "D1", "2.2", "sv")
    assert waiting(deps) == ["2026-AAAA"]
    assert cleaned(deps) == []
    assert "återkall" in str(slack.blocks)
