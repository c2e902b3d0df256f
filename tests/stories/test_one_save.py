"""One save takes an observation as far as its coordinator wants; the form asks for what the chosen status needs."""

from datetime import timedelta

import pytest

from bot.deps import Deps
from bot.rules.statuses import Step
from bot.services import observations
from storage.models import Delivery, Move, Phenomenon
from tests.fakes import FakeSlack, Person, SeenModal
from tests.stories.moves import goes_out, told
from tests.stories.test_triage import ABOUT, KOORD, deeds, every, filed, history, one, opened

NEEDED = {"reason", "receiver", "review_date"}


def asked(form: SeenModal) -> set[str]:
    return {block["block_id"] for block in form.blocks} & NEEDED


@pytest.mark.both_databases
def test_from_received_to_taken_forward_in_one_save(deps: Deps, bertta: Person, aino: Person) -> None:
    row = filed(deps, aino.id)
    form = opened(bertta, row.number)
    assert form.fill(status="viety", receiver="Kaupungin asuntotoimi", reply="Vein tämän.").submit().closed
    after = one(deps, row.number)
    assert (after.status, after.version) == ("viety", 1)
    assert after.due_on == after.noted_on + timedelta(days=60)
    assert [(move.status, move.receiver, move.words) for move in history(deps, row.key)] == [
        ("kasittelyssa", "", ""), ("viety", "Kaupungin asuntotoimi", "Vein tämän."),
    ]  # fmt: skip
    assert deeds(deps).count((bertta.id, "observation.moved:viety", row.number)) == 1
    assert {one.recipient for one in every(deps, Delivery) if one.kind == "feedback"} == {aino.id}


def test_the_form_shows_the_fields_of_the_chosen_status_and_keeps_what_was_typed(
    deps: Deps, bertta: Person, aino: Person
) -> None:
    row = filed(deps, aino.id)
    form = opened(bertta, row.number)
    assert asked(form) == NEEDED  # each says for which status it is
    form.fill(reply="Kiitos tästä.", status="viety")
    assert asked(form) == {"receiver"}
    assert not form.field("receiver")["optional"]  # Slack's "(optional)" would contradict the hint
    form.fill(receiver="Asuntotoimi", status="seurannassa")
    assert asked(form) == {"review_date", "receiver"}
    form.fill(receiver=None, status="kasittelyssa")
    assert asked(form) == set()
    assert form.values["reply"] == "Kiitos tästä."
    form.fill(status="ei_toimia")
    assert form.submit(force=True).errors.keys() == {"reason"}
    assert form.fill(reason="Kuuluu toiselle alueelle").submit().closed
    assert [move.status for move in history(deps, row.key)] == ["kasittelyssa", "ei_toimia"]

    form = opened_closed(bertta, row.number)
    form.fill(status="viety")
    assert asked(form) == {"reason", "receiver"}
    assert form.fill(reason="Tuli uutta tietoa", receiver="Asuntotoimi").submit().closed
    assert one(deps, row.number).status == "viety"


def opened_closed(bertta: Person, number: str) -> SeenModal:
    bertta.opens_home()
    bertta.sees_home().choose("observations.queue_status", "closed")
    bertta.sees_home(number).press("observations.review", value=number)
    return bertta.sees_modal(callback_id="observations.review")


