"""Words leave messages by the ids of their blocks: whatever stands in Slack and shows such words has one."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.blocks import digests, feedback
from bot.blocks.observations import receipt
from bot.blocks.parts import Block, Message
from bot.rules.block_ids import GONE, WORDS, of_gone, of_words, what_and_whose
from bot.rules.digests import Content, Figures, Moved, Shown, Span
from bot.rules.feedback import News
from bot.rules.kinds import Kind
from bot.rules.phenomena import Met
from bot.rules.statuses import Status
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Move, Observation, Phenomenon, Term
from storage.vocabularies import shipped

LISTS = Vocabularies.of(Term.model_validate({"workspace": "", **row}) for row in shipped())
T, DAY, SAID = Texts("fi"), date(2026, 11, 25), "Kanarialintu laulaa häkissä"
NUMBERS = ("26-00001", "26-00002")


def row(number: str, status: str = Status.RECEIVED) -> Observation:
    text = "" if status in (Status.WITHDRAWN, Status.DELETED) else SAID
    values = {"key": number, "number": number, "once": number, "workspace": "T", "text": text, "proposal": text}
    return Observation(**values, kind="E", theme="X-90", theme_set="s", filed_on=DAY, week=202648, status=status)


def content(*statuses: str) -> Content:
    found = [Shown(number, "E", "X-90", None, status, row(number, status).text)
             for number, status in zip(NUMBERS, statuses, strict=True)]  # fmt: skip
    figures = Figures(Span(202648, 202648), True, (), (), 2, 0, (), 1, 1, 1, 1, (), 0, (), ())
    return Content(figures, found, [Moved(number, Status.IN_HAND) for number in NUMBERS], 1, 1)


def news(*statuses: str) -> News:
    told = [
        (Move(key=number, subject=number, workspace="T", step=1, on_day=DAY, what="status", status=Status.IN_HAND,
              reason="", receiver="", words="Kiitos"), row(number, status))
        for number, status in zip(NUMBERS, statuses, strict=True)
    ]  # fmt: skip
    return News("d" * 32, told, (("26-00003", Status.WITHDRAWN),), {}, {})


DRAWN: dict[Kind, Callable[..., Message]] = {
    Kind.RECEIPT: lambda first, _second: receipt(
        T, LISTS, row(NUMBERS[0], first), [(Phenomenon(number="I-2", title="x"), Met(3, 2))]
    ),
    Kind.DIGEST: lambda *statuses: digests.main(T, LISTS, content(*statuses), None),
    Kind.FEEDBACK: lambda *statuses: feedback.message(T, news(*statuses)),
}


def showing(blocks: list[Block]) -> list[tuple[str, str]]:
    return [what_and_whose(block.get("block_id")) for block in blocks if "Kanarialintu" in str(block)]


@pytest.mark.parametrize("kind", DRAWN)
def test_every_block_that_shows_words_tells_whose_they_are_by_its_id(kind: Kind) -> None:
    text, blocks = DRAWN[kind](Status.RECEIVED, Status.IN_HAND)
    found = showing(blocks)
    assert found
    assert all(what == WORDS and number in NUMBERS for what, number in found)
    assert "Kanarialintu" not in text


@pytest.mark.parametrize("kind", [Kind.DIGEST, Kind.FEEDBACK])
def test_what_is_gone_keeps_its_place_by_its_id_and_shows_no_words(kind: Kind) -> None:
    _, blocks = DRAWN[kind](Status.WITHDRAWN, Status.DELETED)
    ids = {what_and_whose(block.get("block_id")) for block in blocks}
    assert {(GONE, number) for number in NUMBERS} <= ids
    assert not showing(blocks)


def test_the_replies_of_a_digest_show_words_in_the_same_blocks() -> None:
    _, blocks = digests.reply(T, LISTS, Content(None, content("uusi", "uusi").shown, [], 2, 2))
    assert showing(blocks) == [(WORDS, number) for number in NUMBERS]


def test_an_id_is_read_as_it_was_made() -> None:
    assert what_and_whose(of_words("26-00001")) == (WORDS, "26-00001")
    assert what_and_whose(of_gone("26-00001")) == (GONE, "26-00001")
    assert what_and_whose(None) == ("", "")
