"""What belongs to another channel is asked about, and an observation is not."""

from pathlib import Path

import pytest

from bot.rules.urgency import notices, urgent
from tests.rules.sets import rows

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "bot" / "demo"
UNSEEN = {name: rows(HERE / f"unseen_2026_12_{name}.tsv") for name in ("judged", "plain", "last", "fourth")}


def share(texts: list[str]) -> float:
    return sum(bool(urgent(text)) for text in texts) / len(texts)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("judged", 0.9, 0.02), ("plain", 0.93, 0.05), ("last", 0.97, 0.01), ("fourth", 0.85, 0.015)],
)
def test_of_sentences_that_nothing_was_learned_from_most_are_heard_and_few_observations_asked_about(
    name: str, least: float, most: float
) -> None:
    for language in ("fi", "sv", "en"):
        for label in ("danger", "notice", "clean"):
            some = [row["text"] for row in UNSEEN[name] if (row["language"], row["label"]) == (language, label)]
            print(f"\n{name} {language} {label}: {share(some):.2f} of {len(some)}")
    assert share([row["text"] for row in UNSEEN[name] if row["label"] != "clean"]) >= least
    assert share([row["text"] for row in UNSEEN[name] if row["label"] == "clean"]) <= most


def test_a_notice_is_told_from_danger() -> None:
    heard = [row for row in UNSEEN["judged"] if row["label"] != "clean" and urgent(row["text"])]
    right = [row for row in heard if bool(notices(row["text"])) == (row["label"] == "notice")]
    print(f"\n{len(right)} of {len(heard)}")
    assert len(right) > 0.85 * len(heard)


def test_nearly_all_that_was_learned_is_known() -> None:
    learned = rows(HERE / "learned" / "channels.tsv")
    wrong = [row["text"] for row in learned if bool(urgent(row["text"])) != (row["channel"] != "clean")]
    print(f"\n{len(wrong)} of {len(learned)}", wrong)
    assert len(wrong) < 0.02 * len(learned)


@pytest.mark.parametrize(
    "text",
    [
        "ilmoitus lastensuojeluun: lapsi on vaarassa", "Asiakas uhkaa tappaa itsensä nyt",
        "Lapsi pahoinpidelty kotona, tarvitsee apua heti", "Perheessä lapsia hakataan",
        "Haluan tehdä huoli-ilmoituksen vanhuksesta", "Klienten hotar ta livet av sig",
        "Jag vill göra en orosanmälan", "Child welfare notification: the child is in danger",
        "Jonot ovat pitkiä. Toisaalta asiat etenevät.\nTeen lastensuojeluilmoituksen naapurin lapsesta.",
    ],
)  # fmt: skip
def test_what_nobody_would_doubt_is_heard_also_among_other_sentences(text: str) -> None:
    assert len(urgent(text)) == 1


def test_no_observation_of_the_sample_network_is_asked_about() -> None:
    assert [row["text"] for path in DEMO.glob("*observations.tsv") for row in rows(path) if urgent(row["text"])] == []
