"""By how many people a phenomenon was met is said in the same words everywhere, and a mark can be taken back."""

import pytest

from bot.deps import Deps
from bot.rules.statuses import Step
from bot.services import observations, phenomena
from storage.models import Observation, Phenomenon, Same
from tests.fakes import FakeSlack, Person, SeenMessage
from tests.stories.test_triage import ABOUT_IT, KOORD, every, filed, one, post_in_channel

TITLE = "Tukiasuntojen puute"
FEW = "Muutama ihminen on huomannut tämän."


@pytest.fixture
def phenomenon(deps: Deps, aino: Person, bertta: Person) -> Phenomenon:
    """A published one; Aino has filed two observations that are joined to it."""
    about = ABOUT_IT.__class__(TITLE, "Tukiasuntoja ei riitä nuorille.", "SHL11-02")
    made = phenomena.create(deps, bertta.id, about, "nonce")
    for nonce in ("1", "2"):
        row = filed(deps, aino.id, "Tukiasuntoja ei löydy nuorille mistään", nonce=nonce)
        observations.move_on(deps, KOORD, row.number, 0, Step(phenomenon=made.number))
    phenomena.publish(deps, bertta.id, made.number)
    return every(deps, Phenomenon)[0]


def others_have_met_it(deps: Deps, phenomenon: Phenomenon, count: int) -> None:
    with deps.write() as session:
        for n in range(count):
            session.add(Same(workspace=deps.workspace, phenomenon=phenomenon.key, who=f"hash {n}", area="853"))
        session.get_one(Phenomenon, phenomenon.key).stale = True


def shown_everywhere(bertta: Person, post: SeenMessage, said: str) -> None:
    post.waits_for(said)
    bertta.opens_home()
    home = bertta.sees_home(said)
    home.press("phenomena.review")
    review = bertta.sees_modal(containing=said, callback_id="phenomena.review")
    assert "2 havaintoa" in review.words
    review.close()
    bertta.types("/raportoi", "Tukiasuntojen puute: tukiasuntoja ei riitä nuorille.")
    assert TITLE in bertta.sees_dm(containing=said).words  # the receipt


@pytest.mark.both_databases
def test_the_receipt_the_post_and_the_desk_count_people_alike_and_hide_the_few(
    deps: Deps, phenomenon: Phenomenon, bertta: Person, cecilia: Person
) -> None:
    post = post_in_channel(cecilia)
    shown_everywhere(bertta, post, FEW)  # one person, who has filed twice
    others_have_met_it(deps, phenomenon, 4)
    shown_everywhere(bertta, post, "5 ihmistä on huomannut tämän yhdellä alueella.")


@pytest.mark.both_databases
def test_a_mark_is_taken_back_where_it_was_thanked_for(
    slack: FakeSlack, deps: Deps, phenomenon: Phenomenon, aino: Person, cecilia: Person
) -> None:
    others_have_met_it(deps, phenomenon, 4)
    post = post_in_channel(cecilia)
    post.press("phenomena.same")
    thanks = cecilia.sees_ephemeral(containing="medräknad")
    post.waits_for("6 ihmistä on huomannut tämän")
    press = thanks.press("phenomena.not_same")
    post.waits_for("5 ihmistä on huomannut tämän")
    thanks.waits_for("borttagen")
    assert len(every(deps, Same)) == 4
    slack.deliver("interactive", press.payload)
    slack.settles()
    assert len(every(deps, Same)) == 4  # nobody else's mark goes
    post.press("phenomena.same")
    post.waits_for("6 ihmistä on huomannut tämän")


def test_taken_back_after_a_receipt_the_own_observation_is_not_taken_for_it_any_more(
    deps: Deps, phenomenon: Phenomenon, cecilia: Person
) -> None:
    row: Observation = filed(deps, cecilia.id, "Stödbostäder saknas för unga")
    phenomena.press(deps, cecilia.id, phenomenon.number, row.number)
    assert one(deps, row.number).same_as == phenomenon.key
    phenomena.take_press_back(deps, cecilia.id, phenomenon.number)
    assert one(deps, row.number).same_as is None
    assert every(deps, Same) == []


def test_the_post_counts_anew_when_an_observation_is_joined_or_withdrawn(
    deps: Deps, phenomenon: Phenomenon, cecilia: Person
) -> None:
    others_have_met_it(deps, phenomenon, 4)
    post = post_in_channel(cecilia)
    post.waits_for("5 ihmistä")
    row = filed(deps, cecilia.id, "Stödbostäder saknas för unga")
    observations.move_on(deps, KOORD, row.number, 0, Step(phenomenon=phenomenon.number))
    post.waits_for("6 ihmistä")
    observations.withdraw(deps, cecilia.id, row.number)
    post.waits_for("5 ihmistä")
