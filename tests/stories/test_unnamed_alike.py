"""Whoever of two members files without a name, everything that lasts is the same, but for what its writer was shown.

The same story is played twice, with the same clock and the same random numbers: once one of them files without a name,
once the other. After each act, and before and after each night, what lasts of the two plays is compared: every
statement that the database was told, every row of every table as it lies, on SQLite the bytes of its file and of its
log, the log of erasures, a backup of each night, the log at DEBUG, the figures of the ledger, all messages and homes,
what others were shown, and what is held in memory. PostgreSQL's own log and dead rows are made of those statements, and
of nothing else; their bytes hold numbers of the server's, so that in them only the members' ids are counted.
"""

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import make_url

from bot.jobs import digests, loop, reminders
from bot.jobs import observations as jobs
from bot.rules.deletions import OTHER, Deletion
from bot.rules.observations import Draft
from bot.rules.others import Told as For
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.practices import Card, Decision, Tried
from bot.rules.reviews import Classes
from bot.rules.statuses import Step
from bot.rules.weeks import DAY, local_day, local_instant
from bot.services import deliveries, observations, phenomena, practices
from bot.services import loop as follows
from bot.services import reminders as rounds
from storage.models import Coordinator
from tests.databases import without_tables
from tests.fakes import HOME_CHANNEL, SECONDS, Person, SeenMessage, SeenModal
from tests.stories.rounds import FIRST, SECOND
from tests.stories.rows import stored
from tests.stories.test_acknowledging import standing_still
from tests.stories.test_closed_modals import closed_while_saving
from tests.stories.worlds import SERVER_LOG, World, lasting, opens_home, world

AINO, BEA, CECILIA, DAG, KOORD = "U0AINO0001", "U0BEATA001", "U0CECILIA1", "U0DAG00001", "U0KOORD001"
NAMES = {
    AINO: "Aino Testinen", BEA: "Beata Testinen", CECILIA: "Cecilia Exempel", DAG: "Dag Exempel", KOORD: "B Kokoaja",
}  # fmt: skip
CODE = re.compile(r"\b\w{4}-\w{4}-\w{4}\b")
ASKED = "Oletko huomannut työssäsi"
QUESTION = "Mistä asti jono on ollut näin pitkä?"
MESSAGE = "Jonot ovat taas pidentyneet koko alueella"


class Told:
    """What the writer alone knows: the receipt codes, newest last."""

    def __init__(self) -> None:
        self.codes: list[str] = []


Act = Callable[[World, Person, Told], None]


def fills(form: SeenModal, words: str, **more: str) -> SeenModal:
    return form.fill(kind="E", theme="X-90", text=words, area="853", feedback="anonymous", **more)


def sends(form: SeenModal, told: Told) -> None:
    """Sent, the code is written down, and the modal is closed."""
    seen = form.submit().view
    assert seen is not None
    notes(told, seen.words)
    seen.close()


def notes(told: Told, words: str) -> None:
    code = CODE.search(words)
    assert code is not None, words
    told.codes.append(code[0])


def asks(there: World, writer: Person, code: str, containing: str = "2090-") -> SeenMessage:
    seen = len(writer.notes)
    writer.types("/raportoi", f"tila {code}")
    there.slack.world.wait_for(lambda: len(writer.notes) > seen, SECONDS, lambda: f"no answer to {writer.id}")
    assert containing in writer.notes[-1].words
    return writer.notes[-1]


def from_the_reminder(there: World, writer: Person, told: Told) -> None:
    """The first answer of the round, by the reminder's own button."""
    writer.sees_dm(containing=ASKED).press("observations.open_form")
    sends(fills(writer.sees_modal(callback_id="observations.form"), "Jono on liian pitkä kaikille"), told)


def others_answer(there: World, writer: Person, told: Told) -> None:
    """With a name, and that there is nothing to tell: as on any other day."""
    there.people[CECILIA].types("/raportoi", "Nimellä kirjattu havainto jonoista")
    there.people[CECILIA].sees_dm(containing="on kirjattu")
    there.slack.settles()  # else where the receipt stands is stored before or after what comes now
    there.people[DAG].sees_dm(containing=ASKED).press("reminders.nothing")
    there.people[DAG].sees_ephemeral(containing="Kiitos vastauksestasi")


