"""A submitted form is answered in time or later, and says what went wrong where the person sees it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from bot.blocks.observations import notice
from bot.dialogs import Form, answer, is_put_in_place, tell
from bot.dialogs import _answering as answering
from bot.errors import DatabaseUnavailable, InvalidDraft, NotACoordinator, Problem, SlackError, ViewClosed
from bot.slack import Act
from bot.texts import Texts

T = Texts("fi")
VIEW = {
    "type": "modal",
    "callback_id": "x",
    "title": {"type": "plain_text", "text": "Otsikko"},
    "blocks": [{"type": "input", "block_id": "text", "element": {"type": "plain_text_input", "action_id": "text"}}],
    "state": {"values": {"text": {"text": {"type": "plain_text_input", "value": "Sanat"}}}},
}
ACT = Act("U0AINO0001", "T", view_id="V1", response_url="https://hooks.example/1", channel="D1", message_ts="1.1")


class Slack:
    """What was done in Slack, in order; `refuses` what it is told to."""

    def __init__(self) -> None:
        self.done: list[tuple[str, Any]] = []
        self.refuses: dict[str, SlackError] = {}

    def __getattr__(self, name: str) -> Callable[..., None]:
        def do(*values: Any, **_more: Any) -> None:
            if name in self.refuses:
                raise self.refuses[name]
            self.done.append((name, values))

        return do


@pytest.fixture
def deps() -> Iterator[Any]:
    with ThreadPoolExecutor(2) as threads:
        yield SimpleNamespace(slack=Slack(), workers=threads)


def sent(deps: Any, store: Callable[[Any], Any], **more: Any) -> tuple[list[dict[str, Any]], Any]:
    """The acknowledgements, and what was stored."""
    acks: list[dict[str, Any]] = []
    form = Form(lambda problem: notice(T, f"Uudelleen: {type(problem).__name__}"), "Tallessa.", t=T,
                check=lambda _deps, act: act.user, **more)  # fmt: skip
    return acks, answer(deps, lambda **said: acks.append(said), {"view": VIEW}, ACT, store, form)


def fails(problem: Problem) -> Callable[[Any], Any]:
    def store(_who: Any) -> Any:
        raise problem

    return store


def words(view: Any) -> str:
    return str(view["blocks"])


def test_the_modal_closes_once_it_is_stored(deps: Any) -> None:
    assert sent(deps, lambda who: who) == ([{}], (ACT.user,))
    assert sent(deps, lambda _: None, then="clear") == ([{"response_action": "clear"}], (None,))


def test_what_is_to_be_seen_takes_the_forms_place(deps: Any) -> None:
    acks, stored = sent(deps, lambda _: 7, then="show")
    assert (acks[0]["response_action"], stored) == ("update", (7,))
    assert "Tallessa." in words(acks[0]["view"])


def test_an_error_stands_at_its_field_if_the_form_has_it(deps: Any) -> None:
    acks, stored = sent(deps, fails(InvalidDraft({"text": "Please choose one."})))
    assert (acks, stored) == ([{"response_action": "errors", "errors": {"text": T("Please choose one.")}}], ())
    acks, _ = sent(deps, fails(InvalidDraft({"elsewhere": "Please choose one."})))
    assert "Uudelleen: InvalidDraft" in words(acks[0]["view"])


def test_what_may_pass_keeps_the_form_as_it_was_sent(deps: Any) -> None:
    acks, _ = sent(deps, fails(DatabaseUnavailable()))
    assert "Sanat" in words(acks[0]["view"])


def test_the_form_is_not_shown_again_to_somebody_whom_it_is_not_for(deps: Any) -> None:
    acks, _ = sent(deps, fails(NotACoordinator()))
    assert "Uudelleen" not in words(acks[0]["view"])
    acks, _ = sent(deps, fails(NotACoordinator()), refuses=False)
    assert "Uudelleen: NotACoordinator" in words(acks[0]["view"])


def late(deps: Any, monkeypatch: pytest.MonkeyPatch, store: Callable[[Any], Any], **more: Any) -> Any:
    """The form is stored only after the loading view has been acknowledged."""
    told = Event()
    monkeypatch.setattr(answering, "ANSWER_SECONDS", 0)

    def slowly(who: Any) -> Any:
        assert told.wait(30)
        return store(who)

    form = Form(lambda problem: notice(T, f"Uudelleen: {type(problem).__name__}"), "Tallessa.", t=T,
                check=lambda _deps, act: act.user, **more)  # fmt: skip
    return answer(deps, lambda **_said: told.set(), {"view": VIEW}, ACT, slowly, form)


def test_what_is_late_is_told_in_the_modal(deps: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert late(deps, monkeypatch, lambda _: 7) == (7,)
    assert [name for name, _ in deps.slack.done] == ["update_view"]
    assert "Tallessa." in words(deps.slack.done[0][1][1])


def test_a_late_answer_that_finds_no_modal_tells_what_was_stored_to_who_asked_for_it(
    deps: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    deps.slack.refuses["update_view"] = ViewClosed("not_found")
    kept: list[int] = []
    assert late(deps, monkeypatch, lambda _: 7, closed=kept.append) == (7,)
    assert kept == [7]


def test_a_late_problem_that_finds_no_modal_is_raised(deps: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    deps.slack.refuses["update_view"] = ViewClosed("not_found")
    with pytest.raises(DatabaseUnavailable):
        late(deps, monkeypatch, fails(DatabaseUnavailable()))


def test_what_cannot_be_whispered_is_said_in_a_private_message_that_may_say_less(deps: Any) -> None:
    tell(deps, ACT, ("Kuiskaus", []))
    deps.slack.refuses["whisper"] = SlackError("expired_url")
    tell(deps, ACT, ("Kuiskaus", []), ("Vähemmän", []))
    assert deps.slack.done == [
        ("whisper", (ACT.response_url, "Kuiskaus", [])), ("post", (ACT.user, "Vähemmän", [])),
    ]  # fmt: skip


def test_a_message_that_is_gone_cannot_be_put_right(deps: Any) -> None:
    assert is_put_in_place(deps, ACT, ("Uusi", []))
    deps.slack.refuses["edit"] = SlackError("message_not_found")
    assert not is_put_in_place(deps, ACT, ("Uusi", []))
