"""The reporter hears what became of an observation, marks it as read, and replies in place."""

import re
from datetime import date, timedelta

import pytest

from bot.deps import Deps
from storage.models import Wording
from tests.fakes import FakeSlack, Person
from tests.stories.moves import NOON, acts, goes_out, steps, told
from tests.stories.rows import stored

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
HOSTILE = "<!channel> <@U0VICTIM1> <https://example.org|pankki> a < b & c *lihava* ~yli~"


def files(deps: Deps, person: Person, text: str = WORDS) -> str:
    """Files one line and answers its number."""
    before = {row.number for row in stored(deps)}
    person.types("/raportoi", text)
    person.sees_dm(containing=text)
    return next(row.number for row in stored(deps) if row.number not in before)


def test_all_changes_within_ten_minutes_are_told_once_in_one_message(deps: Deps, aino: Person) -> None:
    first, second = files(deps, aino), files(deps, aino, "Velkaneuvonnan jonot ovat kasvaneet")
    acts(deps, first, status="kasittelyssa")
    acts(deps, first, status="viety", receiver="Kaupungin asuntotoimi", words="Vein tämän asuntotoimelle.",
         moment=NOON + timedelta(minutes=3))  # fmt: skip
    acts(deps, second, status="ei_toimia", reason="Ei kuulu verkostolle", moment=NOON + timedelta(minutes=5))
    goes_out(deps, NOON + timedelta(minutes=9))
    assert not [one for one in aino.dms if "Uutta" in one.words]

    goes_out(deps, NOON + timedelta(minutes=10))
    goes_out(deps, NOON + timedelta(minutes=30))

    message = aino.sees_dm(containing="Uutta 2 havainnostasi")
    for words in (first, second, WORDS, "Käsittelyssä", "Viety eteenpäin", "Minne: Kaupungin asuntotoimi",
                  "Vein tämän asuntotoimelle.", "Perustelu: Ei kuulu verkostolle", "on silti mukana"):  # fmt: skip
        assert words in message.words, words
    assert "Koordinaattori selvittää asiaa" not in message.words  # outdated by "Viety eteenpäin"
    assert len([one for one in aino.dms if "Uutta" in one.words]) == 1
    assert WORDS not in message.text
    assert [row.state for row in told(deps)] == ["sent"]
    assert message.metadata == {
        "event_type": "raportoi_delivery", "event_payload": {"id": told(deps)[0].key, "kind": "feedback"},
    }  # fmt: skip


def test_read_turns_the_button_into_a_quiet_word_and_a_second_press_is_harmless(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person
) -> None:
    number = files(deps, aino)
    acts(deps, number, status="kasittelyssa")
    goes_out(deps)
    message = aino.sees_dm(containing="Uutta havainnostasi")
    press = message.press("feedback.read")
    message.waits_for("Merkitty luetuksi")
    assert "feedback.read" not in message.actions
    assert steps(deps)[0].read_on is not None

    slack.deliver("interactive", press.payload)
    slack.settles()
    assert message.words.count("Merkitty luetuksi") == 1
    stolen = {**press.payload, "trigger_id": "1.2.stolen", "user": {"id": cecilia.id, "team_id": slack.world.team_id}}
    slack.deliver("interactive", stolen)
    aino.sees_ephemeral(containing="gäller inte dina observationer")  # where the answer to that message goes