def by_the_command(there: World, writer: Person, told: Told) -> None:
    writer.types("/raportoi")
    sends(fills(writer.sees_modal(callback_id="observations.form"), "Ajat ovat kuukausien päässä"), told)


def from_home(there: World, writer: Person, told: Told) -> None:
    writer.sees_home().press("observations.open_form")
    sends(fills(writer.sees_modal(callback_id="observations.form"), "Puhelin on aina varattu"), told)


def from_a_message(there: World, writer: Person, told: Told) -> None:
    ts = next(one["ts"] for one in there.slack.world.messages[HOME_CHANNEL] if one["user"] == writer.id)
    writer.uses_message_shortcut("observations.from_message", HOME_CHANNEL, ts)
    form = writer.sees_modal(callback_id="observations.form")
    assert form.values["text"] == MESSAGE
    sends(form.fill(kind="E", theme="X-90", feedback="anonymous"), told)


def in_swedish(there: World, writer: Person, told: Told) -> None:
    """The name of the command is heard for its form, and for nothing that comes after."""
    writer.types("/rapportera")
    form = writer.sees_modal("Rapportera observation", callback_id="observations.form")
    sends(fills(form, "Köerna växer i hela regionen"), told)


def by_the_shortcut(there: World, writer: Person, told: Told) -> None:
    writer.uses_shortcut("observations.new")
    sends(fills(writer.sees_modal(callback_id="observations.form"), "Taksia saa odottaa tunteja"), told)


def stored_late(there: World, writer: Person, told: Told) -> None:
    writer.types("/raportoi")
    form = fills(writer.sees_modal(callback_id="observations.form"), "Hakemukset viipyvät liian kauan")
    with standing_still(there.deps):
        saving = form.submit().view
    assert saving is not None
    there.slack.settles()
    notes(told, saving.words)
    saving.close()


def closed_at_the_command(there: World, writer: Person, told: Told) -> None:
    writer.types("/raportoi")
    form = fills(writer.sees_modal(callback_id="observations.form"), "Tulkkia ei saa mihinkään")
    with standing_still(there.deps):
        closed_while_saving(form)
    notes(told, writer.sees_ephemeral(containing="Tunnuskoodisi").words)


def closed_at_home(there: World, writer: Person, told: Told) -> None:
    """The code waits in App Home, for its writer alone, and is shown there once."""
    writer.sees_home().press("observations.open_form")
    form = fills(writer.sees_modal(callback_id="observations.form"), "Bussi ei kulje enää iltaisin")
    with standing_still(there.deps):
        closed_while_saving(form)
    writer.sees_home("Näytä tunnuskoodi").press("observations.show_code")
    shown = writer.sees_modal(callback_id="observations.code")
    notes(told, shown.words)
    shown.close()


def edits(there: World, writer: Person, told: Told) -> None:
    asks(there, writer, told.codes[0]).press("observations.edit_by_code")
    form = writer.sees_modal(callback_id="observations.form").fill(text="Jono on liian pitkä nuorille")
    changed = form.submit().view
    assert changed is not None
    assert "on muutettu" in changed.words
    changed.close()


def withdraws(there: World, writer: Person, told: Told) -> None:
    asks(there, writer, told.codes[1]).press("observations.withdraw_by_code")
    writer.sees_ephemeral(containing="on peruttu")


def coordinator_asks(there: World, writer: Person, told: Told) -> None:
    """The one that is answered to, and everybody else's as they come in the queue."""
    koord, row = there.people[KOORD], next(one for one in stored(there.deps) if "nuorille" in one.text)
    opens_home(there.slack, koord)
    koord.sees_home(row.number).press("observations.review", value=row.number)
    koord.sees_modal(callback_id="observations.review").fill(status="kasittelyssa", reply=QUESTION).submit()


