"""Deleting on a real database: hidden for a day from everybody, brought back or gone, whoever acts meanwhile."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from zlib import crc32

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.app import looking_on
from bot.deps import Deps
from bot.errors import (
    ChangedMeanwhile,
    GoneForGood,
    InvalidDraft,
    NotACoordinator,
    NotFound,
    PersonalDataFound,
    Problem,
)
from bot.jobs import feedback as feedback_jobs
from bot.rules import phenomena as phenomenon_rules
from bot.rules.deletions import IDENTIFIES, OTHER, Deletion
from bot.rules.deliveries import Send
from bot.rules.feedback import Reply
from bot.rules.observations import Draft
from bot.rules.queues import HIDDEN, Wanted
from bot.rules.statuses import Step
from bot.services import audits, digests, observations, phenomena, queues, search
from bot.services.digests import content_of
from bot.settings import Settings
from storage import moves as move_table
from storage import summaries
from storage.models import Delivery, Erasure, Hidden, Move, Observation, Word
from tests.clocks import at, hki
from tests.fakes import FakeSlack

pytestmark = pytest.mark.both_databases

AINO, CECILIA, KOORD, OTHER_ONE = "U0AINO0001", "U0CECILIA1", "U0KOORD001", "U0KOORD002"
WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja"
WHY = Deletion(OTHER, "Sama havainto on kirjattu kahdesti.")
AT_ONCE = Deletion(IDENTIFIES, "Tekstistä tunnisti asiakkaan.")
ABOUT = phenomenon_rules.PhenomenonDraft("Tukiasuntojen puute", "Tukiasuntoja ei riitä nuorille.", "SHL11-02")


@pytest.fixture
def slack(slack: FakeSlack) -> FakeSlack:
    for user, name in ((AINO, "Aino Testinen"), (KOORD, "Bertta Kokoaja"), (OTHER_ONE, "Dag Samordnare")):
        slack.person(user, name)
    slack.person(CECILIA, "Cecilia Exempel", locale="sv-SE")
    return slack


@pytest.fixture
def deps(settings: Settings) -> Iterator[Deps]:
    with looking_on(settings) as parts:
        parts.people.warm()
        yield at(replace(parts, first_coordinators=frozenset([KOORD, OTHER_ONE])), "2026-11-25T10:00")


def filed(deps: Deps, words: str = WORDS, *, user: str = AINO, named: bool = True) -> Observation:
    draft = Draft(text=words, kind="E", theme="SHL11-02", area="853", proposal="Lisää asuntoja", named=named)
    return observations.file_observation(
        at(deps, "2026-11-24T09:00"), draft, user, f"{user}{crc32(words.encode())}"
    ).rows[0]


def code_of(deps: Deps, words: str = WORDS) -> str:
    draft = Draft(text=words, kind="E", theme="SHL11-02", named=False)
    code = observations.file_observation(at(deps, "2026-11-24T09:00"), draft, AINO, f"{crc32(words.encode())}").code
    assert code is not None
    return code


def every(deps: Deps, table: type, **where: object) -> list:
    with deps.read() as session:
        rows = session.exec(select(table)).all()
    return [row for row in rows if all(getattr(row, name) == value for name, value in where.items())]


def now(deps: Deps, row: Observation) -> Observation:
    return every(deps, Observation, key=row.key)[0]


def as_values(row: Observation) -> dict[str, object]:
    """All that an observation is, but for its version and which messages it is told by."""
    return {name: value for name, value in row.model_dump().items() if name not in ("version", "week")}


def steps(deps: Deps, row: Observation) -> list[tuple[str, str | None, int]]:
    with deps.read() as session:
        return [(one.what, one.status, one.step) for one in move_table.get_of_subject(session, deps.workspace, row.key)]


def deeds(deps: Deps) -> list[tuple[str, str]]:
    return [(one.who, one.what) for one in audits.page(deps, KOORD) if one.what.startswith("observation.")]


def worked_on(deps: Deps) -> Observation:
    """One with a history, joined to a phenomenon, with a receipt."""
    row = filed(deps)
    observations.place_receipt(deps, row.number, "D1", "1.1", "fi")
    observations.move_on(deps, KOORD, row.number, 0, Step("kasittelyssa", reply="Mistä kunnasta?"))
    observations.reply(deps, AINO, Reply("Turusta ja Raisiosta", "n1", number=row.number))
    made = phenomena.create(deps, KOORD, ABOUT, "nonce")
    observations.move_on(deps, KOORD, row.number, 2, Step(phenomenon=made.number))
    return now(deps, row)


def found_by(deps: Deps, words: str) -> list[str]:
    found = search.find(deps, KOORD, words)
    assert found is not None
    return [one.key for one in found.rows]


def everywhere(deps: Deps, *, but: tuple[str, ...] = ()) -> str:
    """All that the tables hold, but for some."""
    with deps.read() as session:
        names = [one for one in Observation.metadata.tables if one not in but]
        return str([session.connection().execute(text(f'SELECT * FROM "{name}"')).all() for name in names])  # noqa: S608


def test_hidden_it_stands_nowhere_but_where_it_waits_and_comes_back_as_it_was(deps: Deps) -> None:
    row = worked_on(deps)
    before, history = as_values(row), steps(deps, row)
    observations.delete(deps, KOORD, row.number, row.version, WHY)
    gone = now(deps, row)
    assert (gone.status, gone.text, gone.proposal, gone.author, gone.phenomenon) == ("poistettu", "", "", None, None)
    assert WORDS not in everywhere(deps, but=("hidden",))
    assert every(deps, Word, subject=row.key) == []
    assert steps(deps, row) == [("status", "poistettu", 1)]
    assert queues.page(deps, KOORD, Wanted()).total == 0
    assert row.key not in found_by(deps, "tukiasunnot")
    assert observations.latest_of(deps, AINO)[0] == []
    assert (KOORD, "observation.hidden") in deeds(deps)

    observations.restore(deps, OTHER_ONE, row.number)
    assert as_values(now(deps, row)) == before
    assert steps(deps, row) == history  # nobody had been told of it yet
    assert every(deps, Hidden) == []
    assert row.key in found_by(deps, "tukiasunnot")
    assert [own.row.number for own in observations.latest_of(deps, AINO)[0]] == [row.number]
    assert (OTHER_ONE, "observation.restored") in deeds(deps)
    assert observations.restore(deps, KOORD, row.number).version == now(deps, row).version  # a second press


def test_after_a_day_it_goes_for_good_once_and_can_come_back_no_more(deps: Deps) -> None:
    row = worked_on(deps)
    observations.delete(deps, KOORD, row.number, row.version, WHY)
    observations.finish_deletions(at(deps, "2026-11-26T09:59"))
    assert len(every(deps, Hidden)) == 1
    for _ in range(2):
        observations.finish_deletions(at(deps, "2026-11-26T10:00"))
    assert every(deps, Hidden) == []
    assert WORDS not in everywhere(deps)
    assert "Raisiosta" not in everywhere(deps)
    assert sorted(str(one.status) for one in every(deps, Move)) == ["kasittelyssa", "poistettu"]  # a phenomenon's too
    assert deeds(deps).count((KOORD, "observation.erased")) == 1
    with pytest.raises(GoneForGood):
        observations.restore(at(deps, "2026-11-26T10:01"), KOORD, row.number)
    assert now(deps, row).status == "poistettu"


def test_what_identifies_somebody_goes_at_once(deps: Deps) -> None:
    row = worked_on(deps)
    observations.delete(deps, KOORD, row.number, row.version, AT_ONCE)
    assert every(deps, Hidden) == []
    assert WORDS not in everywhere(deps)
    assert (KOORD, "observation.deleted") in deeds(deps)
    with pytest.raises(GoneForGood):
        observations.restore(deps, KOORD, row.number)


@pytest.mark.parametrize(
    ("deletion", "fields"),
    [
        (Deletion(), ["why", "reason"]),
        (Deletion("huvikseen", "Siksi"), ["why"]),
        (Deletion(OTHER, " \u200b "), ["reason"]),
        (Deletion(OTHER, "x" * 501), ["reason"]),
    ],
)
def test_a_deletion_needs_a_choice_and_a_reason(deps: Deps, deletion: Deletion, fields: list[str]) -> None:
    row = filed(deps)
    with pytest.raises(InvalidDraft) as wrong:
        observations.delete(deps, KOORD, row.number, 0, deletion)
    assert list(wrong.value.fields) == fields
    assert now(deps, row).text == WORDS


def test_the_guard_reads_the_reason(deps: Deps) -> None:
    row = filed(deps)
    with pytest.raises(PersonalDataFound) as stopped:
        observations.delete(deps, KOORD, row.number, 0, Deletion(IDENTIFIES, "Siinä oli 130279-901E"))
    assert stopped.value.blocked == {"reason": ("identity_code",)}
    with pytest.raises(PersonalDataFound) as asked:
        observations.delete(deps, KOORD, row.number, 0, Deletion(IDENTIFIES, "Siinä oli testi@example.org"))
    seen = Deletion(IDENTIFIES, "Siinä oli testi@example.org", asked.value.seen)
    assert observations.delete(deps, KOORD, row.number, 0, seen).status == "poistettu"


def test_who_is_no_coordinator_neither_looks_deletes_nor_brings_back(deps: Deps) -> None:
    row = filed(deps)
    doors = [
        lambda: observations.look_before_deleting(deps, AINO, row.number),
        lambda: observations.delete(deps, AINO, row.number, 0, WHY),
        lambda: observations.restore(deps, AINO, row.number),
    ]
    for door in doors:
        with pytest.raises(NotACoordinator):
            door()
    assert now(deps, row).text == WORDS


def test_it_tells_beforehand_what_will_go(deps: Deps) -> None:
    row = worked_on(deps)
    found = observations.look_before_deleting(deps, KOORD, row.number)
    assert (found.row.text, len(found.moves), found.messages) == (WORDS, 3, 1)
    observations.delete(deps, KOORD, row.number, row.version, WHY)
    with pytest.raises(NotFound):
        observations.look_before_deleting(deps, KOORD, row.number)


def test_what_changed_meanwhile_is_not_deleted_and_the_same_form_twice_is_once(deps: Deps) -> None:
    row = filed(deps)
    observations.move_on(deps, OTHER_ONE, row.number, 0, Step("kasittelyssa"))
    with pytest.raises(ChangedMeanwhile):
        observations.delete(deps, KOORD, row.number, 0, WHY)
    for _ in range(2):
        observations.delete(deps, KOORD, row.number, 1, WHY)
    with pytest.raises(NotFound):
        observations.delete(deps, OTHER_ONE, row.number, 1, WHY)
    assert len(every(deps, Hidden)) == 1
    assert deeds(deps).count((KOORD, "observation.hidden")) == 1
    with pytest.raises(NotFound):
        observations.move_on(deps, OTHER_ONE, row.number, 2, Step("viety", receiver="HYTE"))


def at_once(*acts: object) -> list[object]:
    """What came of acts that were all done at the same time: the answer, or the problem's kind."""
    start = Barrier(len(acts))

    def go(act: object) -> object:
        start.wait()
        try:
            return act()  # type: ignore[operator]
        except Problem as problem:
            return type(problem)

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(go, acts))


