"""What coordinators do with observations and phenomena, on a real database: steps, joins, two at once, the trail."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.app import looking_on
from bot.deps import Deps
from bot.errors import (
    AlreadyOpened,
    ChangedMeanwhile,
    InvalidDraft,
    NotACoordinator,
    NotFound,
    PersonalDataFound,
    PhenomenonGone,
)
from bot.jobs import feedback as feedback_jobs
from bot.rules import observations as rules
from bot.rules import phenomena as phenomenon_rules
from bot.rules.deliveries import Send
from bot.rules.feedback import Reply
from bot.rules.observations import Draft
from bot.rules.queues import Counts, Wanted, read, written
from bot.rules.reminders import REMINDER
from bot.rules.statuses import Step
from bot.services import audits, networks, observations, phenomena, queues
from bot.settings import Settings
from storage import moves as move_table
from storage.models import Audit, Delivery, Move, Network, Observation, Phenomenon, Same
from tests.clocks import at, hki
from tests.fakes import FakeSlack

pytestmark = pytest.mark.both_databases

AINO, CECILIA, KOORD, OTHER = "U0AINO0001", "U0CECILIA1", "U0KOORD001", "U0KOORD002"
FILED = "2026-11-02T09:00"
TODAY = date(2026, 11, 25)
ABOUT = phenomenon_rules.PhenomenonDraft("Tukiasuntojen puute", "Tukiasuntoja ei riitä nuorille.", "SHL11-02")


@pytest.fixture
def slack(slack: FakeSlack) -> FakeSlack:
    slack.person(AINO, "Aino Testinen")
    slack.person(CECILIA, "Cecilia Exempel", locale="sv-SE")
    slack.person(KOORD, "Bertta Kokoaja")
    slack.person(OTHER, "Dag Samordnare")
    return slack


@pytest.fixture
def deps(settings: Settings) -> Iterator[Deps]:
    with looking_on(settings) as parts:
        yield at(replace(parts, first_coordinators=frozenset([KOORD, OTHER])), "2026-11-25T10:00")


def filed(deps: Deps, text: str = "Jonot ovat pidentyneet", moment: str = FILED, **more: object) -> Observation:
    user = str(more.pop("user", AINO))
    draft = Draft(**{"text": text, "kind": "E", "theme": "SHL11-02", "area": "853", **more})
    return observations.file_observation(at(deps, moment), draft, user, f"{user}{text}{moment}").rows[0]


def every(deps: Deps, table: type, **where: object) -> list:
    with deps.read() as session:
        return [
            row
            for row in session.exec(select(table))
            if all(getattr(row, name) == value for name, value in where.items())
        ]


def now(deps: Deps, row: Observation) -> Observation:
    return every(deps, Observation, key=row.key)[0]


def steps(deps: Deps, row: Observation | Phenomenon) -> list[Move]:
    with deps.read() as session:
        return list(move_table.get_of_subject(session, deps.workspace, row.key))


def in_progress(deps: Deps, **more: object) -> Observation:
    row = filed(deps, **more)
    return observations.move_on(deps, KOORD, row.number, 0, Step("kasittelyssa"))


FULL = replace(
    ABOUT,
    kind="E",
    proposal="Varha nimeää yhteyshenkilön.",
    addressee="county",
    actor="Asumispalvelut",
    deadline="Keväällä 2027",
    cost="ei arvioitu",
    goal="Asunnottomuus vähenee",
    statistics="Asunnottomat; Turku; 2025; 3,1; 2,4; Varke",
)


def test_what_a_phenomenon_says_in_the_summary_is_stored_and_edited(deps: Deps) -> None:
    made = phenomena.create(deps, KOORD, FULL, "nonce")
    assert phenomenon_rules.draft_of(every(deps, Phenomenon)[0]) == FULL
    changed = replace(FULL, deadline=" Syksyllä\n2027 ", kind="H", statistics="")
    phenomena.move_on(deps, KOORD, made.number, 0, changed, Step())
    phenomena.move_on(deps, KOORD, made.number, 0, changed, Step())  # the same form once more
    row = every(deps, Phenomenon)[0]
    assert phenomenon_rules.draft_of(row) == replace(changed, deadline="Syksyllä 2027")
    assert row.version == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "X"}, {"addressee": "me"}, {"actor": "x" * 201}, {"proposal": "x" * 3001},
        {"statistics": "Asunnottomat; Turku; 2025"},
    ],
)  # fmt: skip
def test_what_the_summary_cannot_say_is_told_at_its_field(deps: Deps, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidDraft) as problem:
        phenomena.create(deps, KOORD, replace(FULL, **wrong), "nonce")
    assert set(problem.value.fields) == set(wrong)
    assert every(deps, Phenomenon) == []


@pytest.mark.parametrize("name", ["title", "text", "proposal", "actor", "goal", "statistics"])
def test_a_small_number_in_a_phenomenon_is_warned_of_and_may_be_sent_anyway(deps: Deps, name: str) -> None:
    typed = "Kolme työntekijää Kustavista" if name != "statistics" else "Tiimit; Kustavi; 2025; 3"
    draft = replace(FULL, **{name: typed})
    with pytest.raises(PersonalDataFound) as problem:
        phenomena.create(deps, KOORD, draft, "nonce")
    assert problem.value.warned == {name: ("small_number",)}
    assert every(deps, Phenomenon) == []
    phenomena.create(deps, KOORD, replace(draft, confirmed=problem.value.seen), "nonce")
    assert len(every(deps, Phenomenon)) == 1


def test_who_is_no_coordinator_gets_nothing_from_any_door(deps: Deps) -> None:
    row = filed(deps)
    made = phenomena.create(deps, KOORD, ABOUT, "nonce")
    doors = [
        lambda: observations.open_review(deps, AINO, row.number),
        lambda: observations.look_again(deps, AINO, row.number),
        lambda: observations.move_on(deps, AINO, row.number, 0, Step("kasittelyssa")),
        lambda: phenomena.create(deps, AINO, ABOUT, "other"),
        lambda: phenomena.listed(deps, AINO),
        lambda: phenomena.review(deps, AINO, made.number),
        lambda: phenomena.move_on(deps, AINO, made.number, 0, ABOUT, Step(reply="Kiitos")),
        lambda: phenomena.publish(deps, AINO, made.number),
        lambda: queues.page(deps, AINO, Wanted()),
        lambda: audits.page(deps, AINO),
        lambda: networks.wordings(deps, AINO, REMINDER),
        lambda: networks.put_wording(deps, AINO, {"fi": "Hei"}, "reply:viety"),
    ]
    for door in doors:
        with pytest.raises(NotACoordinator):
            door()
    assert now(deps, row).opened_on is None
    assert every(deps, Audit, who=AINO) == []


def test_a_closed_one_is_opened_again_and_joined_with_a_reason(deps: Deps) -> None:
    row = in_progress(deps)
    closed = observations.move_on(deps, KOORD, row.number, 1, Step("ei_toimia", reason="Kunta päätti toisin."))
    assert (closed.status, closed.due_on) == ("ei_toimia", None)
    made = phenomena.create(deps, KOORD, ABOUT, "nonce")
    with pytest.raises(InvalidDraft) as wrong:
        observations.move_on(deps, KOORD, row.number, 2, Step(phenomenon=made.number))
    assert list(wrong.value.fields) == ["reason"]
    step = Step(phenomenon=made.number, reason="Sama nähtiin muualla.")
    joined = observations.move_on(deps, KOORD, row.number, 2, step)
    assert (joined.status, joined.phenomenon) == ("yhdistetty", made.key)
    assert [move.status for move in steps(deps, row)] == ["kasittelyssa", "ei_toimia", "kasittelyssa", "yhdistetty"]
    assert [move.step for move in steps(deps, row)] == [1, 2, 3, 4]
    reopened = observations.move_on(deps, OTHER, row.number, 3, Step("kasittelyssa", reason="Eri asia sittenkin."))
    assert (reopened.status, reopened.phenomenon) == ("kasittelyssa", None)


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (Step("yhdistetty"), "phenomenon"),
        (Step(phenomenon="I-ZZZZ"), "phenomenon"),
        (Step("viety", receiver="HYTE", phenomenon="I-YES"), "status"),
        (Step(reason="Siksi"), "status"),
        (Step("viety"), "receiver"),
        (Step("seurannassa", review_on=TODAY), "review_date"),
        (Step(reply="x" * 3001), "reply"),
        (Step("toteutunut"), "status"),
        (Step("keksitty"), "status"),
    ],
)
def test_a_step_that_cannot_be_taken_says_at_which_field(deps: Deps, step: Step, field: str) -> None:
    row, made = in_progress(deps), phenomena.create(deps, KOORD, ABOUT, "nonce")
    step = replace(step, phenomenon=made.number if step.phenomenon == "I-YES" else step.phenomenon)
    with pytest.raises(InvalidDraft) as wrong:
        observations.move_on(deps, KOORD, row.number, 1, step)
    assert list(wrong.value.fields) == [field]
    assert now(deps, row).version == 1


@pytest.mark.parametrize("field", ["reason", "receiver", "reply"])
def test_the_guard_reads_every_field_that_a_coordinator_types(deps: Deps, field: str) -> None:
    row = filed(deps)
    typed = {"receiver": "Neuvonta", "reason": "", "reply": ""}
    with pytest.raises(PersonalDataFound) as stopped:
        observations.move_on(deps, KOORD, row.number, 0, Step("ohjattu", **{**typed, field: "130279-901E"}))
    assert stopped.value.blocked == {field: ("identity_code",)}
    with pytest.raises(PersonalDataFound) as asked:
        observations.move_on(deps, KOORD, row.number, 0, Step("ohjattu", **{**typed, field: "testi@example.org"}))
    assert asked.value.warned == {field: ("email",)}
    seen = Step("ohjattu", **{**typed, field: "testi@example.org"}, confirmed=asked.value.seen)
    assert observations.move_on(deps, KOORD, row.number, 0, seen).status == "ohjattu"


def test_a_code_that_begins_in_one_field_and_ends_in_the_next_is_found(deps: Deps) -> None:
    row = filed(deps)
    with pytest.raises(PersonalDataFound):
        observations.move_on(deps, KOORD, row.number, 0, Step("ohjattu", receiver="Neuvonta 040", reply="1234567"))


def test_what_was_withdrawn_meanwhile_cannot_be_moved(deps: Deps) -> None:
    row = filed(deps)
    observations.withdraw(deps, AINO, row.number)
    with pytest.raises(NotFound):
        observations.move_on(deps, KOORD, row.number, 0, Step("kasittelyssa"))


def test_another_coordinators_same_words_are_no_double_of_mine(deps: Deps) -> None:
    row = filed(deps)
    observations.move_on(deps, KOORD, row.number, 0, Step("kasittelyssa"))
    with pytest.raises(ChangedMeanwhile):
        observations.move_on(deps, OTHER, row.number, 0, Step("kasittelyssa"))


def test_b02_twelve_at_once_are_one_step(deps: Deps) -> None:
    row, start = filed(deps), Barrier(12)

    def go(_: int) -> str:
        start.wait()
        return observations.move_on(deps, KOORD, row.number, 0, Step("kasittelyssa", reply="Kiitos")).status

    with ThreadPoolExecutor(12) as threads:
        assert set(threads.map(go, range(12))) == {"kasittelyssa"}
    assert len(steps(deps, row)) == 1
    assert len(every(deps, Delivery, kind="feedback")) == 1


def test_b02_the_same_step_with_another_day_of_review_is_not_the_same(deps: Deps) -> None:
    row, made = in_progress(deps), phenomena.create(deps, KOORD, ABOUT, "nonce")
    step = Step("seurannassa", review_on=date(2026, 12, 24))
    other = replace(step, review_on=date(2027, 1, 24))
    observations.move_on(deps, KOORD, row.number, 1, step)
    assert observations.move_on(deps, KOORD, row.number, 1, step).review_on == step.review_on
    with pytest.raises(ChangedMeanwhile):
        observations.move_on(deps, KOORD, row.number, 1, other)
    phenomena.move_on(deps, KOORD, made.number, 0, ABOUT, step)
    assert phenomena.move_on(deps, KOORD, made.number, 0, ABOUT, step).review_on == step.review_on
    with pytest.raises(ChangedMeanwhile):
        phenomena.move_on(deps, KOORD, made.number, 0, ABOUT, other)


def test_opening_is_marked_once_and_written_down_each_time(deps: Deps) -> None:
    row = filed(deps)
    observations.open_review(deps, KOORD, row.number)
    observations.open_review(at(deps, "2026-11-26T10:00"), OTHER, row.number)
    assert now(deps, row).opened_on == TODAY
    assert [(one.who, one.what, one.subject) for one in audits.page(deps, KOORD)] == [
        (OTHER, "observation.opened", row.number),
        (KOORD, "observation.opened", row.number),
    ]


def test_a_review_date_is_put_off_with_words(deps: Deps) -> None:
    row = in_progress(deps)
    first, later = TODAY + timedelta(days=30), TODAY + timedelta(days=90)
    observations.move_on(deps, KOORD, row.number, 1, Step("seurannassa", review_on=first))
    with pytest.raises(InvalidDraft):
        observations.move_on(deps, KOORD, row.number, 2, Step(review_on=later))
    moved = observations.move_on(deps, KOORD, row.number, 2, Step(review_on=later, reply="Odotetaan päätöstä."))
    assert (moved.status, moved.review_on, moved.due_on) == ("seurannassa", later, later)


def test_a_phenomenons_change_reaches_all_its_observations_and_their_named_reporters(deps: Deps) -> None:
    made = phenomena.create(deps, KOORD, ABOUT, "nonce")
    rows = [filed(deps), filed(deps, user=CECILIA), filed(deps, "Ilman nimeä kirjattu", named=False)]
    for row in rows:
        observations.move_on(deps, KOORD, row.number, 0, Step(phenomenon=made.number))
    later = at(deps, "2026-11-25T11:00")
    step = Step("viety", receiver="HYTE-työryhmä", reply="Vein tämän eteenpäin.")
    moved = phenomena.move_on(later, KOORD, made.number, 0, ABOUT, step)
    assert (moved.status, moved.receiver, moved.due_on) == ("viety", "HYTE-työryhmä", TODAY + timedelta(days=60))
    for row in rows:
        last = steps(deps, row)[-1]
        assert (last.status, last.phenomenon, last.words) == ("viety", made.key, "Vein tämän eteenpäin.")
        assert (now(deps, row).status, now(deps, row).version) == ("yhdistetty", 2)
    promised = {one.recipient for one in every(deps, Delivery, kind="feedback")}
    assert promised == {AINO, CECILIA}
    again = phenomena.move_on(later, KOORD, made.number, 0, ABOUT, step)
    assert again.version == 1
    with pytest.raises(ChangedMeanwhile):
        phenomena.move_on(later, OTHER, made.number, 0, ABOUT, step)


def test_a_closed_phenomenon_keeps_its_outcome_and_takes_no_more_observations(deps: Deps) -> None:
    made = phenomena.create(deps, KOORD, ABOUT, "nonce")
    phenomena.move_on(deps, KOORD, made.number, 0, ABOUT, Step("viety", receiver="HYTE"))
    done = phenomena.move_on(deps, KOORD, made.number, 1, ABOUT, Step("toteutunut", reply="Kymmenen asuntoa lisää."))
    assert (done.outcome, done.due_on) == ("Kymmenen asuntoa lisää.", None)
    with pytest.raises(InvalidDraft) as wrong:
        observations.move_on(deps, KOORD, filed(deps).number, 0, Step(phenomenon=made.number))
    assert list(wrong.value.fields) == ["phenomenon"]


def test_b02_the_form_of_a_new_phenomenon_counts_once(deps: Deps) -> None:
    row, start = filed(deps), Barrier(8)

    def go(_: int) -> str:
        start.wait()
        return phenomena.create(deps, KOORD, ABOUT, "nonce", ([(row.number, 0)], Step(reply="Kiitos"))).number

    with ThreadPoolExecutor(8) as threads:
        numbers = set(threads.map(go, range(8)))
    (made,) = every(deps, Phenomenon)
    assert numbers == {made.number}
    assert [move.status for move in steps(deps, row)] == ["kasittelyssa", "yhdistetty"]


def test_a_phenomenon_whose_observation_has_changed_meanwhile_is_not_made(deps: Deps) -> None:
    row = filed(deps)
    observations.move_on(deps, OTHER, row.number, 0, Step(reply="Kiitos"))
    with pytest.raises(ChangedMeanwhile):
        phenomena.create(deps, KOORD, ABOUT, "nonce", ([(row.number, 0)], Step()))
    assert every(deps, Phenomenon) == []


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(ABOUT, title=" \u200b "), "title"),
        (replace(ABOUT, title="x" * 151), "title"),
        (replace(ABOUT, text="lyhyt"), "text"),
        (replace(ABOUT, text="x" * 3001), "text"),
        (replace(ABOUT, theme="X-00"), "theme"),
    ],
)
def test_what_a_phenomenon_must_be(deps: Deps, draft: phenomenon_rules.PhenomenonDraft, field: str) -> None:
    with pytest.raises(InvalidDraft) as wrong:
        phenomena.create(deps, KOORD, draft, "nonce")
    assert list(wrong.value.fields) == [field]


def test_a_title_with_a_phone_number_is_never_stored(deps: Deps) -> None:
    with pytest.raises(PersonalDataFound):
        phenomena.create(deps, KOORD, replace(ABOUT, title="Soita 040 123 4567"), "nonce")
    assert every(deps, Phenomenon) == []


def test_publishing_twice_posts_once(deps: Deps) -> None:
    made, start = phenomena.create(deps, KOORD, ABOUT, "nonce"), Barrier(6)

    def go(_: int) -> None:
        start.wait()
        phenomena.publish(deps, KOORD, made.number)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(go, range(6)))
    (row,) = every(deps, Delivery, kind="phenomenon")
    assert (row.occurrence, row.recipient[0], row.state) == (made.number, "C", "pending")
    assert len(every(deps, Audit, what="phenomenon.published")) == 1


def test_b43_a_persons_first_presses_in_parallel_are_one_and_poison_nothing(deps: Deps) -> None:
    made, start = phenomena.create(deps, KOORD, ABOUT, "nonce"), Barrier(10)
    phenomena.publish(deps, KOORD, made.number)
    filed(deps)  # Aino's area is known from here on

    def go(_: int) -> bool:
        start.wait()
        return phenomena.press(deps, AINO, made.number).counted

    with ThreadPoolExecutor(10) as threads:
        assert sorted(threads.map(go, range(10))) == [False] * 9 + [True]
    (same,) = every(deps, Same)
    assert (same.area, AINO in same.who) == ("853", False)
    after = phenomena.press(deps, CECILIA, made.number)
    assert (after.counted, after.shown.met.people, after.shown.met.areas) == (True, 2, 1)
    assert observations.move_on(deps, KOORD, filed(deps, "Muu havainto").number, 0, Step("kasittelyssa")).version == 1


def test_only_what_is_published_and_open_can_be_pressed(deps: Deps) -> None:
    made = phenomena.create(deps, KOORD, ABOUT, "nonce")
    for number in (made.number, "I-ZZZZ", ""):
        with pytest.raises(PhenomenonGone):
            phenomena.press(deps, AINO, number)
    phenomena.publish(deps, KOORD, made.number)
    phenomena.move_on(deps, KOORD, made.number, 0, ABOUT, Step("ei_toimia", reason="Kunta päätti toisin."))
    pressed = phenomena.press(deps, AINO, made.number)
    assert (pressed.counted, pressed.is_open) == (False, False)
    assert every(deps, Same) == []


def test_a_press_in_a_receipt_names_the_phenomenon_for_an_own_observation_alone(deps: Deps) -> None:
    made = phenomena.create(deps, KOORD, ABOUT, "nonce")
    phenomena.publish(deps, KOORD, made.number)
    row = filed(deps)
    phenomena.press(deps, CECILIA, made.number, row.number)
    assert now(deps, row).same_as is None
    phenomena.press(deps, AINO, made.number, row.number)
    assert now(deps, row).same_as == made.key
    assert observations.open_review(deps, KOORD, row.number).same_as.number == made.number
    closing = Step("ei_toimia", reason="Asia on korjattu.")
    closed = phenomena.move_on(deps, KOORD, made.number, made.version, ABOUT, closing)
    assert closed.status == "ei_toimia"
    assert observations.open_review(deps, KOORD, row.number).same_as is None  # chosen, no other step could be saved


def test_posts_that_show_an_older_state_are_handed_out_once(deps: Deps) -> None:
    made = phenomena.create(deps, KOORD, ABOUT, "nonce")
    phenomena.publish(deps, KOORD, made.number)
    for user in (AINO, CECILIA):
        phenomena.press(deps, user, made.number)
    assert phenomena.take_stale(deps) == []  # it does not stand in the channel yet
    with deps.write() as session:
        session.exec(select(Delivery).where(Delivery.kind == "phenomenon")).one().state = "sent"
    ((shown, _, _),) = phenomena.take_stale(deps)
    assert shown.met.people == 2
    assert phenomena.take_stale(deps) == []


def test_settings_coordinators_and_wordings_leave_their_trail(deps: Deps) -> None:
    network = Network(workspace=deps.workspace, language="sv")
    networks.choose(deps, KOORD, network, [AINO])
    networks.choose(deps, KOORD, network.model_copy(), [AINO])
    networks.put_wording(deps, KOORD, {"fi": "Kiitos, vein tämän eteenpäin."}, "reply:viety")
    networks.put_wording(deps, KOORD, {"fi": "Kiitos, vein tämän eteenpäin."}, "reply:viety")
    with pytest.raises(InvalidDraft):
        networks.put_wording(deps, KOORD, {"fi": "Hei"}, "reply:uusi")
    assert sorted((one.what, one.subject) for one in audits.page(deps, AINO)) == [
        ("coordinators.changed", ""), ("settings.changed", ""), ("wording.changed", "reply:viety"),
    ]  # fmt: skip
    assert networks.wordings(deps, KOORD, "reply:viety") == {"fi": "Kiitos, vein tämän eteenpäin."}
    assert networks.settings(deps).wordings == {}


def test_the_trail_is_read_page_by_page_and_nothing_of_one_instant_is_left_out(deps: Deps) -> None:
    with deps.write() as session:
        for number in range(90):
            moment = hki("2026-11-25T09:00") if number < 60 else hki("2026-11-25T08:00")
            session.add(Audit(key=f"{number:032}", workspace=deps.workspace, at=moment, who=KOORD, what="x.y"))
    seen, after = [], None
    while rows := audits.page(deps, KOORD, after):
        assert len(rows) <= audits.PER_PAGE
        seen += [row.key for row in rows]
        after = rows[-1].at, rows[-1].key
    assert seen == [f"{number:032}" for number in range(90)]


def test_the_queue_has_the_most_overdue_first_and_counts_what_waits(deps: Deps) -> None:
    late = filed(deps, "Odottanut pitkään", "2026-10-26T09:00")
    fresh = filed(deps, "Eilen kirjattu", "2026-11-24T09:00")
    silent = filed(deps, "Käsittelyssä kauan", "2026-08-03T09:00")
    observations.move_on(at(deps, "2026-08-10T09:00"), KOORD, silent.number, 0, Step("kasittelyssa"))
    closed = filed(deps, "Ohjattu muualle")
    observations.move_on(deps, KOORD, closed.number, 0, Step("ohjattu", receiver="Neuvonta"))
    page = queues.page(deps, KOORD, Wanted())
    assert [row.number for row in page.rows] == [silent.number, late.number, fresh.number]
    assert page.counts == Counts(waiting=3, unanswered=1, unnoted=1, answered=0)
    assert [row.number for row in queues.page(deps, KOORD, Wanted(status="closed")).rows] == [closed.number]
    assert queues.page(deps, KOORD, Wanted(status="uusi")).total == 2


def test_the_queue_is_narrowed_by_kind_theme_area_and_words(deps: Deps) -> None:
    turku = filed(deps, "Velkaneuvontaan ei pääse")
    region = deps.vocabularies.options("subregion", "fi")[0][0]
    inside = next(one.code for one in deps.vocabularies.terms if one.vocabulary == "area" and one.parent == region)
    other = filed(deps, "Ryhmätoiminta 100 % toimii", kind="M", theme="X-90", area=inside)

    def found(**wanted: str) -> list[str]:
        return sorted(row.number for row in queues.page(deps, KOORD, Wanted(**wanted)).rows)

    assert found(kind="M") == found(theme="X-90") == [other.number]
    assert found(area="853") == ([turku.number] if inside != "853" else sorted([turku.number, other.number]))
    assert other.number in found(area=region)
    assert found(words="velkaneuvontaan") == [turku.number]
    assert found(words="RYHMÄTOIMINTA %") == [other.number]
    assert found(words="100 %") == [other.number]
    assert found(words="% !") == []  # no word
    assert found(words="velka ryhmä") == []


def test_an_answer_of_the_reporter_shows_until_a_coordinator_speaks(deps: Deps) -> None:
    row = in_progress(deps)
    with deps.write() as session:
        move_table.add(session, Move(key="", workspace=deps.workspace, subject=row.key, step=0, what="answer",
                                     on_day=TODAY, words="Kolmessa kunnassa."))  # fmt: skip
    much_later = at(deps, "2027-03-25T09:00")  # it is among the late ones then, and is found all the same
    for moment in (deps, much_later):
        assert queues.page(moment, KOORD, Wanted()).answered == {row.number}
        assert [one.number for one in queues.page(moment, KOORD, Wanted(status="answered")).rows] == [row.number]
    observations.move_on(deps, KOORD, row.number, 1, Step(reply="Kiitos."))
    assert queues.page(deps, KOORD, Wanted()).answered == frozenset()
    assert queues.page(deps, KOORD, Wanted(status="answered")).total == 0


def test_who_answers_makes_nothing_overdue_and_waits_in_the_queue_also_when_it_is_closed(deps: Deps) -> None:
    fresh, in_hand, closed = (
        filed(deps, "Eilen kirjattu", "2026-11-24T09:00"),
        in_progress(deps),
        filed(deps, "Muualle kuuluva"),
    )
    followed = in_progress(deps, text="Seurattava asia")
    observations.move_on(deps, KOORD, followed.number, 1, Step("seurannassa", review_on=TODAY + timedelta(days=90)))
    observations.move_on(deps, KOORD, closed.number, 0, Step("ohjattu", receiver="Neuvonta"))
    rows = [fresh, in_hand, closed, followed]
    for row in rows:
        observations.reply(deps, AINO, Reply("Tarkennan vielä tätä asiaa", nonce=row.number, number=row.number))
    for moment in ("2026-11-25T15:00", "2026-11-26T09:00"):
        page = queues.page(at(deps, moment), KOORD, Wanted())
        assert page.counts == Counts(waiting=3, unanswered=0, unnoted=0, answered=4)
        assert page.answered == {row.number for row in rows}
        waiting = queues.page(at(deps, moment), KOORD, read(written(Wanted(status="answered"))))
        assert (waiting.total, waiting.answered) == (4, page.answered)
    observations.move_on(deps, KOORD, closed.number, 2, Step(reply="Kiitos."))
    assert queues.page(at(deps, "2026-11-26T09:00"), KOORD, Wanted(status="answered")).total == 3
    page = queues.page(at(deps, "2026-11-26T09:00"), KOORD, Wanted())
    assert {row.number for row in page.rows} == {fresh.number, in_hand.number, followed.number}


def test_a_step_of_a_phenomenon_is_promised_to_all_its_reporters_and_answers_who_had_written(deps: Deps) -> None:
    made = phenomena.create(deps, KOORD, ABOUT, "nonce")
    for user in (AINO, CECILIA):
        row = filed(deps, f"Ei asuntoja {user}", user=user)
        observations.move_on(deps, KOORD, row.number, 0, Step(phenomenon=made.number))
    observations.reply(deps, CECILIA, Reply("Onko asia edennyt?", nonce="reply", number=row.number))
    later = at(deps, "2026-11-25T14:00")
    assert queues.page(later, KOORD, Wanted()).counts.answered == 1
    earlier = {one.key for one in every(deps, Delivery)}
    phenomena.move_on(later, KOORD, made.number, 0, ABOUT, Step("viety", receiver="HYTE-työryhmä"))
    promised = [one.recipient for one in every(deps, Delivery) if one.key not in earlier]
    assert sorted(promised) == [AINO, CECILIA]
    page = queues.page(later, KOORD, Wanted())
    assert (page.total, page.counts.answered, page.answered) == (0, 0, frozenset())


def test_a_coordinators_own_observation_can_be_edited_until_another_one_reads_it(deps: Deps) -> None:
    row = filed(deps, user=KOORD)
    observations.open_review(deps, KOORD, row.number)
    changed = Draft("Jonot ovat lyhentyneet", kind="M", theme="X-90")
    assert observations.edit(deps, changed, KOORD, row.number).text == changed.text
    observations.open_review(deps, OTHER, row.number)
    with pytest.raises(AlreadyOpened):
        observations.edit(deps, changed, KOORD, row.number)


def test_a_page_beyond_the_last_one_is_the_last_one(deps: Deps) -> None:
    for number in range(17):
        filed(deps, f"Havainto jonoista numero {number}")
    page = queues.page(deps, KOORD, Wanted(page=99))
    assert (page.wanted.page, len(page.rows), page.pages) == (2, 1, 3)
    assert queues.page(deps, KOORD, Wanted(kind="M", page=5)).wanted.page == 0


def test_a_form_that_arrives_again_while_it_is_withdrawn_brings_no_words_back(deps: Deps) -> None:
    draft = Draft(text="Jonot ovat pidentyneet", kind="E", theme="SHL11-02")
    row = observations.file_observation(deps, draft, AINO, "nonce").rows[0]
    with ThreadPoolExecutor(2) as others:
        with deps.read() as session:
            if deps.database.engine.dialect.name == "postgresql":  # who files has found the row, and is held up there
                session.connection().execute(text("LOCK TABLE run IN ACCESS EXCLUSIVE MODE"))
            changed = replace(draft, text="Jonot ovat pidentyneet yhä")
            again = others.submit(observations.file_observation, deps, changed, AINO, "nonce")
            wait([again], timeout=0.5)
            withdrawal = others.submit(observations.withdraw, deps, AINO, row.number)
            wait([withdrawal], timeout=0.5)
        again.result()
        withdrawal.result()
    assert (now(deps, row).text, now(deps, row).status) == ("", "peruttu")


def test_who_takes_their_name_back_leaves_nothing_that_leads_from_the_one_to_the_other(deps: Deps) -> None:
    draft = Draft(text="Jonot ovat pidentyneet", kind="E", theme="SHL11-02")
    for named in (True, False):
        row = observations.file_observation(deps, replace(draft, named=named), AINO, "nonce").rows[0]
    gone, stands = sorted(every(deps, Observation), key=lambda one: one.text)
    assert (stands.key, stands.author, gone.status) == (row.key, None, "peruttu")
    for nonce in (gone.once, gone.once.partition(":")[2], gone.key, gone.number):
        assert stands.once != rules.code_hash(deps.key, rules.receipt_code(deps.key, nonce))
    observations.file_observation(deps, draft, AINO, "nonce")
    assert [(one.author, one.text) for one in every(deps, Observation, status="uusi")] == [(AINO, draft.text)]


def told_of(deps: Deps, user: str) -> str:
    """The reporter's next message, as it would read."""
    deps.people.warm()
    (row,) = every(deps, Delivery, kind="feedback", recipient=user)
    with deps.write() as session:
        sent = session.get(Delivery, row.key)
        assert sent is not None
        verdict = feedback_jobs.still_wanted(at(deps, "2026-11-26T09:00"), session, sent, hki("2026-11-26T09:00"))
        assert verdict == Send()
        session.add(sent)
    return json.dumps(feedback_jobs.draw(deps, every(deps, Delivery, key=row.key)[0])[1], ensure_ascii=False)


