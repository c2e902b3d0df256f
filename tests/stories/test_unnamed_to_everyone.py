"""Twenty members, a night later: tables, backup, log, messages and digest tie nobody to a no-name observation.

The threat is that of the specification: anyone who later holds all of these together, the operator and the coordinators
included; not who watches the machine as it runs.
"""

import hashlib
import hmac
import json
import logging
import random
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import inspect, make_url

from bot import logs
from bot.deps import Deps
from bot.rules.observations import code_hash
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.reviews import Classes
from bot.rules.statuses import Step
from bot.rules.weeks import local_day
from bot.services import deliveries, loop, observations, phenomena
from storage.models import Phenomenon
from tests.digests import goes_out
from tests.fakes import HOME_CHANNEL, SECONDS, FakeSlack, Person
from tests.stories.rows import stored
from tests.stories.test_unnamed import rows_of

pytestmark = pytest.mark.both_databases

KOORD = "U0KOORD001"
MEMBERS = [f"U0MEMBER{number:02}" for number in range(20)]
UNSIGNED, OPENED = 6, 3
BEGINS = "the story begins"  # a line of the log that must be there
CODE = re.compile(r"\b\w{4}-\w{4}-\w{4}\b")
QUESTION = "Mistä asti jono on ollut näin pitkä?"
KOORDS = ("move", "audit", "delivery", "news", "handling")  # tables that may name a coordinator beside them
PURPOSES = ("", "code", "receipt", "same", "changed", "tried", "user", "person", "author")


@dataclass
class Story:
    """What only the members know: who filed which words, and with which code."""

    authors: dict[str, str] = field(default_factory=dict)  # words -> who
    codes: dict[str, str] = field(default_factory=dict)  # words -> code
    order: list[str] = field(default_factory=list)  # words, as they were filed


@pytest.fixture
def story(slack: FakeSlack, deps: Deps, caplog: pytest.LogCaptureFixture) -> Story:
    """Members file with and without a name, a coordinator asks, writers answer and withdraw by code; a night passes."""
    for ours in logs.OURS:
        caplog.set_level(logging.DEBUG, logger=ours)
    logging.getLogger("bot").debug(BEGINS)
    dice = random.Random(11)  # noqa: S311 - the same story at every run
    people = {user: slack.person(user, f"Testi {place}") for place, user in enumerate(MEMBERS)}
    bertta = slack.person(KOORD, "Bertta Kokoaja")
    told = Story()
    for place, user in enumerate(dice.sample(MEMBERS, len(MEMBERS))):
        if place % 3 == 0 and len(told.order) < UNSIGNED:
            _files_without_a_name(people[user], told, f"Jono on liian pitkä, havainto {place}")
        elif place % 3 == 1:
            people[user].types("/raportoi", f"Nimellä kirjattu havainto {place}")
    slack.settles()
    _asks(slack, bertta, deps, told)
    for words in dice.sample(told.order[:OPENED], OPENED):
        _answers(people[told.authors[words]], told.codes[words])
    _withdraws(people[told.authors[told.order[-1]]], told.codes[told.order[-1]])
    _goes_on(deps, told)
    monday = local_day(deps.now()) + timedelta(days=7 - local_day(deps.now()).weekday())
    goes_out(deps, f"{monday}T09:00")
    deliveries.forget_old(deps)
    slack.settles()
    assert deps.tidy()
    return told


def _files_without_a_name(person: Person, told: Story, words: str) -> None:
    person.types("/raportoi")
    form = person.sees_modal(callback_id="observations.form")
    seen = form.fill(kind="E", theme="X-90", text=words, area="853", feedback="anonymous").submit().view
    assert seen is not None
    code = CODE.search(seen.words)
    assert code is not None
    seen.close()
    told.order.append(words)
    told.authors[words], told.codes[words] = person.id, code[0]


def _asks(slack: FakeSlack, bertta: Person, deps: Deps, told: Story) -> None:
    for words in told.order[:OPENED]:
        number = next(row.number for row in stored(deps) if row.text == words)
        bertta.opens_home()
        slack.settles()  # else the page of the round before may be pressed while this one is drawn
        home = bertta.sees_home("Jono")
        while number not in home.words:
            before = home.words
            onwards = "observations.queue_next"
            home.press(onwards if onwards in home.actions else "observations.queue_previous")
            slack.world.wait_for(
                lambda old=before: bertta.sees_home("Jono").words != old, SECONDS, lambda: "the next page"
            )
            home = bertta.sees_home("Jono")
        home.press("observations.review", value=number)
        form = bertta.sees_modal(callback_id="observations.review")
        form.fill(status="kasittelyssa", reply=QUESTION).submit()


def _answers(person: Person, code: str) -> None:
    person.types("/raportoi", f"tila {code}")
    person.sees_ephemeral(containing=QUESTION).press("observations.answer_by_code")
    person.sees_modal(callback_id="feedback.reply_form").fill(text="Jo viime vuodesta.").submit()


def _withdraws(person: Person, code: str) -> None:
    person.types("/raportoi", f"tila {code}")
    person.sees_ephemeral(containing="2026-").press("observations.withdraw_by_code")
    person.sees_ephemeral(containing="peruttu")


def _goes_on(deps: Deps, told: Story) -> None:
    """The coordinator's hand on two; one is joined to a phenomenon that its writer and others follow."""
    first, second = (next(row for row in stored(deps) if row.text == words) for words in told.order[OPENED:-1])
    observations.take(deps, KOORD, first.number)
    observations.hand_over(deps, KOORD, first.number, KOORD)
    observations.reclassify(deps, KOORD, first.number, first.version, Classes("H", "X-90", first.area))
    observations.redact(deps, KOORD, second.number, second.version, "liian pitkä")
    made = phenomena.create(deps, KOORD, PhenomenonDraft("Jonot", "Jonot ovat pidentyneet.", "X-90"), "form")
    observations.move_on(deps, KOORD, first.number, first.version + 1, Step(phenomenon=made.number))
    with deps.write() as session:
        session.get_one(Phenomenon, made.key).published_on = local_day(deps.now())
    for user in [*dict.fromkeys(told.authors.values()), *MEMBERS[:3]]:
        loop.follow(deps, user, made.number, wants=True)


