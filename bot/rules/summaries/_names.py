"""How the rows of a table are called, in whatever language the texts are."""

from collections.abc import Collection
from typing import Protocol

from bot.errors import N_
from bot.rules.summaries._merging import MERGED, REST
from bot.rules.summaries._published import NONE
from bot.rules.vocabularies import Vocabularies

WHOLE = "koko"  # an area of its own beside the others: not their total
UNNAMED = N_("Merged groups together")
NAMES = {
    "carried": N_("Carried out or shared"),
    "forward": N_("Taken forward"),
    "handled": N_("Being handled or followed"),
    "closed": N_("Did not lead to action here, or was directed elsewhere"),
    "waiting": N_("Not begun yet"),
}


class Says(Protocol):
    """The words of one language."""

    @property
    def language(self) -> str: ...
    def __call__(self, message: str, /, **values: object) -> str: ...


def row_name(t: Says, vocabularies: Vocabularies, attribute: str, name: str, beside: Collection[str]) -> str:
    """The row's name; of a sub-region whose municipalities have rows `beside` it, that it is the rest of it."""
    if name == MERGED:
        return t(UNNAMED)
    if (attribute, name) == ("area", WHOLE):
        return t("Concerns the whole wellbeing services county")
    if name == NONE:
        return t("Not told")
    if attribute == "outcome":
        return t(NAMES[name])
    place = name.removesuffix(REST)
    label = vocabularies.label(attribute, place, t.language) or t("other ({code})", code=place)
    inside = {term.code for term in vocabularies.terms if term.parent == place}
    return t("{place}, other municipalities", place=label) if name != place and inside & set(beside) else label
