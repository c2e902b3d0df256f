"""A network meeting by hand at the page of a local Slack: planned, answered, moved, cancelled, full, with an agenda."""

from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import expect

from bot.deps import Deps
from bot.jobs import meetings as jobs
from bot.rules.meetings import draft_of
from bot.services import meetings
from tests.clocks import at
from tests.e2e.conftest import AINO, BERTTA, CECILIA
from tests.e2e.page import SlackPage
from tests.jobs._clock import passes
from tests.services._meetings import draft

DAY = "2027-04-14"
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # looks alone


def plans(page: SlackPage, title: str, **more: str) -> None:
    page.wait_for_bot()
    page.be(BERTTA.real_name)
    page.open_channel("keskustelu")
    page.type_command("/tapaaminen uusi")
    form = page.wait_for_modal("Luo tapaaminen")
    form.write("title", title)
    form.write("start_date", DAY)
    form.write("place", "Linnankatu 1, Turku")
    for name, text in more.items():
        form.write(name, text)
    publishes(page)
    page.wait_for_message(title)


def publishes(page: SlackPage) -> None:
    """Looks at the preview first, then publishes."""
    form = page.wait_for_modal("Luo tapaaminen")
    form.submit()
    expect(page.page.locator(".modal-btn.primary")).to_have_text("Julkaise")
    form.submit()
    form.wait_until_closed()


def answers(page: SlackPage, who: str, button: str, title: str) -> None:
    page.be(who)
    page.open_channel("keskustelu")
    page.press(button, title)


def says(page: SlackPage, text: str) -> None:
    expect(page.page.locator(".messages")).to_contain_text(text)


def test_a_meeting_is_announced_and_answered_by_three_people(page: SlackPage, deps: Deps) -> None:
    plans(page, "Kevään verkostotapaaminen", agenda="1. Avaus", link="https://etayhteys.example/kevat")
    assert "ke 14.4.2027 klo 9.00–15.00" in page.wait_for_message("Kevään").inner_text()
    for person, button, said in (
        (AINO, "Tulen", "Tulet paikalle"),
        (BERTTA, "Tulen etänä", "Tulet etänä"),
        (CECILIA, "En pääse", "ettet pääse"),
    ):
        answers(page, person.real_name, button, "Tulee:")
        page.wait_for_message(said)
    says(page, "Tulee: 1  ·  Etänä: 1  ·  Ei pääse: 1")
    assert page.open_thread("Tulee: 1")[0].endswith("tapaaminen.ics")
    page.screenshot("meeting-announced")
    assert page.ever_undrawn() == []


def test_a_meeting_is_moved_by_its_form_and_cancelled(page: SlackPage, deps: Deps) -> None:
    plans(page, "Siirtyvä tapaaminen", agenda="1. Avaus")
    page.type_command("/tapaaminen")
    page.wait_for_message("Et ole vielä vastannut")
    page.press("Siirrä tai muokkaa", "Et ole vielä vastannut")
    form = page.wait_for_modal("Muokkaa tapaamista")
    page.screenshot("meeting-form")
    assert form.written("title") == "Siirtyvä tapaaminen"
    form.choose("start_time", "10.00")
    form.submit()
    form.wait_until_closed()
    page.wait_for_message("Uudet tiedot:")
    (found,) = meetings.coming(deps, BERTTA.id)
    assert (found.meeting.title, found.meeting.place) == ("Siirtyvä tapaaminen", "Linnankatu 1, Turku")
    assert (found.meeting.agenda, found.meeting.version) == ("1. Avaus", 1)
    says(page, "klo 10.00–15.00")
    page.press("Peru tapaaminen", "Et ole vielä vastannut")
    page.wait_for_modal("Peru tapaaminen").submit()
    page.wait_for_message("Verkostotapaaminen on peruttu")
    page.wait_for_message("Peruttu: Siirtyvä tapaaminen")
    jobs.close_earlier(deps)  # the bot's own clock would do so within ten seconds
    page.wait_until_gone("Uudet tiedot:")
    page.screenshot("meeting-cancelled")
    assert page.ever_undrawn() == []


@on_one_database
def test_a_full_meeting_has_a_waiting_list_and_a_freed_seat_moves(page: SlackPage, deps: Deps) -> None:
    plans(page, "Pieni tapaaminen", capacity="1")
    answers(page, AINO.real_name, "Tulen", "Tulee:")
    page.wait_for_message("Tulet paikalle")
    answers(page, CECILIA.real_name, "Tulen", "Tulee:")
    page.wait_for_message("jonossa sijalla 1")
    says(page, "Jonossa: 1")
    answers(page, AINO.real_name, "En pääse", "Tulee:")
    page.wait_for_message("ettet pääse")
    says(page, "Tulee: 1/1  ·  Etänä: 0  ·  Ei pääse: 1")
    page.screenshot("meeting-full")
    assert page.ever_undrawn() == []


