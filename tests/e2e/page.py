"""A person at the page of the local Slack: what they can see and do there, in their words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

SCREENSHOTS = Path(__file__).parent / "screenshots"

# Where a message says something; menus and buttons are left out, since a menu's options are no statement.
SAID = ".msg-text, .bk-header, .bk-text, .bk-field, .bk-context-text, figcaption, .file-card-name"

# The open modal, as the page gets it: the page itself does not carry the ids of its blocks.
OPEN_VIEW = """() => new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${location.host}/ui`);
    socket.onerror = reject;
    socket.onmessage = (frame) => {
        socket.close();
        resolve(JSON.parse(frame.data).state.modalStack.at(-1) ?? {blocks: []});
    };
})"""

# Remembers what the local Slack could not draw, also where it stood on the page for a moment only.
REMEMBER_UNDRAWN = """
    window.undrawn = new Set();
    new MutationObserver(() => document.querySelectorAll(".bk-unknown").forEach((it) => undrawn.add(it.textContent)))
        .observe(document, {childList: true, subtree: true});
"""


class ModalPresses:
    """Bolt middleware: the local Slack sends no press of a modal's button: the next in App Home stands for it."""

    def __init__(self) -> None:
        self._next: list[dict[str, Any]] = []

    def put(self, view: dict[str, Any], button: dict[str, Any]) -> None:
        self._next.append({"view": view, "actions": [button]})

    def __call__(self, body: dict[str, Any], next: Callable[[], None]) -> None:  # noqa: A002 - Bolt's name
        if self._next and body.get("type") == "block_actions":
            body.update(self._next.pop())
        next()


@dataclass(frozen=True)
class SlackPage:
    """One browser page over the workspace; the modal is shared by all people, so there is one page at a time."""

    page: Page

    def open(self, url: str) -> None:
        self.page.add_init_script(REMEMBER_UNDRAWN)
        self.page.goto(url)
        expect(self.page.get_by_label("Act as")).not_to_have_value("")

    def wait_for_bot(self, *, connected: bool = True) -> None:
        status = self.page.locator(f".app-status .status.{'ok' if connected else 'bad'}")
        expect(status).to_be_visible()

    def be(self, real_name: str) -> None:
        self.page.get_by_label("Act as").select_option(label=real_name)

    def who(self) -> str:
        return self.page.get_by_label("Act as").locator("option:checked").inner_text()

    def open_channel(self, name: str) -> None:
        self._open(self._sidebar(rf"\W*{re.escape(name)}"))

    def open_dm_with_bot(self) -> None:
        """The conversation between the bot and the person, once the bot has written or Home was opened."""
        self._open(self._sidebar(re.escape(self.who())).filter(has=self.page.locator(".dot")))

    def open_home(self) -> Locator:
        """App Home, drawn; a locator of its content."""
        self.page.locator(".sidebar-item").filter(has=self.page.locator(".app-dot")).click()
        home = self.page.locator(".home .blocks")
        expect(home).to_be_visible()
        return home

    def unread(self) -> list[str]:
        """The conversations with something new, of all people: the page tells no person from another here."""
        return [text.strip(" #\n") for text in self.page.locator(".sidebar-item.unread").all_inner_texts()]

    def write(self, text: str) -> None:
        """A message, or a command with its text, in the open conversation."""
        self.page.locator(".main .composer-input").fill(text)
        self.page.locator(".main .composer-send").click()

    type_command = write

    @property
    def modal(self) -> "Modal":
        return Modal(self.page)

    def wait_for_modal(self, title: str) -> "Modal":
        """The modal with this title, open and drawn."""
        expect(self.page.locator(".modal-title")).to_have_text(title)
        return self.modal

    def press_in_modal(self, button: str, presses: ModalPresses) -> None:
        """Presses the button of the modal that stands over App Home."""
        expect(self.page.locator(".modal-body").get_by_role("button", name=button, exact=True)).to_be_visible()
        view = self.page.evaluate(OPEN_VIEW)
        elements = [element for block in view["blocks"] for element in block.get("elements", ()) if "text" in element]
        presses.put(view, next(one for one in elements if one["text"]["text"] == button))
        self.page.locator(".home").get_by_role("button").first.dispatch_event("click")

    def download(self, ending: str) -> bytes:
        """What is saved by pressing the way to the file with this ending, in the open thread or conversation."""
        with self.page.expect_download() as coming:
            self.page.locator(f".file-card-download[download$='{ending}']").last.click()
        return coming.value.path().read_bytes()

    def messages(self) -> list[str]:
        """What the messages of the open conversation say, oldest first, without names, menus and buttons."""
        return [_said(message) for message in self.page.locator(".messages .msg").all()]

    def wait_for_message(self, containing: str) -> Locator:
        """The newest message that says this, once it is there."""
        message = self._saying(containing).last
        expect(message).to_be_visible()
        return message

    def press(self, button: str, containing: str = "") -> None:
        """Presses the button in App Home when that is open, else in the newest message that says this."""
        wanted = self.page.get_by_role("button", name=button, exact=True)
        self._place(containing, wanted).locator(wanted).last.click()

    def choose(self, option: str, containing: str = "") -> None:
        """Picks the option from the menu that offers it, in the same places."""
        menu = self.page.locator("select").filter(has=self.page.locator("option", has_text=_exactly(option)))
        self._place(containing, menu).locator(menu).first.select_option(label=option)

    def open_thread(self, containing: str) -> list[str]:
        """What the answers in the message's thread say."""
        self.wait_for_message(containing).locator(".thread-summary").click()
        replies = self.page.locator(".thread-body .thread-divider ~ .msg")
        expect(replies.first).to_be_visible()
        return [_said(reply) for reply in replies.all()]

    def ever_undrawn(self) -> list[str]:
        """The kinds of all that could not be drawn since the page was opened, in channels, messages and modals."""
        return list(self.page.evaluate("[...undrawn]"))

    def screenshot(self, name: str) -> Path:
        path = SCREENSHOTS / (re.sub(r"[^\w.-]+", "-", name) + ".png")
        self.page.screenshot(path=path)
        return path

    def _sidebar(self, pattern: str) -> Locator:
        return self.page.locator(".sidebar-item", has_text=re.compile(rf"^\s*{pattern}\s*$"))

    def _open(self, item: Locator) -> None:
        item.click()
        expect(item).to_have_class(re.compile(r"\bactive\b"))

    def _place(self, containing: str, having: Locator) -> Locator:
        home = self.page.locator(".home")
        return home if home.count() else self._saying(containing).filter(has=having).last

    def _saying(self, containing: str) -> Locator:
        """The messages, of the conversation and of the open thread, that say this."""
        said = self.page.locator(SAID, has_text=containing)
        return self.page.locator(".messages .msg, .thread-body .msg").filter(has=said)


@dataclass(frozen=True)
class Modal:
    """The open modal; a field is named by its label or by its block id."""

    page: Page

    def title(self) -> str:
        return self.page.locator(".modal-title").inner_text()

    def text(self) -> str:
        return self.page.locator(".modal-body").inner_text()

    def errors(self) -> list[str]:
        """The refusals, as `block id: sentence`; the local Slack shows them under the form, not at the field."""
        return self.page.locator(".modal-error").all_inner_texts()

    def choose(self, field: str, option: str) -> None:
        block = self._block(field)
        menu = block.locator("select")
        if menu.count():
            menu.select_option(label=option)
        else:
            block.get_by_label(option, exact=True).check()

    def options(self, field: str) -> list[str]:
        """What the menu or the radio buttons offer."""
        return [text.strip() for text in self._block(field).locator("option, .bk-options label").all_inner_texts()]

    def write(self, field: str, text: str) -> None:
        """Fills a text field, or a date as 2026-12-24."""
        self._block(field).locator(".bk-plain-input").fill(text)

    def written(self, field: str) -> str:
        return self._block(field).locator(".bk-plain-input").input_value()

    def submit(self) -> None:
        self.page.locator(".modal-btn.primary").click()

    def close(self) -> None:
        self.page.locator(".modal-x").click()

    def wait_for_text(self, containing: str) -> None:
        expect(self.page.locator(".modal-body")).to_contain_text(containing)

    def wait_until_closed(self) -> None:
        expect(self.page.locator(".modal")).to_have_count(0)

    def _block(self, field: str) -> Locator:
        labelled = self.page.locator(".bk-input").filter(
            has=self.page.locator(".bk-label", has_text=_exactly(field)),
        )
        if labelled.count():
            return labelled
        order = [block.get("block_id", "") for block in self.page.evaluate(OPEN_VIEW)["blocks"]]
        if field not in order:
            raise LookupError(f"No field {field!r} in the modal; it has {order}")
        return self.page.locator(".modal-body > .blocks > *").nth(order.index(field))


def _exactly(text: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(text)}\s*$")


def _said(message: Locator) -> str:
    return "\n".join(message.locator(SAID).all_inner_texts())
