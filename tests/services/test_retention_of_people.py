"""Texts that were closed long ago go, told three weeks before the first time; who has left a year ago is forgotten."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import insert, update
from sqlmodel import SQLModel, select

from bot.app import looking_on
from bot.deps import Deps
from bot.jobs import knocks
from bot.jobs import retention as jobs
from bot.rules.own_data import GONE
from bot.services import retention
from bot.settings import Settings
from storage.models import (
    CLOSED,
    WITH_TEXT,
    Changed,
    Clearing,
    Delivery,
    Departure,
    Handling,
    Move,
    Observation,
    Phenomenon,
    Word,
    kept,
)
from storage.orphans import BELONGINGS
from tests.clocks import at, hki
from tests.digests import observation
from tests.fakes import FakeSlack
from tests.storage.test_own_data import made_up

AINO, EINO, KOORD = "U0AINO0001", "U0EINO0001", "U0KOORD001"
NOW = "2026-12-02T10:00"
MEMBERS = {AINO, KOORD}
TABLES = SQLModel.metadata.tables
pytestmark = pytest.mark.both_databases


@pytest.fixture
def deps(settings: Settings, slack: FakeSlack) -> Iterator[Deps]:
    slack.person(AINO, "Aino Testinen")
    slack.person(KOORD, "Bertta Kokoaja", locale="fi-FI")
    with looking_on(settings) as parts:
        yield at(replace(parts, first_coordinators=frozenset([KOORD])), NOW)


def closed(deps: Deps, number: str, noted_on: str, status: str = "ei_toimia", **more: Any) -> Observation:
    receipt = {"receipt_channel": "D1", "receipt_ts": number}
    then = {"filed_at": hki("2024-01-02T10:00"), "noted_on": date.fromisoformat(noted_on), "status": status}
    return observation(deps, number, "2024-01-02T10:00", f"Sana {number}", **{**receipt, **then, **more})


def texts(deps: Deps) -> dict[str, str]:
    with deps.read() as session:
        return {row.number: row.text for row in session.exec(select(Observation).order_by(Observation.number))}


def fill(deps: Deps) -> None:
    old = closed(deps, "2024-OLD1", "2024-11-30")
    with deps.write() as session:
        known = {"workspace": deps.workspace, "title": "Ilmiö", "text": "Teksti", "theme": "X-90"}
        for key, status in (("p", "toteutunut"), ("q", "seurannassa")):
            day = date(2024, 10, 1)
            session.add(Phenomenon(key=key, number=f"I-{key}", once=key, status=status, started_on=day, noted_on=day,
                                   **known))  # fmt: skip
        session.add_all(
            [
                old,
                closed(deps, "2024-NEW1", "2024-12-20"),
                closed(deps, "2024-OPEN", "2024-01-10", "kasittelyssa"),
                closed(deps, "2024-JOIN", "2024-02-01", "yhdistetty", phenomenon="p"),
                closed(deps, "2024-LIVE", "2024-02-01", "yhdistetty", phenomenon="q"),
            ]
        )
        session.add(Word(workspace=deps.workspace, lemma="sana", part=False, day=old.filed_on, subject=old.key))
        steps = {"workspace": deps.workspace, "subject": old.key, "step": 1, "what": "status", "actor": KOORD}
        of = {"workspace": deps.workspace, "on_day": date(2024, 12, 20), "answer": "no", "words": "Sanat"}
        session.add_all(Changed(subject=subject, who="somebody", **of) for subject in (old.key, "p", "q"))
        session.add(Handling(workspace=deps.workspace, observation=old.key, user=KOORD))
        session.add(Move(key="m", on_day=old.filed_on, status="ei_toimia", reason="Syy", words="Sanat", **steps))


def test_coordinators_are_told_three_weeks_before_texts_first_go(deps: Deps) -> None:
    fill(deps)
    retention.forget_texts(deps)
    retention.forget_texts(at(deps, "2026-12-22T10:00"))
    assert all(texts(deps).values())
    with deps.read() as session:
        (row,) = session.exec(select(Delivery)).all()
    assert (row.kind, row.recipient, json.loads(row.params)) == ("texts_go", KOORD, {"count": 3, "on": "2026-12-23"})
    words = jobs.draw(deps, row)[0]
    assert "Näin tehdään ke 23.12.2026 alkaen, ensin 3 havainnolle" in words


def test_after_that_the_texts_go_and_the_classification_stays(deps: Deps) -> None:
    fill(deps)
    retention.forget_texts(deps)
    later = at(deps, "2026-12-23T10:01")
    retention.forget_texts(later)
    left = {number for number, text in texts(deps).items() if text}
    assert left == {"2024-OPEN", "2024-LIVE"}
    with deps.read() as session:
        old = session.exec(select(Observation).where(Observation.number == "2024-OLD1")).one()
        assert (old.author, old.filed_at, old.receipt_ts, old.kind, old.status) == (None, None, None, "E", "ei_toimia")
        assert session.exec(select(Word)).all() == []
        assert session.exec(select(Handling)).all() == []
        assert [row.subject for row in session.exec(select(Changed))] == ["q"]
        assert [(row.words, row.reason, row.status) for row in session.exec(select(Move))] == [("", "", "ei_toimia")]
        assert sorted(str(row.ts) for row in session.exec(select(Clearing))) == ["2024-JOIN", "2024-NEW1", "2024-OLD1"]


CLOSED_ONES = sorted(
    f"{column}" for table in SQLModel.metadata.sorted_tables for column in table.columns
    if (one := kept(column)) and one.kind != "none" and one.until in (CLOSED, WITH_TEXT)
)  # fmt: skip


def fill_all(deps: Deps) -> None:
    """A row of every table that has such columns, all of them filled, for each that it may belong to: all closed."""
    of = {"workspace": deps.workspace, "noted_on": date(2024, 11, 30), "number": "N"}
    owners = {
        "observation": {**of, "key": "o", "status": "ei_toimia"},
        "phenomenon": {**of, "key": "p", "status": "toteutunut"},
    }
    owned = {one.table.__tablename__: one for one in BELONGINGS}
    with deps.write() as session:
        for name, row in owners.items():
            session.execute(insert(TABLES[name]).values(made_up(TABLES[name], **row)))
        deleted = {**of, "key": "d", "number": "D", "status": "poistettu", "text": ""}
        session.execute(insert(TABLES["observation"]).values(made_up(TABLES["observation"], **deleted)))
        for table in {name.partition(".")[0] for name in CLOSED_ONES} - set(owners):
            names = {owner.__tablename__ for owner, _ in owned[table].owners} & set(owners)
            for owner in [*(owners[name]["key"] for name in names), "d"]:
                subject = {owned[table].column: owner, "workspace": deps.workspace}
                session.execute(insert(TABLES[table]).values(made_up(TABLES[table], **subject)))


def filled(deps: Deps) -> dict[str, set[str]]:
    """Column -> what stands in it, of those that are kept until so long after the closing."""
    with deps.read() as session:
        found = {name: session.execute(select(TABLES[name.partition(".")[0]].c[name.partition(".")[2]])).scalars()
                 for name in CLOSED_ONES}  # fmt: skip
        return {name: {str(one) for one in values} - {"None", ""} for name, values in found.items()}


def test_every_column_that_is_kept_until_then_is_empty_after_the_night(deps: Deps) -> None:
    fill_all(deps)
    assert [name for name, values in filled(deps).items() if not values] == []
    retention.forget_texts(deps)  # tells ahead
    retention.forget_texts(at(deps, "2026-12-23T10:01"))
    left = filled(deps)
    of_phenomenon = left.pop("word.lemma")
    assert len(of_phenomenon) == 1  # its own text stands
    assert left.pop("move.actor") == {GONE}
    assert {name: values for name, values in left.items() if values} == {}


def test_what_an_earlier_release_left_goes_too_and_where_no_text_is_old_nobody_is_told(deps: Deps) -> None:
    fill_all(deps)
    with deps.write() as session:
        session.execute(update(TABLES["observation"]).values(text=""))
    retention.forget_texts(deps)
    assert filled(deps)["move.words"] == set()
    with deps.read() as session:
        assert session.exec(select(Delivery)).all() == []


def test_where_no_text_is_old_nobody_is_told(deps: Deps) -> None:
    with deps.write() as session:
        session.add(closed(deps, "2026-NEW1", "2026-11-30"))
    retention.forget_texts(deps)
    with deps.read() as session:
        assert session.exec(select(Delivery)).all() == []


def departed(deps: Deps) -> dict[str, date]:
    with deps.read() as session:
        return {row.user: row.on_day for row in session.exec(select(Departure))}


def test_who_has_left_is_forgotten_after_a_year_and_who_comes_back_is_not(deps: Deps) -> None:
    with deps.write() as session:
        session.add_all([closed(deps, "2026-AAAA", "2026-11-01", author=EINO), closed(deps, "2026-BBBB", "2026-11-01")])
    retention.forget_leavers(deps, MEMBERS)
    assert departed(deps) == {EINO: date(2026, 12, 2)}
    retention.forget_leavers(at(deps, "2027-06-01T03:00"), {*MEMBERS, EINO})
    assert departed(deps) == {}
    retention.forget_leavers(at(deps, "2027-07-01T03:00"), MEMBERS)
    retention.forget_leavers(at(deps, "2028-07-01T03:00"), MEMBERS)
    assert authors(deps) == {"2026-AAAA": EINO, "2026-BBBB": AINO}
    retention.forget_leavers(at(deps, "2028-07-02T03:00"), MEMBERS)
    assert authors(deps) == {"2026-AAAA": None, "2026-BBBB": AINO}
    assert texts(deps)["2026-AAAA"]
    assert departed(deps) == {}


def authors(deps: Deps) -> dict[str, str | None]:
    with deps.read() as session:
        return {row.number: row.author for row in session.exec(select(Observation))}


def test_where_slack_tells_of_nobody_nobody_has_left(deps: Deps) -> None:
    with deps.write() as session:
        session.add(closed(deps, "2026-AAAA", "2026-11-01", author=EINO))
    retention.forget_leavers(deps, set())
    assert departed(deps) == {}


@pytest.mark.parametrize(("wrong", "works"), [(timedelta(minutes=2), False), (timedelta(seconds=30), True)])
def test_a_clock_that_is_wrong_by_more_than_a_minute_stops_all_forgetting(
    wrong: timedelta, works: bool, deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Deps] = []
    monkeypatch.setattr(jobs, "knock", done.append)

    class Slack:
        def clock(self, **_: float) -> Any:
            return deps.now() + wrong

    there = replace(deps, slack=cast("Any", Slack()))
    {name: deed for name, _, deed in knocks(there)}["night"]()
    assert bool(done) is works
