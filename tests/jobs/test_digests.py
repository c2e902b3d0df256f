"""The digest with the real sender on the strict fake: every observation once, in its week, within Slack's limits."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, cast

import pytest

from bot.deps import Deps
from bot.health import Health
from bot.jobs import HANDLERS
from bot.jobs import digests as jobs
from bot.jobs.deliveries import Sender
from bot.services import digests
from storage import digests as table
from storage import networks
from storage.deliveries import showing
from storage.models import Coordinator, Handling, Meeting, Move, Network, Observation, Phenomenon, Rsvp, Run
from storage.models import Person as PersonRow
from tests.clocks import at, hki
from tests.digests import AT_ONCE, deliveries, filed, goes_out, observation, sends
from tests.fakes import FakeSlack, Person
from tests.jobs.conftest import KOORD, SECOND

INSTALLED, MONDAY, NEXT = "2026-11-16T12:00", "2026-11-23T08:00", "2026-11-30T08:00"
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


@pytest.fixture(autouse=True)
def _first_look(deps: Deps) -> None:
    """As after an installation."""
    jobs.knock(at(deps, INSTALLED))


def shown(person: Person) -> list[str]:
    """The numbers of the observations whose words stand in the person's messages, in order."""
    ids = [block["block_id"] for message in person.dms for block in message.blocks]
    return [one.removeprefix("words.") for one in ids if one.startswith("words.")]


def test_a_week_with_nothing_new_is_one_short_message(deps: Deps, koord: Person) -> None:
    goes_out(deps, MONDAY)
    (message,) = koord.dms
    assert "Viikkokooste 47/2026" in message.words
    assert "Ei uusia havaintoja" in message.words
    assert len(message.words) < 400
    assert message.metadata is not None
    assert message.metadata["event_payload"]["kind"] == "weekly_digest"


def test_the_next_meeting_and_its_answers_are_told_in_numbers(deps: Deps, koord: Person) -> None:
    start = hki("2026-12-09T09:00")
    times = {"starts_at": start, "ends_at": start + timedelta(hours=3), "changed_at": start - timedelta(days=30)}
    with deps.write() as session:
        session.add(Meeting(key="m" * 32, workspace=deps.workspace, once="m", title="Syksyn <tapaaminen>", **times))
        session.add(Rsvp(workspace=deps.workspace, meeting="m" * 32, user="U0AINO0001", answer="yes"))
    goes_out(deps, MONDAY)
    (message,) = koord.dms
    assert "Seuraava verkostotapaaminen\nSyksyn &lt;tapaaminen&gt;" in message.words.replace("*", "")
    assert "9.12.2026 klo 9.00–12.00" in message.words
    assert "Tulee: 1" in message.words
    assert "U0AINO0001" not in str(message.blocks)


def test_one_observation_is_told_with_its_numbers_and_opened_from_there(deps: Deps, koord: Person) -> None:
    filed(deps, observation(deps, "2026-AAAA", "2026-11-18T09:00", "Asunnottomille ei löydy tukiasuntoja", kind="H"))
    goes_out(deps, MONDAY)
    goes_out(deps, MONDAY)
    (message,) = koord.dms
    for words in ("Yksi uusi havainto", "Nimellä 1, ilman nimeä 0", "Turku 1", "Asuminen 1", "16.11.2026–22.11.2026",
                  "Heikko signaali: 1", "1 avoin heikko signaali",
                  "AAAA · Heikko signaali · Asuminen · Turku", "ensimmäinen kooste"):  # fmt: skip
        assert words in message.words
    assert "Asunnottomille" not in message.text
    assert message.actions == ["observations.queue", "observations.review"]
    (row,) = deliveries(deps)
    assert json.loads(row.params)["numbers"] == ["2026-AAAA"]


