"""Whoever installed the app has granted what must be and nothing more: the bot works, and says what is missing."""

from collections.abc import Iterator

import pytest

from bot.deps import Deps
from bot.errors import InvalidDraft
from bot.health import WITHOUT
from bot.services import networks
from tests.clocks import Clock
from tests.fakes import FakeSlack, Person
from tests.stories.test_meetings import day as day_of_it
from tests.stories.test_meetings import post as planned

NO_FILES = "En saa lähettää tiedostoja"
day, post = day_of_it, planned


@pytest.fixture
def slack(clock: Clock) -> Iterator[FakeSlack]:
    with FakeSlack(clock=clock.seconds) as slack:
        slack.world.scopes -= set(WITHOUT)
        slack.expects_refusal("missing_scope")
        yield slack


def test_an_observation_is_filed_and_whoever_wants_a_file_reads_why_none_comes(deps: Deps, bertta: Person) -> None:
    bertta.types("/raportoi", "Nuorille ei löydy Turusta tukiasuntoja")
    bertta.sees_dm(containing="tukiasuntoja")
    bertta.types("/kooste", "vienti")
    bertta.sees_modal(callback_id="exports.form").submit()
    assert "`files:write`" in bertta.sees_dm(containing=NO_FILES).words
    bertta.types("/kooste", "yhteenveto")
    bertta.sees_modal(callback_id="summaries.desk").submit()
    assert NO_FILES in bertta.sees_modal(NO_FILES).words


def test_who_comes_to_a_meeting_hears_that_no_calendar_file_comes(deps: Deps, aino: Person, post: object) -> None:
    aino.sees_in("C0KESKUST1").press("meetings.yes")
    assert "”Lisää kalenteriin” avaa tapaamisen kalenterissasi" in aino.sees_ephemeral("Vastauksesi on tallessa").text


def test_a_private_channel_cannot_be_chosen_and_the_form_says_which_permission_is_missing(
    slack: FakeSlack, deps: Deps, bertta: Person
) -> None:
    slack.channel("C0SALAINEN", "salainen", members=[bertta.id], is_private=True)
    network = networks.settings(deps).network.model_copy(update={"channel": "C0SALAINEN"})
    with pytest.raises(InvalidDraft) as refused:
        networks.choose(deps, bertta.id, network, ())
    assert "`groups:read`" in refused.value.fields["channel"]
