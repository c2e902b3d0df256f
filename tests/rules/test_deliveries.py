"""How fast, how often, and what is right in doubt."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.deliveries import Terms, after_one_more, breaker, pause_after, seconds_to_wait, skew
from bot.rules.kinds import Kind
from storage.models import RateGate

NOON = datetime(2026, 12, 3, 10, tzinfo=UTC)
KINDS = {
    *("report_reminder", "weekly_digest", "half_year_summary", "meeting_notice", "meeting_reminder", "meeting_moved"),
    *("meeting_cancelled", "meeting_seat", "meeting_followup", "meeting_missing", "what_followed"),
    *("reminder_tomorrow", "nudge", "feedback", "phenomenon", "receipt", "texts_go", "practice", "practice_post"),
    *("has_it_changed", "phenomenon_news", "coordinator_news"),
}


def gate(tat: datetime = NOON, blocked_until: datetime | None = None) -> RateGate:
    return RateGate(workspace="T", method="chat.postMessage", tat=tat, blocked_until=blocked_until)


def sent_within(seconds: float, terms: Terms) -> int:
    """How many go when a sender asks again as soon as it may."""
    one, clock, count = gate(), NOON, 0
    while clock < NOON + timedelta(seconds=seconds):
        wait = seconds_to_wait(one, clock, terms)
        if wait:
            clock += timedelta(seconds=wait)
        else:
            one.tat = after_one_more(one, clock, terms)
            count += 1
    return count


def test_every_kind_has_its_policy() -> None:
    assert set(Kind) == KINDS


def test_feedback_and_changed_meetings_go_before_reminders() -> None:
    order = sorted(Kind, key=lambda kind: kind.traits.priority)

    assert order.index("meeting_cancelled") < order.index("feedback") < order.index("report_reminder")


def test_106_people_are_reached_in_two_minutes_ten_of_them_at_once() -> None:
    assert sent_within(0.5, Terms()) == 10
    assert sent_within(97, Terms()) == 106


def test_a_quiet_hour_saves_up_no_more_than_the_burst() -> None:
    long_ago = gate(tat=NOON - timedelta(hours=1))

    assert after_one_more(long_ago, NOON, Terms()) == NOON + timedelta(seconds=1)


def test_what_slack_asks_for_is_waited_for() -> None:
    assert seconds_to_wait(gate(blocked_until=NOON + timedelta(seconds=7)), NOON, Terms()) == 7
    assert seconds_to_wait(gate(blocked_until=NOON), NOON, Terms()) == 0


def test_a_gate_that_a_wrong_clock_has_set_does_not_stop_sending_for_years() -> None:
    assert seconds_to_wait(gate(tat=NOON + timedelta(days=400)), NOON, Terms()) <= 1


@given(st.lists(st.floats(0, 5), max_size=60), st.integers(1, 20), st.sampled_from([0.5, 1, 3]))
def test_never_more_than_the_burst_and_the_pace(pauses: list[float], burst: int, pace: float) -> None:
    terms, one, clock, count = Terms(pace=pace, burst=burst), gate(), NOON, 0
    for pause in pauses:
        clock += timedelta(seconds=pause)
        if not seconds_to_wait(one, clock, terms):
            one.tat = after_one_more(one, clock, terms)
            count += 1

    assert count <= burst + (clock - NOON).total_seconds() * pace + 1e-6


def test_pauses_double_up_to_a_limit() -> None:
    terms = Terms(again=timedelta(seconds=30), longest_pause=timedelta(minutes=15))

    assert [pause_after(times, terms).total_seconds() for times in (0, 1, 2, 3, 99)] == [30, 30, 60, 120, 900]


def test_five_unclear_answers_in_a_row_make_a_pause() -> None:
    assert [breaker(count) for count in (0, 4, 5, 6, 9, 10, 1000)] == [0, 0, 1, 2, 16, 30, 30]


def test_clocks_disagree_beyond_a_minute_in_either_direction() -> None:
    assert not skew(NOON, None, Terms())
    assert not skew(NOON, NOON + timedelta(seconds=60), Terms())
    assert skew(NOON, NOON + timedelta(seconds=61), Terms())
    assert skew(NOON, NOON - timedelta(seconds=61), Terms())


def test_production_settles_longer_than_a_post_can_be_on_its_way() -> None:
    terms, timeout = Terms(), 10

    assert terms.settle >= terms.frozen + timeout + 10, "ten seconds for Slack's history to catch up"
    assert terms.lease.total_seconds() > terms.frozen + timeout
