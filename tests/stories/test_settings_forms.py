"""People's own settings and the network's, asked for by word and stored at the server's door."""

from datetime import timedelta

import pytest

from bot.deps import Deps
from bot.errors import InvalidDraft
from bot.services import networks
from bot.services.people import choices_of
from storage.models import Network
from storage.models import Person as Row
from tests.fakes import HOME_CHANNEL, FakeSlack, Person, SeenModal
from tests.stories.rounds import opens
from tests.stories.test_acknowledging import unavailable

KOORD = "U0KOORD001"
PAGE = "network.settings"


def test_the_form_has_the_fields_that_were_agreed(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "asetukset")
    form = aino.sees_modal(callback_id="people.settings")
    assert form.values == {
        "language": "slack", "reminders": "on", "absence_start": None, "absence_end": None, "area": None,
    }  # fmt: skip
    assert form.title == "Omat asetukset"


@pytest.mark.parametrize(
    ("command", "word"), [("/raportoi", "ASETUKSET "), ("/rapportera", "inställningar"), ("/raportoi", "settings")]
)
def test_the_word_is_known_in_three_languages(deps: Deps, aino: Person, command: str, word: str) -> None:
    aino.types(command, word)
    aino.sees_modal(callback_id="people.settings")


def test_a_sentence_that_begins_with_the_word_is_offered_as_an_observation(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "asetukset ovat vaikeat asiakkaille")
    assert "observations.open_form" in aino.sees_ephemeral().actions


def test_what_is_chosen_is_stored_and_shown_again(deps: Deps, aino: Person) -> None:
    first = deps.now().date() + timedelta(days=10)
    last = first + timedelta(days=16)
    aino.types("/raportoi", "asetukset")
    form = aino.sees_modal(callback_id="people.settings")
    form.fill(language="sv", reminders="off", absence_start=first, absence_end=last, area="853")
    assert form.submit().closed

    with deps.read() as session:
        row = session.get(Row, (deps.workspace, aino.id))
    assert row is not None
    assert (row.language, row.reminders, row.absence_start, row.absence_end, row.area) == (
        "sv",
        False,
        first,
        last,
        "853",
    )
    aino.types("/raportoi", "asetukset")
    again = aino.sees_modal("Mina inställningar", callback_id="people.settings")
    assert again.values["absence_end"] == last.isoformat()


def test_b63_the_own_language_beats_slacks_everywhere(slack: FakeSlack, deps: Deps, cecilia: Person) -> None:
    cecilia.types("/rapportera", "inställningar")
    cecilia.sees_modal(callback_id="people.settings").fill(language="en").submit()
    cecilia.types("/rapportera")
    assert cecilia.sees_modal(callback_id="observations.form").title == "File an observation"
    cecilia.types("/raportoi", "Det finns för få stödbostäder för unga i Pargas")
    cecilia.sees_dm(containing="is filed")
    opens(deps)
    assert "Have you lately noticed" in cecilia.dms[-1].words


def test_b36_an_end_before_the_start_is_refused_and_nothing_is_lost(deps: Deps, aino: Person) -> None:
    first = deps.now().date() + timedelta(days=10)
    aino.types("/raportoi", "asetukset")
    form = aino.sees_modal(callback_id="people.settings")
    outcome = form.fill(language="sv", absence_start=first, absence_end=first - timedelta(days=1)).submit()
    assert outcome.view is not None
    assert "Viimeinen päivä on ennen ensimmäistä" in outcome.view.words
    assert outcome.view.values["absence_start"] == first.isoformat()
    assert choices_of(deps, aino.id).language is None


def test_only_members_have_settings(slack: FakeSlack, deps: Deps) -> None:
    stranger = slack.person("U0VIERAS01", "x", joins=[])
    stranger.types("/raportoi", "asetukset")
    stranger.sees_modal("verkoston jäsenille")


