"""Coordinators plan a network meeting, members answer, and every old button is answered kindly."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.app import Bot
from bot.blocks import meetings as blocks
from bot.deps import Deps
from bot.rules.meetings import draft_of
from bot.rules.observations import Draft
from bot.rules.people import Choices
from bot.services import meetings, people
from bot.services.observations import file_observation
from bot.texts import Texts
from storage.models import AgendaItem, Meeting, Rsvp, Useful
from tests.fakes import FakeSlack, Person, SeenMessage, SeenModal
from tests.stories.test_acknowledging import standing_still, unavailable

KOORD = "U0KOORD001"
ANSWERS = ["meetings.yes", "meetings.remote", "meetings.no", "meetings.calendar"]
CODE = "Asiakas 130279-901E"
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # looks and words alone


@pytest.fixture
def day(deps: Deps) -> date:
    return deps.now().date() + timedelta(days=60)


def rows(deps: Deps, table: type[Any]) -> list[Any]:
    with deps.read() as session:
        return list(session.exec(select(table)))


def channel(deps: Deps) -> str:
    return deps.people.channel or ""


def publishes(form: SeenModal) -> SeenModal:
    """Looks at the post as it will stand, and publishes it."""
    shown = form.submit().view
    assert shown is not None
    assert "Mitään ei ole vielä julkaistu." in shown.words
    assert shown.submit().closed
    return shown


@pytest.fixture
def post(bertta: Person, deps: Deps, day: date, aino: Person) -> SeenMessage:
    """The channel's post of a meeting that was planned by the form, as Aino sees it."""
    bertta.types("/tapaaminen", "uusi")
    form = bertta.sees_modal(callback_id="meetings.form")
    publishes(form.fill(title="Talven tapaaminen", start_date=day, place="Linnankatu 34 B 12, Turku"))
    return aino.sees_in(channel(deps), "Talven tapaaminen")


def test_a_coordinator_plans_by_form_and_a_member_answers_in_the_channel(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person, post: SeenMessage
) -> None:
    assert post.actions == ANSWERS
    with standing_still(deps):
        post.press("meetings.yes")  # is acknowledged meanwhile
    aino.sees_ephemeral("Tulet paikalle: Talven tapaaminen")
    cecilia.sees_in(channel(deps), "Talven tapaaminen").press("meetings.remote")
    cecilia.sees_ephemeral("Du deltar på distans")
    post.waits_for("Tulee: 1  ·  Etänä: 1")
    assert {row.user: row.answer for row in rows(deps, Rsvp)} == {aino.id: "yes", cecilia.id: "remote"}


def test_b16_who_comes_gets_the_file_and_one_that_fails_leaves_the_answer(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person, post: SeenMessage
) -> None:
    slack.waits_for_call("files.completeUploadExternal")  # the post's own
    post.press("meetings.yes")
    done = slack.waits_for_call("files.completeUploadExternal", times=2)
    assert done.args["channel_id"].startswith("D")
    assert all(file["name"].endswith(".ics") for file in slack.world.files.values())
    slack.fault("files.getUploadURLExternal", error="internal_error", times=None)
    slack.expects_refusal("internal_error")
    cecilia.sees_in(channel(deps), "Talven tapaaminen").press("meetings.yes")
    cecilia.sees_ephemeral("ditt svar är sparat")
    assert len(rows(deps, Rsvp)) == 2


@on_one_database
def test_a_second_press_is_a_friendly_note(deps: Deps, aino: Person, post: SeenMessage) -> None:
    for said in ("Tulet paikalle", "Olit jo vastannut näin"):
        post.press("meetings.yes")
        aino.sees_ephemeral(said)
    assert len(rows(deps, Rsvp)) == 1
    post.press("meetings.no")
    aino.sees_ephemeral("ettet pääse")
    assert [row.answer for row in rows(deps, Rsvp)] == ["no"]


def test_b53_a_button_of_a_meeting_that_has_moved_counts_and_tells_the_new_time(
    deps: Deps, aino: Person, post: SeenMessage, day: date
) -> None:
    (row,) = rows(deps, Meeting)
    old = post.drawn["blocks"]
    later = meetings.change(deps, KOORD, row.key, replace(draft_of(row), start_date=day + timedelta(days=1)))
    post.message["blocks"] = old  # a client that has not seen the edit yet
    post.press("meetings.yes")
    new = day + timedelta(days=1)
    aino.sees_ephemeral(f"ovat muuttuneet. Tapaaminen on nyt {_weekday(new)} {new.day}.{new.month}.{new.year}")
    assert later.version == 1
    assert [one.answer for one in rows(deps, Rsvp)] == ["yes"]


