"""The part of a phenomenon's form that is for the half-year summary, and reading it back. Nothing in it is required."""

from bot.blocks.parts import Block, context, field, line_input, section, select, text_input
from bot.blocks.submissions import value_in
from bot.errors import N_
from bot.rules.observations import LONGEST
from bot.rules.phenomena import ADDRESSEES, PLACES, PhenomenonDraft
from bot.rules.statuses import LONGEST_LINE
from bot.rules.summaries import STATISTIC, indicators
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

NONE = "none"  # of a menu
LINES = {
    "actor": (N_("Who answers for it"), None),
    "deadline": (N_("By when"), None),
    "cost": (N_("Cost"), N_("An estimate, or “not estimated”.")),
    "goal": (N_("Goal of the wellbeing plan that this belongs to"), None),
}


def for_summary(t: Texts, vocabularies: Vocabularies, draft: PhenomenonDraft) -> list[Block]:
    title, nowhere = t("For the half-year summary"), t("Not chosen")
    places = [(NONE, nowhere), *((code, t(label)) for code, label in PLACES.items())]
    whom = [(NONE, nowhere), *((code, t(label)) for code, label in ADDRESSEES.items())]
    lines = [
        field(name, t(label), line_input(name, getattr(draft, name), LONGEST_LINE), hint and t(hint), optional=True)
        for name, (label, hint) in LINES.items()
    ]
    who, rows = t("Who does what, and by when."), t("Write or paste here")
    return [
        section(f"*{title}*"),
        field("kind", t("Where it stands"), select("kind", places, draft.kind or NONE, t("Choose"))),
        field("proposal", t("Proposal"), text_input("proposal", draft.proposal, who, LONGEST), who, optional=True),
        field("addressee", t("Whom it is for"), select("addressee", whom, draft.addressee or NONE, t("Choose"))),
        *lines,
        field("statistics", t("Statistics beside it"),
              text_input("statistics", draft.statistics, rows, LONGEST), t(STATISTIC), optional=True),
        *_suggested(t, vocabularies, draft.theme),
    ]  # fmt: skip


def _suggested(t: Texts, vocabularies: Vocabularies, theme: str) -> list[Block]:
    """Names of statistics for the theme; the figures are to be looked up at their source."""
    names = indicators(theme, t.language)
    if not names:
        return []
    label = vocabularies.label("theme", theme, t.language) or theme
    text = t("For the theme {theme} for example: {names}. Look the figures up in Sotkanet.", theme=label,
             names="; ".join(names))  # fmt: skip
    return [context(text)]


def read_for_summary(view: object) -> dict[str, str]:
    """Field -> what stands there, "" where nothing does."""
    names = ("kind", "proposal", "addressee", *LINES, "statistics")
    found = {name: str(value_in(view, name) or "") for name in names}
    return {name: "" if value == NONE else value for name, value in found.items()}