def test_a_coordinator_changes_the_networks_settings(deps: Deps, bertta: Person, aino: Person) -> None:
    bertta.types("/kooste", "asetukset")
    form = bertta.sees_modal(callback_id=PAGE)
    assert form.values == {
        "channel": HOME_CHANNEL, "coordinators": [], "reminder_cadence": "monthly", "reminder_weekday": "3",
        "reminder_time": "13:00", "reminder_place": "private", "digest_weekday": "0", "digest_time": "08:00",
        "language": "fi", "second_language": "none", "min_group": "5",
        "new_blocks": "off",
    }  # fmt: skip
    form.fill(reminder_cadence="weekly", reminder_weekday="1", reminder_time="09:15", coordinators=[aino.id])
    outcome = form.submit()
    assert outcome.closed, outcome.view and outcome.view.words

    found = networks.settings(deps)
    assert (found.network.reminder_cadence, found.network.reminder_weekday, found.network.reminder_time) == (
        "weekly", 1, "09:15",
    )  # fmt: skip
    assert found.coordinators == (aino.id,)
    aino.types("/sammandrag", "inställningar")
    aino.sees_modal(callback_id=PAGE)


def test_nobody_else_gets_in_neither_by_word_nor_by_an_old_form(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    aino.types("/kooste", "asetukset")
    aino.sees_modal("vain verkoston koordinaattori")

    bertta.types("/kooste", "asetukset")
    form = bertta.sees_modal(callback_id=PAGE).fill(coordinators=[aino.id])

    def as_aino(payload: dict[str, object]) -> None:
        payload["user"] = {"id": aino.id, "team_id": slack.world.team_id}

    outcome = form.submit(change=as_aino)
    assert outcome.view is not None
    assert networks.settings(deps).coordinators == ()


def test_a_group_smaller_than_five_and_a_stranger_are_refused(slack: FakeSlack, deps: Deps, bertta: Person) -> None:
    stranger = slack.person("U0VIERAS01", "x", joins=[])
    bertta.types("/kooste", "asetukset")
    outcome = bertta.sees_modal(callback_id=PAGE).fill(min_group="4", coordinators=[stranger.id]).submit()
    assert outcome.view is not None
    assert "5–50" in outcome.view.words
    assert "vain verkoston jäsenen" in outcome.view.words
    assert networks.settings(deps).network.min_group == 5


def test_the_wording_is_guarded_previewed_and_then_used(deps: Deps, bertta: Person, aino: Person) -> None:
    bertta.opens_home()
    bertta.sees_home().press("network.open_wording")
    form = bertta.sees_modal(callback_id="network.wording_form")
    refused = form.fill(text_fi="Soita numeroon 040 123 4567, niin jutellaan").submit()
    assert list(refused.errors) == ["text_fi"]
    assert "matkapuhelinnumero" in refused.errors["text_fi"]

    shown = form.fill(text_fi="Hei <kaikki> & terveisiä. Mitä olet huomannut?").submit()
    assert shown.view is not None
    assert "Näin jäsenet näkevät viestin" in shown.view.words
    assert "Jos kirjasit jo ilman nimeä, kiitos." in shown.view.words  # stands under every wording
    assert networks.settings(deps).wordings == {}
    shown.view.submit()
    assert bertta.modal is None
    assert networks.settings(deps).wordings == {"fi": "Hei <kaikki> & terveisiä. Mitä olet huomannut?"}

    opens(deps)
    message = aino.sees_dm(containing="Mitä olet huomannut").words
    assert "Hei &lt;kaikki&gt; &amp; terveisiä" in message
    assert "Jos kirjasit jo ilman nimeä, kiitos." in message


def comes_back(deps: Deps, form: SeenModal) -> None:
    """Sent while the database is away, the form says so; sent again, it is stored."""
    with unavailable(deps):
        kept = form.submit().view
    assert kept is not None
    assert "Tekstisi on tallessa" in kept.words
    assert kept.submit().closed


def test_a_database_that_is_away_gives_settings_and_wording_back(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    bertta.types("/kooste", "asetukset")
    comes_back(deps, bertta.sees_modal(callback_id=PAGE).fill(min_group="7", coordinators=[aino.id]))
    bertta.opens_home()
    bertta.sees_home().press("network.open_wording")
    shown = bertta.sees_modal(callback_id="network.wording_form").fill(text_fi="Mitä olet huomannut?").submit().view
    assert shown is not None
    comes_back(deps, shown)
    assert networks.settings(deps).network.min_group == 7
    assert networks.settings(deps).coordinators == (aino.id,)
    assert networks.settings(deps).wordings == {"fi": "Mitä olet huomannut?"}


def test_a_database_that_is_away_gives_the_day_of_a_pause_back(deps: Deps, aino: Person) -> None:
    opens(deps)
    aino.sees_dm().press("reminders.pause")
    form = aino.sees_modal(callback_id="reminders.pause_form").fill(until=deps.now().date() + timedelta(days=10))
    comes_back(deps, form)
    with deps.read() as session:
        row = session.get(Row, (deps.workspace, aino.id))
    assert row is not None
    assert row.paused_until == deps.now().date() + timedelta(days=10)


def test_settings_that_were_left_alone_stay_as_another_coordinator_has_put_them(
    slack: FakeSlack, deps: Deps, bertta: Person, cecilia: Person
) -> None:
    bertta.types("/kooste", "asetukset")
    form = bertta.sees_modal(callback_id="network.settings").fill(min_group="7")
    another = networks.settings(deps).network.model_copy(update={"language": "sv", "reminder_cadence": "weekly"})
    networks.choose(deps, KOORD, another, [cecilia.id])
    wrong = form.fill(min_group="2").submit().view
    assert wrong is not None
    assert wrong.fill(min_group="7").submit().closed
    found = networks.settings(deps)
    assert (found.network.min_group, found.network.language, found.network.reminder_cadence) == (7, "sv", "weekly")
    assert found.coordinators == (cecilia.id,)


def test_an_emptied_wording_brings_the_shipped_one_back(deps: Deps, bertta: Person) -> None:
    networks.put_wording(deps, KOORD, {"fi": "Mitä olet huomannut?"})
    bertta.opens_home()
    bertta.sees_home().press("network.open_wording")
    form = bertta.sees_modal(callback_id="network.wording_form")
    assert form.values["text_fi"] == "Mitä olet huomannut?"
    shown = form.fill(text_fi=None).submit()
    assert shown.view is not None
    shown.view.submit()
    assert networks.settings(deps).wordings == {}


def test_other_words_after_kooste_get_a_sentence(deps: Deps, aino: Person) -> None:
    aino.types("/kooste", "mitä vain")
    aino.sees_ephemeral(containing="/kooste asetukset")


def test_the_networks_language_counts_where_none_is_known(slack: FakeSlack, deps: Deps, bertta: Person) -> None:
    networks.choose(deps, KOORD, Network(workspace=deps.workspace, language="sv"), ())
    unknown = slack.person("U0KIELI001", "Taro Kokeilija", locale="ja-JP")
    unknown.types("/raportoi")
    assert unknown.sees_modal(callback_id="observations.form").title == "Rapportera observation"


def test_a_channel_that_the_bot_or_who_chooses_it_is_not_in_is_refused(
    slack: FakeSlack, deps: Deps, bertta: Person
) -> None:
    slack.channel("C0ELSEWHERE", "muualla")
    network = networks.settings(deps).network
    for channel, why in (("C0ELSEWHERE", "You are not in that channel"), ("C0NOSUCH001", "I cannot see that channel")):
        with pytest.raises(InvalidDraft) as caught:
            networks.choose(deps, bertta.id, network.model_copy(update={"channel": channel}), [])
        assert why in caught.value.fields["channel"]
    slack.world.channels["C0ELSEWHERE"].members.append(bertta.id)
    networks.choose(deps, bertta.id, network.model_copy(update={"channel": "C0ELSEWHERE"}), [])
    assert networks.settings(deps).network.channel == "C0ELSEWHERE"