def _weekday(found: date) -> str:
    return ("ma", "ti", "ke", "to", "pe", "la", "su")[found.weekday()]


def test_b53_a_button_of_a_cancelled_or_begun_meeting_changes_nothing(
    deps: Deps, aino: Person, post: SeenMessage
) -> None:
    (row,) = rows(deps, Meeting)
    old = post.drawn["blocks"]
    with deps.write() as session:
        begun = session.get(Meeting, row.key)
        assert begun is not None
        begun.starts_at = deps.now() - timedelta(minutes=1)
        session.add(begun)
    post.press("meetings.yes")
    aino.sees_ephemeral("on alkanut tai päättynyt, joten vastausta ei kirjattu")
    with deps.write() as session:
        planned = session.get(Meeting, row.key)
        assert planned is not None
        planned.status, planned.starts_at = "planned", row.starts_at
        session.add(planned)
    meetings.cancel(deps, KOORD, row.key)
    post.waits_for("Peruttu: Talven tapaaminen")
    assert post.actions == []
    post.message["blocks"] = old
    post.press("meetings.yes")
    aino.sees_ephemeral("on peruttu, joten vastausta ei kirjattu")
    assert rows(deps, Rsvp) == []


def test_b53_who_has_left_the_network_is_told_so(deps: Deps, aino: Person, post: SeenMessage) -> None:
    aino.record["deleted"] = True
    deps.people.heard(aino.record)
    post.press("meetings.yes")
    aino.sees_ephemeral("verkoston jäsenille")
    assert rows(deps, Rsvp) == []


@pytest.mark.parametrize(
    ("command", "text", "silent", "remote"),
    [
        ("/tapaaminen", "", "Et ole vielä vastannut", "Vastauksesi: tulet etänä"),
        ("/tapaaminen", "en pääse", "Et ole vielä vastannut", "Vastauksesi: tulet etänä"),
        ("/raportoi", "En pääse tapaamiseen.", "Et ole vielä vastannut", "Vastauksesi: tulet etänä"),
        ("/rapportera", "Träff ", "Du har inte svarat ännu", "Ditt svar: du deltar på distans"),
    ],
)
def test_the_next_meeting_and_ones_own_answer_are_shown_and_answered_in_place(
    deps: Deps, aino: Person, post: SeenMessage, command: str, text: str, silent: str, remote: str
) -> None:
    aino.types(command, text)
    shown = aino.sees_ephemeral("Talven tapaaminen")
    assert silent in shown.words
    assert shown.actions == [*ANSWERS, "meetings.propose"]
    shown.press("meetings.remote")
    aino.sees_ephemeral(remote)
    assert "meetings.edit" not in aino.notes[-1].actions


@on_one_database
def test_a_sentence_that_begins_with_the_word_is_filed_as_an_observation(bot: Bot, aino: Person) -> None:
    aino.types("/raportoi", "Tapaaminen peruuntuu asiakkailta usein kuljetuksen puuttuessa")
    aino.sees_dm(containing="on kirjattu")


@on_one_database
def test_without_a_meeting_the_command_says_so_and_helps(aino: Person, bertta: Person) -> None:
    aino.types("/tapaaminen")
    assert aino.sees_ephemeral("ei ole vielä sovittu").actions == ["meetings.propose"]
    aino.types("/tapaaminen", "ohje")
    assert "uusi" not in aino.sees_ephemeral("Verkostotapaamiset.").words
    bertta.types("/tapaaminen", "?")
    assert "`/tapaaminen uusi`" in bertta.sees_ephemeral("Verkostotapaamiset.").words


@on_one_database
def test_a_member_who_is_no_coordinator_cannot_plan(deps: Deps, aino: Person, bertta: Person) -> None:
    aino.types("/tapaaminen", "uusi")
    aino.sees_modal("vain verkoston koordinaattori")
    assert rows(deps, Meeting) == []


@on_one_database
def test_b10_the_words_after_uusi_fill_the_form(bertta: Person) -> None:
    bertta.types("/tapaaminen", "uusi\u00a0“Tiimin kokous”\u00a026.10.2027\u00a09.15")
    form = bertta.sees_modal(callback_id="meetings.form")
    assert form.values["title"] == "Tiimin kokous"
    assert form.values["start_date"] == "2027-10-26"
    assert form.values["start_time"] == "09:15"