@pytest.mark.both_databases
def test_a_reply_is_stored_without_author_once_and_comes_first_in_the_queue(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    number = files(deps, aino)
    acts(deps, number, status="kasittelyssa", words="Missä päin Turkua?")
    goes_out(deps)
    aino.sees_dm(containing="Uutta").press("feedback.reply", value=number)
    form = aino.sees_modal("Missä päin Turkua?", callback_id="feedback.reply_form")
    copies = slack.send_copies(
        form.fill(text="Varissuolla ja Runosmäessä").payload(), "interactive", 3, form.take_answer
    )
    assert all("Viestisi on nyt koordinaattorilla" in str(copy.ack_payload) for copy in copies)

    answer = steps(deps)[-1]
    (row,) = stored(deps)
    assert (answer.what, answer.words, answer.actor) == ("answer", "Varissuolla ja Runosmäessä", None)
    assert len(steps(deps)) == 2
    assert row.due_on == answer.on_day
    assert row.version == 2


def test_the_guard_reads_replies_and_the_form_keeps_their_words(deps: Deps, aino: Person) -> None:
    number = files(deps, aino)
    acts(deps, number, words="Kerrotko lisää?")
    goes_out(deps)
    aino.sees_dm(containing="Koordinaattori kirjoitti sinulle").press("feedback.reply", value=number)
    form = aino.sees_modal(callback_id="feedback.reply_form")

    stopped = form.fill(text="Asiakas 130279-901E jäi ilman asuntoa").submit().view
    assert stopped is not None
    assert "henkilötunnus" in stopped.words
    assert "Kerrotko lisää?" in stopped.words
    assert stopped.values["text"] == "Asiakas 130279-901E jäi ilman asuntoa"
    warned = stopped.fill(text="Katso https://example.org/jonot").submit().view
    assert warned is not None
    assert "linkki" in warned.words
    assert len(steps(deps)) == 1
    warned.submit()
    assert aino.modal is not None
    assert "Kiitos" in aino.modal.words
    assert steps(deps)[-1].words == "Katso https://example.org/jonot"


def test_old_buttons_are_answered_kindly(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    number = files(deps, aino)
    acts(deps, number, status="kasittelyssa")
    goes_out(deps)
    message = aino.sees_dm(containing="Uutta")
    reply, read = message.drawn["blocks"][2], message.drawn["blocks"][-1]
    aino.types("/raportoi", "omat")
    aino.sees_ephemeral(containing="Viimeisimmät").press("observations.withdraw", value=number)
    message.waits_for("on peruttu")
    slack.settles()
    assert WORDS not in str([one.drawn for one in aino.dms])
    assert "feedback.reply" not in message.actions

    message.message["blocks"] = [reply, read]  # a client that has not seen the edit yet
    message.press("feedback.reply", value=number)
    assert "Se on ehkä peruttu" in aino.sees_modal("peruttu").words
    message.press("feedback.read")
    message.waits_for("on peruttu")
    assert WORDS not in message.words

    aino.record["deleted"] = True
    deps.people.heard(aino.record)
    message.message["blocks"] = [reply, read]
    message.press("feedback.read")
    slack.settles()
    assert "feedback.read" in message.actions


def test_b09_markup_in_words_is_shown_as_typed(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    number = files(deps, aino)
    with deps.write() as session:
        row = next(one for one in stored(deps) if one.number == number)
        row.text = HOSTILE
        session.add(row)
    acts(deps, number, status="ohjattu", receiver=HOSTILE, reason=HOSTILE, words=HOSTILE)
    goes_out(deps)
    message = aino.sees_dm(containing="Ohjattu")
    typed = [b for b in message.blocks if "VICTIM" in str(b)]
    assert len(typed) == 3
    assert all(block["text"]["type"] == "plain_text" for block in typed)
    assert not re.search(r"<[!@h]", str([block["text"] for block in typed]))


def test_swedish_and_the_coordinators_own_template(deps: Deps, cecilia: Person) -> None:
    number = files(deps, cecilia, "Det finns för få stödbostäder för unga")
    with deps.write() as session:
        session.add(
            Wording(workspace=deps.workspace, kind="reply:kasittelyssa", language="sv", text="Vi *tittar* <på> det.")
        )
    acts(deps, number, status="kasittelyssa")
    acts(deps, number, status="seurannassa", review_on=date(2090, 12, 1))
    goes_out(deps)
    words = cecilia.sees_dm(containing="Nytt om din observation").words
    for said in ("Under behandling", "Vi *tittar* &lt;på&gt; det.", "Under uppföljning", "tas upp igen fr 1.12.2090",
                 "Just nu görs inget", "Svara", "Tack, jag har läst det här"):  # fmt: skip
        assert said in words, said


def test_sixty_observations_with_long_words_are_told_in_messages_that_slack_takes(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    numbers = [files(deps, aino)]
    for part in range(6):
        aino.types("/raportoi", "\n".join(f"Havainto jonoista numero {part}{line}" for line in range(10)))
        slack.settles()
    numbers = [row.number for row in stored(deps)]
    for place, number in enumerate(numbers):
        acts(deps, number, status="viety", receiver="x" * 200, words=f"{place} " + "& on " * 590)
    for minutes in range(10, 25 * 60, 11):  # until noon of the next day
        goes_out(deps, NOON + timedelta(minutes=minutes), turns=1)
    assert sorted(number for row in told(deps) if row.state == "sent" for number in _numbers(row.params)) == sorted(
        numbers
    )
    assert all(step.told_in for step in steps(deps))


def test_the_same_words_to_many_observations_are_said_once(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "\n".join(f"Havainto jonoista numero {line}" for line in range(10)))
    slack.settles()
    numbers = [row.number for row in stored(deps)]
    acts(deps, *numbers, status="viety", receiver="Hyvinvointialue", words="Vein nämä yhdessä eteenpäin.")
    goes_out(deps)
    message = aino.sees_dm(containing="Uutta 10 havainnostasi")
    assert message.words.count("Vein nämä yhdessä eteenpäin.") == 1
    assert all(number in message.words for number in numbers)


def _numbers(params: str) -> list[str]:
    return re.findall(r"\d{4}-\w{4}", params)
