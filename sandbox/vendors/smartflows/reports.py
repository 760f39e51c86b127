"""The report inside an execution's state: the tree of zones, blocks and steps."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sandbox.vendors.smartflows.flows import identity
from sandbox.vendors.smartflows.runs import Run
from sandbox.vendors.smartflows.statuses import ERROR, PAUSES, RUNNING, USER_INPUT, WARNING

Write = Callable[[datetime], str | int]


def report_of(run: Run, now: datetime, write: Write) -> list[dict[str, Any]]:
    """Return the zones; the last step of a run with a warning failed inside a try."""
    reached = run.step(now) if run.worked_by(now) or run.ended else -1
    blocks = [_block(run, n, now, write) for n in range(reached + 1)]
    first, rest = blocks[:1], blocks[1:]
    zones = [_zone("before", first), _zone("after", rest)]
    if run.status == WARNING:
        caught = {"bodyTry": [], "error": "The e-mail could not be sent", "bodyCatch": []}
        zones.append(_zone("post", [{"id": "try", "displayName": "Try", "try": caught}]))
    return zones


def _zone(name: str, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": identity(f"zone {name}"), "blocks": blocks}


def _block(run: Run, place: int, now: datetime, write: Write) -> dict[str, Any]:
    share = run.course.working / len(run.steps)
    start, end = run.moment_of(share * place), run.moment_of(share * (place + 1))
    last = place == run.step(now)
    step: dict[str, Any] = {"status": _status(run, last=last)}
    if start:
        step["start"] = write(start)
    if end and not (last and run.status in (RUNNING, *PAUSES)):
        step["end"] = write(end)
    name = run.steps[place]
    return {"id": identity(f"block {name}"), "displayName": name, "step": step}


def _status(run: Run, *, last: bool) -> str:
    if last and run.status == ERROR:
        return "Error"
    if last and run.status in PAUSES:
        return "UserInput" if run.status == USER_INPUT else "Waiting"
    return "Output"
