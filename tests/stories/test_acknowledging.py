"""Slack's three seconds are kept, whatever the database, the look-ups and Slack itself do."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.deps import Deps
from tests.bots import AT_BEGIN, give_time
from tests.fakes import SECONDS, FakeSlack, Person
from tests.stories.rows import stored

pytestmark = pytest.mark.both_databases

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
FORM = {"kind": "E", "theme": "X-90", "text": "Jonot ovat liian pitkiä kaikille"}


@contextmanager
def standing_still(deps: Deps, *, fails: bool = False) -> Iterator[None]:
    """No transaction begins, and the bot waits no longer than for a blink. At the end they go on, or fail.

    What is acknowledged inside did not wait for a transaction, however long one takes.

    (The listener stays: taking it away while others work breaks SQLAlchemy.)
    """
    goes_on = threading.Event()

    def wait(*_: Any) -> None:
        late = not goes_on.is_set()
        goes_on.wait()
        if late and fails:
            raise OperationalError("BEGIN", None, Exception("away"))

    AT_BEGIN[deps.database.engine].append(wait)
    try:
        with pytest.MonkeyPatch.context() as patched:
            give_time(patched, 0.05)
            yield
    finally:
        goes_on.set()


@contextmanager
def unavailable(deps: Deps) -> Iterator[None]:
    """The database answers nobody: its file is locked or its server is away."""
    away = [True]

    def refuse(*_: Any) -> None:
        if away[0]:
            raise OperationalError("BEGIN", None, Exception("away"))

    AT_BEGIN[deps.database.engine].append(refuse)
    yield
    away[0] = False


def test_b01_a_slow_database_and_a_slow_look_up_cost_neither_the_ack_nor_the_form(slack: FakeSlack, deps: Deps) -> None:
    slack.settles()  # the others are known by now
    late = slack.person("U0LATE0001", "Leena Myöhäinen", locale="fi-FI")
    looked_up = threading.Event()
    slack.fault("users.info", until=looked_up)
    with standing_still(deps):
        answer = late.types("/raportoi")
        late.sees_modal(callback_id="observations.loading")
    looked_up.set()
    late.sees_modal(callback_id="observations.form")

    opened = slack.calls_to("views.open")
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
    with standing_still(deps):
        outcome = form.submit()
        assert outcome.view is not None
        assert "Tallennetaan" in outcome.view.words
    aino.sees_modal(containing="Kirjattu")
    receipt = aino.sees_dm(containing="on kirjattu")
    (row,) = stored(deps)
    assert row.number in receipt.words


def test_a_late_no_name_submission_still_shows_its_code(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM, feedback="anonymous")
    with standing_still(deps):
        form.submit()
    shown = aino.sees_modal(callback_id="observations.code")
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
    with ThreadPoolExecutor(40) as crowd, standing_still(deps):
        list(crowd.map(lambda person: person.types("/raportoi", WORDS), people))
    slack.settles()
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
    let_go = threading.Event()
    hangs = slack.fault("chat.postMessage", until=let_go, times=50)
    people = [slack.person(f"U0HANG{number:04}", f"Henkilö {number}", locale="fi-FI") for number in range(50)]
    with ThreadPoolExecutor(50) as crowd:
        list(crowd.map(lambda person: person.types("/raportoi", WORDS), people))
    slack.world.wait_for(lambda: hangs.struck, SECONDS, lambda: "a post that hangs")
    aino.types("/raportoi")
    assert aino.sees_modal(callback_id="observations.form").fill(**FORM).submit().closed
    let_go.set()
    slack.settles()
    assert len(stored(deps)) == len(people) + 1
    pool = deps.database.engine.pool
    slack.world.wait_for(lambda: pool.checkedout() == 0, SECONDS, lambda: f"{pool.checkedout()} connections are held")
