"""Looks: data and words become Block Kit, and its own forms are read back."""
