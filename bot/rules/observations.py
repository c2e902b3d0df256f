"""What an observation must be, and how receipt codes are made."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import regex

from bot.errors import N_, NoLongerEditable, PersonalDataFound
from bot.rules.hashes import keyed
from bot.rules.privacy import KINDS, Found, found_in, refuse, see_through
from bot.rules.urgency import urgent
from bot.rules.vocabularies import Vocabularies
from storage.models import Move, Observation, Phenomenon

SHORTEST, LONGEST, MOST_LINES = 10, 3000, 10
PER_PAGE = 10  # own observations in a list
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: read aloud and copied by hand
FIELDS = ("kind", "theme", "area", "sector", "group", "scale")  # the fields that are chosen from a vocabulary
REQUIRED = ("kind", "theme")
LINE = "line:"  # the key of what was filed by one line begins so
CHOICE_GONE = N_("This choice is not in the list any more. Please choose again.")
BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")  # letters and signs that draw nothing
EMOJI = re.compile(r":[a-z0-9_+'-]{1,100}:")  # as Slack's clients send one
CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # that are no space either
UNSEEN = regex.compile(rf"[{CONTROLS}\p{{Cf}}\p{{Cs}}\p{{Mn}}\p{{Me}}]")
ENDS = "".join(chr(plane << 16 | 0xFFFE | last) for plane in range(17) for last in (0, 1))  # of planes: no characters
UNSTORABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{ENDS}]")


@dataclass(frozen=True, slots=True)
class Draft:
    """What someone typed and chose. Codes of vocabularies, or None where nothing was chosen."""

    text: str = ""
    proposal: str = ""
    kind: str | None = None
    theme: str | None = None
    area: str | None = None
    sector: str | None = None
    group: str | None = None
    scale: str | None = None
    named: bool | None = True  # None: neither was chosen
    unsure: tuple[str, ...] = ()  # fields that were only guessed, without a clear clue
    confirmed: frozenset[str] = field(default=frozenset())  # marks of the guard's warnings that were seen


@dataclass(frozen=True, slots=True)
class Own:
    """An observation as its writer sees it: why it may not be edited any more, its steps, what it is joined to."""

    row: Observation
    fixed: type[NoLongerEditable] | None = None
    steps: Sequence[Move] = ()
    phenomenon: Phenomenon | None = None
    until: datetime | None = None  # when what a coordinator has deleted goes for good; None: it has gone

    @property
    def last_words(self) -> str:
        """What a coordinator has said last; "" where none has."""
        return next((move.words for move in reversed(self.steps) if move.actor and move.words), "")


def only_sure(draft: Draft) -> Draft:
    """The draft without what was only guessed: the form asks for it."""
    kind, theme = (None if name in draft.unsure else getattr(draft, name) for name in REQUIRED)
    return replace(draft, kind=kind, theme=theme, unsure=())


def draft_of(row: Observation) -> Draft:
    """A stored observation as its writer would have drafted it."""
    return Draft(
        text=row.text,
        proposal=row.proposal,
        kind=row.kind,
        theme=row.theme,
        area=row.area,
        sector=row.sector,
        group=row.client_group,
        scale=row.scale,
        named=row.author is not None,
    )


def tidy(text: str) -> str:
    """The text as typed, trimmed; what no file or database can hold (controls, halves of characters) is a space."""
    return UNSTORABLE.sub(" ", text).strip()


def visible_length(text: str) -> int:
    """How many characters a reader sees; a run of blanks counts as one, zero-width signs as none."""
    return len(" ".join(BLANK.sub(" ", UNSEEN.sub("", text)).split()))


def is_wordless(text: str) -> bool:
    """Whether it has no letters: signs, figures or emojis alone tell nobody what was noticed."""
    return not any(sign.isalpha() for sign in BLANK.sub("", EMOJI.sub("", text)))


def tidied(draft: Draft) -> Draft:
    return replace(draft, text=tidy(draft.text), proposal=tidy(draft.proposal))


def mistakes(draft: Draft, vocabularies: Vocabularies) -> dict[str, str]:
    """Field -> message id for each field that cannot be stored; empty when all is well."""
    found = {name: _choice_mistake(name, getattr(draft, name), vocabularies) for name in FIELDS}
    found["text"] = text_mistake(draft.text)
    if draft.named is None:
        found["feedback"] = N_("Please choose one.")
    if len(draft.proposal) > LONGEST:
        found["proposal"] = N_("At most 3,000 characters fit here.")
    return {name: message for name, message in found.items() if message}


def _choice_mistake(name: str, code: str | None, vocabularies: Vocabularies) -> str | None:
    if code is None:
        return N_("Please choose one.") if name in REQUIRED else None
    return None if code in vocabularies.codes(name) else CHOICE_GONE


def text_mistake(text: str) -> str | None:
    """The message id of what is wrong with an observation's text, or None."""
    if visible_length(text) < SHORTEST:
        return N_("Please write at least 10 characters: what have you noticed?")
    if is_wordless(text):
        return N_("Please write in words what you have noticed.")
    if len(text) > LONGEST:
        return N_("At most 3,000 characters fit here.")
    return None


