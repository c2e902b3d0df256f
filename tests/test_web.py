"""The HTTP side: Slack's signed requests, the health check and the figures, taken ports, and a calm end."""

import http.client
import json
import re
import resource
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from itertools import cycle
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import Bot
from bot.deps import Deps
from bot.errors import SettingsError
from bot.health import Health, Knock
from bot.settings import Settings
from bot.web import slack_door
from storage.models import Delivery
from tests.bots import running
from tests.fakes import SECONDS, FakeSlack, Person, signature
from tests.stories.rows import stored
from tests.stories.test_acknowledging import standing_still

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
HOUR = timedelta(hours=1)


@pytest.fixture
def settings(slack: FakeSlack, settings: Settings) -> Settings:
    """HTTP mode on a free port; the address is chosen, so that it counts as one that Slack can reach."""
    secret = slack.settings_env()["SLACK_SIGNING_SECRET"]
    http = {"slack_app_token": None, "slack_signing_secret": secret, "raportoi_http": "127.0.0.1:0"}
    return settings.model_copy(update=http)


@pytest.fixture
def bot(slack: FakeSlack, settings: Settings, patience: None) -> Iterator[Bot]:
    with running(Bot(settings), slack) as bot:
        slack.request_url = f"http://127.0.0.1:{bot.port}/slack/events"
        yield bot


@pytest.fixture
def deps(bot: Bot) -> Deps:
    return bot.deps


def ask(bot: Bot, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", bot.port, timeout=SECONDS)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def signed(slack: FakeSlack, body: str, stamp: str | None = None) -> dict[str, str]:
    stamp = stamp or str(int(slack.world.clock()))
    sign = signature(slack.world.signing_secret, stamp, body)
    return {"X_Slack_Request_Timestamp": stamp, "X_Slack_Signature": sign}


def test_an_observation_is_filed_over_http_by_line_and_by_form(bot: Bot, deps: Deps, aino: Person) -> None:
    with standing_still(deps):
        aino.types("/raportoi", WORDS)  # is acknowledged meanwhile
    assert "Kirjattu" in aino.sees_ephemeral(containing="Kirjattu").words
    aino.sees_dm(containing="on kirjattu").press("observations.edit")
    assert aino.sees_modal(callback_id="observations.form").fill(area="680").submit().closed
    aino.sees_dm(containing="Raisio")

    (row,) = stored(deps)
    assert (row.text, row.author, row.area) == (WORDS, aino.id, "680")


def test_slack_may_confirm_the_address(bot: Bot, slack: FakeSlack) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"})
    assert ask(bot, "/slack/events", "POST", body.encode(), Content_Type="application/json", **signed(slack, body)) == (
        200, '{"challenge": "abc"}',
    )  # fmt: skip


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"X_Slack_Signature": "v0=" + "0" * 64},
        {"X_Slack_Signature": "v0=\xe4"},
        {"X_Slack_Request_Timestamp": "soon"},
        {"X_Slack_Request_Timestamp": ""},
        {"X_Slack_Request_Timestamp": "0"},
        {"X_Slack_Request_Timestamp": "9" * 400},
        {"X_Slack_Request_Timestamp": "1" * 5000},
        {"X_Slack_Request_Timestamp": "-1"},
        {"X_Slack_Signature": "v0=" + "0" * 5000},
    ],
)
@pytest.mark.parametrize("body", [b"command=%2Fraportoi&text=Jonot&user_id=U0AINO0001", b"{", b"[1]", b"\xff", b""])
def test_what_slack_has_not_signed_is_refused_and_nothing_is_asked_or_stored(
    bot: Bot, slack: FakeSlack, deps: Deps, how: dict[str, str], body: bytes
) -> None:
    slack.settles()
    before = len(slack.calls)
    good = signed(slack, body.decode(errors="replace"))
    headers = ({**good, **how}) if how else {}
    assert ask(bot, "/slack/events", "POST", body, **headers)[0] == 401
    assert (len(slack.calls), stored(deps)) == (before, [])


ODD = st.one_of(st.none(), st.text(), st.from_regex(r"-?[0-9_]{1,500}", fullmatch=True), st.integers().map(str))


