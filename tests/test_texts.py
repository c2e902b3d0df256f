"""Every text is there in Finnish and Swedish, with the same gaps, within Slack's limits, and in the field's words."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.blocks import parts
from bot.blocks.observations._notes import FOUND
from bot.rules.privacy import KINDS
from bot.texts import LANGUAGES, Texts, language_of
from storage import vocabularies

ROOT = Path(__file__).parent.parent
KEYWORDS: dict[str, Any] = {"t": None, "N_": None, "many": (1, 2)}
COUNTS = (0, 1, 2, 21)
DOCUMENTS = {
    "fi": ("ohje", "tietosuoja", "tietosuojaseloste-pohja"),
    "sv": ("bruksanvisning", "dataskydd", "dataskyddsbeskrivning-mall"),
}


def used() -> set[Any]:
    """The messages in the code; one with a plural is a pair."""
    found = [
        extracted[2]
        for room in ("bot", "commands")
        for extracted in extract_from_dir(ROOT / room, method_map=[("**.py", "python")], keywords=KEYWORDS)
    ]
    return {message if isinstance(message, str) else tuple(message) for message in found}


def catalogue(language: str) -> dict[Any, Message]:
    with (ROOT / f"bot/texts/{language}.po").open("rb") as file:
        return {message.id: message for message in read_po(file, locale=language) if message.id}


def entries(language: str, start: str) -> int:
    return len(re.findall(start, (ROOT / f"bot/texts/{language}.po").read_text("utf-8"), re.MULTILINE))


def gaps(text: str) -> set[str]:
    return set(re.findall(r"{\w*}", text))


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_message_is_translated_and_no_translation_is_left_over(language: str) -> None:
    translated = catalogue(language)
    assert used() == set(translated)
    for start in (r"^msgid ", r"^msgstr(\[0\])? "):
        assert entries(language, start) == len(translated) + 1  # none is there twice; the first is the file's head
    assert [message.id for message in translated.values() if message.fuzzy or not all(forms(message))] == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_translation_has_the_gaps_of_its_original(language: str) -> None:
    for message in catalogue(language).values():
        originals = [message.id] if isinstance(message.id, str) else message.id
        for form in forms(message):
            assert gaps(form) - {"{n}"} == set().union(*map(gaps, originals)) - {"{n}"}, message.id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", COUNTS)
def test_b63_every_message_can_be_said_with_any_count(language: str, count: int) -> None:
    t = Texts(language)
    for message in used():
        values = {gap.strip("{}"): "x" for gap in gaps("".join(message))}
        values.pop("n", None)
        said = t(message, **values) if isinstance(message, str) else t.many(*message, count, **values)
        assert said
        assert not re.search(r"[{}]|%\(", said)


def test_b63_one_and_many_are_said_as_finns_say_them() -> None:
    one = "Filed: {numbers}. I sent you the receipt as a private message. There you can correct, edit or withdraw it."
    many = "{n} observations filed: {numbers}. I sent you the receipts as private messages."
    t = Texts("fi")
    assert t.many(one, many, 1, numbers="x").startswith("Kirjattu: x")
    assert t.many(one, many, 2, numbers="x").startswith("2 havaintoa")
    assert t.many(one, many, 0, numbers="x").startswith("0 havaintoa")


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("fi-FI", "fi"), ("sv-SE", "sv"), ("sv_FI", "sv"), ("en-US", "en"), ("en-GB", "en"), ("ja-JP", "fi"),
        ("", "fi"), (None, "fi"), ("-", "fi"), ("SV", "sv"),
    ],
)  # fmt: skip
def test_b63_a_locale_names_a_language_or_finnish(locale: str | None, language: str) -> None:
    assert language_of(locale) == language


def test_the_fields_words_are_used_and_nobody_is_shouted_at() -> None:
    for language in ("fi", "sv"):
        for message in catalogue(language).values():
            for form in forms(message):
                assert "!" not in form
                assert not re.search(
                    r"\b[Mm]uistutus\b|(?<!-)\b[Ii]lmoitus\b|täysin anonyymi|\bkund\b|personnummer", form
                )


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("fi", r"\bsanasi\b|\bsanojasi\b"),  # what somebody wrote is "tekstisi"
        ("sv", r"\b(?:observation\w*|sak\w*)\b[^.]{0,20}\blämna(?:s|t|ts|r)?\b(?! nätverket)"),  # is "rapportera"
        # Swedish has commands of its own
        ("sv", r"/raportoi|/kooste|/tapaaminen|\b(?:uusi|asetukset|yhteenveto|vienti|ehdota|ohje)\b"),
        ("sv", r"\bdriver boten\b|\bkvittens|förvaltningsgren"),  # "sköter boten", "kvitto", "förvaltningsområde"
        ("fi", r"\bkuittau|\bkirjaajaa?\b|\bpäättyneet\b"),  # "kuitti", "raportoija"; what is closed is the handling
        (
            "fi",
            r"\braportoij(?:an|ien) vastau",
        ),  # a reporter writes, a coordinator answers: "Raportoija on kirjoittanut"
        ("sv", r"\brapportör\w*s svar\b|\bsvar(?:et)? från rapportör"),  # "Rapportören har skrivit"
    ],
)
def test_one_thing_has_one_name(language: str, wrong: str) -> None:
    said = [form for message in catalogue(language).values() for form in forms(message)]
    lines = [
        line for name in DOCUMENTS[language] for line in (ROOT / f"docs/{name}.md").read_text("utf-8").splitlines()
    ]
    assert [form for form in [*said, *lines] if re.search(wrong, form, re.IGNORECASE)] == []


# A word behind a number bends with it; "till" does not.
BENDS = r"\{count\} (?!till\b)[^\W\d]|\b(?:ja|och) \{\w+\} (?:muuta|muut|andra|övriga)\b"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_word_that_bends_with_a_number_has_its_forms_for_one_and_many(language: str) -> None:
    one_form = [message.string for message in catalogue(language).values() if isinstance(message.string, str)]
    assert [said for said in one_form if re.search(BENDS, said)] == []


def test_no_shipped_label_is_cut_by_slacks_limits_for_choices() -> None:
    labels = [row[language] for row in vocabularies.shipped() for language in LANGUAGES]
    assert len(labels) > 200
    assert [label for label in labels if parts.shown(label, 75) != label] == []


MOST = {"modal": (24, (1, 2, 4)), "button": (75, (1,))}  # characters that Slack shows, and which arguments they are


def labels(kind: str) -> Iterator[str]:
    """The messages that the code gives to such an element."""
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "commands").rglob("*.py")]:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == kind:
                some = [call.args[place] for place in MOST[kind][1] if place < len(call.args)]
                yield from (said for one in some for said in messages(one))


def messages(of: ast.expr) -> Iterator[str]:
    for call in ast.walk(of):
        match call:
            case ast.Call(func=ast.Name(id="t"), args=[ast.Constant(value=said), *_]):
                yield str(said)


@pytest.mark.parametrize("kind", MOST)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_label_is_cut_by_slacks_limits(language: str, kind: str) -> None:
    translated, most = catalogue(language), MOST[kind][0]
    found = set(labels(kind))
    assert len(found) > 10
    assert [said for said in found if len(said) > most or len(forms(translated[said])[0]) > most] == []


def test_every_kind_that_the_guard_finds_has_its_words() -> None:
    assert set(FOUND) == set(KINDS) | {"receipt_code"}


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "ma 30.11.2026"), ("sv", "må 30.11.2026"), ("en", "Mon 30 Nov 2026")]
)
def test_b63_a_day_is_written_with_its_weekday_as_each_language_shortens_it(language: str, said: str) -> None:
    assert Texts(language).day(date(2026, 11, 30)) == said
