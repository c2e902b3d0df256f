"""What leaves as a file: nothing of a person in it, neither in the content nor beside it."""