@given(stamp=ODD, sign=st.one_of(ODD, st.from_regex("v0=[0-9a-f]{60,70}", fullmatch=True)), body=st.binary())
def test_whatever_stands_in_the_headers_of_what_is_not_signed_is_refused(
    stamp: str | None, sign: str | None, body: bytes
) -> None:
    said: list[str] = []
    environ: Any = {
        "HTTP_X_SLACK_REQUEST_TIMESTAMP": stamp,
        "HTTP_X_SLACK_SIGNATURE": sign,
        "wsgi.input": BytesIO(body),
    }
    door = slack_door(cast("Any", None), "s" * 32)
    assert b"".join(door(environ, lambda status, _headers, _info=None: said.append(status))) == b""  # type: ignore[arg-type,return-value]
    assert said == ["401 Unauthorized"]


def test_a_signed_request_that_is_replayed_later_is_refused(bot: Bot, slack: FakeSlack) -> None:
    stamp = str(int(slack.world.clock()) - 301)
    assert ask(bot, "/slack/events", "POST", b"a=b", **signed(slack, "a=b", stamp))[0] == 401


@pytest.mark.parametrize(
    "body", ["{", "[1]", "[" * 100_000, "payload=%7B", "payload=[1]", "payload=null", "\u2603", ""]
)
def test_a_signed_request_that_nobody_can_read_is_answered_and_the_bot_goes_on(
    bot: Bot, slack: FakeSlack, body: str
) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        status, _ = ask(bot, "/slack/events", "POST", body.encode(), Content_Type=kind, **signed(slack, body))
        assert status in (400, 404, 500)
    assert ask(bot, "/healthz")[0] == 200


def test_an_oversized_request_is_refused_unread(bot: Bot) -> None:
    status, _ = ask(bot, "/slack/events", "POST", b"a", Content_Length="1100000")
    assert status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


BEGINNINGS = (
    b"",
    b"GET /healthz HTTP/1.1\r\nX-Slow: ",
    b"POST /slack/events HTTP/1.1\r\nContent-Length: 100000\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n",
)


@contextmanager
def slow(bot: Bot, count: int) -> Iterator[list[socket.socket]]:
    """So many connections, on each of which a request begins and then comes byte by byte, but for some quite silent."""
    clients = [socket.create_connection(("127.0.0.1", bot.port or 0)) for _ in range(count)]
    for client, beginning in zip(clients, cycle(BEGINNINGS)):
        client.sendall(beginning)
    stop = threading.Event()

    def drip() -> None:
        while not stop.wait(0.2):
            for client, beginning in zip(clients, cycle(BEGINNINGS)):
                with suppress(OSError):
                    client.send(b"x" if beginning else b"")

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        yield clients
    finally:
        stop.set()
        dripping.join()
        for client in clients:
            client.close()


@pytest.fixture
def many_files() -> Iterator[None]:
    """Both ends of all connections are open files of this process."""
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))


