"""A member is reminded to report, and answers in the way that suits them; the coordinator sees numbers."""

from datetime import date, timedelta

import pytest

from bot.deps import Deps
from bot.jobs import reminders as jobs
from storage.models import Person as Row
from tests.clocks import at
from tests.fakes import FakeSlack, Person
from tests.stories.rounds import FIRST, SECOND, answered, deliveries, opens, waiting
from tests.stories.rows import stored
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


def test_the_message_has_five_buttons_and_speaks_everybodys_language(deps: Deps, aino: Person, cecilia: Person) -> None:
    opens(deps)
    assert aino.sees_dm(containing=ASKED).actions == BUTTONS
    assert "allmän nivå" in cecilia.sees_dm(containing="lagt märke till").words


def test_it_thanks_those_who_filed_without_a_name_and_says_why_it_comes(
    deps: Deps, aino: Person, cecilia: Person
) -> None:
    opens(deps)
    thanks = "Jos kirjasit jo ilman nimeä, kiitos. En tiedä siitä, joten tämä viesti tulee sinullekin."
    assert thanks in aino.sees_dm(containing=ASKED).words
    assert "utan namn: tack. Jag vet inte om det" in cecilia.sees_dm(containing="lagt märke till").words
    assert "Ei (muita) havaintoja tällä kertaa" in aino.dms[-1].words


def test_no_observations_this_time_is_an_answer_and_leaves_message_and_row_as_they_were(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    opens(deps)
    message, rows = aino.sees_dm(containing=ASKED), deliveries(deps)
    drawn = str(message.drawn)
    with standing_still(deps):
        message.press("reminders.nothing")  # is acknowledged meanwhile
    assert aino.sees_ephemeral(containing="Kiitos vastauksestasi").channel == message.channel
    assert answered(deps) == [aino.id]
    assert (str(message.drawn), len(aino.dms)) == (drawn, 1)
    assert [row.model_dump() for row in deliveries(deps)] == [row.model_dump() for row in rows]


@pytest.mark.parametrize("how", ["named", "anonymous", "line"])
def test_an_observation_leaves_no_mark_and_the_message_as_it_was(
    slack: FakeSlack, deps: Deps, aino: Person, how: str
) -> None:
    opens(deps)
    message, rows = aino.sees_dm(containing=ASKED), deliveries(deps)
    drawn = str(message.drawn)
    if how == "line":
        aino.types("/raportoi", WORDS)
    else:
        message.press("observations.open_form")
        form = aino.sees_modal(callback_id="observations.form")
        form.fill(kind="E", theme="X-90", text=WORDS, feedback=how).submit()
    slack.settles()
    assert [row.text for row in stored(deps)] == [WORDS]
    assert (answered(deps), str(message.drawn)) == ([], drawn)
    assert [row.model_dump() for row in deliveries(deps)] == [row.model_dump() for row in rows]


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
    earlier.press("reminders.nothing")
    aino.sees_ephemeral(containing="Kiitos vastauksestasi")
    assert answered(deps) == [aino.id]


def test_who_has_left_the_network_is_told_so(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    opens(deps)
    message = aino.sees_dm(containing=ASKED)
    aino.record["deleted"] = True
    deps.people.heard(aino.record)
    message.press("reminders.nothing")
    slack.settles()
    assert answered(deps) == []


@pytest.mark.parametrize(
    ("command", "typed", "said"),
    [
        ("/raportoi", "ei havaintoja tällä kertaa", "Kiitos vastauksestasi"),
        ("/raportoi", "Ei (muita) havaintoja tällä kertaa.", "Kiitos vastauksestasi"),
        ("/raportoi", "ei muita havaintoja tällä kertaa", "Kiitos vastauksestasi"),
        ("/rapportera", "inget att rapportera", "Tack för ditt svar"),
        ("/raportoi", "Nothing to report", "Kiitos vastauksestasi"),
        ("/raportoi", "Minulla ei ole mitään raportoitavaa, kiitos", "Kiitos vastauksestasi"),
    ],
)
def test_what_the_button_says_typed_after_the_command_is_the_same_answer(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person, command: str, typed: str, said: str
) -> None:
    person = cecilia if command == "/rapportera" else aino
    opens(deps)
    person.types(command, typed)
    person.sees_ephemeral(containing=said)
    slack.settles()
    assert answered(deps) == [person.id]
    assert not stored(deps)


def test_the_words_of_the_other_buttons_do_what_those_do(deps: Deps, aino: Person) -> None:
    opens(deps)
    aino.types("/raportoi", "Muistuta huomenna")
    aino.sees_ephemeral(containing="Palaan asiaan")
    assert [row.kind for row in waiting(deps)] == ["reminder_tomorrow"]
    aino.types("/raportoi", "tauko…")
    until = deps.now().date() + timedelta(days=30)
    form = aino.sees_modal(callback_id="reminders.pause_form")
    assert form.fill(until=until.isoformat()).submit().closed
    aino.sees_ephemeral(containing="Ei muistutusviestejä")
    row = chosen(deps, aino.id)
    assert row is not None
    assert row.paused_until == until
    aino.types("/raportoi", "lopeta muistutusviestit")
    aino.sees_ephemeral(containing="En enää muistuta sinua")
    row = chosen(deps, aino.id)
    assert row is not None
    assert not row.reminders
    assert not stored(deps)


def test_the_same_words_in_a_message_to_the_bot_are_an_answer_too(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    opens(deps)
    aino.writes("Ei havaintoja tällä kertaa")
    aino.sees_dm(containing="Kiitos vastauksestasi")
    slack.settles()
    assert answered(deps) == [aino.id]
    assert not [one for one in aino.dms if "Avaa lomake" in one.words]


def test_words_of_buttons_that_stand_elsewhere_are_not_stored(deps: Deps, aino: Person) -> None:
    for typed in ("Sama täällä", "Seuraa tätä", "Kiitos, luin tämän"):
        aino.types("/raportoi", typed)
        aino.sees_ephemeral(containing="Tällä nimellä on painike")
    aino.types("/raportoi", "Väärä kanava?")
    aino.sees_modal(callback_id="observations.routing").close()
    aino.types("/raportoi", "kirjaa havainto")
    aino.sees_modal(callback_id="observations.form")
    assert not stored(deps)


def test_a_second_press_changes_nothing(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    opens(deps)
    message = aino.sees_dm(containing=ASKED)
    for _ in range(2):
        message.press("reminders.nothing")
        aino.sees_ephemeral(containing="Kiitos vastauksestasi")
        slack.settles()
    assert answered(deps) == [aino.id]


def test_thanks_that_cannot_be_whispered_lose_no_answer_and_leave_no_message(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    opens(deps)
    slack.fault("response_url", status=404)
    aino.sees_dm(containing=ASKED).press("reminders.nothing")
    slack.settles()
    assert answered(deps) == [aino.id]
    assert (len(aino.dms), aino.notes) == (1, [])


def test_who_changes_their_mind_is_written_to_tomorrow(deps: Deps, aino: Person) -> None:
    opens(deps)
    message = aino.sees_dm(containing=ASKED)
    message.press("reminders.nothing")
    aino.sees_ephemeral(containing="Kiitos vastauksestasi")
    message.press("reminders.tomorrow")
    message.waits_for("Palaan asiaan")
    assert (len(waiting(deps)), answered(deps)) == (1, [])


def test_the_texts_neither_scold_nor_count(deps: Deps, aino: Person, cecilia: Person) -> None:
    opens(deps, FIRST)
    for person in (aino, cecilia):
        words = person.dms[-1].words
        assert not any(sign.isdigit() or sign == "!" for sign in words)