def answers(there: World, writer: Person, told: Told) -> None:
    asks(there, writer, told.codes[0], QUESTION).press("observations.answer_by_code")
    thanks = writer.sees_modal(callback_id="feedback.reply_form").fill(text="Jo viime vuodesta.").submit().view
    assert thanks is not None
    thanks.close()


def coordinator_puts_right(there: World, writer: Person, told: Told) -> None:
    """A coordinator takes it and hands it over, the classification is corrected, and words are taken out."""
    row = next(one for one in stored(there.deps) if "nuorille" in one.text)
    observations.take(there.deps, KOORD, row.number)
    observations.hand_over(there.deps, KOORD, row.number, KOORD)
    observations.reclassify(there.deps, KOORD, row.number, row.version, Classes("H", "X-90"))
    observations.redact(there.deps, KOORD, row.number, row.version + 1, "nuorille")
    jobs.knock(there.deps)


def deleted(there: World, writer: Person, told: Told) -> None:
    row = next(one for one in stored(there.deps) if "Taksia" in one.text)
    observations.delete(there.deps, KOORD, row.number, row.version, Deletion(OTHER, "Kirjattu kahdesti."))
    jobs.knock(there.deps)


def brought_back(there: World, writer: Person, told: Told) -> None:
    row = next(one for one in stored(there.deps) if one.status == "poistettu")
    observations.restore(there.deps, KOORD, row.number)
    jobs.knock(there.deps)


def taken_forward(there: World, writer: Person, told: Told) -> None:
    row = next(one for one in stored(there.deps) if "[poistettu]" in one.text)
    observations.move_on(there.deps, KOORD, row.number, row.version, Step(status="viety", receiver="Kunnille"))


def followed(there: World, writer: Person, told: Told) -> None:
    """Another one is joined to a phenomenon that both of the two follow; both hear of its changes as followers."""
    deps, about = there.deps, PhenomenonDraft("Puhelin on varattu", "Puheluihin ei vastata.", "X-90")
    row = next(one for one in stored(deps) if "varattu" in one.text)
    made = phenomena.create(deps, KOORD, about, "form")
    observations.move_on(deps, KOORD, row.number, row.version, Step(phenomenon=made.number))
    phenomena.publish(deps, KOORD, made.number)
    there.sends()
    for user in (AINO, BEA):
        follows.follow(deps, user, made.number, wants=True)
    there.slack.settles()
    version = phenomena.review(deps, KOORD, made.number).shown.row.version
    phenomena.move_on(deps, KOORD, made.number, version, about, Step(status="viety", receiver="Kunnille"))
    comes(there, 1, time(10))
    there.sends()
    for user in (AINO, BEA):
        there.people[user].sees_dm(containing="jota seuraat")


def told_for_others(there: World, writer: Person, told: Told) -> None:
    """Somebody else tells for the team, as on any other day."""
    draft = Draft(text="Tiimi on huomannut jonon kasvavan", kind="E", theme="X-90")
    observations.file_for_others(there.deps, draft, For("team", 3), DAG, "team")
    there.sends()


def three_months_after(there: World, writer: Person, told: Told) -> None:
    """Of the lone one nobody is asked whether it has changed; of the phenomenon both who follow it, and they answer."""
    comes(there, 102, time(10))  # a Tuesday
    there.deps.people.warm()
    loop.knock(there.deps)
    there.sends()
    for user in (AINO, BEA):
        there.people[user].sees_dm(containing="Onko tilanne muuttunut?").press("changed.no")
        there.slack.settles()


def writes_a_card(there: World, writer: Person, told: Told) -> None:
    """Somebody else has a practice card published, as on any other day."""
    draft = practices.save(there.deps, CECILIA, Card("Parityö", "Kotikäynti tehdään parityönä."), "card", is_sent=True)
    practices.decide(there.deps, KOORD, draft.number, draft.step, Decision(publishes=True))
    there.sends()


def looks(there: World, writer: Person, told: Told) -> None:
    asks(there, writer, told.codes[0])


