"""The document: all its parts in their order in both languages, nothing of what is not there, and its shorter forms."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.exports import charts, formats, summaries
from bot.exports.content import Bars, Document, Note, Points, Section, all_sections, all_tables
from bot.rules import summaries as rules
from bot.rules.summaries import Counted, Period, PublishedTables, Summary, Told, Words
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Phenomenon, Practice, Term
from storage.vocabularies import shipped

HALF = Period(date(2026, 4, 1), date(2026, 9, 30))
TODAY, DAY = date(2026, 10, 20), date(2026, 8, 1)
VOCABULARIES = Vocabularies.of(Term(workspace="T", **{**row, "position": int(row["position"])}) for row in shipped())
KNOWN = rules.known_codes(VOCABULARIES)
WORDS = Words(
    subtitle="Nuoret jäävät ilman asuntoa",
    sender="Turun verkosto, Varha. Lisätietoja: koordinaattori, verkosto@varha.fi",
    highlights="Jonot ovat pidentyneet.\nVelat kasvavat.\nJalkautuva työ tavoittaa.",
    proposals="Yhteinen asuntoneuvonta; Kunnat; ; 2027",
    residents="Asiakkaat toivovat yhtä paikkaa.",
    residents_source="Turun asiakasraati",
    handled="Lautakunta; 12.10.2026; merkittiin tiedoksi",
)
HEADINGS = {
    "fi": ["Tiivistelmä", "Ilmiöt", "Mitä edellisestä seurasi", "Tämän yhteenvedon käsittely", "Luvut",
           "Asiakkaiden ja asukkaiden näkemys",
           "Miten havainnot käsiteltiin", "Miten tieto on koottu"],
    "sv": ["Det viktigaste i korthet", "Fenomen", "Vad som hände sedan förra gången",
           "Behandlingen av denna sammanfattning", "Siffror",
           "Klienternas och invånarnas syn", "Hur observationerna behandlades", "Så har uppgifterna samlats in"],
}  # fmt: skip
NOTES = {
    "fi": "Luvut kertovat siitä, mitä verkosto on kirjannut, eivät ilmiön yleisyydestä. Vähäinen määrä ei tarkoita,"
    " ettei ongelmaa ole. Muutos edelliseen kauteen voi johtua raportoinnista.",
    "sv": "Siffrorna beskriver vad nätverket har antecknat, inte hur vanligt ett fenomen är. Ett litet antal betyder"
    " inte att problemet saknas. En förändring kan bero på rapporteringen.",
}


def filed(code: str, people: int, start: int = 0, area: str = "853") -> list[Counted]:
    codes = ("E", code, area, "SOS", "nuoret", "2-5", "forward", "yes")
    return [Counted(f"{code}{area}{n:020}", f"U{start + n}", codes, 3) for n in range(people)]


def tables(rows: list[Counted], period: Period = HALF, version: int = 1) -> PublishedTables:
    return PublishedTables(period, version, 5, date(2026, 10, 1), rules.count(rows, KNOWN, 5), rules.median_of(rows))


def phenomenon(letter: str, title: str, **more: Any) -> Phenomenon:
    values = {"text": "Jonot ovat pitkiä.", "theme": "SHL11-02", "started_on": DAY, "noted_on": DAY, **more}
    return Phenomenon(key=letter * 32, workspace="T", number=f"I-{letter * 4}", once=letter, title=title, **values)


FULL = phenomenon(
    "A", "Nuorille ei löydy tukiasuntoja", status="viety", receiver="HYTE-työryhmä", addressee="county",
    proposal="Varha nimeää yhteyshenkilön.", actor="Asumispalvelut", deadline="1.3.2027", cost="ei arvioitu",
    noted_on=date(2026, 10, 1), goal="Asunnottomuus vähenee", statistics="Asunnottomat; Turku; 2025; 3,1; 0,8; Varke",
)  # fmt: skip
BARE = phenomenon("B", "Jonot kasvavat")
SHARED = phenomenon("C", "Jalkautuva työ tavoittaa nuoria", status="jaettu", outcome="Malli on käytössä.")
AHEAD = phenomenon("D", "Vuokravelka kasvaa", status="seurannassa")
NUMBERS = [*filed("SHL11-02", 9), *filed("SHL11-03", 7, 9, "734")]
BEFORE = tables([*filed("SHL11-02", 8), *filed("SHL11-03", 6, 8, "734")], HALF.before)


def summary(**more: Any) -> Summary:
    told = [Told(FULL, 4, by_few=False), Told(BARE, 2, by_few=False), Told(SHARED, 5), Told(AHEAD)]
    values: dict[str, Any] = {
        "tables": tables(NUMBERS), "earlier": [BEFORE], "words": WORDS, "phenomena": told, "followed": [FULL, SHARED],
        "before": Words(handled="HYTE-työryhmä; 12.5.2026; lähetettiin kuntiin"), "today": TODAY, "period": HALF,
    }  # fmt: skip
    return Summary(**{**values, **more})


def drawn(
    found: Summary | None = None, preset: str = summaries.WHOLE, language: str = "fi", by: str = "addressee"
) -> Document:
    return summaries.document(Texts(language), VOCABULARIES, found or summary(), preset, by)


def titles(document: Document) -> list[str]:
    return [section.heading for section in document.sections]


def under(document: Document, heading: str) -> Section:
    return next(section for _, section in all_sections(document) if section.heading == heading)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_all_parts_stand_in_their_order_in_each_language(language: str) -> None:
    document = drawn(language=language)
    assert titles(document) == HEADINGS[language]
    assert (
        document.title
        == {
            "fi": "Sosiaalisen raportoinnin yhteenveto 1.4.–30.9.2026",
            "sv": "Sammanfattning av den sociala rapporteringen 1.4–30.9.2026",
        }[language]
    )
    assert (document.subtitle, document.version, document.day) == ("Nuoret jäävät ilman asuntoa", 1, TODAY)
    assert document.warning == ""
    parts = [part for _, section in all_sections(document) for part in section.parts]
    assert [part.text for part in parts if isinstance(part, Note)][-1] == NOTES[language]
    for preset in summaries.PRESETS:
        assert NOTES[language] in str(drawn(preset=preset, language=language).sections)
    pictures = [part for part in parts if isinstance(part, Bars)]
    assert len(pictures) == 2  # of themes and areas: all else is one row
    sources = {
        "fi": "Lähde: sosiaalinen raportointi, laskettu 1.10.2026",
        "sv": "Källa: social rapportering, räknat 1.10.2026",
    }  # fmt: skip
    assert {part.note for part in pictures} == {sources[language]}
    assert all(charts.told(Texts(language), part).endswith(NOTES[language]) for part in pictures)


def test_no_phrase_of_another_language_stands_in_the_swedish_one() -> None:
    found = summary(words=Words(), before=Words(), phenomena=[], followed=[])
    said = str(drawn(found, language="sv"))
    for word in ("Havain", "Ilmiö", "Luvut", "yhteensä", "kausi", "observation of", "The "):
        assert word not in said


def test_the_first_page_can_be_decided_on() -> None:
    document = drawn(preset=summaries.ONE_PAGE)
    assert titles(document) == ["Tiivistelmä"]
    (table,) = all_tables(document)
    assert table.header == ("Ehdotus", "Kenelle", "Vastuutaho", "Aikataulu", "Ilmiö")
    assert table.rows == (
        ("Varha nimeää yhteyshenkilön.", "Hyvinvointialue", "Asumispalvelut", "1.3.2027", FULL.title),
        ("Yhteinen asuntoneuvonta", "Kunnat", "ei vielä nimetty", "2027", "ei liity yhteen ilmiöön"),
    )
    (points,) = under(document, "Nostot").parts
    assert isinstance(points, Points)
    assert len(points.items) == 3
    since = str(under(document, "Mitä edellisestä seurasi").parts)
    assert "ilmiöitä oli 2. Niistä 1 on johtanut toimiin, ja 1 on viety eteenpäin" in since
    assert "HYTE-työryhmä, 12.5.2026: lähetettiin kuntiin" in since


def test_phenomena_stand_by_what_they_ask_for_and_of_whom() -> None:
    found = [(level, section.heading) for level, section in all_sections(drawn()) if level > 1]
    inside = found[found.index((2, "Mikä vaatii muutosta")) : found.index((2, "Tiedon kulku"))]
    assert inside == [
        (2, "Mikä vaatii muutosta"), (3, "Hyvinvointialue"), (4, FULL.title), (3, "Ei vielä kohdistettu kenellekään"),
        (4, BARE.title), (2, "Mikä toimii"), (3, "Ei vielä kohdistettu kenellekään"), (4, SHARED.title),
        (2, "Mitä ennakoimme"),
        (3, "Ei vielä kohdistettu kenellekään"), (4, AHEAD.title),
    ]  # fmt: skip
    assert (3, "Asuminen") in [(level, section.heading) for level, section in all_sections(drawn(by="theme"))]


def test_what_a_phenomenon_does_not_say_is_not_printed() -> None:
    whole, bare = (str(under(drawn(by="theme"), title).parts) for title in (FULL.title, BARE.title))
    for name in ("Ehdotus", "Kenelle", "Vastuutaho", "Aikataulu", "Kustannus", "Hyvinvointisuunnitelman tavoite"):
        assert f"'{name}'" in whole
        assert f"'{name}'" not in bare
    assert "('Asunnottomat', 'Turku', '2025', '3,1', '0,8', 'Varke')" in whole
    assert "Tilastotieto" not in bare


def test_how_widely_a_phenomenon_was_met_is_a_number_only_where_many_met_it_in_several_places() -> None:
    said = {told.row.title: str(under(drawn(), told.row.title).parts) for told in summary().phenomena}
    assert "4 seutukunnassa" in said[FULL.title]
    assert "Useilla alueilla" in said[BARE.title]
    assert "Muutamilla alueilla" in said[SHARED.title]
    assert "Kuinka laajasti" not in said[AHEAD.title]


def test_the_period_before_stands_in_the_picture_or_in_a_table_on_the_groups_that_both_share() -> None:
    document = drawn()
    theme = next(table for table in all_tables(document) if table.header[0] == "Teema")
    assert theme.title == "Kuvio 1. Havainnot teemoittain, puolivuodet 1.10.2025–30.9.2026 (lkm)"
    assert theme.header == ("Teema", "1.10.2025–31.3.2026", "1.4.–30.9.2026")
    assert theme.rows == (("Asuminen", 8, 9), ("Toimeentulo ja talous", 6, 7))
    known = [*filed("SHL11-02", 8), *filed("SHL11-08", 5, 20)]
    coarse = tables([*known, *filed("SHL11-03", 3), *filed("X-90", 3, 3)], HALF.before)
    now = tables([*NUMBERS, *filed("SHL11-08", 6, 20)])
    found = {table.title: table for table in all_tables(drawn(summary(tables=now, earlier=[coarse])))}
    assert found["Kuvio 1. Havainnot teemoittain, 1.4.–30.9.2026 (lkm)"].header == ("Teema", "1.4.–30.9.2026")
    beside = "Taulukko 2. Havainnot teemoittain, puolivuodet 1.10.2025–30.9.2026 (lkm)"
    theme = "Päihteet, riippuvuus, mielenterveys, sairaus, vamma, ikääntyminen"
    assert found[beside].rows == (("Asuminen", 8, 9), (theme, 5, 6), ("Pienet ryhmät yhdistettyinä", 6, 7))
    assert not any(table.header[0] == "Vaihe" and len(table.header) > 2 for table in found.values())


def test_a_row_that_holds_more_than_the_row_of_that_name_elsewhere_says_so() -> None:
    now = [*filed("SHL11-02", 9), *filed("SHL11-02", 6, 9, "529"), *filed("SHL11-02", 6, 20, "680")]
    then = [*filed("SHL11-02", 8), *filed("SHL11-02", 3, 8, "529"), *filed("SHL11-02", 3, 20, "680")]
    document = drawn(summary(tables=tables(now), earlier=[tables(then, HALF.before)]))
    own, both = [table.rows for table in all_tables(document) if table.header[0] == "Alue"]
    assert {name for name, *_ in own} & {name for name, *_ in both} == {"Turku"}
    assert "laajempi ryhmä" in str(both)
    assert sum("joita on molemmilla" in str(part) for part in under(document, "Luvut").parts) == 1


def test_how_the_network_answered_is_told_in_three_sentences_from_ten_observations_on() -> None:
    said = str(under(drawn(), "Miten havainnot käsiteltiin").parts)
    for sentence in ("merkinnän 3 päivässä", "100 prosenttia havainnoista sai koordinaattorin", "on viety"):
        assert sentence in said
    few = str(under(drawn(summary(tables=tables(filed("X-90", 9)))), "Miten havainnot käsiteltiin").parts)
    assert "prosentti" not in few
    assert "ettei vastaamisesta kerrota lukuja" in few


def test_a_share_of_which_one_side_is_of_few_people_is_not_told() -> None:
    rows = [
        *filed("X-90", 9),
        *[replace(one, codes=(*one.codes[:6], "waiting", "no")) for one in filed("X-99", 3)],
    ]
    said = str(under(drawn(summary(tables=tables(rows))), "Miten havainnot käsiteltiin").parts)
    assert "prosentti" not in said
    assert "merkinnän 3 päivässä" in said


@pytest.mark.parametrize("preset", summaries.PRESETS)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_without_observations_words_and_phenomena_every_form_is_a_whole_document(preset: str, language: str) -> None:
    nothing = summary(
        tables=tables([]), earlier=(), words=Words(), before=Words(), phenomena=[], followed=[],
    )  # fmt: skip
    document = drawn(nothing, preset, language)
    assert all(section.parts or section.sections for _, section in all_sections(document))
    assert all(table.rows for table in all_tables(document))
    assert not re.search(r"\b0\b", str(document.sections).replace("_page=", ""))


def test_a_working_paper_says_that_it_is_not_to_be_passed_on_and_has_another_name() -> None:
    span = Period(date(2026, 5, 1), date(2026, 7, 31))
    paper = summary(
        tables=tables(NUMBERS, span, 0), earlier=(), period=span, words=Words(), before=Words(), followed=[]
    )
    document = drawn(paper)
    assert "älä anna eteenpäin" in document.warning
    assert "voivat paljastaa yksittäisiä ihmisiä" in document.about[0]
    assert titles(document) == ["Ilmiöt", "Luvut", "Miten tieto on koottu"]
    assert summaries.file_stem(Texts("fi"), paper) == "tyopaperi_2026-05-01_2026-07-31"
    assert summaries.file_stem(Texts("sv"), summary()) == "sammanfattning_2026-04-01_2026-09-30"


def test_a_longer_period_is_its_half_years_beside_each_other() -> None:
    year = summary(period=Period(HALF.before.first, HALF.last), words=Words(), before=Words(), followed=[])
    document = drawn(year)
    theme = next(table for table in all_tables(document) if table.header[0] == "Teema")
    assert theme.header == ("Teema", "1.10.2025–31.3.2026", "1.4.–30.9.2026")
    assert theme.rows == (("Asuminen", 8, 9), ("Toimeentulo ja talous", 6, 7))


def test_the_text_for_an_agenda_has_what_a_secretary_needs() -> None:
    document = drawn(preset=summaries.AGENDA)
    assert titles(document) == [
        "Asia ja tausta", "Keskeiset havainnot", "Ehdotukset", "Vaikutusten arviointi", "Päätösehdotus", "Liite",
    ]  # fmt: skip
    decision = str(under(document, "Päätösehdotus").parts)
    assert "päättää lähettää ehdotukset vastuutahoille" in decision
    assert "[toimielin] nimeää ne" in decision
    named = summary(words=replace(WORDS, proposals=""), phenomena=[Told(FULL)])
    assert "nimeää ne" not in str(under(drawn(named, summaries.AGENDA), "Päätösehdotus").parts)
    without = drawn(summary(words=Words(), phenomena=[]), summaries.AGENDA)
    assert "Merkitsee tiedoksi" in str(under(without, "Päätösehdotus").parts)
    assert "[valmistelija täydentää]" in str(under(document, "Vaikutusten arviointi").parts)


def test_the_annex_has_a_row_for_each_phenomenon() -> None:
    (table,) = all_tables(drawn(preset=summaries.ANNEX))
    assert table.header == (
        "Ilmiö", "Väestöryhmä", "Vahvuus, kehittämiskohde tai heikko signaali", "Havainto", "Tilasto", "Ehdotus",
        "Kenelle", "Seuranta",
    )  # fmt: skip
    assert [row[2] for row in table.rows] == ["Kehittämiskohde", "Kehittämiskohde", "Vahvuus", "Heikko signaali"]
    assert table.rows[0][4] == "Asunnottomat, Turku 2025: 3,1, koko maa 0,8"
    last = table.rows[-1]
    assert (last[4], last[5], last[6]) == ("", "", "")
    ahead = summary(phenomena=[Told(BARE), Told(FULL)])
    assert [row[0] for row in next(all_tables(drawn(ahead, summaries.ANNEX))).rows] == [FULL.title, BARE.title]


def test_missing_things_are_told_by_phenomenon() -> None:
    found = rules.missing(summary(words=Words(), before=Words()))
    of_all = [said for said, number in found if not number]
    assert len(of_all) == 4
    assert {number for _, number in found} == {"", "I-BBBB", "I-CCCC", "I-DDDD"}
    assert ("no proposal", "I-BBBB") in found
    assert ("it is not said whom the proposal is for", "I-CCCC") in found
    for told in ("Asunto on yhä useammin avun ehto", "Bostaden är allt oftare ett villkor", "Velat ovat kasvaneet"):
        assert any("growing" in said for said, _ in rules.missing(summary(words=replace(WORDS, subtitle=told))))
    assert not any("growing" in said for said, _ in rules.missing(summary()))
    late = rules.missing(summary(today=date(2026, 12, 20)))
    assert ("its status waits for a word", "I-BBBB") in late


@pytest.mark.parametrize(("language", "heading"), [("fi", "Toimintamallit"), ("sv", "Verksamhetsmodeller")])
def test_practice_cards_stand_in_short_and_name_nobody(language: str, heading: str) -> None:
    days = {"started_on": DAY, "published_on": DAY}
    said = {
        "name": "Kävelytapaaminen",
        "what": "Tavataan kävellen. Muuta ei tarvita.",
        "unit": "Turun aikuissosiaalityö",
    }
    row = Practice(key="k", workspace="T", number="T-AAAA", author="U0AINO0001", area="853", **said, **days)
    document = drawn(summary(practices=[row]), language=language)
    assert heading in titles(document)
    (card,) = under(document, heading).sections
    told = str(card)
    assert card.heading == "Kävelytapaaminen"
    assert "Tavataan kävellen." in told
    assert "Turun aikuissosiaalityö" in told
    assert "Muuta ei tarvita" not in told
    assert "U0AINO0001" not in str(document)
    assert heading not in titles(drawn(language=language))
    row.unit, row.area = "Turku, Maaria", "853"
    assert str(under(drawn(summary(practices=[row]), language=language), heading)).count("Turku") == 1


def test_three_months_after_it_is_told_how_many_of_a_hundred_see_a_change() -> None:
    told = [Told(FULL, 4, by_few=False, changed=80), Told(BARE, 2, by_few=False)]
    document = drawn(summary(phenomena=told))
    assert "Noin 80 prosenttia niistä, jotka osasivat sanoa, kertoo" in str(under(document, FULL.title))
    assert "osasivat sanoa" not in str(under(document, BARE.title))


def test_what_came_of_the_last_summary_is_said_to_be_unknown_or_not_there() -> None:
    def said(**more: Any) -> str:
        return str(under(drawn(summary(before=Words(), followed=[], **more)), "Mitä edellisestä seurasi"))

    assert "Tämä on ensimmäinen yhteenveto." in said(earlier=())
    assert "Siitä, mitä edellisestä yhteenvedosta seurasi, ei ole merkintöjä." in said()


def test_groups_of_which_none_can_be_told_alone_are_a_sentence_and_no_picture() -> None:
    rows = [replace(one, codes=(*one.codes[:4], rules.NONE, *one.codes[5:])) for one in NUMBERS]
    document = drawn(summary(tables=tables(rows), earlier=()))
    assert not any(table.header[0] == "Asiakasryhmä" for table in all_tables(document))
    parts = str(under(document, "Luvut").parts)
    assert "Asiakasryhmä: lukuja ei voi kertoa ryhmittäin" in parts
    assert "Havaintoja yhteensä: 16." in parts


def test_what_was_written_in_finnish_is_told_of_in_the_swedish_one_and_marked_on_the_page() -> None:
    document = drawn(language="sv")
    assert document.about[0] == "En del texter finns tills vidare bara på finska."
    page = formats.drawn(document, "html").decode()
    assert '<p class="subtitle" lang="fi">Nuoret jäävät ilman asuntoa</p>' in page
    assert page.count("bara på finska") == 1
    assert ("The texts in Swedish are missing.", "") in rules.missing(summary(language="sv"))
    own = summary(words=Words(subtitle="De unga blir utan bostad"), before=Words(), phenomena=[], followed=[])
    assert "finska" not in str(drawn(own, language="sv").about)
    assert drawn().foreign == ()


def pages(folder: Path, documents: dict[str, Document]) -> dict[str, int]:
    """Name -> the pages that LibreOffice makes of the Word file."""
    if shutil.which("soffice") is None:
        pytest.skip("the judge of Word's pages is LibreOffice (apt-get install libreoffice-writer-nogui)")
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(formats.drawn(document, "docx"))
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in documents]
    command = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return {name: pages_of(folder / f"{name}.pdf") for name in documents}


def printed(folder: Path, documents: dict[str, Document]) -> dict[str, int]:
    """Name -> the pages on which a browser prints the page."""
    if shutil.which("chromium") is None:
        pytest.skip("the judge of printed pages is Chromium (apt-get install chromium)")
    for name, document in documents.items():
        (folder / f"{name}.html").write_bytes(formats.drawn(document, "html"))
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}"]
        command = ["chromium", *flags, f"--print-to-pdf={folder / name}.html.pdf", str(folder / f"{name}.html")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: pages_of(folder / f"{name}.html.pdf") for name in documents}


def pages_of(file: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", file.read_bytes()))


def full(count: int, length: int) -> Summary:
    """So many phenomena and lines of everything that is typed, each about so long."""
    words = (
        "Kunnat varaavat asuntoja nuorille ja nimeävät yhteyshenkilön, joka auttaa hakemuksissa ja tapaa kotona " * 9
    )[:length]
    rows = [
        phenomenon(
            letter, f"{words[:120]} {letter}", text=f"{words}. {words}.", proposal=f"{words}.", addressee="state",
            actor=words[:60], deadline="31.12.2027", cost="ei arvioitu", goal=words[:60], kind="EMH"[place % 3],
            statistics="Yleistä asumistukea saaneet, %; Varsinais-Suomi; 2025; 18,4; 13,9; Sotkanet (ind. 2320)",
        )
        for place, letter in enumerate("ABCDEFGHIJKL"[:count])
    ]  # fmt: skip
    typed = replace(
        WORDS, highlights="\n".join([words] * 5), proposals="\n".join([f"{words}; Kunnat; Varha; 2027"] * 3)
    )
    themes = [f"SHL11-{number:02}" for number in range(1, 11)]
    areas = ("853", "734", "202", "529", "680", "445", "895", "430", "577", "636")
    numbers = [one for place, code in enumerate(themes) for one in filed(code, 6 + place, 20 * place, areas[place])]
    before = [one for place, code in enumerate(themes[1:]) for one in filed(code, 6 + place, 20 * place, areas[place])]
    return summary(
        words=typed, phenomena=[Told(row, 4, by_few=False) for row in rows], followed=rows[:3],
        tables=tables(numbers), earlier=[tables(before, HALF.before)],
        before=Words(handled=f"HYTE-työryhmä; 12.5.2026; {words}"),
    )  # fmt: skip


@pytest.mark.long
def test_one_page_is_one_page_and_the_whole_has_ten_at_most(tmp_path: Path) -> None:
    asked = {
        f"page-{language}-{count}-{length}": drawn(full(count, length), summaries.ONE_PAGE, language)
        for language in ("fi", "sv")
        for count, length in ((1, 40), (5, 100), (12, 900))
    }
    whole = {f"whole-{language}": drawn(full(4, 90), language=language) for language in ("fi", "sv")}
    found = pages(tmp_path, asked | whole)
    assert {name: found[name] for name in asked} == dict.fromkeys(asked, 1)
    assert all(found[name] <= 10 for name in whole), found
    table = next(iter(all_tables(asked["page-fi-12-900"])))
    assert 1 <= len(table.rows) < 15
    assert "koko yhteenvedossa" in str(asked["page-fi-12-900"])


def first_page(found: Summary, language: str) -> Document:
    """The whole summary's first page as a document of its own: in the whole one, the next page begins after it."""
    whole = drawn(found, language=language)
    return replace(whole, sections=whole.sections[:1])


