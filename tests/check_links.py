"""Finds dead relative links and anchors in the documents; `python -m tests.check_links` prints them and exits 1."""

import re
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"^ *(```|~~~).*?^ *\1[^\n]*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`+).+?\1")
HEADING = re.compile(r"^#{1,6} +(.+?)(?: +#+)? *$", re.MULTILINE)
NAMED = re.compile(r"<\w+[^>]*\b(?:id|name)=[\"']([^\"']+)")
LINKS = (
    re.compile(r"\]\(<?([^)\s>]+)>?(?: +[\"'][^)]*)?\)"),
    re.compile(r"^ {0,3}\[[^\]]+\]: +<?([^\s>]+)", re.MULTILINE),
    re.compile(r"\b(?:href|src)=[\"']([^\"']+)"),
)


def documents(root: Path) -> list[Path]:
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]


def dead_links(root: Path) -> list[str]:
    """Every dead link as `document: target`; addresses with a scheme are not followed, for checks need no network."""
    return [
        f"{document.relative_to(root)}: {target}"
        for document in documents(root)
        for target in _targets(document.read_text())
        if not re.match(r"[a-z][a-z0-9+.-]*:", target) and not _is_alive(document, target, root)
    ]


def _targets(text: str) -> list[str]:
    prose = CODE.sub("", FENCE.sub("", text))
    return [target for pattern in LINKS for target in pattern.findall(prose)]


def _is_alive(document: Path, target: str, root: Path) -> bool:
    path, _, anchor = unquote(target).partition("#")
    start = root if path.startswith("/") else document.parent
    file = start / path.lstrip("/") if path else document
    return file.exists() and (not anchor or file.suffix != ".md" or anchor in _anchors(file.read_text()))


def _anchors(text: str) -> set[str]:
    """The anchors that GitHub makes of headings (the second of the same name ends in -1), and those written by hand."""
    prose = FENCE.sub("", text)
    seen: Counter[str] = Counter()
    anchors = set(NAMED.findall(prose))
    for heading in HEADING.findall(prose):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        anchors.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return anchors


if __name__ == "__main__":
    found = dead_links(ROOT)
    print("\n".join(f"dead link in {line}" for line in found) or "Links in documents are alive.")
    sys.exit(1 if found else 0)
