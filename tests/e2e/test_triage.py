"""The coordinators' week at the page of a local Slack: digest, review, question, answer, status, phenomenon, code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.deps import Deps
from bot.jobs import digests as jobs
from bot.rules.people import Choices
from bot.services import people
from tests.clocks import Clock
from tests.digests import goes_out, sends
from tests.e2e.conftest import AINO, BERTTA, CECILIA
from tests.e2e.page import Modal, SlackPage

NUMBER = re.compile(r"\b2\d{3}-\w{4}\b")


@dataclass(frozen=True)
class Said:
    """What the story types, presses and waits for in one language."""

    language: str
    command: str
    status_command: str
    words: str
    unsigned: str
    digest: str
    open: str
    save: str
    question: str
    answer: str
    answered: str
    in_progress: str
    forward: str
    whole: str  # what a history says of the own message
    reply: str  # the button of a message, and the title of its form
    write: str  # the button of an observation
    read: str
    is_read: str
    status: str
    form: str
    kind: tuple[str, str]
    theme: tuple[str, str]
    text: str
    feedback: tuple[str, str]
    new_phenomenon: str
    title: str
    publish: str
    same: str
    two: str
    thanks: str


FINNISH = Said(
    language="fi",
    command="/raportoi",
    status_command="/raportoi tila",
    words="Asunnottomille nuorille ei löydy tukiasuntoja Turusta",
    unsigned="Päihdepalveluihin on monen kuukauden jono",
    digest="Viikkokooste",
    open="Avaa",
    save="Tallenna",
    question="Mistä asti tilanne on ollut tällainen?",
    answer="Viime keväästä asti.",
    answered="Raportoija on kirjoittanut.",
    in_progress="Käsittelyssä",
    forward="Viety eteenpäin",
    whole="Viestisi",
    reply="Vastaa",
    write="Kirjoita koordinaattorille",
    read="Kiitos, luin tämän",
    is_read="Merkitty luetuksi",
    status="Tila",
    form="Kirjaa havainto",
    kind=("Havainnon laji", "Heikko signaali"),
    theme=("Teema", "Asuminen"),
    text="Havainto",
    feedback=("Kirjaatko nimelläsi vai ilman nimeä?", "Ilman nimeä (saat tunnuskoodin)"),
    new_phenomenon="Uusi ilmiö…",
    title="Nuorten tukiasunnot",
    publish="Julkaise…",
    same="Sama täällä",
    two="Muutama ihminen on huomannut tämän.",
    thanks="Kiitos",
)


@pytest.fixture(params=[FINNISH], ids=["fi"])
def said(request: pytest.FixtureRequest, deps: Deps) -> Said:
    for person in (AINO, BERTTA, CECILIA):
        people.choose(deps, person.id, Choices(language=request.param.language))
    return request.param


@pytest.fixture(autouse=True)
def _everything_shown_is_drawn(page: SlackPage, deps: Deps) -> Iterator[None]:
    page.wait_for_bot()
    yield
    assert page.ever_undrawn() == []


def sends_digest(deps: Deps, clock: Clock) -> None:
    """The bot has looked once, as after an installation; then it is the next Monday's morning, for it as for us."""
    jobs.knock(deps)
    clock.moves_to("2026-12-07T09:00")
    goes_out(deps, clock.now())


def sends_later(deps: Deps, clock: Clock, moment: str = "2026-12-07T12:00") -> None:
    clock.moves_to(moment)
    sends(deps)


def open_review(page: SlackPage, said: Said, words: str) -> Modal:
    """The review of the observation with these words, opened from the digest."""
    page.be(BERTTA.real_name)
    page.open_dm_with_bot()
    page.wait_for_message(said.digest)
    buttons = page.page.locator(".msg").filter(has_text=said.digest).get_by_role("button", name=said.open, exact=True)
    for place in range(buttons.count()):
        buttons.nth(place).click()
        page.page.locator(".modal-title", has_text=NUMBER).wait_for()
        if words in page.modal.text():
            return page.modal
        page.modal.close()
        page.modal.wait_until_closed()
    pytest.fail(f"no review with {words}")


def answers(page: SlackPage, said: Said, button: str) -> None:
    """The question is answered in place."""
    page.press(button, said.question)
    form = page.wait_for_modal(said.reply)
    form.write("text", said.answer)
    form.submit()
    form.wait_for_text(said.thanks)
    form.close()


def saves(form: Modal) -> None:
    form.submit()
    form.wait_until_closed()


def test_a_question_is_answered_and_the_reporter_hears_what_became_of_it(
    page: SlackPage, deps: Deps, clock: Clock, said: Said
) -> None:
    page.type_command(f"{said.command} {said.words}")
    page.wait_for_message("2")
    sends_digest(deps, clock)
    form = open_review(page, said, said.words)
    page.screenshot(f"review-{said.language}")
    form.write("reply", said.question)
    saves(form)

    sends_later(deps, clock)
    page.be(AINO.real_name)
    page.open_dm_with_bot()
    page.wait_for_message(said.question)
    page.screenshot(f"feedback-{said.language}")
    answers(page, said, said.reply)
    page.press(said.read, said.question)
    page.wait_for_message(said.is_read)

    page.be(BERTTA.real_name)
    home = page.open_home()
    home.get_by_text(said.answered).last.wait_for()
    page.screenshot(f"home-{said.language}")
    home.get_by_role("button", name=said.open, exact=True).first.click()
    page.page.locator(".modal-title", has_text=NUMBER).wait_for()
    assert said.answer in page.modal.text()
    page.modal.choose(said.status, said.forward)  # from received, in one save
    page.modal.write("receiver", "HYTE-työryhmä")
    page.screenshot(f"forward-{said.language}")
    saves(page.modal)

    sends_later(deps, clock, "2026-12-07T12:30")
    page.be(AINO.real_name)
    home = page.open_home()
    home.get_by_text(said.forward).wait_for()
    home.get_by_role("button", name=said.open, exact=True).first.click()
    page.page.locator(".modal-title", has_text=NUMBER).wait_for()
    for words in (said.words, said.question, said.whole, said.answer, said.forward, "HYTE-työryhmä"):
        assert words in page.modal.text(), words
    page.screenshot(f"own-{said.language}")
    page.modal.close()
    page.open_dm_with_bot()
    page.wait_for_message(said.forward)
