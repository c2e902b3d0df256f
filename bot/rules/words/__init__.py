"""Words: their base forms for search, and what kind, theme and area a sentence seems to speak of."""

from bot.rules.words._analysers import Analyser, SimplemmaAnalyser, VoikkoAnalyser, analyser
from bot.rules.words._guess import Guess, explain, guess
from bot.rules.words._language import told
from bot.rules.words._tables import Clue

__all__ = [
    "Analyser",
    "Clue",
    "Guess",
    "SimplemmaAnalyser",
    "VoikkoAnalyser",
    "analyser",
    "explain",
    "guess",
    "told",
]
