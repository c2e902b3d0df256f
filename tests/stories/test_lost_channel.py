"""The bot is taken out of its channel, and comes back: people hear what is wrong, and coordinators can mend it."""

from collections.abc import Iterator

import pytest

from bot.deps import Deps
from bot.errors import SlackError
from bot.health import Health
from bot.services import permissions
from tests.fakes import HOME_CHANNEL, FakeSlack, Person
from tests.stories.rows import stored

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
LOST = "En näe enää verkoston keskustelukanavaa"


@pytest.fixture(autouse=True)
def private(slack: FakeSlack) -> Iterator[None]:
    """The discussion channel is a private one, which the bot sees as long as it is in it."""
    slack.world.channels[HOME_CHANNEL].is_private = True
    yield
    slack.expects_refusal("channel_not_found")


def leaves(slack: FakeSlack, deps: Deps) -> None:
    slack.settles()
    deps.people.warm()
    with slack.world.changed:
        slack.world.channels[HOME_CHANNEL].members.remove(slack.world.bot_user)
    deps.people.came_or_went(HOME_CHANNEL)


def comes_back(slack: FakeSlack) -> None:
    with slack.world.changed:
        slack.world.channels[HOME_CHANNEL].members.append(slack.world.bot_user)


def test_people_hear_what_is_wrong_and_whom_to_ask_and_it_comes_back_by_itself(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person
) -> None:
    leaves(slack, deps)
    aino.types("/raportoi", WORDS)
    note = aino.sees_ephemeral(containing=LOST)
    assert "koordinaattorille" in note.words
    assert "/invite @Raportoi" in note.words
    assert "hetken päästä" not in note.words
    cecilia.opens_home()
    cecilia.sees_home("Jag ser inte längre nätverkets diskussionskanal")
    assert not stored(deps)

    comes_back(slack)
    note.press("observations.open_form")
    form = aino.sees_modal(callback_id="observations.form")
    assert form.values["text"] == WORDS
    aino.types("/raportoi", WORDS)
    aino.sees_ephemeral(containing="Kirjattu")


@pytest.mark.parametrize("way", ["command", "home"])
def test_a_coordinator_chooses_another_channel_from_the_settings(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, way: str
) -> None:
    slack.channel("C0UUSI0001", "uusi", members=[aino.id, bertta.id])
    leaves(slack, deps)
    if way == "command":
        bertta.types("/kooste", "asetukset")
    else:
        bertta.opens_home()
        bertta.sees_home(LOST).press("network.open_settings")
    form = bertta.sees_modal(callback_id="network.settings")
    assert form.fill(channel="C0UUSI0001", coordinators=[aino.id]).submit().closed
    slack.world.wait_for(lambda: deps.people.channel == "C0UUSI0001", 10, lambda: "the new channel counts")
    aino.types("/raportoi", WORDS)
    aino.sees_ephemeral(containing="Kirjattu")


def test_nothing_else_of_the_coordinators_is_open_meanwhile_nor_the_settings_to_others(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    gone = slack.person("U0GONE0001", "Poissa Oleva", deleted=True)
    leaves(slack, deps)
    aino.types("/kooste", "asetukset")
    aino.sees_modal("vain verkoston koordinaattori")
    bertta.types("/tapaaminen", "uusi")
    bertta.sees_modal(LOST)
    with pytest.raises(Exception, match="NotAMember"):
        permissions.keeper(deps, gone.id)
    with pytest.raises(Exception, match="ChannelLost"):
        permissions.coordinator(deps, bertta.id)


def test_the_health_check_tells_it_until_it_is_mended(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    def of_the_channel() -> list[str]:
        return [reason for reason in Health(deps).report()["reasons"] if "discussion channel" in reason]

    assert of_the_channel() == []
    leaves(slack, deps)
    with pytest.raises(SlackError):
        deps.people.warm()
    (told,) = of_the_channel()
    assert told.startswith("Slack does not show the bot who is in the discussion channel (channel_not_found).")
    assert "/invite @Raportoi" in told
    comes_back(slack)
    deps.people.warm()
    assert of_the_channel() == []