def codes_in(text: str) -> set[str]:
    """Whatever in a text may be a receipt code, however it is written or spaced, in the one form of codes."""
    signs = re.sub(r"[^A-Z0-9]", "", see_through(text).text.upper())
    return {_in_groups(found[1]) for found in re.finditer(rf"(?=([{ALPHABET}]{{12}}))", signs)}


def _in_groups(signs: str) -> str:
    return "-".join(re.findall("....", signs))


def guard(draft: Draft, key: bytes, *, asks_of_urgent: bool = True) -> None:
    """Raises PersonalDataFound for what the privacy guard finds and the person has not confirmed; else does nothing.

    What sounds like an emergency or a notice is asked about too, since nobody helps at once through here; where it has
    been asked about already, it counts as confirmed.
    """
    texts = {name: getattr(draft, name) for name in ("text", "proposal")}
    found = found_in(texts)
    sounds = {name: {"urgent": words} for name, text in texts.items() if (words := urgent(text))}
    for name, kinds in sounds.items():
        found[name] |= kinds
    refuse(found, key, draft.confirmed if asks_of_urgent else draft.confirmed | _marks_of(sounds, key))


def is_warned(draft: Draft, key: bytes) -> bool:
    """Whether the guard asks about the draft, which its writer sends all the same."""
    try:
        guard(replace(draft, confirmed=frozenset()), key)
    except PersonalDataFound:
        return True
    return False


def _marks_of(found: Found, key: bytes) -> frozenset[str]:
    try:
        refuse(found, key)
    except PersonalDataFound as asked:
        return asked.seen
    return frozenset()


def stopped_in(text: str) -> tuple[str, ...]:
    """The kinds of personal data for which the guard would stop the text."""
    return tuple(kind for kind in found_in({"text": tidy(text)})["text"] if KINDS[kind] == "block")


def lines_of(text: str) -> list[str]:
    """The observations of a command: one a line, lines with nothing to see left out."""
    return [line.strip() for line in re.split(r"[\n\r\u2028\u2029\u0085]+", text) if visible_length(line)]


def receipt_code(key: bytes, nonce: str) -> str:
    """The code of a no-name observation, "ABCD-EFGH-JKMN": the same form gives the same code on every try."""
    number = int.from_bytes(keyed(key, "receipt", nonce))
    signs = [ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(12)]
    return _in_groups("".join(signs))


def code_hash(key: bytes, code: str) -> str:
    """What is stored of a receipt code."""
    return "code:" + keyed(key, "code", code).hex()


def is_long_as_a_code(text: str) -> bool:
    """Whether it has as many letters and figures as a receipt code, some of which no code has."""
    return re.fullmatch("[A-Z0-9]{12}", _signs_of(text)) is not None


def read_code(text: str) -> str | None:
    """A receipt code as a person types it (any case, any dashes or none, look-alikes) in its one form, or None."""
    signs = _signs_of(text)
    return _in_groups(signs) if re.fullmatch(f"[{ALPHABET}]{{12}}", signs) else None


def _signs_of(text: str) -> str:
    return re.sub(r"[\s-]", "", see_through(text).text).upper()
