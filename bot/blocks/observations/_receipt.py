"""The receipt: what was understood, with one tap to correct it; and the code of a no-name observation."""

from collections.abc import Mapping, Sequence

from bot.blocks.counts import noticed
from bot.blocks.parts import (
    Block,
    Message,
    actions,
    button,
    confirm,
    context,
    header,
    modal,
    quote,
    said,
    section,
    select,
    shown,
    unmarked,
)
from bot.errors import N_
from bot.rules.block_ids import of_words
from bot.rules.phenomena import Met
from bot.rules.statuses import Status
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Observation, Phenomenon

LONGEST_TITLE = 150
FIRST_WORDS = 80
CHOOSE = {"kind": N_("Choose the kind"), "theme": N_("Choose a theme"), "area": N_("Area")}
ASKS = {
    "kind": N_("*Which kind of observation is this?* Your words did not tell me."),
    "theme": N_("*Which theme is this about?* Your words did not tell me."),
    "kind theme": N_("*Which kind and theme is this?* Your words did not tell me."),
}
OPEN = {
    "kind": N_("The kind of observation is still open: please choose it in the receipt."),
    "theme": N_("The theme is still open: please choose it in the receipt."),
    "kind theme": N_("The kind of observation and the theme are still open: please choose them in the receipt."),
}
AREA_FROM = {
    "text": N_("The area comes from your words."),
    "setting": N_("The area comes from your settings."),
    "form": N_("The area is that of your last form."),
}


def receipt(
    t: Texts,
    vocabularies: Vocabularies,
    row: Observation,
    alike: Sequence[tuple[Phenomenon, Met]] = (),
    fixed: str = "",
    area_from: str = "",
) -> Message:
    """The bot's private message about a named observation: number, how it was classified, first words, what is next.

    What the words did not tell is asked: its menu stands first, with nothing chosen.

    `alike`: published phenomena that may be the same, each with who has met it.
    `fixed` says why it may not be changed any more; then nothing offers to. `area_from`: "text", "setting", "form".
    """
    text = t("Thank you. Observation {number} is filed.", number=row.number)
    asked = [] if fixed else [section(t(ASKS[row.asked]))] if row.asked in ASKS else []
    return text, [
        section("\n".join(filter(None, (f"*{text}*", classified(t, vocabularies, row))))),
        first_words(row),
        *asked,
        *([] if fixed else [_menus(t, vocabularies, row)]),
        *([context(t(AREA_FROM[area_from]))] if area_from else []),
        change(t, row, editable=not fixed),
        *([context(fixed)] if fixed else [
            context(t("If something is wrong, choose another above. Only the coordinator sees your name, and aims to"
                      " read this within 14 days.")),
        ]),
        *_alike(t, row, alike),
        context(t("Raportoi is not for emergencies. In an emergency, call 112.")),
    ]  # fmt: skip


def _menus(t: Texts, vocabularies: Vocabularies, row: Observation) -> Block:
    """A menu for each guessed field, those that are asked first."""
    asked = [_menu(t, vocabularies, name, None) for name in row.asked.split()]
    stated = [_menu(t, vocabularies, name, code) for name, code in _guessed(row)]
    return {**actions(*asked, *stated), "block_id": f"correct.{row.number}"}


def first_words(row: Observation) -> Block:
    """The beginning of what it says. By the id of the block it is found when the observation is withdrawn."""
    return {**quote(row.text, FIRST_WORDS), "block_id": of_words(row.number)}


def _alike(t: Texts, row: Observation, alike: Sequence[tuple[Phenomenon, Met]]) -> list[Block]:
    """One press joins in; never another person's text, only the coordinators' titles."""
    if not alike:
        return []
    lines = [block for one, met in alike for block in _joinable(t, row, one, met)]
    return [section(t("Is one of these the same?")), *lines]


def _joinable(t: Texts, row: Observation, one: Phenomenon, met: Met) -> list[Block]:
    same = button("observations.same", t("Same phenomenon"), f"{one.number} {row.number}")
    opens = button("phenomena.read", t("Open"), one.number)
    return [unmarked(f"”{shown(one.title, LONGEST_TITLE)}”\n{noticed(t, met)}".rstrip()), actions(same, opens)]


def change(t: Texts, row: Observation, action: str = "observations.undo", *, editable: bool, place: str = "") -> Block:
    """The ways to change an own observation; where it cannot be edited any more, the writer may add to it."""
    first = button("observations.edit", t("Edit"), row.number)
    if not editable:
        first = button("feedback.reply", t("Write to the coordinator"), row.number)
    opens = button("observations.open_own", t("Open"), row.number)
    buttons = actions(first, opens, withdrawing(t, action, row.number))
    return {**buttons, "block_id": f"{place or 'change'}.{row.number}"}


def withdrawing(t: Texts, action: str, value: str) -> Block:
    asks = confirm(
        t("Withdraw the observation?"), t("Its words cannot be brought back."), t("Withdraw observation"), t("Keep it")
    )
    return {**button(action, t("Withdraw observation"), value), "confirm": asks}


