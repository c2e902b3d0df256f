"""The socket: kept up, never piled up, and closed politely."""

import threading
import time

import pytest

from bot.app import Bot
from bot.deps import Deps
from bot.settings import Settings
from tests.bots import bot_by
from tests.clocks import Clock
from tests.fakes import SECONDS, FakeSlack, Person
from tests.stories.rows import stored

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"


def reconnect(slack: FakeSlack) -> None:
    """The connection breaks, and is there again."""
    opened = len(slack.calls_to("apps.connections.open"))
    slack.drops_sockets()
    slack.waits_for_call("apps.connections.open", times=opened + 1)
    slack.wait_until_connected()


def works(slack: FakeSlack, person: Person, deps: Deps) -> None:
    """A command is answered, and there is one socket, or two while one takes over."""
    slack.wait_until_connected()
    before = len(stored(deps))
    person.types("/raportoi", WORDS)
    slack.world.wait_for(lambda: len(stored(deps)) == before + 1, SECONDS, lambda: "the observation is stored")
    assert slack.most_live_sockets <= 2


def test_b18_twelve_lost_connections_leave_one_socket(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    for _ in range(12):
        reconnect(slack)
    works(slack, aino, deps)
    assert slack.live_sockets == 1
    assert slack.sockets.reused_tickets == 0


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "too_many_websockets", "link_disabled"])
def test_b18_slack_asks_for_another_socket(slack: FakeSlack, deps: Deps, aino: Person, reason: str) -> None:
    slack.says_disconnect(reason)
    works(slack, aino, deps)
    works(slack, aino, deps)


def test_b18_where_no_socket_may_be_it_is_asked_with_growing_pauses_until_one_may(
    slack: FakeSlack, deps: Deps, bot: Bot, aino: Person
) -> None:
    asked = len(slack.calls_to("apps.connections.open"))
    slack.switches_sockets_off()
    slack.waits_for_call("apps.connections.open", times=asked + 2)
    slack.switches_sockets_off(off=False)
    first, second = (call.at for call in slack.calls_to("apps.connections.open")[asked : asked + 2])
    works(slack, aino, deps)
    assert second - first > 0.9  # the second pause; the first is half of it at least


def test_b18_a_silent_socket_is_noticed_and_replaced(
    slack: FakeSlack, deps: Deps, bot: Bot, aino: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack._socket.PING_SECONDS", 0.3)
    monkeypatch.setattr("bot.slack._socket.DEAD_SECONDS", 1.0)
    reconnect(slack)  # the new socket is read with the short patience
    opened = len(slack.calls_to("apps.connections.open"))
    slack.falls_silent()
    slack.waits_for_call("apps.connections.open", times=opened + 1)
    slack.falls_silent(silent=False)
    slack.wait_until_connected()
    time.sleep(0.5)
    works(slack, aino, deps)


def test_a_slack_that_answers_the_close_frame_and_never_closes_leaves_one_socket(
    slack: FakeSlack, deps: Deps, bot: Bot, aino: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack._socket.HANDOVER_SECONDS", 0.2)
    slack.lingers()
    slack.says_disconnect("refresh_requested")
    works(slack, aino, deps)
    slack.world.wait_for(lambda: slack.live_sockets == 1, SECONDS, lambda: f"{slack.live_sockets} sockets")
    works(slack, aino, deps)


def test_a_disconnect_that_comes_while_another_socket_is_opened_leaves_one_socket(
    slack: FakeSlack, deps: Deps, bot: Bot, aino: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack._socket.HANDOVER_SECONDS", 2.0)
    go_on = threading.Event()
    opening, before = slack.fault("apps.connections.open", until=go_on), len(slack.calls_to("apps.connections.open"))
    slack.says_disconnect("warning")
    slack.world.wait_for(lambda: opening.struck == 1, SECONDS, lambda: "another is asked for")
    slack.says_disconnect("refresh_requested")
    go_on.set()
    works(slack, aino, deps)
    slack.world.wait_for(lambda: slack.live_sockets == 1, SECONDS, lambda: f"{slack.live_sockets} sockets")
    assert len(slack.calls_to("apps.connections.open")) == before + 1, before  # both asked for the same one


def test_a_socket_that_cannot_be_had_is_asked_for_with_growing_pauses(slack: FakeSlack, bot: Bot, aino: Person) -> None:
    slack.fault("apps.connections.open", status=500, times=2)
    started = time.monotonic()
    reconnect(slack)
    slack.waits_for_call("apps.connections.open", times=4)
    slack.wait_until_connected()
    assert time.monotonic() - started > 1


def test_stopping_finishes_what_is_under_way_and_says_goodbye(
    slack: FakeSlack, settings: Settings, clock: Clock, aino: Person
) -> None:
    bot = bot_by(clock, settings)
    bot.start()
    slack.wait_until_connected()
    slack.fault("response_url", delay=1.0)
    aino.types("/raportoi", WORDS)
    stopping = threading.Thread(target=bot.stop)
    stopping.start()
    stopping.join(SECONDS)
    assert not stopping.is_alive()
    assert len(slack.close_frames) == 1
    assert "Kirjattu" in aino.sees_ephemeral(containing="Kirjattu").words
    assert aino.sees_dm(containing="on kirjattu")
    assert slack.live_sockets == 0
