"""What the forms of meetings ask for, and what is told of few people."""

from datetime import UTC, date, datetime, timedelta

from bot.blocks import meetings as blocks
from bot.blocks.meetings import MeetingRead
from bot.rules.meetings import LONGEST_FOLLOWED, MeetingDraft, Sight, draft_of, marks
from bot.rules.summaries import Cell, Period, PublishedTables
from bot.texts import Texts
from storage.models import Meeting, Phenomenon

ASKED = ["title", "start_date", "start_time", "end_time", "place", "link", "deadline", "capacity", "agenda"]
STARTS = datetime(2026, 11, 12, 7, tzinfo=UTC)
MEETING = Meeting(
    key="m" * 32, workspace="T", once="x", title="`*_Syksy_*`", starts_at=STARTS, ends_at=STARTS + timedelta(hours=3),
    changed_at=STARTS,
)  # fmt: skip
T = Texts("fi")
HALF = Period(date(2026, 4, 1), date(2026, 9, 30))


def test_the_form_asks_for_nothing_but_the_meeting() -> None:
    drawn = blocks.form(T, MeetingRead(MeetingDraft(), "n"))["blocks"]
    assert [block["block_id"] for block in drawn if block["type"] == "input"] == ASKED


def test_a_form_is_read_back_with_what_it_was_opened_with() -> None:
    draft = draft_of(MEETING)
    view = blocks.form(T, MeetingRead(draft, "n", MEETING.key, marks(draft)))
    assert set(marks(draft)) == set(ASKED)
    assert len(view["private_metadata"]) < 1000
    assert blocks.read_form(view).opened == marks(draft)
    for odd in ("", "{", "[]", '{"o":[1]}', '{"o":{"title":1}}'):
        assert isinstance(blocks.read_form({**view, "private_metadata": odd}).opened, dict)


def test_of_the_use_of_a_meeting_no_numbers_are_told_where_few_have_answered() -> None:
    few, enough = (str(blocks.past(T, [(MEETING, {"yes": count})], 5)) for count in (4, 5))
    assert "Oliko hyötyä" not in few
    assert "Oliko hyötyä: kyllä 5" in enough


def test_a_title_is_no_markup_wherever_it_is_told() -> None:
    sight = Sight(MEETING)
    messages = (
        blocks.quiet(T, blocks.answered(T, "yes", sight)), blocks.listed(T, [sight], coordinator=True, said="`*x*`"),
        blocks.answered_here(T, blocks.answered(T, "no", sight), sight), blocks.closed(T, MEETING, moved_since=True),
        blocks.closed(T, MEETING, moved_since=False), blocks.post(T, sight), blocks.seat(T, sight),
        blocks.question(T, sight), blocks.minutes(T, sight), blocks.cancelled(T, sight),
    )  # fmt: skip
    for _, drawn in messages:
        for block in drawn:
            text = block.get("text", {})
            assert text.get("type") == "plain_text" or not any(typed in str(text) for typed in ("Syksy", "*x*"))


def test_each_line_of_an_agenda_is_a_block_while_there_is_room() -> None:
    few = MEETING.model_copy(update={"agenda": "1. Avaus\n\n2. Asunnot"})
    drawn = [block["text"]["text"] for block in blocks.post(T, Sight(few, items=("Jonot",)))[1] if "text" in block]
    assert drawn[drawn.index("*Asialista*") + 1 :][:3] == ["1. Avaus", "2. Asunnot", "• Jonot"]
    for lines in range(40):
        for items in range(16):
            full = few.model_copy(update={"agenda": "\n".join(["a"] * lines), "link": "https://a.example"})
            sights = [Sight(full, items=("b",) * items)] * 3
            listed = blocks.listed(T, sights, coordinator=True, said="x")[1] + blocks.past(T, [(full, {})] * 3, 5)
            assert len(listed) <= 50
            assert str(listed).count("'b'") + str(listed).count("• b") >= min(items, 13)


def counted(**outcomes: int) -> tuple[Period, PublishedTables]:
    cells = tuple(Cell(name, frozenset([name]), count) for name, count in outcomes.items())
    return HALF, PublishedTables(HALF, 1, 5, date(2026, 10, 1), {"outcome": cells} if cells else {})


def test_the_draft_of_what_followed_holds_the_coordinators_words_alone() -> None:
    one = Phenomenon(
        key="p" * 32, workspace="T", number="I-AAA1", once="x", title="Tukiasunnot", text="Kuvaus", theme="X-90",
        status="viety", started_on=date(2026, 8, 1), noted_on=date(2026, 8, 2), receiver="HYTE-työryhmä",
    )  # fmt: skip
    text = blocks.drafted(T, counted(forward=6), [one] * 30, LONGEST_FOLLOWED)
    assert "Viety eteenpäin: 6" in text
    assert "• Tukiasunnot: " in text
    assert "HYTE-työryhmä" in text
    assert "Kuvaus" not in text
    assert len(blocks.drafted(T, counted(), [one] * 99, 500)) <= 500


def test_the_draft_says_of_what_is_not_begun_that_it_is_not_begun() -> None:
    text = blocks.drafted(T, counted(waiting=25, handled=6), [], 2500)
    assert "• Ei vielä aloitettu: 25\n• Käsittelyssä tai seurannassa: 6\nTilanne to 1.10.2026." in text


def test_the_draft_tells_no_numbers_of_few_people_or_of_a_half_year_that_is_not_over() -> None:
    assert "niin vähän" in blocks.drafted(T, counted(), [], 2500)
    assert "päättynyt" in blocks.drafted(T, (HALF, None), [], 2500)
