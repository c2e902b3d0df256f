"""What came another way: told by phone, in a meeting or on paper, or by a team; how many people stand behind it."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.errors import N_

TEAM = "team"
WAYS = {
    TEAM: N_("From my team"),
    "phone": N_("By phone"),
    "meeting": N_("In a meeting"),
    "paper": N_("On paper or by e-mail"),
}
MOST = 9999
HOW_MANY = N_("A whole number, at least 1: how many people stand behind it?")
CHOOSE_WAY = N_("Choose how it came.")


@dataclass(frozen=True, slots=True)
class Told:
    """How something came, and how many people stand behind it: None where what was typed is no such number."""

    way: str = TEAM
    people: int | None = 1


def read_people(text: str) -> int | None:
    """How many people, as somebody has typed it; None for what is no such number."""
    plain = text.strip()
    number = int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= len(str(MOST)) else 0
    return number or None


def open_to(*, coordinator: bool) -> Collection[str]:
    """The ways that a person may tell of: a member tells for the team, a coordinator of any."""
    return tuple(WAYS) if coordinator else (TEAM,)
