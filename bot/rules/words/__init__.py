"""Words: base forms to find texts by, how alike texts are, and what kind, theme and area a sentence speaks of."""

from bot.rules.words._analysers import Analyser, Reading, SimplemmaAnalyser, VoikkoAnalyser, analyser
from bot.rules.words._guess import KINDS, Guess, explain, guess, kind_of
from bot.rules.words._index import Groups, asked, indexed
from bot.rules.words._language import language_told
from bot.rules.words._places import area_of, place_names
from bot.rules.words._places import named as named_places
from bot.rules.words._similar import ALIKE, Nearness, Pieces, Stored, Subject, likeness, pieces, subject
from bot.rules.words._tables import Clue
from bot.rules.words._tokens import written_words

__all__ = [
    "ALIKE",
    "KINDS",
    "Analyser",
    "Clue",
    "Groups",
    "Guess",
    "Nearness",
    "Pieces",
    "Reading",
    "SimplemmaAnalyser",
    "Stored",
    "Subject",
    "VoikkoAnalyser",
    "analyser",
    "area_of",
    "asked",
    "explain",
    "guess",
    "indexed",
    "kind_of",
    "language_told",
    "likeness",
    "named_places",
    "pieces",
    "place_names",
    "subject",
    "written_words",
]
