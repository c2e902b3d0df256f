"""An emergency is not an observation, and an observation is not an emergency."""

import csv
import timeit
from pathlib import Path

import pytest

from bot.rules.urgency import notices, urgent

HERE = Path(__file__).parent


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(
    "text",
    [
        "Asiakas uhkaa tappaa itsensä nyt", "Asiakas uhkaa työntekijää nyt", "asiakas löi äitiään, lapset kotona",
        "Perheessä lapsia hakataan", "Haluan tehdä huoli-ilmoituksen vanhuksesta", "Teen lastensuojeluilmoituksen",
        "Klienten hotar ta livet av sig", "Jag vill göra en orosanmälan", "Mannen slog sin fru",
        "Asiakas on hengenvaarassa",
    ],
)  # fmt: skip
def test_what_happens_to_somebody_right_now_is_heard(text: str) -> None:
    assert urgent(text)


def test_danger_to_one_person_is_heard_and_help_that_came_is_not_asked_about() -> None:
    of_danger = rows(HERE / "dangers.tsv")
    assert [row["text"] for row in of_danger if bool(urgent(row["text"])) != (row["danger"] == "yes")] == []


def test_words_far_apart_are_no_phrase() -> None:
    assert urgent("Asiakas uhkaa " + "työntekijää " * 10 + "nyt")
    assert not urgent("Jono uhkaa kasvaa. " + "Toisaalta asiat etenevät. " * 20 + "Tilanne nyt on tämä.")


def test_observations_are_not_taken_for_emergencies() -> None:
    texts = []
    for path in (*HERE.glob("labelled_*.tsv"), HERE.parents[1] / "bot/demo/observations.tsv"):
        texts += [row["text"] for row in rows(path)]
    texts += [
        "Huoli-ilmoitusten käsittely kestää",
        "Lähisuhdeväkivalta lisääntyy",
        "Itsemurhat puhuttavat työyhteisöissä",
    ]
    assert len(texts) > 200
    assert [text for text in texts if urgent(text)] == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_notice_about_one_is_heard_and_a_sentence_about_notices_is_none(language: str) -> None:
    of_language = [row for row in rows(HERE / "notices.tsv") if row["language"] == language]
    assert len(of_language) >= 28
    assert [row["text"] for row in of_language if bool(notices(row["text"])) != (row["notice"] == "yes")] == []
    assert [row["text"] for row in of_language if bool(urgent(row["text"])) != (row["notice"] == "yes")] == []


def test_each_sentence_of_a_text_is_judged_by_itself() -> None:
    general = "Lastensuojeluilmoitusten määrä kasvaa."
    assert notices(f"{general} Teen lastensuojeluilmoituksen naapurista.")
    assert notices(f"{general}\nHuoli-ilmoitus vanhuksesta\n{general}")
    assert not notices(f"{general} {general}")


@pytest.mark.parametrize(
    "sign",
    [
        "-",
        "a ",
        "ilmoitus ",
        "huoli-ilmoitus, ",
        "uhkaa ",
        "anmälan till ",
        "ovat ",
        "erään ",
        "lapsen ",
        "erään lapsen ",
        "huoli erään ",
        "jag ett ",
        "grannens barn ",
        "a child ",
        "lapsi on ",
        "sai ",
        "epäilen lasta ",
    ],
)
def test_the_longest_text_of_one_sign_is_judged_at_once(sign: str) -> None:
    text = (sign * 3000)[:3000]
    assert min(timeit.repeat(lambda: urgent(text), number=1, repeat=3)) < 0.1
