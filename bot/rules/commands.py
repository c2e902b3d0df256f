"""The grammar of the commands: each word after a command, what may follow it, how help tells of it, and whose it is."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum

from bot.errors import N_
from bot.rules.observations import SHORTEST, read_code, tidy, visible_length

LIKE = 0.75  # how much of a mistyped word must be right: "omt", not "jono"
SENTENCE = 4  # words, the one that the command knows included
LATER = N_("`/kooste` shows what followed from the observations, `/tapaaminen` the next network meetings.")
UNDO = ("peru", "poista", "kumoa", "ångra", "återkalla", "undo", "delete")
OWN = N_("`/raportoi omat` shows your own observations. `/raportoi tila CODE` tells how one without a name proceeds.")


class Command(Enum):
    """The slash commands: each by its names, with the language that a name is in."""

    REPORT = (("/raportoi", "fi"), ("/rapportera", "sv"))
    DIGEST = (("/kooste", "fi"), ("/sammandrag", "sv"))
    MEETING = (("/tapaaminen", "fi"),)


class Follows(Enum):
    """What may stand after the word."""

    NOTHING = "nothing"  # with more it is a sentence
    ANYTHING = "anything"
    CODE = "code"
    MEETING = "meeting"  # nothing, or what may stand after /tapaaminen


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that can be asked. `story` is the module of `commands` that answers it, under `asked` in its ANSWERS.

    `words` by language, the first one as hints show it; `alone` are words that mean this only where nothing follows.
    A row without words is asked by other signs: by nothing at all, by a sentence, by the words of a button.
    `hinted` are the languages whose usage hint names it; `example` is what the hint says follows.
    """

    command: Command
    asked: str
    story: str
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alone: tuple[str, ...] = ()
    follows: Follows = Follows.NOTHING
    help: str = ""
    for_coordinators: bool = False
    hinted: tuple[str, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_words(self) -> tuple[str, ...]:
        return tuple(word for words in self.words.values() for word in words)


ROWS = (
    Row(
        command=Command.REPORT,
        asked="file",
        story="observations",
        hinted=("fi", "sv"),
        example={"fi": "havainto yhdellä rivillä", "sv": "observationen på en rad"},
    ),
    Row(command=Command.REPORT, asked="form", story="observations"),
    Row(command=Command.REPORT, asked="offer", story="observations"),
    Row(
        command=Command.REPORT,
        asked="help",
        story="observations",
        words={"fi": ("ohje",), "sv": ("hjälp",), "en": ("help",)},
        alone=("ohjeet", "apua", "?", "kooste", "sammandrag"),
        hinted=("fi", "sv"),
    ),
    Row(
        command=Command.REPORT,
        asked="mine",
        story="observations",
        words={"fi": ("omat",), "sv": ("mina",), "en": ("mine",)},
        help=OWN,
        hinted=("fi", "sv"),
    ),
    Row(
        command=Command.REPORT,
        asked="status",
        story="observations",
        words={"fi": ("tila",), "sv": ("status",), "en": ("status",)},
        follows=Follows.CODE,
        help=OWN,
    ),
    Row(
        command=Command.REPORT,
        asked="search",
        story="observations",
        words={"fi": ("haku", "hae"), "sv": ("sök",), "en": ("search",)},
        follows=Follows.ANYTHING,
        help=N_(
            "`/raportoi haku WORDS` looks in your own observations, published phenomena and practice cards. Any form of"
            " a word will do."
        ),
    ),
    Row(
        command=Command.REPORT,
        asked="meetings",
        story="meetings",
        words={
            "fi": ("tapaaminen", "verkostotapaaminen"),
            "sv": ("träff", "nätverksträff"),
            "en": ("meeting",),
        },
        follows=Follows.MEETING,
        help=LATER,
        hinted=("sv",),
    ),
    Row(
        command=Command.REPORT,
        asked="settings",
        story="people",
        words={"fi": ("asetukset",), "sv": ("inställningar",), "en": ("settings",)},
        help=N_("`/raportoi asetukset` is for your language, reminders and times away."),
        hinted=("fi", "sv"),
    ),
    Row(
        command=Command.REPORT,
        asked="practices",
        story="practices",
        words={"fi": ("malli", "mallit"), "sv": ("modell", "modeller"), "en": ("model", "models")},
        help=N_("`/raportoi malli` shows the network's practice cards, and there you write your own."),
    ),
    Row(
        command=Command.REPORT,
        asked="undo",
        story="observations",
        alone=UNDO,
    ),
    *(Row(command=Command.REPORT, asked=asked, story="observations") for asked in ("near", "channels", "elsewhere")),
    *(
        Row(command=Command.REPORT, asked=asked, story="reminders")
        for asked in ("nothing", "tomorrow", "pause", "stop")
    ),
    Row(
        command=Command.DIGEST,
        asked="picture",
        story="digests",
        help=N_("`/kooste` shows the network's observations of the last two half-years, and what followed."),
    ),
    Row(
        command=Command.DIGEST,
        asked="help",
        story="digests",
        words={"fi": ("ohje",), "sv": ("hjälp",), "en": ("help",)},
        hinted=("fi", "sv"),
    ),
    Row(
        command=Command.DIGEST,
        asked="settings",
        story="networks",
        words={"fi": ("asetukset",), "sv": ("inställningar",), "en": ("settings",)},
        help=N_("Coordinators see the week so far with it. They open the network's settings with `/kooste asetukset`."),
        hinted=("fi", "sv"),
    ),
    Row(
        command=Command.DIGEST,
        asked="summary",
        story="summaries",
        words={"fi": ("yhteenveto",), "sv": ("sammanfattning",), "en": ("summary",)},
        help=N_(
            "`/kooste yhteenveto` opens the half-year summary for coordinators: they fill it in and get it as files."
        ),
        hinted=("fi", "sv"),
    ),
    Row(
        command=Command.DIGEST,
        asked="export",
        story="exports",
        words={"fi": ("vienti",), "sv": ("export",), "en": ("export",)},
        help=N_("Coordinators take out the observations as a file for their own work with `/kooste vienti`."),
    ),
    Row(
        command=Command.MEETING,
        asked="list",
        story="meetings",
        help=N_("*Network meetings.* `/tapaaminen` shows the next meetings and your own answer."),
    ),
    Row(
        command=Command.MEETING,
        asked="new",
        story="meetings",
        words={"fi": ("uusi",), "sv": ("ny",), "en": ("new",)},
        follows=Follows.ANYTHING,
        help=N_("`/tapaaminen uusi` plans a meeting. Below each meeting stand the buttons to change it."),
        for_coordinators=True,
        hinted=("fi",),
    ),
    Row(
        command=Command.MEETING,
        asked="propose",
        story="meetings",
        words={"fi": ("ehdota",), "sv": ("föreslå",), "en": ("propose",)},
        follows=Follows.ANYTHING,
        help=N_("`/tapaaminen ehdota` and what should be talked about puts it before the coordinators."),
        hinted=("fi",),
        example={"fi": "asia"},
    ),
    Row(
        command=Command.MEETING,
        asked="help",
        story="meetings",
        words={"fi": ("ohje", "ohjeet"), "sv": ("hjälp",), "en": ("help", "?")},
        follows=Follows.ANYTHING,
        hinted=("fi",),
    ),
    Row(command=Command.MEETING, asked="unknown", story="meetings"),
)
QUESTIONS = (  # sentences that begin so, or end in a question mark, are rarely observations
    *("miten", "mikä", "mitä", "mitkä", "kuka", "missä", "testi", "väärä", "moi", "hei", "kiitos"),
    *UNDO,
    *("hur", "vad", "vem", "var", "test", "fel", "hej", "tack", "how", "what", "who", "where", "hello", "thanks"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked with a command: the row's `asked`, and what follows the word (a sentence is there whole)."""

    what: str
    rest: str = ""


def row_of(command: Command, asked: str) -> Row:
    return next(row for row in ROWS if row.command is command and row.asked == asked)


def command_of(name: str) -> tuple[Command, str]:
    """The command of this name, and the language that the name is in."""
    return next((command, dict(command.value)[name]) for command in Command if name in dict(command.value))


def spoken_by(name: str) -> str:
    """The language that typing this command tells; "" for a Finnish name, which everybody uses, and for no command."""
    languages: dict[str, str] = dict(pair for command in Command for pair in command.value)
    return "" if (language := languages.get(name, "")) == "fi" else language


def help_of(command: Command, *, coordinator: bool = False) -> tuple[str, ...]:
    """What the help tells of the command's words, as message ids; each once, in the order of the rows."""
    rows = [row for row in ROWS if row.command is command and row.help and row.for_coordinators == coordinator]
    return tuple(dict.fromkeys(row.help for row in rows))


def usage_of(name: str) -> str:
    """The usage hint of the command of this name, in the language of the name: "[uusi | ehdota asia | ohje]"."""
    command, language = command_of(name)
    rows = [row for row in ROWS if row.command is command and language in row.hinted]
    hints = [" ".join([*row.words.get(language, ())[:1], *filter(None, [row.example.get(language)])]) for row in rows]
    return f"[{' | '.join(hints)}]"


def understand(command: Command, text: str) -> Asked:
    """What was asked by typing the text after the command."""
    if command is Command.REPORT:
        return _of_report(text)
    return _of_meeting(text) if command is Command.MEETING else _of_digest(text)


def _of_report(text: str) -> Asked:
    """Any of its rows; a sentence that merely begins with such a word ("tila on huono"), or is a question, is an offer.

    A receipt code alone asks for its status: it must never be filed under the person's name.
    """
    plain = unicodedata.normalize("NFC", text).strip()
    if not visible_length(text):
        return Asked("form")
    first, rest = [*plain.split(maxsplit=1), "", ""][:2]  # at any blank: phones type some that are no spaces
    word = _bare(first)
    row = _REPORTING.get(word)
    if row and not _is_word_of(row, word, rest):
        row = None
    if row is None and (_IN_GROUPS.fullmatch(plain) or (read_code(plain) and re.search(r"[\d-]", plain))):
        return Asked("status", plain)
    if row is None and (meant := _near(word, rest)):
        return Asked("near", meant)
    if row is None:
        is_question = plain.endswith("?") or word in QUESTIONS
        return Asked("offer" if is_question and "\n" not in plain else "file", text)
    if row.follows is Follows.CODE and not _like_a_code(rest):
        return Asked("offer", text)
    return Asked("offer", text) if row.follows is Follows.NOTHING and rest.strip() else Asked(row.asked, rest)


_IN_GROUPS = re.compile(r"\w{4}[-\u2010-\u2015]\w{4}[-\u2010-\u2015]\w{4}")  # also with signs that no code has
_REPORTING = {
    word: row for row in ROWS if row.command is Command.REPORT for word in (*row.all_words, *row.alone)
}  # no two rows have a word in common


_MEANING = {word: word for word in _REPORTING} | {"lopeta": "asetukset", "sluta": "inställningar", "stop": "settings"}


def _near(word: str, rest: str) -> str:
    """The word of ours that was mistyped: alone, or before a receipt code, which must not be filed as a sentence."""
    if word in QUESTIONS or (rest and not read_code(rest)):
        return ""
    found = get_close_matches(word[: SHORTEST * 2], _MEANING, 1, LIKE)
    return _MEANING[found[0]] if found and (not rest or _REPORTING[_MEANING[found[0]]].follows is Follows.CODE) else ""


def _is_word_of(row: Row, word: str, rest: str) -> bool:
    if row.follows is Follows.MEETING:  # a sentence that begins with "tapaaminen" is filed as one
        return word in row.all_words and _of_meeting(rest).what != "unknown"
    return word in row.all_words or (not rest and word in row.alone)


def _of_meeting(text: str) -> Asked:
    """One of its rows. The clients' hard spaces part words too."""
    plain = " ".join(unicodedata.normalize("NFC", tidy(text)).split())
    if not visible_length(plain):
        return Asked("list")
    first, _, rest = plain.partition(" ")
    rows = [row for row in ROWS if row.command is Command.MEETING and first.casefold() in row.all_words]
    return Asked(rows[0].asked, rest if visible_length(rest) else "") if rows else Asked("unknown", plain)


def _of_digest(text: str) -> Asked:
    """One of its rows; words that are not known get the help."""
    word = _bare(unicodedata.normalize("NFC", text).strip())
    if not word:
        return Asked("picture")
    rows = [row for row in ROWS if row.command is Command.DIGEST and word in row.all_words]
    return Asked(rows[0].asked if rows else "help")


def _bare(word: str) -> str:
    """A word that is looked up: people write "Omat?" and "ohje!", and "?" alone is one too."""
    return word.casefold().strip("?!.,:") or word


def like_a_sentence(text: str) -> bool:
    """Whether what begins with "haku" may be an observation ("haku kestää liian kauan"): from four words on."""
    return len(text.split()) >= SENTENCE and visible_length(text) >= SHORTEST


def _like_a_code(text: str) -> bool:
    """A code, whole or mistyped: it must not be offered as a sentence to file under the person's name."""
    chunks = re.split(r"[\s\-\u2010-\u2015]+", text.strip())
    return len(text.split()) <= 1 or (all(len(chunk) <= 4 for chunk in chunks) and 9 <= len("".join(chunks)) <= 15)  # noqa: PLR2004