@pytest.mark.parametrize("count", [60, 2000])
def test_all_appear_once_however_many_and_however_long(deps: Deps, koord: Person, count: int) -> None:
    texts = ["<!channel> & *lihava* ~yli~ `koodi` <@U0VICTIM1> " * 60, "ä" * 3000, f"{'x' * 198}{FAMILY} loppu"]
    rows = [
        observation(deps, f"26-{number:05}", "2026-11-18T09:00", texts[number % 3][:3000]) for number in range(count)
    ]
    numbers = filed(deps, *rows)
    goes_out(deps, MONDAY)
    assert sorted(shown(koord)) == sorted(numbers)
    assert len(koord.dms) > 1
    main, *replies = koord.dms
    assert all(reply.message["thread_ts"] == main.ts for reply in replies)
    words = "\n".join(message.words for message in koord.dms)
    assert "<!" not in words
    assert "<@" not in words
    assert f"osa {len(koord.dms)}/{len(koord.dms)}" in replies[-1].words
    assert not any(sign in words for sign in FAMILY)  # the family would be cut in two: it is left out whole
    assert [json.loads(row.params)["part"] for row in deliveries(deps)] == list(range(1, len(koord.dms) + 1))


def test_b06_an_emoji_family_that_just_fits_is_whole(deps: Deps, koord: Person) -> None:
    filed(deps, observation(deps, "2026-AAAA", "2026-11-18T09:00", f"{'x' * 192}{FAMILY} loppu"))
    goes_out(deps, MONDAY)
    assert f"x{FAMILY}…" in koord.dms[0].words


def test_b09_the_words_pass_as_they_were_typed_and_never_as_markup(deps: Deps, slack: FakeSlack, koord: Person) -> None:
    typed = "<!channel> <@U0VICTIM1> <https://example.org|pankki> a < b & c *lihava* &lt;"
    filed(deps, observation(deps, "2026-AAAA", "2026-11-18T09:00", typed))
    goes_out(deps, MONDAY)
    (block,) = [one for one in koord.dms[0].blocks if one["block_id"] == "words.2026-AAAA"]
    assert block["text"]["type"] == "plain_text"
    assert "&lt;!channel&gt;" in block["text"]["text"]
    assert "&amp;lt;" in block["text"]["text"]
    assert not any(re.search(r"<[!@h]", text) for text in slack.outgoing_strings())


def test_b30_each_is_counted_in_the_digest_of_its_own_week(deps: Deps, koord: Person) -> None:
    instants = ["2026-11-22T21:59:59", "2026-11-22T22:00:00", "2026-11-29T21:59:59", "2026-11-29T22:00:00"]
    moments = [datetime.fromisoformat(f"{text}+00:00") for text in instants]
    filed(deps, *(observation(deps, f"2026-AAA{place}", moment) for place, moment in enumerate(moments)))
    seen = []
    for moment in (MONDAY, NEXT, "2026-12-07T08:00"):
        goes_out(deps, moment)
        seen.append(shown(koord))
    assert seen == [["2026-AAA0"], ["2026-AAA0", "2026-AAA1", "2026-AAA2"], [f"2026-AAA{n}" for n in range(4)]]
    heads = [message.blocks[0]["text"]["text"] for message in koord.dms]
    assert heads == ["Viikkokooste 47/2026", "Viikkokooste 48/2026", "Viikkokooste 49/2026"]


def test_b20_after_three_weeks_one_digest_covers_them_all_and_says_so(deps: Deps, koord: Person) -> None:
    goes_out(deps, MONDAY)
    days = ("2026-11-25T10:00", "2026-12-02T10:00", "2026-12-09T10:00")
    filed(deps, *(observation(deps, f"2026-AAA{place}", day) for place, day in enumerate(days)))
    goes_out(deps, "2026-12-14T09:10")
    goes_out(deps, "2026-12-14T10:00")
    _, message = koord.dms
    assert "Viikkokooste 48/2026–50/2026" in message.words
    assert "joten tämä kattaa 3 viikkoa" in message.words
    assert shown(koord) == ["2026-AAA0", "2026-AAA1", "2026-AAA2"]


def test_b31_easter_monday_s_digest_comes_on_tuesday(deps: Deps, koord: Person) -> None:
    goes_out(deps, "2027-03-22T08:00")
    goes_out(deps, "2027-03-29T12:00")
    assert len(koord.dms) == 1
    goes_out(deps, "2027-03-30T08:00")
    assert "12/2027" in koord.dms[1].words


def test_b28_the_first_digest_of_the_year_is_of_week_53(deps: Deps, koord: Person) -> None:
    goes_out(deps, "2026-12-28T08:00")
    filed(deps, observation(deps, "2026-AAAA", "2027-01-01T10:00"), observation(deps, "2027-BBBB", "2027-01-04T07:00"))
    goes_out(deps, "2027-01-04T08:00")
    assert "Viikkokooste 53/2026" in koord.dms[1].words
    assert shown(koord) == ["2026-AAAA"]


