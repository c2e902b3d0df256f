"""When a person asks: one file per story, thin listeners."""