def test_two_coordinators_at_once_delete_once(deps: Deps) -> None:
    row = filed(deps)
    done = at_once(*(
        lambda user=user: observations.delete(deps, user, row.number, 0, WHY) for user in (KOORD, OTHER_ONE) * 3
    ))  # fmt: skip
    deleted = [one for one in done if isinstance(one, Observation)]
    assert len(deleted) == 3  # the same form of one of them
    assert {one for one in done if not isinstance(one, Observation)} == {NotFound}
    assert len(every(deps, Hidden)) == 1
    assert len(steps(deps, row)) == 1


def test_finishing_and_bringing_back_at_once_leave_it_whole_or_gone(deps: Deps) -> None:
    late = at(deps, "2026-11-26T10:00")
    for turn in range(6):
        row = filed(deps, f"Havainto jonoista numero {turn}")
        observations.delete(deps, KOORD, row.number, 0, WHY)
        at_once(
            lambda: observations.finish_deletions(late),
            lambda number=row.number: observations.restore(late, KOORD, number),
            lambda: observations.finish_deletions(late),
            lambda number=row.number: observations.restore(late, OTHER_ONE, number),
        )
        after = now(deps, row)
        assert (after.status, after.text) in (("uusi", row.text), ("poistettu", ""))
        assert every(deps, Hidden) == []


