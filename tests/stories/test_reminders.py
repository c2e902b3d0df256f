"""A member is reminded to report, and answers in the way that suits them; the coordinator sees numbers."""

from datetime import date, timedelta

import pytest

from bot.deps import Deps
from bot.jobs import reminders as jobs
from storage.models import Person as Row
from tests.clocks import at
from tests.fakes import SECONDS, FakeSlack, Person
from tests.stories.rounds import FIRST, SECOND, answered, deliveries, opens, waiting
from tests.stories.test_acknowledging import standing_still

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
ASKED = "Oletko huomannut työssäsi"
BUTTONS = [
    "observations.open_form",
    "reminders.nothing",
    "reminders.tomorrow",
    "reminders.pause",
    "reminders.stop",
]


def chosen(deps: Deps, user: str) -> Row | None:
    with deps.read() as session:
        return session.get(Row, (deps.workspace, user))


def settled(slack: FakeSlack, deps: Deps, users: list[str]) -> None:
    slack.settles()
    slack.world.wait_for(lambda: answered(deps) == users, SECONDS, lambda: f"{answered(deps)} instead of {users}")


def test_the_message_has_five_buttons_and_speaks_everybodys_language(deps: Deps, aino: Person, cecilia: Person) -> None:
    opens(deps)
    assert aino.sees_dm(containing=ASKED).actions == BUTTONS
    assert "allmän nivå" in cecilia.sees_dm(containing="lagt märke till").words


def test_no_observations_this_time_is_an_answer_and_takes_the_buttons_away(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    opens(deps)
    message = aino.sees_dm(containing=ASKED)
    with standing_still(deps):
        message.press("reminders.nothing")  # is acknowledged meanwhile
    message.waits_for("Kiitos vastauksestasi")
    assert message.actions == []
    assert answered(deps) == [aino.id]


@pytest.mark.parametrize("feedback", ["named", "anonymous"])
def test_an_observation_is_an_answer_whether_named_or_not(
    slack: FakeSlack, deps: Deps, aino: Person, feedback: str
) -> None:
    opens(deps)
    aino.sees_dm(containing=ASKED).press("observations.open_form")
    form = aino.sees_modal(callback_id="observations.form")
    form.fill(kind="E", theme="X-90", text=WORDS, feedback=feedback).submit()
    settled(slack, deps, [aino.id])


def test_one_line_is_an_answer(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    opens(deps)
    aino.types("/raportoi", WORDS)
    aino.sees_dm(containing="on kirjattu")
    settled(slack, deps, [aino.id])


def test_remind_me_tomorrow_enters_one_message(deps: Deps, aino: Person) -> None:
    opens(deps)
    message = aino.sees_dm(containing=ASKED)
    message.press("reminders.tomorrow")
    message.waits_for("Palaan asiaan")
    (row,) = waiting(deps)
    assert (row.kind, row.recipient) == ("reminder_tomorrow", aino.id)
    assert message.actions == []


def test_a_pause_has_a_last_day(deps: Deps, aino: Person) -> None:
    opens(deps)
    message = aino.sees_dm(containing=ASKED)
    until = deps.now().date() + timedelta(days=40)
    message.press("reminders.pause")
    form = aino.sees_modal(callback_id="reminders.pause_form")
    assert form.fill(until=date(2020, 1, 1)).submit().errors == {"until": "Tämä päivä on jo mennyt. Valitse myöhempi."}
    assert form.fill(until=until).submit().closed
    message.waits_for("Ei muistutusviestejä")
    row = chosen(deps, aino.id)
    assert row is not None
    assert (row.paused_until, row.reminders) == (until, True)


def test_stop_stops(deps: Deps, aino: Person, cecilia: Person) -> None:
    opens(deps)
    message = aino.sees_dm(containing=ASKED)
    message.press("reminders.stop")
    message.waits_for("En enää muistuta sinua")
    opens(deps, SECOND)
    assert len(aino.dms) == 1
    assert len(cecilia.dms) == 2


def test_the_next_round_takes_the_buttons_out_of_the_earlier_message_and_forgets_who_got_it(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person
) -> None:
    opens(deps)
    earlier = aino.sees_dm(containing=ASKED)
    slack.fault("chat.update", error="message_not_found", times=1)
    slack.expects_refusal("message_not_found")
    opens(deps, SECOND)
    jobs.close_earlier(at(deps, SECOND))

    kept = [one for person in (aino, cecilia) for one in person.dms if one.actions]
    assert len(kept) == 3  # the two new ones, and the one whose edit failed
    assert earlier.actions == [] or "reminders.stop" in earlier.actions
    assert {row.occurrence for row in deliveries(deps)} == {SECOND.date().isoformat()}


def test_b53_an_old_message_is_answered_kindly(deps: Deps, aino: Person) -> None:
    opens(deps)
    earlier = aino.sees_dm(containing=ASKED)
    opens(deps, SECOND)  # the earlier one still has its buttons
    for button, said in (("reminders.nothing", "Kiitos vastauksestasi"),):
        earlier.press(button)
        earlier.waits_for(said)
    assert answered(deps) == [aino.id]


def test_who_has_left_the_network_is_told_so(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    opens(deps)
    message = aino.sees_dm(containing=ASKED)
    aino.record["deleted"] = True
    deps.people.heard(aino.record)
    message.press("reminders.nothing")
    slack.settles()
    assert answered(deps) == []


def test_a_second_press_changes_nothing(deps: Deps, aino: Person) -> None:
    opens(deps)
    message = aino.sees_dm(containing=ASKED)
    old = message.drawn["blocks"]
    message.press("reminders.nothing")
    message.waits_for("Kiitos vastauksestasi")
    message.message["blocks"] = old  # a client that has not seen the edit yet
    message.press("reminders.nothing")
    message.waits_for("Kiitos vastauksestasi")
    assert answered(deps) == [aino.id]


def test_a_message_that_is_gone_does_not_lose_the_answer(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    opens(deps)
    message = aino.sees_dm(containing=ASKED)
    slack.fault("chat.update", error="message_not_found")
    slack.expects_refusal("message_not_found")
    message.press("reminders.nothing")
    aino.sees_dm(containing="Kiitos vastauksestasi")
    assert answered(deps) == [aino.id]


def test_the_texts_neither_scold_nor_count(deps: Deps, aino: Person, cecilia: Person) -> None:
    opens(deps, FIRST)
    for person in (aino, cecilia):
        words = person.dms[-1].words
        assert not any(sign.isdigit() or sign == "!" for sign in words)
