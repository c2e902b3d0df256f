"""What the product relies on in the local Slack, pinned with a bare bot, so that a new version that differs is seen."""

from collections.abc import Iterator
from queue import Queue
from threading import Event
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltContext, Respond
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient

from tests.e2e.conftest import AINO, BERTTA
from tests.e2e.local_slack import Workspace, stop
from tests.e2e.page import SlackPage
from tests.fakes import SECONDS

Payload = dict[str, Any]


@pytest.fixture
def bare_bot(workspace: Workspace) -> Iterator[App]:
    app = App(client=WebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[]))
    ours = WebClient(workspace.app_token, base_url=workspace.api_url)
    handler = SocketModeHandler(app, workspace.app_token, web_client=ours, ping_interval=1)
    connected = Event()
    handler.client.on_open_listeners.append(lambda _: connected.set())
    handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt has no types here
    assert connected.wait(timeout=SECONDS)
    yield app
    handler.client.auto_reconnect_enabled = False
    stop(workspace)  # the server's end first: closing from ours may wait 10 s for the socket to speak
    handler.close()  # type: ignore[no-untyped-call]  # slack_bolt has no types here


def plain(text: str) -> Payload:
    return {"type": "plain_text", "text": text}


def options(**labels: str) -> list[Payload]:
    return [{"value": value, "text": plain(label)} for value, label in labels.items()]


def field(block: str, label: str, kind: str, **more: Any) -> Payload:
    return {
        "type": "input",
        "block_id": block,
        "label": plain(label),
        "element": {"type": kind, "action_id": block, **more},
    }


AREAS = options(turku="Turku", naantali="Naantali")
KINDS = options(e="Epäkohta", m="Myönteinen havainto")


def form(title: str, *, text: str = "", where: str = "") -> Payload:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Lähetä"),
        "private_metadata": where,
        "blocks": [
            field("kind", "Laji", "radio_buttons", options=KINDS),
            field("area", "Alue", "static_select", options=AREAS, initial_option=AREAS[0]),
            field("text", "Havainto", "plain_text_input", multiline=True, **({"initial_value": text} if text else {})),
            field("day", "Päivä", "datepicker"),
        ],
    }


def opens(app: App, command: str, view: Payload) -> None:
    """The bare bot answers the command with this form."""

    @app.command(command)
    def open_form(ack: Ack, body: Payload, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=view)


def test_a_form_brings_what_was_touched_and_null_for_what_was_only_prefilled(bare_bot: App, page: SlackPage) -> None:
    came: Queue[Payload] = Queue()
    opens(bare_bot, "/raportoi", form("Uusi havainto", text="valmiiksi kirjoitettu", where="kerros 1"))

    @bare_bot.view("form")
    def receive(ack: Ack, view: Payload) -> None:
        ack()
        came.put(view)

    page.type_command("/raportoi")
    modal = page.wait_for_modal("Uusi havainto")
    modal.choose("Laji", "Epäkohta")
    modal.write("day", "2026-12-24")
    assert modal.written("text") == "valmiiksi kirjoitettu"
    assert page.unknown_blocks() == 0
    modal.submit()
    modal.wait_until_closed()

    view = came.get(timeout=SECONDS)
    assert view["private_metadata"] == "kerros 1"
    values = {block: fields[block] for block, fields in view["state"]["values"].items()}
    assert values["kind"]["selected_option"]["value"] == "e"
    assert values["day"]["selected_date"] == "2026-12-24"
    assert values["area"] == {"type": "static_select", "selected_option": None}
    assert values["text"] == {"type": "plain_text_input", "value": None}
    assert view["blocks"][1]["element"]["initial_option"]["value"] == "turku"


def test_a_refused_form_keeps_its_words_and_an_updated_one_takes_its_place(bare_bot: App, page: SlackPage) -> None:
    opens(bare_bot, "/raportoi", form("Uusi havainto"))

    @bare_bot.view("form")
    def answer(ack: Ack, view: Payload) -> None:
        text = view["state"]["values"]["text"]["text"]["value"]
        if text == "väärin":
            ack(response_action="errors", errors={"text": "Poista tunniste"})
        else:
            ack(response_action="update", view=form("Tarkista vielä", text=text))

    page.type_command("/raportoi")
    modal = page.wait_for_modal("Uusi havainto")
    modal.write("Havainto", "väärin")
    modal.submit()
    modal.wait_for_text("Poista tunniste")
    assert modal.errors() == ["text: Poista tunniste"]
    assert modal.written("Havainto") == "väärin"

    modal.write("Havainto", "oikein")
    modal.submit()
    assert page.wait_for_modal("Tarkista vielä").written("Havainto") == "oikein"
    modal.close()
    modal.wait_until_closed()


def test_a_private_message_has_live_menus_and_buttons_and_can_be_replaced(bare_bot: App, page: SlackPage) -> None:
    came: Queue[Payload] = Queue()
    menu = {"type": "static_select", "action_id": "area", "options": AREAS, "placeholder": plain("Alue")}
    button = {"type": "button", "action_id": "undo", "text": plain("Peru"), "value": "2026-K7QF"}
    receipt: list[Payload] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "Kirjattu *2026-K7QF*"}},
        {"type": "actions", "block_id": "corrections", "elements": [menu, button]},
    ]

    @bare_bot.action("area")
    def correct(ack: Ack, body: Payload) -> None:
        ack()
        came.put(body)

    @bare_bot.action("undo")
    def undo(ack: Ack, respond: Respond) -> None:
        ack()
        respond(text="Peruttu", blocks=[], replace_original=True)

    sent = bare_bot.client.chat_postMessage(channel=BERTTA.id, text="Kirjattu", blocks=receipt)
    page.be(BERTTA.real_name)
    assert page.unread() == [BERTTA.real_name]
    page.open_dm_with_bot()
    page.choose("Naantali", containing="2026-K7QF")
    body = came.get(timeout=SECONDS)
    assert body["channel"]["id"] == sent["channel"]
    assert body["message"]["ts"] == sent["ts"]
    assert body["actions"][0]["selected_option"]["value"] == "naantali"
    assert body["user"]["id"] == BERTTA.id
    assert body["trigger_id"]

    page.press("Peru", containing="2026-K7QF")
    page.wait_for_message("Peruttu")
    assert page.messages() == ["Peruttu"]


def test_home_is_drawn_and_its_button_opens_a_form_and_what_cannot_be_drawn_is_counted(
    bare_bot: App, page: SlackPage
) -> None:
    button = {"type": "button", "action_id": "report", "text": plain("Kirjaa havainto")}
    time = {"type": "timepicker", "action_id": "time"}

    @bare_bot.event("app_home_opened")
    def draw(client: WebClient, context: BoltContext) -> None:
        blocks = [{"type": "header", "text": plain("Omat havainnot")}, {"type": "actions", "elements": [button, time]}]
        client.views_publish(user_id=str(context.user_id), view={"type": "home", "blocks": blocks})

    @bare_bot.action("report")
    def open_form(ack: Ack, body: Payload, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form("Uusi havainto"))

    page.be(AINO.real_name)
    assert "Omat havainnot" in page.open_home().inner_text()
    assert page.unknown_blocks() == 1
    page.press("Kirjaa havainto")
    modal = page.wait_for_modal("Uusi havainto")
    assert modal.options("area") == ["Select", "Turku", "Naantali"]
    modal.close()
    modal.wait_until_closed()
    page.open_dm_with_bot()
    assert page.messages() == []
