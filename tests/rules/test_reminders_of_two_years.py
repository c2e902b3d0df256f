"""Two years of reminders in seconds: changed clocks, week 53, leap day, holidays, outages, people in other zones."""

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.reminders import Past, Rule, due, rounds, send_at, valid_until
from bot.rules.weeks import HOME, in_closed_season, is_working_day, open_instant

START, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2028, 11, 1, tzinfo=UTC)
STEP = timedelta(minutes=30)  # from one knock to the next
PEOPLE = {
    "U1": HOME,
    "U2": HOME,
    "U3": ZoneInfo("America/New_York"),
    "U4": ZoneInfo("Asia/Tokyo"),
    "U5": ZoneInfo("Europe/Stockholm"),
}
ZONES = frozenset(PEOPLE.values())
RULES = [
    Rule("weekly", 0, time(8)),
    Rule("weekly", 4, time(16, 30)),
    Rule("biweekly", 3, time(9, 30)),
    Rule("monthly", 3, time(13)),
    Rule("monthly", 4, time(16, 30)),
]


def outages(dice: random.Random) -> list[tuple[datetime, datetime]]:
    """About forty, from minutes to three weeks."""
    found = []
    for _ in range(40):
        start = START + timedelta(seconds=dice.randrange(int((END - START).total_seconds())))
        found.append((start, start + timedelta(hours=dice.choice([0.2, 3, 20, 60, 200, 500]))))
    return found


def lived_through(rule: Rule, down: list[tuple[datetime, datetime]]) -> dict[tuple[str, str], list[datetime]]:
    """(round, person) -> when they got it, with a knock every half an hour while the program is up."""
    sent: dict[tuple[str, str], list[datetime]] = {}
    waiting: list[tuple[datetime, datetime, str, str]] = []
    last, now = None, START
    off = [end for start, end in sorted(down) if start <= now]
    spans = sorted(down)
    while now < END:
        while spans and spans[0][0] <= now:
            off.append(spans.pop(0)[1])
        if not off or now >= max(off):
            off.clear()
            if opened := due(rule, now, Past(START, last), ZONES):
                last = opened.occurrence
                waiting += [
                    (send_at(opened, rule, now, zone), valid_until(opened.day, zone), last, user)
                    for user, zone in PEOPLE.items()
                ]
            for one in [one for one in waiting if one[0] <= now]:
                waiting.remove(one)
                _not_before, expires, occurrence, user = one
                when = open_instant(now, PEOPLE[user])
                if when >= expires:
                    continue
                if when > now:
                    waiting.append((when, expires, occurrence, user))
                else:
                    sent.setdefault((occurrence, user), []).append(now)
        now += STEP
    return sent


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.cadence}-{rule.weekday}-{rule.at:%H%M}")
def test_without_outages_everybody_gets_every_round_once_at_its_time(rule: Rule) -> None:
    expected = [one for one in rounds(rule, START.date(), END.date()) if one.opens_at < END]
    sent = lived_through(rule, [])

    assert sorted(sent) == sorted((one.occurrence, user) for one in expected for user in PEOPLE)
    for one in expected:
        for user, zone in PEOPLE.items():
            (at,) = sent[one.occurrence, user]
            assert at.astimezone(zone).replace(tzinfo=None) == datetime.combine(one.day, rule.at)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.cadence}-{rule.weekday}-{rule.at:%H%M}")
@pytest.mark.parametrize("seed", range(2))
def test_with_outages_nobody_gets_one_twice_early_at_night_on_a_free_day_or_stale(rule: Rule, seed: int) -> None:
    planned = {one.occurrence: one for one in rounds(rule, START.date(), END.date())}
    sent = lived_through(rule, outages(random.Random(seed)))  # noqa: S311 - the same outages every time

    assert Counter(len(times) for times in sent.values()).keys() <= {1}
    for (occurrence, user), (at,) in sent.items():
        local = at.astimezone(PEOPLE[user])
        assert time(8) <= local.time() < time(17)
        assert is_working_day(local.date())
        assert not in_closed_season(local.date())
        assert local.replace(tzinfo=None) >= datetime.combine(planned[occurrence].day, rule.at)
        assert at < valid_until(planned[occurrence].day, PEOPLE[user])


def test_the_two_years_hold_what_is_hard() -> None:
    named = [one.occurrence for one in rounds(Rule("weekly", 4, time(9)), START.date(), END.date())]
    sent_on = [one.day for one in rounds(Rule("weekly", 4, time(9)), START.date(), END.date())]
    assert "2027-03-26" in named  # Good Friday
    assert date(2027, 3, 30) in sent_on  # moved over Easter and the change of the clocks
    assert date(2027, 6, 28) in sent_on  # moved over Midsummer Eve
    assert len(named) == 91  # of 104 Fridays; July and the turns of the year are skipped