def test_two_processes_open_and_send_it_once(deps: Deps, slack: FakeSlack, koord: Person) -> None:
    slack.person(SECOND, "Tauno Kokoaja", locale="sv-SE")
    both = replace(at(deps, MONDAY), first_coordinators=frozenset([KOORD, SECOND]))
    filed(both, *(observation(both, f"26-{number:05}", "2026-11-18T09:00") for number in range(40)))
    with ThreadPoolExecutor(4) as processes:
        opened = list(processes.map(lambda _: digests.open_due(both), range(4)))
    assert opened.count(True) == 1
    for minute in range(2):
        there = replace(both, now=lambda minute=minute: hki(MONDAY) + timedelta(minutes=minute))
        with ThreadPoolExecutor(2) as processes:
            list(processes.map(sends, [there] * 2))
    for person in (koord, Person(slack, SECOND)):
        assert len(shown(person)) == len(set(shown(person))) == 40
    assert "Veckosammandrag 47/2026" in Person(slack, SECOND).dms[0].words


def test_what_is_withdrawn_meanwhile_leaves_its_place_and_no_words(deps: Deps, koord: Person) -> None:
    rows = [observation(deps, f"26-{number:05}", "2026-11-18T09:00", f"Sanat {number}.") for number in range(60)]
    filed(deps, *rows)
    jobs.knock(at(deps, MONDAY))
    with deps.write() as session:
        for row in (rows[0], rows[-1]):
            kept = session.get(Observation, row.key)
            assert kept is not None
            kept.status, kept.text, kept.author = "peruttu", "", None
    goes_out(deps, MONDAY)
    assert sorted(shown(koord)) == [row.number for row in rows[1:-1]]
    words = "\n".join(message.words for message in koord.dms)
    assert "26-00000 · Peruttu" in words
    assert "26-00059 · Peruttu" in words


def test_a_reply_waits_for_its_main_message_and_is_looked_for_in_the_thread(
    deps: Deps, slack: FakeSlack, koord: Person
) -> None:
    filed(deps, *(observation(deps, f"26-{number:05}", "2026-11-18T09:00") for number in range(40)))
    there = at(deps, MONDAY)
    jobs.knock(there)
    slack.fault("chat.postMessage", status=503, times=1)
    sends(there)
    assert koord.dms == []
    assert [row.state for row in deliveries(deps)] == ["unknown", "pending"]

    Sender(there, AT_ONCE, HANDLERS).check_doubtful()
    slack.fault("chat.postMessage", drop="after", times=1, when=lambda args: "thread_ts" in args)
    later = at(deps, hki(MONDAY) + timedelta(minutes=1))
    sends(later)
    assert [row.state for row in deliveries(deps)] == ["sent", "unknown"]

    Sender(later, AT_ONCE, HANDLERS).check_doubtful()
    assert [(row.state, row.evidence) for row in deliveries(deps)] == [("sent", "reply"), ("sent", "history")]
    assert slack.calls_to("conversations.replies")[0].args["ts"] == koord.dms[0].ts
    assert len(shown(koord)) == 40


def test_who_is_no_coordinator_any_more_gets_nothing(deps: Deps, slack: FakeSlack, koord: Person) -> None:
    there = at(deps, MONDAY)
    jobs.knock(there)
    sends(replace(there, first_coordinators=frozenset()))
    assert koord.dms == []
    assert [(row.state, row.error) for row in deliveries(deps)] == [("skipped", "not_needed")]


def test_while_nobody_is_a_coordinator_nothing_is_counted(deps: Deps, koord: Person) -> None:
    filed(deps, observation(deps, "2026-AAAA", "2026-11-18T09:00"))
    goes_out(replace(deps, first_coordinators=frozenset()), MONDAY)
    goes_out(replace(deps, first_coordinators=frozenset(["U0STRANGER"])), MONDAY)
    assert deliveries(deps) == []
    with deps.write() as session:
        networks.appoint(session, deps.workspace, [KOORD])
    goes_out(replace(deps, first_coordinators=frozenset()), NEXT)
    assert shown(koord) == ["2026-AAAA"]


