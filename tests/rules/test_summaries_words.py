"""What coordinators type for the summary: small numbers, plain language, rows, and what cannot be stored."""

import pytest

from bot.rules.summaries import (
    HANDLED_CELLS,
    SMALL_NUMBER,
    STATISTIC_CELLS,
    Words,
    all_have,
    hints,
    indicators,
    mistakes,
    rows,
    small_numbers,
    uneven,
    with_small_numbers,
)

FLOOR = 5


@pytest.mark.parametrize(
    "text",
    [
        "kolme työntekijää Kustavista", "Vain 2 havaintoa tuli", "Yksi raportoija kertoi asiasta.", "4 tiimiä",
        "Ainoa asiakas jäi ilman", "pari asiakasta", "Yksittäinen työntekijä kertoi", "Salossa kaksi perhettä",
        "Havaintoja on kolmelta yksiköltä", "En klient fick vänta", "tre anställda i Åbo", "two workers said so",
        "Jonot kasvavat.\nNeljän työntekijän mukaan tilanne on huono.", "Turussa 3",
    ],
)  # fmt: skip
def test_a_small_number_near_people_or_a_municipality_is_found(text: str) -> None:
    assert small_numbers(text, FLOOR)


@pytest.mark.parametrize(
    "text",
    [
        "12 havaintoa", "viisi havaintoa", "Muutama työntekijä kertoi", "Turussa 1.3.2027 mennessä", "3,1 % Turussa",
        "Asiakkaat odottavat. Kolme kuukautta kului.", "Kela ja kolme kuntaa", "15 asiakasta", "0 havaintoa",
        "treenaavat asiakkaat", "femton klienter", "Turku; 2025; 12,5", "1 000 asukasta", "7 §:n mukaan",
        "Åbo; 2025; 410; 3 800; Ara",
    ],
)  # fmt: skip
def test_what_counts_nobody_or_enough_is_not(text: str) -> None:
    assert small_numbers(text, FLOOR) == set()


def test_the_networks_own_floor_decides_what_is_small() -> None:
    assert small_numbers("Seitsemän työntekijää", 8)
    assert small_numbers("Seitsemän työntekijää", 7) == set()


def test_a_row_of_figures_without_an_end_is_no_number() -> None:
    assert small_numbers(f"{'9' * 5000} havaintoa, 0003 havaintoa", FLOOR) == set()


def test_small_numbers_stand_beside_what_the_guard_has_found() -> None:
    found = with_small_numbers({"a": {"name": {"x"}}, "b": {}}, {"a": "Kaksi havaintoa", "b": "Monta"}, FLOOR)
    assert found == {"a": {"name": {"x"}, SMALL_NUMBER: {"Kaksi havaintoa"}}, "b": {}}


@pytest.mark.parametrize("title", ["Asunnottomuus", "Asumiseen liittyviä havaintoja", "Palvelujen saatavuus Turussa"])
def test_a_title_that_only_names_a_theme_gets_a_hint(title: str) -> None:
    assert len(hints(title, {})) == 1


@pytest.mark.parametrize(
    "title",
    ["Nuorille ei löydy tukiasuntoja", "Asumisen kalleus ajaa köyhyyteen", "Jonot kasvavat", "Unga får ingen bostad"],
)
def test_a_title_that_tells_what_happens_gets_none(title: str) -> None:
    assert hints(title, {}) == ()


def test_a_long_sentence_and_a_proposal_without_an_actor_get_a_hint() -> None:
    assert len(hints("Jonot kasvavat", {"text": "sana " * 26})) == 1
    assert hints("Jonot kasvavat", {"text": "sana " * 25 + ". " + "sana " * 25}) == ()
    assert len(hints("Jonot kasvavat", {"proposal": "Palveluja tulisi kehittää."})) == 1
    assert len(hints("Jonot kasvavat", {"proposal": "Servicen bör utvecklas."})) == 1
    assert hints("Jonot kasvavat", {"proposal": "Varhan tulisi kehittää palveluja."}) == ()


def test_rows_come_from_typing_and_from_a_spreadsheet() -> None:
    assert rows("HYTE-työryhmä; 12.5.2026; merkittiin tiedoksi\n\n Kunta\t1.6.", 3) == [
        ("HYTE-työryhmä", "12.5.2026", "merkittiin tiedoksi"),
        ("Kunta", "1.6.", ""),
    ]
    assert all_have("a; b; c; d", STATISTIC_CELLS)
    assert not all_have("a; b; c", STATISTIC_CELLS)
    assert not all_have("a; b; c; d", HANDLED_CELLS)
    assert all_have("", HANDLED_CELLS)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (Words(), set()),
        (Words(subtitle="x" * 151), {"subtitle"}),
        (Words(highlights="a\nb\nc\nd\ne\nf"), {"highlights"}),
        (Words(subtitle="x" * 150, highlights="a\nb\nc\nd\ne", residents="x" * 201, residents_source="x" * 200), set()),
        (Words(residents="Näin", residents_source="x" * 201), {"residents_source"}),
        (Words(residents="Asukkaat kertoivat"), {"residents_source"}),
        (Words(handled="vain missä"), {"handled"}),
        (Words(proposals="a;b;c;d;e"), {"proposals"}),
        (Words("Alaotsikko", "a\nb", "Ehdotus; Kunnille", "Näin", "Kysely", "HYTE; keväällä"), set()),
    ],
)
def test_what_cannot_be_stored_is_told_at_its_field(words: Words, wrong: set[str]) -> None:
    assert set(mistakes(words)) == wrong


def test_names_of_statistics_are_suggested_by_theme() -> None:
    assert indicators("SHL11-02", "fi")[0] == "Asunnottomat yksinäiset / 1 000 asukasta (ind. 2618)"
    assert indicators("SHL11-02", "sv")[0].startswith("Ensamstående bostadslösa")
    assert indicators("unknown", "fi") == []


def test_lists_that_are_shorter_in_one_language_are_told_of() -> None:
    finnish = Words(highlights="Yksi.\nKaksi.", proposals="Neuvonta; Kunnat", residents="Eka.\nToka.")
    swedish = Words(
        highlights="Ett.", proposals="Rådgivning; Kommunerna", residents="Ett.", handled="Nämnden; 1.2.2026"
    )
    assert uneven([finnish, swedish]) == ("highlights",)
    assert uneven([finnish, Words()]) == uneven([finnish]) == ()