@on_one_database
def test_b24_the_form_refuses_the_missing_hour_and_keeps_its_words(deps: Deps, bertta: Person) -> None:
    bertta.types("/tapaaminen", "uusi")
    form = bertta.sees_modal(callback_id="meetings.form")
    form.fill(title="Kevään tapaaminen", start_date=date(2027, 3, 28), start_time="03:30", end_time="05:00")
    errors = form.submit().errors
    assert "kellot siirretään" in errors["start_time"]
    assert form.values["title"] == "Kevään tapaaminen"
    assert rows(deps, Meeting) == []


@on_one_database
def test_the_repeated_hour_is_shown_with_its_offset(deps: Deps, bertta: Person, aino: Person) -> None:
    bertta.types("/tapaaminen", "uusi")
    form = bertta.sees_modal(callback_id="meetings.form")
    form.fill(title="Syysyö", start_date=date(2027, 10, 31), start_time="03:30", end_time="05:00")
    publishes(form)
    assert "31.10.2027 klo 3.30–5.00 (UTC+3)" in aino.sees_in(channel(deps), "Syysyö").words


@on_one_database
def test_the_guard_stands_in_front_of_every_form(deps: Deps, bertta: Person, day: date) -> None:
    bertta.types("/tapaaminen", "uusi")
    form = bertta.sees_modal(callback_id="meetings.form")
    form.fill(title="Talvi", start_date=day, agenda=f"{CODE} ja muut")
    assert "henkilötunnus" in form.submit().errors["agenda"]
    form.fill(agenda="Kysy: testi@example.org")
    again = form.submit().view
    assert again is not None
    assert "Julkaise silti" in again.words
    assert "sähköposti" in again.words
    assert again.submit().closed
    assert [row.agenda for row in rows(deps, Meeting)] == ["Kysy: testi@example.org"]


def test_a_member_proposes_for_the_agenda_in_one_line_or_by_form(deps: Deps, aino: Person, bertta: Person) -> None:
    aino.types("/tapaaminen", "ehdota “Asumisen jonot”")
    aino.sees_ephemeral("Koordinaattori näkee ehdotuksesi")
    aino.types("/tapaaminen", f"ehdota {CODE}")
    form = aino.sees_modal(callback_id="meetings.propose_form")
    assert "henkilötunnus" in form.words
    assert form.values["item"] == CODE
    assert form.fill(item="Velkaneuvonta").submit().closed
    assert sorted(row.text for row in rows(deps, AgendaItem)) == ["Asumisen jonot", "Velkaneuvonta"]


def test_a_receipt_code_is_never_proposed_under_a_name(deps: Deps, aino: Person) -> None:
    draft = Draft(kind="E", theme="X-90", text="Jonot ovat kuukausien mittaisia", named=False)
    code = file_observation(deps, draft, aino.id, "nonce").code
    aino.types("/tapaaminen", f"ehdota Puhutaan tästä {code}")
    form = aino.sees_modal(callback_id="meetings.propose_form")
    assert "tunnuskoodi" in form.words
    assert rows(deps, AgendaItem) == []


def test_a_database_that_is_away_gives_a_proposal_and_a_link_back(
    deps: Deps, aino: Person, bertta: Person, post: SeenMessage
) -> None:
    with unavailable(deps):
        aino.types("/tapaaminen", "ehdota Asumisen jonot")
        form = aino.sees_modal(callback_id="meetings.propose_form")
    assert form.values["item"] == "Asumisen jonot"
    assert form.submit().closed
    assert [row.text for row in rows(deps, AgendaItem)] == ["Asumisen jonot"]

    key = rows(deps, Meeting)[0].key
    bertta.types("/tapaaminen")
    bertta.sees_ephemeral("Talven tapaaminen").press("meetings.cancel", value=key)
    form = bertta.sees_modal(callback_id="meetings.cancel_form")
    with unavailable(deps):
        kept = form.submit().view
    assert kept is not None
    assert "Tapaaminen on peruttu" in kept.submit().words
    assert rows(deps, Meeting)[0].status == "cancelled"