def test_the_reporter_may_withdraw_what_is_hidden_and_then_nobody_brings_it_back(deps: Deps) -> None:
    row = worked_on(deps)
    observations.delete(deps, KOORD, row.number, row.version, WHY)
    with pytest.raises(NotFound):
        observations.withdraw(deps, CECILIA, row.number)
    assert observations.withdraw(deps, AINO, row.number).status == "peruttu"
    assert WORDS not in everywhere(deps)
    assert steps(deps, row) == []
    with pytest.raises(GoneForGood):
        observations.restore(deps, KOORD, row.number)
    observations.finish_deletions(at(deps, "2026-11-27T10:00"))
    assert now(deps, row).status == "peruttu"


def test_without_a_name_it_is_hidden_told_by_code_brought_back_and_withdrawn(deps: Deps) -> None:
    code = code_of(deps)
    (row,) = every(deps, Observation)
    observations.delete(deps, KOORD, row.number, 0, WHY)
    (kept,) = every(deps, Hidden)
    assert (kept.author, kept.filed_at, kept.receipt_ts) == (None, None, None)
    assert AINO not in everywhere(deps)
    own = observations.standing(deps, AINO, code)
    assert own.until == hki("2026-11-26T10:00")
    assert [(one.status, one.reason) for one in own.steps] == [("poistettu", WHY.reason)]
    assert own.row.text == ""

    observations.restore(deps, KOORD, row.number)
    assert steps(deps, row) == [("status", "poistettu", 1), ("restored", "uusi", 2)]  # they may have seen it
    assert now(deps, row).text == WORDS
    observations.delete(deps, KOORD, row.number, 2, WHY)
    assert observations.withdraw_by_code(deps, AINO, code).status == "peruttu"
    assert WORDS not in everywhere(deps)
    assert observations.standing(deps, AINO, code).until is None