def test_the_networks_own_time_is_kept(deps: Deps, koord: Person) -> None:
    with deps.write() as session:
        networks.put(session, Network(workspace=deps.workspace, digest_weekday=2, digest_time="10:30"))
    goes_out(deps, "2026-11-18T10:29")
    assert koord.dms == []
    goes_out(deps, "2026-11-18T10:30")
    goes_out(deps, "2026-11-25T10:29")
    assert len(koord.dms) == 1
    goes_out(deps, "2026-11-25T10:30")
    assert "47/2026" in koord.dms[1].words


def test_what_waits_moves_rises_and_is_silent_is_told(deps: Deps, koord: Person) -> None:
    old = observation(deps, "2026-VANH", "2026-08-03T09:00", "Vanhat sanat", due_on=date(2026, 8, 17))
    asked = observation(deps, "2026-KYSY", "2026-11-02T09:00", status="kasittelyssa")
    review = {"review_on": date(2026, 11, 23), "due_on": date(2026, 11, 23)}  # the Monday itself
    waits = observation(deps, "2026-MUIS", "2026-09-02T09:00", status="seurannassa", **review)
    new = [observation(deps, f"26-{number:05}", "2026-11-18T09:00", theme="X-90", area="445") for number in range(6)]
    filed(deps, old, asked, waits, *new)
    day = hki("2026-11-18T09:00").date()
    known = {"workspace": deps.workspace, "on_day": day}
    with deps.write() as session:
        session.add(Phenomenon(key="f" * 32, workspace=deps.workspace, number="I-AAAA", once="f", title="Ilmiön nimi",
                               text="t", theme="X-90", started_on=day, noted_on=day))  # fmt: skip
        session.add(Move(key="1" * 32, subject=asked.key, step=1, what="status", status="viety", actor=KOORD, **known))
        session.add(Move(key="2" * 32, subject=asked.key, step=2, what="answer", words="Vastauksen sanat", **known))
        session.add(
            Move(key="3" * 32, subject="f" * 32, step=1, what="status", status="toteutunut", actor=KOORD, **known)
        )
        run = {"workspace": deps.workspace, "kind": "weekly_digest", "occurrence": "2026-W46"}
        session.add(Run(**run, due_at=hki(INSTALLED), expires_at=hki(INSTALLED)))
    goes_out(deps, MONDAY)
    (message,) = koord.dms
    for words in (
        "1 havainto on odottanut ensimmäistä vastausta yli 14 päivää",
        "1 havainto odottaa merkintää: yli 60 päivää on kulunut tai sovittu päivä on tullut",
        "2026-VANH · Rakenteellinen epäkohta tai ongelma · Asuminen · Turku",
        "Vastaanotettu, merkintä viimeistään ma 17.8.2026\n”Vanhat sanat”",
        "2026-KYSY: viety eteenpäin",
        "2026-KYSY: raportoija on kirjoittanut",
        "I-AAAA: toteutunut",
        "Palvelujärjestelmän toiminta: nyt 6, tavallisesti noin 0.\nNäin suuri ero on tuskin sattumaa.",
        "Täältä ei ole tullut havaintoja 90 päivään: Loimaan seutu, Salon seutu ja Vakka-Suomen seutu",
        "(edellisellä viikolla 0, tavallisesti 0,2)",
        "`▂········▂·█` Rakenteellinen",
    ):
        assert words in message.words
    assert "Vastauksen sanat" not in message.words
    assert "Ilmiön nimi" not in message.words
    assert "2026-VANH" in shown(koord)
    with deps.read() as session:  # by which its words leave the message with it
        assert [row.kind for row, _ in showing(session, deps.workspace, "2026-VANH")] == ["weekly_digest"]


def test_one_day_s_numbers_less_another_s_tell_of_nobody(deps: Deps) -> None:
    """Six people in each half-year, and one alone in each month: what a half-year shows never changes."""
    for month in range(24):
        day = f"{2025 + month // 12}-{month % 12 + 1:02}-15T09:00"
        alone = observation(deps, f"A-{month}", day, author=f"U{month % 7}", kind="EMH"[month % 3])
        all_of_them = (
            [observation(deps, f"B-{month}-{n}", day, author=f"U{n}") for n in range(6)] if month % 6 == 4 else []
        )
        filed(deps, alone, *all_of_them)
    seen: dict[date, Any] = {}
    day = hki("2025-12-30T09:00")
    for _ in range(80):
        for half in digests.published(at(deps, day)).halves:
            assert half.period.last < day.date()
            assert seen.setdefault(half.period.first, half) == half
        day += timedelta(days=5)
    assert len(seen) == 4
    assert any(half.table("theme").rows for half in seen.values())