@on_one_database
def test_the_coordinator_takes_a_proposal_to_the_agenda_and_the_post_shows_it(
    deps: Deps, aino: Person, bertta: Person, post: SeenMessage
) -> None:
    aino.types("/tapaaminen", "ehdota Asumisen jonot")
    aino.sees_ephemeral("Koordinaattori näkee ehdotuksesi")
    bertta.types("/tapaaminen")
    bertta.sees_ephemeral("Talven tapaaminen").press("meetings.agenda")
    form = bertta.sees_modal(callback_id="meetings.agenda_form")
    (item,) = rows(deps, AgendaItem)
    assert f"1. <@{aino.id}>" in form.words
    assert form.fill(agenda="1. Avaus", accept=[item.key]).submit().closed
    post.waits_for("Asumisen jonot")
    assert "1. Avaus" in post.words


def test_the_coordinator_moves_and_cancels_by_the_buttons(
    deps: Deps, aino: Person, bertta: Person, post: SeenMessage, day: date
) -> None:
    post.press("meetings.yes")
    aino.sees_ephemeral("Tulet paikalle")
    bertta.types("/tapaaminen")
    bertta.sees_ephemeral("Talven tapaaminen").press("meetings.edit")
    form = bertta.sees_modal(callback_id="meetings.form")
    assert form.values["place"] == "Linnankatu 34 B 12, Turku"
    assert form.fill(start_time="10:00").submit().closed
    post.waits_for("klo 10.00–15.00")
    aino.sees_in(channel(deps), "ovat muuttuneet")
    bertta.types("/tapaaminen")
    bertta.sees_ephemeral("klo 10.00").press("meetings.cancel")
    question = bertta.sees_modal(callback_id="meetings.cancel_form")
    assert "Talven tapaaminen" in question.words
    assert "Tapaaminen on peruttu" in question.submit().words
    post.waits_for("Peruttu: Talven tapaaminen")
    aino.sees_in(channel(deps), "Verkostotapaaminen on peruttu")


def test_a_full_meeting_has_a_waiting_list(
    deps: Deps, aino: Person, cecilia: Person, bertta: Person, day: date
) -> None:
    bertta.types("/tapaaminen", "uusi")
    form = bertta.sees_modal(callback_id="meetings.form")
    assert (
        "vähintään 1" in form.fill(title="Pieni tapaaminen", start_date=day, capacity="0").submit().errors["capacity"]
    )
    publishes(form.fill(capacity="1"))
    aino.sees_in(channel(deps), "Pieni tapaaminen").press("meetings.yes")
    aino.sees_ephemeral("Tulet paikalle")
    seen = cecilia.sees_in(channel(deps), "Pieni tapaaminen")
    seen.press("meetings.yes")
    cecilia.sees_ephemeral("väntelistan som nummer 1")
    seen.waits_for("Tulee: 1/1")
    seen.waits_for("Jonossa: 1")


@on_one_database
def test_adding_to_the_calendar_gives_the_file_and_two_addresses(
    slack: FakeSlack, aino: Person, post: SeenMessage
) -> None:
    post.press("meetings.calendar")
    answer = aino.sees_ephemeral("Lähetin kalenteritiedoston")
    addresses = [element["url"] for element in answer.blocks[-1]["elements"]]
    assert [address.split("/")[2] for address in addresses] == ["calendar.google.com", "outlook.office.com"]
    answer.press("meetings.link_google")  # the client opens it by itself; the press is acknowledged


@on_one_database
def test_home_shows_the_next_meeting_and_an_answer_there_is_kept_and_shown(
    deps: Deps, aino: Person, post: SeenMessage
) -> None:
    aino.opens_home()
    home = aino.sees_home("Talven tapaaminen")
    assert "Et ole vielä vastannut" in home.words
    home.press("meetings.yes")
    aino.sees_dm("Tulet paikalle: Talven tapaaminen")
    aino.sees_home("Vastauksesi: tulet paikalle")
    assert [row.answer for row in rows(deps, Rsvp)] == ["yes"]


@on_one_database
def test_a_private_message_shows_the_answer_that_was_given_in_it(deps: Deps, aino: Person, post: SeenMessage) -> None:
    (row,) = rows(deps, Meeting)
    deps.slack.post(aino.id, *blocks.reminder(Texts("fi"), "28", meetings.sight(deps, row.key)))
    reminder = aino.sees_dm("neljän viikon päästä")
    assert "'primary'" in str(reminder.drawn)
    reminder.press("meetings.yes")
    reminder.waits_for("Tulet paikalle: Talven tapaaminen")
    reminder.press("meetings.no")
    reminder.waits_for("ettet pääse")
    assert "'primary'" not in str(reminder.drawn)  # nothing is asked of who has answered
    assert "'primary'" in str(post.drawn)  # which is for all
    assert "Talven tapaaminen" in reminder.words
    assert "Tulet paikalle" not in reminder.words
    assert reminder.actions == ANSWERS
    reminder.press("meetings.no")
    aino.sees_ephemeral("Olit jo vastannut näin")


