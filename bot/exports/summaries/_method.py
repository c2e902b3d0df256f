"""How the knowledge was gathered, for a reader who wants to judge it."""

from bot.exports.content import Points, Section
from bot.exports.summaries._words import Words, period_in_words


def section(words: Words) -> Section:
    t, tables = words.t, words.found.tables
    told = (
        t("The observations come from practitioners of adult social work who belong to the network: social workers,"
          " counsellors and others who meet clients. They report as part of their work, on a general level."),
        t("A coordinator reads every observation, joins those that tell of the same into phenomena, and writes their"
          " texts. No reporter's own text is printed."),
        t("The network has set its own limit: a group of fewer than {floor} people is counted together with others."
          " All who filed without a name count as one person.", floor=tables.floor),
        t("The periods are half-years: October to March and April to September."),
        *_frozen(words),
    )  # fmt: skip
    return Section(t("How the knowledge was gathered"), (Points(told),))


def _frozen(words: Words) -> list[str]:
    t, tables = words.t, words.found.tables
    if words.found.is_working_paper:
        return [t("These numbers are as they stood on {day}. They are not frozen.", day=t.date(tables.made_on))]
    return [
        t(
            "The numbers of {period} were counted once, on {day}, and do not change: version {version}.",
            period=period_in_words(t, one.period),
            day=t.date(one.made_on),
            version=one.version,
        )
        for one in (*words.found.earlier, tables)
    ]
