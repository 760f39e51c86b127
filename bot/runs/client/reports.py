"""The report of an execution, a tree of zones and blocks, as one list of steps. Pure."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.http.fields import Fields, ShapeError
from bot.runs.core.user_input import UserInput
from bot.runs.model import STEP_ERROR, Details, DocumentRef, Stage, Step

DEEPEST = 40
MOST_STEPS = 1000
MOST_WORDS = 50
"""A large batch has one report for each of its records; nobody reads thousands of steps."""


def parse_details(
    state: dict[str, Any],
    *,
    stages: tuple[Stage, ...],
    question: UserInput | None,
    documents: tuple[DocumentRef, ...],
) -> Details:
    """Return the readable part of a FlowExecutionState."""
    steps, caught = _walked(state)
    source = state.get("inputData")
    return Details(
        waiting_for=_words(state.get("waitingFor")),
        stages=stages,
        steps=steps,
        errors=_exceptions(state.get("errors")),
        warnings=_exceptions(state.get("warnings")),
        caught=caught,
        question=question,
        documents=documents,
        input_id=_words(source.get("id")) if isinstance(source, dict) else "",
    )


def _walked(state: dict[str, Any]) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    steps: list[Step] = []
    caught: list[str] = []
    for found in _zones([state.get("report"), _reports(state.get("iterations"))], 0):
        if isinstance(found, str):
            caught.append(found)
        elif len(steps) < MOST_STEPS or found.status == STEP_ERROR:
            steps.append(found)
        if len(steps) >= MOST_STEPS and steps[-1].status == STEP_ERROR:
            break
    return tuple(steps), tuple(caught[:MOST_WORDS])


def _reports(iterations: Any) -> list[Any]:
    found = iterations if isinstance(iterations, list) else []
    return [one.get("report") for one in found if isinstance(one, dict)]


def _zones(value: Any, depth: int) -> Iterator[Step | str]:
    """Yield the steps, and the errors that were caught, of zones nested in lists."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for inner in value:
            yield from _zones(inner, depth + 1)
    elif isinstance(value, dict):
        blocks = value.get("blocks")
        for block in blocks if isinstance(blocks, list) else []:
            yield from _block(block, depth + 1)


def _block(block: Any, depth: int) -> Iterator[Step | str]:
    if not isinstance(block, dict):
        return
    step = block.get("step")
    if isinstance(step, dict):
        yield _step(_words(block.get("displayName")), step)
    for name in ("condition", "try", "switch"):
        branch = block.get(name)
        if not isinstance(branch, dict):
            continue
        error = _words(branch.get("error"))
        if error:
            yield error
        for body in ("body", "bodyTry", "bodyCatch", "caseBody"):
            yield from _zones(branch.get(body), depth + 1)


def _step(name: str, step: dict[str, Any]) -> Step:
    fields = Fields(step)
    return Step(
        name=name,
        status=_step_status(_words(step.get("status"))),
        started_at=_moment(fields, "start"),
        ended_at=_moment(fields, "end"),
    )


def _step_status(text: str) -> str:
    return STEP_ERROR if text.casefold() == STEP_ERROR.casefold() else text


def _exceptions(value: Any) -> tuple[str, ...]:
    """Return the messages of FlowExceptions; the stack traces stay where they are."""
    found = value if isinstance(value, list) else []
    words = (
        (_words(one.get("message")) or _words(one.get("error")))
        if isinstance(one, dict)
        else _words(one)
        for one in found[:MOST_WORDS]
    )
    return tuple(filter(None, words))


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _moment(fields: Fields, name: str) -> datetime | None:
    try:
        return fields.instant_or_none(name)
    except ShapeError:
        return None