@on_one_database
def test_a_member_proposes_and_the_coordinator_takes_it_to_the_agenda(page: SlackPage, deps: Deps) -> None:
    plans(page, "Aiheita etsivä tapaaminen")
    page.be(AINO.real_name)
    page.open_channel("keskustelu")
    page.type_command("/tapaaminen ehdota Asumisen jonot")
    page.wait_for_message("näkee ehdotuksesi")
    page.be(BERTTA.real_name)
    page.open_channel("keskustelu")
    page.type_command("/tapaaminen")
    page.press("Asialista", "Et ole vielä vastannut")
    form = page.wait_for_modal("Asialista")
    page.screenshot("meeting-agenda-form")
    form.write("agenda", "1. Avaus")
    form.choose("accept", "1. Asumisen jonot")
    form.submit()
    form.wait_until_closed()
    says(page, "• Asumisen jonot")
    page.screenshot("meeting-agenda")
    assert page.ever_undrawn() == []


@on_one_database
def test_the_clock_moves_on_and_the_reminders_are_drawn_whole_and_answered(page: SlackPage, deps: Deps) -> None:
    page.wait_for_bot()
    there = at(deps, "2026-12-01T12:00")
    meetings.plan(there, BERTTA.id, draft(start_date=date.fromisoformat(DAY), agenda="1. Avaus"), "n1")
    page.open_home()
    passes(deps, "2027-03-17T09:00")
    page.open_dm_with_bot()
    page.wait_for_message("neljän viikon päästä")
    page.screenshot("meeting-reminder-28")
    page.press("Tulen", "neljän viikon päästä")
    page.wait_for_message("Tulet paikalle: Syksyn tapaaminen")
    for moment in ("2027-04-07T09:00", "2027-04-13T12:00", "2027-04-14T08:00"):
        passes(deps, moment)
    for lead in ("on viikon päästä", "on pian", "on tänään"):
        assert "Vastauksesi: tulet paikalle" in page.wait_for_message(lead).inner_text()
    page.screenshot("meeting-reminders")
    passes(deps, "2027-04-14T09:00")
    page.wait_for_message("Tapaaminen on alkanut tai päättynyt")
    passes(deps, "2027-04-15T09:00")
    page.press("Kyllä", "Oliko tapaamisesta hyötyä?")
    page.wait_for_message("ilman nimeäsi")
    page.screenshot("meeting-afterwards")
    assert page.ever_undrawn() == []


@on_one_database
def test_a_member_meets_it_all_in_swedish(page: SlackPage, deps: Deps) -> None:
    plans(page, "Vårens nätverksträff", capacity="1")
    page.be(CECILIA.real_name)
    page.open_channel("keskustelu")
    page.type_command("/rapportera träff")
    page.wait_for_message("Du har inte svarat ännu")
    page.press("Jag kommer", "Du har inte svarat ännu")
    page.wait_for_message("Du kommer: Vårens nätverksträff, on 14.4.2027 kl. 9.00–15.00")
    page.screenshot("meeting-swedish")
    page.type_command("/tapaaminen föreslå Bostadsköerna")
    page.wait_for_message("Koordinatorn ser ditt förslag")
    passes(deps, "2027-04-07T09:00")
    (found,) = meetings.coming(deps, CECILIA.id)
    meetings.change(at(deps, "2027-04-07T10:00"), BERTTA.id, found.meeting.key,
                    replace(draft_of(found.meeting), start_time="10:00"))  # fmt: skip
    passes(deps, "2027-04-07T10:00")
    meetings.cancel(at(deps, "2027-04-07T10:01"), BERTTA.id, found.meeting.key)
    passes(deps, "2027-04-07T10:01")
    page.open_dm_with_bot()
    page.wait_for_message("Nätverksträffen är inställd: Vårens nätverksträff, on 14.4.2027 kl. 10.00–15.00")
    expect(page.page.locator(".messages").get_by_role("button", name="Jag")).to_have_count(0)
    page.screenshot("meeting-swedish-cancelled")
    assert page.ever_undrawn() == []


@on_one_database
def test_the_nudge_and_what_followed_by_the_coordinators_hand(page: SlackPage, deps: Deps) -> None:
    page.wait_for_bot()
    page.be(BERTTA.real_name)
    page.open_home()
    passes(deps, "2027-02-01T09:00")
    page.open_dm_with_bot()
    page.wait_for_message("Tälle puolivuotiskaudelle ei ole vielä sovittu")
    page.screenshot("meeting-missing")
    page.press("Luo tapaaminen ke 21.4.2027", "Tälle puolivuotiskaudelle")
    form = page.wait_for_modal("Luo tapaaminen")
    assert form.written("start_date") == "2027-04-21"
    page.screenshot("meeting-form-new")
    form.write("title", "Kevään verkostotapaaminen")
    publishes(page)
    page.open_channel("keskustelu")
    page.wait_for_message("Kevään verkostotapaaminen")
    page.type_command("/tapaaminen")
    page.press("Kerro, mitä seurasi", "Et ole vielä vastannut")
    form = page.wait_for_modal("Kerro, mitä seurasi")
    page.screenshot("meeting-followed-form")
    form.write("followed", "Jonoihin saatiin lisää väkeä.")
    form.submit()
    form.wait_for_text("Mitään ei ole vielä julkaistu.")
    page.screenshot("meeting-followed-preview")
    assert form.submit_label() == "Julkaise"
    form.submit()
    page.wait_for_message("Jonoihin saatiin lisää väkeä.")
    page.screenshot("meeting-followed")
    assert page.ever_undrawn() == []
