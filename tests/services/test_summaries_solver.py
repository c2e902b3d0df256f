"""A solver reads every number out of every file and message, and may tell nothing of a category of few people."""

import csv
import io
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import reduce

import docx
import numpy as np
import openpyxl
import pytest
from lxml import html
from scipy.optimize import LinearConstraint, milp
from sqlmodel import select

from bot.app import looking_on
from bot.blocks import digests as digest_blocks
from bot.blocks import meetings as meeting_blocks
from bot.deps import Deps
from bot.exports import formats, summaries
from bot.exports.content import Table
from bot.exports.summaries import _numbers, _response
from bot.rules import summaries as rules
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.summaries import MERGED, REST, Period
from bot.rules.weeks import iso_week
from bot.services import digests, phenomena
from bot.services import summaries as services
from bot.services.summaries import _gathering, _tables
from bot.settings import Settings
from bot.texts import LANGUAGES, Texts
from storage.models import Move, Observation
from tests.clocks import at
from tests.digests import filed, observation
from tests.fakes import FakeSlack

FLOOR, KOORD = 5, "U0KOORD001"
AUTUMN = Period(date(2026, 4, 1), date(2026, 9, 30))
SPRING = AUTUMN.before
YEAR = Period(SPRING.first, AUTUMN.last)
NOW, LATER = "2026-10-05T09:00", "2026-10-20T09:00"
PERIODS = (SPRING, AUTUMN)
ATTRIBUTES = (*rules.OF_VOCABULARIES, "outcome")
COLUMN = {"group": "client_group"}
# Code -> who has filed under it and how many each, so that some are of many, some of few, some of one with many.
FILED = {
    SPRING: {"kind": "EEEEEEEEMMMMMMHH", "theme": ["SHL11-02"] * 8 + ["SHL11-03"] * 5 + ["X-90", "X-99", "SHL11-08"]},
    AUTUMN: {
        "kind": "EEEEEEEMMMMMHHHH",
        "theme": ["SHL11-02"] * 6 + ["SHL11-03"] * 6 + ["X-90"] * 2 + ["SHL11-04"] * 2,
    },
}
STATUSES = ["toteutunut"] * 6 + ["kasittelyssa"] * 5 + ["viety"] * 3 + ["uusi"] * 2
AREAS = ["853"] * 7 + ["734"] * 5 + ["202", "680", "430", "useita"]


pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # what is drawn asks for no database


@pytest.fixture
def deps(settings: Settings, slack: FakeSlack) -> Iterator[Deps]:
    slack.person(KOORD, "Bertta Kokoaja")
    with looking_on(settings) as parts:
        deps = at(replace(parts, first_coordinators=frozenset([KOORD])), NOW)
        for period, chosen in FILED.items():
            filed(deps, *_observations(deps, period, chosen))
        phenomena.create(deps, KOORD, PhenomenonDraft("Jonot kasvavat", "Jonot ovat pitkiä.", "SHL11-02"), "nonce")
        yield deps


def _observations(deps: Deps, period: Period, chosen: dict[str, Sequence[str]]) -> Iterator[Observation]:
    """Two rounds by sixteen people, and one who has filed seven of a category that nobody else has."""
    day = f"{period.first.replace(day=15)}T09:00"
    for person in range(16):
        for turn in range(2):
            codes = {"kind": chosen["kind"][person], "theme": chosen["theme"][person], "area": AREAS[person]}
            codes |= {
                "sector": "SOS" if person < 11 else "TER",
                "client_group": "nuoret" if person % 2 else "tyoikaiset",
            }
            author = None if person == 15 else f"U0KIRJ{person:03}"
            yield observation(
                deps, secrets.token_hex(4), day, author=author, scale="2-5", status=STATUSES[person], **codes
            )
            if person == 9 and turn:
                for _ in range(7):
                    yield observation(
                        deps, secrets.token_hex(4), day, author=author, theme="SHL11-10", area="895", scale="2-5"
                    )


