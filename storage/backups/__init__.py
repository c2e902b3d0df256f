"""Backups: one format for both databases, a fresh SQLite file with a manifest in it; made, read, and put in place."""

from storage.backups._making import make
from storage.backups._manifest import Manifest, Unfit, read
from storage.backups._placing import held, keep_aside, place_of, put_into_file, put_into_server
from storage.backups._preparing import prepared
from storage.backups._sealing import is_sealed

__all__ = [
    "Manifest",
    "Unfit",
    "held",
    "is_sealed",
    "keep_aside",
    "make",
    "place_of",
    "prepared",
    "put_into_file",
    "put_into_server",
    "read",
]