def test_b30_what_moved_is_told_in_the_digest_of_its_own_week(deps: Deps, koord: Person) -> None:
    rows = [observation(deps, f"2026-AAA{place}", "2026-11-18T09:00") for place in range(4)]
    filed(deps, *rows)
    days = [date(2026, 11, 16), date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 29)]
    with deps.write() as session:
        for row, day in zip(rows, days, strict=True):
            known = {"workspace": deps.workspace, "on_day": day, "step": 1, "actor": KOORD}
            session.add(Move(key=row.key, subject=row.key, what="status", status="viety", **known))
    goes_out(deps, MONDAY)
    goes_out(deps, NEXT)
    told = [re.findall(r"(2026-AAA\d): viety", message.words) for message in koord.dms]
    assert told == [["2026-AAA0", "2026-AAA1"], ["2026-AAA2", "2026-AAA3"]]


def test_many_moves_go_on_in_the_thread(deps: Deps, koord: Person) -> None:
    rows = [observation(deps, f"26-{number:05}", "2026-11-02T09:00") for number in range(180)]
    filed(deps, *rows)
    known = {"workspace": deps.workspace, "on_day": hki("2026-11-18T09:00").date(), "step": 1, "actor": KOORD}
    with deps.write() as session:
        run = {"workspace": deps.workspace, "kind": "weekly_digest", "occurrence": "2026-W46"}
        session.add(Run(**run, due_at=hki(INSTALLED), expires_at=hki(INSTALLED)))
        session.add_all(Move(key=row.key, subject=row.key, what="status", status="viety", **known) for row in rows)
    goes_out(deps, MONDAY)
    words = "\n".join(message.words for message in koord.dms)
    assert [words.count(f"{row.number}: viety") for row in rows] == [1] * 180


def test_the_chart_follows_in_the_thread_with_its_words(deps: Deps, slack: FakeSlack, koord: Person) -> None:
    filed(deps, observation(deps, "2026-AAAA", "2026-11-18T09:00"))
    goes_out(deps, MONDAY)
    slack.waits_for_call("files.completeUploadExternal")
    (file,) = slack.world.files.values()
    assert (file["name"], file["channel"], file["thread_ts"]) == ("2026-W47.png", f"D{KOORD[1:]}", koord.dms[0].ts)
    assert "Rakenteellinen epäkohta tai ongelma: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1" in file["alt"]
    assert file["bytes"].startswith(b"\x89PNG")


def wants_new_blocks(deps: Deps) -> None:
    with deps.write() as session:
        networks.put(session, Network(workspace=deps.workspace, new_blocks="on"))


def test_a_network_that_wants_them_gets_slacks_own_chart_and_table_in_the_thread(
    deps: Deps, slack: FakeSlack, koord: Person
) -> None:
    wants_new_blocks(deps)
    filed(deps, observation(deps, "2026-AAAA", "2026-11-18T09:00"))
    goes_out(deps, MONDAY)
    deps.tellers.shutdown(wait=True)
    (reply,) = [one for one in koord.dms if one.message.get("thread_ts") == koord.dms[0].ts]
    chart, table = reply.blocks
    labels = [one["name"] for one in chart["chart"]["series"]]
    assert labels == ["Rakenteellinen…", "Myönteinen havainto", "Heikko signaali"]
    assert chart["chart"]["series"][0]["data"][-1] == {"label": "47/2026", "value": 1}
    assert [cell["text"] for cell in table["rows"][-1]] == ["47/2026", "1", "0", "0"]
    assert "Rakenteellinen epäkohta tai ongelma: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1" in reply.text
    assert slack.world.files == {}