@dataclass
class Told:
    """What a reader has found: for each period and attribute, rows of (codes, count), and shares of a total."""

    rows: dict[tuple[Period, str], set[tuple[frozenset[str], int]]] = field(default_factory=lambda: defaultdict(set))
    least: dict[tuple[Period, str], set[frozenset[str]]] = field(default_factory=lambda: defaultdict(set))
    shares: dict[tuple[Period, str], set[tuple[frozenset[str], int]]] = field(default_factory=lambda: defaultdict(set))


class Reader:
    """Reads tables as anybody could who has the vocabularies, and knows what a row with each name may count."""

    def __init__(self, deps: Deps) -> None:
        self.known = rules.known_codes(deps.vocabularies)
        self.told = Told()
        self.periods = {
            words: period
            for language in LANGUAGES
            for period in PERIODS
            for words in (
                summaries.period_in_words(Texts(language), period),
                Texts(language)(
                    "{first} – {last}", first=_date(language, period.first), last=_date(language, period.last)
                ),
            )
        }
        self.wider = [Texts(language)(_numbers.WIDER, name="") for language in LANGUAGES]
        self.titles, self.names = {}, {}
        for language in LANGUAGES:
            t = Texts(language)
            titles = [*_numbers.TITLES.items(), *_numbers.CAPTIONS.items()]
            titles += [("kind", "By kind"), ("theme", "By theme"), ("area", "By area")]
            self.titles |= {t(title): name for name, title in titles}
            for attribute in ATTRIBUTES:
                for code in self.known[attribute]:
                    said = rules.row_name(t, deps.vocabularies, attribute, code, ())
                    self.names[attribute, said] = code
                    if attribute == "area" and self.known["area"][code] == code:
                        self.names[attribute, t("{place}, other municipalities", place=said)] = code
            for attribute in ATTRIBUTES:
                self.names[attribute, t("Merged groups together")] = MERGED

    def rows(self, found: Iterable[Sequence[object]]) -> None:
        """Rows of cells of any file: below a header that names an attribute and periods."""
        attribute, periods, table = "", [], []
        for row in [*found, ("", "")]:
            cells = [cell for cell in row if cell is not None]
            first = str(cells[0]) if cells else ""
            here = [self.periods.get(str(cell)) for cell in cells[1:]]
            if first in self.titles and here and all(here):
                self._note(attribute, periods, table)
                attribute, periods, table = self.titles[first], here, []
            elif attribute and len(cells) == len(periods) + 1 and all(str(cell).isdigit() for cell in cells[1:]):
                table.append((first, [int(str(cell)) for cell in cells[1:]]))
            else:
                self._note(attribute, periods, table)
                attribute = ""

    def long_rows(self, found: Iterable[Sequence[str]]) -> None:
        """Rows of (table, row, column, number)."""
        tables: dict[tuple[str, Period], list[tuple[str, list[int]]]] = defaultdict(list)
        for title, name, column, value in found:
            if column in self.periods and value.isdigit():
                tables[title, self.periods[column]].append((name, [int(value)]))
        for (title, period), table in tables.items():
            what = re.sub(r"^\w+ \d+\. |, (?:\w+ )?\d.*$", "", title)  # without number and periods
            if attribute := self.titles.get(what):
                self._note(attribute, [period], table)

    def lines(self, text: str) -> None:
        """A message: days, then titles, then `name: number`."""
        period, attribute, table = None, "", []
        for line in [*text.replace("*", "").replace("• ", "").splitlines(), ""]:
            name, _, number = line.rpartition(": ")
            if period and attribute and number.isdigit():
                table.append((name, [int(number)]))
                continue
            if period:
                self._note(attribute, [period], table)
            table, attribute = [], self.titles.get(line, "")
            period = self.periods.get(line, period)

    def outcomes(self, period: Period, text: str) -> None:
        table = [(name, [int(number)]) for name, number in re.findall(r"• (.*): (\d+)$", text, re.MULTILINE)]
        self._note("outcome", [period], table)

    def sentences(self, period: Period, text: str) -> None:
        patterns = {
            (
                "within",
                frozenset([rules.YES]),
            ): r"(\d+) (?:prosenttia havainnoista sai|procent av observationerna besv)",
            (
                "outcome",
                frozenset(rules.TAKEN_FORWARD),
            ): r"(\d+) (?:prosenttia havainnoista on|procent av \S+ har förts)",
        }
        for (attribute, codes), pattern in patterns.items():
            self.told.shares[period, attribute] |= {(codes, int(one)) for one in re.findall(pattern, text)}

    def _note(self, attribute: str, periods: Sequence[Period], table: Sequence[tuple[str, list[int]]]) -> None:
        if not attribute or not table:
            return
        table = [(reduce(str.removesuffix, self.wider, name), counts) for name, counts in table]
        own = [self.names.get((attribute, name)) for name, _ in table]
        for place, period in enumerate(periods):
            for (name, counts), code in zip(table, own, strict=True):
                self.told.rows[period, attribute].add((self._codes(attribute, name, code, own), counts[place]))

    def _codes(self, attribute: str, name: str, code: str | None, own: Sequence[str | None]) -> frozenset[str]:
        known = self.known[attribute]
        if code is None:  # a row that names what it holds
            found = frozenset(self.names[attribute, one] for one in name.split(" + "))
            self.told.least[None, attribute].add(found)  # type: ignore[index]
            return found
        regions = {one for one in own if one and known.get(one) == one}
        inside = {one: known[one] for one in known if known[one] in regions}
        if code == MERGED:
            return frozenset(one for one in known if one not in own and one not in inside)
        if known[code] == code:
            return frozenset(one for one in known if known[one] == code and (one not in own or one == code))
        return frozenset([code])


