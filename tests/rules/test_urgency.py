"""An emergency is not an observation, and an observation is not an emergency."""

import csv
from pathlib import Path

import pytest

from bot.rules.urgency import urgent

HERE = Path(__file__).parent


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


def test_words_far_apart_are_no_phrase() -> None:
    assert urgent("Asiakas uhkaa " + "työntekijää " * 10 + "nyt")
    assert not urgent("Jono uhkaa kasvaa. " + "Toisaalta asiat etenevät. " * 20 + "Tilanne nyt on tämä.")


def test_observations_are_not_taken_for_emergencies() -> None:
    texts = []
    for path in (*HERE.glob("labelled_*.tsv"), HERE.parents[1] / "bot/demo/observations.tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    texts += [
        "Huoli-ilmoitusten käsittely kestää",
        "Lähisuhdeväkivalta lisääntyy",
        "Itsemurhat puhuttavat työyhteisöissä",
    ]
    assert len(texts) > 200
    assert [text for text in texts if urgent(text)] == []
