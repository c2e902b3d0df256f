"""With every table in hand after the night, nobody can tell which of twenty members filed which no-name observation."""

import hashlib
import hmac
import random

import pytest
from sqlalchemy import inspect, text

from bot.deps import Deps
from bot.rules.feedback import Reply
from bot.rules.observations import Draft, receipt_code
from bot.services import observations, reminders

pytestmark = [pytest.mark.own_database, pytest.mark.both_databases]
MEMBERS = [f"U0MEMBER{number:02}" for number in range(20)]
DIGESTS = ("md5", "sha1", "sha256", "blake2b")


@pytest.fixture
def filed(deps: Deps) -> dict[str, str]:
    """Twenty members answer the round, in an order of their own, eight of them without a name: text -> who."""
    dice = random.Random(7)  # noqa: S311 - the same twenty at every run
    order = dice.sample(MEMBERS, len(MEMBERS))
    authors = {}
    for place, user in enumerate(order):
        if place % 5 in (1, 3):
            words = f"Havainto jonoista numero {place}"
            draft = Draft(text=words, kind="E", theme="X-90", area="853", named=False)
            observations.file_observation(deps, draft, user, f"nonce-{place}")
            authors[words] = user
        elif place % 5 == 2:
            observations.file_lines(deps, f"Nimellä kirjattu havainto {place}", user, f"trigger-{place}")
        else:
            reminders.mark_answered(deps, user)  # nothing to tell
    for place in dice.sample([place for place in range(20) if place % 5 in (1, 3)], 8):
        code = receipt_code(deps.key, f"nonce-{place}")
        observations.reply(deps, order[place], Reply(f"Lisäys havaintoon {place}", f"reply-{place}", code=code))
    deps.tidy()
    return authors


def rows_of(deps: Deps, table: str) -> list[tuple[object, ...]]:
    """All rows as they lie in the table, PostgreSQL's hidden columns (transaction, place) before them."""
    hidden = "xmin::text, ctid::text, " if deps.database.engine.dialect.name == "postgresql" else ""
    with deps.read() as session:
        return [tuple(row) for row in session.connection().execute(text(f"SELECT {hidden}* FROM {table}"))]  # noqa: S608


def test_no_row_of_a_no_name_observation_carries_its_author(deps: Deps, filed: dict[str, str]) -> None:
    for row in rows_of(deps, "observation"):
        words = next((value for value in row if value in filed), None)
        if words is None:
            continue
        told = " ".join(map(str, row))
        for user in MEMBERS:
            traces = [getattr(hashlib, kind)(user.encode()).hexdigest() for kind in DIGESTS]
            traces.append(hmac.digest(deps.key, user.encode(), "sha256").hex())
            assert not [trace for trace in (user, *traces) if trace in told]


def test_rows_lie_in_an_order_that_says_nothing(deps: Deps, filed: dict[str, str]) -> None:
    kept = rows_of(deps, "observation")
    unsigned = [row for row in kept if any(value in filed for value in row)]
    keys = [next(value for value in row if len(str(value)) == 32) for row in unsigned]
    assert keys == sorted(keys)
    assert len(unsigned) == len(filed)
    users = [row[-1] for row in rows_of(deps, "answered")]
    assert users == sorted(users)
    assert len(users) == 8
    if deps.database.engine.dialect.name == "postgresql":
        assert len({row[0] for row in unsigned}) == 1
        assert len({row[0] for row in rows_of(deps, "answered")}) == 1


def test_their_writers_replies_lie_in_an_order_that_says_nothing_and_carry_no_author(
    deps: Deps, filed: dict[str, str]
) -> None:
    kept = rows_of(deps, "move")
    keys = [next(value for value in row if len(str(value)) == 32) for row in kept]
    assert len(kept) == len(filed)
    assert keys == sorted(keys)
    told = str(kept)
    assert not [user for user in MEMBERS if user in told]
    assert not [code for code in (receipt_code(deps.key, f"nonce-{place}") for place in range(20)) if code in told]
    if deps.database.engine.dialect.name == "postgresql":
        assert len({row[0] for row in kept}) == 1


def test_the_words_they_are_found_by_lie_in_an_order_that_says_nothing(deps: Deps, filed: dict[str, str]) -> None:
    rows = rows_of(deps, "observation")
    unsigned = {value for row in rows if any(v in filed for v in row) for value in row if len(str(value)) == 32}
    found = [row for row in rows_of(deps, "word") if row[-1] in unsigned]
    assert {row[-1] for row in found} == unsigned
    if deps.database.engine.dialect.name == "postgresql":
        by_word = [row[3:] for row in found]
        assert by_word == sorted(by_word)
        assert len({row[0] for row in found}) == 1  # one transaction wrote them all
    else:  # nothing but the key orders them
        with deps.read() as session:
            made = session.connection().execute(text("SELECT sql FROM sqlite_master WHERE name = 'word'")).scalar_one()
        assert "WITHOUT ROWID" in made
    assert not [user for user in MEMBERS if user in str(found)]


def test_no_other_table_speaks_of_them(deps: Deps, filed: dict[str, str]) -> None:
    keys = {value for row in rows_of(deps, "observation") if any(v in filed for v in row) for value in row[2:5]}
    numbers = {str(value) for value in keys if str(value).startswith("2026-") or len(str(value)) == 32}
    others = [
        name for name in inspect(deps.database.engine).get_table_names() if name not in ("observation", "move", "word")
    ]
    told = " ".join(str(row) for name in others for row in rows_of(deps, name))
    assert not [number for number in numbers if number in told]
    assert not [words for words in filed if words in told]


def test_who_filed_without_a_name_stands_in_no_table_at_all(deps: Deps, filed: dict[str, str]) -> None:
    """So that no subtraction of one table from another leaves them over."""
    told = {name: str(rows_of(deps, name)) for name in inspect(deps.database.engine).get_table_names()}
    writers = set(filed.values())
    assert len(writers) == 8
    assert not [(name, user) for name, rows in told.items() for user in writers if user in rows]
    named_or_silent = {user for user in MEMBERS if user in told["observation"] or user in told["answered"]}
    assert named_or_silent == set(MEMBERS) - writers
