"""What the half-year summary asks of the tables, on both databases."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import Session

from storage import summaries
from storage.database import Database
from storage.models import Move, Observation, Phenomenon, Published, PublishedCell, SummaryWords

WORKSPACE, DAY = "T0RAPORTOI", date(2026, 6, 10)
DAYS = (date(2026, 4, 1), date(2026, 9, 30))
ROW = {"workspace": WORKSPACE, "filed_on": DAY, "week": 202624, "kind": "E", "theme": "SHL11-02", "theme_set": "s",
       "text": "Sanat", "area": "853", "author": "U1"}  # fmt: skip


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    database = Database(database_url)
    with database.write() as session:
        yield session
    database.close()


def has(session: Session, key: str, **more: object) -> None:
    session.add(Observation(**{**ROW, "key": key, "number": key, "once": key, **more}))


def test_what_is_counted_has_its_phenomenons_status_and_the_day_of_the_first_answer(session: Session) -> None:
    has(session, "a", phenomenon="f", status="yhdistetty")
    has(session, "b", author=None, area=None, filed_on=DAYS[0])
    has(session, "c", filed_on=date(2026, 10, 1))
    has(session, "d", status="peruttu")
    has(session, "e", workspace="T0ANOTHER", filed_on=DAYS[1])
    known = {"workspace": WORKSPACE, "theme": "x", "text": "t", "started_on": DAY, "noted_on": DAY, "status": "viety"}
    session.add(Phenomenon(key="f", number="f", once="f", title="Ilmiö", **known))
    for step, (what, actor, day) in enumerate([("answer", None, 11), ("words", "U9", 12), ("status", "U9", 20),
                                               ("status", "U9", 25)]):  # fmt: skip
        row = {"workspace": WORKSPACE, "subject": "a", "step": step, "actor": actor, "on_day": date(2026, 6, day)}
        session.add(Move(key=f"m{step}", what=what, **row))
    session.flush()
    found = sorted(tuple(one) for one in summaries.filed(session, WORKSPACE, DAYS))
    assert found == [
        ("a", "U1", 1, "E", "SHL11-02", "853", None, None, None, "viety", DAY, date(2026, 6, 20)),
        ("b", None, 1, "E", "SHL11-02", None, None, None, None, "uusi", DAYS[0], None),
    ]


def test_the_second_to_store_a_version_stores_nothing(session: Session) -> None:
    place = {"workspace": WORKSPACE, "first": DAYS[0], "version": 1}
    row = {**place, "last": DAYS[1], "floor": 5, "made_on": DAYS[1]}
    cell = {**place, "attribute": "kind", "name": "E", "codes": "E"}
    assert summaries.add(session, Published(**row), [PublishedCell(**cell, count=9)], [("a", "E"), ("b", "M")])
    assert not summaries.add(session, Published(**row), [PublishedCell(**cell, count=8)], [("a", "M")])
    assert [one.count for one in summaries.cells(session, WORKSPACE, DAYS[0], 1)] == [9]
    assert summaries.members(session, WORKSPACE, DAYS[0], 1) == {"a": "E", "b": "M"}
    assert [one.version for one in summaries.versions(session, WORKSPACE, DAYS[0])] == [1]


def test_words_are_kept_by_language_and_written_over(session: Session) -> None:
    for language, subtitle in (("fi", "Ensin"), ("sv", "Svenska"), ("fi", "Sitten")):
        row = SummaryWords(workspace=WORKSPACE, first=DAYS[0], language=language, subtitle=subtitle)
        summaries.put_words(session, row)
    found = summaries.words(session, WORKSPACE, DAYS[0])
    assert {name: row.subtitle for name, row in found.items()} == {"fi": "Sitten", "sv": "Svenska"}
