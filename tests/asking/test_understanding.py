"""People are understood: lines as they type them, each with exactly what has to come of it.

`understood.txt` has a line and, indented, what `came_of` says of it, in order; those of one heading
are typed one after the other on one stage. A new line goes where its kind stands.
"""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.asking.understanding import came_of
from tests.stage import Stage

FILE = Path(__file__).with_name("understood.txt")
ENOUGH = 0.95
MANY = 150


def groups() -> dict[str, dict[str, str]]:
    """Return what has to come of each line, by heading."""
    found: dict[str, dict[str, str]] = {}
    heading = ""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    for line, after in pairwise([*lines, ""]):
        if line.startswith("# "):
            heading = line.removeprefix("# ")
            found[heading] = {}
        elif line and not line.startswith(" "):
            assert line not in found[heading], line
            found[heading][line] = after.strip()
    return found


@pytest.mark.parametrize("heading", groups())
async def test_each_line_brings_exactly_what_was_meant(stage: Stage, heading: str) -> None:
    stage.smartflows.set_switch("others_every", 0)
    await stage.bot.talk.learn_names()
    await stage.settle()
    wanted = groups()[heading]

    assert {line: await came_of(stage, line) for line in wanted} == wanted


def test_nearly_all_are_understood_or_helped_with_one_press() -> None:
    came = [each for group in groups().values() for each in group.values()]
    only_told = [each for each in came if each.startswith(("says ", "nothing"))]

    assert len(came) >= MANY
    assert 1 - len(only_told) / len(came) >= ENOUGH
