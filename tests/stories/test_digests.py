"""`/kooste`: the coordinator sees the week so far, a member the network's own picture, a stranger nothing."""

import pytest

from bot.deps import Deps
from bot.rules.summaries import last_halves
from bot.services import networks
from bot.texts import Texts
from storage.models import Network, Phenomenon
from tests.digests import filed, observation
from tests.fakes import SECONDS, FakeSlack, Person

KOORD = "U0KOORD001"


def fill(deps: Deps) -> None:
    """In the last half-year: six people on housing in Turku, two of them in Salo too; one phenomenon is published."""
    then = f"{last_halves(deps.now().date())[0].last}T09:00"
    turku = [observation(deps, f"26-T{n:04}", then, "Salainen sana", author=f"U{n}") for n in range(6)]
    salo = [observation(deps, f"26-S{n:04}", then, author=f"U{n}", area="734", kind="M") for n in range(2)]
    filed(deps, *turku, *salo, observation(deps, "26-N0000", then, author=None, area="202", theme="X-90"))
    day = deps.now().date()
    with deps.write() as session:
        known = {"workspace": deps.workspace, "theme": "x", "text": "t", "started_on": day, "noted_on": day}
        told = {"status": "toteutunut", "receiver": "HYTE-työryhmä", "outcome": "Kaksi uutta <asuntoa> *varattiin*"}
        session.add(Phenomenon(key="f" * 32, number="I-AAAA", once="f", title="Asuntoja ei löydy", published_on=day,
                               **known, **told))  # fmt: skip
        session.add(Phenomenon(key="e" * 32, number="I-BBBB", once="e", title="Julkaisematon", **known))


def test_a_coordinator_sees_the_week_so_far(slack: FakeSlack, deps: Deps, bertta: Person, aino: Person) -> None:
    aino.types("/raportoi", "Asunnottomille nuorille ei löydy tukiasuntoja Turusta")
    aino.sees_dm(containing="on kirjattu")
    bertta.types("/kooste")
    note = bertta.sees_ephemeral(containing="Ei vielä lähetetty")
    assert "Yksi uusi havainto" in note.words
    assert "Asunnottomille nuorille" in note.words
    assert "Asunnottomille" not in note.text
    assert "observations.review" in note.actions
    assert any(block["block_id"].startswith("words.") for block in note.blocks)
    deps.slack.post(bertta.id, note.text, note.blocks)  # as the digest itself is
    bertta.sees_dm(containing="Ei vielä lähetetty").press("observations.review")
    assert bertta.sees_modal(callback_id="observations.review").fill(status="kasittelyssa").submit().closed
    bertta.sees_ephemeral(containing="Tallennettu.")


def test_a_hundred_long_ones_fit_in_one_note_that_tells_of_the_rest(
    slack: FakeSlack, deps: Deps, bertta: Person
) -> None:
    now = deps.now()
    filed(deps, *(observation(deps, f"26-{n:05}", now, "<&>" * 1000) for n in range(100)))
    bertta.types("/kooste")
    note = bertta.sees_ephemeral(containing="tulee koosteeseen")
    seen = [block for block in note.blocks if block["block_id"].startswith("words.")]
    assert f"Lisäksi {100 - len(seen)} havaintoa" in note.words


def test_a_member_sees_counts_without_small_groups_and_what_followed(deps: Deps, aino: Person, cecilia: Person) -> None:
    fill(deps)
    aino.types("/kooste")
    words = aino.sees_ephemeral(containing="Verkoston havainnot").words
    assert "Pienet ryhmät yhdistettyinä: 9" in words.split("*Alueen mukaan*")[1]
    assert "Turku" not in words
    assert "Pienet ryhmät yhdistettyinä: 9" in words.split("*Lajin mukaan*")[1].split("*Teeman")[0]
    for told in ("Asuntoja ei löydy", "Toteutunut: HYTE-työryhmä", "Mitä seurasi: Kaksi uutta &lt;asuntoa&gt;"):
        assert told in words
    assert "Julkaisematon" not in words
    assert "Salainen" not in words
    cecilia.types("/sammandrag")
    assert "Nätverkets observationer" in cecilia.sees_ephemeral(containing="Per område").words


