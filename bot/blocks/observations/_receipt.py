"""The receipt: what was understood, with one tap to correct it; and the code of a no-name observation."""

from collections.abc import Sequence

from bot.blocks.parts import (
    Block,
    actions,
    button,
    confirm,
    context,
    header,
    modal,
    plain,
    quote,
    section,
    select,
    shown,
)  # fmt: skip
from bot.rules.statuses import NAMES
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Observation, Phenomenon

LONGEST_TITLE = 150
FIRST_WORDS = 80
Message = tuple[str, list[Block]]  # the text for notifications, and the blocks


def receipt(
    t: Texts, vocabularies: Vocabularies, row: Observation, alike: Sequence[tuple[Phenomenon, int]] = ()
) -> Message:
    """The bot's private message about a named observation: number, how it was classified, first words, what is next.

    `alike`: published phenomena that may be the same, each with how often it was met.
    """
    text = t("Thank you. Observation {number} is filed.", number=row.number)
    menus = [_menu(t, vocabularies, name, code) for name, code in _guessed(row)]
    return text, [
        section(f"*{text}*\n{classified(t, vocabularies, row)}"),
        quote(row.text, FIRST_WORDS),
        {**actions(*menus), "block_id": f"correct.{row.number}"},
        _change(t, row),
        *_alike(t, row, alike),
        context(t("Something to mend? Choose another above. Only the coordinator sees your name, and aims to read this"
                  " within 14 days.")),
        context(t("Raportoi is not for emergencies. In an emergency, call 112.")),
    ]  # fmt: skip


def _alike(t: Texts, row: Observation, alike: Sequence[tuple[Phenomenon, int]]) -> list[Block]:
    """One press joins in; never another person's text, only the coordinators' titles."""
    if not alike:
        return []
    lines = [_joinable(t, row, one, count) for one, count in alike]
    return [section(t("Is one of these the same?")), *lines]


def _joinable(t: Texts, row: Observation, one: Phenomenon, count: int) -> Block:
    met = t.many("Met {n} time", "Met {n} times", count)
    same = button("observations.same", t("Same phenomenon"), f"{one.number} {row.number}")
    return {"type": "section", "text": plain(f"”{shown(one.title, LONGEST_TITLE)}”\n{met}"), "accessory": same}


def _change(t: Texts, row: Observation) -> Block:
    withdraw = button("observations.undo", t("Withdraw observation"), row.number)
    withdraw["confirm"] = confirm(
        t("Withdraw the observation?"), t("Its words cannot be brought back."), t("Withdraw observation"), t("Keep it")
    )
    return {**actions(button("observations.edit", t("Edit"), row.number), withdraw), "block_id": f"change.{row.number}"}


def classified(t: Texts, vocabularies: Vocabularies, row: Observation) -> str:
    """Kind, theme and area in one line; a code that no list knows any more is shown as it is, as "other"."""
    labels = [_label(t, vocabularies, name, code) for name, code in _guessed(row)]
    return " · ".join(label for label in labels if label)


def _guessed(row: Observation) -> tuple[tuple[str, str | None], ...]:
    return ("kind", row.kind), ("theme", row.theme), ("area", row.area)


def _menu(t: Texts, vocabularies: Vocabularies, name: str, code: str | None) -> Block:
    stands = _label(t, vocabularies, name, code) or t("Area")
    return select(f"observations.set_{name}", vocabularies.options(name, t.language), code, stands)


def _label(t: Texts, vocabularies: Vocabularies, vocabulary: str, code: str | None) -> str:
    if not code:
        return ""
    label = vocabularies.label(vocabulary, code, t.language)
    return label or t("other ({code})", code=shown(code, 20))


def one_sentence(t: Texts, vocabularies: Vocabularies, rows: Sequence[Observation]) -> Message:
    """What is said at the command itself."""
    numbers = ", ".join(row.number for row in rows)
    text = t.many(
        "Filed: {numbers}. I sent you the receipt as a private message. There you can correct, edit or withdraw it.",
        "{n} observations filed: {numbers}. I sent you the receipts as private messages.",
        len(rows),
        numbers=numbers,
    )
    if len(rows) == 1:
        text = f"{text}\n{classified(t, vocabularies, rows[0])}"
    return text, [section(text)]


def withdrawn(t: Texts, row: Observation) -> Message:
    """What a receipt turns into when its observation is taken back."""
    text = t("Observation {number} was withdrawn. Its words are no longer stored.", number=row.number)
    return text, [section(text)]


def code_receipt(t: Texts, vocabularies: Vocabularies, row: Observation, code: str) -> Block:
    """The only place where a receipt code is ever shown: a modal, since messages stay in Slack's history."""
    text = t("Thank you. Observation {number} is filed without your name.", number=row.number)
    blocks = [
        section(f"*{text}*\n{classified(t, vocabularies, row)}"),
        section(t("Your receipt code is shown this once. Write it down:")),
        header(code),
        section(t("With it you can see how the matter proceeds: `/raportoi tila {code}`", code=code)),
        context(t("The coordinator does not see your name, and aims to read this within 14 days.")),
    ]
    return modal("observations.code", t("Filed"), t("Done"), blocks)


def own_list(t: Texts, vocabularies: Vocabularies, rows: Sequence[Observation], *, to_change: bool = True) -> Message:
    """A person's own observations, the newest first, with their statuses, and (`to_change`) the ways to change them."""
    if not rows:
        text = t("You have not filed observations with your name yet. Start with `/raportoi`.")
        return text, [section(text)]
    text = t("Your latest observations")
    lines = [
        block
        for row in rows
        for block in (
            section(_line(t, vocabularies, row)),
            quote(row.text, FIRST_WORDS),
            *([_change(t, row)] if to_change and row.status == "uusi" else []),
        )
    ]
    return text, [section(f"*{text}*"), *lines]


def _line(t: Texts, vocabularies: Vocabularies, row: Observation) -> str:
    status = t(NAMES[row.status]) if row.status in NAMES else row.status
    return f"*{row.number}* · {t.date(row.filed_on)} · {status}\n{classified(t, vocabularies, row)}"


def status_note(t: Texts, vocabularies: Vocabularies, row: Observation) -> Message:
    """How a no-name observation proceeds, told to whoever has its code."""
    text = _line(t, vocabularies, row)
    return text, [section(text)]