OTHERS = "Muutkin ovat huomanneet tämän."


def test_one_persons_observations_made_into_a_phenomenon_tell_of_no_others(deps: Deps) -> None:
    first, second = filed(deps), filed(deps, "Jonot ovat pidentyneet taas")
    made = phenomena.create(deps, KOORD, ABOUT, "nonce", ([(first.number, 0)], Step()))
    observations.move_on(deps, KOORD, second.number, 0, Step(phenomenon=made.number))
    phenomena.publish(deps, KOORD, made.number)
    phenomena.press(deps, AINO, made.number)  # their own mark is no other's
    said = told_of(deps, AINO)
    assert said.count("Ilmiö: Tukiasuntojen puute") == 1
    assert OTHERS not in said


@pytest.mark.parametrize("named", [True, False])
def test_others_are_told_of_where_somebody_else_has_met_it(deps: Deps, *, named: bool) -> None:
    mine, other = filed(deps), filed(deps, "Köerna är långa", user=CECILIA, named=named)
    made = phenomena.create(deps, KOORD, ABOUT, "nonce", ([(mine.number, 0)], Step()))
    observations.move_on(deps, KOORD, other.number, 0, Step(phenomenon=made.number))
    assert OTHERS in told_of(deps, AINO)


def test_a_member_who_pressed_is_an_other_too(deps: Deps) -> None:
    mine = filed(deps)
    made = phenomena.create(deps, KOORD, ABOUT, "nonce", ([(mine.number, 0)], Step()))
    phenomena.publish(deps, KOORD, made.number)
    phenomena.press(deps, CECILIA, made.number)
    assert OTHERS in told_of(deps, AINO)


def test_observations_joined_to_two_phenomena_are_each_told_of_theirs(deps: Deps) -> None:
    for about in (ABOUT, replace(ABOUT, title="Velat")):
        row = filed(deps, f"Havainto jonoista: {about.title}")
        phenomena.create(deps, KOORD, about, about.title, ([(row.number, 0)], Step()))
    said = told_of(deps, AINO)
    assert "Ilmiö: Tukiasuntojen puute" in said
    assert "Ilmiö: Velat" in said
