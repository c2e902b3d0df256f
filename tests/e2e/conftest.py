"""A browser over a small made-up workspace for the tests of this room, left out loudly where it cannot run."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from bot.app import Bot
from bot.deps import Deps
from bot.settings import Settings
from tests.bots import bot_by
from tests.clocks import Clock
from tests.e2e.local_slack import BINARY, Channel, Person, Workspace, WorkspaceConfig, start_workspace, stop
from tests.e2e.page import ModalPresses, SlackPage
from tests.e2e.untouched import fill_untouched

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000  # milliseconds; on an idle machine the page answers in 50, and on a busy one a test must not fail
FAILED = pytest.StashKey[bool]()

AINO = Person("U0AINO", "aino", "Aino Esimerkki", "aino@example.org")
BERTTA = Person("U0BERTTA", "bertta", "Bertta Koordinaattori", "bertta@example.org")
CECILIA = Person("U0CECILIA", "cecilia", "Cecilia Exempel", "cecilia@example.org")
NETWORK = WorkspaceConfig(
    people=[AINO, BERTTA, CECILIA],
    channels=[
        Channel("C0KESKUSTELU", "keskustelu", [AINO.id, BERTTA.id, CECILIA.id, WorkspaceConfig.bot_user_id]),
        Channel("C0KAHVI", "kahvihuone", [AINO.id, BERTTA.id]),
    ],
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = _missing()
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            if missing:
                item.add_marker(pytest.mark.skip(reason=missing))


def _missing() -> str:
    """What the tests of this room lack, with the way to get it; empty when nothing."""
    lacks = [
        *(["Chromium (apt-get install chromium fonts-noto-color-emoji)"] if not CHROMIUM.exists() else []),
        *(["the local Slack (npm ci)"] if not BINARY.exists() else []),
        *(["axe-core (npm ci)"] if not AXE.exists() else []),
    ]
    return f"the browser tests need {' and '.join(lacks)}" if lacks else ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one file of tests: while Playwright is up, its event loop shuts asyncio.run out of the thread."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    """A local Slack of this test alone, on a free port; ready in 0.1 s."""
    running = start_workspace(NETWORK, port=0)
    yield running
    stop(running)


@pytest.fixture
def clock() -> Clock:
    """The bot's: a plain Wednesday morning, whatever day it is here. The local Slack's own cannot be set."""
    return Clock()


@pytest.fixture
def presses() -> ModalPresses:
    return ModalPresses()


@pytest.fixture
def bot(workspace: Workspace, database_url: str, clock: Clock, patience: None, presses: ModalPresses) -> Iterator[Bot]:
    """The bot itself in the workspace, connected; a test that asks for it runs once on each kind of database."""
    settings = Settings(  # type: ignore[call-arg,unused-ignore]  # the rest has its defaults
        slack_bot_token=workspace.bot_token,
        slack_app_token=workspace.app_token,
        slack_api_url=workspace.api_url,
        database_url=database_url,
        raportoi_key="k" * 64,
        raportoi_channel=workspace.channel_id,
        raportoi_coordinators=(BERTTA.id,),
        raportoi_http="127.0.0.1:0",
    )
    running = bot_by(clock, settings, [fill_untouched, presses])
    running.start()
    yield running
    running.stop()


@pytest.fixture
def deps(bot: Bot) -> Deps:
    return bot.deps


@pytest.fixture
def blank(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser with nothing open yet; what its pages showed at a failure stays in screenshots/NAME OF THE TEST.png."""
    expect.set_options(timeout=PATIENCE)
    context = browser.new_context(
        locale="fi-FI",
        timezone_id="Europe/Helsinki",
        viewport={"width": 1280, "height": 1000},
    )
    context.set_default_timeout(PATIENCE)
    yield context
    if request.node.stash.get(FAILED, False):
        for number, shown in enumerate(context.pages):
            SlackPage(shown).screenshot(f"{request.node.name}-{number}")
    context.close()


@pytest.fixture
def blank_page(blank: BrowserContext) -> SlackPage:
    return SlackPage(blank.new_page())


@pytest.fixture
def page(blank_page: SlackPage, workspace: Workspace) -> SlackPage:
    """The workspace's page as Aino sees it."""
    blank_page.open(workspace.url)
    return blank_page