@on_one_database
def test_a_cancelled_meeting_is_not_added_to_a_calendar(
    slack: FakeSlack, deps: Deps, aino: Person, post: SeenMessage
) -> None:
    (row,) = rows(deps, Meeting)
    old = post.drawn["blocks"]
    meetings.cancel(deps, KOORD, row.key)
    post.waits_for("Peruttu: Talven tapaaminen")
    post.message["blocks"] = old
    post.press("meetings.calendar")
    aino.sees_ephemeral("Tapaaminen on peruttu")


@on_one_database
def test_two_coordinators_forms_undo_nothing_of_each_other(deps: Deps, bertta: Person, post: SeenMessage) -> None:
    bertta.types("/tapaaminen")
    bertta.sees_ephemeral("Talven tapaaminen").press("meetings.edit")
    form = bertta.sees_modal(callback_id="meetings.form")
    (row,) = rows(deps, Meeting)
    meetings.change(deps, KOORD, row.key, replace(draft_of(row), start_time="10:00"))  # another one, meanwhile
    assert form.fill(place="Kaarina").submit().closed
    found = draft_of(rows(deps, Meeting)[0])
    assert (found.start_time, found.place) == ("10:00", "Kaarina")


@on_one_database
@pytest.mark.parametrize("act", ["meetings.yes", "meetings.calendar", "meetings.propose"])
def test_a_stranger_can_press_nothing(slack: FakeSlack, deps: Deps, post: SeenMessage, act: str) -> None:
    stranger = slack.person("U0VIERAS01", "Vieras Vierailija", locale="fi-FI", is_stranger=True)
    seen = stranger.sees_in(channel(deps), "Talven tapaaminen")
    if act == "meetings.propose":
        stranger.types("/tapaaminen", "ehdota Asumisen jonot")
    else:
        seen.press(act)
    stranger.sees_ephemeral("verkoston jäsenille")
    assert rows(deps, Rsvp) == rows(deps, AgendaItem) == []
    assert not [one for one in slack.world.files.values() if str(one.get("channel", "")).startswith("D")]


@on_one_database
def test_what_followed_is_drafted_edited_and_published(
    deps: Deps, aino: Person, bertta: Person, post: SeenMessage
) -> None:
    bertta.types("/tapaaminen")
    shown = bertta.sees_ephemeral("Talven tapaaminen")
    shown.press("meetings.followed")
    form = bertta.sees_modal(callback_id="meetings.followed_form")
    assert "on seurannut" in form.values["followed"]
    seen = form.fill(followed="Jonoihin saatiin\nlisää väkeä: 27 & <!here>").submit().view
    assert seen is not None
    assert "Mitään ei ole vielä julkaistu." in seen.words
    assert "Jonoihin saatiin\nlisää väkeä: 27 &amp; &lt;!here&gt;" in seen.words
    assert not [one for one in aino.messages_in(channel(deps)) if "lisää väkeä" in one.words]
    again = seen.fill(followed="Jonoihin saatiin lisää väkeä.").submit().view
    assert again is not None
    assert "27" not in again.words
    assert not [one for one in aino.messages_in(channel(deps)) if "lisää väkeä" in one.words]
    assert "julkaistu kanavalla" in again.submit().words
    aino.sees_in(channel(deps), "Jonoihin saatiin lisää väkeä.")
    shown.press("meetings.followed")
    bertta.sees_modal("on jo julkaistu")


@on_one_database
def test_the_guard_stops_or_warns_before_the_preview_is_published(
    deps: Deps, bertta: Person, post: SeenMessage
) -> None:
    bertta.types("/tapaaminen")
    bertta.sees_ephemeral("Talven tapaaminen").press("meetings.followed")
    form = bertta.sees_modal(callback_id="meetings.followed_form")
    assert form.fill(followed="Asiakas 130279-901E sai apua").submit().errors.keys() == {"followed"}
    assert form.fill(followed=None).submit(force=True).errors.keys() == {"followed"}
    seen = form.fill(followed="Lisätietoja: testi@example.org").submit().view
    assert seen is not None
    assert "sähköpostiosoite" in seen.words
    assert seen.drawn["submit"]["text"] == "Julkaise silti"
    assert rows(deps, Meeting)[0].followed == ""
    assert "julkaistu kanavalla" in seen.submit().words
    assert rows(deps, Meeting)[0].followed == "Lisätietoja: testi@example.org"