def a_night(there: World, writer: Person, told: Told) -> None:
    comes(there, 1, time(3))
    deliveries.forget_old(there.deps)
    there.deps.tidy()
    there.backs_up()


def the_next_day(there: World, writer: Person, told: Told) -> None:
    comes(there, 0, time(10))


def comes(there: World, days: int, clock: time) -> None:
    there.clock.moves_to(local_instant(local_day(there.clock.now()) + days * DAY, clock))


def a_digest(there: World, writer: Person, told: Told) -> None:
    monday = next(days for days in range(1, 8) if (local_day(there.clock.now()) + days * DAY).weekday() == 0)
    comes(there, monday, time(9))
    digests.knock(there.deps)
    there.sends()
    there.sends()  # replies wait for what they reply to
    there.people[KOORD].sees_dm(containing="Jono on liian pitkä")


def a_digest_to_all(there: World, writer: Person, told: Told) -> None:
    comes(there, 6, time(9))  # the Monday after the Thursday of the round and its night
    digests.knock(there.deps)
    there.sends()
    there.sends()
    for user in (KOORD, AINO, BEA):
        there.people[user].sees_dm(containing=f"<@{AINO}>: ")


def next_round(there: World, writer: Person, told: Told) -> None:
    there.clock.moves_to(SECOND)
    there.deps.people.warm()
    assert rounds.open_due_round(there.deps)
    there.sends()
    reminders.close_earlier(there.deps)


STORY: dict[str, Act] = {
    "the first answer of the round": from_the_reminder,
    "the others": others_answer,
    "by the command": by_the_command,
    "from App Home": from_home,
    "from a message": from_a_message,
    "in Swedish": in_swedish,
    "by the shortcut": by_the_shortcut,
    "a night": a_night,
    "the next day": the_next_day,
    "stored late": stored_late,
    "closed at the command": closed_at_the_command,
    "closed at home": closed_at_home,
    "an edit": edits,
    "a withdrawal": withdraws,
    "a question": coordinator_asks,
    "an answer": answers,
    "the coordinator's hand": coordinator_puts_right,
    "a deletion": deleted,
    "brought back": brought_back,
    "a practice card": writes_a_card,
    "a team's observation": told_for_others,
    "a look at the status": looks,
    "one more night": a_night,
    "the digest": a_digest,
    "the next round": next_round,
    "taken forward": taken_forward,
    "a phenomenon that is followed": followed,
    "three months after": three_months_after,
    "the last night": a_night,
}


