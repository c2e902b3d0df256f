"""The app is removed from the workspace, or Slack says so late, or it is installed again while the bot runs."""

from datetime import timedelta

import pytest

from bot import slack as doors
from bot.app import Bot
from bot.deps import Deps
from bot.health import Health
from tests.fakes import SECONDS, FakeSlack, Person, event
from tests.stories.rows import stored

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
TOLD = ({"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0RAPORTOI"]}})


def tells(slack: FakeSlack, inner: dict[str, object], ago: timedelta) -> None:
    """Slack tells of it so long after it happened."""
    payload = event(slack.world, inner)
    payload["event_time"] -= int(ago.total_seconds())
    slack.deliver("events_api", payload, retry_attempt=0, retry_reason="")
    slack.settles()


@pytest.mark.parametrize("inner", TOLD, ids=lambda inner: inner["type"])
def test_what_slack_tells_late_of_an_earlier_installation_does_not_end_the_bot(
    slack: FakeSlack, deps: Deps, aino: Person, inner: dict[str, object]
) -> None:
    slack.settles()
    tells(slack, inner, timedelta(days=1))
    assert deps.slack.removed == ""
    aino.types("/raportoi", WORDS)
    aino.sees_dm(containing="on kirjattu")
    assert [reason for reason in Health(deps).reasons() if "token" in reason] == []


@pytest.mark.parametrize("inner", TOLD, ids=lambda inner: inner["type"])
def test_what_slack_tells_late_is_true_where_the_token_is_dead(
    slack: FakeSlack, deps: Deps, inner: dict[str, object]
) -> None:
    slack.settles()
    slack.fault("auth.test", error="token_revoked", times=None)
    tells(slack, inner, timedelta(days=1))
    assert deps.slack.removed == "token_revoked"


def test_where_slack_does_not_answer_to_that_nothing_is_believed(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    slack.settles()
    slack.fault("auth.test", status=503)
    tells(slack, TOLD[0], timedelta(hours=2))
    aino.types("/raportoi", WORDS)
    aino.sees_dm(containing="on kirjattu")


def test_an_app_that_is_installed_again_works_without_a_restart(
    slack: FakeSlack, bot: Bot, deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "ASK_AGAIN_SECONDS", 0.5)
    slack.settles()
    aino = slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")  # whom the start has not read with the others
    dead = slack.fault("*", error="token_revoked", times=None)
    tells(slack, TOLD[0], timedelta(0))
    assert deps.slack.removed == "app_uninstalled"
    assert any("withdrawn the bot token" in reason for reason in Health(deps).reasons())
    aino.types("/raportoi", WORDS)
    slack.settles()
    assert not stored(deps)

    slack.faults.clear()
    assert dead.struck
    slack.world.wait_for(lambda: not deps.slack.removed, SECONDS, lambda: "the bot asks whether it is taken again")
    aino.types("/raportoi", WORDS)
    aino.sees_dm(containing="on kirjattu")
    assert [reason for reason in Health(deps).reasons() if "token" in reason] == []


def test_a_dead_token_is_asked_about_now_and_then_and_nothing_else_with_it(
    slack: FakeSlack, deps: Deps, aino: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "ASK_AGAIN_SECONDS", 0.5)
    slack.settles()
    slack.fault("*", error="account_inactive", times=None)
    tells(slack, TOLD[0], timedelta(0))
    before = len(slack.calls)
    slack.waits_for_call("auth.test", times=len(slack.calls_to("auth.test")) + 2)
    aino.types("/raportoi", WORDS)
    slack.waits_for_call("auth.test", times=len(slack.calls_to("auth.test")) + 2)
    asked = {call.method for call in slack.calls[before:]}
    assert asked - {"response_url", "apps.connections.open"} == {"auth.test"}
    assert deps.slack.removed
