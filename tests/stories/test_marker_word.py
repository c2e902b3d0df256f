"""The marker word: put into every field that a person can type into, then erased, then looked for everywhere."""

import logging
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel, select

from bot.deps import Deps
from bot.exports import formats, summaries
from bot.exports.rows import write_rows
from bot.rules.deletions import OTHER, Deletion
from bot.rules.exports import Selection
from bot.rules.feedback import Reply
from bot.rules.loop import Sentence
from bot.rules.observations import Draft
from bot.rules.phenomena import presser
from bot.rules.practices import TYPED, Card, Decision, Tried
from bot.rules.statuses import Step
from bot.rules.summaries import Period
from bot.services import backups, exports, loop, meetings, observations, practices
from bot.services.summaries import gather
from bot.settings import Settings
from bot.texts import Texts
from storage.models import Forgetting, Meeting, Phenomenon, Rsvp, Same, kept
from tests.clocks import Clock, at
from tests.fakes import FakeSlack, Person
from tests.on_disk import contents
from tests.stories.moves import KOORD
from tests.stories.rows import stored
from tests.stories.test_own_data import CECILIA, MARK, asks_to_be_erased, files_text, passes

OF_COORDINATORS = {"meeting", "phenomenon", "summary_words", "wording"}  # tables into which nobody else types
THEIRS = {"move.reason", "move.receiver", "practice.said", "practice_draft.said", "practice_version.said"}


def put_into_forms(deps: Deps, aino: Person, number: str) -> None:
    """A form with a proposal, an edit, whether something has changed, and what is held in memory."""
    draft = Draft(text=f"Velkaneuvontaan ei pääse {MARK}", proposal=f"Lisää aikoja {MARK}", kind="E", theme="X-90")
    row = observations.file_observation(deps, draft, aino.id, "nonce-2").rows[0]
    hidden = observations.file_observation(deps, draft, aino.id, "nonce-3").rows[0]
    observations.delete(deps, KOORD, hidden.number, hidden.version, Deletion(OTHER, "Väärä paikka"))
    edited = Draft(text=f"Velkaneuvontaan jonotetaan {MARK}", proposal=f"Enemmän aikoja {MARK}", kind="E", theme="X-90")
    observations.edit(deps, edited, aino.id, row.number)
    loop.answer(deps, aino.id, number, "no", f"Ei ole muuttunut {MARK}")
    loop.say(deps, aino.id, number, Sentence(f"Jono on ennallaan {MARK}"))
    deps.shelf.put(aino.id, draft)
    deps.forms.put(aino.id, {"text": MARK})
    deps.codes.put(aino.id, (MARK, []))


def put_into_cards(deps: Deps, aino: Person) -> None:
    """A card with all its fields in two versions, the draft of a third and a new one; and one that she has tried."""
    words = dict.fromkeys(TYPED, f"Jalkautuminen {MARK}") | {"link": f"https://example.com/{MARK}"}
    number = ""
    for version in ("Ensimmäinen", "Toinen"):
        if number:
            practices.next_version(deps, aino.id, number)
        card = Card(**words | {"what": f"{version} kuvaus {MARK}"})
        draft = practices.save(deps, aino.id, card, f"card {version}", number, is_sent=True)
        number = draft.number
        practices.decide(deps, KOORD, number, draft.step, Decision(publishes=True))
    practices.next_version(deps, aino.id, number)
    practices.save(deps, aino.id, Card(**words), "card new", is_sent=False)
    theirs = practices.save(deps, CECILIA, Card(name="Toisen malli", what="Toisen oma kuvaus"), "theirs", is_sent=True)
    practices.decide(deps, KOORD, theirs.number, theirs.step, Decision(publishes=True))
    practices.say_tried(deps, aino.id, theirs.number, Tried(f"Toimi meilläkin {MARK}", named=True))


def fields_without(deps: Deps) -> set[str]:
    """The columns of words that members type into, and that do not have the marker word."""
    without: set[str] = set()
    with deps.read() as session:
        for table in (one for one in SQLModel.metadata.sorted_tables if one.name not in OF_COORDINATORS):
            rows = session.execute(table.select()).mappings().all()
            words = [column.name for column in table.columns if (one := kept(column)) and one.kind == "words"]
            marked = {name for name in words if MARK.lower() in str([row[name] for row in rows]).lower()}
            without |= {f"{table.name}.{name}" for name in words if name not in marked}
    return without - THEIRS