def told(deps: Deps, moment: str) -> list[str]:
    """The reporter's messages as they go out at the moment, taken from the ledger as its sender does."""
    said = []
    for row in every(deps, Delivery, kind="feedback", state="pending"):
        with deps.write() as session:
            held = session.get(Delivery, row.key)
            assert held is not None
            verdict = feedback_jobs.still_wanted(at(deps, moment), session, held, hki(moment))
            held.state = "sent" if isinstance(verdict, Send) else "skipped"
            session.add(held)
        if isinstance(verdict, Send):
            message = feedback_jobs.draw(deps, every(deps, Delivery, key=row.key)[0])
            said.append(json.dumps(message, ensure_ascii=False))
    return said


def test_who_was_told_of_the_deletion_is_told_that_it_was_taken_back(deps: Deps) -> None:
    row = worked_on(deps)
    told(deps, "2026-11-25T10:15")
    observations.delete(deps, KOORD, row.number, row.version, WHY)
    (first,) = told(deps, "2026-11-25T10:15")
    for words in ("Poistettu", WHY.reason, "poistuu lopullisesti to 26.11.2026 klo 10.00", "kirjata sen uudelleen"):
        assert words in first, words
    assert WORDS not in first
    observations.restore(at(deps, "2026-11-25T11:00"), KOORD, row.number)
    assert [one[:2] for one in steps(deps, row)][-2:] == [("status", "poistettu"), ("restored", "yhdistetty")]
    (second,) = told(deps, "2026-11-25T11:15")
    assert "Poisto peruttiin" in second
    assert WHY.reason not in second


def test_who_was_not_told_yet_hears_of_neither_but_of_what_was_untold_before(deps: Deps) -> None:
    row = worked_on(deps)
    observations.delete(at(deps, "2026-11-25T10:01"), KOORD, row.number, row.version, WHY)
    observations.restore(at(deps, "2026-11-25T10:05"), KOORD, row.number)
    (said,) = told(deps, "2026-11-25T10:30")
    assert "Mistä kunnasta?" in said
    assert "Poistettu" not in said
    assert "Palautettu" not in said


