"""How a person's own settings look, and reading them back."""

from bot.blocks.parts import Block, actions, button, context, date_input, field, modal, radio, select
from bot.blocks.submissions import above, carrying, day_of, value_in
from bot.rules.people import Choices
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

CALLBACK = "people.settings"
AS_IN_SLACK = "slack"
NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}  # each in its own language


def form(t: Texts, vocabularies: Vocabularies, choices: Choices, response_url: str, notice: str = "") -> Block:
    """The settings with what the person has chosen; where they were asked for goes along."""
    languages = [(AS_IN_SLACK, t("As in Slack")), *NAMES.items()]
    reminders = [("on", t("Yes, remind me")), ("off", t("No messages"))]
    blocks = [
        *above(notice),
        field("language", t("Language"), radio("language", languages, choices.language or AS_IN_SLACK)),
        field(
            "reminders",
            t("Messages that remind you to report"),
            radio("reminders", reminders, "on" if choices.reminders else "off"),
        ),
        field(
            "absence_start",
            t("Away from"),
            date_input("absence_start", choices.absence_start),
            t("While you are away I do not remind you. The reason is not asked."),
            optional=True,
        ),
        field("absence_end", t("Away until"), date_input("absence_end", choices.absence_end), optional=True),
        field(
            "area",
            t("Area that is filled in for you"),
            select("area", vocabularies.options("area", t.language), choices.area, t("Choose")),
            optional=True,
        ),
        context(t("A palm tree as your status in Slack also counts as being away.")),
        actions(button("own_data.open", t("What is stored of me"), "open")),
    ]
    return carrying(modal(CALLBACK, t("My settings"), t("Cancel"), blocks, t("Save")), {"r": response_url})


def read_form(view: object) -> Choices:
    """What the form holds, whatever is missing or odd in it."""
    language, area = value_in(view, "language"), value_in(view, "area")
    return Choices(
        language=None if language in (None, AS_IN_SLACK) else str(language),
        reminders=value_in(view, "reminders") != "off",
        absence_start=day_of(value_in(view, "absence_start")),
        absence_end=day_of(value_in(view, "absence_end")),
        area=str(area) if area else None,
    )
