"""What a search and "the same" may show to whom, in which order, and that both read by an index."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, text
from sqlmodel import col, select

from bot.app import looking_on
from bot.deps import Deps
from bot.rules.observations import Draft
from bot.rules.words import asked
from bot.services import observations, search
from bot.settings import Settings
from storage import phenomena
from storage import words as table
from storage.models import Observation, Phenomenon, Word
from tests.fakes import FakeSlack

pytestmark = pytest.mark.both_databases

AINO, CECILIA, KOORD = "U0AINO0001", "U0CECILIA1", "U0KOORD001"


@pytest.fixture
def deps(slack: FakeSlack, settings: Settings) -> Iterator[Deps]:
    for user in (AINO, CECILIA, KOORD):
        slack.person(user, f"Henkilö {user[-3:]}")
    with looking_on(settings) as parts:
        yield replace(parts, first_coordinators=frozenset([KOORD]))


def on(deps: Deps, day: str) -> Deps:
    return replace(deps, now=lambda: datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC))


def file(deps: Deps, line: str, day: str = "2026-11-25", user: str = AINO) -> Observation:
    return observations.file_lines(on(deps, day), line, user, f"{line} {day}").rows[0]


def found(deps: Deps, user: str, words: str, page: int = 0) -> list[str]:
    hits = search.find(deps, user, words, page)
    assert hits is not None
    return [row.text for row in hits.rows]


def publish(deps: Deps, number: str, title: str, on_day: date | None = date(2026, 11, 2)) -> Phenomenon:
    row = Phenomenon(
        key=number, workspace=deps.workspace, number=number, once=number, title=title, text="", theme="X-90",
        started_on=date(2026, 11, 1), noted_on=date(2026, 11, 1), published_on=on_day,
    )  # fmt: skip
    with deps.write() as session:
        phenomena.add(session, row)
        search.index(session, deps, row, new=True)
    return row


@pytest.fixture
def voikko(deps: Deps) -> None:
    if not deps.analyser.name.startswith("voikko"):
        pytest.skip("Voikko is missing; on Debian: apt install libvoikko1 voikko-fi")


@pytest.mark.usefixtures("voikko")
@pytest.mark.parametrize("user", [AINO, KOORD])
def test_whole_words_come_before_parts_and_then_the_newest(deps: Deps, user: str) -> None:
    file(deps, "Tukiasuntoja puuttuu nuorilta", "2026-11-24")
    file(deps, "Asunnot ovat liian kalliita", "2026-01-10")
    file(deps, "Vuokra-asuntoja puuttuu monelta", "2026-11-20")
    file(deps, "Asunto löytyy yhä harvemmalle", "2026-03-10")

    assert found(deps, user, "asunto") == [
        "Asunto löytyy yhä harvemmalle",
        "Asunnot ovat liian kalliita",
        "Tukiasuntoja puuttuu nuorilta",
        "Vuokra-asuntoja puuttuu monelta",
    ]
    assert found(deps, user, "asunto nuori") == ["Tukiasuntoja puuttuu nuorilta"]


def test_a_proposal_is_searched_too_and_pages_do_not_overlap(deps: Deps) -> None:
    draft = Draft(text="Jonot ovat pitkiä", proposal="Palkataan tulkkeja", kind="E", theme="X-90")
    observations.file_observation(deps, draft, AINO, "nonce")
    assert found(deps, AINO, "tulkki") == ["Jonot ovat pitkiä"]
    for number in range(14):
        file(deps, f"Jonot ovat pitkiä paikassa {number}")

    first, second = (search.find(deps, KOORD, "jono", page) for page in (0, 1))

    assert first is not None
    assert second is not None
    assert (len(first.rows), first.more, len(second.rows), second.more) == (10, 5, 5, 0)
    assert len({row.key for row in (*first.rows, *second.rows)}) == 15


def test_more_than_a_hundred_are_not_counted(deps: Deps) -> None:
    for start in range(0, 105, 7):
        file_many = "\n".join(f"Jonot ovat pitkiä paikassa {number}" for number in range(start, start + 7))
        observations.file_lines(deps, file_many, AINO, f"trigger {start}")
    hits = search.find(deps, AINO, "jono", 9)
    assert hits is not None
    assert (len(hits.rows), hits.more, hits.endless) == (10, 0, True)


def test_each_change_of_an_observation_changes_its_words(deps: Deps) -> None:
    row = file(deps, "Tulkkeja puuttuu meiltä")
    assert "tulkki" in _words(deps, row)
    observations.edit(deps, Draft(text="Velat kasvavat monella", kind="E", theme="X-90"), AINO, row.number)
    assert "velka" in _words(deps, row)
    assert "tulkki" not in _words(deps, row)
    observations.withdraw(deps, AINO, row.number)
    assert _words(deps, row) == []


def test_a_form_that_changed_to_no_name_leaves_no_words_behind(deps: Deps) -> None:
    draft = Draft(text="Tulkkeja puuttuu meiltä", kind="E", theme="X-90")
    named = observations.file_observation(deps, draft, AINO, "nonce").rows[0]
    unnamed = observations.file_observation(deps, replace(draft, named=False), AINO, "nonce").rows[0]
    again = observations.file_observation(deps, replace(draft, text="Velat kasvavat", named=False), AINO, "nonce")

    assert _words(deps, named) == []
    assert again.rows[0].key == unnamed.key
    assert "velka" in _words(deps, unnamed)
    assert found(deps, AINO, "velka") == []
    assert found(deps, KOORD, "velka") == ["Velat kasvavat"]


def _words(deps: Deps, row: Observation) -> list[str]:
    with deps.read() as session:
        return list(session.exec(select(Word.lemma).where(Word.subject == row.key)))


def test_a_queue_can_be_narrowed_by_words(deps: Deps) -> None:
    file(deps, "Tulkkeja puuttuu meiltä")
    file(deps, "Velat kasvavat monella")
    conditions = table.has_words(deps.workspace, asked("velat", deps.analyser))
    with deps.read() as session:
        rows = session.exec(select(Observation.text).where(col(Observation.status) == "uusi", *conditions)).all()
    assert rows == ["Velat kasvavat monella"]


# --- the same ---------------------------------------------------------------------------------------------------------


def test_only_published_phenomena_are_shown_as_similar_with_how_often_they_were_met(deps: Deps) -> None:
    publish(deps, "I-K7QF", "Velkaneuvontaan jonotetaan viikkoja")
    publish(deps, "I-M2TP", "Velkaneuvonnassa jonotetaan", None)
    publish(deps, "I-R3RR", "Ruoka-apua haetaan yhä useammin")
    row = file(deps, "Velat kasvavat monella")
    with deps.write() as session:
        joined = session.get_one(Observation, row.key)
        joined.phenomenon = "I-K7QF"
        session.add(joined)
        for who in ("one", "two"):
            phenomena.press(session, deps.workspace, "I-K7QF", who, None)

    alike = search.similar_phenomena(deps, "Velkaneuvonnan jonot ovat viikkojen mittaisia")

    assert [(one.phenomenon.number, one.met.people, one.met.are_few) for one in alike] == [("I-K7QF", 3, True)]


def test_phenomena_are_read_once_and_again_when_they_change(deps: Deps) -> None:
    publish(deps, "I-K7QF", "Velkaneuvontaan jonotetaan viikkoja")
    publish(deps, "I-R3RR", "Ruoka-apua haetaan yhä useammin")

    def asked() -> tuple[list[str], bool]:
        """What is alike, and whether texts were read besides those that are shown."""
        found: list[str] = []
        said = statements(deps, lambda: found.extend(one.phenomenon.number for one in search.similar_phenomena(
            deps, "Velkaneuvonnan jonot ovat viikkojen mittaisia")))  # fmt: skip
        return found, sum("phenomenon.title" in statement for statement, _ in said) > bool(found)

    assert asked() == (["I-K7QF"], True)
    assert asked() == (["I-K7QF"], False)
    with deps.write() as session:
        changed = session.get_one(Phenomenon, "I-K7QF")
        changed.title, changed.version = "Koululaiset jäävät ilman kuljetusta", 1
        session.add(changed)
    assert asked() == ([], True)
    publish(deps, "I-X2XX", "Velkaneuvonnassa jonotetaan viikkoja")
    assert asked() == (["I-X2XX"], True)
    with deps.write() as session:
        session.get_one(Phenomenon, "I-X2XX").published_on = None
    assert asked() == ([], False)


def test_similar_observations_are_those_of_the_last_year(deps: Deps) -> None:
    old = "Velkaneuvontaan joutuu jonottamaan liian pitkään"
    file(deps, old, "2025-06-01")
    file(deps, "Velkaneuvonnan jonot ovat viikkojen mittaisia", "2026-06-01", CECILIA)
    withdrawn = file(deps, "Velkaneuvontaan jonotetaan ja jonotetaan", "2026-06-02")
    observations.withdraw(deps, AINO, withdrawn.number)
    file(deps, "Ruoka-apua haetaan yhä useammin", "2026-06-03")
    row = file(deps, "Velkaneuvontaan jonotetaan viikkoja")

    alike = search.similar_observations(deps, row, date(2026, 11, 25))

    assert [one.text for one in alike] == ["Velkaneuvonnan jonot ovat viikkojen mittaisia"]


# --- how it is read -----------------------------------------------------------------------------------------------


def statements(deps: Deps, ask: Callable[[], object]) -> list[tuple[str, object]]:
    """What the database is asked meanwhile, with its values."""
    asked_for: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        asked_for.append((statement, values))

    event.listen(deps.database.engine, "before_cursor_execute", note)
    ask()
    event.remove(deps.database.engine, "before_cursor_execute", note)
    return [(statement, values) for statement, values in asked_for if statement.startswith("SELECT")]


def plan(deps: Deps, statement: str, values: object) -> str:
    postgresql = deps.database.engine.dialect.name == "postgresql"
    with deps.database.engine.connect() as connection:
        if postgresql:  # so few rows are read fastest without an index; the question is whether one would serve
            connection.execute(text("SET enable_seqscan = off"))
        how = "EXPLAIN " if postgresql else "EXPLAIN QUERY PLAN "
        cursor = connection.connection.cursor()
        cursor.execute(how + statement, values)
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.mark.parametrize("user", [AINO, KOORD])
def test_no_search_reads_a_whole_table(deps: Deps, user: str) -> None:
    for number in range(20):
        row = file(deps, f"Asunnot ja jonot paikassa {number}")
    asked_for = statements(deps, lambda: [search.find(deps, user, words) for words in ("asunto", "asunto jono")])
    if user == KOORD:
        asked_for += statements(deps, lambda: search.similar_observations(deps, row, date(2026, 11, 25)))
    for statement, values in asked_for:
        how = plan(deps, statement, values)
        assert "Seq Scan" not in how, how
        assert not re.search(r"SCAN (observation|word|phenomenon)", how), how
        assert not re.search(r"(observation|word)\w* USING (COVERING )?INDEX \w+ \(workspace=\?\)", how), how
