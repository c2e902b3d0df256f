"""An own observation opened whole: its words, and everything that has become of it, for its writer alone."""

from bot.blocks.observations._own import history, joined_to, line
from bot.blocks.observations._receipt import details, gone
from bot.blocks.parts import Block, actions, button, context, divider, modal, quotes, section
from bot.rules.observations import Own
from bot.rules.statuses import GONE
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

WHOLE = 20_000  # characters as sent, of a text: a modal is limited by its blocks alone


def own_page(t: Texts, vocabularies: Vocabularies, own: Own, code: str = "") -> Block:
    """The modal; `code` is the receipt code of one without a name, which goes along in the button."""
    row = own.row
    if row.status in GONE:
        return modal("observations.own", row.number, t("Close"), [section(gone(t, row.number, row.status))])
    writes = button("feedback.reply", t("Write to the coordinator"), row.number)
    if code:
        writes = button("observations.answer_by_code", t("Write to the coordinator"), code)
    blocks = [
        section("\n".join(filter(None, [line(t, vocabularies, row, own.phenomenon), details(t, vocabularies, row)]))),
        *quotes(row.text, most=WHOLE),
        *words_of_proposal(t, row.proposal),
        divider(),
        *joined_to(t, own.phenomenon),
        *(
            history(t, own.steps)
            or [context(t("No coordinator has written yet. They aim to read this within 14 days."))]
        ),
        actions(writes),
    ]
    return modal("observations.own", row.number, t("Close"), blocks)


def words_of_proposal(t: Texts, proposal: str) -> list[Block]:
    """The proposal whole, under its heading; nothing where there is none."""
    heading = t("Proposal for action")
    return [section(f"*{heading}*"), *quotes(proposal, most=WHOLE)] if proposal else []
