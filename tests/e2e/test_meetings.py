"""A network meeting by hand at the page of a local Slack: planned, answered, moved, cancelled, full, with an agenda."""

from playwright.sync_api import expect

from bot.deps import Deps
from tests.e2e.conftest import AINO, BERTTA, CECILIA
from tests.e2e.page import SlackPage

DAY = "2027-04-14"


def plans(page: SlackPage, title: str, **more: str) -> None:
    page.wait_for_bot()
    page.be(BERTTA.real_name)
    page.open_channel("keskustelu")
    page.type_command("/tapaaminen uusi")
    form = page.wait_for_modal("Luo tapaaminen")
    form.write("title", title)
    form.write("start_date", DAY)
    form.write("place", "Linnankatu 1, Turku")
    for name, text in more.items():
        form.write(name, text)
    publishes(page)
    page.wait_for_message(title)


def publishes(page: SlackPage) -> None:
    """Looks at the preview first, then publishes."""
    form = page.wait_for_modal("Luo tapaaminen")
    form.submit()
    expect(page.page.locator(".modal-btn.primary")).to_have_text("Julkaise")
    form.submit()
    form.wait_until_closed()


def answers(page: SlackPage, who: str, button: str, title: str) -> None:
    page.be(who)
    page.open_channel("keskustelu")
    page.press(button, title)


def says(page: SlackPage, text: str) -> None:
    expect(page.page.locator(".messages")).to_contain_text(text)


def test_a_meeting_is_announced_and_answered_by_three_people(page: SlackPage, deps: Deps) -> None:
    plans(page, "Kevään verkostotapaaminen", agenda="1. Avaus", link="https://etayhteys.example/kevat")
    assert "ke 14.4.2027 klo 9.00–15.00" in page.wait_for_message("Kevään").inner_text()
    for person, button, said in (
        (AINO, "Tulen", "Tulet paikalle"),
        (BERTTA, "Tulen etänä", "Tulet etänä"),
        (CECILIA, "En pääse", "ettet pääse"),
    ):
        answers(page, person.real_name, button, "Tulee:")
        page.wait_for_message(said)
    says(page, "Tulee: 1  ·  Etänä: 1  ·  Ei pääse: 1")
    assert page.open_thread("Tulee: 1")[0].endswith("tapaaminen.ics")
    page.screenshot("meeting-announced")
    assert page.ever_undrawn() == []