@pytest.mark.usefixtures("many_files")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_540_slow_connections_stop_neither_the_health_check_nor_slack(bot: Bot, slack: FakeSlack, aino: Person) -> None:
    with slow(bot, 540):
        assert ask(bot, "/healthz")[0] == 200
        for number in range(3):
            aino.types("/raportoi", f"{WORDS} {number}")
        assert ask(bot, "/healthz")[0] == 200
    slack.settles()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_request_that_does_not_end_is_cut_off_and_a_kept_connection_is_not(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.REQUEST_SECONDS", 0.5)
    kept = http.client.HTTPConnection("127.0.0.1", bot.port, timeout=60)
    kept.request("GET", "/healthz")
    assert kept.getresponse().read()
    with slow(bot, len(BEGINNINGS)) as clients:
        for client in clients:
            client.settimeout(10)
            with suppress(ConnectionResetError):
                assert client.recv(1000) == b""
    kept.auto_open = 0  # from here on it is this connection or none
    kept.request("GET", "/healthz")
    assert kept.getresponse().status == 200
    kept.close()


def test_other_addresses_and_methods_are_told_so(bot: Bot) -> None:
    assert ask(bot, "/")[0] == 404
    assert ask(bot, "/slack/events")[0] == 404
    assert ask(bot, "/healthz", "POST")[0] == 405
    assert ask(bot, "/healthz", "HEAD") == (200, "")


def test_health_is_good_and_the_figures_carry_no_person_and_no_text(bot: Bot, slack: FakeSlack, aino: Person) -> None:
    aino.types("/raportoi", WORDS)
    aino.sees_dm(containing="on kirjattu")
    status, health = ask(bot, "/healthz")
    _, figures = ask(bot, "/metrics")
    assert (status, json.loads(health)) == (200, {"ok": True, "reasons": [], "without": []})
    assert 'raportoi_build_info{python="3.' in figures
    assert "raportoi_database_up 1.0" in figures
    assert not [secret for secret in (aino.id, "Aino", "tukiasunto", "xoxb") if secret in health + figures]


def test_a_database_that_is_gone_is_told_as_a_reason(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Health, "ledger", lambda _health: None)
    status, health = ask(bot, "/healthz")
    assert (status, json.loads(health)["reasons"]) == (503, ["The database did not answer within 5 s."])
    assert "raportoi_database_up 0.0" in ask(bot, "/metrics")[1]


def test_b19_after_the_app_is_removed_nothing_is_asked_with_its_token(bot: Bot, slack: FakeSlack, aino: Person) -> None:
    slack.settles()
    slack.send_event({"type": "tokens_revoked", "tokens": {"oauth": ["U0OTHER001"]}})
    slack.settles()
    assert ask(bot, "/healthz")[0] == 200
    slack.send_event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0RAPORTOI"]}})
    slack.send_event({"type": "app_uninstalled"})
    slack.settles()
    before = len(slack.calls)
    aino.types("/raportoi", WORDS)
    slack.settles()
    assert [call.method for call in slack.calls[before:] if call.method != "response_url"] == []
    status, health = ask(bot, "/healthz")
    assert status == 503
    assert re.match(r"Slack has withdrawn the bot token \(\w+\): the app was removed", json.loads(health)["reasons"][0])


def test_b19_slack_itself_may_say_that_the_token_is_dead(bot: Bot, slack: FakeSlack) -> None:
    slack.fault("users.info", error="account_inactive", times=None)
    for _ in range(3):
        with pytest.raises(Exception, match="account_inactive"):
            bot.deps.slack.user("U0AINO0001")
    assert len(slack.calls_to("users.info")) == 1


def test_b19_a_missing_scope_is_one_line_for_the_operator(
    slack: FakeSlack, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    slack.world.scopes = slack.world.scopes - {"users:read"}
    slack.expects_refusal("missing_scope")
    for _ in range(3):
        with pytest.raises(Exception, match="missing_scope"):
            bot.deps.slack.user("U0AINO0001")
    said = [record.getMessage() for record in caplog.records if record.getMessage().startswith("the scope")]
    assert said == ["the scope users:read is missing: paste bot/manifest.yaml and press Reinstall to Workspace"]


def test_stopping_answers_the_request_under_way_and_refuses_new_ones(
    slack: FakeSlack, settings: Settings, aino: Person
) -> None:
    bot = Bot(settings)
    bot.start()
    slack.request_url = f"http://127.0.0.1:{bot.port}/slack/events"
    slack.fault("views.open", delay=1.0)
    asking = threading.Thread(target=aino.types, args=("/raportoi",))
    asking.start()
    slack.settles(0.2)
    stopping = threading.Thread(target=bot.stop)
    stopping.start()
    stopping.join(SECONDS)
    asking.join(SECONDS)
    assert not stopping.is_alive()
    assert aino.sees_modal(callback_id="observations.form")
    with pytest.raises(OSError, match="refused"):
        ask(bot, "/healthz")


def test_a_taken_port_stops_http_mode_with_one_sentence(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = settings.model_copy(update={"raportoi_http": f"127.0.0.1:{other.getsockname()[1]}"})
        bot = Bot(taken)
        with pytest.raises(SettingsError, match=r"^RAPORTOI_HTTP 127.0.0.1:\d+ cannot be listened on: Address already"):
            bot.start()
        bot.stop()


def test_a_taken_port_does_not_stop_a_bot_with_a_socket(
    slack: FakeSlack, settings: Settings, aino: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        update = {"port": None, "raportoi_http": f"127.0.0.1:{other.getsockname()[1]}"}
        bot = Bot(settings.model_copy(update={**update, "slack_app_token": slack.world.app_token}))
        bot.start()
        aino.types("/raportoi", WORDS)
        aino.sees_dm(containing="on kirjattu")
        bot.stop()
    assert [record for record in caplog.records if "no health check: RAPORTOI_HTTP" in record.getMessage()]


def test_with_a_socket_the_health_check_listens_too_and_no_request_comes_in(
    slack: FakeSlack, settings: Settings
) -> None:
    bot = Bot(settings.model_copy(update={"slack_app_token": slack.world.app_token}))
    bot.start()
    assert ask(bot, "/healthz")[0] == 200
    assert "raportoi_socket_up 1.0" in ask(bot, "/metrics")[1]
    assert ask(bot, "/slack/events", "POST", b"a=b", **signed(slack, "a=b"))[0] == 404
    bot.stop()


def test_b18_health_turns_bad_within_two_minutes_of_silence(deps: Deps) -> None:
    assert list(Health(deps, lambda: 95).reasons()) == []
    assert list(Health(deps, lambda: 105).reasons()) == ["Nothing has been heard from Slack for 105 s."]


def test_a_knock_that_stays_away_three_times_is_told(deps: Deps) -> None:
    ago = {seconds: deps.now() - timedelta(seconds=seconds) for seconds in (80, 100)}
    assert list(Health(deps, None, lambda: [Knock("plan", 30, ago[80])]).reasons()) == []
    (told,) = Health(deps, None, lambda: [Knock("plan", 30, ago[100])]).reasons()
    assert re.fullmatch(r"The clock's work plan last ran 10\d s ago; it should every 30 s\.", told)


def delivery(deps: Deps, **more: object) -> Delivery:
    now = deps.now()
    fields = {"kind": "report_reminder", "occurrence": "2026-12-03", "not_before": now, "expires_at": now + HOUR}
    key = secrets.token_hex(16)
    return Delivery(**(fields | {"key": key, "workspace": deps.workspace, "recipient": key, **more}))


LATER = {"kind": "of_a_newer_release"}  # which this release cannot send, so that the sender leaves it alone


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{}, {"state": "sent"}, {"state": "unknown"}], None),
        ([{"state": "skipped", "before": 5}, {"state": "expired", "before": 5}, {"state": "sent", "before": 5}], None),
        ([{"before": 2, **LATER}, {"before": 1, **LATER}], "of_a_newer_release: 2 should have gone out long ago."),
        ([{"state": "unknown", "before": 1}], "report_reminder: 1 should have gone out long ago."),
        (
            [{"state": "failed", "error": "is_archived"}],
            "report_reminder: 1 could not be sent in the last day.",
        ),
        ([{"state": "failed"}], "report_reminder: 1 could not be sent in the last day."),
        ([{"state": "failed", "error": "user_disabled"}, {"state": "failed", "error": "fatal", "before": 25}], None),
    ],
)
def test_messages_that_do_not_get_through_are_told_by_kind(
    bot: Bot, deps: Deps, rows: list[dict[str, Any]], reason: str | None
) -> None:
    with deps.write() as session:
        for row in rows:
            values = {name: value for name, value in row.items() if name != "before"}
            session.add(delivery(deps, **values, not_before=deps.now() - row.get("before", 0) * HOUR))
    assert list(Health(deps).reasons()) == ([reason] if reason else [])