def _date(language: str, day: date) -> str:
    return Texts(language).date(day)


def read_everything(deps: Deps, reader: Reader, *, quick: bool = False) -> None:
    """All outputs, in all formats and languages, of both periods and of the year that they make.

    `quick` leaves out what draws pictures: the tables of all formats are made from the same content.
    """
    for language in ("fi", "sv"):
        t = Texts(language)
        for period in (*PERIODS, YEAR):
            found = services.gather(deps, period, language)
            for preset in summaries.PRESETS if period != YEAR else (summaries.WHOLE,):
                document = summaries.document(t, deps.vocabularies, found, preset)
                drawn_whole = preset == summaries.WHOLE and not quick and (language == "fi" or period == AUTUMN)
                for ending in formats.FORMATS if drawn_whole else ("csv",):
                    _read_file(reader, period, ending, formats.drawn(document, ending))
            if period != YEAR:
                draft = meeting_blocks.drafted(t, (period, found.tables), (), 2500)
                reader.outcomes(period, draft)
    for language in LANGUAGES:
        picture = digests.published(deps)
        _, blocks = digest_blocks.published(Texts(language), deps.vocabularies, picture.halves, picture.phenomena)
        reader.lines("\n".join(block["text"]["text"] for block in blocks if "text" in block))


def _read_file(reader: Reader, period: Period, ending: str, content: bytes) -> None:
    if ending == "docx":
        file = docx.Document(io.BytesIO(content))
        for table in file.tables:
            reader.rows([[cell.text for cell in row.cells] for row in table.rows])
        reader.sentences(period, "\n".join(paragraph.text for paragraph in file.paragraphs))
    elif ending == "html":
        page = html.fromstring(content)
        for table in page.iter("table"):
            reader.rows([[cell.text_content().strip() for cell in row] for row in table.iter("tr")])
        reader.sentences(period, page.text_content())
    elif ending == "xlsx":
        for sheet in openpyxl.load_workbook(io.BytesIO(content)):
            reader.rows(list(sheet.iter_rows(values_only=True)))
    else:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        reader.long_rows([row for row in rows[1:] if len(row) == 4])


