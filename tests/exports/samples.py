"""A whole document with everything that a document can hold, in Finnish and in Swedish; all of it is invented."""
# ruff: noqa: E501 - sentences as they stand in a document

from datetime import date

from bot.exports.content import (
    Bars,
    Document,
    Facts,
    Link,
    Note,
    Paragraph,
    Part,
    Points,
    Section,
    Table,
    Times,
)

NOTE = {
    "fi": "Luvut kertovat siitä, mitä verkosto on kirjannut, eivät ilmiön yleisyydestä. Vähäinen määrä ei tarkoita, ettei "
    "ongelmaa ole. Muutos edelliseen kauteen voi johtua raportoinnista.",
    "sv": "Siffrorna beskriver vad nätverket har antecknat, inte hur vanligt ett fenomen är. Ett litet antal betyder inte "
    "att problemet saknas. En förändring kan bero på rapporteringen.",
}
PERIODS = ("1.10.2025–31.3.2026", "1.4.–30.9.2026")
WARNING = {
    "fi": "Työpaperi koordinaattorien käyttöön. Älä anna tätä eteenpäin.",
    "sv": "Arbetspapper för koordinatorerna. Ge inte det här vidare.",
}


def sample(language: str, *, working_paper: bool = False) -> Document:
    """The half-year's document in fi or sv."""
    warning = WARNING[language] if working_paper else ""
    if language == "fi":
        title, subtitle = (
            f"Sosiaalisen raportoinnin yhteenveto {PERIODS[1]}",
            "Asunto on yhä useammin avun ensimmäinen ehto",
        )
        return Document(title, subtitle, "fi", PERIODS[1], date(2026, 10, 5), 1, _finnish(), warning)
    title = f"Sammanfattning av den sociala rapporteringen {PERIODS[1]}"
    subtitle = "Bostaden är allt oftare det första villkoret för hjälp"
    return Document(title, subtitle, "sv", PERIODS[1], date(2026, 10, 5), 1, _swedish(), warning)


def _numbers(
    title: str, told: str, first: str, rows: tuple[tuple[str, int, int], ...], last: str, language: str
) -> Bars:
    return Bars(Table(title, told, (first, *PERIODS), rows), NOTE[language], beside=True, last=(last,))


def _phenomenon(title: str, text: str, *facts: tuple[str, str]) -> Section:
    return Section(title, (Paragraph(text), Facts(facts)))


