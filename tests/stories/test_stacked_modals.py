"""Slack lays three modals on each other and refuses a fourth: what leads on takes the place of another, and back."""

from itertools import pairwise

import pytest

from bot.deps import Deps
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.statuses import Step
from bot.services import observations, phenomena
from storage.models import Observation, Phenomenon
from tests.fakes import SECONDS, FakeSlack, Person, SeenModal
from tests.stories.test_triage import KOORD, every, filed, history, one, opened

FORMS = {
    "observations.reclassify": "observations.correction",
    "observations.redact": "observations.redaction",
    "observations.several": "observations.several",
    "observations.delete": "observations.delete_form",
}


@pytest.fixture
def phenomenon(deps: Deps, aino: Person, cecilia: Person, bertta: Person) -> tuple[Phenomenon, list[Observation]]:
    """One with three observations that are alike."""
    made = phenomena.create(deps, bertta.id, PhenomenonDraft("Tukiasunnot", "Niitä ei riitä.", "SHL11-02"), "nonce")
    texts = (f"Asunnottomille nuorille ei löydy tukiasuntoja {where}" for where in ("Turusta", "Salosta", "Liedosta"))
    rows = [filed(deps, user.id, text) for user, text in zip((aino, cecilia, aino), texts, strict=True)]
    for row in rows:
        observations.move_on(deps, KOORD, row.number, 0, Step(phenomenon=made.number))
    return every(deps, Phenomenon)[0], rows


def of(slack: FakeSlack, person: Person, title: str) -> SeenModal:
    """The modal on top, once it is the one of this number."""

    def look() -> SeenModal | None:
        return person.modal if person.modal and person.modal.title == title else None

    found: SeenModal = slack.world.wait_for(look, SECONDS, lambda: f"no modal of {title}")
    return found


def test_from_one_to_the_next_and_to_its_forms_no_fourth_modal_is_asked_for_and_back_brings_what_was_typed(
    slack: FakeSlack, deps: Deps, bertta: Person, phenomenon: tuple[Phenomenon, list[Observation]]
) -> None:
    made, (first, second, third) = phenomenon
    bertta.opens_home()
    bertta.sees_home(made.title).press("phenomena.review")
    of(slack, bertta, made.number).press("phenomena.observation", value=first.number)
    review = of(slack, bertta, first.number).fill(reply="Kiitos, vien tämän.")
    assert "Takaisin" not in review.words  # Slack leads back itself
    for at, row in ((first.number, second), (second.number, third)):
        of(slack, bertta, at).press("phenomena.observation", value=row.number)
    of(slack, bertta, third.number)
    assert len(slack.world.stacks[bertta.id]) == 2
    of(slack, bertta, third.number).press("phenomena.review", value=made.number)
    of(slack, bertta, made.number).press("phenomena.observation", value=third.number)
    at_last = of(slack, bertta, third.number)
    at_last.press("observations.take")
    slack.settles()
    of(slack, bertta, third.number).press("observations.delete")
    form = bertta.sees_modal(callback_id="observations.delete_form")
    assert len(slack.world.stacks[bertta.id]) == 3
    assert form.fill(why="other", reason="Kirjattu kahdesti.").submit().closed
    assert one(deps, third.number).status == "poistettu"
    bertta.sees_modal("Palauta")
    back = (third.number, made.number, third.number, second.number, first.number)
    for here, there in pairwise(back):
        slack.settles()  # one view shows them all: what was drawn for the one before may come last
        of(slack, bertta, here).press("submissions.open_again")
        of(slack, bertta, there)
    assert of(slack, bertta, first.number).values["reply"] == "Kiitos, vien tämän."
    assert of(slack, bertta, first.number).submit().closed
    assert [move.words for move in history(deps, first.key)][-1] == "Kiitos, vien tämän."
    of(slack, bertta, made.number)
    bertta.sees_home("Tallennettu.")


@pytest.mark.parametrize("action", FORMS)
def test_each_form_of_a_review_fits_on_top_of_one_that_lies_on_a_phenomenon(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person, cecilia: Person, action: str
) -> None:
    row = filed(deps, aino.id)
    other = filed(deps, cecilia.id, "Asunnottomille nuorille ei löydy tukiasuntoja Salosta")
    opened(bertta, row.number).press("phenomena.observation")
    of(slack, bertta, other.number).press(action)
    form = bertta.sees_modal(callback_id=FORMS[action])
    assert len(slack.world.stacks[bertta.id]) == 3
    form.close()
    assert of(slack, bertta, other.number).is_open
