"""A phenomenon at the desk: its observations, its post while the matter moves and when it is taken down, the queue."""

from datetime import timedelta

import pytest

from bot.deps import Deps
from bot.rules.statuses import Step
from bot.services import observations, phenomena
from storage.models import Delivery, Observation, Phenomenon
from tests.fakes import SECONDS, FakeSlack, Person
from tests.stories.test_triage import ABOUT_IT, KOORD, deeds, every, filed, one, post_in_channel, presses

TITLE = "Tukiasuntojen puute"


@pytest.fixture
def phenomenon(deps: Deps, aino: Person, cecilia: Person, bertta: Person) -> tuple[Phenomenon, list[Observation]]:
    """One with two observations of two reporters."""
    about = ABOUT_IT.__class__(TITLE, "Tukiasuntoja ei riitä nuorille.", "SHL11-02")
    made = phenomena.create(deps, bertta.id, about, "nonce")
    rows = [filed(deps, aino.id), filed(deps, cecilia.id, "Ungdomar får ingen stödbostad i Pargas")]
    for row in rows:
        observations.move_on(deps, KOORD, row.number, 0, Step(phenomenon=made.number))
    return every(deps, Phenomenon)[0], rows


@pytest.mark.both_databases
def test_it_lists_its_observations_opens_each_and_the_queue_is_narrowed_to_them(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person, phenomenon: tuple[Phenomenon, list[Observation]]
) -> None:
    made, rows = phenomenon
    other = filed(deps, aino.id, "Velkaneuvonnan jonot ovat kasvaneet")
    bertta.opens_home()
    home = bertta.sees_home(TITLE)
    home.press("phenomena.review")
    review = bertta.sees_modal("Ilmiön havainnot", callback_id="phenomena.review")
    assert {row.number for row in rows if row.number in review.words} == {row.number for row in rows}
    review.press("phenomena.observation", value=rows[0].number)
    opened = bertta.sees_modal(rows[0].text, callback_id="observations.review")
    assert opened.title == rows[0].number
    assert (bertta.id, "observation.opened", rows[0].number) in deeds(deps)
    opened.press("observations.reclassify")
    assert bertta.sees_modal(callback_id="observations.correction").fill(kind="H").submit().closed
    opened = bertta.sees_modal("Raportoijan oma valinta", callback_id="observations.review")  # below, not at the bottom
    opened.close()
    assert review.is_open
    review.close()

    slack.settles()  # else the home that is drawn anew for the correction may come last
    home.press("observations.queue_joined")
    home = bertta.sees_home(f"Näkyvissä ovat ilmiön {made.number} havainnot.")
    assert all(row.number in home.words for row in rows)
    assert other.number not in home.words
    home.press("observations.queue_all")
    assert rows[0].number not in bertta.sees_home(other.number).words


@pytest.mark.both_databases
def test_the_post_tells_when_the_matter_is_taken_forward_and_is_taken_down_and_published_again(
    slack: FakeSlack, deps: Deps, bertta: Person, cecilia: Person, phenomenon: tuple[Phenomenon, list[Observation]]
) -> None:
    made, _ = phenomenon
    phenomena.publish(deps, bertta.id, made.number)
    post = post_in_channel(cecilia)
    assert "Viety eteenpäin" not in post.words
    about = phenomena.review(deps, bertta.id, made.number).shown.row
    draft = ABOUT_IT.__class__(about.title, about.text, about.theme)
    phenomena.move_on(deps, bertta.id, made.number, made.version, draft, Step("viety", receiver="HYTE-työryhmä"))
    post.waits_for("HYTE-työryhmä")
    assert "Viety eteenpäin" in post.words
    assert post.actions == ["phenomena.same"]

    bertta.opens_home()
    bertta.sees_home(TITLE).press("phenomena.take_down")
    slack.world.wait_for(lambda: post.is_gone, SECONDS, lambda: "the post stands still")
    slack.world.wait_for(lambda: not every(deps, Phenomenon)[0].down, SECONDS, lambda: "it is not done with")
    assert (bertta.id, "phenomenon.taken_down", made.number) in deeds(deps)
    assert [row for row in every(deps, Delivery) if row.kind == "phenomenon"] == []
    bertta.sees_home("Julkaise…").press("phenomena.publish")
    assert bertta.sees_modal("HYTE-työryhmä", callback_id="phenomena.publish").submit().closed
    assert not post_in_channel(cecilia).is_gone


def test_a_member_takes_no_post_down_and_presses_nothing_that_is_down(
    slack: FakeSlack, deps: Deps, cecilia: Person, phenomenon: tuple[Phenomenon, list[Observation]]
) -> None:
    made, _ = phenomenon
    phenomena.publish(deps, KOORD, made.number)
    post = post_in_channel(cecilia)
    presses(slack, cecilia, "phenomena.take_down", made.number)
    assert not post.is_gone
    assert every(deps, Phenomenon)[0].published_on is not None


def test_the_queue_says_its_order_has_the_newest_first_and_shows_the_words_that_were_searched(
    deps: Deps, bertta: Person, aino: Person
) -> None:
    old, new = filed(deps, aino.id), filed(deps, aino.id, "Velkaneuvonnan jonot ovat kasvaneet")
    with deps.write() as session:
        session.get_one(Observation, old.key).filed_on -= timedelta(days=3)
        session.get_one(Observation, old.key).due_on = one(deps, new.number).due_on + timedelta(days=3)
    bertta.opens_home()
    home = bertta.sees_home("joiden määräaika on ylittynyt eniten")
    assert home.words.index(new.number) < home.words.index(old.number)
    with deps.write() as session:
        session.get_one(Observation, old.key).due_on = one(deps, new.number).due_on - timedelta(days=3)
    home.press("observations.queue_order")
    home = bertta.sees_home("Uusimmat ensin.")
    assert home.words.index(new.number) < home.words.index(old.number)
    home.press("observations.queue_order")
    home = bertta.sees_home("joiden määräaika on ylittynyt eniten")
    assert home.words.index(old.number) < home.words.index(new.number)

    home.press("observations.queue_words")
    assert bertta.sees_modal(callback_id="observations.queue_search").fill(words="velka").submit().closed
    home = bertta.sees_home("Haettu sanoilla: velka.")
    assert old.number not in home.words
