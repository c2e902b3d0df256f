"""The short notes around filing: help, an offer to file, what the guard found, what went wrong."""

from collections.abc import Iterable, Mapping

from bot.blocks.parts import Block, Message, actions, button, context, modal, quote, said, section
from bot.errors import N_, InvalidDraft, PersonalDataFound, Problem
from bot.rules.commands import Command, help_of
from bot.rules.cuts import head
from bot.rules.summaries import SMALL_NUMBER
from bot.texts import Texts

SMALL = N_("A small number may reveal somebody. Write “a few”.")
MOST_PARTS = 16  # four answers, of the five that a command takes

FOUND = {  # what the privacy guard found, said by its type, never by what it was
    "identity_code": N_("a personal identity code"),
    "doubtful_code": N_("something like a personal identity code"),
    "birth_date": N_("a date of birth"),
    "iban": N_("a bank account number"),
    "mobile": N_("a mobile phone number"),
    "landline": N_("a phone number"),
    "email": N_("an e-mail address"),
    "handle": N_("a user name of another channel"),
    "street_address": N_("a street address"),
    "flat_address": N_("a home address"),
    "postcode": N_("a postal address"),
    "coordinates": N_("coordinates on a map"),
    "plate": N_("a car's register number"),
    "business_id": N_("a business ID"),
    "case_number": N_("a client or case number"),
    "oid": N_("an identifier of a health or client record"),
    "name": N_("a person's name"),
    "age_and_place": N_("an age together with a place"),
    "age_and_small_place": N_("an age together with a small place"),
    "url": N_("a link"),
    "receipt_code": N_("a receipt code"),
}

ANYWAY = {  # a form's button -> the same after the guard has asked
    N_("Send"): N_("Send anyway"),
    N_("Save"): N_("Save anyway"),
    N_("Publish"): N_("Publish anyway"),
    N_("Preview"): N_("Preview anyway"),
    N_("Delete"): N_("Delete anyway"),
}
HELP = (
    N_("*Tell what you have noticed.* `/raportoi` opens a form. Faster still: `/raportoi` and a sentence."),
    N_("Several lines make several observations, at most ten. I guess kind, theme and area; you correct them."),
    *help_of(Command.REPORT),
    N_("Write on a general level: nothing that a client could be known by. One line is filed with your name, which only"
       " the coordinator sees. In the form you can also file without a name."),
)  # fmt: skip


def notice(t: Texts, text: str) -> Block:
    """A modal that only says something."""
    return modal("observations.notice", "Raportoi", t("Close"), [section(text)])


def help_note(t: Texts) -> Message:
    text = "\n\n".join(t(line) for line in HELP)
    return text, [*(section(t(line)) for line in HELP), _form_button(t, "")]


def help_page(t: Texts) -> Block:
    """The same in a modal."""
    return modal("observations.help", t("Help"), t("Close"), [section(t(line)) for line in HELP])


def answer_to_message(t: Texts, kinds: Iterable[str], ticket: str) -> Message:
    """To what is written to the bot: it is not stored, and client data in it must go from Slack too."""
    text = t("What you write here is not stored as an observation. Shall I open the form with your text in it?")
    if found := _list(t, kinds):
        text = t(
            "Your message seems to hold {found}. I did not store it, but it is still in Slack. Please delete it.",
            found=found,
        )
    return trouble(t, text, ticket)


def offer(t: Texts, text: str, ticket: str) -> Message:
    """Asks whether a sentence that begins with a word of its own meaning is to be filed; `text` may be left out."""
    question = t("Did you mean this as an observation? It is not stored yet.")
    return question, [
        section(question),
        *([quote(text, 300)] if text else []),
        _form_button(t, ticket, t("Open it in the form")),
        context(t("Looking for help? Type `/raportoi help`.")),
    ]


