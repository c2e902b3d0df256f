"""Observations collected earlier: read from a file, examined row by row, stored all together or not at all."""

from bot.services.imports._reading import read_file, read_mapping
from bot.services.imports._storing import Outcome, bring_in, examine_rows, write_report

__all__ = ["Outcome", "bring_in", "examine_rows", "read_file", "read_mapping", "write_report"]
