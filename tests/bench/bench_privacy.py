"""How long the privacy guard takes: 3,000 signs of prose, and rows of near misses made to slow each kind down.

It is the processor's time, so that what else runs on the machine counts less.
"""

from time import process_time

from bot.rules.privacy import find_personal_data

SIGNS = 3000
ROUNDS = 20
_PROSE = (
    "Asunnottomille nuorille ei löydy tukiasuntoja Turusta eikä Naantalista, ja jonotusaika on 4–6 viikkoa. "
    "Kela ja Varha tulkitsevat SHL 7 §:ää eri tavoin; 12.10.2026 klo 14.30 asiasta puhuttiin Raision tapaamisessa. "
    "Rådgivningen på svenska når inte alla klienter i Pargas och Kimitoön. "
)
TEXTS = {
    "prose": _PROSE,
    "digits in a row": "0123456789",
    "ones in a row": "1",
    "digits with spaces": "1 2 3 4 5 6 7 8 9 0 ",
    "digits with dashes": "130279-130279-",
    "digits with dots": "1.2.246.1.2.246.",
    "zeros with spaces": "0 0 0 0 ",
    "near identity codes": "310279-9012 ",
    "spaced near codes": "1 3 0 2 7 9 - 9 0 1 ",
    "identity codes": "130279-901E ",
    "near accounts": "FI22 1234 5600 0007 85 ",
    "foreign near accounts": "DE88 3704 0044 0532 0130 00 ",
    "letters and digits of accounts": "NO12NO",
    "mobile numbers": "040 000 0000 ",
    "near mobile numbers": "040 04 ",
    "foreign numbers": "+46 70 000 00 00 ",
    "foreign near numbers": "+99 99999999 ",
    "at signs": "a@a.",
    "local parts": "a.a.a",
    "capital words": "Xyzzy Qwert ",
    "initials": "A. ",
    "street words": "katukatu 5 ",
    "one long word": "kadulla",
    "case words": "asiakasnumero on ",
    "ages": "5-vuotias ",
    "born": "s. 1.1.",
    "link tokens": "<tel:0400000000|0> ",
    "open tokens": "<a",
    "spaces": " ",
    "marks on marks": "e\u0301\u0301",
    "cyrillic": "АВС ",
    "names in Cyrillic": "Иван ",
    "names in Arabic": "محمد علي ",
    "Chinese signs": "王小 ",
    "titles": "rouva asiakas ",
    "titled names": "asiakas Nieminen ",
    "surnames": "Virtanen ",
    "names of accounts": "Matti DE89 ",
    "names of bodies": "Mikaelin koulun ",
    "capitals of a register": "XYZ MATTI ",
    "surnames with initials": "Mäkinen, M. ",
    "words that name codes": "hetu ",
    "codes however parted": "hetu 1 2 3 4 5 6 7 8 ",
    "papers with numbers": "ls-ilmoitus nro 4471 ",
    "numbers after some words": "asiakasnumero a a a a 1234 ",
    "flats and houses first": "1 A 1 Kaskenkatu ",
    "near named codes": "henkilotunnus 13028",
    "codes cut short": "12130279-901",
    "case numbers with spaces": "asiakasnro 12 34 56 78 90 ",
    "clients with numbers": "asiakas 1234 ",
    "flats": "Kuusela 3 C 12 ",
    "near flats": "Aurajoenranta 8 ",
    "postcodes": "20100 Turku ",
    "ages of persons": "mies, 84 v ",
    "years": "1 v ",
    "near coordinates": "60.1234 ",
    "degrees": "60° 1 ",
    "plus codes": "F7XX+XX ",
    "handles": "@a_1 ",
    "channels": "insta on tili ",
    "short sites": "t.me/",
    "counts": "41 200 3000 ",
    "dictated numbers": "nolla neljä ",
    "dictated codes": "hetu yksi kolme nolla kaksi ",
    "figures with slashes": "1/2/3/4/5/6/7/8 ",
    "codes cut short after the sign": "130279-9 ",
    "kin": "Aaaan äiti ",
    "letters apart": "P e k k a  L ",
    "letters apart in one row": "a ",
    "names in one word": "mattivirtane ",
    "numbers in two parts": "040 ja 1234567 ",
    "numbers in two parts, the end first": "1234567 ja ",
    "hundreds": "sataneljä ",
    "streets with words": "Kaskenkatu sataneljä ",
    "days in words": "synt. kolmantena toukokuuta 19 ",
    "things that are born": "tilanne on syntynyt 1.1.2026 ",
    "odd signs": "1=",
    "odd signs among numbers": "040=000=0012 ",
    "brackets and quotes": '"130279" [-] ',
    "names that a sign joins": "matti_virtane ",
    "codes in two parts": "130279 ja loppu ",
    "object ids of other signs": "1-2-246-562-",
    "flats first": "asunto B 12, Kaskenkatu 5 ",
    "figures one by one": "1, ",
    "words for names": "nimi on mattii ",
    "triple": "triple zero ",
    "born in towns": "born in Turku ",
}


def run() -> list[tuple[str, float]]:
    """Each text's name and the milliseconds of one reading, the best of several."""
    return [(f"privacy: {name}", _best((text * SIGNS)[:SIGNS])) for name, text in TEXTS.items()]


def _best(text: str) -> float:
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        find_personal_data(text)
        times.append(process_time() - start)
    return min(times) * 1000


if __name__ == "__main__":
    for label, milliseconds in run():
        print(f"{milliseconds:8.2f} ms  {label}")
