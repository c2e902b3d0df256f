"""The discussion channel is found once: a name that comes to lead elsewhere decides nothing any more."""

import pytest

from bot.app import Bot
from bot.deps import Deps
from bot.errors import SettingsError
from bot.health import check_up
from bot.services import networks
from bot.settings import Settings
from storage.models import Network
from tests.bots import running
from tests.fakes import HOME_CHANNEL, FakeSlack, Person
from tests.stories.rows import stored

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
OTHER = "C0TOINEN01"


def renames(slack: FakeSlack, *, taken: bool) -> None:
    """The channel gets another name, and where it is taken, another channel gets its old one."""
    with slack.world.changed:
        slack.world.channels[HOME_CHANNEL].name = "keskustelu-vanha"
    if taken:
        slack.channel(OTHER, "keskustelu")


@pytest.mark.parametrize("taken", [True, False])
def test_after_a_restart_the_members_of_the_channel_that_was_found_first_are_the_network(
    slack: FakeSlack, settings: Settings, aino: Person, caplog: pytest.LogCaptureFixture, taken: bool
) -> None:
    with running(Bot(settings), slack):
        pass
    renames(slack, taken=taken)
    stranger = slack.person("U0TOINEN01", "Toinen Testinen", joins=[OTHER] if taken else [])
    with running(Bot(settings), slack) as bot:
        slack.wait_until_connected()
        assert bot.deps.people.channel == HOME_CHANNEL
        aino.types("/raportoi", WORDS)
        aino.sees_ephemeral(containing="Kirjattu")
        stranger.types("/raportoi", WORDS)
        stranger.sees_ephemeral(containing="verkoston jäsenille")
        assert len(stored(bot.deps)) == 1
        slack.settles()
    (told,) = [record.getMessage() for record in caplog.records if "RAPORTOI_CHANNEL" in record.getMessage()]
    assert (f"({OTHER})" if taken else "no channel that the bot sees") in told
    assert HOME_CHANNEL in told


def test_another_name_or_an_id_in_the_setting_counts(slack: FakeSlack, settings: Settings) -> None:
    slack.channel(OTHER, "toinen")
    for written, found in (("keskustelu", HOME_CHANNEL), ("#toinen", OTHER), (HOME_CHANNEL, HOME_CHANNEL)):
        with running(Bot(settings.model_copy(update={"raportoi_channel": written})), slack) as bot:
            assert bot.deps.people.channel == found


def test_what_a_coordinator_has_chosen_counts_before_the_setting(
    slack: FakeSlack, settings: Settings, deps: Deps, bot: Bot, bertta: Person
) -> None:
    slack.channel(OTHER, "toinen", members=[bertta.id])
    networks.choose(deps, bertta.id, Network(workspace=deps.workspace, channel=OTHER), ())
    bot.stop()
    renames(slack, taken=False)
    with running(Bot(settings), slack) as again:
        assert again.deps.people.channel == OTHER


def test_a_name_that_never_led_anywhere_ends_the_start(slack: FakeSlack, settings: Settings) -> None:
    with pytest.raises(SettingsError, match="sees no channel muualla"):
        Bot(settings.model_copy(update={"raportoi_channel": "muualla"}))


def test_doctor_tells_of_a_name_that_leads_elsewhere(
    slack: FakeSlack, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**slack.settings_env(), "DATABASE_URL": settings.database_url}.items():
        monkeypatch.setenv(name, value or "")
    monkeypatch.setenv("RAPORTOI_KEY", "k" * 64)
    monkeypatch.setenv("RAPORTOI_CHANNEL", "keskustelu")
    with running(Bot(settings), slack) as bot:
        now = bot.deps.now
    found = {one.step: one for one in check_up(now)}
    assert found["channel"].well, found["channel"].words
    renames(slack, taken=True)
    found = {one.step: one for one in check_up(now)}
    assert not found["channel"].well
    assert f"keskustelu leads to {OTHER} now; the network is {HOME_CHANNEL}" in found["channel"].words


@pytest.mark.parametrize(
    "fault",
    [{"status": 503}, {"error": "internal_error"}, {"retry_after": 1, "times": 5}, {"drop": "before", "times": 4},
     {"error": "a_word_of_tomorrow"}],
)  # fmt: skip
def test_a_start_that_slack_does_not_answer_waits_and_tries_on(
    slack: FakeSlack, settings: Settings, aino: Person, fault: dict[str, object]
) -> None:
    slack.expects_refusal("called_during_retry_after")
    refused = slack.fault("conversations.list", **fault)
    with running(Bot(settings), slack) as bot:
        slack.wait_until_connected()
        assert bot.deps.people.channel == HOME_CHANNEL
        assert refused.struck
        aino.types("/raportoi", WORDS)
        aino.sees_ephemeral(containing="Kirjattu")


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
def test_too_much_at_once_does_not_end_a_start(slack: FakeSlack, settings: Settings, method: str) -> None:
    slack.expects_refusal("called_during_retry_after")
    slack.fault(method, retry_after=1, times=5)
    with running(Bot(settings), slack):
        slack.wait_until_connected()


@pytest.mark.parametrize(
    ("method", "word", "named"),
    [
        ("auth.test", "invalid_auth", "SLACK_BOT_TOKEN"),
        ("auth.test", "token_revoked", "SLACK_BOT_TOKEN"),
        ("conversations.list", "missing_scope", "RAPORTOI_CHANNEL"),
        ("apps.connections.open", "not_allowed_token_type", "SLACK_APP_TOKEN"),
    ],
)
def test_what_the_operator_must_mend_ends_the_start_with_one_sentence(
    slack: FakeSlack, settings: Settings, method: str, word: str, named: str
) -> None:
    slack.fault(method, error=word, times=None)
    with pytest.raises(SettingsError, match=rf"{named} .*\({word}\)"), running(Bot(settings), slack):
        pass
