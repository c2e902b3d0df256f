"""Every word a person reads: English stands in the code, Finnish and Swedish in fi.po and sv.po beside this file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, get_day_names
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("fi", "sv", "en")
DEFAULT = "fi"


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language: `t("Undo")`, `t("Observation {number}", number=…)`, `t.many(one, many, n)`."""

    language: str

    def __call__(self, message: str, /, **values: object) -> str:
        return str(_catalogue(self.language).get(message, message)).format(**values)

    def many(self, one: str, many: str, n: int, **values: object) -> str:
        """The form of the message that fits the number `n`, which is filled in as {n}."""
        forms = _catalogue(self.language).get((one, many), (one, many))
        return str(forms[n != 1]).format(n=n, **values)

    def listed(self, things: Sequence[str]) -> str:
        """The things in a row, the last with "and": a, b ja c."""
        return format_list(things, locale=self.language)

    def day(self, day: date) -> str:
        """The day with its weekday's short name: ma 30.11.2026, må 30.11.2026, Mon 30 Nov 2026."""
        names = get_day_names("abbreviated" if self.language == "en" else "short", "stand-alone", self.language)
        return f"{names[day.weekday()]} {self.date(day)}"

    def date(self, day: date) -> str:
        """The day as the language writes it: 25.11.2026, 25.11.2026, 25 Nov 2026."""
        return format_date(day, "d MMM y" if self.language == "en" else "d.M.y", locale=self.language)

    def clock(self, at: time) -> str:
        """The time of day as the language writes it: 9.00, 9.00, 09:00."""
        return f"{at:%H:%M}" if self.language == "en" else f"{at.hour}.{at:%M}"

    def number(self, value: float) -> str:
        """The number with one decimal at most, as the language writes it: 1,5, 1,5, 1.5."""
        return str(format_decimal(value, "#,##0.#", self.language))

    def weekday(self, number: int) -> str:
        """The weekday's name; 0 is Monday: torstai, torsdag, Thursday."""
        return str(get_day_names("wide", "stand-alone", self.language)[number])


def language_of(locale: str | None, default: str = DEFAULT) -> str:
    """One of LANGUAGES for Slack's locale (sv-SE, en-GB); the default where it is unknown or missing."""
    language = (locale or "").replace("_", "-").partition("-")[0].lower()
    return language if language in LANGUAGES else default


@cache
def _catalogue(language: str) -> Mapping[Any, Any]:
    """The words by the English ones: a text by a text, and a pair by a pair, of one thing and of other numbers."""
    path = Path(__file__).with_name(f"{language}.po")
    if not path.exists():  # English: the ids are the words
        return {}
    with path.open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale=language)}
