"""App Home: everybody sees their own, coordinators the round's numbers too, and its buttons do what they say."""

import pytest

from bot.deps import Deps
from bot.services import networks, reminders
from storage.models import Delivery
from tests.fakes import HOME_CHANNEL, FakeSlack, Person
from tests.stories.rounds import FIRST, answered, opens, waiting

KOORD = "U0KOORD001"
WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"


def test_a_member_sees_settings_the_next_reminder_and_own_observations(deps: Deps, aino: Person) -> None:
    reminders.open_due_round(deps)
    aino.types("/raportoi", WORDS)
    aino.sees_dm(containing="on kirjattu")
    aino.opens_home()
    home = aino.sees_home("Omat asetukset")
    assert "Seuraava muistutusviesti tulee" in home.words
    assert "Kieli: sama kuin Slackissa" in home.words
    assert "tukiasuntoja Turusta" in home.words
    assert "Vastasit jo, kiitos." in home.words
    own = ["observations.edit", "observations.open_own", "observations.withdraw"]
    cards = ["practice.new", "practice.list"]
    assert home.actions == [
        "observations.open_form",
        "observations.for_others",
        "search.open",
        "digests.open",
        "observations.help",
        *own,
        *cards,
        "people.open_settings",
        "own_data.open",
    ]


