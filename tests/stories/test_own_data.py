"""What is stored of a person is shown and handed out to them alone; what they have erased is found nowhere any more."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.blocks.own_data import erased, to_be_erased
from bot.deps import Deps
from bot.health import Health
from bot.jobs import observations as observation_jobs
from bot.jobs import own_data as jobs
from bot.rules.observations import Draft
from bot.rules.people import Choices
from bot.rules.statuses import Step
from bot.services import backups, observations, own_data, people, reminders
from bot.settings import Settings
from storage.models import Audit, Clearing, Coordinator, Forgetting
from storage.models import Person as Wish
from tests.clocks import Clock
from tests.fakes import FakeSlack, Person
from tests.stories.moves import KOORD
from tests.stories.rows import stored
from tests.stories.test_feedback import files as filed

MARK = "Merkkisanaxyz"
CECILIA = "U0CECILIA1"


def files_text(deps: Deps, person: Person, text: str) -> str:
    person.types("/raportoi", text)
    person.sees_dm(containing="on kirjattu")
    return max(stored(deps), key=lambda row: (row.text == text, row.number)).number


def pages(person: Person) -> str:
    """All pages of what is stored, opened from the settings, turned to the last one."""
    person.types("/raportoi", "asetukset")
    person.sees_modal(callback_id="people.settings").press("own_data.open")
    modal = person.sees_modal("Sivu 1/", callback_id="own_data.page")
    words, number = modal.words, 1
    while "Seuraava sivu" in modal.words:
        modal.submit()
        number += 1
        modal = person.sees_modal(f"Sivu {number}/", callback_id="own_data.page")
        words += modal.words
    return words


def passes(deps: Deps, clock: Clock, slack: FakeSlack, **time: float) -> None:
    """So much time, and what the clock does then; on every conversation once."""
    clock.moves_to(clock.now() + timedelta(**time))
    for _ in range(3):
        slack.settles()
        jobs.knock(deps)
        observation_jobs.knock(deps)
    slack.settles()


def test_everything_of_ones_own_is_shown_and_others_only_as_a_role(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    number = filed(deps, aino)
    observations.open_review(deps, KOORD, number)
    observations.move_on(deps, KOORD, number, stored(deps)[0].version, Step("kasittelyssa", reply="Kiitos tästä"))
    words = pages(aino)
    opened, shown = "Koordinaattori on avannut tämän 2.12.2026", ("HAVAINNOT NIMELLÄSI", "BOTIN VIESTIT SINULLE")
    for said in (number, *shown, opened, "Kiitos tästä", "koordinaattori:", "24 kuukautta", "tunnuskoodilla"):
        assert said in words, said
    assert KOORD not in words
    assert "Sinusta ei ole tallennettu mitään" in pages(slack.person(CECILIA, "Cecilia", locale="fi-FI"))


def test_the_files_come_to_ones_own_conversation_and_go_by_a_press(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    number = filed(deps, aino)
    aino.types("/raportoi", "asetukset")
    aino.sees_modal(callback_id="people.settings").press("own_data.open")
    aino.sees_modal(callback_id="own_data.page").press("own_data.send")
    message = aino.sees_dm("Tässä on, mitä sinusta on tallennettu")
    sent = {file["name"]: file for file in slack.world.files.values()}
    assert set(sent) == {"omat-tiedot.txt", "omat-tiedot.json"}
    assert {file["channel"] for file in sent.values()} == {slack.world.dm_of(aino.id).id}
    assert number in sent["omat-tiedot.txt"]["bytes"].decode()
    told = json.loads(sent["omat-tiedot.json"]["bytes"])
    assert told["tables"]["observation"][0]["number"] == number
    assert aino.id not in str(told)

    aino.sees_modal(containing="Tiedostot tulivat sinulle yksityisviestinä")  # then it is stored where they stand
    message.press("own_data.take_away")
    aino.sees_dm("Tässä ollut sisältö on poistettu")
    slack.settles()
    assert slack.world.files == {}
    with deps.read() as session:
        assert session.exec(select(Clearing)).all() == []


def test_the_files_go_by_themselves_after_a_week(slack: FakeSlack, deps: Deps, aino: Person, clock: Clock) -> None:
    filed(deps, aino)
    own_data.hand_out(deps, aino.id, {"omat.txt": b"moi"}, ("Tiedosto", []), "Omat tiedot")
    passes(deps, clock, slack, days=6)
    assert len(slack.world.files) == 1
    passes(deps, clock, slack, days=1, minutes=1)
    assert slack.world.files == {}


@pytest.mark.both_databases
def test_taking_away_in_the_moment_of_handing_out_misses_nothing(
    slack: FakeSlack, deps: Deps, aino: Person, clock: Clock
) -> None:
    answers = threading.Event()
    slack.fault("chat.postMessage", answers=answers)
    with ThreadPoolExecutor(1) as other:
        message = "Tässä on omat tietosi", list[Any]()
        sending = other.submit(own_data.hand_out, deps, aino.id, {"omat.txt": b"moi"}, message, "Omat tiedot")
        aino.sees_dm(message[0])  # and the bot does not know yet where it stands
        assert own_data.take_away(deps, aino.id) == 1
        answers.set()
        sending.result()
    passes(deps, clock, slack, minutes=1)
    aino.sees_dm("Tässä ollut sisältö on poistettu")
    assert slack.world.files == {}
    with deps.read() as session:
        assert session.exec(select(Clearing)).all() == []


@pytest.mark.both_databases
def test_a_member_who_wants_no_reminders_is_not_reminded_again_after_erasing(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person
) -> None:
    until = deps.now().date() + timedelta(days=9)
    people.choose(deps, aino.id, Choices(language="fi", reminders=False, area="853"))
    reminders.pause(deps, cecilia.id, until)
    aino.types("/raportoi", "asetukset")
    aino.sees_modal(callback_id="people.settings").press("own_data.open")
    aino.sees_modal("Kieli: Suomi", callback_id="own_data.page").press("own_data.erase")
    aino.sees_modal("Myös tämä jää", callback_id="own_data.erase_form")
    for user, kept in ((aino.id, {"reminders": False}), (cecilia.id, {"paused_until": until})):
        assert own_data.erase_now(deps, user, texts=True)
        row = people.row_of(deps, user)
        assert row is not None
        assert row.model_dump() == Wish(workspace=deps.workspace, user=user, **kept).model_dump()
        assert own_data.erase_now(deps, user, texts=True, has_left=True)
        assert people.row_of(deps, user) is None


def asks_to_be_erased(person: Person, what: str) -> None:
    person.types("/raportoi", "asetukset")
    person.sees_modal(callback_id="people.settings").press("own_data.open")
    person.sees_modal(callback_id="own_data.page").press("own_data.erase")
    form = person.sees_modal("Tämä jää", callback_id="own_data.erase_form")
    assert form.options("what") == ["author", "texts"]
    form.fill(what=what).submit()
    person.sees_dm("Siihen asti voit perua")


def test_it_can_be_taken_back_for_a_day(slack: FakeSlack, deps: Deps, aino: Person, clock: Clock) -> None:
    number = filed(deps, aino)
    asks_to_be_erased(aino, "author")
    asks_to_be_erased(aino, "texts")  # another choice is said where the first one stood
    aino.sees_dm("Siihen asti voit perua").waits_for("Myös tekstini").press("own_data.keep")
    aino.sees_dm("Tietosi jäävät ennalleen")
    assert not own_data.erase_now(deps, aino.id, texts=True, if_waiting=True)  # the clock had begun before
    passes(deps, clock, slack, days=2)
    assert [(row.number, row.author) for row in stored(deps)] == [(number, aino.id)]


def test_the_author_alone_goes_and_the_text_stays(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, clock: Clock
) -> None:
    filed(deps, aino)
    text = stored(deps)[0].text
    asks_to_be_erased(aino, "author")
    passes(deps, clock, slack, hours=23)
    assert stored(deps)[0].author == aino.id
    passes(deps, clock, slack, hours=1, minutes=1)
    (row,) = stored(deps)
    assert (row.author, row.filed_at, row.receipt_ts, row.text) == (None, None, None, text)
    aino.sees_dm("Tietosi on poistettu")
    assert text not in str([message.drawn for message in aino.dms])


@pytest.mark.both_databases
def test_two_taps_at_once_give_the_files_once_and_one_way_back_and_erase_once(
    slack: FakeSlack, deps: Deps, aino: Person, clock: Clock
) -> None:
    filed(deps, aino)
    aino.types("/raportoi", "asetukset")
    aino.sees_modal(callback_id="people.settings").press("own_data.open")
    page, sent, told = aino.sees_modal(callback_id="own_data.page"), threading.Event(), threading.Event()
    slack.fault("files.getUploadURLExternal", error="file_upload_size_restricted")
    page.press("own_data.send")  # fails, and may be pressed again
    slack.settles()
    assert slack.world.files == {}
    slack.fault("files.completeUploadExternal", answers=sent)
    page.press("own_data.send")
    page.press("own_data.send")
    sent.set()
    aino.sees_modal(containing="Tiedostot tulivat sinulle yksityisviestinä")
    slack.settles()
    assert len(slack.world.files) == 2

    slack.fault("chat.postMessage", answers=told)
    with ThreadPoolExecutor(2) as taps:
        both = list(taps.map(partial(own_data.ask, deps, aino.id), ("author", "texts")))
        assert both[0].key == both[1].key
        first = taps.submit(own_data.tell, deps, to_be_erased)
        aino.sees_dm("Siihen asti voit perua")
        own_data.tell(deps, to_be_erased)  # the first does not know yet that its message stands
        told.set()
        first.result()
        assert len([message for message in aino.dms if "Siihen asti" in message.words]) == 1
        clock.moves_to(clock.now() + timedelta(days=1, minutes=1))
        for done in [taps.submit(own_data.finish, deps, erased) for _ in both]:
            done.result()
    passes(deps, clock, slack)
    aino.sees_dm("Tietosi on poistettu")
    with deps.read() as session:
        assert session.exec(select(Forgetting)).all() == []
        assert [row.what for row in session.exec(select(Audit))].count("person.erased") == 1


@pytest.mark.both_databases
def test_erasures_and_withdrawals_survive_a_restore(
    slack: FakeSlack, settings: Settings, deps: Deps, aino: Person, cecilia: Person, clock: Clock, tmp_path: Path
) -> None:
    number = files_text(deps, aino, f"Asunnottomille {MARK} ei löydy asuntoja")
    cecilia.types("/raportoi", f"Velkaneuvontaan jonotetaan {MARK} pitkään")
    cecilia.sees_dm(containing="är sparad")
    file = tmp_path / "kopio"
    backups.back_up(settings, file, clock.now())
    hers = next(row.number for row in stored(deps) if row.author == cecilia.id)
    observations.withdraw(deps, cecilia.id, hers)
    own_data.erase_now(deps, aino.id, texts=True)
    slack.settles()
    deps.database.close()

    elsewhere = tmp_path / "uusi"
    elsewhere.mkdir()
    (elsewhere / "erasures.log").write_bytes((tmp_path / "erasures.log").read_bytes())
    there = settings.model_copy(update={"database_url": f"sqlite:///{elsewhere}/raportoi.db"})
    there.__dict__.pop("database", None)
    done = backups.restore(there, file, backups.look_into(file), clock.now())
    assert "done again now: 2." in "\n".join(done.lines())
    brought = (elsewhere / "raportoi.db").read_bytes()
    for gone in (MARK.encode(), aino.id.encode()):
        assert gone not in brought
    assert number.encode() in brought


def test_a_coordinator_asks_it_for_another_who_hears_of_it(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, clock: Clock
) -> None:
    filed(deps, aino)
    bertta.opens_home()
    bertta.sees_home("Poista jonkun tiedot").press("own_data.erase_other")
    form = bertta.sees_modal(callback_id="own_data.other_form")
    assert "user" in form.submit(force=True).errors
    form.fill(user=[aino.id], what="texts").submit()
    aino.sees_dm("Siihen asti voit perua")
    passes(deps, clock, slack, days=1, minutes=1)
    assert [(row.author, row.text) for row in stored(deps)] == [(None, "")]
    with deps.read() as session:
        deeds = [(row.who, row.what, row.subject) for row in session.exec(select(Audit).order_by(Audit.at))]
    assert (KOORD, "person.erasure_asked", "") in deeds


def test_the_last_coordinator_appoints_another_first(slack: FakeSlack, deps: Deps, bertta: Person) -> None:
    bertta.types("/raportoi", "asetukset")
    bertta.sees_modal(callback_id="people.settings").press("own_data.open")
    bertta.sees_modal(callback_id="own_data.page").press("own_data.erase")
    bertta.sees_modal("Nimeä ensin toinen")
    with deps.write() as session:
        session.add(Coordinator(workspace=deps.workspace, user=CECILIA))
    assert own_data.look_before(deps, KOORD).is_first_coordinator


def test_a_message_that_cannot_be_emptied_now_is_tried_again(
    slack: FakeSlack, deps: Deps, aino: Person, clock: Clock
) -> None:
    filed(deps, aino)
    slack.settles()
    slack.fault("chat.update", error="internal_error", times=2)
    slack.expects_refusal("internal_error")
    assert own_data.erase_now(deps, aino.id, texts=True)
    passes(deps, clock, slack, minutes=1)
    assert "Tässä ollut sisältö on poistettu" in aino.dms[0].words
    with deps.read() as session:
        assert session.exec(select(Clearing)).all() == []


def late_erasures(deps: Deps) -> list[str]:
    """What the health check says of them; other things are not there in this story."""
    with closing(Health(deps)) as health:
        return [reason for reason in health.reasons() if "Erasures" in reason]


@pytest.mark.both_databases
def test_an_erasure_that_does_not_finish_is_told_after_an_hour_until_it_does(
    slack: FakeSlack, deps: Deps, aino: Person, clock: Clock
) -> None:
    filed(deps, aino)
    slack.settles()
    slack.fault("chat.update", error="internal_error", times=1)
    slack.expects_refusal("internal_error")
    assert own_data.erase_now(deps, aino.id, texts=True)
    jobs.knock(deps)
    clock.moves_to(clock.now() + timedelta(minutes=59))
    assert late_erasures(deps) == []
    clock.moves_to(clock.now() + timedelta(minutes=2))
    (reason,) = late_erasures(deps)
    assert reason.startswith("Erasures that should have been done an hour ago and are not: 1.")
    assert aino.id not in reason
    passes(deps, clock, slack, minutes=1)
    assert late_erasures(deps) == []
    own_data.ask(deps, aino.id, "author")
    clock.moves_to(clock.now() + timedelta(hours=24, minutes=59))
    assert late_erasures(deps) == []
    clock.moves_to(clock.now() + timedelta(minutes=2))
    assert len(late_erasures(deps)) == 1


def test_what_slack_refuses_to_take_out_for_good_is_a_warning_without_names(
    slack: FakeSlack, deps: Deps, aino: Person, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    number = filed(deps, aino)
    slack.settles()
    slack.fault("chat.update", error="cant_update_message", times=1)
    slack.expects_refusal("cant_update_message")
    assert own_data.erase_now(deps, aino.id, texts=True)
    passes(deps, clock, slack, minutes=1)
    (said,) = [record.message for record in caplog.records if "refuses to take it out" in record.message]
    assert "cant_update_message" in said
    assert not any(one in caplog.text for one in (aino.id, number))
    with deps.read() as session:
        assert session.exec(select(Clearing)).all() == []


def test_what_was_typed_and_not_stored_is_forgotten_with_its_writer(deps: Deps, aino: Person, cecilia: Person) -> None:
    tickets = {one.id: deps.shelf.put(one.id, Draft(text=MARK)) for one in (aino, cecilia)}
    forms, code = deps.forms.put(aino.id, {"text": MARK}), deps.codes.put(aino.id, ("koodi", []))
    assert own_data.erase_now(deps, aino.id, texts=False)
    assert (deps.forms.get(aino.id, forms), deps.codes.get(aino.id, code)) == (None, None)
    assert {user: deps.shelf.get(user, ticket) is not None for user, ticket in tickets.items()} == {
        aino.id: False,
        cecilia.id: True,
    }
