"""How it is said by how many people a phenomenon was met: the same words wherever it is shown."""

from bot.rules.phenomena import Met
from bot.texts import Texts


def noticed(t: Texts, met: Met) -> str:
    """One sentence; no number where the people are few, and nothing where there are none."""
    if not met.people:
        return ""
    if met.are_few:
        return t("A few people have noticed this.")
    said = t.many("One person has noticed this", "{n} people have noticed this", met.people)
    where = t.many("in one area", "in {n} areas", met.areas)
    return f"{said} {where}." if met.areas else f"{said}."
