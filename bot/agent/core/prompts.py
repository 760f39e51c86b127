"""What is suggested to somebody: a few things to say, the likeliest first. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

MOST: Final = 4
LONGEST: Final = 60
HELP_LINE: Final = "help"


@dataclass(frozen=True, slots=True)
class SuggestedPrompt:
    """A thing to say: what stands on its button, and the message that it sends."""

    title: str
    message: str


HELP: Final = SuggestedPrompt("What can you do?", HELP_LINE)


def suggested(title: str, message: str) -> SuggestedPrompt:
    """Return a prompt whose title fits on a button."""
    short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    return SuggestedPrompt(short, message)


def some_of(prompts: Iterable[SuggestedPrompt]) -> Sequence[SuggestedPrompt]:
    """Return the first few, each message once; the way to all that can be said is among them."""
    once = {each.message: each for each in prompts if each.message != HELP_LINE}
    return [*list(once.values())[: MOST - 1], HELP]