def test_the_minutes_and_the_question_afterwards(deps: Deps, aino: Person, bertta: Person, post: SeenMessage) -> None:
    (row,) = rows(deps, Meeting)
    with deps.write() as session:
        held = session.get(Meeting, row.key)
        assert held is not None
        held.status, held.starts_at = "begun", deps.now() - timedelta(hours=5)
        held.ends_at = deps.now() - timedelta(hours=1)
        session.add(held)
    bertta.types("/tapaaminen")
    bertta.sees_ephemeral("Talven tapaaminen").press("meetings.minutes")
    form = bertta.sees_modal(callback_id="meetings.minutes_form")
    assert "https://" in form.fill(minutes="hyllyssä").submit().errors["minutes"]
    assert "julkaistaan kanavalla" in form.fill(minutes="https://muistio.example/1").submit().words
    aino.sees_in(channel(deps), "muistio on luettavissa")
    deps.slack.post(aino.id, *blocks.question(Texts("fi"), meetings.sight(deps, row.key)))
    question = aino.sees_dm("Oliko tapaamisesta hyötyä?")
    question.press("meetings.useful_partly")
    question.waits_for("ilman nimeäsi")
    assert [one.answer for one in rows(deps, Useful)] == ["partly"]


@on_one_database
def test_bad_payloads_are_answered_and_change_nothing(
    slack: FakeSlack, deps: Deps, aino: Person, post: SeenMessage
) -> None:
    post.message["blocks"][-2]["elements"][0]["value"] = "nonsense"
    post.press("meetings.yes")
    aino.sees_ephemeral("En löytänyt tapaamista")
    assert rows(deps, Rsvp) == []


@on_one_database
def test_a_new_meeting_is_shown_as_it_will_stand_and_what_may_have_been_overlooked_is_said(
    deps: Deps, bertta: Person, aino: Person
) -> None:
    bertta.types("/tapaaminen", "uusi")
    form = bertta.sees_modal(callback_id="meetings.form")
    shown = form.fill(title="Syksyn tapaaminen", start_date=date(2027, 12, 5), agenda="1. Avaus").submit().view
    assert shown is not None
    for said in ("Voit julkaista ilman paikkaa ja linkkiä.",
                 ":warning: Valitsemasi päivä su 5.12.2027 osuu viikonloppuun tai pyhään.",
                 "su 5.12.2027 klo 9.00–15.00", "1. Avaus", "Tulee: 0"):  # fmt: skip
        assert said in shown.words, said
    assert not {"meetings.yes", "meetings.no"} & {*shown.actions}
    people.choose(deps, bertta.id, Choices(language="sv"))
    shown.fill(start_date=date(2027, 12, 6), place="Kaarina", link="https://example.org/teams")
    again = shown.submit().view  # the words are not those that were shown: it is shown anew
    assert again is not None
    assert rows(deps, Meeting) == []
    assert "må 6.12.2027, infaller på ett veckoslut" in again.words
    assert "Inlägget skrivs på finska, kanalens språk." in again.words
    assert "Du kan publicera utan" not in again.words
    assert again.submit().closed
    assert "Kaarina" in aino.sees_in(channel(deps), "Syksyn tapaaminen").words


@on_one_database
def test_a_coordinator_sees_who_comes_by_name_with_numbers_to_pass_on(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person, cecilia: Person, post: SeenMessage
) -> None:
    post.press("meetings.yes")
    cecilia.sees_in(channel(deps), "Talven tapaaminen").press("meetings.remote")
    post.waits_for("Tulee: 1  ·  Etänä: 1")
    bertta.types("/tapaaminen")
    bertta.sees_ephemeral("Talven tapaaminen").press("meetings.attending")
    seen = bertta.sees_modal("Ketkä tulevat", callback_id="meetings.attending")
    assert f"Tulossa (1)*\n<@{aino.id}>" in seen.words
    assert f"Etänä (1)*\n<@{cecilia.id}>" in seen.words
    order = seen.words.rpartition("lukumäärät")[2]
    assert "Paikan päällä: 1" in order
    assert "<@" not in order

    key = rows(deps, Meeting)[0].key
    aino.opens_home()
    payload = aino.sees_home()._action_payload(
        {"type": "button", "action_id": "meetings.attending", "block_id": "b", "value": key}
    )
    slack.deliver("interactive", payload)
    slack.settles()
    assert aino.modal is not None
    assert "<@" not in aino.modal.words
