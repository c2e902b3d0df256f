"""How small groups are counted together, until none is left that could point to a person."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

WITHOUT_NAME = ""  # all observations without a name count together as one person
MERGED, REST = "", "*"  # names of sets: those that are never named; after a sub-region's code, the rest of it


@dataclass(frozen=True, slots=True)
class Group:
    """Observations of one or several codes, and who filed them. `parent` is the sub-region that all of them lie in."""

    name: str
    codes: frozenset[str]
    count: int
    who: frozenset[str]
    parent: str = ""

    @property
    def size(self) -> tuple[int, int, str]:
        """By which the smallest is found, whatever order they came in."""
        return len(self.who), self.count, self.name


def together(groups: Iterable[Group], floor: int) -> tuple[Group, ...]:
    """The groups joined, the smallest first, until none has fewer people than the floor; none where all have too few.

    A place falls into its sub-region first, then into the one set without a name. Which groups are joined next does not
    depend on the floor, so that a higher one only joins more. Nothing is left out of the sum, so that the total tells
    no more than the groups do.
    """
    left = {one.name: one for one in groups}
    while len(left) > 1 and len((smallest := min(left.values(), key=_size)).who) < floor:
        other = _partner(smallest, [one for one in left.values() if one is not smallest])
        del left[smallest.name], left[other.name]
        joined = _joined(smallest, other)
        left[joined.name] = joined
    return tuple(left.values()) if all(len(one.who) >= floor for one in left.values()) else ()


def _size(group: Group) -> tuple[int, int, str]:
    return group.size


def _partner(one: Group, others: Collection[Group]) -> Group:
    near = [other for other in others if one.parent and other.parent == one.parent]
    rest = next((other for other in near if other.name.endswith(REST)), None)
    unnamed = next((other for other in others if other.name == MERGED), None)
    return rest or min(near, key=_size, default=None) or unnamed or min(others, key=_size)


def _joined(one: Group, other: Group) -> Group:
    parent = one.parent if one.parent == other.parent else ""
    name = f"{parent}{REST}" if parent else MERGED
    return Group(name, one.codes | other.codes, one.count + other.count, one.who | other.who, parent)


def grouped(
    filed: Iterable[tuple[str, str]], parents: Mapping[str, str], others: Iterable[tuple[str, str]] = ()
) -> list[Group]:
    """A group for each code, from (code, person) of each observation; `parents` are codes' sub-regions.

    `others` are people who stand behind an observation without having filed it.
    """
    counts: dict[str, int] = {}
    who: dict[str, set[str]] = {}
    for code, person in filed:
        counts[code] = counts.get(code, 0) + 1
        who.setdefault(code, set()).add(person)
    for code, person in others:
        who[code].add(person)
    return [
        Group(code, frozenset([code]), count, frozenset(who[code]), parents.get(code, ""))
        for code, count in counts.items()
    ]
