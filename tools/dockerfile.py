"""A Dockerfile, read: its stages, each with its instructions in order."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent.parent / "Dockerfile"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its name in capitals, and what follows in one line."""

    name: str
    text: str

    @property
    def listed(self) -> list[str] | None:
        """The JSON list that it is given (the exec form), or None."""
        _, _, after = self.text.rpartition("CMD ") if self.name == "HEALTHCHECK" else ("", "", "")
        text = after or self.text
        return [str(each) for each in json.loads(text)] if text.startswith("[") else None

    @property
    def pairs(self) -> dict[str, str]:
        """What ENV, ARG or LABEL sets."""
        words = (each.partition("=") for each in shlex.split(self.text))
        return {name: value for name, _, value in words}

    @property
    def option(self) -> str:
        """The stage that COPY takes from, or an empty text."""
        found = re.match(r"--from=(\S+) ", self.text)
        return found[1] if found else ""

    @property
    def paths(self) -> list[str]:
        """What COPY takes, and last where it puts it."""
        return [each for each in self.text.split() if not each.startswith("--")]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: the image it begins with, its name or an empty text, and what follows."""

    base: str
    name: str
    steps: tuple[Instruction, ...]

    def all(self, name: str) -> list[Instruction]:
        """Return its instructions of that name."""
        return [each for each in self.steps if each.name == name]

    def one(self, name: str) -> Instruction:
        """Return its only instruction of that name. Raises ValueError."""
        [found] = self.all(name)
        return found


def stages(text: str) -> list[Stage]:
    """Return the stages of a Dockerfile's text."""
    split: list[tuple[Instruction, list[Instruction]]] = []
    for each in _instructions(text):
        if each.name == "FROM":
            split.append((each, []))
        else:
            split[-1][1].append(each)
    return [_stage(first, steps) for first, steps in split]


def _stage(first: Instruction, steps: list[Instruction]) -> Stage:
    base, _, name = first.text.partition(" AS ")
    return Stage(base, name, tuple(steps))


def _instructions(text: str) -> Iterator[Instruction]:
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        name, _, rest = line.strip().partition(" ")
        if name:
            yield Instruction(name.upper(), re.sub(r"\s+", " ", rest).strip())
