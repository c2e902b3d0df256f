"""What is born and is nobody: `tilanne syntyi 15.3.2025`, `1.1.2026 syntynyt jono`."""

import re

_THING = (
    r"(?:tilan|jono|ongelm|hank|idea|ajatu|tarve|tarpee|ruuhka|kriisi|paato|sopimu|velka|vela|vaje|katko|hairio|aukko"
    r"|tauko|riita|epaselvyy|epakohta|vaarinkasity|kaytan|malli|verkosto|yhdisty|palvelu|toimin|viive|umpikuja|muuto"
    r"|uudistu|yhteistyo|suunnitelma|ehdotu|havain|ilmio|projek|puute|aloite|kampanja|jarjestelma|ryhma(?!l)"
    r"|hyvinvointial|alue|laki\b|saatio|jarjesto|yritys|yrityks|kaupunki|kunta|valfardsomr|lagen\b|organisation"
    r"|stiftels"
    r"|situation|kon\b|problem|iden?\b|tank|behov|kris|beslut|avtal|skuld|brist|avbrott|natverk|forening|tjanst"
    r"|verksamhet|praxis|modell|oklarhet|missforstand|fenomen|samarbet|grupp|queue|project|need|crisis|decision|contract"
    r"|debt|network|association|service|practice|model|campaign|group)"
)
_THING_BEFORE = re.compile(
    rf"\b{_THING}[a-z]{{0,12}} (?:(?:joka|on|oli|jo|som|som|ar|var|has|which|that|is|was) ){{0,2}}\Z", re.IGNORECASE
)
_THING_AFTER = re.compile(
    rf" (?:(?:ett|en|nytt|ny|den|det|a|the) )?{_THING}[a-z]{{0,12}}(?<!n)\b",
    re.IGNORECASE,
)
_NEW_THING_AFTER = re.compile(
    rf" (?:uusi|uudet|nykyiset|nykyinen|ett nytt|en ny|nya|a new|the new) {_THING}[a-z]{{0,12}}\b", re.IGNORECASE
)
_ENDS_BORN = re.compile(r"[a-z]\Z")
_IS_BORN = re.compile(r"[sS]ynty|[fF]od[de]|[bB]orn|[tT]ayt|[fF]yll|[tT]urn")


def is_of_thing(text: str, found: re.Match[str]) -> bool:
    """Whether a word beside what was found says that a situation or a project was born, not a person."""
    if not _IS_BORN.search(found[0]):
        return False
    if _THING_BEFORE.search(text, max(0, found.start() - 40), found.start()):
        return True
    if _NEW_THING_AFTER.match(text, found.end()):
        return True
    return _ENDS_BORN.search(found[0]) is not None and _THING_AFTER.match(text, found.end()) is not None