def test_what_is_withdrawn_there_is_said_there(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", WORDS)
    aino.sees_dm(containing="on kirjattu")
    aino.types("/raportoi", "peru")
    aino.sees_ephemeral("Viimeisimmät havaintosi")
    aino.opens_home()
    aino.sees_home("tukiasuntoja Turusta").press("observations.withdraw")
    assert "tukiasuntoja Turusta" not in aino.sees_home("on peruttu. Sen tekstiä ei ole enää tallessa.").words


def test_that_there_is_nothing_to_tell_can_be_said_there(deps: Deps, aino: Person) -> None:
    reminders.open_due_round(deps)
    aino.opens_home()
    home = aino.sees_home("ellet vastaa sitä ennen. En saa tietää, jos kirjaat ilman nimeä")
    home.press("reminders.nothing_at_home")
    home = aino.sees_home("Kiitos vastauksestasi")
    assert "Vastasit jo, kiitos. Seuraava muistutusviesti tulee aikaisintaan" in home.words
    assert "reminders.nothing_at_home" not in home.actions
    assert answered(deps) == [aino.id]
    assert not aino.dms


def test_its_buttons_open_the_form_and_the_settings(deps: Deps, aino: Person) -> None:
    aino.opens_home()
    aino.sees_home().press("observations.open_form")
    aino.sees_modal(callback_id="observations.form").close()
    aino.sees_home().press("people.open_settings")
    aino.sees_modal(callback_id="people.settings")


def test_changed_settings_are_seen_in_home_at_once(deps: Deps, aino: Person, bertta: Person) -> None:
    aino.opens_home()
    home = aino.sees_home()
    home.press("people.open_settings")
    assert aino.sees_modal(callback_id="people.settings").fill(language="sv").submit().closed
    home.waits_for_redraw()
    assert "Språk: Svenska" in aino.sees_home("Mina inställningar").words
    bertta.opens_home()
    page = bertta.sees_home("Seuraava kierros")
    bertta.types("/kooste", "asetukset")
    assert bertta.sees_modal(callback_id="network.settings").fill(reminder_cadence="off").submit().closed
    page.waits_for_redraw()
    assert "Seuraava kierros" not in bertta.sees_home().words


def test_what_is_withdrawn_leaves_the_coordinators_homes_too(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    aino.types("/raportoi", WORDS)
    receipt = aino.sees_dm(containing="on kirjattu")
    bertta.opens_home()
    home = bertta.sees_home("tukiasuntoja Turusta")
    receipt.press("observations.undo")
    home.waits_for_redraw()
    slack.settles()
    assert "tukiasuntoja" not in bertta.sees_home().words


@pytest.mark.parametrize("leaves", [False, True])
def test_who_is_no_coordinator_any_more_or_leaves_keeps_no_home_with_the_queue(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person, cecilia: Person, *, leaves: bool
) -> None:
    aino.types("/raportoi", WORDS)
    aino.sees_dm(containing="on kirjattu")
    networks.choose(deps, KOORD, networks.settings(deps).network, [cecilia.id])
    cecilia.opens_home()
    home = cecilia.sees_home("tukiasuntoja Turusta")
    if leaves:
        slack.world.channels[HOME_CHANNEL].members.remove(cecilia.id)
        slack.send_event({"type": "member_left_channel", "user": cecilia.id, "channel": HOME_CHANNEL})
    else:
        bertta.types("/kooste", "asetukset")
        assert bertta.sees_modal(callback_id="network.settings").fill(coordinators=[]).submit().closed
    home.waits_for_redraw()
    assert "tukiasuntoja" not in cecilia.sees_home().words


def test_who_is_no_member_is_told_so(slack: FakeSlack, deps: Deps) -> None:
    stranger = slack.person("U0VIERAS01", "x", joins=[])
    stranger.opens_home()
    assert stranger.sees_home("verkoston jäsenille").actions == []


def test_a_coordinator_sees_before_a_round_how_many_how_long_and_until_when(
    deps: Deps, bertta: Person, aino: Person
) -> None:
    reminders.open_due_round(deps)
    bertta.opens_home()
    home = bertta.sees_home("Koordinaattorille")
    assert "Seuraava kierros:" in home.words
    assert "Viestin saa" in home.words
    assert "Lähettäminen kestää alle minuutin" in home.words
    assert "Aino" not in home.words
    assert aino.id not in str(home.drawn)


def test_a_running_round_is_stopped_from_there(deps: Deps, bertta: Person, aino: Person) -> None:
    opens(deps, sends=False)
    assert waiting(deps)
    bertta.opens_home()
    home = bertta.sees_home("jonossa")
    home.press("reminders.stop_round")
    bertta.sees_home("Kierros keskeytettiin")
    assert waiting(deps) == []
    assert "reminders.stop_round" not in bertta.sees_home().actions


def test_who_is_no_coordinator_cannot_stop_or_nudge(slack: FakeSlack, deps: Deps, bertta: Person, aino: Person) -> None:
    opens(deps, sends=False)
    before = len(waiting(deps))
    bertta.opens_home()
    button = bertta.sees_home("jonossa")
    for name in ("reminders.stop_round", "reminders.nudge"):
        payload = button._action_payload({"type": "button", "action_id": name, "block_id": "b", "value": "x"})
        payload["user"] = {"id": aino.id, "team_id": slack.world.team_id}
        slack.deliver("interactive", payload)
        slack.settles()
    assert len(waiting(deps)) == before
    assert "vain verkoston koordinaattori" in aino.sees_dm(containing="vain verkoston koordinaattori").words


def test_b14_what_did_not_get_through_is_told_with_its_reason_in_words(
    deps: Deps, bertta: Person, aino: Person
) -> None:
    failed = {"kind": "report_reminder", "workspace": deps.workspace, "state": "failed", "not_before": FIRST}
    with deps.write() as session:
        for place, why in enumerate(("messages_tab_disabled", "cannot_dm_bot", "is_archived", "ekm_access_denied")):
            one = {"key": f"{place:032}", "occurrence": "2026-12-03", "recipient": f"{aino.id}{place}", "error": why}
            session.add(Delivery(**failed, **one, expires_at=FIRST))
    bertta.opens_home()
    home = bertta.sees_home("lähetys ei onnistunut")
    assert "2 viestin lähetys ei onnistunut: vastaanottaja ei voi saada botin viestejä." in home.words
    assert "1 viestin lähetys ei onnistunut: kanava on arkistoitu" in home.words
    assert "(ekm_access_denied)" in home.words
    assert aino.id not in str(home.drawn)
