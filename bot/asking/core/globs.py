"""Names by patterns: "on*" for those that begin so, "!*test*" for all but those."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Final

NOT: Final = "!"


def fits(name: str, globs: Sequence[str]) -> bool:
    """Return whether a name is one of those wanted, capitals or not.

    It is where one of the patterns fits, or where there is none to fit, and none of those with a
    "!" before them does.
    """
    wanted = [each for each in globs if not each.startswith(NOT)]
    unwanted = [each.removeprefix(NOT) for each in globs if each.startswith(NOT)]
    return (not wanted or _any(name, wanted)) and not _any(name, unwanted)


def _any(name: str, globs: Sequence[str]) -> bool:
    return any(fnmatchcase(name.casefold(), each.casefold()) for each in globs)
