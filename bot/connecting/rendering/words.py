"""What is said about connections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.asking.rendering.dates import soon
from bot.asking.rendering.offers import offer, opening
from bot.connecting.ids import ConnectingCallback
from bot.connecting.intents import DisconnectService
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    confirm,
    header,
    mention,
    message,
    paragraph,
    plain,
)
from bot.slack.messages import Block, Message


@dataclass(frozen=True, slots=True)
class ServiceState:
    """A service in a workspace: connected by somebody since a moment, or not."""

    name: str
    title: str
    set_by: str = ""
    set_at: datetime | None = None
    is_readable: bool = True


def section(states: Sequence[ServiceState], *, may: bool, now: datetime, zone: str) -> list[Block]:
    """Return the part of the Home tab, with buttons for those who may."""
    rows = [bullets(*[tuple(_row(each, now, zone)) for each in states])]
    return [header("Connected services"), *rows, *(_buttons(states) if may else _how(states))]


def connected(title: str, *, account: str, quota: str, lacks: Sequence[str]) -> Message:
    """Return the words for a service that is connected now, with what its vendor told."""
    whose = (plain(f" as {account}"),) if account else ()
    told = [paragraph(bold(f"{title} is connected"), *whose, plain("."))]
    details = [*([f"What it allows: {quota}"] if quota else ()), *lacks]
    if details:
        told.append(bullets(*[(plain(each),) for each in details]))
    return message(f"{title} is connected.", *told)


def disconnected(title: str) -> Message:
    """Return the words for a service whose access was deleted."""
    said = (
        f"{title} is disconnected, and its key is deleted. Digests that need it rest until it is "
        "connected again."
    )
    return message(said, paragraph(plain(said)))


def _row(one: ServiceState, now: datetime, zone: str) -> Iterator[Element]:
    yield bold(one.title)
    if one.set_at is None:
        yield plain(": not connected")
    elif not one.is_readable:
        yield plain(": its key can't be read any more. Connect it again")
    else:
        yield plain(": connected by ")
        yield mention(one.set_by)
        yield plain(f", {soon(one.set_at, now, zone)}")


def _buttons(states: Sequence[ServiceState]) -> Iterator[Block]:
    """Yield a row of what opens the window of each service, and one of what lets go of some."""
    opened = [button for each in states for button in _opening(each)]
    yield actions("home:connect", *opened)
    let_go = [button for each in states if each.set_at for button in _letting_go(each)]
    if let_go:
        yield actions("home:disconnect", *let_go)


def _opening(one: ServiceState) -> tuple[Element, ...]:
    does = "Connect" if one.set_at is None else "Change"
    return opening(f"{does} {one.title}", ConnectingCallback.CONNECT, about=one.name)


def _letting_go(one: ServiceState) -> tuple[Element, ...]:
    sure = f"Delete the key of {one.title}? Digests that need it will rest."
    asks = confirm(title="Disconnect", text=sure, yes="Disconnect", no="Keep it")
    return offer(f"Disconnect {one.title}", DisconnectService(one.name), asks=asks)


def _how(states: Sequence[ServiceState]) -> Iterator[Block]:
    if any(each.set_at is None for each in states):
        yield paragraph(plain("An admin of the workspace can connect them here, in my Home tab."))