def trouble(t: Texts, text: str, ticket: str) -> Message:
    """What went wrong, with the way back to the words."""
    return text, [section(text), _form_button(t, ticket)]


def leftovers(t: Texts, rest: str) -> list[Message]:
    """The end of a text that was too long for the form, given back whole to its writer alone."""
    text = t("This part of your text did not fit in the form:")
    parts: list[Block] = []
    while rest and len(parts) < MOST_PARTS:
        part, rest = head(rest, 500)  # every sign may take five when it is escaped
        parts.append(quote(part))
    return [(text, [section(text), *parts[start : start + 4]]) for start in range(0, len(parts), 4)]


def _form_button(t: Texts, ticket: str, label: str = "") -> Block:
    return actions(button("observations.open_form", label or t("Open the form"), ticket or "new", "primary"))


def refusal(t: Texts, problem: Problem) -> Block:
    """What stands in place of a form that is not for this person, or not to be had now."""
    return notice(t, t(problem.message, **problem.values))


def submit_label(t: Texts, button: str, *, warned: object) -> str:
    """What stands on a form's button, one of ANYWAY: the same deed by another name where the guard asks."""
    return t(ANYWAY[button] if warned else button)


def explained(t: Texts, problem: Problem | None, button: str = "Send") -> str:
    """What stands above a form that comes back; `button` is its own, one of ANYWAY."""
    if problem is None:
        return ""
    if isinstance(problem, PersonalDataFound) and not problem.blocked:
        return warned(t, problem, button)
    return " ".join(dict.fromkeys(field_errors(t, problem).values())) or t(problem.message, **problem.values)


def seen_in(problem: Problem | None) -> frozenset[str]:
    """Marks of the warnings that the form now shows, so that sending it again confirms them and no others."""
    return problem.seen if isinstance(problem, PersonalDataFound) and not problem.blocked else frozenset()


def field_errors(t: Texts, problem: Problem) -> dict[str, str]:
    """Field -> sentence. What the guard found is named by its type; warnings have no field, they can be sent anyway."""
    if isinstance(problem, InvalidDraft):
        return {name: t(message) for name, message in problem.fields.items()}
    blocked = problem.blocked if isinstance(problem, PersonalDataFound) else {}
    return {name: stopped(t, kinds) for name, kinds in blocked.items()}


def stopped(t: Texts, kinds: Iterable[str]) -> str:
    return t(
        "The text seems to hold {found}. Nothing was stored. Please change it and send again.", found=_list(t, kinds)
    )


def not_searched(t: Texts, kinds: Iterable[str]) -> Message:
    """The answer to a search for something that is never stored."""
    text = t("The search words seem to hold {found}. I did not search. Please use other words.", found=_list(t, kinds))
    return said(text)


def warned(t: Texts, problem: PersonalDataFound, button: str) -> str:
    """The sentence above a form whose text may identify somebody; `button` is the form's own, one of ANYWAY."""
    kinds, anyway = _all(problem.warned), submit_label(t, button, warned=True)
    if "urgent" in kinds:
        return t(
            "Nothing is stored yet. If somebody is in danger, call 112: nobody helps at once through Raportoi. A notice"
            " of concern is made elsewhere: press Wrong channel? If this is a general observation, press {button}.",
            button=anyway,
        )
    others = [kind for kind in kinds if kind != SMALL_NUMBER]
    said = (
        [t(SMALL), t("Nothing is stored yet. Change it, or press {button}.", button=anyway)] if others != kinds else []
    )
    if others:
        said.append(
            t(
                "The text may hold {found}. Nothing is stored yet. Change it, or press {button} if no client can be"
                " known by it.",
                button=anyway,
                found=_list(t, others),
            )
        )
    return " ".join(said)


def _all(found: Mapping[str, tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(kind for kinds in found.values() for kind in kinds))


def _list(t: Texts, kinds: Iterable[str]) -> str:
    return t.listed([t(FOUND[kind]) for kind in kinds])
