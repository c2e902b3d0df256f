"""The digest's main message keeps Slack's limits when everything that it tells is as long as it can be."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.blocks import digests as blocks
from bot.rules import digests as rules
from bot.rules.digests import Content, Figures, KindCount, Moved, Overdue, Rising, Shown, Span, Taken, ThemeCount
from bot.rules.meetings import Counts, Sight
from bot.rules.statuses import NAMES
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import first_day
from bot.services.digests._figures import MOST_OVERDUE, MOVED_IN_MAIN, MOVED_IN_REPLY
from bot.texts import LANGUAGES, Texts
from storage.models import Meeting, Term
from storage.vocabularies import shipped
from tests.fakes import text_faults
from tests.fakes._validators import blocks_are_refused

WORDS = Vocabularies.of(Term.model_validate({"workspace": "", **row}) for row in shipped())
KINDS, THEMES, AREAS = ([code for code, _ in WORDS.options(name, "fi")] for name in ("kind", "theme", "area"))
REGIONS = ["loimaa", "salo", "turku", "turunmaa", "vakka-suomi"]
LONGEST = "SHL11-08"
ROOM = 12_000


def fullest(text: str = "") -> Figures:
    return Figures(
        span=Span(202546, 202647),
        is_first=False,
        kinds=[KindCount(kind, 12345, 12345, 12345.6, (12345,) * 12) for kind in KINDS],
        themes=[ThemeCount(theme, 12345, 12345.6) for theme in THEMES],
        named=12345,
        unnamed=12345,
        areas=[(area, 12345) for area in [*AREAS, *REGIONS, None]],
        waiting=12345,
        unnoted=12345,
        answered=12345,
        phenomena=12345,
        most_overdue=[Overdue(f"25-{n:05}", "E", LONGEST, "koko", "seurannassa", first_day(202601), text)
                      for n in range(MOST_OVERDUE)],
        weak=12345,
        rising=[Rising(theme, 12345, 12345.6) for theme in THEMES],
        silent=REGIONS,
        taken=[Taken(f"U{n:010}", n < 20, [f"26-{one:05}" for one in range(99)]) for n in range(40)],
    )  # fmt: skip


def moved(count: int) -> list[Moved]:
    return [Moved(f"26-{n:05}", max(NAMES, key=lambda code: len(NAMES[code]))) for n in range(count)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["<&>" * 100, "ä" * 300, "lyhyt"])
def test_the_fullest_messages_fit(language: str, text: str) -> None:
    t = Texts(language)
    rows = [Shown(f"26-{n:05}", "E", LONGEST, "koko", "uusi", text) for n in range(300)]
    found = {row.number: row for row in rows}
    first, second, *_ = [[found[number] for number in page] for page in rules.paged(rows, WORDS)]
    main = Content(fullest(text), first, moved(MOVED_IN_MAIN), 1, 9)
    at = datetime(2026, 12, 9, 7, tzinfo=UTC)
    times = {"starts_at": at, "ends_at": at + timedelta(hours=3), "changed_at": at}
    meeting = Sight(
        Meeting(key="m", workspace="T", once="m", title="<&>" * 50, capacity=99, **times), Counts(9, 9, 9, 9)
    )
    for words, drawn in (
        blocks.main(t, WORDS, main, meeting),
        blocks.week_so_far(t, WORDS, main, 12345),
        blocks.reply(t, WORDS, Content(None, second, [], 2, 9)),
        blocks.reply(t, WORDS, Content(None, [], moved(MOVED_IN_REPLY), 9, 9)),
    ):
        assert text_faults(words) == []
        assert blocks_are_refused(drawn, words) == []
        assert sum(len(one) for one in _texts(drawn)) <= ROOM


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [str(value["text"])] if value.get("type") in ("plain_text", "mrkdwn") else []
        return own + [text for inner in value.values() for text in _texts(inner)]
    return [text for inner in value for text in _texts(inner)] if isinstance(value, list) else []


def test_a_small_week_stays_small() -> None:
    kinds = [KindCount(kind, int(kind == "E"), 0, 0.5, (0,) * 11 + (int(kind == "E"),)) for kind in KINDS]
    small = Figures(Span(202647, 202647), False, kinds, [ThemeCount("X-90", 1, 0.1)], 1, 0, [("853", 1)], 0, 0, 0, 0,
                    [], 0, [], [])  # fmt: skip
    text, drawn = blocks.main(Texts("sv"), WORDS, Content(small, [], []))
    assert text == "Veckosammandrag 47/2026: 1 ny observation"
    assert len(drawn) <= 7
    assert blocks_are_refused(drawn, text) == []
