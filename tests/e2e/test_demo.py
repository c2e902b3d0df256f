"""The demo as a newcomer meets it: started by the command, tried by what it says, ended by Ctrl-C."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.practice_page import PracticePage
from tests.processes import tied_to_us

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = ENDS_WITHIN = 300.0  # seconds; it takes some, and the work of a whole night may be under way
LAST_WORDS = "Ctrl-C ends everything."


@dataclass(frozen=True)
class Demo:
    """`python -m bot demo` in a process group of its own, as a terminal starts it; its files are under `folder`."""

    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def said(self) -> str:
        return (self.folder / "stdout").read_text(encoding="utf-8")

    @property
    def complaints(self) -> str:
        return (self.folder / "stderr").read_text(encoding="utf-8")

    @property
    def url(self) -> str:
        return str(re.findall(r"http://[\w.]+:\d+/", self.said)[0])

    def press_ctrl_c(self) -> int:
        """What a terminal does: everybody in the group is told. The exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(ENDS_WITHIN)

    def wait_for_welcome(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while LAST_WORDS not in self.said:
            assert self.process.poll() is None, self.complaints
            assert time.monotonic() < deadline, "the demo did not start"
            time.sleep(0.05)


@contextmanager
def started(folder: Path) -> Iterator[Demo]:
    """The demo, up; ended here if the test did not."""
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        process = subprocess.Popen(
            [*tied_to_us(), sys.executable, "-m", "bot", "demo"],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
    try:
        demo = Demo(process, folder)
        demo.wait_for_welcome()
        yield demo
    finally:
        process.terminate()
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for the tests that only use it; the port that it would like is taken."""
    with ExitStack() as stack:
        with suppress(OSError):  # somebody else has the port, which is as good
            stack.enter_context(socket.create_server(("127.0.0.1", 3000)))
        yield stack.enter_context(started(tmp_path_factory.mktemp("demo")))


@pytest.fixture
def page(blank: BrowserContext, demo: Demo) -> PracticePage:
    shown = PracticePage(blank.new_page())
    shown.open(demo.url)
    return shown


def test_the_welcome_gives_an_address_and_leads_through_a_week(demo: Demo) -> None:
    assert re.findall(r"^ +(\d)\. ", demo.said, re.MULTILINE) == list("1234567")
    assert f"Open {demo.url}" in demo.said
    assert re.search(r"^65 observations", demo.said, re.MULTILINE)
    assert demo.complaints == ""


def test_a_taken_port_is_no_error_and_is_told(demo: Demo) -> None:
    assert not demo.url.endswith(":3000/")
    assert "Port 3000 was taken" in demo.said
    assert demo.process.poll() is None


def test_the_page_says_what_it_is_and_the_meeting_in_the_channel_is_answered_as_the_welcome_says(
    page: PracticePage,
) -> None:
    expect(page.page.locator("#notice")).to_contain_text("ei Slack")
    assert page.who() == "Aino Esimerkki"
    invitation = page.message("Tulee: 5/30")
    expect(invitation).to_contain_text("Verkostotapaaminen")
    invitation.get_by_role("button", name="Tulen", exact=True).click()
    page.message("Tulee: 6/30")
    page.goes_to("home")
    expect(page.shown).to_contain_text("tulet paikalle")
    assert page.undrawn() == []


def test_starting_over_asks_first_and_all_who_are_there_are_at_the_first_step_of_a_fresh_network(
    page: PracticePage, blank: BrowserContext, demo: Demo
) -> None:
    other = PracticePage(blank.new_page())
    other.open(demo.url)
    other.be("Eero Mallinen")
    other.takes_step(2)
    page.goes_to("dm")
    page.sends()
    page.message("Kiitos. Havainto")
    page.page.get_by_role("button", name="Aloita alusta").click()
    expect(page.page.locator("#asking")).to_contain_text("Mukana on 1 muu selain")
    assert page.faults() == []
    page.confirm(yes=False)
    page.message("Kiitos. Havainto")
    page.page.get_by_role("button", name="Aloita alusta").click()
    page.confirm(yes=True)
    expect(page.shown).to_contain_text("Täällä ei ole vielä mitään.", timeout=STARTS_WITHIN * 1000)
    for one in (page, other):
        expect(one.page.locator("#step")).to_contain_text("1/7")
        expect(one.page.locator("#text")).to_have_value(re.compile("^/raportoi Nuorille"))
        one.stands()
    assert (page.who(), other.who()) == ("Aino Esimerkki", "Eero Mallinen")
    assert "begun anew" in demo.said
    assert demo.complaints == ""


def test_another_sites_page_may_not_look_in(demo: Demo) -> None:
    async def knock(origin: str) -> int:
        address = f"{demo.url}person/U0JASEN01".replace("http", "ws")
        async with aiohttp.ClientSession() as session:
            try:
                async with session.ws_connect(address, headers={"Origin": origin}):
                    return 101
            except aiohttp.WSServerHandshakeError as refused:
                return refused.status

    def status(origin: str) -> int:
        with ThreadPoolExecutor(1) as threads:  # a browser's loop may hold this thread
            return threads.submit(asyncio.run, knock(origin)).result()

    assert (status(demo.url.rstrip("/")), status("https://elsewhere.example")) == (101, 403)


def test_ctrl_c_ends_everything_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with started(tmp_path) as demo:
        assert psutil.Process(demo.process.pid).children() == []  # no other program is needed
        assert demo.press_ctrl_c() == 0
        assert demo.complaints == ""
        assert not list(tmp_path.glob("raportoi-*"))