def test_news_that_found_nothing_to_tell_while_it_was_hidden_are_told_when_it_is_back(deps: Deps) -> None:
    row = worked_on(deps)
    observations.delete(at(deps, "2026-11-25T10:01"), KOORD, row.number, row.version, WHY)
    first = told(deps, "2026-11-25T10:30")
    assert "Mistä kunnasta?" not in str(first)
    observations.restore(at(deps, "2026-11-25T12:00"), KOORD, row.number)
    (said,) = told(deps, "2026-11-25T12:30")
    assert "Mistä kunnasta?" in said
    assert "Poisto peruttiin" in said


def test_a_reporter_hears_after_the_day_that_the_words_are_gone(deps: Deps) -> None:
    row = filed(deps)
    observations.delete(deps, KOORD, row.number, 0, WHY)
    observations.finish_deletions(at(deps, "2026-11-26T10:00"))
    (said,) = told(deps, "2026-11-26T10:10")
    assert WHY.reason in said
    assert "Tekstiä ei ole enää tallessa." in said
    assert "voit kirjata sen uudelleen" in said


def counted_by(deps: Deps, moment: str) -> list[str]:
    """The numbers that the digest of the moment tells as new."""
    assert digests.open_due(at(deps, moment))
    (row,) = [one for one in every(deps, Delivery, kind="weekly_digest", recipient=KOORD) if one.thread_of is None
              and one.not_before == hki(moment)]  # fmt: skip
    return [one.number for one in content_of(at(deps, moment), row).shown if one.text]


def test_a_digest_in_the_meantime_does_not_show_it_and_the_next_one_does(deps: Deps) -> None:
    digests.open_due(at(deps, "2026-11-24T08:00"))
    row, other = filed(deps), filed(deps, "Velkaneuvonnan jonot ovat kasvaneet")
    observations.delete(at(deps, "2026-11-29T12:00"), KOORD, row.number, 0, WHY)
    assert counted_by(deps, "2026-11-30T08:00") == [other.number]
    with deps.read() as session:
        assert len(list(summaries.filed(session, deps.workspace, (date(2026, 11, 1), date(2026, 11, 30))))) == 1
    observations.restore(at(deps, "2026-11-30T09:00"), KOORD, row.number)
    assert counted_by(deps, "2026-12-07T08:00") == [row.number]
    assert now(deps, row).filed_on == date(2026, 11, 24)


def test_one_that_a_digest_has_counted_is_not_counted_again(deps: Deps) -> None:
    digests.open_due(at(deps, "2026-11-24T08:00"))
    row = filed(deps)
    assert counted_by(deps, "2026-11-30T08:00") == [row.number]
    observations.delete(at(deps, "2026-11-30T09:00"), KOORD, row.number, 0, WHY)
    observations.restore(at(deps, "2026-11-30T10:00"), KOORD, row.number)
    assert counted_by(deps, "2026-12-07T08:00") == []


def test_the_queue_has_those_that_can_come_back_and_says_until_when(deps: Deps) -> None:
    row, gone = filed(deps), filed(deps, "Velkaneuvonnan jonot ovat kasvaneet")
    observations.delete(deps, KOORD, row.number, 0, WHY)
    observations.delete(deps, KOORD, gone.number, 0, AT_ONCE)
    page = queues.page(deps, KOORD, Wanted(status=HIDDEN))
    assert [one.number for one in page.rows] == [row.number]
    assert page.hidden == {row.number: hki("2026-11-26T10:00")}
    assert page.counts.hidden == 1
    assert [one.text for one in page.rows] == [""]


def test_a_receipt_that_arrives_after_the_deletion_is_known_when_it_comes_back(deps: Deps) -> None:
    row = filed(deps)
    observations.delete(deps, KOORD, row.number, 0, WHY)
    assert not observations.place_receipt(deps, row.number, "D1", "1.1", "fi")
    observations.restore(deps, KOORD, row.number)
    assert (now(deps, row).receipt_channel, now(deps, row).receipt_ts) == ("D1", "1.1")
    (mark,) = every(deps, Erasure)
    assert mark.version == now(deps, row).version


def test_a_restart_in_between_changes_nothing(deps: Deps, settings: Settings) -> None:
    row = filed(deps)
    observations.delete(deps, KOORD, row.number, 0, WHY)
    deps.database.close()
    with looking_on(settings) as parts:
        observations.finish_deletions(at(parts, hki("2026-11-26T10:00") + timedelta(days=30)))
        assert every(parts, Hidden) == []
        assert now(parts, row).status == "poistettu"
