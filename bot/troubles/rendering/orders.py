"""What orders are called together, such as "3 digests and 1 watch"."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.slack.blocks.budget import cut
from bot.slack.blocks.wording import capital, counted, some_of
from bot.troubles.model import StandingOrder

LONGEST_NAME: Final = 80


def all_together(orders: Sequence[StandingOrder]) -> str:
    """Return the name of one order, or how many of which kind there are."""
    if len(orders) == 1:
        return cut(capital(orders[0].name), LONGEST_NAME)
    nouns = Counter(one.noun for one in orders)
    return " and ".join(counted(many, noun, _plural(noun)) for noun, many in sorted(nouns.items()))


def names_of(orders: Sequence[StandingOrder]) -> str:
    """Return the names of the first ones, and how many more there are."""
    return some_of([cut(one.name, LONGEST_NAME) for one in orders])


def listed(orders: Sequence[StandingOrder]) -> str:
    """Return how many there are and their names, or the name of the only one."""
    if len(orders) == 1:
        return all_together(orders)
    return f"{all_together(orders)} ({names_of(orders)})"


def _plural(noun: str) -> str:
    return f"{noun}es" if noun.endswith("ch") else f"{noun}s"