def files_with_words(deps: Deps, folder: Path) -> dict[str, bytes]:
    """What `export --rows`, the coordinators' own export and the summary write, as it can be searched."""
    t, day, found = Texts("fi"), deps.now().date(), dict[str, bytes]()
    selection = Selection(day - timedelta(days=9), day)
    taken = {"own rows": exports.take_out(deps, KOORD, selection), "rows": exports.read_all(deps, selection)}
    for name, rows in taken.items():
        write_rows(folder / name, "csv", t, deps.vocabularies, rows)
        found[name] = (folder / name).read_bytes()
        (folder / name).unlink()
    summary = gather(at(deps, "2027-05-03T10:00"), Period(date(2026, 10, 1), date(2027, 3, 31)), "fi")
    document = summaries.document(t, deps.vocabularies, summary)
    return found | {ending: formats.drawn(document, ending) for ending in ("csv", "html")}


def put_everywhere(deps: Deps, slack: FakeSlack, aino: Person) -> None:
    """The marker word, into everything that a person can type; and marks of hers where she only presses."""
    for place in ("yksi", "kaksi", "kolme"):
        filed_now = files_text(deps, aino, f"Asunnottomille {MARK} ei löydy tukiasuntoja {place}")
    start = deps.now() + timedelta(days=30)
    known = {"workspace": deps.workspace, "starts_at": start, "ends_at": start + timedelta(hours=2)}
    day = deps.now().date()
    with deps.write() as session:
        session.add(Meeting(key="m" * 32, once="m", title="Kokous", changed_at=deps.now(), capacity=1, **known))
        said = {"title": "Asuntoja ei löydy", "text": "Koordinaattorin oma teksti", "theme": "X-90"}
        session.add(Phenomenon(key="p" * 32, workspace=deps.workspace, number="I-AAAA", once="p", started_on=day,
                               noted_on=day, **said))  # fmt: skip
    meetings.take_answer(deps, aino.id, "m" * 32, "yes")
    meetings.take_answer(deps, CECILIA, "m" * 32, "yes")
    meetings.propose(deps, aino.id, f"Puhutaan asiasta {MARK}", "once-1")
    with deps.write() as session:
        session.add(Same(workspace=deps.workspace, phenomenon="p" * 32, who=presser(deps.key, "p" * 32, aino.id)))
    observations.move_on(deps, KOORD, filed_now, 0, Step("kasittelyssa", reply="Kiitos"))
    observations.reply(deps, aino.id, Reply(f"Vastaan tähän: {MARK}", "nonce-1", filed_now))
    other = next(row for row in stored(deps) if row.number != filed_now)
    put_into_forms(deps, aino, filed_now)
    put_into_cards(deps, aino)
    observations.delete(deps, KOORD, other.number, other.version, Deletion(OTHER, "Kahdesti kirjattu"))


@pytest.mark.both_databases
@pytest.mark.own_database
def test_a_marker_word_and_its_writer_are_found_nowhere_after_erasing(  # noqa: PLR0917 - all that is looked through
    slack: FakeSlack, settings: Settings, deps: Deps, aino: Person, bertta: Person, cecilia: Person, clock: Clock,
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG, "bot")
    put_everywhere(deps, slack, aino)
    for person in (aino, bertta):
        person.opens_home()
        person.sees_home(MARK)
    shown = files_with_words(deps, tmp_path)
    assert all(MARK.encode() in shown[name] for name in ("own rows", "rows"))
    assert fields_without(deps) == set()
    asks_to_be_erased(aino, "texts")
    passes(deps, clock, slack, days=1, minutes=1)
    passes(deps, clock, slack, minutes=1)
    aino.sees_dm("Tietosi on poistettu")

    with deps.read() as session:
        tables = str([session.execute(table.select()).all() for table in SQLModel.metadata.sorted_tables])
        assert session.exec(select(Forgetting)).all() == []
        seats = {row.user: row.waits for row in session.exec(select(Rsvp))}
    for gone in (MARK, MARK.lower(), aino.id):
        assert gone not in tables, gone
    assert seats == {CECILIA: False}
    assert "Koordinaattorin oma teksti" in tables
    held = (deps.shelf, deps.forms, deps.codes)
    assert [shelf.newest(aino.id) for shelf in held] == ["", "", ""]
    for name, content in files_with_words(deps, tmp_path).items():
        assert MARK.lower().encode() not in content.lower(), name
        assert aino.id.encode() not in content, name
    bots_words = [message.drawn for person in (aino, bertta, cecilia) for message in person.dms]
    homes = [home.drawn for home in slack.world.homes.values()]
    assert MARK not in str(bots_words) + str(homes)
    assert MARK not in caplog.text
    assert aino.id not in caplog.text

    assert deps.tidy()
    on_disk = contents(deps.database.engine)
    file = tmp_path / "kopio"
    backups.back_up(settings, file, clock.now())
    for place in (on_disk, file.read_bytes(), (tmp_path / "erasures.log").read_bytes()):
        for gone in (MARK, MARK.lower(), aino.id):
            assert gone.encode() not in place, gone
