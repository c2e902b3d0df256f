"""Who deletes or publishes sees there that it was done: in the modal, above the queue, or by the message's own edit."""

import json

import pytest

from bot.deps import Deps
from bot.jobs import practices as practice_jobs
from bot.rules.practices import Card, Decision
from bot.services import phenomena, practices
from bot.services.practices import save
from storage.models import Delivery
from tests.fakes import FakeSlack, Person, SeenMessage
from tests.stories.moves import NOON
from tests.stories.test_deleting import REASON, is_settled
from tests.stories.test_feedback import WORDS, files
from tests.stories.test_practices import NAME, WHAT, published
from tests.stories.test_triage import ABOUT_IT, KOORD, filed, opened


def as_digest(deps: Deps, to: Person, number: str) -> SeenMessage:
    """What `/kooste` whispers, as the digest itself is: a message that lasts."""
    to.types("/kooste")
    note = to.sees_ephemeral("Ei vielä lähetetty")
    channel, ts = deps.slack.post(to.id, note.text, note.blocks)
    place = {"workspace": deps.workspace, "channel": channel, "ts": ts, "not_before": NOON, "expires_at": NOON}
    told = {"kind": "weekly_digest", "occurrence": "2090-W1", "state": "sent", "recipient": to.id}
    with deps.write() as session:
        session.add(Delivery(key="d", params=json.dumps({"numbers": [number]}), **place, **told))
    return to.sees_dm("Ei vielä lähetetty")


def deletes(person: Person) -> None:
    person.sees_modal(callback_id="observations.review").press("observations.delete")
    form = person.sees_modal(callback_id="observations.delete_form")
    assert form.fill(why="other", reason=REASON).submit().closed
    person.sees_modal("Palauta", callback_id="observations.review").close()


@pytest.mark.both_databases
def test_what_was_deleted_from_the_queue_is_said_above_it_and_so_is_that_it_is_back(
    deps: Deps, bertta: Person, aino: Person
) -> None:
    row = filed(deps, aino.id)
    opened(bertta, row.number)
    deletes(bertta)
    home = bertta.sees_home("Havainto on poistettu.")
    home.press("observations.queue_hidden")
    bertta.sees_home("Palauta").press("observations.restore", value=row.number)
    bertta.sees_home("Havainto on palautettu.")


def test_what_was_deleted_from_a_whispered_list_is_said_below_it(deps: Deps, bertta: Person, aino: Person) -> None:
    row = filed(deps, aino.id)
    bertta.types("/raportoi", "haku tukiasunto")
    bertta.sees_ephemeral(row.number).press("observations.review", value=row.number)
    deletes(bertta)
    bertta.sees_ephemeral("Havainto on poistettu.")


def test_a_message_that_is_edited_says_it_itself_and_no_second_one_comes(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    number = files(deps, aino)
    slack.settles()
    digest = as_digest(deps, bertta, number)
    digest.press("observations.review", value=number)
    deletes(bertta)
    is_settled(slack, deps)
    assert f"{number} on poistettu" in digest.words
    assert WORDS not in digest.words
    assert len(bertta.dms) == 1
    assert [note.words for note in bertta.notes if "poistettu" in note.words] == []


@pytest.mark.both_databases
def test_a_phenomenon_that_is_published_or_taken_down_is_said_to_be_so_above_the_queue(
    deps: Deps, bertta: Person
) -> None:
    phenomena.create(deps, bertta.id, ABOUT_IT, "nonce")
    bertta.opens_home()
    bertta.sees_home("Julkaise…").press("phenomena.publish")
    assert bertta.sees_modal(callback_id="phenomena.publish").submit().closed
    home = bertta.sees_home("Ilmiö on julkaistu ja näkyy kanavalla hetken päästä.")
    home.press("phenomena.take_down")
    bertta.sees_home("Julkaisu poistuu kanavalta hetken päästä.")


@pytest.mark.both_databases
def test_a_message_of_a_card_that_is_gone_says_so_and_has_no_button_that_leads_nowhere(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    deps.people.warm()
    card = published(deps, aino.id)
    message = aino.sees_dm("Toimintamallisi on julkaistu")
    slack.settles()
    practice_jobs.knock(deps)
    assert message.actions == ["practice.read"]  # it is there still
    message.press("practice.read")
    aino.sees_modal(callback_id="practice.page").press("practice.take_down")
    aino.sees_modal("Malli poistettiin näkyvistä.").close()
    practice_jobs.knock(deps)
    message.waits_for(f"{card.number} · Tämä toimintamalli on poistettu näkyvistä.")
    assert message.actions == []

    draft = save(deps, aino.id, Card(name=NAME, what=WHAT), "another", is_sent=True)
    practices.decide(deps, KOORD, draft.number, draft.step, Decision(said="Kerro hinta."))
    returned = aino.sees_dm("Kerro hinta.")
    slack.settles()
    returned.press("practice.edit")
    aino.sees_modal(callback_id="practice.form").press("practice.drop")
    aino.sees_modal("Luonnos on poistettu.")
    practice_jobs.knock(deps)
    returned.waits_for(f"{draft.number} · Luonnos on poistettu.")
    assert returned.actions == []