def people_behind(deps: Deps) -> dict[tuple[Period, str], dict[str, set[str]]]:
    """The truth: for each period and attribute, code -> who has filed under it."""
    found: dict[tuple[Period, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for period in PERIODS:
        for row in (
            _tables._rows.__wrapped__(deps, period) if hasattr(_tables._rows, "__wrapped__") else _all(deps, period)
        ):
            for attribute, code in zip(rules.ATTRIBUTES, row.codes, strict=True):
                found[period, attribute][code].add(row.person)
    return found


def _all(deps: Deps, period: Period) -> list[rules.Counted]:
    with deps.read() as session:
        return _tables._rows(session, deps, period)


def given_away(reader: Reader, truth: dict[tuple[Period, str], dict[str, set[str]]]) -> list[str]:
    """Categories of few people of which the solver can tell something: more than nothing, or fewer than the floor."""
    found = []
    for (period, attribute), people in truth.items():
        codes = sorted(reader.known[attribute].keys() | people.keys())
        small = [code for code in codes if 0 < len(people.get(code, ())) < FLOOR]
        told = reader.told.rows[period, attribute]
        found += _changed(period, attribute, told)
        constraints = list(_constraints(reader, period, attribute, codes))
        if not constraints:
            continue
        for code in small:
            least, most = (_extreme(codes, code, sign, constraints) for sign in (1, -1))
            if least is None or most is None or least > 0 or most < FLOOR:
                found.append(f"{attribute} {code} {period.first}: {least} to {most}")
    return found


def _changed(period: Period, attribute: str, told: set[tuple[frozenset[str], int]]) -> list[str]:
    """The same row told twice, and different by observations of fewer people than the floor."""
    counts: dict[frozenset[str], set[int]] = defaultdict(set)
    for codes, count in told:
        counts[codes].add(count)
    return [
        f"{attribute} {sorted(codes)[:3]} {period.first} changed by {max(some) - min(some)}"
        for codes, some in counts.items()
        if 0 < max(some) - min(some) < FLOOR
    ]


def _constraints(reader: Reader, period: Period, attribute: str, codes: list[str]) -> Iterator[LinearConstraint]:
    told = reader.told.rows[period, attribute]
    for row, count in told:
        yield LinearConstraint(_ones(codes, row), count, count)
    totals = [sum(count for _, count in reader.told.rows[period, "kind"])]
    if told:
        everything = frozenset(codes)
        covered = frozenset().union(*(row for row, _ in told))
        yield LinearConstraint(_ones(codes, everything - covered), 0, 0)  # each observation is in one row
    for some in reader.told.least[None, attribute]:  # type: ignore[index]
        for code in some:
            yield LinearConstraint(_ones(codes, frozenset([code])), 1, np.inf)
    for some, share in reader.told.shares[period, attribute]:
        total = totals[0]
        part = _ones(codes, some)
        yield LinearConstraint(part, (share - 0.5) / 100 * total, (share + 0.5) / 100 * total)
        yield LinearConstraint(_ones(codes, frozenset(codes)), total, total)


def _ones(codes: list[str], wanted: frozenset[str]) -> np.ndarray:
    return np.array([1.0 if code in wanted else 0.0 for code in codes])


def _extreme(codes: list[str], code: str, sign: int, constraints: list[LinearConstraint]) -> int | None:
    """The least (1) or the greatest (-1) count that all numbers allow; None where they contradict each other."""
    goal = sign * _ones(codes, frozenset([code]))
    solved = milp(goal, constraints=constraints, integrality=np.ones(len(codes)))
    if solved.status == 3:  # without a limit
        return 10**6
    return round(sign * solved.fun) if solved.success else None


def withdraws_one(deps: Deps) -> None:
    """Somebody withdraws the only observation of its kind, theme and area."""
    with deps.write() as session:
        row = session.exec(
            select(Observation).where(Observation.area == "680", Observation.filed_on > AUTUMN.first)
        ).first()
        assert row is not None
        row.status, row.text, row.author = "peruttu", "", None


def judged(deps: Deps, *, quick: bool = False) -> list[str]:
    """What comes out of everything that is told, before and after one observation was withdrawn."""
    truth, reader = people_behind(deps), Reader(deps)
    read_everything(deps, reader, quick=quick)
    withdraws_one(deps)
    read_everything(at(deps, LATER), reader, quick=True)
    assert {attribute for (_, attribute), rows in reader.told.rows.items() if rows} == set(ATTRIBUTES)
    assert {period for (period, _), rows in reader.told.rows.items() if rows} == set(PERIODS)
    return given_away(reader, truth)


def test_every_number_is_the_same_in_each_language_and_format(deps: Deps) -> None:
    told: dict[str, list[object]] = defaultdict(list)
    for language in ("fi", "sv"):
        document = summaries.document(Texts(language), deps.vocabularies, services.gather(deps, AUTUMN, language))
        for ending in formats.FORMATS:
            alone = Reader(deps)
            _read_file(alone, AUTUMN, ending, formats.drawn(document, ending))
            told["rows"].append(alone.told.rows)
            told["shares"] += [alone.told.shares] if ending in ("docx", "html") else []
    assert told["rows"] == told["rows"][:1] * 2 * len(formats.FORMATS)
    assert told["shares"] == told["shares"][:1] * 4
    assert {(period, attribute) for period, attribute in told["rows"][0]} > {(AUTUMN, one) for one in ATTRIBUTES}
    assert told["shares"][0]


def test_on_which_days_of_the_half_year_observations_came_changes_no_number(deps: Deps) -> None:
    """Each observation is moved to another day and week of its period, and all steps on it by as many days."""
    with deps.write() as session:
        for place, row in enumerate(session.exec(select(Observation))):
            day, known = row.filed_on + timedelta(days=place % 25), {"workspace": row.workspace, "subject": row.key}
            session.add(Move(**known, key=row.key, step=1, what="status", actor=KOORD, status=row.status, on_day=day))
    before = [services.counted_now(deps, period) for period in (*PERIODS, YEAR)]
    with deps.write() as session:
        subjects = list(session.exec(select(Observation)))
        moves = {move.subject: move for move in session.exec(select(Move).where(Move.actor == KOORD))}
        for place, row in enumerate(subjects):
            half = rules.half_with(row.filed_on)
            day = half.first + timedelta(days=11 * place % ((half.last - half.first).days + 1))
            later = day - row.filed_on
            row.filed_on, row.week = day, iso_week(day)
            row.filed_at = row.filed_at and row.filed_at + later
            moves[row.key].on_day += later
        assert len({row.week for row in subjects}) > 40
    assert [services.counted_now(deps, period) for period in (*PERIODS, YEAR)] == before
    assert all(one.cells and one.median_days is not None for one in before)


def test_nothing_can_be_told_of_a_category_of_few_people_from_all_that_is_published(deps: Deps) -> None:
    assert judged(deps) == []


def test_of_two_versions_neither_the_numbers_nor_their_difference_tell_of_few_people(deps: Deps) -> None:
    reader, truth = Reader(deps), people_behind(deps)
    read_everything(deps, reader, quick=True)
    late = [observation(deps, f"26-L{n:04}", "2026-06-11T09:00", author=f"U0LATE{n:03}", scale="2-5", sector="SOS",
                        client_group="nuoret", status="viety") for n in range(6)]  # fmt: skip
    filed(deps, *late)
    assert services.correct(deps, KOORD, AUTUMN).version == 2
    second = Reader(deps)
    read_everything(deps, second, quick=True)
    assert given_away(reader, truth) == given_away(second, people_behind(deps)) == []
    both = [
        (rows, other) for key, told in reader.told.rows.items() for rows in told for other in second.told.rows[key]
    ]  # fmt: skip
    assert {abs(one[1] - two[1]) for one, two in both if one[0] == two[0]} <= {0, 6}


def test_rows_counted_in_place_of_people_are_found(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    real = _tables._row
    truth = people_behind(deps)
    monkeypatch.setattr(_tables, "_row", lambda *given: replace(row := real(*given), person=row.key))
    reader = Reader(deps)
    read_everything(deps, reader, quick=True)
    assert given_away(reader, truth)


def test_merged_names_that_are_listed_are_found(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    truth = people_behind(deps)
    real = rules.row_name

    def listing(t: Texts, vocabularies: object, attribute: str, name: str, beside: Sequence[str]) -> str:
        if name != MERGED or not beside:
            return real(t, vocabularies, attribute, name, beside)  # type: ignore[arg-type]
        held = [code for code, who in truth[AUTUMN, attribute].items() if code not in beside and who]
        regions = {one.removesuffix(REST) for one in beside if one.endswith(REST)}
        parents = rules.known_codes(deps.vocabularies)[attribute]
        return " + ".join(
            real(t, vocabularies, attribute, code, ()) for code in held if parents.get(code) not in regions
        )  # type: ignore[arg-type]

    monkeypatch.setattr(_numbers, "row_name", listing)
    reader = Reader(deps)
    document = summaries.document(Texts("fi"), deps.vocabularies, services.gather(deps, AUTUMN, "fi"))
    _read_file(reader, AUTUMN, "html", formats.drawn(document, "html"))
    assert given_away(reader, {key: people for key, people in truth.items() if key[0] == AUTUMN})


def test_a_split_by_with_and_without_a_name_is_found(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    truth = people_behind(deps)
    real = _numbers.section
    counts = {"named": 0, "unnamed": 0}
    for row in _all(deps, AUTUMN):
        counts["named" if row.person else "unnamed"] += 1
    truth[AUTUMN, "named"] = {"named": {f"U{n}" for n in range(15)}, "unnamed": {""}}

    def split(words: object) -> object:
        made = real(words)  # type: ignore[arg-type]
        header = ("Nimellä vai ilman", summaries.period_in_words(Texts("fi"), AUTUMN))
        return replace(made, parts=(*made.parts, Table("Nimellä vai ilman", "Jako.", header, tuple(counts.items()))))

    monkeypatch.setattr(_numbers, "section", split)
    reader = Reader(deps)
    reader.known = {**reader.known, "named": dict.fromkeys(counts, "")}
    reader.titles["Nimellä vai ilman"] = "named"
    reader.names |= {("named", name): name for name in counts}
    document = summaries.document(Texts("fi"), deps.vocabularies, services.gather(deps, AUTUMN, "fi"))
    for ending in formats.FORMATS:
        _read_file(reader, AUTUMN, ending, formats.drawn(document, ending))
    assert any(found.startswith("named unnamed") for found in given_away(reader, truth))


def test_a_share_that_takes_a_merged_group_out_of_the_others_is_found(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth, reader = people_behind(deps), Reader(deps)
    rows, place = _all(deps, AUTUMN), rules.ATTRIBUTES.index("outcome")
    taken = sum(row.codes[place] in rules.TAKEN_FORWARD for row in rows)
    monkeypatch.setattr(_response, "share", lambda *_: round(100 * taken / len(rows)))
    document = summaries.document(Texts("fi"), deps.vocabularies, services.gather(deps, AUTUMN, "fi"))
    _read_file(reader, AUTUMN, "html", formats.drawn(document, "html"))
    assert any(
        found.startswith("outcome forward")
        for found in given_away(reader, {(AUTUMN, "outcome"): truth[AUTUMN, "outcome"]})
    )


def test_tables_that_are_counted_live_are_found(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_gathering, "published", _live)
    assert any("changed by 1" in found for found in judged(deps, quick=True))


def _live(deps: Deps, period: Period) -> rules.PublishedTables:
    return replace(services.counted_now(deps, period), version=1)


def test_one_observation_taken_away_after_freezing_changes_no_byte(deps: Deps) -> None:
    def everything() -> list[object]:
        made = [
            summaries.document(Texts(language), deps.vocabularies, services.gather(deps, period, language), preset)
            for language in ("fi", "sv")
            for period in (*PERIODS, YEAR)
            for preset in summaries.PRESETS
        ]
        files = [formats.drawn(made[4], ending) for ending in formats.FORMATS]  # autumn's, in Finnish
        return [*made, *files, digests.published(deps).halves]

    before = everything()
    withdraws_one(deps)
    after = everything()
    assert [place for place, one in enumerate(before) if one != after[place]] == []
