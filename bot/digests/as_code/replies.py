"""What is said of standing orders as text. Pure."""

from collections.abc import Sequence

from bot.asking.core.arguments import in_a_row
from bot.asking.rendering.offers import opening
from bot.asking.rendering.shape import headline
from bot.digests.as_code.difference import Change, Difference
from bot.digests.as_code.document import Plain
from bot.digests.ids import DigestCallback
from bot.slack.blocks.blocks import actions, bold, bullets, channel, message, paragraph, plain
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.wording import counted
from bot.slack.messages import Block, Message

MOST_SHOWN = 12
"""Changes of one kind that are listed; more are counted."""
_NAMES = {"what": "what it is about", "when": "when", "zone": "time zone", "terms": "conditions"}


def exported(counts: Sequence[tuple[str, int]], channel_id: str) -> Message:
    """Return the message that an export stands under; `counts` are of each section by name."""
    said = in_a_row(counted(count, name.removesuffix("s")) for name, count in counts if count)
    return message(
        f"{said} as text.",
        headline(f"{said} as text"),
        paragraph(
            plain("They are those of "),
            channel(channel_id),
            plain(". Change the file and bring it back with "),
            bold("/flow import"),
            plain(", here or in another channel: you see what would change before it does."),
        ),
    )


def nothing_there() -> Message:
    """Return that a channel has nothing to write down."""
    return message(
        "This channel has no digests and watches nothing.",
        headline("This channel has no digests and watches nothing"),
        actions(BlockId.DIGEST_BUTTONS, *opening("New digest", DigestCallback.NEW)),
    )


def told(found: Difference) -> str:
    """Return a difference in a few words, such as "2 new, 1 changed, 14 as they are"."""
    parts = (
        (len(found.added), "new"),
        (len(found.changed), "changed"),
        (len(found.only_here), "only in this channel"),
        (found.same, "as they are"),
    )
    return ", ".join(f"{count} {word}" for count, word in parts if count) or "nothing in it"


def differences(found: Difference) -> tuple[Block, ...]:
    """Return a difference in blocks: what is new, what changes and how, what is only here."""
    blocks = list[Block]()
    for lead, changes in (
        ("New", found.added),
        ("Changed", found.changed),
        ("Only in this channel", found.only_here),
    ):
        if changes:
            lines = [(plain(_line(each)),) for each in changes[:MOST_SHOWN]]
            more = len(changes) - MOST_SHOWN
            lines += [(plain(f"and {more} more"),)] if more > 0 else []
            blocks += [paragraph(bold(lead)), bullets(*lines)]
    return tuple(blocks)


def lines(found: Difference) -> tuple[str, ...]:
    """Return a difference as lines of plain text, all of it."""
    marked = (("+", found.added), ("~", found.changed), ("-", found.only_here))
    return tuple(f"{mark} {_line(each)}" for mark, changes in marked for each in changes)


def applied(found: Difference, *, stopped: bool) -> Message:
    """Return that what a text wanted was done."""
    done = (
        f"added {len(found.added)}" if found.added else "",
        f"changed {len(found.changed)}" if found.changed else "",
        f"stopped {len(found.only_here)}" if found.only_here and stopped else "",
    )
    said = in_a_row(filter(None, done)) or "nothing had to change"
    shown = differences(found if stopped else Difference(found.added, found.changed))
    return message(f"Done: {said}.", headline(f"Done: {said}"), *shown)


def _line(change: Change) -> str:
    if change.after is None:
        return change.title
    if change.before is None:
        when = change.after.fields.get("when")
        return f"{change.title}, {when}" if when else change.title
    what = "; ".join(_field(*each) for each in change.fields)
    return f"{change.title}: {what}"


def _field(name: str, before: Plain, after: Plain) -> str:
    return f"{_NAMES.get(name, name)} {_value(before)} \N{RIGHTWARDS ARROW} {_value(after)}"


def _value(value: Plain) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (", ".join(value) if isinstance(value, tuple) else value) or "none"
