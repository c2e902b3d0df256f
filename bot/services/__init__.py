"""Deeds: one function each, opens and closes the transaction."""
