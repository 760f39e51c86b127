"""Replies to watching flows in a channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.asking.core.arguments import meant, quoted
from bot.runs.core.watching import Condition
from bot.runs.rendering.lists import OWN_ONLY
from bot.runs.rendering.words import vendor_words
from bot.slack.blocks.blocks import (
    bold,
    bullets,
    channel,
    code,
    context,
    message,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.budget import fit
from bot.slack.blocks.wording import counted, typed
from bot.slack.messages import Answer, Message

_ALL: Final = "all flows"
_EXAMPLE: Final = "To watch one: `/flow-run watch invoices failed needs-input`"
_SEE: Final = "/flow-run list today"
_TOLD: Final = {
    Condition.STARTED: "starts",
    Condition.FINISHED: "finishes",
    Condition.FAILED: "fails",
    Condition.NEEDS_INPUT: "waits for somebody",
    Condition.STUCK: "takes far longer than usual",
}


@dataclass(frozen=True, slots=True)
class WatchLine:
    """One watch of a channel; an empty `flow` stands for all flows. `paused` says why it is."""

    flow: str
    conditions: tuple[Condition, ...]
    created_by: str = ""
    is_paused: bool = False


def watching(watched: WatchLine, *, own_only: bool) -> Message:
    """Return what this channel is told of from now on, and how to end it."""
    what = _name(watched.flow)
    events = f" and tells when a run {_conditions(watched.conditions)}."
    ends = f"/flow-run unwatch {_typed(watched.flow)}"
    return message(
        f"This channel watches {what}{events}{f' {OWN_ONLY}' if own_only else ''}",
        paragraph(plain("This channel watches "), bold(what), plain(events)),
        *([paragraph(plain(OWN_ONLY))] if own_only else []),
        paragraph(plain("To end it: "), code(ends)),
    )


def unwatched(watched: WatchLine) -> Message:
    """Return that a watch has ended, and how to have it again."""
    again = _again(watched)
    lead = f"This channel no longer watches {_name(watched.flow)}. To have it again: "
    return message(f"{lead}{again}", paragraph(plain(lead), code(again)))


def not_watched(flow: str, *, near: Sequence[str] = ()) -> Message:
    """Return that there was no such watch here; `near` are watched flows with such a name."""
    what = quoted(flow) if flow else _ALL
    text = f"This channel does not watch {what}.{meant(near)} What it watches: "
    return message(f"{text}/flow-run watches", paragraph(plain(text), code("/flow-run watches")))


def watch_paused(watched: WatchLine, channel_id: str, trouble: str) -> Message:
    """Return to whoever made a watch why it tells nothing now, and how to go on."""
    lead = f"Your watch of {_name(watched.flow)} is paused: I could not post in "
    after = f"{trouble} When that is mended, type this there: "
    again = _again(watched)
    return message(
        f"{lead}its channel. {after}{again}",
        paragraph(plain(lead), channel(channel_id), plain(f". {after}"), code(again)),
    )


def watch_shared(watched: WatchLine, channel_id: str) -> Message:
    """Return to whoever made a watch that others read its channel now, and how to go on."""
    lead = f"Your watch of {_name(watched.flow)} is paused: another organisation now reads "
    after = "If they may see it, a member types this in the channel itself: "
    again = _again(watched)
    return message(
        f"{lead}its channel. {after}{again}",
        paragraph(plain(lead), channel(channel_id), plain(".")),
        paragraph(plain(after), code(again)),
    )


def watch_untold(watched: WatchLine, channel_id: str, trouble: str) -> Message:
    """Return to whoever made a watch that some news could not be told."""
    lead = f"There is news of {_name(watched.flow)} that I could not tell in "
    after = f"{trouble} To see it, type "
    return message(
        f"{lead}its channel. {after}{_SEE}",
        paragraph(plain(lead), channel(channel_id), plain(f". {after}"), code(_SEE)),
    )


def watch_list(watches: Sequence[WatchLine], *, own_only: bool) -> Answer:
    """Return what this channel watches."""
    if not watches:
        return Answer(says(f"This channel watches no flow. {_EXAMPLE}"))
    text = f"This channel watches {counted(len(watches), 'flow')}: " + "; ".join(
        _name(each.flow) for each in watches
    )
    listed = [
        (
            bold(_name(each.flow)),
            plain(
                f": when a run {_conditions(each.conditions)}"
                f"{f' (by {each.created_by})' if each.created_by else ''}"
                f"{f'. Paused; to go on: {_again(each)}' if each.is_paused else ''}"
            ),
        )
        for each in watches
    ]
    rest = [bullets(*listed[at : at + 20]) for at in range(0, len(listed), 20)]
    notes = context("To end one: /flow-run unwatch and its flow", OWN_ONLY if own_only else "")
    first, *more = fit(message(text, *rest), closing=(notes,))
    return Answer(first, thread=tuple(more))


def _name(flow: str) -> str:
    return (vendor_words(flow) or "a flow without a name") if flow else _ALL


def _typed(flow: str) -> str:
    return typed(vendor_words(flow)) if flow else "all"


def _again(watched: WatchLine) -> str:
    """Return what to type to have a watch once more."""
    return f"/flow-run watch {_typed(watched.flow)} {' '.join(watched.conditions)}"


def _conditions(conditions: Sequence[Condition]) -> str:
    said = [_TOLD[each] for each in Condition if each in conditions]
    *most, last = said
    return f"{', '.join(most)} or {last}" if most else last
