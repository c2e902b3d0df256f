"""A coordinator reads, answers, joins, publishes; members press; and nobody else gets in."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.blocks.parts import actions, button
from bot.deps import Deps
from bot.rules import phenomena as phenomenon_rules
from bot.rules.observations import Draft
from bot.rules.statuses import Step
from bot.services import networks, observations, phenomena
from bot.settings import Settings
from storage.models import Audit, Delivery, Move, Observation, Phenomenon, Same
from tests.fakes import HOME_CHANNEL, SECONDS, FakeSlack, Person, SeenMessage, SeenModal
from tests.stories.rows import stored
from tests.stories.test_acknowledging import standing_still, unavailable

KOORD, OTHER = "U0KOORD001", "U0KOORD002"
WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
ABOUT_IT = phenomenon_rules.PhenomenonDraft("Muu ilmiö", "Jonot ovat pidentyneet kaikkialla.", "X-90")
ABOUT = "Tukiasuntoja ei riitä nuorille, ja jonot ovat pidentyneet."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"raportoi_coordinators": (KOORD, OTHER)})


@pytest.fixture
def dag(slack: FakeSlack, deps: Deps) -> Person:
    return slack.person(OTHER, "Dag Samordnare", locale="sv-SE")


FOR_SUMMARY = ("kind", "proposal", "addressee", "actor", "deadline", "cost", "goal", "statistics")


def filed(deps: Deps, user: str, text: str = WORDS, *, named: bool = True, nonce: str = "") -> Observation:
    draft = Draft(text=text, kind="E", theme="SHL11-02", area="853", named=named)
    return observations.file_observation(deps, draft, user, nonce or f"{user}{text}").rows[0]


def one(deps: Deps, number: str) -> Observation:
    return next(row for row in stored(deps) if row.number == number)


def every(deps: Deps, table: type) -> list:
    with deps.read() as session:
        return list(session.exec(select(table)))


def deeds(deps: Deps) -> list[tuple[str, str, str]]:
    return sorted((row.who, row.what, row.subject) for row in every(deps, Audit))


def history(deps: Deps, key: str) -> list[Move]:
    return sorted((row for row in every(deps, Move) if row.subject == key), key=lambda row: row.step)


def opened(person: Person, number: str) -> SeenModal:
    person.opens_home()
    person.sees_home(number).press("observations.review", value=number)
    form = person.sees_modal(callback_id="observations.review")
    assert form.title == number
    return form


def as_user(slack: FakeSlack, person: Person):
    def change(payload: dict) -> None:
        payload["user"] = {"id": person.id, "team_id": slack.world.team_id}

    return change


def presses(slack: FakeSlack, person: Person, action: str, value: str) -> None:
    """The person sends a press that no button of theirs has offered."""
    person.opens_home()
    home = person.sees_home()
    payload = home._action_payload({"type": "button", "action_id": action, "block_id": "b", "value": value})
    slack.deliver("interactive", payload)
    slack.settles()


def test_from_the_queue_through_an_answer_to_a_status(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    row = filed(deps, aino.id)
    bertta.opens_home()
    home = bertta.sees_home("Jono")
    assert "Yksi avoin havainto." in home.words
    form = opened(bertta, row.number)
    assert WORDS in form.words
    assert f"<@{aino.id}>" in form.words
    assert form.options("status") == [
        "uusi", "kasittelyssa", "seurannassa", "viety", "jaettu", "yhdistetty", "ei_toimia", "ohjattu",
    ]  # fmt: skip
    assert one(deps, row.number).opened_on is not None

    asked = form.fill(reply="Kiitos. Kuinka monesta kunnasta on kyse?").submit()
    assert asked.closed
    after = one(deps, row.number)
    assert (after.status, after.version) == ("uusi", 1)
    (move,) = history(deps, row.key)
    assert (move.what, move.words, move.actor) == ("words", "Kiitos. Kuinka monesta kunnasta on kyse?", KOORD)

    form = opened(bertta, row.number)
    assert "kirjoitti raportoijalle" in form.words
    assert form.fill(status="kasittelyssa").submit().closed
    home = bertta.sees_home("Käsittelyssä")
    after = one(deps, row.number)
    assert (after.status, after.version) == ("kasittelyssa", 2)
    assert after.due_on == after.noted_on + timedelta(days=60)
    assert {one.recipient for one in every(deps, Delivery) if one.kind == "feedback"} == {aino.id}
    assert deeds(deps).count((KOORD, "observation.opened", row.number)) == 2
    moved = [what for _, what, subject in deeds(deps) if subject == row.number and "opened" not in what]
    assert sorted(moved) == ["observation.answered", "observation.moved:kasittelyssa"]


def test_what_a_step_needs_is_asked_for_at_its_field(deps: Deps, bertta: Person, aino: Person) -> None:
    row = filed(deps, aino.id)
    form = opened(bertta, row.number)
    assert form.fill(status="ohjattu").submit(force=True).errors == {
        "receiver": "Kirjoita, kenelle asia vietiin tai minne se ohjattiin."
    }
    assert form.fill(status="uusi", reason="Siksi").submit().errors == {"status": "Valitse tila, johon tämä liittyy."}
    assert form.fill(reason=None, reply="Soita 040 123 4567").submit().errors.keys() == {"reply"}
    outcome = form.fill(reply="Kirjoitin Aino Testiselle siitä").submit()
    assert outcome.view is not None
    assert outcome.view.values["reply"] == "Kirjoitin Aino Testiselle siitä"
    assert outcome.view.drawn["submit"]["text"] == "Tallenna silti"
    assert every(deps, Move) == []
    assert outcome.view.submit().closed
    assert [move.words for move in every(deps, Move)] == ["Kirjoitin Aino Testiselle siitä"]


def test_two_coordinators_at_once_lose_no_words(deps: Deps, bertta: Person, dag: Person, aino: Person) -> None:
    row = filed(deps, aino.id)
    first, second = opened(bertta, row.number), opened(dag, row.number)
    assert first.fill(status="kasittelyssa", reply="Otan tämän.").submit().closed
    outcome = second.fill(status="ohjattu", receiver="Kelan neuvonta", reply="Det här hör till FPA.").submit()
    assert outcome.view is not None
    assert "ändrat det här under tiden" in outcome.view.words
    assert f"<@{KOORD}> · Under behandling" in outcome.view.words
    assert outcome.view.values["reply"] == "Det här hör till FPA."
    assert outcome.view.values["receiver"] == "Kelan neuvonta"
    assert one(deps, row.number).status == "kasittelyssa"
    assert outcome.view.fill(status="viety").submit().closed
    assert one(deps, row.number).status == "viety"


def test_b02_the_same_view_sent_twice_is_one_step(slack: FakeSlack, deps: Deps, bertta: Person, aino: Person) -> None:
    row = filed(deps, aino.id)
    form = opened(bertta, row.number).fill(status="kasittelyssa", reply="Otan tämän.")
    payload = form.payload()
    assert form.submit().closed
    again = slack.deliver("interactive", payload)
    assert not again.ack_payload
    assert len(history(deps, row.key)) == 1
    assert one(deps, row.number).version == 1


def test_without_a_name_nothing_is_promised_to_anybody(deps: Deps, bertta: Person, aino: Person) -> None:
    row = filed(deps, aino.id, named=False)
    form = opened(bertta, row.number)
    assert "ilman nimeä" in form.words
    assert aino.id not in str(form.drawn)
    assert form.fill(status="kasittelyssa", reply="Kiitos.").submit().closed
    assert [one for one in every(deps, Delivery) if one.kind == "feedback"] == []
    assert [move.words for move in history(deps, row.key)] == ["Kiitos."]


def new_phenomenon(bertta: Person, number: str) -> None:
    form = opened(bertta, number)
    outcome = form.fill(phenomenon="new", reply="Tästä tuli monta havaintoa.").submit()
    assert outcome.view is not None
    assert outcome.view.callback_id == "phenomena.form"
    about = {name: value for name, value in outcome.view.values.items() if name not in FOR_SUMMARY}
    assert about == {
        "title": None, "text": None, "theme": "SHL11-02", "reason": None, "reply": "Tästä tuli monta havaintoa.",
    }  # fmt: skip
    assert outcome.view.fill(title="Tukiasuntojen puute", text=ABOUT).submit().closed


def post_in_channel(person: Person) -> SeenMessage:
    return person.sees_in(HOME_CHANNEL, containing="Tukiasuntojen puute")


@pytest.fixture
def joined(deps: Deps, bertta: Person, aino: Person, cecilia: Person) -> tuple[Phenomenon, Observation, Observation]:
    """A phenomenon that was made of Aino's observation; Cecilia's was joined to it."""
    row, other = filed(deps, aino.id), filed(deps, cecilia.id, "Ungdomar får ingen stödbostad i Pargas")
    new_phenomenon(bertta, row.number)
    (phenomenon,) = every(deps, Phenomenon)
    form = opened(bertta, other.number)
    assert form.fill(phenomenon=phenomenon.number).submit().closed
    return phenomenon, row, other


def published(bertta: Person, cecilia: Person) -> SeenMessage:
    bertta.opens_home()
    bertta.sees_home("Tukiasuntojen puute").press("phenomena.publish")
    assert bertta.sees_modal(callback_id="phenomena.publish").submit().closed
    return post_in_channel(cecilia)


def test_a_new_phenomenon_is_made_from_the_review_and_others_are_joined(
    deps: Deps, bertta: Person, joined: tuple[Phenomenon, Observation, Observation]
) -> None:
    phenomenon, row, other = joined
    assert {one(deps, it.number).phenomenon for it in (row, other)} == {phenomenon.key}
    assert [move.status for move in history(deps, row.key)] == ["kasittelyssa", "yhdistetty"]
    assert [move.words for move in history(deps, row.key)] == ["", "Tästä tuli monta havaintoa."]
    bertta.sees_home("2 havaintoa, yksi alue")


def test_it_is_published_once_in_the_coordinators_words_and_counts_presses(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person, cecilia: Person,
    joined: tuple[Phenomenon, Observation, Observation],
) -> None:  # fmt: skip
    bertta.opens_home()
    bertta.sees_home("Tukiasuntojen puute").press("phenomena.publish")
    preview = bertta.sees_modal(callback_id="phenomena.publish")
    assert ABOUT in preview.words
    assert WORDS not in preview.words
    payload = preview.payload()
    assert preview.submit().closed
    slack.deliver("interactive", payload)
    post = post_in_channel(cecilia)
    assert post.metadata["event_payload"]["kind"] == "phenomenon"
    assert WORDS not in post.words
    assert aino.id not in str(post.drawn)
    bertta.opens_home()
    assert "phenomena.publish" not in bertta.sees_home("Tukiasuntojen").actions

    post.press("phenomena.same")
    cecilia.sees_ephemeral(containing="medräknad")
    post.press("phenomena.same")
    cecilia.sees_ephemeral(containing="redan med")
    post_in_channel(aino).press("phenomena.same")
    aino.sees_ephemeral(containing="laskettu mukaan")
    post.waits_for("Muutama ihminen on huomannut tämän.")
    assert len(every(deps, Same)) == 2
    assert not {cecilia.id, aino.id} & {same.who for same in every(deps, Same)}
    posts = [call for call in slack.calls_to("chat.postMessage") if "Tukiasuntojen puute" in str(call)]
    assert len(posts) == 1


def test_what_the_channel_refused_can_be_published_again(
    slack: FakeSlack, deps: Deps, bertta: Person, cecilia: Person, joined: tuple[Phenomenon, Observation, Observation]
) -> None:
    slack.fault("chat.postMessage", error="not_in_channel", when=lambda args: args["channel"] == HOME_CHANNEL)

    def is_taken_back_or_sent() -> bool:
        sent = [row.kind for row in every(deps, Delivery) if row.state == "sent"]
        return every(deps, Phenomenon)[0].published_on is None or "phenomenon" in sent

    for _ in range(2):
        bertta.opens_home()
        slack.settles()
        bertta.sees_home("Tukiasuntojen puute").press("phenomena.publish")
        assert bertta.sees_modal(callback_id="phenomena.publish").submit().closed
        slack.world.wait_for(is_taken_back_or_sent, SECONDS, lambda: "the channel's answer")
    assert ABOUT in post_in_channel(cecilia).words
    assert [(row.state, row.error) for row in every(deps, Delivery) if row.kind == "phenomenon"] == [("sent", None)]


def test_its_change_flows_to_all_and_the_closed_post_tells_what_followed(
    deps: Deps, bertta: Person, aino: Person, cecilia: Person, joined: tuple[Phenomenon, Observation, Observation]
) -> None:
    phenomenon, _, other = joined
    post = published(bertta, cecilia)
    old = post._action_payload({"type": "button", "action_id": "phenomena.same", "block_id": "b",
                                "value": phenomenon.number})  # fmt: skip
    bertta.opens_home()
    bertta.sees_home("Tukiasuntojen puute").press("phenomena.review")
    form = bertta.sees_modal(callback_id="phenomena.review")
    form.fill(status="viety", receiver="HYTE-työryhmä", reply="Vein tämän.", title="Tukiasuntojen puute Turussa")
    assert form.submit().closed
    last = history(deps, other.key)[-1]
    assert (last.status, last.words, last.phenomenon) == ("viety", "Vein tämän.", phenomenon.key)
    assert one(deps, other.number).status == "yhdistetty"
    post.waits_for("Turussa")
    assert {row.recipient for row in every(deps, Delivery) if row.kind == "feedback"} == {aino.id, cecilia.id}

    bertta.sees_home("Viety eteenpäin").press("phenomena.review")
    form = bertta.sees_modal(callback_id="phenomena.review")
    assert form.fill(status="toteutunut", reply="Kymmenen uutta asuntoa.").submit().closed
    post.waits_for("Kymmenen uutta asuntoa.")
    assert post.actions == []
    post._slack.deliver("interactive", old)
    cecilia.sees_ephemeral(containing="redan avslutad: har lett till åtgärd")
    assert every(deps, Same) == []


def test_the_trail_tells_who_did_what_without_the_texts(
    deps: Deps, bertta: Person, joined: tuple[Phenomenon, Observation, Observation]
) -> None:
    phenomenon, row, _ = joined
    bertta.opens_home()
    bertta.sees_home().press("audits.open")
    trail = bertta.sees_modal(callback_id="audits.page")
    assert f"<@{KOORD}> · loi ilmiön {phenomenon.number}" in trail.words
    assert f"<@{KOORD}> · avasi havainnon {row.number}" in trail.words
    assert "Tukiasuntojen" not in trail.words


def test_older_deeds_are_a_button_away(deps: Deps, bertta: Person, aino: Person) -> None:
    row = filed(deps, aino.id)
    for _ in range(41):
        observations.open_review(deps, KOORD, row.number)
    bertta.opens_home()
    bertta.sees_home().press("audits.open")
    trail = bertta.sees_modal(callback_id="audits.page")
    assert trail.words.count("avasi havainnon") == 40
    older = trail.submit()
    assert older.view is not None
    assert older.view.words.count("avasi havainnon") == 1


def test_a_ready_made_answer_is_worded_by_coordinators(deps: Deps, bertta: Person) -> None:
    bertta.opens_home()
    bertta.sees_home().press("network.open_replies")
    chosen = bertta.sees_modal(callback_id="network.replies").fill(status="viety").submit()
    assert chosen.view is not None
    assert "Viety eteenpäin" in chosen.view.words
    refused = chosen.view.fill(text_fi="Soita 040 123 4567").submit()
    assert list(refused.errors) == ["text_fi"]
    shown = chosen.view.fill(text_fi="Kiitos. Asia on viety eteenpäin.").submit()
    assert shown.view is not None
    shown.view.submit()
    assert networks.wordings(deps, KOORD, "reply:viety") == {"fi": "Kiitos. Asia on viety eteenpäin."}
    assert networks.settings(deps).wordings == {}


def test_the_desk_speaks_swedish(deps: Deps, dag: Person, aino: Person) -> None:
    row = filed(deps, aino.id)
    dag.opens_home()
    home = dag.sees_home("Observationskö")
    for words in ("En observation är öppen.", "Fenomen", "Svarsmallar", "Vem gjorde vad", "Mottagen"):
        assert words in home.words
    form = opened(dag, row.number)
    assert "Meddelande till rapportören" in form.words
    assert form.fill(status="ohjattu").submit(force=True).errors.keys() == {"receiver"}


def test_b01_a_slow_database_delays_the_modals_answer_and_loses_nothing(
    deps: Deps, bertta: Person, aino: Person
) -> None:
    row = filed(deps, aino.id)
    form = opened(bertta, row.number).fill(status="kasittelyssa", reply="Otan tämän.")
    with standing_still(deps):
        assert not form.submit().closed
    bertta.sees_modal("Tallennettu.")
    assert [move.words for move in history(deps, row.key)] == ["Otan tämän."]
    bertta.modal.close()
    other = opened(bertta, row.number).fill(phenomenon="new", reply="Samasta on monta havaintoa.")
    with standing_still(deps):
        other.submit()
    made = bertta.sees_modal(callback_id="phenomena.form")
    assert made.values["reply"] == "Samasta on monta havaintoa."


def test_a_database_that_is_away_gives_the_words_back(deps: Deps, bertta: Person, aino: Person) -> None:
    row = filed(deps, aino.id)
    made = phenomena.create(deps, KOORD, ABOUT_IT, "nonce")
    form = opened(bertta, row.number).fill(phenomenon="new").submit().view
    assert form is not None
    form.fill(title="Otsikko jää talteen", text=ABOUT)
    with unavailable(deps):
        back = form.submit().view
    assert back is not None
    assert "Tekstisi on tallessa" in back.words
    assert back.field("title")["element"]["initial_value"] == "Otsikko jää talteen"
    assert [it.number for it in every(deps, Phenomenon)] == [made.number]
    assert back.submit().closed
    assert {it.title for it in every(deps, Phenomenon)} == {made.title, "Otsikko jää talteen"}


def test_members_cannot_forge_their_way_in(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person, cecilia: Person
) -> None:
    row = filed(deps, cecilia.id)
    new_phenomenon(bertta, row.number)
    (phenomenon,) = every(deps, Phenomenon)
    before = deeds(deps)
    for action in ("observations.review", "phenomena.review", "phenomena.publish"):
        presses(slack, aino, action, row.number if action.startswith("obs") else phenomenon.number)
        assert "vain verkoston koordinaattori" in aino.modal.words
        assert WORDS not in aino.modal.words
        assert ABOUT not in aino.modal.words
        aino.modal.close()
    for action in ("phenomena.open_form", "audits.open", "network.open_replies"):
        presses(slack, aino, action, "new")
        assert "vain verkoston koordinaattori" in aino.modal.words
        aino.modal.close()
    for action in ("observations.queue_next", "observations.queue_all", "phenomena.next"):
        presses(slack, aino, action, "[]")
    assert "vain verkoston koordinaattori" in aino.sees_dm(containing="vain verkoston koordinaattori").words
    assert WORDS not in aino.sees_home().words

    waiting = filed(deps, cecilia.id, "Jonot ovat pidentyneet tänä syksynä")
    form = opened(bertta, waiting.number).fill(reply="Kiitos.")
    outcome = form.submit(change=as_user(slack, aino))
    assert outcome.view is not None
    assert "vain verkoston koordinaattori" in outcome.view.words
    assert "pidentyneet" not in outcome.view.words
    assert history(deps, waiting.key) == []
    assert [deed for deed in deeds(deps) if deed not in before] == [(KOORD, "observation.opened", waiting.number)]


def test_b53_old_buttons_are_answered_kindly(slack: FakeSlack, deps: Deps, bertta: Person, aino: Person) -> None:
    presses(slack, aino, "phenomena.same", "I-ZZZZ")
    aino.sees_dm(containing="Ilmiötä ei enää löydy")
    row = filed(deps, aino.id)
    observations.move_on(deps, KOORD, row.number, 0, Step(status="kasittelyssa"))
    observations.withdraw(deps, aino.id, row.number)
    presses(slack, bertta, "observations.review", row.number)
    shown = bertta.sees_modal(row.number)
    assert "Tekstiä ei ole enää tallessa." in shown.words
    assert "submit" not in shown.drawn


def test_the_queue_is_whispered_narrowed_and_turned_in_its_place(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    for number in range(9):
        filed(deps, aino.id, f"Jonot ovat pidentyneet paikassa {number} tänä syksynä")
    filed(deps, aino.id, "Velkaneuvontaan pääsee vasta ensi vuonna")
    deps.slack.post(bertta.id, "Kooste", [actions(button("observations.queue", "Jono", "open"))])
    bertta.sees_dm(containing="Kooste").press("observations.queue")
    queue = bertta.sees_ephemeral(containing="Sivu 1/2")
    queue.press("observations.queue_next")
    queue.waits_for("Sivu 2/2")
    queue.press("observations.queue_words")
    form = bertta.sees_modal(callback_id="observations.queue_search")
    queue.choose("observations.queue_kind", "M")
    queue.waits_for("Valinnoillasi ei löytynyt havaintoja.")
    assert form.fill(words="velkaneuvontaan").submit().closed
    queue.waits_for("Valinnoillasi löytyi yksi havainto.")
    queue.press("observations.review")
    assert bertta.sees_modal(callback_id="observations.review").fill(status="kasittelyssa").submit().closed
    queue.waits_for("Käsittelyssä")
    assert len(bertta.notes) == 1
    assert bertta.sees_dm(containing="Kooste").actions == ["observations.queue"]


def test_the_guard_reads_the_words_that_the_queue_is_searched_by(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    filed(deps, aino.id)
    bertta.opens_home()
    bertta.sees_home("Jono").press("observations.queue_words")
    form = bertta.sees_modal(callback_id="observations.queue_search")
    outcome = form.fill(words="asunto 130279-901E").submit()
    assert "henkilötunnus" in outcome.errors["words"]
    slack.settles()
    assert not [text for text in slack.outgoing_strings() if "130279" in text]