def test_a_slack_that_refuses_them_gets_the_picture_and_is_not_asked_again(
    deps: Deps, slack: FakeSlack, koord: Person
) -> None:
    wants_new_blocks(deps)
    is_new = lambda args: "data_table" in str(args)  # noqa: E731
    refused = slack.fault("chat.postMessage", error="invalid_blocks", times=None, when=is_new)
    slack.expects_refusal("invalid_blocks")
    for number, (day, monday) in enumerate((("2026-11-18T09:00", MONDAY), ("2026-11-25T09:00", NEXT)), start=1):
        filed(deps, observation(deps, f"2026-AAA{number}", day))
        goes_out(deps, monday)
        slack.waits_for_call("files.completeUploadExternal", times=number)
    assert refused.struck == 1
    with deps.read() as session:
        assert networks.get_network(session, deps.workspace).new_blocks == "refused"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_chart_that_fails_holds_nothing_back(
    deps: Deps, slack: FakeSlack, koord: Person, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fault("files.getUploadURLExternal", error="file_uploads_disabled")
    slack.expects_refusal("file_uploads_disabled")
    filed(deps, observation(deps, "2026-AAAA", "2026-11-18T09:00", "Salaiset sanat"))
    goes_out(deps, MONDAY)
    deps.tellers.shutdown(wait=True)
    assert deliveries(deps)[0].state == "sent"
    assert "file_uploads_disabled" in caplog.text
    assert "Salaiset" not in caplog.text


def test_a_digest_that_is_not_sent_by_ten_is_late(deps: Deps, slack: FakeSlack, koord: Person) -> None:
    slack.fault("chat.postMessage", error="ratelimited", retry_after=1, times=1)
    there = at(deps, MONDAY)
    assert not digests.is_late(there)
    jobs.knock(there)
    sends(there)
    assert not digests.is_late(at(deps, "2026-11-23T09:59"))
    assert digests.is_late(at(deps, "2026-11-23T10:00"))
    late = "The weekly digest should have been sent two hours ago."
    assert late not in list(Health(at(deps, "2026-11-23T09:59")).reasons())
    assert late in list(Health(at(deps, "2026-11-23T10:00")).reasons())
    with deps.read() as session:
        assert table.counted_until(session, deps.workspace) == 202647


def test_a_digest_that_is_put_off_again_and_again_is_late_all_the_same(deps: Deps, koord: Person) -> None:
    jobs.knock(at(deps, MONDAY))
    unread = cast("Any", Unread())
    assert Sender(replace(at(deps, "2026-11-23T09:59"), people=unread), AT_ONCE, HANDLERS).send_one() == 0
    assert koord.dms == []
    assert not digests.is_late(at(deps, "2026-11-23T09:59"))
    assert digests.is_late(at(deps, "2026-11-23T10:00"))


class Unread:
    """Members whom Slack does not tell."""

    def read_within(self, _seconds: float) -> bool:
        return False


def test_with_no_coordinator_no_digest_is_late(deps: Deps) -> None:
    assert digests.is_late(at(deps, "2026-11-23T10:00"))
    assert not digests.is_late(replace(at(deps, "2026-11-23T10:00"), first_coordinators=frozenset()))


def test_who_has_what_is_told_and_who_is_no_coordinator_any_more_has_nothing(
    deps: Deps, slack: FakeSlack, koord: Person
) -> None:
    """Of one who is away, that anybody may take it; a closed one is nobody's."""
    away, former = slack.person("U0POISSA01", "C Poissaoleva").id, "U0ENTINEN1"
    numbers = ["2026-OMAT", "2026-POIS", "2026-ENTI", "2026-KIIN"]
    open_ones = [observation(deps, number, "2026-11-18T09:00", due_on=date(2026, 12, 2)) for number in numbers]
    open_ones[3].status = "toteutunut"
    taken = zip(open_ones, (KOORD, away, former, KOORD), strict=True)
    handlings = [Handling(workspace=deps.workspace, observation=row.key, user=user) for row, user in taken]
    filed(deps, *open_ones)
    today = date(2026, 11, 23)
    with deps.write() as session:
        session.add_all(handlings)
        session.add(Coordinator(workspace=deps.workspace, user=away))
        session.add(PersonRow(workspace=deps.workspace, user=away, absence_start=today, absence_end=today))
    goes_out(deps, MONDAY)
    words = koord.dms[0].words
    assert f"<@{away}> on poissa, joten kuka tahansa voi ottaa nämä: 2026-POIS\n<@{KOORD}>: 2026-OMAT" in words
    assert former not in words