def classified(t: Texts, vocabularies: Vocabularies, row: Observation) -> str:
    """Kind, theme and area in one line, without what is only guessed; a code that no list knows is shown as "other"."""
    labels = [label_of(t, vocabularies, name, code) for name, code in _guessed(row)]
    return " · ".join(label for label in labels if label)


def guard_asked(t: Texts) -> str:
    """What coordinators read beside one that was sent although the guard asked."""
    return t(
        "Raportoi asked the reporter to check the text before it was sent. Look for yourself whether it identifies"
        " somebody."
    )


def details(t: Texts, vocabularies: Vocabularies, row: Observation) -> str:
    """Sector, client group and extent in one line, as far as they were chosen."""
    codes = (("sector", row.sector), ("group", row.client_group), ("scale", row.scale))
    labels = [vocabularies.label(name, code, t.language) for name, code in codes]
    return " · ".join(label for label in labels if label)


def _guessed(row: Observation) -> tuple[tuple[str, str | None], ...]:
    fields = ("kind", row.kind), ("theme", row.theme), ("area", row.area)
    return tuple((name, code) for name, code in fields if name not in row.asked.split())


def _menu(t: Texts, vocabularies: Vocabularies, name: str, code: str | None) -> Block:
    stands = label_of(t, vocabularies, name, code) or t(CHOOSE[name])
    return select(f"observations.set_{name}", vocabularies.options(name, t.language), code, stands)


def label_of(t: Texts, vocabularies: Vocabularies, vocabulary: str, code: str | None) -> str:
    """The entry's name, "" for no code; a code that no list knows any more is shown as it is."""
    if not code:
        return ""
    label = vocabularies.label(vocabulary, code, t.language)
    return label or t("other ({code})", code=shown(code, 20))


def one_sentence(
    t: Texts, vocabularies: Vocabularies, rows: Sequence[Observation], links: Mapping[str, str] | None = None
) -> Message:
    """What is said at the command itself; `links` lead from the numbers to the receipts, as far as they are known."""
    known_links = links or {}
    numbers = ", ".join(_linked(row.number, known_links.get(row.number, "")) for row in rows)
    text = t.many(
        "Filed: {numbers}. I sent you the receipt as a private message. There you can correct, edit or withdraw it.",
        "{n} observations filed: {numbers}. I sent you the receipts as private messages.",
        len(rows),
        numbers=numbers,
    )
    if len(rows) == 1 and (known := classified(t, vocabularies, rows[0])):
        text = f"{text}\n{known}"
    asked = " ".join(sorted({name for row in rows for name in row.asked.split()}))
    if asked:
        text += "\n" + t(OPEN[asked])
    return said(text)


def _linked(label: str, address: str) -> str:
    return f"<{address}|{label}>" if address else label


def withdrawn(t: Texts, row: Observation) -> Message:
    """What a message about an observation turns into when its words have gone."""
    return said(gone(t, row.number, row.status))


def gone(t: Texts, number: str, status: str) -> str:
    """That the words are not there any more, for whatever reason; true also while they could still come back."""
    if status == Status.DELETED:
        return t("Observation {number} was deleted. Its words are not shown to anybody any more.", number=number)
    return t("Observation {number} was withdrawn. Its words are no longer stored.", number=number)


def code_receipt(t: Texts, vocabularies: Vocabularies, row: Observation, code: str) -> Block:
    """Where a receipt code is shown: a modal, since messages stay in Slack's history."""
    return code_modal(t, code_note(t, vocabularies, row, code))


def code_modal(t: Texts, note: list[Block]) -> Block:
    return modal("observations.code", t("Filed"), t("Done"), note)


def code_waits(t: Texts, ticket: str) -> list[Block]:
    """In App Home, the way to a receipt code whose modal was closed before it could be shown."""
    text = t(
        "Your observation without a name is stored, but its receipt code could not be shown. I keep the code for an"
        " hour."
    )
    return [section(text), actions(button("observations.show_code", t("Show the receipt code"), ticket, "primary"))]


def code_note(t: Texts, vocabularies: Vocabularies, row: Observation, code: str) -> list[Block]:
    text = t("Thank you. Observation {number} is filed without your name.", number=row.number)
    larger = t("The area is stored as a larger one, so that it does not give you away.")
    whole = code.replace("-", "")  # a double click takes it all
    is_larger = row.area and row.area not in vocabularies.codes("area")
    return [
        section(f"*{text}*\n{classified(t, vocabularies, row)}"),
        *([context(larger)] if is_larger else []),
        section(t("Your receipt code is shown this once. Write it down or copy it:")),
        header(code),
        section(t("With it you can see how the matter proceeds:\n```/raportoi tila {code}```", code=whole)),
        context(t("The coordinator does not see your name, and aims to read this within 14 days.")),
        context(t("Nothing is noted of who filed this, so reminders to report come to you as before.")),
    ]
