"""Languages: posts in two where the network chooses so, and a person's own by the name of a command, which is kept."""

import pytest

from bot.deps import Deps
from bot.rules.phenomena import PhenomenonDraft
from bot.services import networks, permissions, phenomena
from bot.services.people import read_languages
from storage.models import Person as Row
from tests.fakes import HOME_CHANNEL, FakeSlack, Person
from tests.stories.rounds import opens
from tests.stories.rows import rows
from tests.stories.test_triage import KOORD, post_in_channel


@pytest.fixture
def both(deps: Deps, bertta: Person) -> None:
    """The network has chosen Swedish as the second language of its channel."""
    bertta.types("/kooste", "asetukset")
    assert bertta.sees_modal(callback_id="network.settings").fill(second_language="sv").submit().closed
    assert networks.settings(deps).network.second_language == "sv"


@pytest.mark.both_databases
@pytest.mark.usefixtures("both")
def test_a_phenomenon_stands_in_the_channel_in_both_languages_and_its_own_words_once(
    slack: FakeSlack, deps: Deps, bertta: Person, cecilia: Person
) -> None:
    made = phenomena.create(
        deps, KOORD, PhenomenonDraft("Tukiasuntojen puute", "Tukiasuntoja ei riitä nuorille.", "SHL11-02"), "n"
    )
    bertta.opens_home()
    bertta.sees_home("Tukiasuntojen puute").press("phenomena.publish")
    preview = bertta.sees_modal(callback_id="phenomena.publish")
    assert "Havainnoista" in preview.words
    assert "Samma här" not in preview.words
    preview.submit()
    post = post_in_channel(cecilia)
    assert post.words.count("Tukiasuntoja ei riitä nuorille.") == 1
    assert [block["elements"][0]["text"]["text"] for block in post.blocks if block["type"] == "actions"] == [
        "Sama täällä / Samma här"
    ]
    assert phenomena.review(deps, KOORD, made.number).shown.row.published_on


@pytest.mark.usefixtures("both")
def test_a_reminder_in_the_channel_is_in_both_and_a_private_message_in_ones_own(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person, cecilia: Person
) -> None:
    found = networks.settings(deps).network.model_copy(update={"reminder_place": "channel"})
    networks.choose(deps, permissions.Keeper(KOORD), found, ())
    opens(deps)
    said = aino.messages_in(HOME_CHANNEL)[-1].words
    assert "Oletko huomannut työssäsi" in said
    assert "Har du" in said
    cecilia.types("/raportoi", "Det finns för få stödbostäder för unga i Pargas")
    assert "kirjattu" not in cecilia.sees_dm("är sparad").words


@pytest.mark.both_databases
def test_the_language_of_a_command_is_kept_for_the_other_commands_and_the_next_start(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/rapportera", "hjälp")
    aino.sees_ephemeral("Berätta vad du har lagt märke till")
    slack.settles()
    assert [(row.user, row.language) for row in rows(deps, Row)] == [(aino.id, "sv")]
    read_languages(deps)  # as after a start
    aino.types("/raportoi", "omat")
    aino.sees_ephemeral("Du har ännu inte rapporterat")


def test_a_setting_is_not_changed_by_a_command(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "asetukset")
    assert aino.sees_modal(callback_id="people.settings").fill(language="fi").submit().closed
    aino.sees_ephemeral("Asetuksesi on tallennettu.")
    aino.types("/rapportera", "mina")
    aino.sees_ephemeral("Et ole vielä kirjannut")
    slack.settles()
    assert [row.language for row in rows(deps, Row)] == ["fi"]


def test_the_form_alone_keeps_no_language_since_it_may_be_sent_without_a_name(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/rapportera")
    form = aino.sees_modal(callback_id="observations.form")
    form.fill(kind="E", theme="X-90", text="Köerna till rådgivningen växer.", feedback="anonymous").submit()
    aino.sees_modal(callback_id="observations.code")
    slack.settles()
    assert rows(deps, Row) == []
    aino.types("/rapportera", "Köerna till skuldrådgivningen växer igen")
    note = aino.sees_dm("är sparad")
    assert f"p{note.ts.replace('.', '')}|" in aino.sees_ephemeral("Sparad: <https").words
    slack.settles()
    assert [row.language for row in rows(deps, Row)] == ["sv"]


def test_the_language_of_the_form_is_its_own_and_no_message_or_page_that_stays_tells_of_it(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/rapportera")
    form = aino.sees_modal("Rapportera observation", callback_id="observations.form")
    form.press("observations.wrong_channel")
    aino.sees_modal("Oro för ett barn", callback_id="observations.routing").close()
    form.fill(kind="E", theme="X-90", text="Köerna till rådgivningen växer.", feedback="anonymous").submit()
    aino.sees_modal("kvittokod", callback_id="observations.code").close()
    aino.opens_home()
    aino.sees_home("Kirjaa havainto")
    opens(deps)
    aino.sees_dm("Oletko huomannut työssäsi")
    aino.types("/raportoi")
    aino.sees_modal("Kirjaa havainto", callback_id="observations.form")


def test_a_form_that_is_opened_by_the_answer_to_a_command_goes_on_in_its_language(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/rapportera", "sök tar alldeles för lång tid i vår region")
    aino.sees_ephemeral("Öppna").press("observations.open_form")
    form = aino.sees_modal("Rapportera observation", callback_id="observations.form")
    assert form.values["text"] == "sök tar alldeles för lång tid i vår region"
    assert form.fill(kind="E", theme="X-90", feedback="named").submit().closed
    aino.sees_dm("är sparad")
    slack.settles()
    assert [row.language for row in rows(deps, Row)] == ["sv"]


def test_what_sounds_like_a_notice_is_filed_in_the_language_of_its_command(deps: Deps, aino: Person) -> None:
    aino.types("/rapportera", "Jag vill göra en barnskyddsanmälan")
    aino.sees_modal(callback_id="observations.routing").press("observations.file_anyway")
    aino.sees_modal(containing="Sparad:")
    aino.sees_dm("är sparad")
