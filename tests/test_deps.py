"""Words that are held in memory come back to their writer, and one writer's flood takes nobody else's away."""

import time
from collections.abc import Collection

from bot.deps import Compared, Guesses, Seen, Shelf


def test_what_is_held_comes_back_to_its_writer_alone_and_not_after_its_time() -> None:
    shelf = Shelf[str]()
    first, second = shelf.put("U0AINO0001", "yksi"), shelf.put("U0AINO0001", "kaksi")
    assert (shelf.get("U0AINO0001", first), shelf.newest("U0AINO0001")) == ("yksi", second)
    assert (shelf.get("U0OTHER001", first), shelf.newest("U0OTHER001")) == (None, "")
    shelf.drop(second)
    assert shelf.newest("U0AINO0001") == first
    late = Shelf[str](seconds=0)
    assert late.get("U0AINO0001", late.put("U0AINO0001", "yksi")) is None
    assert late.newest("U0AINO0001") == ""


def test_a_flood_of_one_writer_takes_no_others_words_away() -> None:
    shelf = Shelf[int]()
    kept = shelf.put("U0AINO0001", 0)
    tickets = [shelf.put("U0FLOOD001", number) for number in range(2000)]
    assert shelf.get("U0AINO0001", kept) == 0
    assert [shelf.get("U0FLOOD001", ticket) for ticket in tickets[-50:]] == list(range(1950, 2000))
    assert shelf.get("U0FLOOD001", tickets[0]) is None


def test_what_is_held_for_one_person_is_forgotten_and_others_keep_theirs() -> None:
    shelf = Shelf[int]()
    hers, others = [shelf.put("U0AINO0001", number) for number in range(3)], shelf.put("U0EINO0001", 4)
    shelf.forget("U0AINO0001")
    assert [shelf.get("U0AINO0001", ticket) for ticket in hers] == [None] * 3
    assert shelf.get("U0EINO0001", others) == 4


def test_what_is_held_leaves_memory_when_its_time_is_over_though_nobody_asks() -> None:
    shelf = Shelf[str](seconds=0.05)
    for _ in range(2):  # once more after it was empty
        shelf.put("U0AINO0001", "sanat")
        assert len(shelf._kept) == 1
        deadline = time.monotonic() + 10
        while shelf._kept and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not shelf._kept


def test_what_came_later_stays_for_its_own_time_and_all_goes_at_the_end() -> None:
    shelf = Shelf[str](seconds=3600)
    first, second = shelf.put("U0AINO0001", "yksi"), shelf.put("U0AINO0001", "kaksi")
    shelf._kept[first] = (time.monotonic() - 3600, "U0AINO0001", "yksi")
    shelf._forget_old()
    assert list(shelf._kept) == [second]
    shelf.close()
    assert not shelf._kept


def test_a_key_is_new_once() -> None:
    seen = Seen(most=2)
    assert [seen.first(key) for key in "abaacb"] == [True, True, False, False, True, True]


def test_wrong_codes_are_counted_by_the_hour_and_who_asks_only_is_not_remembered() -> None:
    guesses = Guesses()
    assert guesses.wrong("U0AINO0001", "10") == 0
    assert "U0AINO0001" not in guesses._wrong
    for _ in range(2):
        guesses.one_more("U0AINO0001", "10")
    assert (guesses.wrong("U0AINO0001", "10"), guesses.wrong("U0AINO0001", "11")) == (2, 0)
    guesses.one_more("U0OTHER001", "11")
    assert dict(guesses._wrong) == {"U0OTHER001": 1}


def test_how_many_texts_have_a_word_is_asked_once_within_the_hour() -> None:
    asked: list[str] = []

    def read(words: Collection[str]) -> dict[str, int]:
        asked.extend(words)
        return {"jono": 7}

    compared = Compared()
    assert compared.counts(["jono", "asunto"], read) == {"jono": 7, "asunto": 0}
    assert compared.counts(["asunto", "jono"], read) == {"jono": 7, "asunto": 0}
    assert asked == ["jono", "asunto"]