def test_where_the_form_was_not_drawn_anew_saving_asks_for_what_is_missing(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    row = filed(deps, aino.id)
    form = opened(bertta, row.number)
    form.fill(status="viety")

    def without_the_field(payload: dict) -> None:
        payload["view"]["blocks"] = [one for one in payload["view"]["blocks"] if one["block_id"] != "receiver"]
        del payload["view"]["state"]["values"]["receiver"]

    again = form.submit(change=without_the_field, force=True).view
    assert again is not None
    assert "Kirjoita, kenelle asia vietiin" in again.words
    assert again.values["status"] == "viety"
    assert again.fill(receiver="Asuntotoimi").submit().closed
    assert one(deps, row.number).status == "viety"


@pytest.mark.both_databases
def test_a_status_with_a_phenomenon_is_the_phenomenons_and_goes_to_all_in_the_same_save(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person, cecilia: Person
) -> None:
    first, other = filed(deps, aino.id), filed(deps, cecilia.id, "Ungdomar får ingen stödbostad i Pargas")
    new = (
        opened(bertta, first.number)
        .fill(phenomenon="new", status="seurannassa", review_date="2090-01-05")
        .submit()
        .view
    )
    assert new is not None
    assert "Ilmiön tilaksi tulee: seurannassa." in new.words
    assert new.values["review_date"] == "2090-01-05"
    assert new.fill(title="Tukiasuntojen puute", text=ABOUT).submit().closed
    (phenomenon,) = every(deps, Phenomenon)
    assert (phenomenon.status, str(phenomenon.review_on), phenomenon.version) == ("seurannassa", "2090-01-05", 1)
    assert [move.status for move in history(deps, first.key)] == ["kasittelyssa", "yhdistetty", "seurannassa"]

    form = opened(bertta, other.number)
    form.fill(phenomenon=phenomenon.number, status="ei_toimia", reason="Kaksi saatiin", reply="Tack, detta hör ihop.")
    payload = form.payload()
    assert form.submit().closed
    assert not slack.deliver("interactive", payload).ack_payload  # it closes the same way, and is done once
    (phenomenon,) = every(deps, Phenomenon)
    assert (phenomenon.status, phenomenon.outcome) == ("ei_toimia", "Kaksi saatiin")
    assert one(deps, other.number).status == "yhdistetty"
    assert [(move.status, move.words) for move in history(deps, other.key)] == [
        ("kasittelyssa", ""), ("yhdistetty", "Tack, detta hör ihop."), ("ei_toimia", ""),
    ]  # fmt: skip
    assert [(move.status, move.words) for move in history(deps, first.key)][3:] == [("ei_toimia", "")]


def test_a_status_that_cannot_follow_the_phenomenons_is_told_at_its_field_and_nothing_is_joined(
    deps: Deps, bertta: Person, aino: Person
) -> None:
    row, other = filed(deps, aino.id), filed(deps, aino.id, "Jonot ovat pidentyneet", nonce="2")
    new = opened(bertta, row.number).fill(phenomenon="new", status="viety", receiver="Asuntotoimi").submit().view
    assert new is not None
    assert new.fill(title="Tukiasuntojen puute", text=ABOUT).submit().closed
    (phenomenon,) = every(deps, Phenomenon)
    form = opened(bertta, other.number).fill(phenomenon=phenomenon.number, status="jaettu")
    assert form.submit().errors.keys() == {"status"}
    assert (one(deps, other.number).status, history(deps, other.key)) == ("uusi", [])


@pytest.mark.both_databases
def test_one_answer_goes_to_all_that_are_ticked_to_each_reporter_once_and_to_no_other(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person, cecilia: Person
) -> None:
    first, second = filed(deps, aino.id), filed(deps, aino.id, "Asuntojono on vain pidentynyt Turussa")
    other, unnamed = filed(deps, cecilia.id, "Bostadskön är lång i Åbo"), filed(deps, "U0DAG00001", named=False)
    left = filed(deps, cecilia.id, "Tolkar saknas på vardagar")
    form = several(bertta)
    assert set(form.options("others")) == {row.number for row in (first, second, other, unnamed, left)}
    assert form.submit(force=True).errors == {"others": "Valitse vähintään yksi havainto."}
    form.fill(others=[first.number, second.number, other.number])
    assert "Viestin saa 2 raportoijaa." in form.words  # Aino's two are told in one message
    form.fill(others=[first.number, second.number, other.number, unnamed.number])
    assert "Viestin saa 2 raportoijaa. Yksi on kirjattu ilman nimeä" in form.words
    form.fill(status="viety", receiver="Asuntotoimi", reply="Vein tämän asuntotoimelle.")
    assert "Yksi on kirjattu ilman nimeä" in form.words
    observations.move_on(deps, KOORD, other.number, 0, Step("kasittelyssa"))
    form = form.submit().view or form
    assert "Joku muu on muuttanut tätä sillä välin." in form.words
    assert [one(deps, row.number).status for row in (first, second, unnamed)] == ["uusi"] * 3  # all or none
    assert form.submit().closed
    bertta.sees_home("4 havaintoa tallennettu.")
    assert [one(deps, row.number).status for row in (first, second, other, unnamed)] == ["viety"] * 4
    assert one(deps, left.number).status == "uusi"
    steps, again = len(every(deps, Move)), [(second.number, 0), (other.number, 1), (unnamed.number, 0)]
    step = Step("viety", receiver="Asuntotoimi", reply="Vein tämän asuntotoimelle.")
    observations.move_on(deps, bertta.id, first.number, 0, step, again)  # the form came twice
    assert len(every(deps, Move)) == steps
    goes_out(deps, max(row.not_before for row in told(deps)))
    assert sorted(row.recipient for row in told(deps)) == sorted([aino.id, cecilia.id])
    his, hers = aino.sees_dm("Vein tämän asuntotoimelle."), cecilia.sees_dm("Vein tämän asuntotoimelle.")
    assert all(row.number in his.words for row in (first, second))
    assert not any(row.number in his.words for row in (other, unnamed, left))
    assert other.number in hers.words
    assert not any(row.number in hers.words for row in (first, second, unnamed, left))
    assert [move.words for move in history(deps, unnamed.key)][-1] == "Vein tämän asuntotoimelle."


def several(person: Person) -> SeenModal:
    person.opens_home()
    person.sees_home().press("observations.several")
    return person.sees_modal(callback_id="observations.several")


def test_several_are_joined_to_a_new_phenomenon_at_once_and_all_its_reporters_answered_from_there(
    deps: Deps, bertta: Person, aino: Person, cecilia: Person
) -> None:
    first, second, closed = (
        filed(deps, aino.id),
        filed(deps, cecilia.id, "Bostadskön är lång"),
        filed(deps, "U0DAG00001"),
    )
    observations.move_on(deps, KOORD, closed.number, 0, Step("ohjattu", receiver="Kela"))
    version = one(deps, closed.number).version
    form = several(bertta)
    assert closed.number not in form.options("others")  # it is answered by itself, with a reason
    form.fill(others=[first.number, second.number], status="kasittelyssa", phenomenon="new")
    new = form.submit().view
    assert new is not None
    assert "Tähän ilmiöön yhdistetään 2 havaintoa" in new.words
    assert new.fill(title="Asuntojonot", text="Jonot ovat pidentyneet.").submit().closed
    (made,) = every(deps, Phenomenon)
    assert [one(deps, row.number).phenomenon for row in (first, second)] == [made.key] * 2

    bertta.sees_home("Tallennettu.").press("observations.queue_joined")
    home = bertta.sees_home(f"Näkyvissä ovat ilmiön {made.number} havainnot.")
    assert "Vastaa ilmiön kaikille raportoijille…" in home.words
    home.press("observations.review", value=first.number)
    bertta.sees_modal(callback_id="observations.review").press("phenomena.review")
    desk = bertta.sees_modal(callback_id="phenomena.review")
    assert "Viestin saa 2 raportoijaa." in desk.words
    assert desk.fill(reply="Vien tämän kokoukseen.").submit().closed
    assert {row.recipient for row in told(deps)} >= {aino.id, cecilia.id}
    for row in (first, second):
        assert [move.words for move in history(deps, row.key)][-1] == "Vien tämän kokoukseen."
    assert version == one(deps, closed.number).version


def test_from_one_that_is_read_those_like_it_are_answered_along_with_what_was_typed(
    deps: Deps, bertta: Person, aino: Person, cecilia: Person
) -> None:
    row, alike = filed(deps, aino.id), filed(deps, cecilia.id, "Asunnottomille nuorille ei riitä tukiasuntoja Turussa")
    other = filed(deps, "U0DAG00001", "Tulkkia ei saa arkisin")
    review = opened(bertta, row.number)
    review.fill(reply="Vein tämän asuntotoimelle.").press("observations.several")
    form = bertta.sees_modal(callback_id="observations.several")
    assert form.options("others")[:2] == [row.number, alike.number]
    assert form.options("others")[2:] == [other.number]
    assert form.values["others"] == [row.number]
    assert form.values["reply"] == "Vein tämän asuntotoimelle."
    form.fill(others=[row.number, alike.number])
    assert "Viestin saa 2 raportoijaa." in form.words
    assert form.submit().closed
    assert not review.is_open  # it shows what is answered by now
    bertta.sees_home("2 havaintoa tallennettu.")
    for answered in (row, alike):
        assert [move.words for move in history(deps, answered.key)] == ["Vein tämän asuntotoimelle."]
    assert history(deps, other.key) == []


def test_one_answer_goes_to_thirty_from_several_pages_of_the_queue(deps: Deps, bertta: Person, aino: Person) -> None:
    for at in range(32):
        filed(deps, aino.id, f"Tulkkia ei saa arkisin {'x' * at}", nonce=f"{at}")
    form = several(bertta)
    offered = {name: form.options(name) for name in ("others", "others_2", "others_3")}
    assert [len(numbers) for numbers in offered.values()] == [10, 10, 10]
    form.fill(**offered, reply="Kiitos, vien tämän.")
    assert "Viestin saa yksi raportoija." in form.words
    assert form.submit().closed
    bertta.sees_home("30 havaintoa tallennettu.")
    assert len(every(deps, Move)) == 30


def test_only_one_or_none_in_the_queue_offers_no_answer_to_several(
    deps: Deps, bertta: Person, aino: Person, cecilia: Person
) -> None:
    filed(deps, aino.id)
    bertta.opens_home()
    assert "observations.several" not in bertta.sees_home("Yksi avoin havainto").actions
    filed(deps, cecilia.id)
    bertta.opens_home()
    home = bertta.sees_home("Vastaa monelle…")
    home.choose("observations.queue_kind", "M")
    assert "observations.several" not in bertta.sees_home("ei löytynyt havaintoja").actions
