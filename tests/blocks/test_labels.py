"""Who types what a button says means the button, in any language, with or without what stands in brackets."""

import ast
from pathlib import Path

import pytest

from bot.blocks.labels import MEANT, SAID, _forms, _plain, meant
from bot.rules.commands import Command, understand
from bot.rules.observations import SHORTEST, visible_length
from bot.texts import LANGUAGES, Texts

ROOT = Path(__file__).parents[2]


def on_buttons() -> set[str]:
    """The message ids that the code draws on buttons: button(action, t("…"), …)."""
    calls = [
        node
        for room in ("bot", "commands")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("button", "_form_button")
    ]
    inner = [one for call in calls for argument in call.args for one in ast.walk(argument) if isinstance(one, ast.Call)]
    said = [one.args[0] for one in inner if isinstance(one.func, ast.Name) and one.func.id == "t"]
    return {one.value for one in said if isinstance(one, ast.Constant)}


def test_no_button_of_ours_is_stored_as_an_observation_when_its_words_are_typed() -> None:
    labels = on_buttons()
    assert len(labels) > 30
    said = {Texts(language)(label) for label in labels if "{" not in label for language in LANGUAGES}
    long_ones = {one for one in said if visible_length(one) >= SHORTEST}  # others are too short for an observation
    stored = {one for one in long_ones if not meant(one) and understand(Command.REPORT, one).what == "file"}
    assert stored == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_label_means_its_button_whatever_its_case_and_signs(language: str) -> None:
    for name, labels in MEANT.items():
        for label in labels:
            said = Texts(language)(label)
            for typed in (said, said.upper(), f" {said}. ", said.replace(" ", "\u00a0")):
                assert meant(typed) == name, typed


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("nothing", "ei havaintoja"), ("nothing", "ei havaintoja tällä kertaa"), ("nothing", "ei mulla mitään"),
        ("nothing", "tällä kertaa ei havaintoja"), ("nothing", "ei nyt"), ("nothing", "ei mitään uutta"),
        ("nothing", "ingenting den här gången"), ("nothing", "nothing this time"), ("nothing", "Ei muita havaintoja."),
        ("nothing", "ei muita havaintoja tällä kertaa"), ("nothing", "Ei (muita) havaintoja tällä kertaa"),
        ("nothing", "ei mitään raportoitavaa nyt"), ("nothing", "Ei ole mitään"), ("nothing", "ei muuta tällä kertaa"),
        ("nothing", "inget att rapportera"), ("nothing", "Inga andra observationer den här gången"),
        ("nothing", "Inga (andra) observationer den här gången"), ("nothing", "ingenting att rapportera nu"),
        ("nothing", "Nothing to report!"), ("nothing", "no observations this time"),
        ("nothing", "No other observations"), ("nothing", "ei havaintoja, kiitos"), ("nothing", "Ei nyt, kiitos!"),
        ("nothing", "minulla ei ole mitään raportoitavaa"), ("nothing", "Mulla ei oo mitään uutta nyt, kiitos"),
        ("nothing", "Hei, ei muita havaintoja tällä viikolla. Kiitos!"), ("nothing", "Kiitos, ei mitään kerrottavaa"),
        ("nothing", "jag har inget att rapportera"), ("nothing", "Jag har inte något att rapportera nu, tack"),
        ("nothing", "Inga observationer, tack så mycket"), ("nothing", "Inget nytt, tack."),
        ("nothing", "i have nothing to report"), ("nothing", "I don't have anything to report this week, thanks"),
        ("nothing", "No observations, thank you"), ("nothing", "Nothing, thanks"),
        ("tomorrow", "muistuta minua huomenna"), ("tomorrow", "Påminn mig imorgon"), ("tomorrow", "remind me tomorrow"),
        ("pause", "tauko"), ("pause", "Ta paus"), ("pause", "pause…"),
        ("stop", "lopeta muistutukset"), ("stop", "Älä enää muistuta"), ("stop", "sluta påminna"),
        ("stop", "inga fler påminnelser"), ("stop", "stop reminding me"), ("stop", "no more reminders"),
        ("meetings", "en pääse"), ("meetings", "En pääse tapaamiseen."), ("meetings", "tulen tapaamiseen etänä"),
        ("meetings", "Jag kan inte komma på träffen"), ("meetings", "jag kommer inte till nätverksträffen"),
        ("settings", "Ta bort mina uppgifter"), ("settings", "poista kaikki tietoni"),
        ("settings", "vad vet ni om mig?"),
        ("settings", "Mitä minusta on tallennettu?"), ("settings", "delete my data"),
        ("meetings", "I can't come"), ("meetings", "I'm coming to the meeting"),
    ],
)  # fmt: skip
def test_what_people_say_in_their_own_words_means_the_same(name: str, typed: str) -> None:
    assert meant(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "", "?", "inga", "kiitos", "tack", "jag har inga", "Ei havaintoja tulkkauksesta kuukauteen",
        "Minulla ei ole mitään raportoitavaa esihenkilölle, koska palautetta ei käsitellä",
        "Ei havaintoja, kiitos uuden päivystyksen", "Asiakkaalla ei ole mitään", "Kunnalla ei ole uusia havaintoja",
        "Jag har inget att rapportera vidare till, eftersom ingen svarar", "Inga observationer tack vare nya rutiner",
        "Jag har inte något rum för klientmöten", "I have nothing to report to the clinic with",
        "I don't have any place to send clients", "No observations thanks to missing staff",
        "Ei havaintoja nuorista, koska palvelua ei ole", "Nothing works here",
        "Muistuta huomenna asiakasta ajasta", "Tauko palvelussa venyi kuukausiin", "Inget att rapportera om köerna",
        "Ei muita havaintoja tällä kertaa kuin että jonot kasvavat", "Stop messages from Kela", "Tulen toimeen juuri",
        "En pääse asiakkaiden kanssa tapaamiseen ajoissa, koska bussi ei kulje",
    ],
)  # fmt: skip
def test_a_sentence_that_only_begins_so_is_a_sentence(typed: str) -> None:
    assert meant(typed) == ""


def test_the_words_in_brackets_may_be_left_out() -> None:
    forms = {_plain(form) for form in _forms("Ei (muita) havaintoja tällä kertaa")}
    assert forms == {"ei muita havaintoja tällä kertaa", "ei havaintoja tällä kertaa"}
    assert set(SAID) <= set(MEANT)