def _finnish() -> tuple[Section, ...]:
    proposals = Table(
        "Mitä ehdotetaan",
        "Kolme ehdotusta: kuka tekee mitä ja mihin mennessä.",
        ("Ehdotus", "Kenelle", "Vastuutaho", "Aikataulu", "Ilmiö"),
        (
            (
                "Varha nimeää yhden yhteyshenkilön vankilasta vapautuvien asumiseen",
                "Hyvinvointialue",
                "Aikuissosiaalityön palvelupäällikkö",
                "1.3.2027",
                "Vapautuva jää ilman asuntoa",
            ),
            (
                "Kunnat varaavat tukiasuntoja alle 25-vuotiaille",
                "Kunnat",
                "Asuntotoimet",
                "31.12.2027",
                "Asunnottomille nuorille ei löydy tukiasuntoja",
            ),
            (
                "Kela vastaa verkoston puhelinlinjaan arkisin kello 9–11",
                "Kela",
                "Ei vielä nimetty",
                "Ei vielä nimetty",
                "Toimeentulotuen päätöstä odotetaan viikkoja",
            ),
        ),
    )
    phenomena = (
        Section(
            "Mikä vaatii muutosta",
            (),
            (
                _phenomenon(
                    "Asunnottomille nuorille ei löydy tukiasuntoja",
                    "Alle 25-vuotiaat jonottavat tukiasuntoa yli puoli vuotta. Odottaessa majoitus vaihtuu viikoittain, "
                    "ja opinnot katkeavat. Sama kerrottiin kolmella seudulla.",
                    ("Teema", "Asuminen"),
                    ("Tila", "Viety eteenpäin 12.8.2026"),
                    ("Ehdotus kenelle", "Kunnat"),
                    ("Mitä seurasi", "Turun asuntotoimi selvittää paikkojen määrän marraskuuhun mennessä."),
                ),
                _phenomenon(
                    "Toimeentulotuen päätöstä odotetaan viikkoja",
                    "Täydennyspyyntö tulee kirjeenä, jota ihminen ei osaa lukea yksin. Päätös siirtyy, ja vuokra jää maksamatta.",
                    ("Teema", "Toimeentulo ja talous"),
                    ("Tila", "Käsittelyssä"),
                    ("Ehdotus kenelle", "Kela"),
                ),
            ),
        ),
        Section(
            "Mikä toimii",
            (),
            (
                _phenomenon(
                    "Jalkautuva työpari tavoittaa ne, jotka eivät tule virastoon",
                    "Kaksi työntekijää käy viikoittain ruokajaossa. Moni on tullut sen jälkeen palveluun ensi kertaa.",
                    ("Teema", "Syrjäytyminen ja osallisuus"),
                    ("Tila", "Jaettu verkostolle"),
                ),
            ),
        ),
        Section(
            "Mitä ennakoimme",
            (),
            (
                _phenomenon(
                    "Velat siirtyvät nuorille pikavippien sijaan osamaksuilla",
                    "Uusi ilmiö, josta on kerrottu useilla alueilla.",
                    ("Teema", "Toimeentulo ja talous"),
                ),
            ),
        ),
    )
    themes = _numbers(
        "Havainnot teemoittain",
        "Montako havaintoa kustakin teemasta on kirjattu kahtena puolivuotena.",
        "Teema",
        (
            ("Asuminen", 41, 30),
            ("Toimeentulo ja talous", 63, 70),
            ("Päihteet, mielenterveys ja muut riippuvuudet", 22, 10),
            ("Syrjäytyminen ja osallisuus", 19, 24),
            ("Palvelujärjestelmä", 17, 15),
            ("Pienet ryhmät yhdistettyinä", 25, 31),
        ),
        "Pienet ryhmät yhdistettyinä",
        "fi",
    )
    areas = _numbers(
        "Havainnot alueittain",
        "Montako havaintoa kultakin alueelta on kirjattu kahtena puolivuotena.",
        "Alue",
        (
            ("Turku", 88, 91),
            ("Salo", 24, 20),
            ("Loimaan seutu", 14, 12),
            ("Vakka-Suomi", 16, 11),
            ("Pienet ryhmät yhdistettyinä", 45, 46),
        ),
        "Pienet ryhmät yhdistettyinä",
        "fi",
    )
    months = Times(
        Table(
            "Havainnot kuukausittain",
            "Montako havaintoa on kirjattu kuukaudessa.",
            ("Kuukausi", "Havaintoja"),
            (("4/2026", 31), ("5/2026", 38), ("6/2026", 22), ("7/2026", 4), ("8/2026", 41), ("9/2026", 51)),
        )
    )
    statistics = Table(
        "Tilastotieto rinnalla",
        "Tilastoja samasta aiheesta. Niitä ei voi verrata havaintojen määriin.",
        ("Mittari", "Alue", "Vuosi", "Arvo", "Koko maa", "Lähde"),
        (
            (
                "Pitkäaikaisesti toimeentulotukea saaneet 25–64-vuotiaat, %",
                "Esimerkkilä",
                "2025",
                2.4,
                2.1,
                "Keksitty lähde",
            ),
            ("Asunnottomat yksinäiset tuhatta asukasta kohti", "Esimerkkilä", "2025", 1.2, 0.8, "Keksitty lähde"),
        ),
    )
    handled = Table(
        "Missä yhteenvetoa on käsitelty",
        "Kokoukset, joissa edellinen yhteenveto oli esillä.",
        ("Missä", "Milloin", "Mitä päätettiin"),
        (
            (
                "Alueellinen hyvinvoinnin ja terveyden edistämisen työryhmä",
                "12.5.2026",
                "Asuminen otetaan suunnitelman painopisteeksi",
            ),
            ("Aikuissosiaalityön johtoryhmä", "20.5.2026", "Merkittiin tiedoksi"),
        ),
    )
    return (
        Section(
            "Tiivistelmä",
            (
                Paragraph(
                    "Yhteenveto kertoo, mitä Esimerkkilän sosiaalityön ammattilaiset havaitsivat 1.4.–30.9.2026."
                ),
                proposals,
                Points(
                    (
                        "Tukiasunnon odotus katkaisee nuoren opinnot.",
                        "Kirje, jota ei ymmärrä, johtaa vuokravelkaan.",
                        "Jalkautuva työ tavoittaa heidät, jotka muuten jäävät yksin.",
                    )
                ),
                Paragraph(
                    "Edellisestä yhteenvedosta seurasi: asuminen on hyvinvointisuunnitelman painopiste.\n"
                    "Kaksi ehdotusta kolmesta on otettu käsittelyyn."
                ),
            ),
        ),
        Section("Ilmiöt", (Paragraph("Ilmiöt on koottu useiden ammattilaisten havainnoista."),), phenomena),
        Section(
            "Mitä edellisestä seurasi",
            (Points(("Asuminen on suunnitelman painopiste.", "Puhelinlinjaa kokeillaan."), numbered=True), handled),
        ),
        Section("Luvut", (themes, Note(NOTE["fi"]), areas, months, statistics)),
        Section(
            "Asiakkaiden ja asukkaiden näkemys",
            (
                Paragraph("”Ensin tarvitsen oven, jonka saa lukkoon.” Asiakasraati kertoi samasta kuin työntekijät."),
                Paragraph("Lähde: asiakasraadin kokous 3.9.2026."),
            ),
        ),
        Section(
            "Toimintamallit",
            (
                Facts((("Jalkautuva työpari", "Kaksi työntekijää ruokajaossa kerran viikossa."),)),
                Link("Lue toimintamallista lisää verkoston sivulta", "https://example.org/toimintamalli"),
            ),
        ),
        Section(
            "Miten havainnot käsiteltiin",
            (Paragraph("Ensimmäinen vastaus tuli puolessa tapauksista viidessä päivässä."),),
        ),
        Section(
            "Miten tieto on koottu",
            (
                Paragraph(
                    "Ammattilaiset kirjaavat havaintoja ilman asiakastietoja. Pienet ryhmät on yhdistetty, eikä kenenkään "
                    "raportoijan omaa tekstiä julkaista."
                ),
            ),
        ),
    )


