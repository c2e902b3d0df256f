"""Words that are held in memory come back to their writer, and one writer's flood takes nobody else's away."""

from bot.deps import Shelf


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
