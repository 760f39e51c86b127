"""The routes that only read: flows, lists, statistics, documents and who one is."""

from typing import Any

from aiohttp import web

from sandbox.vendors.smartflows import documents, filters, listing
from sandbox.vendors.smartflows.counting import LABELS, statistics
from sandbox.vendors.smartflows.desk import Desk
from sandbox.vendors.smartflows.filters import Filter
from sandbox.vendors.smartflows.flows import BOT, identity
from sandbox.vendors.smartflows.refusals import RefusedError
from sandbox.vendors.smartflows.running import json_body

PIECE = 256 * 1024
_FLOW_FIELDS = {
    "displayName": lambda plan: plan.name,
    "description": lambda plan: plan.description,
}
_RUN_FIELDS = {
    "status": lambda run: run.status,
    "displayName": lambda run: run.plan.name if run.plan else "",
}


async def flows(desk: Desk, request: web.Request) -> web.Response:
    """Return one page of flows."""
    rows = filters.paging(request.query, desk.switches)
    keeps = filters.simple(request.query.get("filter", ""), _FLOW_FIELDS)
    if rows.key not in ("", "displayName", "createdAt", "modifiedAt"):
        raise RefusedError(400, f"Cannot sort by {rows.key}")
    found = [plan for plan in desk.engine.flows.values() if keeps(plan)]
    if rows.key == "displayName":
        found.sort(key=lambda plan: plan.name.casefold(), reverse=rows.newest)
    page = found[rows.offset : rows.offset + rows.size]
    return _listed(desk, [desk.wire.flow(plan, desk.began) for plan in page])


async def flow(desk: Desk, request: web.Request) -> web.Response:
    """Return one flow."""
    plan = desk.flow(request.match_info["flow"])
    return web.json_response(desk.wire.flow(plan, desk.began))


async def executions(desk: Desk, request: web.Request) -> web.Response:
    """Return one page of executions, of one flow where the address names it."""
    named = request.match_info.get("flow", "")
    of_flow = desk.flow(named).id if named else ""
    keeps = filters.simple(request.query.get("filter", ""), _RUN_FIELDS)
    return _page(desk, request, Filter(keeps), flow=of_flow)


async def filtered(desk: Desk, request: web.Request) -> web.Response:
    """Return one page of the executions that a filter keeps."""
    body = await request.read()
    return _page(desk, request, filters.complex_filter(json_body(body), desk.switches))


async def counts(desk: Desk, request: web.Request) -> web.Response:
    """Return statistics."""
    if desk.switches.on("no_statistics"):
        raise RefusedError(404, "Not found")
    group = request.query.get("groupTimeBy", "")
    if group not in LABELS:
        raise RefusedError(400, f"Unknown groupTimeBy {group}")
    body = await request.read()
    kept = filters.complex_filter(json_body(body) if body else None, desk.switches)
    desk.engine.settle()
    index = desk.engine.index
    runs = index.by_user.get(desk.only_user, {}) if desk.only_user else index.runs
    found = [run for run in runs.values() if kept.keeps(run)]
    return web.json_response(statistics(found, group, desk.wire))


async def document(desk: Desk, request: web.Request) -> web.Response:
    """Return what is said of a document."""
    return web.json_response(desk.wire.document(desk.document(request)))


async def content(desk: Desk, request: web.Request) -> web.StreamResponse:
    """Return a document's bytes, with or without their length."""
    found = desk.document(request)
    made = documents.content(found, megabytes=desk.switches.number("document_mb"))
    own = desk.switches.choice("download_type") == "its own"
    kind = documents.MIME_TYPES[found.form] if own else "application/octet-stream"
    headers = {"Content-Type": kind}
    if desk.switches.on("download_named"):
        headers["Content-Disposition"] = f'attachment; filename="{found.id}.{found.form}"'
    if not desk.switches.on("download_chunked"):
        return web.Response(body=made, headers=headers)
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    for start in range(0, len(made), PIECE):
        await response.write(made[start : start + PIECE])
    await response.write_eof()
    return response


async def data(desk: Desk, request: web.Request) -> web.Response:
    """Return what a run was started with: XML, or the JSON of a batch."""
    given = desk.input(request)
    kind = "application/json" if given[:1] in b"{[" else "application/xml"
    return web.Response(body=given, headers={"Content-Type": kind})


async def me(desk: Desk, _: web.Request) -> web.Response:
    """Return the key's user and what it may do."""
    seen = "read:ownFlowExecutions" if desk.only_user else "read:flowExecutions"
    permissions = ["execute:flows", "read:flows", "read:documents", "delete:flowExecutions", seen]
    role = {"id": identity("role"), "name": "super-user", "permissions": permissions}
    body: dict[str, Any] = {
        "id": BOT.id,
        "userName": "flowbot",
        "displayName": BOT.name,
        "active": True,
        "identity": {"type": "native"},
    }
    return web.json_response(body if desk.switches.on("no_roles") else body | {"roles": [role]})


async def system(desk: Desk, _: web.Request) -> web.Response:
    """Return what the installation says of itself."""
    body = {"role": "sandbox", "version": "4.0.0", "displayName": "Sandbox project"}
    return web.json_response(body | {"projectId": identity("project"), "supportUrl": desk.root})


async def license_held(desk: Desk, _: web.Request) -> web.Response:
    """Return what the project is licensed for."""
    over = desk.switches.on("license_over")
    body = {"edition": "Sandbox", "expiry": "2030-01-01", "valid": not over, "expired": over}
    return web.json_response(body)


async def panel(desk: Desk, _: web.Request) -> web.Response:
    """Return the addresses for people."""
    body = {
        "flowExecutionPanelUrl": f"{desk.root}/panel",
        "projectConsoleUrl": f"{desk.root}/console",
        "projectId": identity("project"),
        "systemLanguage": "en",
    }
    return web.json_response(body)


async def nothing(_: Desk, request: web.Request) -> web.Response:
    """Refuse what is not there."""
    raise RefusedError(404, f"No static resource {request.path[:200]}")


def _page(desk: Desk, request: web.Request, kept: Filter, *, flow: str = "") -> web.Response:
    now = desk.engine.settle()
    found = listing.page(
        desk.engine.index,
        desk.switches,
        rows=filters.paging(request.query, desk.switches),
        kept=kept,
        flow=flow,
        user=desk.only_user,
    )
    state = not desk.switches.on("bare_rows")
    return _listed(desk, [desk.wire.execution(run, now, state=state) for run in found])


def _listed(desk: Desk, rows: list[dict[str, Any]]) -> web.Response:
    enveloped = desk.switches.on("spring_pages")
    return web.json_response({"content": rows} if enveloped else rows)
