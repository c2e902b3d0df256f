"""The form: drawn from a draft, read back to a draft, and what stands in its place while it loads or saves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.blocks.observations._notes import submit_label
from bot.blocks.parts import (
    Block,
    Option,
    actions,
    button,
    context,
    divider,
    field,
    modal,
    radio,
    section,
    select,
    text_input,
)  # fmt: skip
from bot.blocks.submissions import above, carried_in, carrying, confirmed_in
from bot.errors import N_
from bot.rules.cuts import head
from bot.rules.observations import LONGEST, REQUIRED, Draft
from bot.rules.vocabularies import Vocabularies
from bot.slack import Act, dig
from bot.texts import Texts

CALLBACK = "observations.form"
PRIVACY = N_(
    "Write on a general level. No names, identity codes, addresses or anything else that a client could be known by."
)
CHANNELS = (  # what cannot wait stands first
    N_("*Urgent danger:* 112."),
    N_("*Worry about a child:* a child welfare notification to Varha's child welfare or emergency social services."),
    N_("*A general phenomenon, need, good practice or weak signal:* `/raportoi`. It holds no client data."),
    N_("*A shortcoming, a clear threat of one or another breach of law in the service that a client is given:* a"
       " shortcoming report (epäkohtailmoitus, SPro or HaiPro) to the person responsible for the service unit or"
       " another who supervises it. It must be made without delay (Supervision Act 741/2023). If the matter is not"
       " put right without delay, you may report it to the Finnish Supervisory Agency (LVV)."),
    N_("*Worry about one adult:* a notice of concern (huoli-ilmoitus) to the social services of Varha."),
    N_("*Need of a guardian (edunvalvonta):* the Digital and Population Data Services Agency (DVV)."
       " *A crime:* the police."),
    N_("*A serious breach of law that the Whistleblower Act 1171/2022 lists:* your employer's whistleblowing channel."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ObservationRead:
    """A submitted form: the draft, and what the form carried along to make sending it twice harmless."""

    draft: Draft
    nonce: str
    language: str
    number: str = ""  # of the observation that is edited; "" for a new one
    response_url: str = ""
    code: str = ""  # of the no-name observation that is edited
    command: str = ""  # that opened it: its answers are in the language of its name

    @property
    def edits(self) -> bool:
        return bool(self.number or self.code)

    @property
    def submit(self) -> str:
        """What the form's button does."""
        return "Save" if self.edits else "Send"


def form(
    t: Texts, vocabularies: Vocabularies, read: ObservationRead, notice: str = "", *, warned: bool = False
) -> Block:
    """The form filled with the draft. `notice` stands first; after a warning the button says so in its name."""
    draft = read.draft
    blocks = [
        *above(notice),
        context(t(PRIVACY)),
        actions(button("observations.wrong_channel", t("Wrong channel?"), "routing")),
        *_what(t, vocabularies, draft),
        divider(),
        context(t("The rest is optional.")),
        *_details(t, vocabularies, draft),
        *([] if read.edits else [_feedback(t, draft)]),
        *(above(notice) if warned else []),
    ]
    title = t("Edit observation") if read.edits else t("File an observation")
    view = modal(CALLBACK, title, t("Cancel"), blocks, submit_label(t, read.submit, warned=warned))
    return carrying(view, _carried(read))


def _what(t: Texts, vocabularies: Vocabularies, draft: Draft) -> list[Block]:
    kinds, themes = vocabularies.options("kind", t.language), vocabularies.options("theme", t.language)
    hints = {
        "M": t("Something that went well and is worth spreading"),
        "H": t("An early or unclear sign of change; a hunch is enough"),
    }
    ask = t("What have you noticed?")
    return [
        field(
            "kind",
            t("Kind of observation"),
            radio("kind", kinds, draft.kind, hints),
            t("This is not a statutory shortcoming report (epäkohtailmoitus)."),
        ),
        field(
            "theme",
            t("Theme"),
            select("theme", themes, draft.theme, dict(themes).get(draft.theme or "", t("Choose a theme"))),
        ),
        field("text", t("Observation"), text_input("text", draft.text, ask, LONGEST)),
    ]


def _details(t: Texts, vocabularies: Vocabularies, draft: Draft) -> list[Block]:
    def options(vocabulary: str) -> Sequence[Option]:
        return vocabularies.options(vocabulary, t.language)

    how, choose = t("What should be done?"), t("Choose")
    return [
        field(
            "proposal", t("Proposal for action"), text_input("proposal", draft.proposal, how, LONGEST), optional=True
        ),
        field("area", t("Area"), select("area", options("area"), draft.area, choose), optional=True),
        field("sector", t("Sector"), select("sector", options("sector"), draft.sector, choose), optional=True),
        field("group", t("Client group"), select("group", options("group"), draft.group, choose), optional=True),
        field("scale", t("How many clients?"), radio("scale", options("scale"), draft.scale), optional=True),
    ]