def test_a_higher_floor_of_the_network_counts_and_too_few_people_are_no_numbers(deps: Deps, aino: Person) -> None:
    fill(deps)
    with deps.write() as session:
        session.add(Network(workspace=deps.workspace, min_group=8))
    aino.types("/kooste")
    assert "ettei lukuja näytetä" in aino.sees_ephemeral(containing="Verkoston havainnot").words


def test_a_floor_below_the_least_one_counts_for_nothing(deps: Deps, aino: Person) -> None:
    fill(deps)
    with deps.write() as session:
        session.add(Network(workspace=deps.workspace, min_group=2))
    aino.types("/kooste")
    assert "Salo: 2" not in aino.sees_ephemeral(containing="Pienet ryhmät yhdistettyinä: 9").words


def test_slacks_own_tables_are_shown_where_the_network_wants_them_and_slack_takes_them(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    fill(deps)
    bertta.types("/kooste", "asetukset")
    form = bertta.sees_modal(callback_id="network.settings")
    assert form.options("new_blocks") == ["off", "on"]
    assert form.fill(new_blocks="on").submit().closed
    aino.types("/kooste")
    shown = aino.sees_ephemeral(containing="Verkoston havainnot").blocks
    tables = [block["rows"] for block in shown if block["type"] == "data_table"]
    assert ["Pienet ryhmät yhdistettyinä", "9"] in [[cell["text"] for cell in row] for row in tables[0]]

    aino.types("/raportoi", "Asunnottomille nuorille ei löydy tukiasuntoja Turusta")
    aino.sees_dm(containing="tukiasuntoja")
    slack.fault("response_url", error="invalid_blocks", when=lambda args: "data_visualization" in str(args))
    bertta.types("/kooste")
    assert "█" in bertta.sees_ephemeral(containing="tähän mennessä").words
    is_remembered = lambda: networks.settings(deps).network.new_blocks == "refused"  # noqa: E731
    slack.world.wait_for(is_remembered, SECONDS, lambda: "the refusal is not remembered")
    bertta.types("/kooste", "asetukset")
    again = bertta.sees_modal(callback_id="network.settings")
    assert again.options("new_blocks") == ["off", "on", "refused"]
    assert again.values["new_blocks"] == "refused"


@pytest.mark.parametrize(("command", "word", "said"), [
    ("/kooste", "ohje", "kahdelta viime puolivuotiskaudelta"), ("/kooste", "Help", "kooste asetukset"),
    ("/sammandrag", "hjälp", "sammandrag inställningar"),
])  # fmt: skip
def test_help_tells_what_the_command_does(slack: FakeSlack, deps: Deps, command: str, word: str, said: str) -> None:
    person = slack.person("U0KIELI001", "Kielo Kielinen", missing=["locale"])
    person.types(command, word)
    assert said in person.sees_ephemeral(containing="`/").words


def test_a_stranger_is_refused(slack: FakeSlack, deps: Deps) -> None:
    fill(deps)
    stranger = slack.person("U0UTE00001", "Ulla Utanför", joins=[])
    stranger.types("/kooste")
    note = stranger.sees_ephemeral()
    assert "verkoston jäsenille" in note.words
    assert "Asuntoja" not in note.words


def test_a_network_that_has_just_begun_is_told_from_when_its_numbers_are_shown(deps: Deps, aino: Person) -> None:
    latest, _ = last_halves(deps.now().date())
    shown = Texts("fi").day(latest.first.replace(year=latest.first.year + 1))
    aino.types("/kooste")
    words = aino.sees_ephemeral(containing="Verkoston havainnot").words
    assert words.count("Havaintoja ei ole, tai raportoijia oli niin vähän") == 2
    assert f"vasta päätyttyään, {shown} alkaen" in words