def played(url: str, who: str, story: dict[str, Act]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What lasts after each act."""
    with world(url, FIRST - timedelta(days=14), NAMES, KOORD) as there:
        for user in (AINO, BEA):
            there.people[user].writes(MESSAGE, channel=HOME_CHANNEL)
        rounds.open_due_round(there.deps)  # the first looks, as after an installation
        digests.knock(there.deps)
        there.clock.moves_to(FIRST)
        there.deps.people.warm()
        assert rounds.open_due_round(there.deps)
        there.sends()
        told, writer = Told(), there.people[who]
        yield "the beginning", lasting(there, writer)
        for name, act in story.items():
            act(there, writer, told)
            there.slack.settles()
            yield name, lasting(there, writer)


def differences(empty_url: str, other_empty_url: str, story: dict[str, Act]) -> list[tuple[str, str]]:
    """After which act what differs.

    How PostgreSQL tidies its pages hangs on the machine's pace, and its log tells it: what differs there differs twice.
    """
    found = compared(empty_url, other_empty_url, story)
    if all(place != SERVER_LOG for _, place in found):
        return found
    for url in (empty_url, other_empty_url):
        without_tables(make_url(url))
    again = compared(empty_url, other_empty_url, story)
    return [one for one in found if one[1] != SERVER_LOG or one in again]


def compared(empty_url: str, other_empty_url: str, story: dict[str, Act]) -> list[tuple[str, str]]:
    once, twice = (list(played(url, who, story)) for url, who in ((empty_url, AINO), (other_empty_url, BEA)))
    return [
        (name, place)
        for (name, first), (_, second) in zip(once, twice, strict=True)
        for place in sorted({*first, *second})
        if first.get(place) != second.get(place)
    ]


def test_nothing_that_lasts_tells_which_of_two_filed_without_a_name(empty_url: str, other_empty_url: str) -> None:
    found = differences(empty_url, other_empty_url, STORY)
    assert not found, found


def both_may_coordinate(there: World, writer: Person, told: Told) -> None:
    with there.deps.write() as session:
        session.add_all(Coordinator(workspace=there.deps.workspace, user=user) for user in (AINO, BEA))
    there.slack.settles()


def both_do_all_that_has_a_name(there: World, writer: Person, told: Told) -> None:
    """Each of the two takes what has no name, tells for a team, meets and follows, writes a card and tries both."""
    deps, about = there.deps, PhenomenonDraft("Ajat ovat kaukana", "Aikaa ei saa.", "X-90")
    made = phenomena.create(deps, KOORD, about, "form")
    row, open_one = (next(one for one in stored(deps) if word in one.text) for word in ("kuukausien", "varattu"))
    observations.move_on(deps, KOORD, row.number, row.version, Step(phenomenon=made.number))
    phenomena.publish(deps, KOORD, made.number)
    there.sends()
    for user in (AINO, BEA):
        observations.take(deps, user, open_one.number)
        observations.hand_over(deps, user, open_one.number, KOORD)
        observations.let_go(deps, KOORD, open_one.number)
        draft = Draft(text=f"Tiimi odottaa aikoja {user}", kind="E", theme="X-90")
        filed = observations.file_for_others(deps, draft, For("team", 2), user, f"team {user}").rows[0]
        there.sends()
        observations.move_on(deps, KOORD, filed.number, filed.version, Step(phenomenon=made.number))
        phenomena.press(deps, user, made.number)
        follows.follow(deps, user, made.number, wants=True)
        card = practices.save(deps, user, Card("Soittoaika", "Soittoaika on aina sama."), f"card {user}", is_sent=True)
        practices.decide(deps, KOORD, card.number, card.step, Decision(publishes=True, posts=True))
        for other in (AINO, BEA):
            practices.say_tried(deps, other, card.number, Tried("Toimii.", named=True))
        there.slack.settles()
    observations.take(deps, AINO, open_one.number)
    there.sends()


def all_is_looked_at(there: World, writer: Person, told: Told) -> None:
    """What members and coordinators are told of reach, of cards, of who has what, and of what moved."""
    deps = there.deps
    for reader in (KOORD, CECILIA):
        there.told += [repr(practices.sight(deps, reader, row.number)) for row in practices.cards(deps, reader)]
    there.told += [repr(phenomena.listed(deps, KOORD, 0))]


SETS: dict[str, Act] = {
    "both may coordinate": both_may_coordinate,
    "by the command": by_the_command,
    "from App Home": from_home,
    "both go on": both_do_all_that_has_a_name,
    "all is looked at": all_is_looked_at,
    "a night": a_night,
    "the digest": a_digest_to_all,
}


def test_nothing_is_left_over_where_those_who_did_something_by_name_are_subtracted(
    empty_url: str, other_empty_url: str
) -> None:
    """Whoever has what, stands behind what, or wrote and tried a card: no set lacks the one who gave no name."""
    found = differences(empty_url, other_empty_url, SETS)
    assert not found, found


def marked(there: World, writer: Person, told: Told) -> None:
    from_the_reminder(there, writer, told)
    rounds.mark_answered(there.deps, writer.id)


@pytest.mark.long
def test_a_mark_of_having_answered_would_be_seen(empty_url: str, other_empty_url: str) -> None:
    found = differences(empty_url, other_empty_url, {"a mark": marked})
    assert {("a mark", "changes"), ("a mark", "table answered"), ("a mark", "homes")} <= set(found)
    assert not [place for name, place in found if name == "the beginning"]
