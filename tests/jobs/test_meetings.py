"""The clock's work for meetings with the real sender: posts, files, reminders, counts, and old buttons."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from ical.calendar_stream import IcsCalendarStream

from bot.app import looking_on
from bot.blocks import meetings as blocks
from bot.deps import Deps
from bot.errors import PersonalDataFound
from bot.health import Health
from bot.jobs import knocks
from bot.jobs import meetings as jobs
from bot.rules.meetings import MeetingDraft
from bot.services import meetings
from bot.settings import Settings
from bot.texts import Texts
from storage.models import Meeting
from tests.clocks import at
from tests.fakes import FakeSlack, Person, SeenMessage
from tests.jobs._clock import passes

AINO, CECILIA, ELLI, KOORD = "U0AINO0001", "U0CECILIA1", "U0ELLI0001", "U0KOORD001"
ANSWERS = ["meetings.yes", "meetings.remote", "meetings.no", "meetings.calendar"]
CREATED = "2026-09-01T12:00"


@pytest.fixture
def people(slack: FakeSlack) -> dict[str, Person]:
    locales = {AINO: "fi-FI", CECILIA: "sv-SE", ELLI: "fi-FI", KOORD: "fi-FI"}
    return {user: slack.person(user, "Testi Testinen", locale=locale) for user, locale in locales.items()}


@pytest.fixture
def deps(settings: Settings, people: dict[str, Person]) -> Iterator[Deps]:
    with looking_on(settings) as parts:
        parts.people.warm()
        yield at(replace(parts, first_coordinators=frozenset([KOORD])), CREATED)


def draft(**more: Any) -> MeetingDraft:
    values = {"title": "Syksyn tapaaminen", "start_date": date(2026, 11, 12), "place": "Linnankatu 1"}
    return MeetingDraft(**{**values, **more})


def planned(deps: Deps, **more: Any) -> Meeting:
    row = meetings.plan(deps, KOORD, draft(**more), "n1")
    passes(deps, CREATED)
    return row


def posts(deps: Deps, people: dict[str, Person]) -> list[SeenMessage]:
    return people[ELLI].messages_in(deps.people.channel or "")


def answers(deps: Deps, key: str, **by_user: str) -> None:
    for user, said in by_user.items():
        meetings.take_answer(deps, user, key, said)


def files(slack: FakeSlack, **where: Any) -> list[Any]:
    """The calendar files put there so far, as the second reader reads them, each with its raw text."""
    found = [one for one in slack.world.files.values() if all(one.get(name) == value for name, value in where.items())]
    assert all(one["name"].endswith(".ics") for one in found)
    return [IcsCalendarStream.calendar_from_ics(one["bytes"].decode()).events[0] for one in found]


def test_a_new_meeting_is_one_post_with_buttons_counts_and_its_file_in_the_thread(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    row = planned(deps, agenda="1. Avaus\n2. Asunnot", deadline=date(2026, 11, 5), link="https://etä.example/x")
    passes(deps, CREATED)
    (post,) = posts(deps, people)
    assert post.actions == ["meetings.link_remote", *ANSWERS]
    for words in ("Syksyn tapaaminen", "to 12.11.2026 klo 9.00–15.00", "Linnankatu 1", "2. Asunnot", "5.11.2026",
                  "Tulee: 0"):  # fmt: skip
        assert words in post.words
    assert post.metadata == {
        "event_type": "raportoi_delivery",
        "event_payload": {"id": post.metadata["event_payload"]["id"], "kind": "meeting_notice"},  # type: ignore[index]
    }
    (event,) = files(slack, channel=deps.people.channel, thread_ts=post.ts)
    assert (event.uid, event.sequence, event.dtstart.timestamp()) == (
        f"{row.key}@raportoi",
        0,
        row.starts_at.timestamp(),
    )


def test_a_file_that_fails_leaves_the_post(deps: Deps, slack: FakeSlack, people: dict[str, Person]) -> None:
    slack.fault("files.getUploadURLExternal", error="internal_error")
    slack.expects_refusal("internal_error")
    planned(deps)
    assert len(posts(deps, people)) == 1


@pytest.mark.parametrize("fault", [{"status": 503}, {"error": "internal_error"}, {"drop": "before"}])
def test_a_file_that_slack_does_not_take_at_once_is_handed_in_again(
    deps: Deps, slack: FakeSlack, people: dict[str, Person], fault: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack._files.PAUSES", (0.1, 0.1))
    slack.fault("files.getUploadURLExternal", **fault)
    planned(deps)
    assert len(files(slack, channel=deps.people.channel)) == 1


def test_a_file_whose_sharing_is_unclear_is_not_shared_again(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    shared = slack.fault("files.completeUploadExternal", status=500, drop="after", times=None)
    planned(deps)
    assert shared.struck == 1
    assert len(files(slack, channel=deps.people.channel)) == 1


def test_a_burst_of_answers_is_one_edit_and_the_counts_are_those_of_the_table(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    key = planned(deps).key
    assert slack.calls_to("chat.update") == []
    answers(deps, key, **{AINO: "yes", CECILIA: "remote", ELLI: "no", KOORD: "yes"})
    jobs.redraw(deps)
    jobs.redraw(deps)
    assert len(slack.calls_to("chat.update")) == 1
    (post,) = posts(deps, people)
    assert "Tulee: 2  ·  Etänä: 1  ·  Ei pääse: 1" in post.words
    assert post.actions == ANSWERS


def test_an_edit_that_fails_is_tried_again_and_one_that_never_can_is_not(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    key = planned(deps).key
    slack.expects_refusal("internal_error", "message_not_found")
    slack.fault("chat.update", error="internal_error")
    answers(deps, key, **{AINO: "yes"})
    jobs.redraw(deps)
    jobs.redraw(deps)
    assert len(slack.calls_to("chat.update")) == 1  # not again within a minute
    jobs.redraw(at(deps, "2026-09-01T12:02"))
    assert "Tulee: 1" in posts(deps, people)[0].words
    slack.fault("chat.update", error="message_not_found")
    answers(deps, key, **{AINO: "no"})
    jobs.redraw(at(deps, "2026-09-01T12:03"))
    jobs.redraw(at(deps, "2026-09-01T12:10"))
    assert len(slack.calls_to("chat.update")) == 3


def test_the_clock_moves_through_28_days_7_days_the_day_before_and_the_morning(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    key = planned(deps).key
    answers(deps, key, **{AINO: "yes", CECILIA: "remote", ELLI: "no"})
    leads = ("neljän viikon", "viikon päästä", "on pian", "on tänään")
    moments = ("2026-10-15T09:00", "2026-11-05T09:00", "2026-11-11T12:00", "2026-11-12T08:00")
    for count, (moment, lead) in enumerate(zip(moments, leads, strict=True), 1):
        before = f"{datetime.fromisoformat(moment) - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
        passes(deps, before)
        assert len(people[AINO].dms) == count - 1
        for _ in range(2):
            passes(deps, moment)
        assert lead in people[AINO].dms[-1].words
        assert [len(people[user].dms) for user in (AINO, CECILIA, ELLI, KOORD)] == [count, count, 0, min(count, 3)]
    assert "Vastauksesi: tulet paikalle" in people[AINO].dms[0].words
    assert "Nätverksträffen är i dag" in people[CECILIA].dms[-1].words
    assert "to 12.11.2026 kl. 9.00–15.00" in people[CECILIA].dms[-1].words
    assert "Vastauksesi" not in people[KOORD].dms[0].words
    assert ["pääsetkö mukaan" in dm.words.casefold() for dm in people[KOORD].dms] == [True] * 3
    assert "Kerro vielä" not in people[AINO].dms[1].words
    assert people[KOORD].dms[0].actions == ANSWERS


def test_once_it_has_begun_no_message_has_buttons(deps: Deps, slack: FakeSlack, people: dict[str, Person]) -> None:
    key = planned(deps).key
    answers(deps, key, **{AINO: "yes"})
    passes(deps, "2026-11-11T12:00")
    passes(deps, "2026-11-12T09:00")
    assert posts(deps, people)[0].actions == []
    assert [dm.actions for dm in people[AINO].dms] == [[]]


def test_moving_edits_the_post_asks_anew_and_sends_a_file_with_a_higher_sequence(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    key = planned(deps).key
    answers(deps, key, **{AINO: "yes", CECILIA: "no"})
    passes(deps, "2026-10-15T09:00")
    there = at(deps, "2026-10-15T10:00")
    meetings.change(there, KOORD, key, draft(start_date=date(2026, 11, 19), start_time="10:00"))
    passes(deps, "2026-10-15T10:00")
    first, moved = posts(deps, people)
    for words in (first.words, moved.words, people[AINO].dms[-1].words):
        assert "19.11.2026 klo 10.00–15.00" in words
        assert "12.11.2026" not in words
    assert "har ändrats" in people[CECILIA].dms[-1].words
    assert people[AINO].dms[0].actions == []  # the reminder with the old time
    assert people[AINO].dms[-1].actions == ANSWERS
    assert people[ELLI].dms[-1].actions == []  # had not answered, so is not asked anew; the reminder is put right
    threads = [*files(slack, thread_ts=first.ts), *files(slack, thread_ts=moved.ts)]
    assert [event.sequence for event in threads] == [0, 1]
    assert len({event.uid for event in files(slack)}) == 1
    assert [event.sequence for event in files(slack, thread_ts=people[AINO].dms[-1].ts)] == [1]
    assert files(slack, thread_ts=people[CECILIA].dms[-1].ts) == []


def test_b53_on_cancelling_every_earlier_message_loses_its_buttons_also_where_one_edit_fails(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    key = planned(deps).key
    answers(deps, key, **{AINO: "yes", CECILIA: "yes", ELLI: "no"})
    passes(deps, "2026-11-05T09:00")
    slack.expects_refusal("internal_error")
    reminders = {people[user].dms[0].ts for user in (AINO, CECILIA, KOORD)}
    slack.fault("chat.update", error="internal_error", when=lambda args: args["ts"] in reminders)
    meetings.cancel(at(deps, "2026-11-05T10:00"), KOORD, key)
    passes(deps, "2026-11-05T10:00")
    first, cancelled = posts(deps, people)
    assert first.actions == cancelled.actions == []
    assert "Peruttu: Syksyn tapaaminen" in first.words
    assert len([user for user in (AINO, CECILIA, KOORD) if people[user].dms[0].actions]) == 1
    passes(deps, "2026-11-05T10:01")
    assert not any(dm.actions for person in people.values() for dm in person.dms)
    told = [user for user, person in people.items() if "peruttu" in person.dms[-1].words.casefold()]
    assert {AINO, ELLI} <= set(told)
    assert "är inställd" in people[CECILIA].dms[-1].words
    (last,) = [one for one in slack.world.files.values() if one.get("thread_ts") == cancelled.ts]
    assert b"METHOD:CANCEL" in last["bytes"]
    assert b"STATUS:CANCELLED" in last["bytes"]
    assert {event.uid for event in files(slack)} == {f"{key}@raportoi"}


@pytest.mark.parametrize(
    "word",
    [
        *("invalid_auth", "access_denied", "missing_scope", "not_authed", "token_expired", "not_in_channel"),
        *("invalid_blocks", "update_failed", "a_word_of_tomorrow"),
    ],
)
def test_a_refusal_that_may_pass_leaves_no_buttons_behind(
    deps: Deps, slack: FakeSlack, people: dict[str, Person], word: str
) -> None:
    key = planned(deps).key
    passes(deps, "2026-11-05T09:00")
    channels = word == "not_in_channel"  # said of a person's conversation it would mean that they are gone
    what = {"times": 1, "when": lambda args: args["channel"].startswith("C")} if channels else {"times": 4}
    refused = slack.fault("chat.update", error=word, **what)
    meetings.cancel(at(deps, "2026-11-05T10:00"), KOORD, key)
    passes(deps, "2026-11-05T10:00")
    assert refused.struck
    passes(deps, "2026-11-05T10:02")
    passes(deps, "2026-11-05T10:04")
    assert [one.actions for one in posts(deps, people)] == [[], []]
    assert not any(dm.actions for person in people.values() for dm in person.dms)


@pytest.mark.parametrize("word", ["not_in_channel", "channel_not_found", "is_archived", "restricted_action"])
def test_a_post_that_its_channel_refuses_is_told_and_goes_out_once_the_channel_takes_it(
    deps: Deps, slack: FakeSlack, people: dict[str, Person], word: str
) -> None:
    refused = slack.fault("chat.postMessage", error=word, times=3, when=lambda args: args["channel"].startswith("C"))
    planned(deps)
    for minute in (6, 12):
        passes(deps, f"2026-09-01T12:{minute:02}")
    assert refused.struck == 3
    assert posts(deps, people) == []
    assert list(Health(at(deps, "2026-09-01T12:13")).reasons()) == [
        f"meeting_notice: 1 cannot go out while Slack refuses it ({word})."
    ]
    passes(deps, "2026-09-01T12:18")
    (post,) = posts(deps, people)
    assert post.actions == ANSWERS
    assert list(Health(at(deps, "2026-09-01T12:19")).reasons()) == []


def test_b14_who_cannot_be_reached_does_not_stop_the_others(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    planned(deps)
    slack.fault("chat.postMessage", error="messages_tab_disabled", when=lambda args: args["channel"] == AINO)
    slack.expects_refusal("messages_tab_disabled")
    for _ in range(2):
        passes(deps, "2026-11-05T09:00")
    assert [len(person.dms) for person in people.values()] == [0, 1, 1, 1]


def test_a_freed_seat_is_told_once_with_the_file(deps: Deps, slack: FakeSlack, people: dict[str, Person]) -> None:
    key = planned(deps, capacity="1").key
    answers(deps, key, **{AINO: "yes", CECILIA: "yes", ELLI: "yes"})
    passes(deps, "2026-09-02T09:00")
    assert "Tulee: 1/1" in posts(deps, people)[0].words
    assert "Jonossa: 2" in posts(deps, people)[0].words
    answers(at(deps, "2026-09-02T10:00"), key, **{AINO: "no"})
    for _ in range(2):
        passes(deps, "2026-09-02T10:00")
    (dm,) = people[CECILIA].dms
    assert "En plats blev ledig" in dm.words
    assert len(files(slack, thread_ts=dm.ts)) == 1
    assert people[ELLI].dms == []


def test_the_seat_of_somebody_who_leaves_the_workspace_goes_to_who_waits(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    key = planned(deps, capacity="1").key
    answers(deps, key, **{AINO: "yes", CECILIA: "yes"})
    passes(deps, "2026-09-02T09:00")
    assert people[CECILIA].dms == []
    people[AINO].record["deleted"] = True
    deps.people.heard(people[AINO].record)
    for _ in range(2):
        passes(deps, "2026-09-02T09:01")
    (dm,) = people[CECILIA].dms
    assert "En plats blev ledig" in dm.words
    assert "Tulee: 1/1  ·  Etänä: 0  ·  Ei pääse: 0" in posts(deps, people)[0].words
    assert "Jonossa" not in posts(deps, people)[0].words


def test_afterwards_those_who_were_there_are_asked_and_the_minutes_are_told(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    key = planned(deps).key
    answers(deps, key, **{AINO: "yes", ELLI: "no"})
    passes(deps, "2026-11-12T09:00")
    meetings.give_minutes(at(deps, "2026-11-12T16:00"), KOORD, key, "https://muistio.example/1")
    passes(deps, "2026-11-12T16:00")
    assert "Muistio" in posts(deps, people)[-1].words or "muistio" in posts(deps, people)[-1].words
    assert posts(deps, people)[0].actions == ["meetings.link_minutes"]
    passes(deps, "2026-11-13T09:00")
    question = people[AINO].dms[-1]
    assert "Oliko tapaamisesta hyötyä?" in question.words
    assert question.actions == [
        "meetings.link_minutes", "meetings.useful_yes", "meetings.useful_partly", "meetings.useful_no",
    ]  # fmt: skip
    assert all("hyötyä" not in dm.words for dm in people[ELLI].dms)


def test_a_link_to_the_minutes_that_is_changed_is_changed_in_both_posts(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    key = planned(deps).key
    for hour, link in (("16", "https://muistio.example/vaara"), ("17", "https://muistio.example/oikea")):
        meetings.give_minutes(at(deps, f"2026-11-12T{hour}:00"), KOORD, key, link)
        passes(deps, f"2026-11-12T{hour}:00")
    shown = [element["url"] for post in posts(deps, people) for block in post.blocks
             for element in block.get("elements", ()) if "url" in element]  # fmt: skip
    assert shown == ["https://muistio.example/oikea"] * 2


def test_a_reminder_that_goes_out_weeks_early_names_no_weeks(deps: Deps, people: dict[str, Person]) -> None:
    planned(deps, start_date=date(2027, 1, 13))
    passes(deps, "2026-12-22T09:00")
    assert "Verkostotapaaminen on tulossa" in people[AINO].dms[-1].words
    assert "En nätverksträff närmar sig" in people[CECILIA].dms[-1].words


def test_a_clock_that_runs_ahead_ends_no_meeting_and_forgets_nobody(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    key = planned(deps).key
    answers(deps, key, **{AINO: "yes"})
    assert deps.slack.clock() is not None
    wrong = at(deps, "2029-01-01T09:00")
    for name, _, knock in knocks(wrong):
        if name in ("meetings", "night"):
            knock()
    sight = meetings.sight(deps, key, AINO)
    assert (sight.meeting.status, sight.own.answer) == ("planned", "yes")


def test_all_who_wait_and_all_private_messages_learn_of_a_cancelling_once(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    key = planned(deps, capacity="1").key
    answers(deps, key, **{AINO: "yes", CECILIA: "yes", ELLI: "no"})
    passes(deps, "2026-11-05T09:00")
    meetings.cancel(at(deps, "2026-11-05T10:00"), KOORD, key)
    for _ in range(2):
        passes(deps, "2026-11-05T10:00")
    told = {user: [dm.words for dm in person.dms] for user, person in people.items()}
    assert [len(told[user]) for user in (AINO, CECILIA, ELLI, KOORD)] == [2, 2, 1, 1]  # an earlier one is edited
    assert all(dm.actions == [] for person in people.values() for dm in person.dms)
    assert files(slack, thread_ts=people[CECILIA].dms[-1].ts) == []  # it was never in her calendar
    (cancel,) = [one["bytes"] for one in slack.world.files.values() if one.get("thread_ts") == people[AINO].dms[-1].ts]
    assert b"METHOD:CANCEL" in cancel


def test_coordinators_are_offered_three_days_where_no_meeting_stands(deps: Deps, people: dict[str, Person]) -> None:
    for _ in range(2):
        passes(deps, "2027-02-01T09:00")
    (dm,) = people[KOORD].dms
    assert dm.actions == ["meetings.plan_1", "meetings.plan_2", "meetings.plan_3", "meetings.plan"]
    assert "ti 6.4.2027" in dm.words
    assert people[AINO].dms == []


def test_what_followed_is_posted_as_the_coordinator_wrote_it_and_nothing_in_it_is_markup(
    deps: Deps, people: dict[str, Person]
) -> None:
    key = planned(deps).key
    meetings.publish(deps, KOORD, key, "Jonot <!channel> lyhenivät & *paljon*")
    passes(deps, CREATED)
    post = posts(deps, people)[-1]
    assert "Jonot &lt;!channel&gt; lyhenivät &amp; *paljon*" in post.words


@pytest.mark.parametrize("title", ["```", "<!channel> <@U0VICTIM1> <https://example.org|pankki> a < b & c *lihava*"])
def test_b09_a_title_pings_nobody_and_is_no_markup(
    deps: Deps, slack: FakeSlack, people: dict[str, Person], title: str
) -> None:
    wanted = draft(title=title, place=title[:50], agenda=title)
    try:
        key = meetings.plan(deps, KOORD, wanted, "n1").key
    except PersonalDataFound as asked:
        key = meetings.plan(deps, KOORD, replace(wanted, confirmed=asked.seen), "n1").key
    passes(deps, CREATED)
    answers(deps, key, **{AINO: "yes"})
    passes(deps, "2026-11-05T09:00")
    meetings.cancel(at(deps, "2026-11-05T10:00"), KOORD, key)
    passes(deps, "2026-11-05T10:00")
    said = [text for text in slack.outgoing_strings() if "pankki" in text or "channel>" in text]
    assert not [text for text in said if "<" in text]


def test_everything_fits_where_every_word_is_as_long_as_it_may_be(
    deps: Deps, slack: FakeSlack, people: dict[str, Person]
) -> None:
    key = meetings.plan(
        deps,
        KOORD,
        draft(title="&" * 120, place="<" * 200, agenda=">" * 1500, link="https://a.example/" + "a" * 450),
        "n1",
    ).key
    for n in range(20):
        meetings.propose(deps, AINO, "&" * 300, f"line:{n}")
    for _ in range(2):
        proposals = meetings.agenda_desk(deps, KOORD, key).proposals
        chosen = frozenset(one.key for one in proposals)
        meetings.set_agenda(deps, KOORD, key, meetings.Choice(text=">" * 1500, accepted=chosen))
    passes(deps, CREATED)
    assert "• … ja lisäksi 7" in posts(deps, people)[0].words
    passes(deps, "2026-11-05T09:00")
    assert len(posts(deps, people)) == 1
    assert len(people[AINO].dms) == 1
    with deps.read() as session:
        meeting = session.get(Meeting, key)
    assert meeting is not None
    sights = [meetings.sight(deps, key)] * 3
    text, drawn = blocks.listed(Texts("fi"), sights, coordinator=True, said="Kiitos.")
    drawn += blocks.past(Texts("fi"), [(meeting, {"yes": 5})] * 3, 5)
    deps.slack.post(KOORD, text, drawn)  # the strict fake refuses what is too long