@pytest.mark.long
def test_the_first_page_of_the_whole_is_one_page_whatever_was_written(tmp_path: Path) -> None:
    some = (("fi", 1, 900), ("fi", 12, 40), ("sv", 4, 90), ("sv", 12, 900))
    asked = {
        f"{language}-{count}-{length}": first_page(full(count, length), language) for language, count, length in some
    }
    assert pages(tmp_path, asked) == dict.fromkeys(asked, 1)
    assert printed(tmp_path, {"sv-12-900": asked["sv-12-900"]}) == {"sv-12-900": 1}


@pytest.mark.parametrize(
    ("language", "heading", "said"),
    [
        ("fi", "Kaikki ehdotukset ja nostot", "Lisäksi {left} ehdotusta on kohdassa ”Kaikki ehdotukset ja nostot”."),
        (
            "sv",
            "Förslagen och det viktigaste i sin helhet",
            "Ytterligare {left} förslag finns under rubriken ”Förslagen och det viktigaste i sin helhet”.",
        ),
    ],
)
def test_what_the_first_page_has_no_room_for_is_counted_there_and_stands_whole_after_it(
    language: str, heading: str, said: str
) -> None:
    document = drawn(full(12, 900), language=language)
    first, second = (next(all_tables(replace(document, sections=(one,)))) for one in document.sections[:2])
    assert document.sections[1].heading == heading
    assert 1 <= len(first.rows) < len(second.rows) == 15
    assert said.format(left=15 - len(first.rows)) in str(document.sections[0])
    assert any(full(12, 900).words.proposals.splitlines()[0].startswith(str(row[0])) for row in second.rows)
    assert heading not in str(drawn(full(1, 40), language=language))


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("preset", summaries.PRESETS)
def test_no_name_of_a_sheet_is_cut(language: str, preset: str) -> None:
    names = [table.short or table.title for table in all_tables(drawn(preset=preset, language=language))]
    assert names
    assert all(len(name) <= 31 - len(" 12") for name in names), names  # what Excel takes, with room to tell two apart
