"""Whether others on the machine could read the database or the key."""

from bot.health._finding import Finding
from bot.settings import Store
from storage import files


def open_to_others(settings: Store) -> list[str]:
    """What others could do with the files of the database and of the key, and what to do about it."""
    paths = [*files.of_database(settings.database), *([] if settings.raportoi_key else [settings.key_file.resolve()])]
    return files.trouble(paths)


def file_modes(settings: Store) -> Finding:
    """The step of the check-up."""
    found = open_to_others(settings)
    return Finding("files", not found, " ".join(found) or "nobody else on this machine can read them")
