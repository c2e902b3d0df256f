"""The demo as a newcomer meets it: started by the command, tried by what it says, ended by Ctrl-C."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.e2e.page import SlackPage
from tests.processes import tied_to_us

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = ENDS_WITHIN = 60.0  # seconds; it takes one or two
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

    def to_try(self, number: int) -> str:
        """The command that the welcome gives under this number."""
        return str(re.findall(rf"^ +{number}\. Type  (.+?)  ", self.said, re.MULTILINE)[0])

    def stored(self, text: str) -> int:
        """How many observations with this text the demo has stored."""
        (file,) = self.folder.glob("raportoi-demo-*/raportoi.db")
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            return int(connection.execute("SELECT count(*) FROM observation WHERE text LIKE ?", (text,)).fetchone()[0])
        finally:
            connection.close()

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
def page(blank_page: SlackPage, demo: Demo) -> SlackPage:
    blank_page.open(demo.url)
    blank_page.wait_for_bot()
    return blank_page


def test_the_welcome_gives_an_address_and_seven_things_to_try(demo: Demo) -> None:
    assert re.findall(r"^ +(\d)\. ", demo.said, re.MULTILINE) == ["1", "2", "3", "4", "5", "6", "7"]
    assert f"Open {demo.url}" in demo.said
    assert f"{demo.stored('%')} observations" in demo.said
    assert demo.complaints == ""


def test_a_taken_port_is_no_error_and_is_told(demo: Demo) -> None:
    assert not demo.url.endswith(":3000/")
    assert "Port 3000 was taken" in demo.said
    assert demo.process.poll() is None


def test_the_page_opens_on_the_discussion_channel_as_the_person_that_the_welcome_names(
    demo: Demo, page: SlackPage
) -> None:
    assert "keskustelu" in page.page.locator(".main").inner_text()
    assert f"you are {page.who()}" in demo.said
    assert page.unread() == []


def test_the_next_meeting_stands_in_the_channel_and_is_answered_as_the_welcome_says(page: SlackPage) -> None:
    post = page.wait_for_message("Tulee: 5/30  ·  Etänä: 3  ·  Ei pääse: 1")
    assert "Mitä havainnoista seurasi" in post.inner_text()
    page.screenshot("demo-meeting")
    page.press("Tulen", "Tulee: 5/30")
    page.wait_for_message("Tulet paikalle")
    page.wait_for_message("Tulee: 6/30")
    page.type_command("/tapaaminen")
    page.wait_for_message("Vastauksesi: tulet paikalle")
    assert page.ever_undrawn() == []


def test_a_sentence_is_filed_as_the_welcome_says_and_can_be_corrected_and_undone(demo: Demo, page: SlackPage) -> None:
    command = demo.to_try(1)
    text = command.removeprefix("/raportoi ")
    before = demo.stored(text)
    page.type_command(command)
    page.wait_for_message("Kirjattu")
    assert demo.stored(text) == before + 1
    page.open_dm_with_bot()
    page.wait_for_message(text)

    page.choose("Toimeentulo ja talous", containing=text)
    page.wait_for_message("· Toimeentulo ja talous ·")
    page.press("Peru havainto", containing=text)
    page.wait_for_message("on peruttu")
    assert demo.stored(text) == before
    assert page.ever_undrawn() == []


def test_the_form_gives_a_receipt_code_as_the_welcome_says(demo: Demo, page: SlackPage) -> None:
    page.type_command(demo.to_try(3))
    form = page.wait_for_modal("Kirjaa havainto")
    form.choose("Havainnon laji", "Heikko signaali")
    form.choose("Teema", "Muu")
    form.write("Havainto", "Jonot ovat liian pitkiä kaikille")
    form.choose("Kirjaatko nimelläsi vai ilman nimeä?", "Ilman nimeä (saat tunnuskoodin)")
    form.submit()
    page.wait_for_modal("Kirjattu").wait_for_text("Tunnuskoodisi")
    assert demo.stored("Jonot ovat liian pitkiä kaikille") == 1
    page.modal.close()
    page.modal.wait_until_closed()


def test_the_identity_code_is_stopped_as_the_welcome_says(demo: Demo, page: SlackPage) -> None:
    page.type_command(demo.to_try(4))
    page.wait_for_modal("Kirjaa havainto").wait_for_text("henkilötunnus. Mitään ei tallennettu.")
    assert demo.stored("%130279%") == 0
    page.modal.close()
    page.modal.wait_until_closed()


def test_swedish_is_answered_in_swedish_as_the_welcome_says(demo: Demo, page: SlackPage) -> None:
    page.type_command(demo.to_try(5))
    assert "Boende · Pargas" in page.wait_for_message("Sparad").inner_text()


def test_ctrl_c_ends_everything_and_leaves_nothing_behind(tmp_path: Path, blank_page: SlackPage) -> None:
    with started(tmp_path) as demo:
        blank_page.open(demo.url)
        blank_page.wait_for_bot()
        children = psutil.Process(demo.process.pid).children(recursive=True)
        assert [child.name() for child in children] == ["local-slack"]

        assert demo.press_ctrl_c() == 0

        left = [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
        assert left == []
        assert demo.complaints == ""
        assert not list(tmp_path.glob("raportoi-*"))