def _feedback(t: Texts, draft: Draft) -> Block:
    options = [
        ("named", t("With my name (only the coordinator sees it)")),
        ("anonymous", t("Without my name (you get a receipt code)")),
    ]
    hint = t(
        "If you file without a name, the coordinator does not see your name. Slack itself still handles your account."
        " You follow the matter with the code."
    )
    chosen = "named" if draft.named else "anonymous"
    return field("feedback", t("With your name or without?"), radio("feedback", options, chosen), hint)


def _carried(read: ObservationRead) -> dict[str, Any]:
    confirmed = sorted(read.draft.confirmed)
    carried = {"n": read.nonce, "l": read.language, "e": read.number, "c": confirmed, "r": read.response_url}
    return carried | ({"k": read.code} if read.code else {}) | ({"h": read.command} if read.command else {})


NAMES = ("text", "proposal", "kind", "theme", "area", "sector", "group", "scale")


def read_form(view: Any) -> ObservationRead:
    """What a form holds, whatever is missing or odd in it; only what was typed and chosen counts."""
    values = {name: _value(view, name) for name in (*NAMES, "feedback")}
    carried = carried_in(view)
    return ObservationRead(
        draft=Draft(
            text=values["text"] or "",
            proposal=values["proposal"] or "",
            **{name: values[name] for name in NAMES[2:]},
            named=_named(carried, values["feedback"]),
            unsure=(),
            confirmed=confirmed_in(carried),
        ),
        nonce=str(carried.get("n") or dig(view, "id") or ""),
        language=str(carried.get("l") or ""),
        number=str(carried.get("e") or ""),
        response_url=str(carried.get("r") or ""),
        code=str(carried.get("k") or ""),
        command=str(carried.get("h") or ""),
    )


def _named(carried: dict[str, Any], chosen: str | None) -> bool | None:
    """With a name or without; what is edited stays as it was."""
    if carried.get("e") or carried.get("k"):
        return not carried.get("k")
    return {"named": True, "anonymous": False}.get(chosen or "")


def _value(view: Any, name: str) -> str | None:
    """One field's value. Slack may send a required one empty that nobody changed: then it is the value drawn."""
    chosen = _chosen(dig(view, "state", "values", name, name), "selected_option", "value")
    if chosen is None and name in (*REQUIRED, "text", "feedback"):
        blocks = dig(view, "blocks")
        drawn = [block for block in blocks if dig(block, "block_id") == name] if isinstance(blocks, list) else []
        return _chosen(dig(drawn, 0, "element"), "initial_option", "initial_value")
    return chosen


def _chosen(element: Any, option: str, text: str) -> str | None:
    value = dig(element, option, "value") or dig(element, text)
    return value if isinstance(value, str) else None


def loading() -> Block:
    """Stands at once where the person's language is not known yet, so in all three."""
    blocks = [section("Lomake avautuu…  ·  Formuläret öppnas…  ·  The form is opening…")]
    return modal("observations.loading", "Raportoi", "OK", blocks)


def saving(t: Texts) -> Block:
    return modal("observations.saving", "Raportoi", t("Close"), [section(t("Saving…"))])


def routing(t: Texts) -> Block:
    """Which matter belongs to which channel (law and practice as of 2026)."""
    return modal("observations.routing", t("Which channel?"), t("Back"), _channels(t))


def routing_first(t: Texts, ticket: str, act: Act) -> Block:
    """The same for a text that sounds like a notice, and the way to file it all the same; the ticket has its words."""
    text = t(
        "This sounds like a notice that has a channel of its own. Nothing is stored yet, and Raportoi sends nothing on."
        " If somebody is in danger, call 112."
    )
    anyway = button("observations.file_anyway", t("File as an observation anyway"), ticket)
    general = t("Is it a general observation, of which no client can be known? Then it belongs here.")
    blocks = [*above(text), *_channels(t), divider(), section(general), actions(anyway)]
    view = modal("observations.routing", t("Which channel?"), t("Close"), blocks)
    return carrying(view, {"r": act.response_url, "h": act.command})


def _channels(t: Texts) -> list[Block]:
    return [section(t(line)) for line in CHANNELS]


def fitted(text: str) -> tuple[str, str]:
    """What of a long text fits in the form, and the rest."""
    return head(text, LONGEST)