def _swedish() -> tuple[Section, ...]:
    proposals = Table(
        "Vad vi föreslår",
        "Två förslag: vem som gör vad och när.",
        ("Förslag", "Till vem", "Ansvarig", "Tidsplan", "Fenomen"),
        (
            (
                "Välfärdsområdet utser en kontaktperson för boende efter fängelse",
                "Välfärdsområdet",
                "Servicechefen för vuxensocialarbete",
                "1.3.2027",
                "Den som friges blir utan bostad",
            ),
            (
                "Kommunerna reserverar stödbostäder för unga under 25 år",
                "Kommunerna",
                "Inte utsedd ännu",
                "31.12.2027",
                "Unga utan bostad hittar inga stödbostäder",
            ),
        ),
    )
    themes = _numbers(
        "Observationer efter tema",
        "Hur många observationer som har antecknats under två halvår.",
        "Tema",
        (("Boende", 41, 30), ("Utkomst och ekonomi", 63, 70), ("Små grupper sammanlagt", 25, 31)),
        "Små grupper sammanlagt",
        "sv",
    )
    young = _phenomenon(
        "Unga utan bostad hittar inga stödbostäder",
        "Unga under 25 år köar i över ett halvår. Studierna avbryts.",
        ("Tema", "Boende"),
        ("Läge", "Förts vidare 12.8.2026"),
    )
    parts: tuple[tuple[str, tuple[Part, ...], tuple[Section, ...]], ...] = (
        (
            "Det viktigaste i korthet",
            (
                Paragraph("Sammanfattningen berättar vad yrkesfolk i Exempelby såg."),
                proposals,
                Points(("Väntan på stödbostad avbryter studierna.",)),
            ),
            (),
        ),
        ("Fenomen", (), (Section("Vad som behöver ändras", (), (young,)),)),
        ("Vad som hände sedan förra gången", (Points(("Boendet är en tyngdpunkt i planen.",), numbered=True),), ()),
        ("Siffror", (themes, Note(NOTE["sv"])), ()),
        ("Klienternas och invånarnas syn", (Paragraph("Klientrådet berättade om samma sak."),), ()),
        ("Verksamhetsmodeller", (Link("Läs mer om modellen på nätverkets sida", "https://example.org/modell"),), ()),
        (
            "Hur observationerna behandlades",
            (Paragraph("I hälften av fallen kom det första svaret inom fem dagar."),),
            (),
        ),
        ("Så har uppgifterna samlats in", (Paragraph("Små grupper har slagits samman."),), ()),
    )
    return tuple(Section(heading, found, inner) for heading, found, inner in parts)