def traces(deps: Deps, user: str) -> list[str]:
    """The user's id, and what could be made of it with and without the key."""
    plain = [getattr(hashlib, kind)(user.encode()).hexdigest() for kind in ("md5", "sha1", "sha256", "blake2b")]
    keyed = [
        hmac.digest(deps.key, text.encode(), "sha256").hex()
        for purpose in PURPOSES
        for text in (f"{purpose}\0{user}", f"{purpose}{user}")
    ]
    return [user, *plain, *keyed]


def unsigned(deps: Deps, told: Story) -> dict[str, tuple[str, str]]:
    """words -> (key, number) of what was filed without a name; the withdrawn one is found by its code."""
    rows = {row.once: row for row in stored(deps)}
    found = {words: rows[code_hash(deps.key, code)] for words, code in told.codes.items()}
    return {words: (row.key, row.number) for words, row in found.items()}


def everything(deps: Deps) -> Iterator[tuple[str, str]]:
    """Each row of each table as text, with the table's name."""
    for table in inspect(deps.database.engine).get_table_names():
        for row in rows_of(deps, table):
            yield table, " ".join(map(str, row))


def backup(deps: Deps) -> bytes:
    """What a backup of the database holds: SQLite's files whole, PostgreSQL's rows as COPY writes them."""
    url = deps.database.engine.url
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    taken = b""
    with closing(psycopg.connect(address)) as connection, connection.cursor() as cursor:
        for table in inspect(deps.database.engine).get_table_names():
            with cursor.copy(f"COPY {table} TO STDOUT".encode()) as rows:
                taken += b"".join(map(bytes, rows))
    return taken


def test_no_row_names_both_a_member_and_what_was_filed_without_a_name(deps: Deps, story: Story) -> None:
    marks = [mark for pair in unsigned(deps, story).values() for mark in pair] + list(story.authors)
    members = [trace for user in MEMBERS for trace in traces(deps, user)]
    for table, row in everything(deps):
        if any(mark in row for mark in marks):
            assert not [trace for trace in members if trace in row], table
            assert KOORD not in row or table in KOORDS, table


def test_no_code_and_no_withdrawn_word_is_left_in_a_backup(deps: Deps, story: Story) -> None:
    held = backup(deps)
    for code in story.codes.values():
        assert code.encode() not in held
        assert code.replace("-", "").encode() not in held
    assert story.order[-1].encode() not in held
    assert story.order[0].encode() in held


def test_b57_neither_the_log_nor_a_members_messages_speak_of_them(
    slack: FakeSlack, deps: Deps, story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    marks = [mark for pair in unsigned(deps, story).values() for mark in pair]
    marks += [*story.authors, *story.codes.values()]
    log = "\n".join(record.getMessage() for record in caplog.get_records("setup"))  # the story is told in a fixture
    assert BEGINS in log
    assert not [mark for mark in [*marks, *MEMBERS] if mark in log]
    kept = [
        json.dumps(message, ensure_ascii=False)
        for channel, messages in slack.world.messages.items()
        for message in messages
        if channel != slack.world.dm_of(KOORD).id
    ]
    assert not [mark for mark in marks for message in kept if mark in message]
    assert not any(message for message in slack.world.messages[HOME_CHANNEL] if message.get("bot_id"))


def test_b57_the_coordinators_digest_names_no_member_and_lists_them_in_an_order_of_its_own(
    slack: FakeSlack, deps: Deps, story: Story
) -> None:
    said = json.dumps(slack.world.messages[slack.world.dm_of(KOORD).id], ensure_ascii=False)
    assert story.order[0] in said
    assert not [trace for user in MEMBERS for trace in traces(deps, user) if trace in said]
    assert story.order[-1] not in said  # withdrawn before
    numbers = re.findall(r'"words\.(2\d{3}-\w{4})"', said)
    known = {number: words for words, (_, number) in unsigned(deps, story).items()}
    assert {known[number] for number in numbers if number in known} == set(story.order[:-1])
    rows = {row.number: (row.kind, row.theme, row.number) for row in stored(deps)}
    assert numbers == sorted(numbers, key=lambda number: rows[number])


def test_rows_lie_in_the_order_of_their_random_keys_alone(deps: Deps, story: Story) -> None:
    keys = {key for key, _ in unsigned(deps, story).values()}
    lie = [key for row in rows_of(deps, "observation") for key in keys if key in row]
    assert lie == sorted(keys)
    for table in ("move", "word"):
        rows = [row for row in rows_of(deps, table) if any(key in row for key in keys)]
        written = [row[0] for row in rows]
        assert rows
        if deps.database.engine.dialect.name == "postgresql":
            assert len(set(written)) == 1, table  # one transaction has written them all


def test_b57_nothing_of_theirs_is_finer_than_a_day(deps: Deps, story: Story) -> None:
    keys = {key for key, _ in unsigned(deps, story).values()}
    instant = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
    for table, row in everything(deps):
        if table in ("observation", "move", "word") and any(key in row for key in keys):
            assert not instant.search(row), table


def test_an_observation_leaves_neither_mark_nor_delivery(deps: Deps, story: Story) -> None:
    assert rows_of(deps, "answered") == []
    by_member = [row for table, row in everything(deps) if table == "delivery" and any(user in row for user in MEMBERS)]
    assert by_member == []
