"""Over TLS, as with Slack itself: whom the system trusts is read once, and nobody else is believed."""

import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.app import Bot
from bot.deps import Deps
from bot.errors import SlackError
from bot.slack import Slack, Socket, open_socket_address, tls
from bot.slack._files import _send
from tests.certificates import new_certificate
from tests.fakes import FakeSlack, Person
from tests.stories.rows import stored

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    return new_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, certificate: tuple[Path, ssl.SSLContext]) -> Iterator[list[ssl.SSLContext]]:
    """The contexts into which the system's certificates have been read so far, as in a process that begins here."""
    read: list[ssl.SSLContext] = []
    load = ssl.SSLContext.load_default_certs

    def counted(context: ssl.SSLContext, *purpose: Any) -> None:
        read.append(context)
        load(context, *purpose)

    monkeypatch.setattr(ssl.SSLContext, "load_default_certs", counted)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    tls.cache_clear()
    yield read
    tls.cache_clear()


@pytest.fixture
def slack(certificate: tuple[Path, ssl.SSLContext], read: list[ssl.SSLContext]) -> Iterator[FakeSlack]:
    with FakeSlack(tls=certificate[1]) as slack:
        yield slack


def test_certificates_are_read_once_for_calls_whispers_uploads_and_sockets(
    slack: FakeSlack, bot: Bot, aino: Person, read: list[ssl.SSLContext]
) -> None:
    for number in range(1, 4):
        aino.types("/raportoi", f"{WORDS} {number} kertaa")
        aino.sees_ephemeral(containing="Kirjattu")
        slack.waits_for_call("chat.postMessage", times=number)
    bot.deps.slack.upload(aino.dms[0].channel, "", "kuva.png", b"png", "kuva")
    slack.drops_sockets()
    slack.waits_for_call("apps.connections.open", times=3)  # the token's check, the socket, another one
    slack.wait_until_connected()
    slack.settles()

    assert slack.world.base.startswith("https://")
    assert len(slack.calls) > 10
    assert read == [tls()]


def test_a_form_is_filed_and_edited_over_tls(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form")
    assert form.fill(kind="E", theme="X-90", text="Jonot ovat liian pitkiä kaikille").submit().closed
    aino.sees_dm(containing="on kirjattu").press("observations.undo")
    aino.sees_dm(containing="on peruttu")
    assert [row.status for row in stored(deps)] == ["peruttu"]


def test_a_server_that_nobody_vouches_for_is_told_nothing(
    slack: FakeSlack, aino: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(new_certificate(tmp_path)[0]))
    tls.cache_clear()
    ours, hook = Slack(slack.world.bot_token, f"{slack.world.base}/api/"), slack.world.new_hook(aino.id, "C0KESKUST1")
    asked: list[Callable[[], object]] = [
        ours.me,
        partial(ours.post, aino.id, "hei", []),
        partial(ours.whisper, hook, "hei", []),
        partial(_send, f"{slack.world.base}/upload/F1", b"png"),
        partial(open_socket_address, slack.world.app_token, f"{slack.world.base}/api/"),
    ]
    for ask in asked:
        with pytest.raises(SlackError, match=r"SSLCertVerificationError|URLError"):
            ask()
    assert not connected(slack, caplog)
    assert slack.calls == []


def connected(slack: FakeSlack, caplog: pytest.LogCaptureFixture) -> bool:
    """Whether a socket opens; else the log says why not."""
    socket = Socket(slack.world.app_token, WebClient(), lambda *_: None, ThreadPoolExecutor(1))
    socket.issue_new_wss_url = lambda: f"{slack.world.base.replace('http', 'ws', 1)}/link"  # type: ignore[method-assign]
    socket.connect()
    slack.world.wait_for(lambda: socket.is_connected() or socket._failures, 10, lambda: "an end")
    socket.close()
    assert "the socket is down: SSLCertVerificationError" in caplog.messages
    return socket.is_connected()


@pytest.mark.usefixtures("read")
def test_a_good_certificate_of_another_name_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known, server = new_certificate(tmp_path, "DNS:slack.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(known))
    tls.cache_clear()
    with FakeSlack(tls=server) as other, pytest.raises(SlackError, match="SSLCertVerificationError"):
        Slack(other.world.bot_token, f"{other.world.base}/api/").me()
