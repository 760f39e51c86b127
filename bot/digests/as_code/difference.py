"""What a text would change in a channel: entries as they are beside entries as they are wanted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.digests.as_code.document import Plain

NOTHING: Final = ""


@dataclass(frozen=True, slots=True)
class CodedOrder:
    """One standing order as an entry.

    `about` tells it apart from the others of its section in a channel, `title` is what people call
    it, and `fields` are what an entry says of it, without those that are as they are by themselves.
    `id` is its number where it is there.
    """

    section: str
    about: str
    title: str
    fields: Mapping[str, Plain]
    id: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One order before and after; None is one that is not there."""

    before: CodedOrder | None
    after: CodedOrder | None

    @property
    def title(self) -> str:
        """What people call it."""
        there = self.after or self.before
        assert there is not None
        return there.title

    @property
    def fields(self) -> tuple[tuple[str, Plain, Plain], ...]:
        """The fields that differ, with what they were and what they become."""
        old = self.before.fields if self.before else {}
        new = self.after.fields if self.after else {}
        names = dict.fromkeys((*new, *old))
        told = ((name, old.get(name, NOTHING), new.get(name, NOTHING)) for name in names)
        return tuple(each for each in told if each[1] != each[2])


@dataclass(frozen=True, slots=True)
class Difference:
    """What a text adds and changes, what only the channel has, and how many are the same."""

    added: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    only_here: tuple[Change, ...] = ()
    same: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be added or changed."""
        return not self.added and not self.changed


def difference(there: Iterable[CodedOrder], wanted: Iterable[CodedOrder]) -> Difference:
    """Return what would change; of two of the same each is matched with one at most."""
    left = list(there)
    added, changed, same = list[Change](), list[Change](), 0
    for each in wanted:
        before = next(_alike(left, each), None)
        if before is None:
            added.append(Change(None, each))
            continue
        left.remove(before)
        if before.fields == each.fields:
            same += 1
        else:
            changed.append(Change(before, each))
    gone = tuple(Change(each, None) for each in left)
    return Difference(tuple(added), tuple(changed), gone, same)


def _alike(there: Iterable[CodedOrder], one: CodedOrder) -> Iterator[CodedOrder]:
    """Yield those that are about the same, the equal ones first."""
    same = [each for each in there if (each.section, each.about) == (one.section, one.about)]
    yield from (each for each in same if each.fields == one.fields)
    yield from same