def test_the_figures_tell_the_age_of_the_queue_and_what_became_of_messages(bot: Bot, deps: Deps) -> None:
    """A kind that this release cannot send, so that the sender leaves it alone."""
    with deps.write() as session:
        session.add(delivery(deps, kind="of_a_newer_release", not_before=deps.now() - HOUR))
        session.add(delivery(deps, kind="of_a_newer_release", not_before=deps.now() + HOUR))
        session.add_all(
            [
                delivery(deps, kind="of_a_newer_release", state="failed", error="is_archived"),
                delivery(deps, kind="of_a_newer_release", state="failed", error="x"),
            ]
        )
    _, figures = ask(bot, "/metrics")
    assert 'raportoi_deliveries{kind="of_a_newer_release",state="pending"} 2.0' in figures
    assert 'raportoi_deliveries{kind="of_a_newer_release",state="failed"} 2.0' in figures
    assert 'raportoi_deliveries_late{kind="of_a_newer_release",state="pending"} 1.0' in figures
    age = re.search(r"^raportoi_queue_age_seconds (.*)$", figures, re.MULTILINE)
    assert age is not None
    assert 3600 <= float(age[1]) < 3660


def test_why_nothing_is_sent_is_told(deps: Deps) -> None:
    health = Health(deps, trouble=lambda: "our clock and that of Slack are apart")
    assert list(health.reasons()) == ["Nothing is sent: our clock and that of Slack are apart."]


def test_the_figures_tell_when_each_knock_last_came(bot: Bot) -> None:
    assert re.search(r'^raportoi_knock_last_run_seconds\{knock="\w+"\} 1\.', ask(bot, "/metrics")[1], re.MULTILINE)
