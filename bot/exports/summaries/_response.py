"""How the network has answered, in three sentences, each only where its number points to nobody."""

from collections.abc import Iterator

from bot.exports.content import Paragraph, Section
from bot.exports.summaries._words import Words
from bot.rules.summaries import LEAST_OBSERVATIONS, MERGED, TAKEN_FORWARD, YES, PublishedTables


def section(words: Words) -> Section:
    t, tables = words.t, words.found.tables
    said = list(_sentences(words)) if tables.total >= LEAST_OBSERVATIONS else []
    few = t("So few observations were filed that no numbers are told of how they were answered.")
    state = t("State on {day}.", day=t.date(tables.made_on))
    return Section(t("How the network answered"), (Paragraph(" ".join([*said, state] if said else [few])),))


def _sentences(words: Words) -> Iterator[str]:
    t, tables = words.t, words.found.tables
    if tables.median_days is not None:
        yield t.many(
            "Half of the observations had a coordinator's first word within {n} day.",
            "Half of the observations had a coordinator's first word within {n} days.",
            tables.median_days,
        )
    if (within := share(tables, "within", YES)) is not None:
        yield t("{percent} % were answered within 14 days.", percent=within)
    if (forward := share(tables, "outcome", *TAKEN_FORWARD)) is not None:
        yield t("{percent} % have been taken forward or have led to action.", percent=forward)


def share(tables: PublishedTables, attribute: str, *codes: str) -> int | None:
    """The share of the codes in whole per cents, from rows that are told; None where one may be among the merged."""
    counts = [tables.count(attribute, code) for code in codes]
    if None in counts and tables.count(attribute, MERGED) is not None:
        return None
    return round(100 * sum(count or 0 for count in counts) / tables.total)
