"""Hashes: with the key, of what nobody is to know again without it; short ones, of what a form was opened with."""

import hashlib
import hmac
from collections.abc import Mapping


def keyed(key: bytes, purpose: str, *values: str) -> bytes:
    """32 bytes, the same for the same values; another purpose gives others."""
    return hmac.digest(key, "\0".join((purpose, *values)).encode(errors="replace"), hashlib.sha256)


def marks(values: Mapping[str, object]) -> dict[str, str]:
    """Field -> a short mark of what stands in it, by which a form knows again what it was opened with."""
    return {name: hashlib.sha256(str(value).encode()).hexdigest()[:8] for name, value in values.items()}


def left_alone(marked: Mapping[str, str], opened: Mapping[str, str]) -> set[str]:
    """The fields whose marks are those that the form was opened with: somebody else may have changed them since."""
    return {name for name, mark in marked.items() if opened.get(name) == mark}
