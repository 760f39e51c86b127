"""The routes of single executions: starting, following, answering, cancelling."""

import json
from typing import Any
from xml.parsers import expat

from aiohttp import web

from sandbox.vendors.smartflows.desk import Desk
from sandbox.vendors.smartflows.flows import BOT, FlowPlan
from sandbox.vendors.smartflows.forms import form_of, problem
from sandbox.vendors.smartflows.polling import DEFAULT_SECONDS, hold
from sandbox.vendors.smartflows.refusals import RefusedError
from sandbox.vendors.smartflows.runs import Run
from sandbox.vendors.smartflows.statuses import WAITING


async def start(desk: Desk, request: web.Request) -> web.Response:
    """Start interactively; without a flow but with data somebody has to pick one."""
    body = await request.read()
    named = request.query.get("flowId", "")
    if not named and not (body or request.query.get("datasetId")):
        raise RefusedError(400, "flowId or data is required")
    plan = desk.flow(named) if named else None
    _check_input(plan, body, request.content_type)
    run = desk.engine.start(plan, user=BOT, mode="interactive", given=body)
    return _started(desk, desk.wire.progress(run, desk.engine.settle()))


async def start_batch(desk: Desk, request: web.Request) -> web.Response:
    """Start without questions, by id or name."""
    named = request.query.get("flow", "")
    plans = (plan for plan in desk.engine.flows.values() if named in (plan.id, plan.name))
    plan = next(plans, None)
    if plan is None:
        raise RefusedError(404 if named else 400, f"Flow {named} not found")
    body = await request.read()
    if body and (request.content_type != "application/json" or not _is_object(body)):
        raise RefusedError(400, "The input must be a JSON object")
    run = desk.engine.start(plan, user=BOT, mode="batch", given=body)
    return _started(desk, desk.wire.execution(run, desk.engine.settle(), state=False))


async def execution(desk: Desk, request: web.Request) -> web.Response:
    """Return one execution with its state."""
    run = desk.run(request)
    return web.json_response(desk.wire.execution(run, desk.engine.settle(), state=True))


async def status(desk: Desk, request: web.Request) -> web.Response:
    """Return one execution with its outputs."""
    run = desk.run(request)
    body = desk.wire.execution(run, desk.engine.settle(), state=False)
    outputs = desk.wire.outputs(run, request.query.get("output", ""))
    return web.json_response(body | {"outputs": outputs})


async def progress(desk: Desk, request: web.Request) -> web.Response:
    """Return how far one is, after the long poll that `timeout` asks for."""
    run = desk.run(request)
    try:
        seconds = int(request.query.get("timeout", str(DEFAULT_SECONDS)))
    except ValueError:
        raise RefusedError(400, "timeout must be a number") from None
    await hold(run, seconds, engine=desk.engine, switches=desk.switches, closing=desk.closing)
    return _progress(desk, run)


async def answer(desk: Desk, request: web.Request) -> web.Response:
    """Resume a run that asks, with an answer that fits its form."""
    run = desk.run(request)
    given = json_body(await request.read())
    if not run.asks:
        code = int(desk.switches.choice("answer_unasked"))
        if code >= 400:
            raise RefusedError(code, "The flow execution does not wait for user input")
        return _progress(desk, run)
    wrong = problem(form_of(run), given)
    if wrong:
        raise RefusedError(400, wrong)
    desk.engine.resume(run, given)
    return _progress(desk, run)


async def cancel(desk: Desk, request: web.Request) -> web.Response:
    """Cancel a run."""
    run = desk.run(request)
    if not run.ended:
        desk.engine.cancel(run)
    elif desk.switches.choice("cancel_ended") != "200":
        raise RefusedError(int(desk.switches.choice("cancel_ended")), "Execution has ended")
    return _progress(desk, run)


async def callback(desk: Desk, request: web.Request) -> web.Response:
    """Let an outsider resume a waiting run; here a callback has the id of its run."""
    desk.engine.settle()
    run = desk.engine.index.runs.get(request.match_info["run"])
    if run is None or run.status != WAITING:
        raise RefusedError(404, "Callback not found")
    desk.engine.resume(run, {})
    return web.json_response("handled")


def json_body(body: bytes) -> Any:
    """Return the parsed body; raises RefusedError."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise RefusedError(400, "JSON parse error") from None


def _is_object(body: bytes) -> bool:
    return isinstance(json_body(body), dict)


def _progress(desk: Desk, run: Run) -> web.Response:
    return web.json_response(desk.wire.progress(run, desk.engine.settle()))


def _started(desk: Desk, body: dict[str, Any]) -> web.Response:
    return web.json_response(body, status=int(desk.switches.choice("start_code")))


def _check_input(plan: FlowPlan | None, body: bytes, content_type: str) -> None:
    """Refuse data that is missing or no XML, as the flow's kind of input demands."""
    if plan and plan.input == "user" and not body:
        raise RefusedError(400, "The flow needs input data")
    if not body or content_type == "application/json":
        return
    if content_type != "application/xml":
        raise RefusedError(400, f"Content type '{content_type}' not supported")
    try:
        expat.ParserCreate().Parse(body, True)  # noqa: FBT003 - expat takes no keywords
    except expat.ExpatError as mistake:
        raise RefusedError(400, f"Input data is not well-formed: {mistake}") from None
