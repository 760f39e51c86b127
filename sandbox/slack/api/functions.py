"""functions.*: how an app ends what it was asked to carry out as a step of a workflow."""

import json

from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.changes import Change
from sandbox.slack.refusals import explained


def complete_success(call: ApiCall) -> Answer:
    """functions.completeSuccess."""
    outputs = call.arguments.get("outputs")
    if isinstance(outputs, str):  # of a form
        try:
            outputs = json.loads(outputs)
        except ValueError:
            raise explained("invalid_arguments", ["outputs must be JSON"]) from None
    call.backend.executions.succeed(
        call.text("function_execution_id"), outputs, at=call.backend.clock.now()
    )
    return _told(call)


def complete_error(call: ApiCall) -> Answer:
    """functions.completeError."""
    call.backend.executions.fail(
        call.text("function_execution_id"), call.text("error"), at=call.backend.clock.now()
    )
    return _told(call)


def _told(call: ApiCall) -> Answer:
    call.workspace.changes.announce(Change("execution"))
    return {"ok": True}
