"""Slack's three seconds are kept, whatever the database, the look-ups and Slack itself do."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.app import Bot
from bot.deps import Deps
from tests.fakes import FakeSlack, Person
from tests.stories.rows import stored

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
FORM = {"kind": "E", "theme": "X-90", "text": "Jonot ovat liian pitkiä kaikille"}


@contextmanager
def slow_database(deps: Deps, seconds: float) -> Iterator[None]:
    """Every statement takes so long. (The listener stays: taking it away while others work breaks SQLAlchemy.)"""
    pause = [seconds]

    def wait(*_: Any) -> None:
        time.sleep(pause[0])

    event.listen(deps.database.engine, "before_cursor_execute", wait)
    yield
    pause[0] = 0


@contextmanager
def unavailable(deps: Deps) -> Iterator[None]:
    """The database answers nobody: its file is locked or its server is away."""
    away = [True]

    def refuse(*_: Any) -> None:
        if away[0]:
            raise OperationalError("BEGIN", None, Exception("away"))

    event.listen(deps.database.engine, "begin", refuse)
    yield
    away[0] = False


def test_b01_a_slow_database_and_a_slow_look_up_cost_neither_the_ack_nor_the_form(slack: FakeSlack, bot: Bot) -> None:
    slack.waits_for_call("conversations.members")  # the others are known by now
    late = slack.person("U0LATE0001", "Leena Myöhäinen", locale="fi-FI")
    slack.fault("users.info", delay=1.5)
    with slow_database(bot.deps, 2.5):
        answer = late.types("/raportoi")
        late.sees_modal(callback_id="observations.loading", within=3)
        late.sees_modal(callback_id="observations.form", within=15)

    opened = slack.calls_to("views.open")
    assert answer.ack_seconds < 1
    assert len(opened) == 1
    assert opened[0].args["trigger_id"] == answer.payload["trigger_id"]


def test_b01_an_expired_trigger_gets_one_polite_note_and_keeps_the_words(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    slack.fault("views.open", error="expired_trigger_id")
    aino.types("/raportoi", "lyhyt")
    note = aino.sees_ephemeral(containing="tallessa tunnin")
    slack.settles()
    assert len(aino.notes) == 1

    note.press("observations.open_form")
    assert aino.sees_modal(callback_id="observations.form").values["text"] == "lyhyt"


def test_a_submission_that_cannot_be_stored_in_time_is_told_when_it_is(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)
    with slow_database(deps, 2.5):
        outcome = form.submit()
        assert outcome.view is not None
        assert "Tallennetaan" in outcome.view.words
        aino.sees_modal(containing="Kirjattu", within=15)
    receipt = aino.sees_dm(containing="on kirjattu")
    (row,) = stored(deps)
    assert row.number in receipt.words


def test_a_late_no_name_submission_still_shows_its_code(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM, feedback="anonymous")
    with slow_database(deps, 2.5):
        form.submit()
        shown = aino.sees_modal(callback_id="observations.code", within=15)
    assert "Tunnuskoodisi" in shown.words
    assert len(stored(deps)) == 1


def test_a_store_that_fails_gives_the_form_back_with_the_words(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)
    with unavailable(deps):
        outcome = form.submit()
    assert outcome.view is not None
    assert "Tallennus ei onnistunut" in outcome.view.words
    assert outcome.view.values["text"] == FORM["text"]
    assert not stored(deps)
    assert outcome.view.submit().closed
    assert len(stored(deps)) == 1


def test_a_line_that_cannot_be_stored_is_given_back(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    with unavailable(deps):
        aino.types("/raportoi", WORDS)
        note = aino.sees_ephemeral(containing="Tallennus ei onnistunut")
    note.press("observations.open_form")
    assert aino.sees_modal(callback_id="observations.form").values["text"] == WORDS


def test_slow_commands_do_not_starve_each_other_of_their_acks(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    people = [slack.person(f"U0MANY{number:04}", f"Henkilö {number}", locale="fi-FI") for number in range(40)]
    with slow_database(deps, 0.3), ThreadPoolExecutor(40) as crowd:
        answers = list(crowd.map(lambda person: person.types("/raportoi", WORDS), people))
    slack.settles(within=60)
    assert max(answer.ack_seconds for answer in answers) < 3
    assert len(stored(deps)) == len(people)


def test_b05_where_the_bot_is_not_a_member_all_answers_stay_private(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    places = {"D0OTHER01": {}, "G0PRIV0001": {"is_private": True}}
    for place, flags in places.items():
        slack.channel(place, "muualla", members=[aino.id], bot_is_member=False, **flags)
        aino.types("/raportoi", WORDS, channel=place)
        aino.sees_ephemeral(containing="Kirjattu")
    slack.settles()
    posted = {call.args["channel"] for call in slack.calls_to("chat.postMessage")}
    assert not posted & set(places)
    assert len(stored(deps)) == len(places)


def test_b38_fifty_hanging_posts_hold_up_neither_the_next_command_nor_the_database(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    slack.fault("chat.postMessage", delay=1, times=50)
    people = [slack.person(f"U0HANG{number:04}", f"Henkilö {number}", locale="fi-FI") for number in range(50)]
    with ThreadPoolExecutor(50) as crowd:
        list(crowd.map(lambda person: person.types("/raportoi", WORDS), people))
    answer = aino.types("/raportoi")
    assert answer.ack_seconds < 1
    assert aino.sees_modal(callback_id="observations.form").fill(**FORM).submit().closed
    slack.settles(within=30)
    assert len(stored(deps)) == len(people) + 1
    assert deps.database.engine.pool.checkedout() == 0
