"""Who may talk to the page: only itself. Anything else that runs in a browser here is kept out.

Binding to loopback does not stop another site's script, or a name that was made to point at
127.0.0.1; so the Host must be ours, and what changes something must come from our own origin.
"""

import functools

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.slack.page.answers import Refused

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def guarded(handler: Handler) -> Handler:
    """Return the handler behind the checks, with the page's headers and refusals as JSON."""

    @functools.wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            _check(request)
            response = await handler(request)
        except Refused as refused:
            response = web.json_response({"error": refused.text}, status=refused.status)
        if not response.prepared:
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
        return response

    return answer


def _check(request: web.Request) -> None:
    if not _is_own_host(request):
        raise Refused("This page answers only at its own address.", status=403)
    if request.method != "GET" and not _is_own_origin(request):
        raise Refused("Only the page itself may do this.", status=403)


def _is_own_host(request: web.Request) -> bool:
    if request.transport is None:
        return False
    port = request.transport.get_extra_info("sockname")[1]
    return request.host in {f"127.0.0.1:{port}", f"localhost:{port}"}


def _is_own_origin(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == f"http://{request.host}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
