"""How long an edit is tried again: for ever where its no passes, some time where nobody knows Slack's word."""

from dataclasses import replace
from typing import Any, cast

import pytest

from bot.deps import Patience
from bot.errors import No, SlackError, SlackLater, SlackUnclear, SlackUnreachable
from bot.jobs import _edits as edits
from tests.ledger import Desk

PASSING = [
    SlackUnreachable("gaierror"),
    SlackUnclear("TimeoutError"),
    SlackUnclear("a_word_of_tomorrow"),  # with a 503
    SlackLater("a_word_of_tomorrow", 1),  # with a 429
    SlackError("update_failed", no=No.NOW),
    SlackError("invalid_auth", no=No.APP),
    SlackError("not_in_channel", no=No.CHANNEL),
]
STRANGE = SlackError("a_word_of_tomorrow", no=No.NOW)


class _Refuses:
    def __init__(self) -> None:
        self.error: SlackError | None = None

    def edit(self, *_values: object) -> None:
        if self.error:
            raise self.error

    def delete(self, *_values: object) -> None:
        self.edit()


class Edited:
    """One message that is tried to be put right, or taken away, and a Slack that says no to it."""

    def __init__(self, desk: Desk, *, is_taken_away: bool) -> None:
        self._slack, self._is_taken_away = _Refuses(), is_taken_away
        self._deps = replace(desk.deps, slack=cast("Any", self._slack), patience=Patience(first=0))

    def tried(self, error: SlackError | None, times: int = 1) -> list[bool]:
        """Whether nothing more was to be done, each time."""
        self._slack.error = error
        if self._is_taken_away:
            return [edits.taken_away(self._deps, "phenomenon", "C1", "1.2") for _ in range(times)]
        return [edits.settled(self._deps, "meeting_notice", "C1", "1.2", ("Peruttu", [])) for _ in range(times)]


@pytest.fixture(params=[False, True], ids=["edited", "taken away"])
def edited(request: pytest.FixtureRequest, desk: Desk) -> Edited:
    return Edited(desk, is_taken_away=request.param)


@pytest.mark.parametrize("error", PASSING, ids=lambda error: f"{type(error).__name__} {error.code}")
def test_what_passes_never_makes_a_message_be_given_up(edited: Edited, error: SlackError) -> None:
    assert not any(edited.tried(error, 10 * edits.BELIEVED))
    assert edited.tried(None) == [True]


def test_a_word_that_nobody_knows_is_believed_in_the_end(edited: Edited) -> None:
    assert edited.tried(STRANGE, edits.BELIEVED) == [False] * (edits.BELIEVED - 1) + [True]


def test_a_weekend_without_network_does_not_make_one_strange_word_be_believed(edited: Edited) -> None:
    assert not any(edited.tried(SlackUnreachable("gaierror"), 10 * edits.BELIEVED))
    assert edited.tried(STRANGE, edits.BELIEVED - 1) == [False] * (edits.BELIEVED - 1)


def test_strange_words_from_before_the_last_edit_that_went_through_do_not_count(edited: Edited) -> None:
    edited.tried(STRANGE, edits.BELIEVED - 1)
    assert edited.tried(None) == [True]
    assert edited.tried(STRANGE) == [False]


def test_what_can_never_be_edited_is_given_up_at_once(edited: Edited) -> None:
    assert edited.tried(SlackError("message_not_found", no=No.FOR_GOOD)) == [True]
