"""Blocks with names in the place of ids, and moments in somebody's own time. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.asking.rendering.dates import weekday_and_time, zone_words
from bot.slack.messages import Block

_NAMED: Final = {"user": ("@", "user_id"), "channel": ("#", "channel_id")}
_UNKNOWN: Final = {"user": "somebody", "channel": "that channel"}
Names = Mapping[str, str]
"""The names of people and channels by their ids."""


def ids_in(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the ids of people and channels that are named in blocks."""
    for each in _elements(list(blocks)):
        yield str(each[_NAMED[each["type"]][1]])


def readable(blocks: Iterable[Block], names: Names, zone: str) -> tuple[Block, ...]:
    """Return the blocks with all of that as plain text; `zone` is an IANA zone."""
    return tuple(_read(block, names, zone) for block in blocks)


def _elements(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _elements(inner)
    elif isinstance(value, dict):
        if value.get("type") in _NAMED and _NAMED[value["type"]][1] in value:
            yield value
        for inner in value.values():
            yield from _elements(inner)


def _read(value: Any, names: Names, zone: str) -> Any:
    if isinstance(value, list | tuple):
        return [_read(inner, names, zone) for inner in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("type")
    if kind in _NAMED and _NAMED[kind][1] in value:
        sign, key = _NAMED[kind]
        name = names.get(value[key])
        return {"type": "text", "text": f"{sign}{name}" if name else _UNKNOWN[kind]}
    if kind == "date" and "timestamp" in value:
        return {"type": "text", "text": _moment(value["timestamp"], zone)}
    return {name: _read(inner, names, zone) for name, inner in value.items()}


def _moment(timestamp: int, zone: str) -> str:
    at = datetime.fromtimestamp(timestamp, UTC)
    return f"{weekday_and_time(at.astimezone(ZoneInfo(zone)), zone)} ({zone_words(zone)})"
