"""What a newcomer is shown: where the page opens, and what to try in each channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Try:
    """Something to try: what it brings, in words, and the command that does it."""

    title: str
    command: str


@dataclass(frozen=True, slots=True)
class Guide:
    """`first` is the channel that opens first, and `tries` are by channel id."""

    first: str = ""
    tries: Mapping[str, tuple[Try, ...]] = field(default_factory=dict)
