"""The numbers of a half-year are counted once: whatever happens to an observation later, nobody sees it in them."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from bot.app import looking_on
from bot.deps import Deps
from bot.errors import (
    ChangedMeanwhile,
    CorrectionTooSmall,
    InvalidDraft,
    NotACoordinator,
    NotOverYet,
    PersonalDataFound,
)
from bot.rules.hashes import marks
from bot.rules.summaries import Period, Table, Words
from bot.services import digests, summaries
from bot.settings import Settings
from storage.models import Audit, Changed, Move, Network, Observation, Phenomenon, Practice, Published, PublishedMember
from tests.clocks import at
from tests.digests import filed, observation
from tests.fakes import FakeSlack

KOORD, AINO = "U0KOORD001", "U0AINO0001"
HALF = Period(date(2026, 4, 1), date(2026, 9, 30))
THEN, NOW = "2026-06-10T09:00", "2026-10-05T09:00"


@pytest.fixture
def deps(settings: Settings, slack: FakeSlack) -> Iterator[Deps]:
    slack.person(KOORD, "Bertta Kokoaja")
    slack.person(AINO, "Aino Testinen")
    with looking_on(settings) as parts:
        yield at(replace(parts, first_coordinators=frozenset([KOORD])), NOW)


def by(deps: Deps, people: int, name: str, **more: object) -> list[str]:
    rows = [observation(deps, f"26-{name}{n:03}", THEN, author=f"U0KIRJ{n:04}", **more) for n in range(people)]
    return filed(deps, *rows)


def every(deps: Deps, table: type) -> list[object]:
    with deps.read() as session:
        return list(session.exec(select(table)))


def change(deps: Deps, number: str, **values: object) -> None:
    with deps.write() as session:
        row = session.exec(select(Observation).where(Observation.number == number)).one()
        for name, value in values.items():
            setattr(row, name, value)


def test_what_happens_to_observations_later_changes_no_number(deps: Deps) -> None:
    by(deps, 9, "A")
    by(deps, 7, "B", theme="SHL11-03", kind="M", area="734")
    before = summaries.published(deps, HALF)
    assert before.table("theme") == Table((("SHL11-02", 9), ("SHL11-03", 7)))
    change(deps, "26-A000", status="peruttu", text="", author=None)
    change(deps, "26-A001", kind="H", theme="X-99", area="202")
    with deps.write() as session:
        session.delete(session.exec(select(Observation).where(Observation.number == "26-B001")).one())
    filed(deps, observation(deps, "26-LATE", THEN))
    later = at(deps, "2027-01-20T09:00")
    assert summaries.published(later, HALF) == before
    assert digests.published(later).halves[0] == before


def test_two_who_ask_first_at_the_same_time_get_the_same_numbers(deps: Deps) -> None:
    by(deps, 9, "A")
    with ThreadPoolExecutor(4) as processes:
        found = list(processes.map(lambda _: summaries.published(deps, HALF), range(4)))
    assert found == [found[0]] * 4
    assert len(every(deps, Published)) == 1
    assert len(every(deps, PublishedMember)) == 9


def test_no_numbers_are_told_of_a_period_that_is_not_over(deps: Deps) -> None:
    for day in ("2026-06-01T09:00", "2026-09-30T23:59"):
        with pytest.raises(NotOverYet):
            summaries.published(at(deps, day), HALF)
    assert summaries.published(at(deps, "2026-10-01T00:00"), HALF).cells == {}


def test_a_half_year_without_observations_is_not_settled_so_that_earlier_ones_can_be_brought_in(deps: Deps) -> None:
    assert summaries.published(deps, HALF).total == 0
    assert every(deps, Published) == []
    by(deps, 9, "A")
    assert summaries.published(deps, HALF).total == 9


@pytest.mark.parametrize("who", ["U0KIRJ0000", None])
def test_of_one_author_or_of_nobody_with_a_name_no_number_is_told(deps: Deps, who: str | None) -> None:
    filed(deps, *(observation(deps, f"26-{n:05}", THEN, author=who) for n in range(30)))
    tables = summaries.published(deps, HALF)
    assert tables.cells == {}
    assert len(every(deps, Published)) == 1  # and it stays so


def test_the_networks_own_floor_counts_where_it_is_higher(deps: Deps) -> None:
    with deps.write() as session:
        session.add(Network(workspace=deps.workspace, min_group=8))
    by(deps, 7, "A")
    assert summaries.published(deps, HALF).cells == {}


def test_how_the_network_answered_is_counted_with_the_rest(deps: Deps) -> None:
    numbers = by(deps, 12, "A")
    with deps.write() as session:
        for place, number in enumerate(numbers):
            row = session.exec(select(Observation).where(Observation.number == number)).one()
            known = {"workspace": deps.workspace, "subject": row.key, "what": "status"}
            day = date(2026, 6, 13 if place < 6 else 30)
            session.add(Move(key=f"a{place}", step=1, actor=KOORD, on_day=day, status="kasittelyssa", **known))
            session.add(
                Move(key=f"b{place}", step=2, actor=None, on_day=date(2026, 6, 11), **{**known, "what": "answer"})
            )
            row.status = "viety" if place < 6 else "kasittelyssa"
    tables = summaries.published(deps, HALF)
    assert tables.median_days == 3
    assert tables.table("within") == Table((("no", 6), ("yes", 6)))
    assert tables.table("outcome") == Table((("forward", 6), ("handled", 6)))


def test_a_correction_is_made_only_where_it_points_to_nobody(deps: Deps) -> None:
    by(deps, 9, "A")
    by(deps, 7, "B", theme="SHL11-03")
    first = summaries.published(deps, HALF)
    filed(deps, observation(deps, "26-LATE", THEN, author="U0LATE0001"))
    with pytest.raises(CorrectionTooSmall):
        summaries.correct(deps, KOORD, HALF)
    assert summaries.published(deps, HALF) == first
    filed(deps, *(observation(deps, f"26-LATE{n}", THEN, author=f"U0LATE000{n}") for n in range(2, 6)))
    second = summaries.correct(deps, KOORD, HALF)
    assert (second.version, second.total) == (2, 21)
    assert summaries.published(deps, HALF) == second
    assert summaries.correct(deps, KOORD, HALF) == second  # nothing has changed since
    assert [row.what for row in every(deps, Audit)] == ["summary.corrected"]  # type: ignore[attr-defined]


def test_only_coordinators_correct_and_a_working_paper_is_stored_nowhere(deps: Deps) -> None:
    span = Period(date(2026, 5, 1), date(2026, 7, 31))
    with pytest.raises(NotACoordinator):
        summaries.correct(deps, AINO, span)
    by(deps, 9, "A")
    paper = summaries.counted_now(deps, span)
    assert (paper.version, paper.total) == (0, 9)
    assert every(deps, Published) == []


WRITTEN = Words(
    "Asuntoja ei riitä", "Jonot kasvavat\nNuoret jäävät ilman", "Varha nimeää; Varhalle", handled="HYTE; 12.5."
)


def test_words_are_stored_by_language_and_the_trail_tells_who_wrote_and_no_word(deps: Deps) -> None:
    assert summaries.words(deps, KOORD, HALF, "fi") == Words()
    summaries.write(deps, KOORD, HALF, "fi", WRITTEN)
    summaries.write(deps, KOORD, HALF, "fi", WRITTEN)  # the same form once more
    summaries.write(deps, KOORD, HALF, "sv", Words("Bostäder saknas"))
    assert summaries.words(deps, KOORD, HALF, "fi") == WRITTEN
    assert summaries.words(deps, KOORD, HALF, "sv").subtitle == "Bostäder saknas"
    trail = every(deps, Audit)
    assert [(row.what, row.subject) for row in trail] == [("summary.written", "2026-04-01")] * 2  # type: ignore[attr-defined]


def test_words_of_two_coordinators_are_both_kept_unless_they_changed_the_same_field(deps: Deps) -> None:
    opened = marks(Words().texts())
    summaries.write(deps, KOORD, HALF, "fi", Words(subtitle="Ensimmäinen"), opened)
    summaries.write(deps, KOORD, HALF, "fi", Words(highlights="Jonot kasvavat"), opened)
    assert summaries.words(deps, KOORD, HALF, "fi") == Words("Ensimmäinen", "Jonot kasvavat")
    with pytest.raises(ChangedMeanwhile):
        summaries.write(deps, KOORD, HALF, "fi", Words(subtitle="Toinen"), opened)
    assert summaries.words(deps, KOORD, HALF, "fi").subtitle == "Ensimmäinen"
    summaries.write(deps, KOORD, HALF, "fi", Words(subtitle="Ensimmäinen"), opened)  # both the same


def test_words_pass_the_guard_and_small_numbers_are_warned_of(deps: Deps) -> None:
    with pytest.raises(PersonalDataFound) as problem:
        summaries.write(deps, KOORD, HALF, "fi", Words(subtitle="Asiakas 130279-901E odottaa"))
    assert problem.value.blocked == {"subtitle": ("identity_code",)}
    small = Words(highlights="Kolme työntekijää Kustavista kertoi")
    with pytest.raises(PersonalDataFound) as problem:
        summaries.write(deps, KOORD, HALF, "fi", small)
    assert problem.value.warned == {"highlights": ("small_number",)}
    assert summaries.words(deps, KOORD, HALF, "fi") == Words()
    summaries.write(deps, KOORD, HALF, "fi", replace(small, confirmed=problem.value.seen))
    assert summaries.words(deps, KOORD, HALF, "fi") == small


def test_the_sender_holds_a_phone_and_an_address_and_stays_for_the_next_summary(deps: Deps) -> None:
    sender = "Turun seudun verkosto, Varsinais-Suomi. Lisätietoja: verkosto@varha.fi, 050 123 4567"
    summaries.write(deps, KOORD, HALF.before, "fi", Words(sender=sender))
    assert summaries.words(deps, KOORD, HALF, "fi") == Words(sender=sender)
    assert summaries.gather(deps, HALF, "sv").words.sender == sender
    opened = marks(summaries.words(deps, KOORD, HALF, "fi").texts())
    summaries.write(deps, KOORD, HALF, "fi", Words(subtitle="Jonot kasvavat", sender="Toinen verkosto"), opened)
    assert summaries.gather(deps, HALF, "fi").words.sender == "Toinen verkosto"
    summaries.write(deps, KOORD, HALF, "fi", Words(subtitle="Jonot kasvavat"))
    assert summaries.gather(deps, HALF, "fi").words.sender == ""
    with pytest.raises(PersonalDataFound):
        summaries.write(deps, KOORD, HALF, "fi", Words(sender="Asiakas 130279-901E"))


def test_words_that_cannot_be_stored_are_told_and_members_write_none(deps: Deps) -> None:
    with pytest.raises(InvalidDraft) as problem:
        summaries.write(deps, KOORD, HALF, "fi", Words(residents="Asukkaat kertoivat"))
    assert set(problem.value.fields) == {"residents_source"}
    for deed in (
        lambda: summaries.write(deps, AINO, HALF, "fi", WRITTEN),
        lambda: summaries.words(deps, AINO, HALF, "fi"),
    ):
        with pytest.raises(NotACoordinator):
            deed()


def test_b55_control_characters_halves_and_ends_of_text_are_stored_as_spaces(deps: Deps) -> None:
    odd = "Jonot\u000bkasvavat\u0000 ja\ufffe nuoret\ud83d jäävät ilman"
    summaries.write(deps, KOORD, HALF, "fi", Words(subtitle=odd))
    assert summaries.words(deps, KOORD, HALF, "fi").subtitle == "Jonot kasvavat  ja  nuoret  jäävät ilman"


def answered(deps: Deps, **counts: int) -> list[int | None]:
    """So many more answers to whether it has changed; what the summary tells of it then."""
    known = {"workspace": deps.workspace, "subject": "p" * 32, "on_day": date(2026, 9, 20)}
    with deps.write() as session:
        if session.get(Phenomenon, "p" * 32) is None:
            days = {"started_on": date(2026, 6, 1), "noted_on": date(2026, 6, 1)}
            said = {"title": "Jonot kasvavat", "text": "Jonot ovat pitkiä.", "theme": "SHL11-02"}
            session.add(
                Phenomenon(
                    key="p" * 32, workspace=deps.workspace, number="I-AAAA", once="p", status="viety", **said, **days
                )
            )
        for answer, count in counts.items():
            session.add_all(Changed(who=secrets.token_hex(8), answer=answer, **known) for _ in range(count))
    return shares(deps, HALF)


def shares(deps: Deps, period: Period) -> list[int | None]:
    return [told.changed for told in summaries.gather(deps, period, "fi").phenomena]


def test_how_many_see_a_change_is_told_from_five_answers_on_and_again_only_after_five_more(deps: Deps) -> None:
    assert answered(deps, yes=3, no=1, unknown=5) == [None]
    assert answered(deps, partly=1) == [80]
    assert answered(deps, no=4) == [80]  # one answer could be worked out
    assert answered(deps, no=1) == [40]


def test_an_answer_that_is_taken_back_cannot_be_worked_out_from_any_later_document(deps: Deps) -> None:
    assert answered(deps, yes=5, no=1) == [80]
    with deps.write() as session:
        (no,) = session.exec(select(Changed).where(Changed.answer == "no")).all()
        session.delete(no)  # its writer was erased, or the observation withdrawn
    with deps.write() as session:  # the phenomenon stands in the next half-year too
        session.get_one(Phenomenon, "p" * 32).noted_on = date(2026, 10, 5)
    later = at(deps, "2027-04-05T09:00")
    spans = (HALF, Period(date(2026, 10, 1), date(2027, 3, 31)), Period(date(2026, 8, 1), date(2026, 11, 30)))
    assert [shares(later, one) for one in (*spans, Period(HALF.first, date(2027, 3, 31)))] == [[80]] * 4


def test_how_many_see_a_change_is_told_from_the_networks_own_floor_on_where_that_is_higher(deps: Deps) -> None:
    with deps.write() as session:
        session.add(Network(workspace=deps.workspace, min_group=8))
    assert answered(deps, yes=7) == [None]
    assert answered(deps, no=1) == [90]


def test_cards_stand_in_the_summary_of_the_half_year_in_which_a_version_was_published(deps: Deps) -> None:
    def card(number: str, name: str, day: date) -> Practice:
        days = {"started_on": date(2026, 1, 10), "published_on": day}
        return Practice(key=number * 8, workspace=deps.workspace, number=number, name=name, what="Kuvaus.", **days)

    with deps.write() as session:
        session.add(card("T-AA", "Kävelytapaaminen", date(2026, 9, 30)))
        session.add(card("T-BB", "Vanha malli", date(2026, 3, 31)))
        session.add(card("T-CC", "", date(2026, 6, 1)))  # taken down
    assert [row.name for row in summaries.gather(deps, HALF, "fi").practices] == ["Kävelytapaaminen"]


def met_by_six(deps: Deps) -> None:
    """A phenomenon of which six people have told, in four sub-regions: in the last of them one alone."""
    known = {"theme": "SHL11-02", "title": "Jonot kasvavat", "text": "Jonot ovat pitkiä."}
    days = {"started_on": date(2026, 6, 1), "noted_on": date(2026, 6, 1)}
    with deps.write() as session:
        session.add(
            Phenomenon(
                key="p" * 32, workspace=deps.workspace, number="I-AAAA", once="p", status="viety", **known, **days
            )
        )
    meets(deps, 0, "853", "853", "853", "734", "445", "480")


def meets(deps: Deps, start: int, *areas: str) -> None:
    rows = [
        observation(deps, f"26-M{n:03}", THEN, author=f"U0KIRJ{n:04}", area=area, phenomenon="p" * 32)
        for n, area in enumerate(areas, start)
    ]
    filed(deps, *rows)


def widely(deps: Deps, *periods: Period) -> list[tuple[int, bool]]:
    found = [summaries.gather(deps, one, "fi").phenomena for one in periods]
    return [(told.regions, told.by_few) for (told,) in found]


def test_one_withdrawal_changes_how_widely_a_phenomenon_was_met_in_no_document(deps: Deps) -> None:
    met_by_six(deps)
    assert widely(deps, HALF) == [(4, False)]
    change(deps, "26-M005", status="peruttu", text="", author=None, phenomenon=None)
    with deps.write() as session:  # it stands in the next half-year too
        session.get_one(Phenomenon, "p" * 32).noted_on = date(2026, 10, 5)
    later, following = at(deps, "2027-04-05T09:00"), Period(date(2026, 10, 1), date(2027, 3, 31))
    every_document = (HALF, following, Period(HALF.first, following.last), Period(HALF.before.first, HALF.last))
    assert widely(later, *every_document) == [(4, False)] * 4
    meets(deps, 10, "202", "202", "202", "202")  # with those who told before, nine: four more than were counted
    assert widely(later, *every_document) == [(4, False)] * 4
    meets(deps, 20, "202", "202")
    assert widely(later, following) == widely(later, HALF) == [(3, False)]
