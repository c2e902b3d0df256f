"""Rounds of reminders on a real database: who gets one, who does not, what closes, what coordinators may see and do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.app import looking_on
from bot.deps import Deps
from bot.errors import CannotNudge, InvalidDraft, NotACoordinator, SlackError
from bot.rules.deliveries import PutOff, Send, Skip
from bot.rules.observations import Draft
from bot.rules.reminders import Coming, Expected
from bot.services import deliveries, people, reminders
from bot.services.observations import file_observation, latest_of, withdraw
from bot.settings import Settings
from storage import networks
from storage import people as chosen
from storage.models import Answered, Delivery, Network, Run
from tests.clocks import at, hki
from tests.fakes import FakeSlack

INSTALLED, ROUND, NEXT = "2026-11-20T12:00", "2026-12-03T13:00", "2027-01-07T13:00"
THIRD_DAY = "2026-12-08T10:00"
AINO, CECILIA, KOORD = "U0AINO0001", "U0CECILIA1", "U0KOORD001"


@pytest.fixture
def slack(slack: FakeSlack) -> FakeSlack:
    slack.person(AINO, "Aino Testinen")
    slack.person(CECILIA, "Cecilia Exempel", locale="sv-SE")
    slack.person(KOORD, "Bertta Kokoaja")
    return slack


@pytest.fixture
def deps(settings: Settings) -> Iterator[Deps]:
    with looking_on(settings) as parts:
        deps = replace(parts, first_coordinators=frozenset([KOORD]))
        reminders.open_due_round(at(deps, INSTALLED))
        yield deps


def rows(deps: Deps, kind: str = "report_reminder") -> list[Delivery]:
    with deps.read() as session:
        return list(session.exec(select(Delivery).where(Delivery.kind == kind).order_by(Delivery.recipient)))


def to(deps: Deps, kind: str = "report_reminder", state: str = "pending") -> list[str]:
    return [row.recipient for row in rows(deps, kind) if row.state == state]


def opened(deps: Deps, moment: str = ROUND) -> list[str]:
    """Who the round of this moment is planned for."""
    deps.people.warm()
    assert reminders.open_due_round(at(deps, moment))
    return to(deps)


def goes_out(deps: Deps, moment: str, kind: str = "report_reminder") -> list[str]:
    """Asks of each waiting message what the ledger asks, and writes down what it would."""
    deps.people.warm()
    with deps.write() as session:
        for row in session.exec(select(Delivery).where(Delivery.kind == kind, Delivery.state == "pending")):
            if row.not_before <= hki(moment):
                verdict = reminders.still_wanted(at(deps, moment), session, row, hki(moment))
                if isinstance(verdict, Send):
                    row.state, row.channel, row.sent_at = "sent", "D" + row.recipient[1:], hki(moment)
                    row.ts = f"{hki(moment).timestamp():.6f}"
                elif isinstance(verdict, Skip):
                    row.state, row.error = "skipped", verdict.reason
                else:
                    row.not_before = verdict.until
    return to(deps, kind, "sent")


def file(deps: Deps, user: str, *, named: bool) -> None:
    draft = Draft(text="Jonot ovat liian pitkiä kaikille", kind="E", theme="X-90", named=named)
    file_observation(deps, draft, user, f"{user}{named}")


def test_a_round_opens_once_at_its_time_for_those_who_are_members(deps: Deps, slack: FakeSlack) -> None:
    assert not reminders.open_due_round(at(deps, "2026-12-03T12:59"))
    assert opened(deps) == [AINO, CECILIA, KOORD]
    assert not reminders.open_due_round(at(deps, "2026-12-03T13:01"))
    assert {row.occurrence for row in rows(deps)} == {"2026-12-03"}
    assert {row.not_before for row in rows(deps)} == {hki(ROUND)}


def test_who_was_heard_of_first_is_not_planned_for_first(settings: Settings, slack: FakeSlack) -> None:
    with looking_on(settings) as deps:
        deps.people.member(KOORD)  # she has used the bot before all others were read
        assert [one.user for one in deps.people.everyone()] == [AINO, CECILIA, KOORD]


def test_b12_b13_bots_strangers_the_deactivated_and_those_who_left_get_none(deps: Deps, slack: FakeSlack) -> None:
    slack.person("U0POISTUN1", "x", missing=["real_name"], deleted=True)
    slack.person("U0BOTTI001", "x", is_bot=True, tz=None)
    slack.person("U0VAJAA001", "", missing=["tz", "locale"], display_name="")
    slack.person("U0VIERAS01", "x", is_stranger=True, team_id="T0MUU")
    slack.person("U0VIERAS02", "x", is_restricted=True)
    slack.person("U0ULKONA01", "x", joins=[])

    assert opened(deps) == [AINO, CECILIA, KOORD, "U0VAJAA001", "U0VIERAS02"]
    assert {row.not_before for row in rows(deps)} == {hki(ROUND)}  # without a zone it is Helsinki's


def test_b15_all_pages_of_members_are_read(deps: Deps, slack: FakeSlack) -> None:
    for number in range(203):
        slack.person(f"U1POIS{number:04}", "x", deleted=True)
    late = [slack.person(f"U2MYOH{number:04}", "x").id for number in range(3)]
    slack.fault("users.list", retry_after=1, skip=1)

    assert opened(deps) == [AINO, CECILIA, KOORD, *late]


def test_while_slack_does_not_tell_the_members_the_round_waits(deps: Deps, slack: FakeSlack) -> None:
    slack.fault("users.list", error="fatal_error")
    with pytest.raises(SlackError):
        reminders.open_due_round(at(deps, ROUND))
    assert rows(deps) == []
    assert opened(deps, "2026-12-03T13:02") == [AINO, CECILIA, KOORD]


def test_who_has_filed_within_thirty_days_is_not_reminded_at_first(deps: Deps) -> None:
    file(at(deps, "2026-11-24T10:00"), AINO, named=True)
    assert opened(deps) == [CECILIA, KOORD]


def test_who_filed_longer_ago_is_reminded(deps: Deps) -> None:
    file(at(deps, "2026-10-01T10:00"), AINO, named=True)
    assert AINO in opened(deps)


@pytest.mark.parametrize("how", ["named", "nothing"])
def test_who_answers_while_the_round_goes_out_gets_none_and_none_the_next_time(deps: Deps, how: str) -> None:
    opened(deps)
    if how == "nothing":
        reminders.mark_answered(at(deps, ROUND), AINO)
    else:
        file(at(deps, ROUND), AINO, named=True)

    assert goes_out(deps, ROUND) == [CECILIA, KOORD]
    assert [(row.recipient, row.error) for row in rows(deps) if row.state == "skipped"] == [(AINO, "not_needed")]
    assert opened(deps, NEXT) == [CECILIA, KOORD]
    assert AINO in opened(deps, "2027-02-04T13:00")


def test_who_files_without_a_name_is_reminded_as_everybody_who_is_silent(deps: Deps) -> None:
    file(at(deps, "2026-11-24T10:00"), AINO, named=False)
    assert opened(deps) == [AINO, CECILIA, KOORD]
    file(at(deps, ROUND), CECILIA, named=False)
    assert goes_out(deps, ROUND) == [AINO, CECILIA, KOORD]
    assert reminders.nudge(at(deps, THIRD_DAY), KOORD) == 3
    assert goes_out(deps, THIRD_DAY, "nudge") == [AINO, CECILIA, KOORD]
    assert opened(deps, NEXT) == [AINO, CECILIA, KOORD]


def test_who_withdraws_what_they_filed_is_reminded_again(deps: Deps) -> None:
    opened(deps)
    file(at(deps, ROUND), AINO, named=True)
    withdraw(deps, AINO, latest_of(deps, AINO)[0][0].row.number)
    assert opened(deps, NEXT) == [AINO, CECILIA, KOORD]


def test_the_mark_has_no_date_and_goes_when_the_round_closes(deps: Deps) -> None:
    opened(deps)
    for user in (CECILIA, AINO, CECILIA):
        reminders.mark_answered(at(deps, ROUND), user)
    with deps.read() as session:
        marks = [row.model_dump() for row in session.exec(select(Answered))]
    assert sorted(mark["user"] for mark in marks) == [AINO, CECILIA]
    assert set(marks[0]) == {"workspace", "occurrence", "user"}
    opened(deps, NEXT)
    with deps.read() as session:
        assert session.exec(select(Answered)).all() == []


@pytest.mark.own_database
def test_on_postgresql_neither_order_nor_transaction_of_the_marks_tells_who_answered_last(deps: Deps) -> None:
    if deps.database.engine.dialect.name != "postgresql":
        return  # rows without an id of their own stand in the order of their key
    opened(deps)
    for user in ("U3", "U1", "U2"):
        reminders.mark_answered(deps, user)
    with deps.read() as session:
        found = session.connection().exec_driver_sql('SELECT "user", xmin::text FROM answered ORDER BY ctid').all()
    assert [user for user, _ in found] == ["U1", "U2", "U3"]
    assert len({transaction for _, transaction in found}) == 1


def test_what_people_have_chosen_counts(deps: Deps) -> None:
    with deps.write() as session:
        chosen.put(session, deps.workspace, AINO, {"reminders": False})
        chosen.put(session, deps.workspace, CECILIA, {"paused_until": date(2026, 12, 3)})
    assert opened(deps) == [KOORD]


def test_b36_absence_counts_on_its_days_alone(deps: Deps) -> None:
    with deps.write() as session:
        away = {"absence_start": date(2026, 12, 3), "absence_end": date(2026, 12, 4)}
        chosen.put(session, deps.workspace, AINO, away)
        chosen.put(session, deps.workspace, CECILIA, {**away, "absence_start": date(2026, 12, 4)})
    assert opened(deps) == [CECILIA, KOORD]


def test_the_palm_tree_at_the_moment_of_sending_counts_and_no_other_status(deps: Deps, slack: FakeSlack) -> None:
    opened(deps)
    slack.world.people[AINO]["profile"]["status_emoji"] = ":palm_tree:"
    slack.world.people[CECILIA]["profile"] |= {"status_emoji": ":face_with_thermometer:"}
    over = {"status_emoji": ":palm_tree:", "status_expiration": int(hki(ROUND).timestamp())}
    slack.world.people[KOORD]["profile"] |= over

    assert goes_out(deps, ROUND) == [CECILIA, KOORD]


def test_who_leaves_or_stops_meanwhile_gets_none_for_the_same_neutral_reason(deps: Deps, slack: FakeSlack) -> None:
    opened(deps)
    slack.world.people[AINO]["deleted"] = True
    reminders.stop(deps, CECILIA)

    assert goes_out(deps, ROUND) == [KOORD]
    assert {row.error for row in rows(deps) if row.state == "skipped"} == {"not_needed"}


def test_while_slacks_word_is_old_nothing_goes(deps: Deps) -> None:
    opened(deps)
    deps.people._read_at = float("-inf")
    with deps.read() as session:
        verdict = reminders.still_wanted(at(deps, ROUND), session, rows(deps)[0], hki(ROUND))
    assert isinstance(verdict, PutOff)
    deliveries.look_around(at(deps, ROUND))
    assert deps.people.read_within(60)


def test_what_is_late_waits_for_the_next_working_hours_and_goes_stale(deps: Deps) -> None:
    opened(deps)
    goes_out(deps, "2026-12-03T19:00")
    assert {row.not_before for row in rows(deps)} == {hki("2026-12-04T08:00")}
    assert {row.expires_at for row in rows(deps)} == {hki("2026-12-07T17:00")}


def test_the_next_round_closes_the_one_before(deps: Deps) -> None:
    opened(deps)
    goes_out(deps, ROUND)
    reminders.forget_place(deps, "D" + CECILIA[1:], f"{hki(ROUND).timestamp():.6f}")
    opened(deps, NEXT)

    to_edit = reminders.messages_to_close(at(deps, NEXT))
    assert sorted(row.recipient for row in to_edit) == [AINO, KOORD]  # Cecilia's has no live buttons any more
    for row in to_edit:
        reminders.forget_delivery(deps, row)
    assert reminders.messages_to_close(at(deps, NEXT)) == []
    assert {row.occurrence for row in rows(deps)} == {"2027-01-07"}
    with deps.read() as session:
        states = {run.occurrence: run.state for run in session.exec(select(Run).where(Run.kind == "report_reminder"))}
    assert states == {"2026-12-03": "closed", "2027-01-07": "expanded"}


def test_tomorrow_is_one_more_on_the_next_open_day_and_ends_with_the_round(deps: Deps) -> None:
    opened(deps)
    goes_out(deps, ROUND)
    member = deps.people.member(AINO)
    for _ in range(2):
        assert reminders.remind_tomorrow(at(deps, "2026-12-03T13:10"), member) == date(2026, 12, 4)
    assert goes_out(deps, "2026-12-04T12:59", "reminder_tomorrow") == []
    assert goes_out(deps, "2026-12-04T13:00", "reminder_tomorrow") == [AINO]
    reminders.remind_tomorrow(at(deps, "2026-12-04T13:10"), member)
    opened(deps, NEXT)
    assert to(deps, "reminder_tomorrow") == []


def test_tomorrow_is_not_sent_to_who_has_answered_since(deps: Deps) -> None:
    opened(deps)
    reminders.remind_tomorrow(at(deps, ROUND), deps.people.member(AINO))
    reminders.mark_answered(deps, AINO)
    assert goes_out(deps, "2026-12-04T13:00", "reminder_tomorrow") == []


def test_who_asks_for_tomorrow_after_all_gets_it(deps: Deps) -> None:
    opened(deps)
    goes_out(deps, ROUND)
    reminders.mark_answered(deps, AINO)
    reminders.remind_tomorrow(at(deps, ROUND), deps.people.member(AINO))
    assert goes_out(deps, "2026-12-04T13:00", "reminder_tomorrow") == [AINO]


def test_a_pause_lasts_until_its_last_day_and_cannot_end_before_it_began(deps: Deps) -> None:
    reminders.pause(at(deps, ROUND), AINO, date(2027, 1, 7))
    with pytest.raises(InvalidDraft):
        reminders.pause(at(deps, ROUND), CECILIA, date(2026, 12, 2))
    assert AINO not in opened(deps)
    assert expected(deps, ROUND, AINO) == Expected(date(2027, 2, 4))
    assert expected(deps, ROUND, CECILIA) == Expected(date(2027, 1, 7))


def expected(deps: Deps, moment: str, user: str) -> Expected:
    return reminders.next_for(at(deps, moment), deps.people.member(user), people.row_of(deps, user))


@pytest.mark.parametrize("how", ["named", "nothing", "no-name"])
def test_who_is_known_to_have_answered_expects_the_round_after_the_next_one(deps: Deps, how: str) -> None:
    opened(deps)
    assert expected(deps, ROUND, AINO) == Expected(date(2027, 1, 7))
    if how == "nothing":
        reminders.mark_answered(at(deps, ROUND), AINO)
    else:
        file(at(deps, ROUND), AINO, named=how == "named")
    silent = Expected(date(2027, 1, 7))
    assert expected(deps, ROUND, AINO) == (silent if how == "no-name" else Expected(date(2027, 2, 4), answered=True))
    opened(deps, NEXT)
    assert expected(deps, NEXT, AINO) == Expected(date(2027, 2, 4))


def test_an_answer_before_the_first_round_counts_for_thirty_days_before_it(deps: Deps) -> None:
    file(at(deps, "2026-11-01T10:00"), AINO, named=True)
    file(at(deps, "2026-11-20T10:00"), CECILIA, named=True)
    assert expected(deps, "2026-11-20T12:30", AINO) == Expected(date(2026, 12, 3))
    assert expected(deps, "2026-11-20T12:30", CECILIA) == Expected(date(2027, 1, 7), answered=True)
    assert opened(deps) == [AINO, KOORD]


def test_a_post_in_the_channel_is_expected_by_all(deps: Deps) -> None:
    with deps.write() as session:
        networks.put(session, Network(workspace=deps.workspace, reminder_place="channel"))
    opened(deps)
    reminders.mark_answered(deps, AINO)
    assert expected(deps, ROUND, AINO) == Expected(date(2027, 1, 7), answered=True, in_channel=True)
    assert expected(deps, ROUND, CECILIA) == Expected(date(2027, 1, 7), in_channel=True)


def test_a_post_in_the_channel_goes_there_once(deps: Deps) -> None:
    with deps.write() as session:
        networks.put(session, Network(workspace=deps.workspace, reminder_place="channel"))
    assert opened(deps) == [deps.people.channel]
    assert goes_out(deps, ROUND) == [deps.people.channel]


def test_a_coordinator_sees_numbers_before_and_while_it_runs(deps: Deps) -> None:
    reminders.mark_answered(deps, AINO)
    before = reminders.outlook(at(deps, "2026-12-01T09:00"), KOORD)
    assert before.running is None
    assert before.coming is not None
    assert (before.coming.at, before.coming.recipients, before.coming.last_at) == (hki(ROUND), 2, hki(ROUND))
    opened(deps)
    running = reminders.outlook(at(deps, ROUND), KOORD).running
    assert running is not None
    assert (running.waiting, running.sent, running.may_nudge, running.stopped) == (2, 0, False, False)
    with pytest.raises(NotACoordinator):
        reminders.outlook(deps, AINO)


def test_a_stopped_round_sends_nothing_more_and_only_coordinators_stop_it(deps: Deps) -> None:
    opened(deps)
    with pytest.raises(NotACoordinator):
        reminders.stop_round(deps, AINO)
    assert reminders.stop_round(at(deps, ROUND), KOORD) == 3
    assert goes_out(deps, ROUND) == []
    with pytest.raises(CannotNudge):
        reminders.nudge(at(deps, THIRD_DAY), KOORD)


def test_reminders_turned_off_hold_back_what_waits(deps: Deps) -> None:
    opened(deps)
    with deps.write() as session:
        networks.put(session, Network(workspace=deps.workspace, reminder_cadence="off"))
    assert goes_out(deps, ROUND) == []
    reminders.mark_answered(deps, AINO)
    with deps.read() as session:
        assert session.exec(select(Answered)).all() == []  # nobody needs the marks then


def test_the_nudge_goes_once_a_round_to_those_who_have_not_answered(deps: Deps) -> None:
    opened(deps)
    goes_out(deps, ROUND)
    reminders.mark_answered(deps, AINO)
    late = at(deps, "2026-12-10T10:00")
    with pytest.raises(NotACoordinator):
        reminders.nudge(late, AINO)
    assert reminders.nudge(late, KOORD) == 2
    for again in (reminders.nudge, reminders.nudge_ahead):
        with pytest.raises(CannotNudge):
            again(late, KOORD)
    assert to(deps, "nudge") == [CECILIA, KOORD]
    assert goes_out(deps, "2026-12-10T10:00", "nudge") == [CECILIA, KOORD]
    opened(deps, NEXT)
    for row in reminders.messages_to_close(deps):
        reminders.forget_delivery(deps, row)
    assert goes_out(deps, NEXT) == [CECILIA, KOORD]
    assert reminders.nudge(at(deps, "2027-01-12T13:00"), KOORD) == 2  # not to Aino, who got none


@pytest.mark.parametrize(
    ("moment", "offered"),
    [
        ("2026-12-03T13:01", False),
        ("2026-12-07T16:59", False),  # the second working day after Thursday
        ("2026-12-08T00:00", True),
        ("2026-12-12T10:00", False),  # a Saturday
        ("2026-12-14T10:00", True),
    ],
)
def test_a_nudge_is_offered_from_the_third_working_day_on(deps: Deps, moment: str, *, offered: bool) -> None:
    opened(deps)
    goes_out(deps, ROUND)
    running = reminders.outlook(at(deps, moment), KOORD).running
    assert running is not None
    assert running.may_nudge == offered
    if not offered:
        with pytest.raises(CannotNudge):
            reminders.nudge(at(deps, moment), KOORD)


@pytest.mark.parametrize(
    ("moment", "first"), [("2026-12-08T10:00", "2026-12-08T10:00"), ("2026-12-08T20:00", "2026-12-09T08:00")]
)
def test_before_a_nudge_it_is_told_how_many_and_when(deps: Deps, slack: FakeSlack, moment: str, first: str) -> None:
    for place in range(20):
        slack.person(f"U1MUU{place:05}", "x")
    opened(deps)
    goes_out(deps, ROUND)
    reminders.mark_answered(deps, AINO)
    begins = hki(first)
    ahead = reminders.nudge_ahead(at(deps, moment), KOORD)
    assert ahead == Coming(begins, 22, begins + timedelta(seconds=12))
    assert to(deps, "nudge") == []
    assert reminders.nudge(at(deps, moment), KOORD) == 22


def test_the_messages_before_a_nudge_are_those_that_lose_their_buttons(deps: Deps) -> None:
    opened(deps)
    goes_out(deps, ROUND)
    reminders.mark_answered(deps, AINO)
    assert list(reminders.messages_replaced(deps)) == []
    reminders.nudge(at(deps, THIRD_DAY), KOORD)
    assert list(reminders.messages_replaced(deps)) == []  # nothing has gone out yet
    goes_out(deps, THIRD_DAY, "nudge")
    replaced = reminders.messages_replaced(deps)
    assert sorted((row.kind, row.recipient) for row in replaced) == [
        ("report_reminder", CECILIA), ("report_reminder", KOORD),
    ]  # fmt: skip
    for row in replaced:
        reminders.forget_place(deps, row.channel or "", row.ts or "")
    assert list(reminders.messages_replaced(deps)) == []


def test_a_remembered_area_takes_no_other_choice_back(deps: Deps) -> None:
    people.choose(at(deps, ROUND), AINO, people.Choices(language="sv", reminders=False))
    draft = Draft(text="Jonot ovat liian pitkiä kaikille", kind="E", theme="X-90", area="445")
    file_observation(deps, draft, AINO, "n")
    assert people.choices_of(deps, AINO) == people.Choices(language="sv", reminders=False)
    with deps.read() as session:
        assert chosen.area_of(session, deps.workspace, AINO) == "445"
