"""The inputs for a period that several modals share: words to choose from, or two dates."""

from typing import Final

from bot.asking.core import periods
from bot.errors import UserError
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.ids import Action
from bot.slack.blocks.inputs import Values, date_input, field, select, text_of
from bot.slack.blocks.modals import Errors
from bot.slack.messages import Block

ALL_DATES: Final = "any"
PERIODS: Final = (
    *((f"last-{days}d", f"Last {days} days") for days in (7, 30, 90)),
    *((name, name.replace("-", " ").capitalize()) for name in periods.NAMED if name != "ytd"),
    ("ytd", "This year so far"),
)
OFFERED_PERIODS: Final = frozenset({ALL_DATES, *(value for value, _ in PERIODS)})


def period_inputs(*, chosen: str, with_all: bool) -> tuple[Block, ...]:
    """Return the inputs with one of the named periods chosen; `with_all` offers all dates too."""
    return (
        field("Period", period_select(Action.PERIOD, chosen=chosen, with_all=with_all)),
        field(
            "Custom start date",
            date_input(Action.FIRST_DAY),
            optional=True,
            hint="A custom date range replaces the period.",
        ),
        field("Custom end date", date_input(Action.LAST_DAY), optional=True),
    )


def period_select(action_id: str, *, chosen: str, with_all: bool) -> Element:
    """Return the choice of a named period; `with_all` offers all dates too."""
    offered = (((ALL_DATES, "All dates"),) if with_all else ()) + PERIODS
    return select(action_id, offered, chosen=chosen)


def period_of(values: Values) -> tuple[str, Errors]:
    """Return the canonical words of what was chosen, empty for all dates, or messages."""
    first = text_of(values, Action.FIRST_DAY)
    last = text_of(values, Action.LAST_DAY)
    chosen = text_of(values, Action.PERIOD)
    if bool(first) != bool(last):
        missing = Action.LAST_DAY if first else Action.FIRST_DAY
        return "", {missing: "Give both dates, or none."}
    words = f"{first}..{last}" if first else chosen
    if words in {"", ALL_DATES}:
        return "", {}
    try:
        return periods.canonical(words), {}
    except UserError as error:
        return "", {Action.LAST_DAY if first else Action.PERIOD: str(error)}
