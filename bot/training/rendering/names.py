"""Names that people gave to flow ids."""

from collections.abc import Mapping

from bot.slack.blocks.blocks import code, message, paragraph, plain, says
from bot.slack.blocks.tables import data_table, words
from bot.slack.blocks.wording import counted, typed
from bot.slack.messages import Message

_UNCHECKED = (
    " MomoFlow cannot say at the moment whether it has this flow; the first report will show it."
)
_NAME_ONE = "To name one: `/flow-report name onboarding flow_123abc`"


def names_list(names: Mapping[str, str]) -> Message:
    """Return all names with their ids, in the order given."""
    if not names:
        return says(f"No flow has a name yet. {_NAME_ONE}")
    table = data_table(
        "Named flows",
        columns=("Name", "Flow id"),
        rows=((words(name), words(flow_id)) for name, flow_id in names.items()),
        total=len(names),
    )
    return message(f"{counted(len(names), 'named flow')}: {', '.join(names)}", *table)


def named(name: str, flow_id: str, *, before: str = "", is_known: bool = True) -> Message:
    """Return that a flow has its name; `before` is the id that had it so far.

    `is_known` says whether MomoFlow has such a flow for sure.
    """
    moved = f" It stood for {before} before." if before and before != flow_id else ""
    command = f"/flow-report {typed(name)} last-30d"
    told = f"{name} is now the name of {flow_id}.{moved}{'' if is_known else _UNCHECKED} Try "
    return message(f"{told}{command}", paragraph(plain(told), code(command)))


def unnamed(name: str, flow_id: str) -> Message:
    """Return that a name is gone, and how to give it again."""
    command = f"/flow-report name {typed(name)} {flow_id}"
    return message(
        f"{name} is no longer a name. To give it again: {command}",
        paragraph(plain(f"{name} is no longer a name. To give it again: "), code(command)),
    )
